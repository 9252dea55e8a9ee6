"""What came of referrals given, and the news of them: the one place that knows where that is."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from warmhand.matching.contribution import CameOf


@dataclass(frozen=True, slots=True)
class News:
    """Something that came of what somebody gave, told to them (E28)."""

    on: dt.date
    sentence: str
    client_id: int
    client: str
    state: str


def came_of(referral_ids: Iterable[int]) -> dict[int, CameOf]:
    """What came of each of these referrals."""
    return dict.fromkeys(referral_ids, CameOf.NO_ANSWER)
