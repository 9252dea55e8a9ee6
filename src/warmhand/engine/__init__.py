"""The traced facts and rules, printed for a database and run on it. Knows the rulebook, nothing
else of ours.
"""

from __future__ import annotations

from .relations import EPOCH, RelationError, Tables, Verdict, day_number

__all__ = ["EPOCH", "RelationError", "Tables", "Verdict", "day_number"]
