"""What came of referrals, for templates of lists and records: one query for a whole list."""

from __future__ import annotations

from typing import Any, Final

from django import template

from warmhand.apps.accounts import days
from warmhand.apps.followups import queries
from warmhand.apps.followups.queries import State

register = template.Library()
FAMILIES: Final = {
    State.NO_ANSWER: "rest",
    State.TALKING: "promise",
    State.BUSINESS: "ask",
    State.HAPPY: "ask",
    State.UNHAPPY: "mend",
    State.NOTHING: "rest",
}
"""The colour of each state."""


@register.simple_tag
def standings_of_given(rows: Any) -> dict[int, Any]:
    """What came of each of these referrals given, by its number."""
    return queries.standings_of([it.pk for it in rows])


@register.filter
def of(found: dict[int, Any], record: Any) -> Any:
    """What belongs to a record, out of one of the tags above."""
    return found.get(record.pk)


@register.filter
def confidence(outcome: Any) -> str:
    """'Of 6 clients sent, 5 did business …'; empty where nobody was sent."""
    return queries.confidence_line(outcome, days.today()) if outcome else ""


@register.filter
def state_family(state: State) -> str:
    """The family of colour of a referral's state."""
    return FAMILIES[state]


@register.simple_tag
def latest_of_provider(provider: Any) -> dict[str, Any]:
    """A provider's record: the numbers, and the newest referrals with what came of each."""
    found = queries.outcomes_of_providers([provider.pk])[provider.pk]
    return {"outcome": found, "referrals": queries.newest_to(provider.pk) if found.sent else []}
