"""The next favour for a client, from what is known of them: composed, with its reasons (P9, P10).

Nothing is made up: each proposal quotes the record that it rests on, and where nothing is known it
says so and proposes to listen. What is urgent comes first, then what they have said themselves,
then what the calendar knows. Pure: no framework, no clock.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from .alike import common_words
from .weekdays import is_working, next_working

DAY: Final = dt.timedelta(days=1)
SOON, USUAL, LATER = 2 * DAY, 7 * DAY, 14 * DAY
"""By when a proposal is to be done: what is urgent, what they said, what merely fits."""
AHEAD: Final = 42 * DAY
"""So far ahead a busy time or the end of a year is worth a favour."""
LETTERS: Final = 5
"""A word that need and expertise share must be so long to say something."""
PERSONAL: Final = frozenset(
    """
    daughter son children child college university school wedding baby garden holiday marathon
    hobby choir club dog grandchild grandson granddaughter exam flat house
    """.split()  # noqa: SIM905 - a list of words reads best as words
)
OPENINGS: Final = PERSONAL | frozenset(
    """
    move moving moves migration migrating acquisition acquire acquires merger opening opens hires
    hiring retire retires retiring training certificate audit fair anniversary looking wants
    needs plans planning building renovates renovating software switching relocates
    """.split()  # noqa: SIM905 - a list of words reads best as words
)
"""Words in a note that are an opening for something unpaid (P10)."""


@dataclass(frozen=True, slots=True)
class Wish:
    """An open need of theirs. `may_pass_on`: their yes or no; None: not asked."""

    id: int
    words: str
    noted_on: dt.date
    urgency: str = "soon"
    category: str = ""
    may_pass_on: bool | None = None


@dataclass(frozen=True, slots=True)
class Expert:
    """What another client does, who may be named (`may_pass_on`) or must be asked first (None)."""

    id: int
    client_id: int
    name: str
    words: str
    category: str = ""
    may_pass_on: bool | None = None


@dataclass(frozen=True, slots=True)
class Busy:
    """A time in which they have no mind for us."""

    label: str
    starts_on: dt.date
    ends_on: dt.date


@dataclass(frozen=True, slots=True)
class Told:
    """What they said in a review, or whom we sent them to: words on a day."""

    id: int
    words: str
    on: dt.date
    rating: int | None = None


@dataclass(frozen=True, slots=True)
class Known:
    """All that a proposal may rest on; `dismissed` names proposals that weren't right."""

    client_id: int
    name: str
    sector: str = ""
    year_end_month: int | None = None
    notes: str = ""
    promised: tuple[Told, ...] = ()
    wishes: tuple[Wish, ...] = ()
    experts: tuple[Expert, ...] = ()
    busy: tuple[Busy, ...] = ()
    review: Told | None = None
    sent_to: tuple[Told, ...] = ()
    dismissed: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Proposal:
    """Something to do for them. `about` names what it rests on, the same as long as that stands.

    `favour_id` is the promise that it would keep; 0 where it is new.
    """

    about: str
    what: str
    why: tuple[str, ...]
    due_on: dt.date
    kind: str = "professional"
    favour_id: int = 0

    @property
    def need_id(self) -> int | None:
        """The number of the need that it serves; None where it rests on something else."""
        kind, _, number = self.about.partition(":")
        return int(number.partition(":")[0]) if kind == "need" else None


def proposals(known: Known, today: dt.date) -> tuple[Proposal, ...]:
    """All proposals for a client, best first; those dismissed are left out (P9, P10)."""
    found = (each for part in _PARTS for each in part(known, today))
    return tuple(each for each in found if each.about not in known.dismissed)


def _promises(known: Known, today: dt.date) -> Iterator[Proposal]:
    for each in known.promised:
        why = (f"It was promised on {_day(each.on)} and is not done yet.",)
        yield Proposal(
            f"favour:{each.id}", each.words, why, free_day(known, today + SOON), favour_id=each.id
        )


def _needs(known: Known, today: dt.date) -> Iterator[Proposal]:
    for wish in sorted(known.wishes, key=lambda it: (_PLACE.get(it.urgency, 9), it.noted_on)):
        yield from _experts_for(known, wish, today)
        yield _need(known, wish, today)


_PLACE: Final = {"now": 0, "soon": 1, "some_day": 2}


def _need(known: Known, wish: Wish, today: dt.date) -> Proposal:
    quoted = _quoted(wish.words, 150)
    what = f"Find somebody good for what they need: {quoted}"
    if wish.may_pass_on is False:
        what = f"Look out a name or two for them, without a word to others: {quoted}"
    why = (*_they_need(wish), _CONSENT[wish.may_pass_on])
    return Proposal(f"need:{wish.id}", what, why, free_day(known, today + _by(wish)))


def _experts_for(known: Known, wish: Wish, today: dt.date) -> Iterator[Proposal]:
    """Other clients whose own work may serve it: none where the need stays between us."""
    if wish.may_pass_on is False:
        return
    for expert in known.experts:
        shared = fits(wish, expert)
        if expert.client_id == known.client_id or expert.may_pass_on is False or not shared:
            continue
        may = expert.may_pass_on is True
        start = "Bring them together with" if may else "Ask whether we may name them:"
        yield Proposal(
            f"need:{wish.id}:{expert.id}",
            f"{start} {expert.name}, for {_quoted(wish.words, 120)}",
            (
                *_they_need(wish),
                f"{expert.name} does: {_quoted(expert.words, 120)} ({shared}).",
                _CONSENT[wish.may_pass_on],
            ),
            free_day(known, today + _by(wish)),
        )


