"""Given and received between two: whether they are even, why not, and what to do (P36, P37).

Figures go in, findings come out; nothing is decided from one number alone (E29: nothing back may
mean that we send what doesn't fit, and people repay in other ways). A balance is what one side
gave more than it received: above zero we gave more.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

from .figures import counted, grouped, times

FEWEST: Final = 5
"""With fewer on the larger side nothing is concluded (our choice, evidence section 4)."""
MOST_RATIO: Final = 3
"""More than three to one is uneven (our choice, evidence section 4)."""
SLOW_DAYS: Final = 7
"""An answer that takes longer is slow (our choice)."""
RECENT_DAYS: Final = 30
"""What was given since may still be answered (our choice)."""

Value = Mapping[str, int]
"""Amounts by unit: a currency in its smallest units (EUR: cents, JPY: yen), or 'points'."""


class Tilt(StrEnum):
    """Which way an exchange leans."""

    FEW = "too_few"
    EVEN = "even"
    WE_GIVE = "we_give_more"
    THEY_GIVE = "they_give_more"


class Trend(StrEnum):
    """How the difference moves from the period before to this one."""

    CLOSING = "closing"
    STEADY = "steady"
    WIDENING = "widening"
    UNKNOWN = "not_known"


@dataclass(frozen=True, slots=True)
class Flow:
    """What went one way in a period: how often, and what it was worth where that is known."""

    number: int = 0
    value: Value = field(default_factory=dict)

    def __add__(self, other: Flow) -> Flow:
        units = self.value.keys() | other.value.keys()
        total = {u: self.value.get(u, 0) + other.value.get(u, 0) for u in sorted(units)}
        return Flow(self.number + other.number, total)


@dataclass(frozen=True, slots=True)
class Facts:
    """What is on record about one ally in a window; numbers are of referrals given to them.

    `declined` and `slow` are of enquiries sent on and of introductions; what of them is of
    introductions stands beside it.
    """

    given: Flow
    received: Flow
    given_before: Flow = Flow()
    received_before: Flow = Flow()
    wrong_fit: int = 0
    declined: int = 0
    slow: int = 0
    no_outcome: int = 0
    full: bool = False
    asked: int = 0
    other_ways: int = 0
    """How often they repaid by something that is no referral."""
    offered: int = 0
    """Introductions that they were asked for and that came to no referral."""
    declined_introductions: int = 0
    slow_introductions: int = 0
    silent: int = 0
    """Introductions whose deadline passed without an answer."""
    answer_days: int | None = None
    """Days in which half of their answers came; None: they never had to answer."""
    unreported: int = 0
    """Those without an outcome of which we asked them how it goes, and heard nothing from them."""
    business: int = 0
    """Referrals with which they did business, as either side says."""
    unhappy: int = 0
    """Referrals whose client wasn't happy."""
    nothing: int = 0
    """Referrals of which nothing came, as either side says."""

    @property
    def asked_for(self) -> int:
        """How often they were to take somebody: referrals given, and introductions offered."""
        return self.given.number + self.offered


@dataclass(frozen=True, slots=True)
class Finding:
    """A likely reason, the figure that speaks for it, and what to do about it."""

    code: str
    sentence: str
    figure: int
    of: int
    do: str

    def as_dict(self) -> dict[str, str | int]:
        """Plain values for JSON."""
        return {
            "code": self.code,
            "sentence": self.sentence,
            "figure": self.figure,
            "of": self.of,
            "do": self.do,
        }


@dataclass(frozen=True, slots=True)
class Balance:
    """Given less received, by number and by each unit."""

    number: int
    value: Value


@dataclass(frozen=True, slots=True)
class Other:
    """Somebody else who serves the same: an ally with their own flows, or a provider without."""

    key: str
    name: str
    ally: bool
    given: int = 0
    received: int = 0
    why: str = ""


@dataclass(frozen=True, slots=True)
class Instead:
    """Where the next ones could go, and the balances after that with both.

    `but` is what to mind first, such as that exclusivity was agreed.
    """

    other: Other
    next_ones: int
    stays: int
    else_becomes: int
    other_now: int
    other_becomes: int
    but: str = ""

    @property
    def sentence(self) -> str:
        """What would change, in words."""
        return (
            f"If the next {self.next_ones} went to {self.other.name}: here the balance stays at "
            f"{_said(self.stays)} instead of reaching {_said(self.else_becomes)}; with "
            f"{self.other.name} it moves from {_said(self.other_now)} to "
            f"{_said(self.other_becomes)}."
        )


def _said(number: int) -> str:
    """With its sign, none before nought."""
    return f"{number:+d}" if number else "0"


def balance(given: Flow, received: Flow) -> Balance:
    """Given less received."""
    units = sorted(given.value.keys() | received.value.keys())
    value = {u: given.value.get(u, 0) - received.value.get(u, 0) for u in units}
    return Balance(given.number - received.number, value)


