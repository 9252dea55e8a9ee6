"""What the list of introductions says of each: whom, what is next, how good."""

from __future__ import annotations

from typing import Any

from django import template

from warmhand.apps.introductions import queries

register = template.Library()
_FAMILY = {
    "connected": "ask",
    "card": "ask",
    "withdrawn": "mend",
    "declined": "rest",
    "stopped": "rest",
}


@register.filter
def state_family(it: Any) -> str:
    """The colour of its state."""
    return _FAMILY.get(it.state, "promise")


@register.filter
def next_step(it: Any) -> Any:
    """What is next; the candidates were fetched with the list."""
    return queries.next_of(it, it.candidates.all())


@register.filter
def provider_now(it: Any) -> str:
    """Whom it is about now: who is asked or has accepted, else the first of the list."""
    rows = list(it.candidates.all())
    found = queries.current_of(rows) or next(iter(rows), None)
    return str(found.provider) if found else ""


@register.filter
def referral_quality(it: Any) -> Any:
    """How good its referral is by now."""
    return it.quality


@register.filter
def given_quality(rows: Any) -> Any:
    """The quality of a page of referrals given, by their number: one query."""
    return queries.qualities(rows)


@register.filter
def quality_of(found: dict[int, Any], pk: int) -> Any:
    """One of them."""
    return found.get(pk)
