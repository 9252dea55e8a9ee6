"""Rules between the days of one record: what can't have happened before what."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import models


def check_order(record: models.Model, *rules: tuple[str, str, str]) -> None:
    """Each rule is (earlier field, later field, sentence); an empty day breaks none.

    Raises ValidationError on the later field.
    """
    wrong = {
        later: sentence
        for earlier, later, sentence in rules
        if _precedes(getattr(record, later), getattr(record, earlier))
    }
    if wrong:
        raise ValidationError(wrong)


def _precedes(later: object, earlier: object) -> bool:
    return later is not None and earlier is not None and bool(later < earlier)  # type: ignore[operator]


def require(holds: object, field: str, sentence: str) -> None:
    """Raise ValidationError on `field` unless the condition holds."""
    if not holds:
        raise ValidationError({field: sentence})
