"""Checks somebody's own words for an ask: what is missing, where, and what to say instead.

P8, P12, P13, P17, P18, P20, P24. English.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Final

from warmhand.language import foreign
from warmhand.problems import WhyNot

from . import rules, words
from .choices import Kind
from .codes import CODES
from .context import Context
from .heads import Encoder
from .reading import MASK, Read, Reading, masked, read
from .suggest import suggestion
from .whole import kind_of

INTRO, REC, NONE = "intro", "rec", "none"
LONGEST: Final = 10_000
"""Characters of a text that is checked."""
UNSURE: Final = 1.0
"""Nearer to nought the network isn't sure that one person speaks alone: then the rule decides."""
Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Breach:
    """One thing that is wrong: where (in characters of the text), and what to say instead."""

    code: str
    span: Span
    suggestion: str

    @property
    def sentence(self) -> str:
        """What is wrong, for a person."""
        return CODES[self.code].sentence

    @property
    def practice(self) -> str:
        """The practice that it goes against."""
        return CODES[self.code].practice

    @property
    def mend(self) -> str:
        """What to do about it."""
        return CODES[self.code].mend

    def as_dict(self) -> dict[str, Any]:
        """Plain values for JSON."""
        return {
            "code": self.code,
            "span": list(self.span),
            "sentence": self.sentence,
            "suggestion": self.suggestion,
            "practice": self.practice,
        }


@dataclass(frozen=True, slots=True)
class Checked:
    """What a text asks for, what it gets wrong, and what it has.

    `kind`: intro (an introduction), rec (a recommendation, reference or review) or none. `read_by`
    says whether the encoder took part, or rules alone. `why_not`: why it wasn't read at all; then
    only names and facts that may not be said, and a missing disclosure, are looked for.
    """

    kind: str
    breaches: tuple[Breach, ...]
    we: bool
    reconfirm: bool
    help: bool
    read_by: str
    why_not: WhyNot | None = None

    def as_dict(self) -> dict[str, Any]:
        """Plain values for JSON; `reason` stands only where it wasn't read."""
        told = {
            "kind": self.kind,
            "breaches": [each.as_dict() for each in self.breaches],
            "has": {"we": self.we, "reconfirm": self.reconfirm, "help": self.help},
            "read_by": self.read_by,
        }
        return told | ({"reason": self.why_not.as_dict()} if self.why_not else {})


def check(text: str, context: Context | None = None, *, encoder: Encoder | None = None) -> Checked:
    """Read an ask and say what it gets wrong.

    Without an encoder rules alone decide; they miss more. Nothing is read from anywhere else.
    """
    known = context or Context()
    text = text[:LONGEST].replace(MASK, "*")
    language = foreign(text)
    if language:
        return _unread(text, known, language)
    blotted = masked(text, known.ours)
    reading = read(blotted, encoder, meant=known.kind is not None)
    found = _Found(text, blotted, reading, known)
    return Checked(
        kind=found.kind,
        breaches=_breaches(found.breaches(), known),
        we=found.we,
        reconfirm=found.reconfirm,
        help=found.help,
        read_by="rules and encoder" if encoder else "rules",
    )


def _unread(text: str, known: Context, language: str) -> Checked:
    """A text in another language: only what is found in it letter by letter is told."""
    why_not = WhyNot(
        "other_language",
        f"This reads as {language}; we check English only so far.",
        "Read it yourself: does it reconfirm first, say 'we', and offer help to somebody?",
    )
    found = _literal(text, known)
    return Checked(NONE, _breaches(found, known), False, False, False, "nothing", why_not)


def _literal(text: str, known: Context) -> Iterator[tuple[str, Span]]:
    """What is wrong in any language: a name or fact of others, the disclosure left out."""
    yield from _secret(text, known)
    an_ask = known.kind not in (None, Kind.COWORKER)
    if an_ask and known.reward and known.disclosure and not _says(text, known.disclosure):
        yield "reward_undisclosed", (0, len(text))


def _secret(text: str, known: Context) -> Iterator[tuple[str, Span]]:
    """The first place where something of others is said that may not be (P24)."""
    for secret in (*known.other_clients, *known.facts):
        place = re.search(rf"(?<!\w){re.escape(secret)}(?!\w)", text, re.IGNORECASE)
        if place:
            yield "others_facts", place.span()
            return


def _breaches(found: Iterable[tuple[str, Span]], known: Context) -> tuple[Breach, ...]:
    """The breaches in the order of `CODES`, each with what to say instead."""
    return tuple(
        Breach(code, span, suggestion(code, known)) for code, span in sorted(found, key=_order)
    )


def _order(breach: tuple[str, Span]) -> tuple[int, int]:
    return list(CODES).index(breach[0]), breach[1][0]


