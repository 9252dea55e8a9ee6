"""Introductions for tests: a need, providers, and how far it has come."""

from __future__ import annotations

from tests.world import World
from warmhand.apps.directory.models import Provider
from warmhand.apps.giving import services as giving
from warmhand.apps.introductions import queries, services
from warmhand.apps.introductions.models import Candidate, Introduction
from warmhand.apps.island.actor import Actor
from warmhand.apps.messaging.services import address_of
from warmhand.apps.people import services as people

ORIGIN = "https://warm.example"
CLIENT = Actor(None, "Ada Kettle", "client")
PROVIDER = Actor(None, "Provider", "client")
NEED = "We need somebody to move our archive before May"
WHY = "They moved our own office in 2024 without losing a box."
PHONE, EMAIL = "+4930901820", "ada@kettle.example"
ALL = ("need", "context", "company", "place", "language", "urgency", "phone", "email")


def providers(number: int = 3, **values) -> list[Provider]:
    return [
        Provider.objects.create(
            name=f"Mover {n}", email=f"mover{n}@move.example", phone=f"+49309018{n:02}", **values
        )
        for n in range(1, number + 1)
    ]


def begun(world: World, listed: list[Provider] | None = None, **values) -> Introduction:
    client = values.pop("client", None) or reachable(world)
    need = giving.note_need(
        by=world.by, client_id=client.pk, words=NEED, for_other="relation" in values
    )
    given = {
        "need_words": NEED,
        "context": "Third floor, no lift.",
        "why_confident": WHY,
        "tells": ALL,
        "origin": ORIGIN,
    }
    return services.start(
        by=world.by,
        client_id=client.pk,
        need_id=need.pk,
        provider_ids=[each.pk for each in (listed or providers())],
        **(given | values),
    )


def reachable(world: World, name: str = "Ada Kettle", email: str = EMAIL):
    client = world.client(name, company=world.company(city="Berlin"), language="en")
    people.add_contact_point(by=world.by, client_id=client.pk, kind="phone", value=PHONE)
    people.add_contact_point(by=world.by, client_id=client.pk, kind="email", value=email)
    return client


def agreed(world: World, listed: list[Provider] | None = None, **values) -> Introduction:
    it = begun(world, listed, **values)
    services.say_yes(by=world.by, introduction_id=it.pk, tells=ALL)
    return queries.introduction_by_id(it.pk)


def asked(world: World, listed: list[Provider] | None = None, **values) -> Candidate:
    """The candidate who has the brief, handed over by a member."""
    it = agreed(world, listed, **values)
    first = standing(it)
    if first.state == "turn":
        services.hand_over(by=world.by, candidate_id=first.pk)
    return queries.candidate_by_id(first.pk)


def standing(it: Introduction) -> Candidate:
    """Whose turn it is, or who is asked, or who has accepted."""
    return Candidate.objects.get(introduction=it, state__in=("turn", "asked", "accepted"))


def states(it: Introduction) -> list[str]:
    return [each.state for each in queries.candidates_of(it.pk)]


def client_page(world: World, it: Introduction) -> str:
    link = services.ask_client(by=world.by, introduction_id=it.pk)
    return address_of(link, "/p/introduction/{token}/")
