"""What may be told to a provider: an allow-list, before they accept and afterwards (P24, P33).

Whatever isn't a fact of this list never reaches a provider's page.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from warmhand.apps.people.models import ContactPoint
from warmhand.wording.introductions import AFTER, BEFORE

from .models import Introduction

CODES: Final[tuple[str, ...]] = (*BEFORE, *AFTER)
USUAL: Final = ("need", "context", "company", "place", "language", "urgency", "phone", "email")
"""What we propose to be told: all but the name before the provider has accepted."""
LIVING: Final = (Introduction.State.SEEKING, Introduction.State.CONNECTED)
"""The states in which a consent stands; in no other is anything told."""


def values(it: Introduction) -> dict[str, str]:
    """Every fact there is, by its code; nothing of it is told by this alone."""
    found = {"need": it.need_words, "context": it.context}
    if it.need is not None:
        found["urgency"] = it.need.urgency
    if it.for_other:
        found |= {"name": it.person_name}
    else:
        found |= _of_client(it)
    found |= {"phone": it.phone, "email": it.email}
    return {code: found[code] for code in CODES if found.get(code)}


def _of_client(it: Introduction) -> dict[str, str]:
    client, company = it.client, it.client.company
    return {
        "name": client.name,
        "company": company.name if company else "",
        "place": company.city if company else "",
        "language": client.language,
    }


def told(it: Introduction, *, accepted: bool) -> dict[str, str]:
    """What a provider may see: what the person allowed, while their consent stands.

    The name and the ways to reach them come only with the acceptance, unless they allowed the
    name before. Without a living consent there is nothing.
    """
    if it.state not in LIVING or it.consent_at is None:
        return {}
    allowed = set(it.tells) & set(BEFORE)
    if accepted:
        allowed |= {"name"} | (set(it.tells) & set(AFTER))
    return {code: value for code, value in values(it).items() if code in allowed}


def known(codes: Iterable[str]) -> list[str]:
    """Only codes of the list, in its order."""
    wanted = set(codes)
    return [code for code in CODES if code in wanted]


def ways_to_reach(client_id: int) -> dict[str, str]:
    """A client's first number and address, as they would be passed on."""
    rows = ContactPoint.objects.filter(client=client_id).order_by("kind", "-is_primary", "pk")
    found: dict[str, str] = {}
    for point in rows:
        found.setdefault(point.kind, point.value)
    return found
