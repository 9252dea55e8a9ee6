"""Which keys of a ring may be held up to a client: at most two, only once that is earned (P1).

A key is somebody a client could introduce us to. What the client said about them, how recently,
and what their work has in common with what we delivered make a key fit; whoever is a client of
ours, was referred, was asked for within the period or wants no contact is left out.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

from .alike import common_words, folded, same_company

MOST: Final = 2
"""So many names are offered at once: a list would be selling."""
CLOSE: Final = 4
"""From here on (1 to 5) they know each other well enough to be asked about."""
STRANGERS: Final = 1
RECENT_DAYS: Final = 365
STALE_DAYS: Final = 1_095
LONG_YEARS: Final = 5
WORDS_COUNTED: Final = 3


class Side(StrEnum):
    """On which side of the client's company a kind of ask looks for names (P19)."""

    OUTSIDE = "outside"
    INSIDE = "inside"
    NOBODY = "nobody"
    """More business with the client themself: no third person comes into it."""


class Why(StrEnum):
    """Why a key fits."""

    CLOSE = "close"
    RELATION = "relation"
    TRADE = "trade"
    WORDS = "words"
    RECENT = "recent"
    LONG = "long"


class Without(StrEnum):
    """Why a key, or all of them, are not offered."""

    NOT_EARNED = "not_earned"
    NO_NAMES = "no_names"
    EMPTY = "empty"
    OTHER_SIDE = "other_side"
    OUR_CLIENT = "our_client"
    REFERRED = "referred"
    NAMED = "named"
    DECLINED = "declined"
    NOTHING_FITS = "nothing_fits"
    MORE_THAN_TWO = "more_than_two"


@dataclass(frozen=True, slots=True)
class Key:
    """A key as the records hold it. Days are ages in whole days; None where it isn't known."""

    id: int
    name: str
    company: str = ""
    position: str = ""
    relation: str = ""
    trade: str = ""
    """The sector of their company, where we know it."""
    inside: bool = False
    closeness: int | None = None
    confirmed_days: int | None = None
    connected_days: int | None = None
    named_days: int | None = None
    our_client: bool = False
    referred: bool = False
    declined: bool = False


@dataclass(frozen=True, slots=True)
class About:
    """The client whose ring it is: their company and trade, and what we delivered, in words."""

    company: str = ""
    trade: str = ""
    delivered: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Ground:
    """One thing that speaks for a key, and the value that goes with it (a word, a number)."""

    why: Why
    value: str = ""


@dataclass(frozen=True, slots=True)
class Offered:
    """A name to hold up as a question, and why."""

    key_id: int
    name: str
    company: str
    position: str
    inside: bool
    grounds: tuple[Ground, ...]


@dataclass(frozen=True, slots=True)
class Fitting:
    """At most two names, the best first; and why the others, or all, are not offered."""

    offered: tuple[Offered, ...] = ()
    without: Mapping[Without, int] = field(default_factory=dict)


def fitting(
    keys: Iterable[Key], about: About, *, side: Side, earned: bool, period_days: int
) -> Fitting:
    """The names that may be held up to this client now.

    Nothing before it is earned, and never somebody from the wrong side of the company. The order
    is total: whichever way the keys come in, the same two go out.
    """
    if not earned:
        return Fitting(without={Without.NOT_EARNED: 1})
    if side is Side.NOBODY:
        return Fitting(without={Without.NO_NAMES: 1})
    counted: Counter[Without] = Counter()
    found: list[tuple[int, Offered]] = []
    for key in keys:
        objection = _objection(key, about, side, period_days)
        grounds = grounds_of(key, about)
        if objection is None and not _enough(key, grounds):
            objection = Without.NOTHING_FITS
        if objection is not None:
            counted[objection] += 1
        else:
            found.append((_points(key, grounds), offered(key, about, grounds)))
    found.sort(key=lambda each: (-each[0], folded(each[1].name), each[1].name, each[1].key_id))
    counted[Without.MORE_THAN_TWO] = max(0, len(found) - MOST)
    without = {why: count for why, count in counted.items() if count}
    if not found and not without:
        without = {Without.EMPTY: 1}
    return Fitting(tuple(each for _, each in found[:MOST]), without)


def offered(key: Key, about: About, grounds: tuple[Ground, ...] | None = None) -> Offered:
    """A key as it is held up."""
    why = grounds_of(key, about) if grounds is None else grounds
    inside = is_inside(key, about)
    return Offered(key.id, key.name, key.company, key.position, inside, why)


def is_inside(key: Key, about: About) -> bool:
    """Whether somebody works at the client's own company: noted so, or by the company's name."""
    return key.inside or same_company(key.company, about.company)


def _objection(key: Key, about: About, side: Side, period_days: int) -> Without | None:
    if is_inside(key, about) != (side is Side.INSIDE):
        return Without.OTHER_SIDE
    if key.declined:
        return Without.DECLINED
    if key.our_client:
        return Without.OUR_CLIENT
    if key.referred:
        return Without.REFERRED
    if key.named_days is not None and key.named_days < period_days:
        return Without.NAMED
    return None


def grounds_of(key: Key, about: About) -> tuple[Ground, ...]:
    """All that speaks for a key, the strongest first."""
    found = []
    if key.closeness is not None and key.closeness >= CLOSE:
        found.append(Ground(Why.CLOSE, str(key.closeness)))
    if key.relation.strip():
        found.append(Ground(Why.RELATION, " ".join(key.relation.split())))
    if key.trade and folded(key.trade) == folded(about.trade):
        found.append(Ground(Why.TRADE, key.trade))
    if words := common_words(f"{key.company} {key.position}", (*about.delivered, about.trade)):
        found.append(Ground(Why.WORDS, ", ".join(words[:WORDS_COUNTED])))
    if key.confirmed_days is not None and key.confirmed_days <= RECENT_DAYS:
        found.append(Ground(Why.RECENT, str(key.confirmed_days)))
    if key.connected_days is not None and key.connected_days >= LONG_YEARS * 365:
        found.append(Ground(Why.LONG, str(key.connected_days // 365)))
    return tuple(found)


def _enough(key: Key, grounds: tuple[Ground, ...]) -> bool:
    """They know each other well, or their work is like what we did; and they aren't strangers."""
    return key.closeness != STRANGERS and any(
        each.why in (Why.CLOSE, Why.TRADE, Why.WORDS) for each in grounds
    )


def _points(key: Key, grounds: tuple[Ground, ...]) -> int:
    """How well a key fits; only its order matters (the weights are our choice)."""
    weights = {Why.RELATION: 2, Why.TRADE: 8, Why.RECENT: 2, Why.LONG: 2}
    points = 4 * (key.closeness or 0) + sum(weights.get(each.why, 0) for each in grounds)
    for each in grounds:
        if each.why is Why.WORDS:
            points += 5 * (each.value.count(",") + 1)
    stale = key.confirmed_days is not None and key.confirmed_days > STALE_DAYS
    return points - (4 if stale else 0)
