"""Follow-ups of an introduction: who is known to the provider, and nobody after a withdrawal."""

from __future__ import annotations

import pytest

from tests.introductions import stories
from tests.public_visitor import Visitor
from warmhand.apps.followups import queries, services
from warmhand.apps.introductions import services as introductions
from warmhand.apps.introductions.queries import introduction_by_id
from warmhand.apps.introductions.services import accept
from warmhand.apps.island.scope import workspace_scope
from warmhand.apps.messaging.models import Message
from warmhand.apps.messaging.queries import link_by_id
from warmhand.apps.messaging.services import address_of
from warmhand.problems import Conflict, Problem


def connected(world, **values):
    """An introduction whose provider accepted, and its referral."""
    candidate = stories.asked(world, **values)
    accept(by=stories.PROVIDER, candidate_id=candidate.pk)
    it = introduction_by_id(candidate.introduction_id)
    assert it.state == "connected"
    return it, queries.given_with_sides(it.given_id)


def ask(world, given, side="provider", **more):
    return services.ask_side(by=world.by, referral_given_id=given.pk, side=side, **more)


def test_a_provider_who_accepted_knows_the_client(world):
    _, given = connected(world)
    assert given.need.may_pass_on is not True
    assert queries.provider_knows_client(given)
    assert ask(world, given)


def test_one_who_met_somebody_the_client_knows_does_not_know_the_client(world):
    it, given = connected(world)
    type(it).objects.filter(pk=it.pk).update(relation="my sister")
    assert not queries.provider_knows_client(given)
    with pytest.raises(Problem) as refused:
        ask(world, given)
    assert refused.value.code == "client_not_to_be_named"


def test_after_a_withdrawal_nobody_is_asked_or_written_to(world):
    it, given = connected(world)
    links = [ask(world, given, side) for side in ("client", "provider")]
    assert len(queries.due(state="any", client_id=it.client_id)) == 2
    introductions.take_back(by=stories.CLIENT, introduction_id=it.pk)
    mails = Message.objects.count()
    assert not queries.provider_knows_client(given)
    assert len(queries.due(state="any", client_id=it.client_id)) == 0
    for side in ("client", "provider"):
        with pytest.raises(Conflict) as refused:
            ask(world, given, side, provider_knows=True)
        assert refused.value.code == "introduction_taken_back"
    for link in links:
        with pytest.raises(Conflict):
            services.check_mail(Message(link=link_by_id(link.pk)))
    assert Message.objects.count() == mails


def test_an_older_link_names_nobody_after_a_withdrawal(closed_world):
    with workspace_scope(closed_world.workspace.pk):
        it, given = connected(closed_world)
        path = address_of(ask(closed_world, given), "/p/follow-up/{token}/")
    assert "Ada" in Visitor(path).looks().content.decode()
    with workspace_scope(closed_world.workspace.pk):
        introductions.take_back(by=stories.CLIENT, introduction_id=it.pk)
    gone = Visitor(path).looks()
    assert gone.status_code == 404
    assert "Ada" not in gone.content.decode()
