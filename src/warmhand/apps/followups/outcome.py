"""What came of a referral, out of what its two sides have said. Plain Python (P34, P35)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from .plan import NO, YES

CLIENT = "client"


class State(StrEnum):
    """How a referral stands, as far as we have heard."""

    NO_ANSWER = "no_answer"
    TALKING = "talking"
    BUSINESS = "business"
    HAPPY = "happy"
    UNHAPPY = "unhappy"
    NOTHING = "nothing"

    @property
    def title(self) -> str:  # type: ignore[override]
        """The state in words."""
        return _TITLES[self]


_TITLES = {
    State.NO_ANSWER: "no answer yet",
    State.TALKING: "still talking",
    State.BUSINESS: "doing business",
    State.HAPPY: "happy",
    State.UNHAPPY: "unhappy",
    State.NOTHING: "nothing came of it",
}


@dataclass(frozen=True, slots=True)
class Said:
    """One answer of one side; a sequence of them is in the order in which they were told."""

    side: str
    on: dt.date
    business: str = ""
    happy: bool | None = None


@dataclass(frozen=True, slots=True)
class Standing:
    """What came of one referral. `both_do_business`: the newest word of either side says so."""

    state: State = State.NO_ANSWER
    did_business: bool = False
    happy: bool | None = None
    both_do_business: bool = False
    last_heard: dt.date | None = None


def standing(said: Sequence[Said]) -> Standing:
    """What came of a referral; happy is the client's word alone.

    A newer 'nothing came of it' of the client counts over an older 'happy'. The provider's counts
    only where the client doesn't say that they do business.
    """
    client = _newest(each.business for each in said if each.side == CLIENT)
    provider = _newest(each.business for each in said if each.side != CLIENT)
    happy = next(
        (e.happy for e in reversed(said) if e.side == CLIENT and e.happy is not None), None
    )
    return Standing(
        state=_state(client, provider, happy),
        did_business=any(each.business == YES or each.happy is not None for each in said),
        happy=happy,
        both_do_business=client == provider == YES,
        last_heard=max((each.on for each in said), default=None),
    )


def _newest(words: Iterable[str]) -> str:
    said = [word for word in words if word]
    return said[-1] if said else ""


def _state(client: str, provider: str, happy: bool | None) -> State:
    if client == NO or (provider == NO and client != YES and happy is None):
        return State.NOTHING
    if happy is not None:
        return State.HAPPY if happy else State.UNHAPPY
    if YES in (client, provider):
        return State.BUSINESS
    return State.TALKING if client or provider else State.NO_ANSWER


@dataclass(slots=True)
class Outcome:
    """What came of all referrals to one provider: numbers of clients, and when we last heard."""

    clients: set[int] = field(default_factory=set)
    did: set[int] = field(default_factory=set)
    feelings: dict[int, bool] = field(default_factory=dict)
    """Of clients who said: whether they were happy, at their newest referral."""
    followed_up: int = 0
    """Referrals whose end is known: happy, unhappy, or nothing came of it."""
    good: int = 0
    """Those of them with a happy client."""
    last_heard: dt.date | None = None

    @property
    def sent(self) -> int:
        """Clients sent."""
        return len(self.clients)

    @property
    def did_business(self) -> int:
        """Clients who did business."""
        return len(self.did)

    @property
    def asked(self) -> int:
        """Clients who told us whether they are happy."""
        return len(self.feelings)

    @property
    def happy(self) -> int:
        """Clients who are."""
        return sum(self.feelings.values())

    @property
    def score(self) -> float:
        """The share of good ends, 0 to 1, drawn towards one half while there are few (Laplace)."""
        return (self.good + 1) / (self.followed_up + 2)

    def add(self, client_id: int, came: Standing) -> None:
        """Count one referral; give them in the order of their days."""
        self.clients.add(client_id)
        if came.did_business:
            self.did.add(client_id)
        if came.happy is not None:
            self.feelings[client_id] = came.happy
        if came.state in (State.HAPPY, State.UNHAPPY, State.NOTHING):
            self.followed_up += 1
            self.good += came.state is State.HAPPY
        if came.last_heard and (self.last_heard is None or came.last_heard > self.last_heard):
            self.last_heard = came.last_heard


def confidence_line(it: Outcome, today: dt.date) -> str:
    """Such as 'Of 6 clients sent, 5 did business, 4 of 5 asked were happy; last heard 3 weeks ago'.

    For members only. Empty where nobody was sent.
    """
    if not it.sent:
        return ""
    whom = "1 client" if it.sent == 1 else f"{it.sent} clients"
    if it.last_heard is None:
        return f"Of {whom} sent, none has told us yet what came of it."
    parts = [f"Of {whom} sent, {it.did_business} did business"]
    if it.asked:
        verb = "was" if it.happy == 1 else "were"
        parts.append(f"{it.happy} of {it.asked} asked {verb} happy")
    return f"{', '.join(parts)}; last heard {_ago((today - it.last_heard).days)}."


def _ago(days: int) -> str:
    if days < 2:
        return ("today", "yesterday")[max(days, 0)]
    for size, name in ((365, "year"), (30, "month"), (7, "week")):
        if days >= 2 * size:
            return f"{days // size} {name}s ago"
    return f"{days} days ago"
