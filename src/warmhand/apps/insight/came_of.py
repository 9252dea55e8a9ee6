"""What came of referrals given, and the news of them: the one place that knows where that is."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final

from warmhand.apps.followups.models import FollowUp
from warmhand.apps.followups.queries import standings_of
from warmhand.apps.giving.models import ReferralGiven
from warmhand.apps.referrals.models import ReferralReceived
from warmhand.matching.contribution import CameOf

SHOWN: Final = 8
"""So many pieces of news fit on a page."""


@dataclass(frozen=True, slots=True)
class News:
    """Something that came of what somebody gave, told to them (E28)."""

    on: dt.date
    kind: str
    sentence: str
    client_id: int
    words: str = ""

    def as_dict(self) -> dict[str, Any]:
        """Plain values for JSON."""
        return {"on": self.on.isoformat(), "kind": self.kind, "sentence": self.sentence}


def came_of(referral_ids: Iterable[int]) -> dict[int, CameOf]:
    """What came of each of these referrals: one statement."""
    return {pk: CameOf(each.state.value) for pk, each in standings_of(referral_ids).items()}


def news_for(member_id: int, *, since: dt.date, back_told: bool) -> tuple[News, ...]:
    """What came of a member's giving, newest first: answers of both sides, and what came back."""
    found = [_answer(row) for row in _answers(member_id, since)]
    if back_told:
        found += [_came_back(row) for row in _received(member_id, since)]
    return tuple(sorted(found, key=lambda each: each.on, reverse=True)[:SHOWN])


def _answers(member_id: int, since: dt.date) -> list[FollowUp]:
    rows = FollowUp.objects.filter(
        referral__member=member_id,
        referral__removed_at=None,
        client__removed_at=None,
        answered_on__gte=since,
    )
    return list(rows.select_related("client", "referral").order_by("-answered_on", "-pk")[:SHOWN])


def _answer(row: FollowUp) -> News:
    kind, said = _said(row)
    client, provider = row.client.title, row.referral.provider
    who, other = (client, provider) if row.side == FollowUp.Side.CLIENT else (provider, client)
    sentence = f"{who} {said.format(other=other)}."
    return News(row.answered_on or dt.date.min, kind, sentence, row.client_id, row.words)


_SAID: Final = {
    "yes": ("business", "does business with {other}"),
    "not_yet": ("talking", "is still talking with {other}"),
    "no": ("nothing", "says that nothing came of it with {other}"),
    "": ("heard", "answered about {other}"),
}


def _said(row: FollowUp) -> tuple[str, str]:
    """The kind of news, and what was said in words."""
    if row.happy is not None:
        return ("happy", "is happy with {other}") if row.happy else (
            "unhappy", "is not happy with {other}",
        )  # fmt: skip
    return _SAID[row.business]


def _received(member_id: int, since: dt.date) -> list[ReferralReceived]:
    """Referrals from clients to whom this member gave a referral or did a favour."""
    given = ReferralGiven.objects.filter(member=member_id).values("client")
    rows = ReferralReceived.objects.filter(client__in=given, received_on__gte=since)
    found = rows.filter(client__removed_at=None).select_related("client")
    return list(found.order_by("-received_on", "-pk")[:SHOWN])


def _came_back(row: ReferralReceived) -> News:
    sentence = f"{row.client.title}, to whom you gave, introduced somebody to us."
    return News(row.received_on, "back", sentence, row.client_id)