class _Found:
    """What was found in one text."""

    def __init__(self, text: str, blotted: str, reading: Reading, context: Context) -> None:
        self.text, self.blotted, self.context = text, blotted, context
        self.reading, self.all = reading, reading.sentences
        self.by_network = "alone" in reading.whole
        self.kind = kind_of(reading.whole)
        self.asked = reading.most(REC if self.kind == REC else INTRO)
        self.reconfirm = reading.does("reconfirm")
        self.help = reading.does("help")
        self.one = self._one()
        self.we = self.one is None and bool(words.WE.search(rules.TOGETHER.sub(_blot, blotted)))

    def _helps(self, index: int) -> bool:
        """Help counts where somebody else is meant."""
        return self.all[index].does("help") and bool(words.SOMEBODY.search(self.blotted))

    def _one(self) -> Span | None:
        """Where one person speaks of themself in what is asked or offered."""
        rule, alone = self._one_by_rule(), self.reading.whole.get("alone")
        if alone is None or abs(alone) < UNSURE:
            return rule
        return (rule or self._first_one() or self._span()) if alone > 0 else None

    def _first_one(self) -> Span | None:
        found = (self._one_of(each) for each in self.all)
        return next((span for span in found if span), None)

    def _one_by_rule(self) -> Span | None:
        as_we = bool(self.asked and words.WE.search(_plain(self.asked)))
        for i, each in enumerate(self.all):
            asks = each.does("intro") or each.does("rec") or self._helps(i) or each is self.asked
            if not asks and (as_we or each.does("reconfirm")):
                continue
            if span := self._one_of(each):
                return span
        return None

    def _one_of(self, each: Read) -> Span | None:
        match = words.ONE.search(_plain(each))
        at = each.piece.start
        return (at + match.start(), at + match.end()) if match else None

    def breaches(self) -> Iterator[tuple[str, Span]]:
        if self.kind != NONE or self.context.kind:
            yield from self._of_any_ask()
        if self.kind == INTRO or (self.context.kind and self.kind == NONE):
            yield from self._of_an_introduction()
        if self.kind != NONE and self.reading.does("recommend"):
            yield "recommend_not_introduce", self._most("recommend")
        yield from self._others()

    def _of_any_ask(self) -> Iterator[tuple[str, Span]]:
        if self.reading.does("pressure"):
            yield "pressure", self._most("pressure")
        if self.one:
            yield "i_not_we", self.one
        yield from self._reward()

    def _of_an_introduction(self) -> Iterator[tuple[str, Span]]:
        if not self.reconfirm:
            yield "no_reconfirmation", self._span()
        if not self.help and self.context.kind is not Kind.MORE:
            yield "no_help", self._span()
        if self.kind == INTRO and not self.reconfirm and self.reading.does("bare"):
            named = next((e for e in self.all if rules.BARE.search(e.piece.text)), None)
            yield "bare_referrals", _of(named) if named else self._span()

    def _reward(self) -> Iterator[tuple[str, Span]]:
        given = self.reading.does("reward")
        if not given and not self.context.reward:
            return
        span = self._most("reward") if given else self._span()
        if self._inside():
            if given:
                yield "reward_to_coworker", span
        elif not self._disclosed():
            yield "reward_undisclosed", span

    def _inside(self) -> bool:
        """Whether it is for somebody of the client's own company."""
        if self.context.kind is not None:
            return self.context.kind is Kind.COWORKER
        named = self.kind == INTRO and bool(words.COLLEAGUE.search(self.blotted))
        return self.reading.does("inside") or (named and not self.by_network)

    def _disclosed(self) -> bool:
        if self.context.disclosure:
            return _says(self.text, self.context.disclosure)
        return not self.by_network and any(each.does("disclose") for each in self.all)

    def _others(self) -> Iterator[tuple[str, Span]]:
        secret = list(_secret(self.text, self.context))
        if secret:
            yield from secret
            return
        told = self.reading.most("facts")
        if told and self.reading.does("facts") and not _relation_only(told.piece.text):
            yield "others_facts", _of(told)

    def _most(self, name: str) -> Span:
        """The sentence that does it most."""
        most = self.reading.most(name)
        return _of(most) if most else self._span()

    def _span(self) -> Span:
        return _of(self.asked) if self.asked else (0, len(self.text))


def _plain(each: Read) -> str:
    """The sentence without politeness and quotations, letter for letter."""
    return rules.POLITE.sub(_blot, _unquoted(each.piece.text))


def _relation_only(text: str) -> bool:
    """That we work together may be said (P24)."""
    return bool(rules.RELATION.search(text)) and not words.FIGURE.search(text)


def _of(each: Read) -> Span:
    return each.piece.start, each.piece.end


def _blot(match: re.Match[str]) -> str:
    return MASK * len(match.group())


def _unquoted(text: str) -> str:
    """The text with what stands in quotation marks blotted out: those are the client's words."""
    return re.sub(r"(?<!\w)['\"“‘„][^'\"“”‘’]{2,}['\"”’“](?!\w)", _blot, text)


def _says(text: str, line: str) -> bool:
    return _folded(line) in _folded(text)


def _folded(text: str) -> str:
    return " ".join(text.casefold().split())
