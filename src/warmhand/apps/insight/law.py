"""Whether targets on referrals may be set and shown: the law of our own trade has the word.

The packs and our trade are those of the alliances. A target is allowed where an exchange may be
counted; where it may only be observed, what came back is listed and nothing is aimed for; where it
is off, not even that.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Final

from warmhand.apps.accounts import days
from warmhand.apps.policies.law import law_for_us
from warmhand.apps.policies.packs import UNKNOWN, Mode


@dataclass(frozen=True, slots=True)
class Permission:
    """Whether targets are allowed; where not, why, and what lifts it ('' where nothing does).

    `back_told`: whether it may be told how many introductions came back.
    """

    allowed: bool
    back_told: bool = True
    why: str = ""
    lift: str = ""


_SAY: Final = (
    "In some trades targets on referrals are unlawful, so there are none until somebody says what "
    "your organisation does."
)


def targets_allowed(today: dt.date | None = None) -> Permission:
    """Whether this workspace may set and see targets for giving. Two statements."""
    law = law_for_us(today or days.today())
    back_told = law.ruling.mode is not Mode.OFF
    if law.side.sector == UNKNOWN:
        return Permission(False, back_told, _SAY, "Say it under Alliances, 'Our trade'.")
    if law.targets_allowed:
        return Permission(True)
    pack = law.ruling.because
    return Permission(False, back_told, f"No targets on referrals here ({pack.title}): {pack.why}")
