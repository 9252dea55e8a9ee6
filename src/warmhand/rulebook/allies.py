"""What to do next with an ally: thank them, bring the exchange into balance, or nothing (P26, P37).

The subject is an organisation, not a client, so it has facts of its own; they are traced into the
same tree as a client's and read with reasons in the same way. Allies are few: they are decided in
Python, when a page is opened. A balance exists only where the law of both trades lets it be
counted; elsewhere nothing here looks at how much came back.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from enum import StrEnum
from typing import Any, Final

from .declare import NEVER
from .moves import Merit, Turn
from .sentences import filled
from .tree import Certain, Fact, Known, Num, Truth, holds

SPOKEN_DAYS: Final = 90
"""After a talk about the exchange it is left alone for so long (our choice)."""


THANKED_DAYS: Final = 365
"""What they sent longer ago is not brought up any more (our choice)."""


class Reckoning(StrEnum):
    """How far an exchange may be reckoned by law, from least to most."""

    OFF = "off"
    OBSERVE = "observe"
    COUNT = "count"

    @property
    def number(self) -> int:
        """As rules see it: counted is 2."""
        return list(Reckoning).index(self)


@dataclass(frozen=True, slots=True)
class AllyFactInfo:
    """What people know about a fact of an ally."""

    name: str
    sentence: str
    practice: str
    default: int


def _fact(default: int, sentence: str, practice: str) -> Any:
    return field(
        default=default, metadata={"sentence": sentence, "practice": practice, "default": default}
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class AllyFacts:
    """What is known of one ally on one day. Whole numbers, never null; NEVER for 'not yet'.

    Where nothing may be counted, `given`, `received` and `leaning` stay 0. How much is uneven
    `matching.reciprocity.lean` alone says.
    """

    reckoning: int = _fact(0, "How far it may be reckoned: 0 off, 1 observe, 2 count", "P37")
    given: int = _fact(0, "Referrals we gave them in the last year", "P37")
    received: int = _fact(0, "Referrals they gave us in the last year", "P37")
    leaning: int = _fact(0, "Uneven: 1 we gave more, -1 they did, 0 neither", "P37")
    days_since_given: int = _fact(NEVER, "Days since our latest referral to them", "P36")
    days_since_received: int = _fact(NEVER, "Days since the latest they sent us", "P36")
    days_since_thanked: int = _fact(NEVER, "Days since we last thanked them", "P26")
    days_since_spoke: int = _fact(NEVER, "Days since we last spoke about the exchange", "P37")
    needs_they_fit: int = _fact(0, "Open needs of our clients that they could serve", "P36")


ALLY_FACTS: Final[Mapping[str, AllyFactInfo]] = {
    each.name: AllyFactInfo(name=each.name, **each.metadata) for each in fields(AllyFacts)
}
"""Every fact about an ally by name."""


class AllyMove(StrEnum):
    """What may be done next with an ally."""

    THANK_ALLY = "thank_ally"
    REBALANCE = "rebalance"
    WAIT = "wait"


@dataclass(frozen=True, slots=True)
class AllyMoveInfo:
    """What people know about such a move."""

    move: AllyMove
    title: str
    practice: str
    sentence: str


ALLY_MOVES: Final[Mapping[AllyMove, AllyMoveInfo]] = {
    info.move: info
    for info in (
        AllyMoveInfo(
            AllyMove.THANK_ALLY,
            "Thank an ally",
            "P26",
            "Thank them for whom they sent, whatever came of it.",
        ),
        AllyMoveInfo(
            AllyMove.REBALANCE,
            "Bring it into balance",
            "P37",
            "Give back what they are owed, or find out why nothing comes back.",
        ),
        AllyMoveInfo(AllyMove.WAIT, "Nothing to do", "P37", "The exchange is in order."),
    )
}
"""Every move for an ally, with its title, practice number and meaning."""


class _Names:
    def __getattr__(self, name: str) -> Num:
        if name not in ALLY_FACTS:
            raise AttributeError(f"no fact of an ally is called {name}")
        return Fact(name)


@dataclass(frozen=True, slots=True)
class AllyProposal:
    """A move, its merit, its turn and when it is proposed; sentences may hold figures, see
    `sentences`. The same move may give or ask, so the turn stands here.
    """

    merit: Merit
    turn: Turn
    move: AllyMove
    because: str
    do: str
    when: Truth


_f = _Names()
_counted: Final[Truth] = _f.reckoning >= Reckoning.COUNT.number
_rested: Final[Truth] = _f.days_since_spoke > SPOKEN_DAYS
_may_rebalance: Final[Truth] = _counted & _rested
_they_lead: Final[Truth] = _f.leaning < 0
_we_lead: Final[Truth] = _f.leaning > 0

ALLY_PROPOSALS: Final = (
    AllyProposal(
        Merit.OWED,
        Turn.OWE,
        AllyMove.THANK_ALLY,
        "They sent us somebody {days_since_received:ago}, and were not thanked since.",
        "Thank them today, for the introduction; what came of it is another matter.",
        (_f.days_since_received < _f.days_since_thanked) & (_f.days_since_received <= THANKED_DAYS),
    ),
    AllyProposal(
        Merit.RIPE,
        Turn.GIVE,
        AllyMove.REBALANCE,
        "They gave us {received:referral} in a year and we gave {given}; "
        "{needs_they_fit:open need} of our clients {needs_they_fit:fits/fit} what they do.",
        "Refer one of those clients to them.",
        _may_rebalance & _they_lead & (_f.needs_they_fit > 0),
    ),
    AllyProposal(
        Merit.RIPE,
        Turn.GIVE,
        AllyMove.REBALANCE,
        "They gave us {received:referral} in a year and we gave {given}.",
        "Listen for needs that they could serve, and ask them whom they would like to meet.",
        _may_rebalance & _they_lead,
    ),
    AllyProposal(
        Merit.RIPE,
        Turn.ASK,
        AllyMove.REBALANCE,
        "We gave them {given:referral} in a year and they gave us {received}.",
        "Speak with them first: the wrong fit, or repaying in another way, looks the same. Then "
        "think about sending elsewhere.",
        _may_rebalance & _we_lead,
    ),
    AllyProposal(
        Merit.LATER, Turn.REST, AllyMove.WAIT, "The exchange is in order.", "", Certain(True)
    ),
)
"""Every proposal, first come first; what gives back stands before what asks (P28)."""


@dataclass(frozen=True, slots=True)
class AllyDecision:
    """What may be done now with an ally, why, and what exactly; with the other possible moves."""

    move: AllyMove
    merit: Merit
    turn: Turn
    because: str
    do: str
    runners_up: tuple[AllyMove, ...]

    def as_dict(self) -> dict[str, Any]:
        """Plain values for JSON."""
        return {
            "move": self.move.value,
            "because": self.because,
            "do": self.do,
            "runners_up": [each.value for each in self.runners_up],
        }


def decide_ally(facts: AllyFacts) -> AllyDecision:
    """The decision for these facts; the first proposal that holds, as with clients."""
    known = Known(facts={name: getattr(facts, name) for name in ALLY_FACTS})
    first, *others = (each for each in ALLY_PROPOSALS if holds(each.when, known))
    moves = (each.move for each in others if each.move not in (first.move, AllyMove.WAIT))
    return AllyDecision(
        move=first.move,
        merit=first.merit,
        turn=first.turn,
        because=_said(first.because, facts),
        do=_said(first.do, facts),
        runners_up=tuple(dict.fromkeys(moves)),
    )


def _said(template: str, facts: AllyFacts) -> str:
    return filled(template, lambda name: getattr(facts, name))
