"""E-mail addresses and phone numbers of clients."""

from __future__ import annotations

from typing import Any

from warmhand.apps.island.actor import Actor
from warmhand.apps.island.door import one
from warmhand.apps.journal import services as journal
from warmhand.apps.people.contacts import normal
from warmhand.apps.people.models import Client, ContactPoint
from warmhand.apps.people.queries import client_by_id
from warmhand.problems import Conflict


def add_contact_point(
    *,
    by: Actor,
    client_id: int,
    kind: str,
    value: str,
    label: str = "",
    is_primary: bool = False,
) -> ContactPoint:
    """An address or number, kept in its normal form beside the form given.

    A national phone number is read by the country of the client's company.
    """
    client = client_by_id(client_id, lock=True)
    found = normal(kind, value, _country(client))
    _refuse_twice(client, found)
    return journal.create(
        ContactPoint,
        by=by,
        sentence=f"Added {value.strip()} to {client.title}.",
        client=client,
        kind=kind,
        value=found,
        as_given=value.strip(),
        label=label,
        is_primary=is_primary and _make_room(client, kind),
    )


def change_contact_point(
    *,
    by: Actor,
    contact_point_id: int,
    value: str | None = None,
    label: str | None = None,
    is_primary: bool | None = None,
) -> ContactPoint:
    """Change an address or number, its label, or make it the first of its kind."""
    point = one(ContactPoint, contact_point_id, "contact_point", lock=True, related=("client",))
    changes: dict[str, Any] = {}
    if value is not None and value.strip() != point.as_given:
        found = normal(point.kind, value, _country(point.client))
        _refuse_twice(point.client, found, point)
        changes |= {"value": found, "as_given": value.strip()}
    if label is not None:
        changes["label"] = label
    if is_primary is not None:
        changes["is_primary"] = is_primary and _make_room(point.client, point.kind)
    sentence = f"Changed how to reach {point.client.title}."
    return journal.change(point, by=by, sentence=sentence, **changes)


def remove_contact_point(*, by: Actor, contact_point_id: int, why: str = "") -> ContactPoint:
    """Take an address or number away."""
    point = one(ContactPoint, contact_point_id, "contact_point", lock=True, related=("client",))
    sentence = f"Removed {point} from {point.client.title}."
    return journal.remove(point, by=by, sentence=sentence, why=why)


def _country(client: Client) -> str:
    return client.company.country if client.company else ""


def _refuse_twice(client: Client, value: str, but: ContactPoint | None = None) -> None:
    same = ContactPoint.objects.filter(client=client, value=value)
    if same.exclude(pk=but.pk if but else 0).exists():
        raise Conflict(
            "contact_already", f"{client.title} has {value} already.", lift="See the client's page."
        )


def _make_room(client: Client, kind: str) -> bool:
    """One first address and one first number each: the others step back. Always true."""
    ContactPoint.objects.filter(client=client, kind=kind, is_primary=True).update(is_primary=False)
    return True