def fits(wish: Wish, expert: Expert) -> str:
    """Why an expertise may serve a need: one category, or a word that both say; '' if neither."""
    if wish.category and wish.category[:4] == expert.category[:4]:
        return f"the same category, {wish.category[:4]}"
    shared = common_words(wish.words, (expert.words,))
    said = [word for word in shared if len(word) >= LETTERS]
    return f"both say “{said[0]}”" if said else ""


def _they_need(wish: Wish) -> tuple[str, ...]:
    said = f"On {_day(wish.noted_on)} they said: {_quoted(wish.words, 200)}"
    return (said, "They need it now.") if wish.urgency == "now" else (said,)


_CONSENT: Final = {
    None: "Ask them first whether we may pass it on.",
    True: "They said that we may pass it on.",
    False: "They said that it stays between us.",
}


def _by(wish: Wish) -> dt.timedelta:
    return SOON if wish.urgency == "now" else USUAL


def _notes(known: Known, today: dt.date) -> Iterator[Proposal]:
    """An opening in our own notes: something that goes on in their life or their house."""
    for number, sentence in enumerate(_sentences(known.notes)):
        words = set(re.findall(r"[a-z]+", sentence.lower()))
        if words & OPENINGS:
            what = f"Ask how it goes, and offer a hand: {_quoted(sentence, 180)}"
            kind = "personal" if words & PERSONAL else "professional"
            why = (f"It stands in the notes about them: {_quoted(sentence, 200)}",)
            yield Proposal(
                f"note:{number}:{_mark(sentence)}",
                what,
                why,
                free_day(known, today + USUAL),
                kind,
            )


def _review(known: Known, today: dt.date) -> Iterator[Proposal]:
    told = known.review
    if told is None:
        return
    rated = f", with {told.rating} of 10" if told.rating is not None else ""
    yield Proposal(
        f"review:{told.id}",
        f"Come back to what they said in the review: {_quoted(told.words, 180)}",
        (f"They said so on {_day(told.on)}{rated}.",),
        free_day(known, today + USUAL),
    )


def _sent(known: Known, today: dt.date) -> Iterator[Proposal]:
    for told in known.sent_to:
        yield Proposal(
            f"sent:{told.id}",
            f"Ask how it went with {_short(told.words, 150)}, and help if it did not go well",
            (f"We sent them there on {_day(told.on)}.",),
            free_day(known, today + USUAL),
        )


def _season(known: Known, today: dt.date) -> Iterator[Proposal]:
    """Before a busy time begins, or when it is over."""
    for busy in sorted(known.busy, key=lambda it: it.starts_on):
        about = f"busy:{busy.starts_on}"
        if today < busy.starts_on <= today + AHEAD:
            what = f"Ask what we can take off their hands before “{_short(busy.label, 80)}” begins"
            why = f"Their busy time “{busy.label}” begins on {_day(busy.starts_on)}."
            yield Proposal(about, what, (why,), max(today, busy.starts_on - LATER))
        elif busy.starts_on <= today <= busy.ends_on:
            what = f"Ask how “{_short(busy.label, 80)}” went, and what was left undone"
            why = f"They are busy with “{busy.label}” until {_day(busy.ends_on)}: not before."
            yield Proposal(about, what, (why,), free_day(known, busy.ends_on + DAY))


def _year_end(known: Known, today: dt.date) -> Iterator[Proposal]:
    if known.year_end_month is None:
        return
    ends = last_of_year(known.year_end_month, today)
    if ends <= today + AHEAD:
        yield Proposal(
            f"year_end:{ends:%Y-%m}",
            "Ask what they need from us for their year end, and send it before they have to ask",
            (f"Their financial year ends on {_day(ends)}.",),
            free_day(known, min(ends, today + USUAL)),
        )


def last_of_year(month: int, today: dt.date) -> dt.date:
    """The last day of the financial year that runs, where years end with `month` (1 to 12)."""
    year = today.year + (month < today.month)
    following = dt.date(year + month // 12, month % 12 + 1, 1)
    return following - DAY


def _sector(known: Known, today: dt.date) -> Iterator[Proposal]:
    if known.sector:
        yield Proposal(
            "sector",
            f"Look out one thing worth knowing for somebody in {_short(known.sector, 100)}, "
            "and send it with a line why",
            (f"All that is known to go by is their sector: {known.sector}.",),
            free_day(known, today + LATER),
        )


def _listen(known: Known, today: dt.date) -> Iterator[Proposal]:
    yield Proposal(
        "listen",
        "Call without a purpose of our own, ask what keeps them busy, and note what they need",
        ("Nothing on record gives a hint yet: the first favour is to listen.",),
        free_day(known, today + LATER),
    )


_PARTS: Final = (
    _promises,
    _needs,
    _notes,
    _review,
    _sent,
    _season,
    _year_end,
    _sector,
    _listen,
)


def free_day(known: Known, day: dt.date) -> dt.date:
    """The first working day from `day` on that lies in none of their busy times."""
    for _ in range(400):
        inside = next((b for b in known.busy if b.starts_on <= day <= b.ends_on), None)
        if inside is not None:
            day = inside.ends_on + DAY
        elif not is_working(day):
            day = next_working(day)
        else:
            return day
    return day


def _sentences(text: str) -> Iterable[str]:
    return (part.strip() for part in re.split(r"(?<=[.!?])\s+|\n+", text) if part.strip())


def _mark(text: str) -> str:
    """The first letters of a sentence: another note is another proposal."""
    return re.sub(r"[^a-z]", "", text.lower())[:20]


def _quoted(text: str, most: int) -> str:
    return f"“{_short(text, most)}”"


def _short(text: str, most: int) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= most else f"{flat[: most - 1].rstrip()}…"


def _day(day: dt.date) -> str:
    return f"{day.day} {day:%B %Y}"
