"""Whether targets on referrals may be set and shown: the law of our own trade has the word."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Permission:
    """Whether targets are allowed; where not, why, and what lifts it ('' where nothing does)."""

    allowed: bool
    why: str = ""
    lift: str = ""


def targets_allowed() -> Permission:
    """Whether this workspace may set targets for referrals."""
    return Permission(True)


def return_shown() -> bool:
    """Whether it may be told how many referrals came back."""
    return True
