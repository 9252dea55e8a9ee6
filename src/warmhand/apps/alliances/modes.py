"""How far an alliance may be reckoned: the law of both sides, and what somebody wishes besides."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from warmhand.apps.accounts import days
from warmhand.apps.policies.law import our_side
from warmhand.apps.policies.packs import UNKNOWN, Mode, Ruling, Side, between
from warmhand.problems import Conflict

from .models import Alliance, Network


@dataclass(frozen=True, slots=True)
class Standing:
    """The mode of an alliance, and the ruling it rests on."""

    mode: Mode
    ruling: Ruling
    by_wish: bool

    @property
    def counts(self) -> bool:
        """Whether balances, targets and advice may be given."""
        return self.mode is Mode.COUNT

    @property
    def lists(self) -> bool:
        """Whether what came and went may be listed at all."""
        return self.mode is not Mode.OFF

    @property
    def sentence(self) -> str:
        """Why it is so, for a person."""
        if self.by_wish:
            return "Somebody of yours wants no more than this; the law would allow more."
        return self.ruling.because.why


def standings(
    alliances: Iterable[Alliance], *, today: dt.date | None = None
) -> dict[int, Standing]:
    """The mode of each alliance by its number, in two queries for all."""
    ours, day = our_side(), today or days.today()
    return {each.pk: _standing(each, ours, day) for each in alliances}


def standing_of(alliance: Alliance) -> Standing:
    """The mode of one alliance."""
    return standings([alliance])[alliance.pk]


def _standing(alliance: Alliance, ours: Side, today: dt.date) -> Standing:
    side = Side(alliance.sector, alliance.place)
    ruled = between(ours, side, on=today)
    wished = Mode(alliance.at_most)
    by_wish = wished.rank > ruled.mode.rank
    return Standing(wished if by_wish else ruled.mode, ruled, by_wish)


def network_mode(network: Network) -> Mode:
    """The mode of a network of third parties.

    We are no side of it, so a trade that nobody has named restricts nothing; one that is regulated
    does, theirs as well as ours.
    """
    sides = (our_side(), Side(network.sector, network.place))
    named = [side for side in sides if side.sector != UNKNOWN]
    if not named:
        return Mode.COUNT
    return between(*named, on=days.today()).mode


def require_listing(standing: Standing, what: str) -> None:
    """Raise Conflict where nothing of an exchange may be kept."""
    if not standing.lists:
        raise Conflict(
            "exchange_not_kept",
            f"{what} isn't kept for this alliance: {standing.ruling.because.why}",
            lift="Referrals to them are recorded as ever; only the exchange isn't reckoned.",
        )
