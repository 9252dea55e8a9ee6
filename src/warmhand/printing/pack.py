"""What a review pack holds (P14): plain values, nothing of Django, no clock.

A pack is made for one client from real records. It holds only what that client may read: whoever
makes one decides that, see `warmhand.apps.reviews.pack`.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from decimal import Decimal
from enum import StrEnum
from statistics import median
from typing import Any

Texts = Mapping[str, str]
"""Labels and sentences in the pack's language, by name; `{places}` are still to be filled."""


class State(StrEnum):
    """How something agreed stands, measured by the day agreed."""

    ON_TIME = "on_time"
    EARLY = "early"
    LATE = "late"
    DELIVERED = "delivered"
    OPEN = "open"
    OVERDUE = "overdue"
    CANCELLED = "cancelled"


DELIVERED = (State.ON_TIME, State.EARLY, State.LATE, State.DELIVERED)
KEPT = (State.ON_TIME, State.EARLY)


@dataclass(frozen=True, slots=True)
class Brand:
    """Whose paper it is: the name, a colour as #rrggbb, a logo as PNG (empty: none)."""

    name: str
    colour: str = ""
    logo: bytes = b""


@dataclass(frozen=True, slots=True)
class Entry:
    """Something agreed: when, until when, and when it was delivered or cancelled (P3)."""

    what: str
    target: str = ""
    agreed: dt.date | None = None
    due: dt.date | None = None
    delivered: dt.date | None = None
    cancelled: dt.date | None = None
    proof: str = ""
    """The figure, the address or the name of the file that shows it (P17)."""
    value: Decimal | None = None
    currency: str = ""

    def state(self, today: dt.date) -> State:
        """How it stands on a day."""
        if self.cancelled:
            return State.CANCELLED
        if self.delivered:
            return self._when_delivered(self.delivered)
        return State.OVERDUE if self.due and self.due < today else State.OPEN

    def _when_delivered(self, on: dt.date) -> State:
        if self.due is None:
            return State.DELIVERED
        if on > self.due:
            return State.LATE
        return State.EARLY if on < self.due else State.ON_TIME

    @property
    def last_day(self) -> dt.date | None:
        """The day by which it is told: when it came, else when it is due, else agreed."""
        return self.delivered or self.cancelled or self.due or self.agreed


@dataclass(frozen=True, slots=True)
class Concern:
    """A case: opened, resolved by us, confirmed by the client (P12)."""

    title: str
    opened: dt.date
    resolved: dt.date | None = None
    confirmed: dt.date | None = None

    @property
    def days(self) -> int | None:
        """Days from opening to solving; None while it is open."""
        return (self.resolved - self.opened).days if self.resolved else None


@dataclass(frozen=True, slots=True)
class Score:
    """A rating of the client: 0 to 10."""

    on: dt.date
    score: int


@dataclass(frozen=True, slots=True)
class Said:
    """The client's own words about what we did."""

    words: str
    on: dt.date


@dataclass(frozen=True, slots=True)
class Deed:
    """Something done for the client without pay: a favour, or a referral given (P9, P28)."""

    what: str
    on: dt.date
    referral: bool = False


class Point(StrEnum):
    """What is open, or comes next."""

    CASE = "case"
    COMMITMENT = "commitment"
    FAVOUR = "favour"
    NEED = "need"
    THANKS = "thanks"
    REVIEW = "review"
    UNCONFIRMED = "unconfirmed"
    RATING = "rating"
    HURT = "hurt"


@dataclass(frozen=True, slots=True)
class Item:
    """An open point or a next step; `on` is since when, or until when."""

    kind: Point
    what: str = ""
    on: dt.date | None = None


@dataclass(frozen=True, slots=True)
class Objection:
    """Why there is no favourable overview to show, and what puts it right (P5)."""

    code: str
    sentence: str
    mend: str
    practice: str


@dataclass(frozen=True, slots=True)
class Pack:
    """All that a review pack tells. `today` is the day it is made; days are inclusive."""

    brand: Brand
    client: str
    company: str
    since: dt.date
    until: dt.date
    today: dt.date
    texts: Texts
    prepared_by: str = ""
    entries: tuple[Entry, ...] = ()
    cases: tuple[Concern, ...] = ()
    ratings: tuple[Score, ...] = ()
    said: Said | None = None
    deeds: tuple[Deed, ...] = ()
    open_points: tuple[Item, ...] = ()
    next_steps: tuple[Item, ...] = ()
    agenda: tuple[str, ...] = ()
    objections: tuple[Objection, ...] = ()
    put_right: tuple[Item, ...] = ()
    """For ourselves alone: what is overdue, open or owed, where there is nothing to show."""
    counts: Counts = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "counts", Counts.of(self))

    @property
    def favourable(self) -> bool:
        """Whether there is a favourable overview to show (P5)."""
        return not self.objections

    def as_dict(self) -> dict[str, Any]:
        """Plain values for JSON; days as YYYY-MM-DD, amounts as texts."""
        plain: dict[str, Any] = _plain(
            {
                "client": self.client,
                "company": self.company,
                "since": self.since,
                "until": self.until,
                "today": self.today,
                "language": self.texts["language"],
                "prepared_by": self.prepared_by,
                "favourable": self.favourable,
                "objections": [asdict(each) for each in self.objections],
                "counts": asdict(self.counts),
                "commitments": [
                    {**asdict(each), "state": each.state(self.today)} for each in self.entries
                ],
                "cases": [{**asdict(each), "days": each.days} for each in self.cases],
                "ratings": [asdict(each) for each in self.ratings],
                "said": asdict(self.said) if self.said else None,
                "deeds": [asdict(each) for each in self.deeds],
                "open_points": [asdict(each) for each in self.open_points],
                "next_steps": [asdict(each) for each in self.next_steps],
                "agenda": list(self.agenda),
            }
        )
        return plain


@dataclass(frozen=True, slots=True)
class Counts:
    """The figures of a pack. `median_days` is of the cases solved; None where none was."""

    agreed: int
    delivered: int
    due_known: int
    kept: int
    solved: int
    confirmed: int
    median_days: float | None
    latest: Score | None
    favours: int
    referrals: int
    proofs: int

    @classmethod
    def of(cls, pack: Pack) -> Counts:
        """Count what the pack holds; what was cancelled isn't counted as agreed."""
        states = [entry.state(pack.today) for entry in pack.entries]
        days = [case.days for case in pack.cases if case.days is not None]
        delivered = [s for s in states if s in DELIVERED]
        return cls(
            agreed=len(states) - states.count(State.CANCELLED),
            delivered=len(delivered),
            due_known=len(delivered) - states.count(State.DELIVERED),
            kept=sum(state in KEPT for state in states),
            solved=len(days),
            confirmed=sum(case.confirmed is not None for case in pack.cases),
            median_days=median(days) if days else None,
            latest=max(pack.ratings, key=lambda each: each.on, default=None),
            favours=sum(not deed.referral for deed in pack.deeds),
            referrals=sum(deed.referral for deed in pack.deeds),
            proofs=sum(bool(e.proof) and e.delivered is not None for e in pack.entries),
        )


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _plain(each) for name, each in value.items()}
    if isinstance(value, list):
        return [_plain(each) for each in value]
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return str(value)
    return value.value if isinstance(value, StrEnum) else value
