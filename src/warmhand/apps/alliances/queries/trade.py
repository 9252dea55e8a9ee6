"""Our own trade and place, as somebody said it."""

from __future__ import annotations

from warmhand.apps.alliances.models import OurTrade
from warmhand.apps.policies.packs import Side


def said_side() -> Side:
    """Our own trade and place, as said; unknown until somebody does. One statement."""
    found = OurTrade.objects.values_list("sector", "place").first()
    return Side(*found) if found else Side()
