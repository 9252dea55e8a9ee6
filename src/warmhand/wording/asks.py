"""Composes an ask: reconfirm first, show what was done, say 'we', offer help, leave a way out.

P12 reconfirm · P13 'we', and whom we might help · P14 "have we earned…" · P17 never without
something to show · P18 an easy way out · P20 nothing is offered for a co-worker · P24 nothing
about other clients.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, Final

from babel.dates import format_date

from . import phrases
from .catalogue import Catalogue, catalogue
from .choices import Channel, Formality, Kind, Moment
from .names import Name, question

MOST_NAMES: Final = 2
"""So many names from a key ring may stand in one ask (P1)."""


@dataclass(frozen=True, slots=True)
class Step:
    """One thing to say, and what it is for."""

    title: str
    say: str
    practice: str

    def as_dict(self) -> dict[str, str]:
        """Plain values for JSON."""
        return {"title": self.title, "say": self.say, "practice": self.practice}


@dataclass(frozen=True, slots=True)
class Wording:
    """An ask, step by step, and as one text.

    `variant` names the wording (kind, moment, channel, formality), so that the answers to one can
    be compared with those to another. E-mails have a subject, a greeting and a closing.
    """

    steps: tuple[Step, ...]
    kind: Kind = Kind.CLIENT
    moment: Moment = Moment.OTHER
    channel: Channel = Channel.SPOKEN
    formality: Formality = Formality.NEUTRAL
    named: bool = False
    subject: str = ""
    greeting: str = ""
    closing: str = ""

    @property
    def variant(self) -> str:
        """The wording's stable key, such as 'ask.case.spoken.neutral'."""
        key = ".".join((self.kind, self.moment, self.channel, self.formality))
        return f"{key}.named" if self.named else key

    @property
    def way(self) -> tuple[tuple[str, str], ...]:
        """How it is said, as records keep it: channel, formality, variant."""
        return (
            ("channel", self.channel.value),
            ("formality", self.formality.value),
            ("variant", self.variant),
        )

    @property
    def text(self) -> str:
        """All steps as one text, as it is said or sent; the subject of an e-mail stands apart."""
        parts = (self.greeting, *(step.say for step in self.steps), self.closing)
        between = "\n\n" if self.channel is Channel.EMAIL else " "
        return between.join(part for part in parts if part)

    def as_dict(self) -> dict[str, Any]:
        """Plain values for JSON."""
        return {
            "text": self.text,
            "variant": self.variant,
            "kind": self.kind.value,
            "moment": self.moment.value,
            "channel": self.channel.value,
            "formality": self.formality.value,
            "subject": self.subject,
            "steps": [step.as_dict() for step in self.steps],
        }


@dataclass(frozen=True, slots=True)
class Shown:
    """Something to show a client: what we agreed on and delivered, and their own words on it.

    Days are said in the language of the ask; a text is said as it is. What isn't known is empty.
    """

    what: str
    target: str = ""
    due: dt.date | str = ""
    delivered: dt.date | str = ""
    liked: str = ""


def compose_ask(
    kind: Kind,
    *,
    moment: Moment = Moment.OTHER,
    channel: Channel = Channel.SPOKEN,
    formality: Formality = Formality.NEUTRAL,
    language: str = "en",
    client_name: str = "",
    company: str = "",
    case_title: str = "",
    shown: Shown | None = None,
    names: Sequence[Name] = (),
    offer: str = "",
) -> Wording:
    """The wording of an ask.

    `case_title` is the concern just resolved; `offer` something valuable that the client may pass
    on (P22); `names` at most two of their key ring, which become a question (P1).

    Raises ValueError where there is nothing to show: neither a resolved concern nor something
    delivered (P17); for more than two names; for a name in an ask for more business; and for an
    offer in an ask that isn't client to client (P20).
    """
    if not (case_title or shown):
        raise ValueError("An ask needs something to show: a resolved case or something delivered.")
    if len(names) > MOST_NAMES:
        raise ValueError(f"At most {MOST_NAMES} names of a key ring may stand in an ask (P1).")
    if kind is Kind.MORE and names:
        raise ValueError("More business is a matter between them and us: nobody is named (P19).")
    if kind is not Kind.CLIENT and offer:
        raise ValueError("An offer goes only with an ask from client to client (P20).")
    made = composer(kind, moment, channel, formality, language)
    steps = (
        made.reconfirm(client_name, case_title, shown),
        *made.show(shown),
        made.ask(company),
        *made.hold_up(names),
        *made.pass_on(offer),
        made.way_out(),
    )
    return made.finished(steps, client_name, case_title, shown, named=bool(names))


def composer(
    kind: Kind, moment: Moment, channel: Channel, formality: Formality, language: str = "en"
) -> Composer:
    """What says the single steps of an ask."""
    return Composer(kind, moment, channel, formality, catalogue(language))


