"""What an import did, row by row: nothing good is lost silently, nothing bad is taken silently."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import Any, Literal

What = Literal["created", "updated", "unchanged", "refused"]


@dataclass(frozen=True, slots=True)
class Told:
    """A field or a part that could not be taken, where it stood, and why."""

    place: str
    field: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Done:
    """One provider of the file: where it stood and what became of it."""

    place: str
    name: str
    what: What
    sentence: str = ""
    provider_id: int | None = None


@dataclass(slots=True)
class Report:
    """Every provider of the file is one of `rows`; `left_out` are the parts that weren't taken."""

    file: str = ""
    rows: list[Done] = field(default_factory=list)
    left_out: list[Told] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    kept_aside: Counter[str] = field(default_factory=Counter)
    """What has no field here and is given back by the next export, and of how many objects."""

    def count(self, what: What) -> int:
        """How many providers became that."""
        return Counter(row.what for row in self.rows)[what]

    @property
    def read(self) -> int:
        """How many providers the file holds."""
        return len(self.rows)

    @property
    def sentence(self) -> str:
        """The whole of it in one line."""
        parts = (f"{self.count(what)} {what}" for what in _WHATS)
        return f"{self.read} providers read = {' + '.join(parts)}"

    @property
    def aside_sentence(self) -> str:
        """What is kept aside, in one line; '' where nothing is."""
        if not self.kept_aside:
            return ""
        parts = (f"{name.replace('_', ' ')} ({n})" for name, n in self.kept_aside.most_common())
        return f"Kept for the next export, without a field here: {', '.join(parts)}."

    def as_dict(self) -> dict[str, Any]:
        """Plain values for JSON."""
        return {
            "file": self.file,
            "read": self.read,
            **{what: self.count(what) for what in _WHATS},
            "rows": [
                {
                    "place": row.place,
                    "name": row.name,
                    "what": row.what,
                    "sentence": row.sentence,
                    "provider_id": row.provider_id,
                }
                for row in self.rows
            ],
            "left_out": [
                {"place": it.place, "field": it.field, "sentence": it.sentence}
                for it in self.left_out
            ],
            "kept_aside": dict(self.kept_aside),
            "notes": self.notes,
        }


_WHATS: tuple[What, ...] = ("created", "updated", "unchanged", "refused")
