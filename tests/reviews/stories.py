"""Clients for the tests of reviews: each is due, or isn't, for one reason."""

from __future__ import annotations

import datetime as dt
from typing import Any

from tests.heart_world import earned
from tests.world import World
from warmhand.apps.giving.models import Favour
from warmhand.apps.island.actor import Actor
from warmhand.apps.island.scope import settle_now, touch
from warmhand.apps.people.models import Client
from warmhand.apps.reviews import services
from warmhand.apps.reviews.models import ReviewInvitation
from warmhand.apps.work.models import Commitment


def unrated(world: World, name: str = "Ada Kettle", **values: Any) -> Client:
    """We delivered, a favour was done, and nobody has asked how happy they are: a review is due."""
    client = world.client(name, **values)
    Commitment.objects.create(
        client=client,
        title="a new booking page",
        agreed_on=world.days_ago(90),
        due_on=world.days_ago(40),
        delivered_on=world.days_ago(42),
        evidence_kind="figure",
        evidence="bookings up by 12 %",
    )
    Favour.objects.create(client=client, what="Proofread a letter", done_on=world.days_ago(30))
    return client


def settle(*clients: Client) -> None:
    """Have the standings of these clients decided, as at the end of a request."""
    for client in clients:
        touch(client_id=client.pk)
    settle_now()


def at(world: World, days: int, hour: int = 10) -> dt.datetime:
    """An hour in UTC so many days from now."""
    day = world.today() + dt.timedelta(days=days)
    return dt.datetime.combine(day, dt.time(hour), tzinfo=dt.UTC)


def invited(
    world: World, client: Client, *, role: str = "owner", **values: Any
) -> ReviewInvitation:
    """An invitation with three times from five days ahead on."""
    values.setdefault("starts", [at(world, days) for days in (5, 6, 7)])
    return services.invite(by=world.actor(role), client_id=client.pk, **values)


def themself(client: Client) -> Actor:
    """The client as the author of an answer."""
    return Actor(None, client.title, "client")


__all__ = ["at", "earned", "invited", "settle", "themself", "unrated"]
