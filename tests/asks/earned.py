"""A client of whom the ask is earned: agreed, delivered with evidence, happy, given to."""

from __future__ import annotations

from tests.world import World
from warmhand.apps.giving.models import Favour
from warmhand.apps.people.models import Client
from warmhand.apps.work.models import Commitment, Rating


def earn(world: World, name: str = "Ada Kettle", **values) -> Client:
    client = world.client(name, **values)
    commitment = Commitment.objects.create(
        client=client,
        kind="project",
        title="The new roof",
        agreed_on=world.days_ago(120),
        due_on=world.days_ago(40),
        delivered_on=world.days_ago(50),
        evidence_kind="figure",
        evidence="10 days early",
    )
    Rating.objects.create(
        client=client,
        on=world.days_ago(45),
        score=9,
        words="Very pleased",
        source="commitment",
        commitment=commitment,
    )
    Favour.objects.create(client=client, what="Found them a notary", done_on=world.days_ago(20))
    return client
