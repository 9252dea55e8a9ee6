"""A client sent to a provider, as tests of follow-ups begin."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

import pytest

from tests.world import World
from warmhand.apps.directory.models import Provider
from warmhand.apps.followups import queries, services
from warmhand.apps.giving.models import Need, ReferralGiven
from warmhand.apps.messaging.services import address_of
from warmhand.apps.people.models import Client, ContactPoint


@dataclass
class Story:
    world: World
    client: Client
    provider: Provider

    def sent(self, days: int, client: Client | None = None, **values: Any) -> ReferralGiven:
        """A client sent so many days ago."""
        values = {
            "client": client or self.client,
            "provider": self.provider.name,
            "listed": self.provider,
            "given_on": self.world.days_ago(days),
            "member": self.world.members["account_manager"],
        } | values
        return ReferralGiven.objects.create(**values)

    def says(self, referral: ReferralGiven, side: str, *, days: int = 0, **answer: Any) -> Any:
        """What a side said, so many days ago."""
        return services.note_answer(
            by=self.world.by,
            referral_given_id=referral.pk,
            side=side,
            on=self.world.days_ago(days),
            **answer,
        )

    def due(self, **wanted: Any) -> list[tuple[str, int, str]]:
        """Side, round and state of what is due."""
        return [(it.side, it.number, it.state) for it in queries.due(**wanted)[:100]]

    def day(self, days: int) -> dt.date:
        return self.world.days_ago(days)

    def need(self, **values: Any) -> Need:
        values = {"client": self.client, "words": "A website", "noted_on": self.day(60)} | values
        return Need.objects.create(**values)


def make_story(world: World) -> Story:
    client = world.client("Ada Kettle", company=world.company())
    ContactPoint.objects.create(
        client=client, kind="email", value="ada@kettle.example", is_primary=True
    )
    provider = Provider.objects.create(
        name="Marl Design", email="hello@marl.example", languages=["de", "en"]
    )
    return Story(world, client, provider)


def followed_up(story: Story, given: ReferralGiven, side: str = "client") -> str:
    """The path of the page of a side; the workspace must be open."""
    link = services.ask_side(
        by=story.world.by, referral_given_id=given.pk, side=side, provider_knows=True
    )
    return address_of(link, "/p/follow-up/{token}/")


@pytest.fixture
def story(world) -> Story:
    return make_story(world)
