"""Clients of every kind for the pages of the heart: each stands for one move or one reason."""

from __future__ import annotations

from typing import Any

from tests.world import World
from warmhand.apps.asks.standings import redecide
from warmhand.apps.giving.models import Favour, Need
from warmhand.apps.gratitude.models import ThankYou
from warmhand.apps.island.scope import workspace_scope
from warmhand.apps.people.models import Client, Company, ContactPoint
from warmhand.apps.work.models import Case, Commitment, Rating


def earned(world: World, name: str, company: Company, **values: Any) -> Client:
    """A client who has earned an ask: agreed, delivered with proof, happy, and given to."""
    client = world.client(name, company=company, **values)
    Commitment.objects.create(
        client=client,
        title="a new booking page",
        agreed_on=world.days_ago(90),
        due_on=world.days_ago(40),
        delivered_on=world.days_ago(42),
        evidence_kind="figure",
        evidence="bookings up by 12 %",
    )
    Rating.objects.create(client=client, on=world.days_ago(20), score=9, words="Splendid.")
    Favour.objects.create(
        client=client, what="Proofread a grant letter", done_on=world.days_ago(30)
    )
    return client


def furnish(world: World) -> dict[str, int]:
    """Fill the world once; the ids of its clients by what they stand for."""
    with workspace_scope(world.workspace.pk):
        if "heart" not in world.extra:
            world.extra["heart"] = _furnish(world)
        found: dict[str, int] = world.extra["heart"]
        return found


def _furnish(world: World) -> dict[str, int]:
    mill = world.company("Millrace Foods", sector="Food")
    quay = world.company("Quayside Print", sector="Print")
    farm, timber = world.company("Hollow Oak Farm"), world.company("Lindqvist Timber")
    made = {
        "ask": earned(world, "Ada Kettle", world.company()),
        "unhappy": earned(world, "Bruno Salt", mill, job_title="Head of purchasing"),
        "solved": earned(world, "Chidi Okafor", quay, job_title="Office manager"),
        "open": earned(world, "Dana Weiss", quay),
        "owed": earned(world, "Emil Brandt", mill),
        "late": earned(world, "Farah Noor", world.company("Noor & Daughters")),
        "uncultivated": world.client("Gus Lindqvist", company=timber),
        "new": world.client("", company=farm, client_since=world.days_ago(9)),
        "barred": earned(world, "Ines Prado", world.company("Prado Legal"), do_not_ask=True),
    }
    _what_happened(world, made)
    redecide(None, world.today())
    return {name: client.pk for name, client in made.items()}


def _what_happened(world: World, made: dict[str, Client]) -> None:
    ago = world.days_ago
    Rating.objects.create(client=made["unhappy"], on=ago(3), score=2, words="Late again.")
    Case.objects.create(
        client=made["solved"],
        title="Invoices went to the old address",
        opened_on=ago(6),
        resolved_on=ago(1),
    )
    Case.objects.create(client=made["open"], title="Login loops", opened_on=ago(2))
    ThankYou.objects.create(
        client=made["owed"], words="for introducing Pia", owed_on=ago(2), due_on=ago(1)
    )
    Commitment.objects.create(
        client=made["late"], title="the spring report", agreed_on=ago(30), due_on=ago(4)
    )
    Need.objects.create(client=made["uncultivated"], words="a good notary", noted_on=ago(5))
    for kind, value in (("email", "chidi@quayside.example"), ("phone", "+493012345678")):
        ContactPoint.objects.create(client=made["solved"], kind=kind, value=value)