def tilt(given: Flow, received: Flow) -> Tilt:
    """Which way it leans: by number, and where the numbers are even, by value in any one unit."""
    by_number = lean(given.number, received.number)
    if by_number is not Tilt.EVEN:
        return by_number
    both = given.value.keys() & received.value.keys()
    leans = {_ratio(given.value[unit], received.value[unit]) for unit in both} - {Tilt.EVEN}
    return leans.pop() if len(leans) == 1 else Tilt.EVEN


def lean(given: int, received: int) -> Tilt:
    """Which way it leans by number alone: the one place that knows how much is uneven."""
    if max(given, received) < FEWEST:
        return Tilt.FEW
    return _ratio(given, received)


def _ratio(given: int, received: int) -> Tilt:
    if given > MOST_RATIO * received:
        return Tilt.WE_GIVE
    return Tilt.THEY_GIVE if received > MOST_RATIO * given else Tilt.EVEN


def trend(facts: Facts) -> Trend:
    """Whether the difference by number closes or widens against the window before."""
    if not facts.given_before.number and not facts.received_before.number:
        return Trend.UNKNOWN
    now = abs(facts.given.number - facts.received.number)
    then = abs(facts.given_before.number - facts.received_before.number)
    if now == then:
        return Trend.STEADY
    return Trend.CLOSING if now < then else Trend.WIDENING


def findings(facts: Facts) -> tuple[Finding, ...]:
    """Likely reasons of an imbalance, the one with the largest part first; none when it is even."""
    way = tilt(facts.given, facts.received)
    if way is Tilt.THEY_GIVE:
        return (_we_owe(facts),)
    if way is not Tilt.WE_GIVE:
        return ()
    found = [each for each in _reasons(facts) if each is not None]
    found.sort(key=lambda each: (-each.figure / max(1, each.of), each.code))
    return tuple(found) or (_UNEXPLAINED,)


_UNEXPLAINED: Final = Finding(
    "unexplained",
    "Nothing on record explains it.",
    0,
    0,
    "Talk to them: what did they make of those we sent, and whom could they send us?",
)


def _we_owe(facts: Facts) -> Finding:
    return Finding(
        "we_owe",
        f"They gave {facts.received.number}, we gave {facts.given.number}.",
        facts.received.number - facts.given.number,
        facts.received.number,
        "Thank them, and look among the open needs and enquiries for one they can serve.",
    )


def _reasons(facts: Facts) -> Iterable[Finding | None]:
    sent, asked = facts.given.number, facts.asked_for
    yield _part(
        "wrong_fit",
        facts.wrong_fit,
        sent,
        "did not fit what they do",
        "Ask them whom they want, and correct their services in the directory.",
    )
    yield _part(
        "nothing_came",
        facts.nothing,
        sent,
        "came to nothing, as they or the client say",
        "Ask both what was missing: it may not be what they look for.",
    )
    yield _part(
        "unhappy",
        facts.unhappy,
        sent,
        "left a client unhappy",
        "Speak with them about it first, and send nobody else until it is put right.",
    )
    yield _part(
        "slow",
        facts.slow,
        asked,
        f"waited longer than {SLOW_DAYS} days for an answer{_from(facts.slow_introductions)}"
        f"{_half_within(facts)}",
        "Agree how fast they answer, or send urgent ones elsewhere.",
    )
    yield _part(
        "silent",
        facts.silent,
        asked,
        f"got no answer in time{_half_within(facts)}",
        "Call them, and agree by when they say yes or no.",
    )
    yield _part(
        "declined",
        facts.declined,
        asked,
        f"{'was' if facts.declined == 1 else 'were'} declined{_from(facts.declined_introductions)}",
        "Ask why, and send only what they take.",
    )
    yield _no_outcome(facts)
    yield _capacity(facts)
    yield _never_asked(facts)
    yield _other_ways(facts)


def _from(introductions: int) -> str:
    """How many of them were introductions; the others are enquiries."""
    if not introductions:
        return ""
    return f", {introductions} of them in introductions"


def _half_within(facts: Facts) -> str:
    if facts.answer_days is None:
        return ""
    days = "a day" if facts.answer_days <= 1 else f"{facts.answer_days} days"
    return f"; half of their answers came within {days}"


def _no_outcome(facts: Facts) -> Finding | None:
    if facts.no_outcome <= 0:
        return None
    asked = f"; we asked them about {facts.unreported} and heard nothing"
    return Finding(
        "no_outcome",
        f"No outcome is on record of {facts.no_outcome} of the {facts.given.number} we sent them"
        f"{asked if facts.unreported else ''}.",
        facts.no_outcome,
        facts.given.number,
        "Ask both sides how it went before you conclude anything.",
    )


def _part(code: str, figure: int, of: int, words: str, do: str) -> Finding | None:
    if figure <= 0:
        return None
    return Finding(code, f"{figure} of the {of} we sent them {words}.", figure, of, do)


def _capacity(facts: Facts) -> Finding | None:
    if not facts.full:
        return None
    return Finding(
        "capacity",
        "They take nobody at present, so they meet few whom they could send us.",
        1,
        1,
        "Send elsewhere until they have room again.",
    )


