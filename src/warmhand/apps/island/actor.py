"""Who acts: every write names its actor, and the journal keeps the name as it was then."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Via = Literal["web", "api", "cli", "job", "import", "example", "hook", "panel", "client"]


@dataclass(frozen=True, slots=True)
class Actor:
    """A member, or a program acting for the workspace (`member_id` is None then)."""

    member_id: int | None
    name: str
    via: Via
