"""How good a referral given is, and what would raise it (P32)."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import BeforeValidator, Field

from warmhand.api.fields import Out


class RaiseOut(Out):
    """What would make it better."""

    part: str
    by: int
    how: str


class QualityOut(Out):
    """How good a referral is, 0 to 100, from its parts."""

    score: int
    level: str = Field(description="strong, fair or thin.")
    has: list[str]
    would_raise_it: list[RaiseOut] = Field(description="The weightiest first.")


def _as_json_has_it(value: Any) -> Any:
    return value.as_dict() if hasattr(value, "as_dict") else value


Plain = Annotated[QualityOut, BeforeValidator(_as_json_has_it)]
"""A quality as matching reckons it."""
