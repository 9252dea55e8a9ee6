"""Another client's expertise as somebody to be introduced to (P30)."""

from __future__ import annotations

from warmhand.apps.directory.models import Expertise, Provider
from warmhand.apps.introductions.facts import ways_to_reach
from warmhand.apps.island.actor import Actor
from warmhand.apps.island.door import one
from warmhand.apps.journal import services as journal
from warmhand.problems import Problem


def provider_of_expertise(*, by: Actor, expertise_id: int) -> Provider:
    """The client with this expertise as a provider of the directory; made where there is none.

    Only with their yes to being named: else Problem `not_to_be_named`. No mail of ours goes to
    them by that.
    """
    found = one(Expertise, expertise_id, "expertise", related=("client",))
    client = found.client
    if not found.may_pass_on:
        raise Problem(
            "not_to_be_named",
            f"{client.title} hasn't agreed to be named to others.",
            lift="Ask them first, and note their answer at their expertise.",
        )
    there = Provider.objects.filter(client=client).order_by("pk").first()
    if there is not None:
        return there
    ways = ways_to_reach(client.pk)
    return journal.create(
        Provider,
        by=by,
        sentence=f"Put {client.title} into the directory: {found.words}.",
        name=client.title[:200],
        kind=Provider.Kind.PERSON,
        client=client,
        email=ways.get("email", ""),
        phone=ways.get("phone", ""),
        about=found.words,
        languages=[client.language] if client.language else [],
    )