@dataclass(frozen=True, slots=True)
class Composer:
    """Says things in one kind, moment, channel, formality and language."""

    kind: Kind
    moment: Moment
    channel: Channel
    formality: Formality
    texts: Catalogue

    def manner(self, manner: phrases.Manner, **values: str) -> str:
        """A sentence in the formality of this ask."""
        return self.texts.say(manner[self.formality], **values)

    def step(self, title: str, say: str, practice: str) -> Step:
        """One step, its title in the language of the ask."""
        return Step(self.texts.say(title), say, practice)

    def reconfirm(self, name: str, case: str, shown: Shown | None) -> Step:
        """Their own word that it is solved comes before all else (P12)."""
        if case:
            check = self.manner(phrases.CASE, case=case)
        else:
            check = self.manner(phrases.DELIVERED, what=shown.what if shown else "")
        thanks = phrases.THANKS.get(self.moment)
        if thanks:
            check = f"{self.manner(thanks)} {_capital(check)}"
        if name and self.channel is not Channel.EMAIL:
            check = f"{name}, {check}"
        if self.channel is Channel.EMAIL:
            check = f"{check} {self.manner(phrases.IF_NOT)}"
        return self.step(phrases.TITLE_RECONFIRM, _capital(check), "P12")

    def show(self, shown: Shown | None) -> tuple[Step, ...]:
        """What was agreed and delivered, and what they said of it (P14, P17)."""
        if shown is None:
            return ()
        far = shown.target and self.channel is not Channel.CHAT
        named = phrases.WHAT_WITH_TARGET if far else phrases.WHAT
        what = self.texts.say(named, what=shown.what, target=shown.target)
        said = self._delivered(what, shown)
        if shown.liked:
            said += f" {self.manner(phrases.LIKED, liked=_ended(shown.liked))}"
        return (self.step(phrases.TITLE_SHOW, said, "P14"),)

    def _delivered(self, what: str, shown: Shown) -> str:
        due = "" if self.channel is Channel.CHAT else shown.due
        sentence = {
            (False, False): phrases.AGREED,
            (False, True): phrases.AGREED_ON,
            (True, False): phrases.AGREED_DUE,
            (True, True): phrases.AGREED_DUE_ON,
        }[bool(due), bool(shown.delivered)]
        days = {"due": self._day(due), "delivered": self._day(shown.delivered)}
        return self.texts.say(sentence, what=what, **days)

    def _day(self, day: dt.date | str) -> str:
        if isinstance(day, str):
            return day
        pattern = self.texts.say(phrases.DAY)
        return str(format_date(day, pattern, locale=self.texts.language))

    def ask(self, company: str) -> Step:
        """Leave first, then whom 'we' might help (P13, P14)."""
        question = self.question(company)
        return self.step(phrases.TITLE_ASK, self.manner(phrases.EARNED, question=question), "P13")

    def question(self, company: str) -> str:
        """The question itself."""
        if self.kind is Kind.CLIENT and company:
            return self.manner(phrases.WHO_OUTSIDE, company=company)
        known = company or self.manner(phrases.YOUR_COMPANY)
        return self.manner(phrases.QUESTIONS[self.kind], company=known)

    def hold_up(self, names: Sequence[Name]) -> tuple[Step, ...]:
        """Names of their key ring, as a question only (P1)."""
        if not names:
            return ()
        return (self.step(phrases.TITLE_NAMES, question(names, self.texts.language), "P1"),)

    def pass_on(self, offer: str) -> tuple[Step, ...]:
        """Something valuable for the other person, to hand on (P22)."""
        if not offer:
            return ()
        said = self.manner(phrases.PASS_ON, offer=offer.rstrip(". "))
        return (self.step(phrases.TITLE_PASS_ON, said, "P22"),)

    def way_out(self) -> Step:
        """A 'no' costs nothing (P18)."""
        way = phrases.WAY_OUT_MORE if self.kind is Kind.MORE else phrases.WAY_OUT
        return self.step(phrases.TITLE_WAY_OUT, self.manner(way), "P18")

    def finished(
        self, steps: tuple[Step, ...], name: str, case: str, shown: Shown | None, *, named: bool
    ) -> Wording:
        """The steps as a wording, with what an e-mail has round them."""
        made = partial(Wording, steps, self.kind, self.moment, self.channel, self.formality, named)
        if self.channel is not Channel.EMAIL:
            return made()
        what = shown.what if shown else ""
        subject = phrases.SUBJECT_CASE if case else phrases.SUBJECT_DELIVERED
        greeting = phrases.GREETING if name else phrases.GREETING_NAMELESS
        return made(
            subject=self.texts.say(subject, case=case, what=what),
            greeting=self.manner(greeting, name=name),
            closing=self.manner(phrases.CLOSING),
        )


def _ended(text: str) -> str:
    """The text with a full stop, unless it ends by itself."""
    return text if text.rstrip().endswith((".", "!", "?", "…")) else f"{text.rstrip()}."


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