def _never_asked(facts: Facts) -> Finding | None:
    if facts.asked:
        return None
    return Finding(
        "never_asked",
        "We never asked them: neither an ask nor a talk about the exchange is on record"
        f"{_though(facts.business)}.",
        0,
        1,
        "Tell them whom you can help, and ask whom they know. Note the talk here.",
    )


def _though(business: int) -> str:
    return f", though they did business with {business} of those we sent" if business else ""


def _other_ways(facts: Facts) -> Finding | None:
    if not facts.other_ways:
        return None
    return Finding(
        "other_ways",
        f"They repaid {times(facts.other_ways)} in other ways than by a referral.",
        facts.other_ways,
        max(facts.given.number, facts.other_ways),
        "Decide whether that is even for you; then there is nothing to mend.",
    )


def instead(facts: Facts, others: Sequence[Other], *, but: str = "") -> Instead | None:
    """Where to send the next ones while we give more than comes back; None when nothing is wrong.

    Allies go first, the one who gave us most for what they got; then providers in their order. As
    many are reckoned ahead as were sent in the window.
    """
    if tilt(facts.given, facts.received) is not Tilt.WE_GIVE or not others:
        return None
    best = min(others, key=lambda o: (not o.ally, o.given - o.received if o.ally else 0))
    ahead, here = facts.given.number, facts.given.number - facts.received.number
    there = best.given - best.received
    return Instead(best, ahead, here, here + ahead, there, there + ahead, but)


@dataclass(frozen=True, slots=True)
class Giving:
    """What we put in, and what came back (P37)."""

    minutes: int = 0
    favours: int = 0
    given: Flow = Flow()
    received: Flow = Flow()
    became_clients: int = 0

    def __add__(self, other: Giving) -> Giving:
        return Giving(
            self.minutes + other.minutes,
            self.favours + other.favours,
            self.given + other.given,
            self.received + other.received,
            self.became_clients + other.became_clients,
        )

    @property
    def cases(self) -> int:
        """How many acts of giving the figures rest on."""
        return self.favours + self.given.number

    @property
    def enough(self) -> bool:
        """Whether that is enough to say what giving brings."""
        return self.cases >= FEWEST

    @property
    def back_of_ten(self) -> int | None:
        """Referrals that came back for ten acts of giving; None: too few to say."""
        return round(10 * self.received.number / self.cases) if self.enough else None


@dataclass(frozen=True, slots=True)
class Pair:
    """One pair of third parties, seen from the one who gave more (by number, then by value).

    `elsewhere`: what the other gave to anybody else; `round_about`: by how many thirds something
    of the other's giving comes back; `last_days`: days from the last gift to the end of the record.
    """

    given: int
    received: int
    given_value: int
    received_value: int
    elsewhere: int
    round_about: int
    last_days: int

    @property
    def even(self) -> bool:
        """The same number and the same value both ways."""
        return self.given == self.received and self.given_value == self.received_value


def explain_pair(pair: Pair) -> tuple[Finding, ...]:
    """Why one gave more than came back, from the network around the two; none when it is even."""
    if pair.even:
        return ()
    found = [each for each in _pair_reasons(pair) if each is not None]
    return tuple(found)


def _pair_reasons(pair: Pair) -> Iterable[Finding | None]:
    if pair.given == pair.received:
        yield _uneven_value(pair)
        return
    if pair.given_value <= 0:
        yield Finding(
            "poor_fit",
            f"What was given was worth {grouped(pair.given_value)}: poor value earns no return.",
            pair.given_value,
            pair.given,
            "Look at what was given before asking for more.",
        )
    if pair.last_days <= RECENT_DAYS:
        yield Finding(
            "recent",
            f"The last gift was {_before_the_end(pair.last_days)}.",
            pair.last_days,
            RECENT_DAYS,
            "Wait: it may still be answered.",
        )
    yield _way_back(pair)


def _before_the_end(days: int) -> str:
    if days == 0:
        return "on the last day of the record"
    return f"{counted(days, 'day')} before the record ends"


def _uneven_value(pair: Pair) -> Finding:
    return Finding(
        "uneven_value",
        f"As often both ways, but worth {grouped(pair.given_value)} against "
        f"{grouped(pair.received_value)}.",
        pair.given_value - pair.received_value,
        abs(pair.given_value) + abs(pair.received_value),
        "Look at what each values before you count.",
    )


def _way_back(pair: Pair) -> Finding:
    if pair.round_about:
        return Finding(
            "round_about",
            f"It comes back through others: {pair.round_about} of those they gave to gave here.",
            pair.round_about,
            max(pair.elsewhere, pair.round_about),
            "Count the circle, not the pair.",
        )
    if pair.elsewhere:
        return Finding(
            "gives_elsewhere",
            f"They gave {times(pair.elsewhere)}, to others.",
            pair.elsewhere,
            pair.elsewhere,
            "They can give: ask what would fit them here.",
        )
    return Finding(
        "gives_nobody",
        "They have given nothing to anybody on record.",
        0,
        0,
        "Send elsewhere, or ask once and see.",
    )
