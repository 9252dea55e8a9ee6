"""The kinds of ask: each needs the same three, and what it needs besides (P3, P19)."""

from __future__ import annotations

import pytest

from tests.asks.earned import earn
from warmhand.apps.asks import plans, services
from warmhand.apps.asks.models import Ask
from warmhand.apps.giving.models import Favour, Need
from warmhand.apps.journal import services as journal
from warmhand.apps.journal.models import Entry
from warmhand.apps.work.models import Commitment, Rating
from warmhand.problems import Conflict

KINDS = ("ask", "ask_coworker", "ask_more")


def ready(world, name: str = "Ada Kettle"):
    """A client of whom each kind can be asked: three parts, a company, a need for us."""
    client = earn(world, name, company=world.company(f"{name} & Sons"))
    Need.objects.create(client=client, words="The same again", noted_on=world.today(), for_us=True)
    return client


def not_agreed(client) -> None:
    Commitment.objects.filter(client=client).update(cancelled_on=client.client_since)


def not_delivered(client) -> None:
    Commitment.objects.filter(client=client).update(delivered_on=None)


def not_happy(client) -> None:
    Rating.objects.filter(client=client).update(score=6)


def never_rated(client) -> None:
    Rating.objects.filter(client=client).delete()


WITHOUT = (not_agreed, not_delivered, not_happy, never_rated)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("without", WITHOUT)
def test_each_kind_needs_the_same_three(world, kind, without):
    client = ready(world)
    without(client)
    with pytest.raises(services.Refused) as told:
        services.record_ask(by=world.by, client_id=client.pk, kind=kind, words="More?")
    assert told.value.code == "not_earned"
    assert Ask.objects.count() == 0


@pytest.mark.parametrize("kind", KINDS)
def test_with_all_three_each_kind_is_recorded(world, kind):
    ask = services.record_ask(by=world.by, client_id=ready(world).pk, kind=kind)
    assert ask.kind == kind


def test_none_of_the_three_is_ours_to_lift():
    from warmhand.rulebook import OVERRIDABLE

    three = {"nothing_agreed", "nothing_delivered", "not_happy", "happiness_unknown"}
    assert three.isdisjoint({*OVERRIDABLE, "nothing_to_show"})


def test_for_a_coworker_the_client_has_a_company(world):
    client = earn(world)
    with pytest.raises(Conflict) as told:
        services.record_ask(by=world.by, client_id=client.pk, kind="ask_coworker")
    assert told.value.code == "ask_kind_does_not_fit"
    assert services.record_ask(by=world.by, client_id=client.pk).kind == "ask"  # the control


def test_for_more_business_there_is_something_that_we_could_do(world):
    client = earn(world)
    Need.objects.create(client=client, words="A mover", noted_on=world.today())
    with pytest.raises(Conflict) as told:
        services.record_ask(by=world.by, client_id=client.pk, kind="ask_more", words=" ")
    assert told.value.code == "ask_kind_does_not_fit"
    ask = services.record_ask(by=world.by, client_id=client.pk, kind="ask_more", words="Scanners")
    assert ask.words == "Scanners"


def test_every_ask_for_a_coworker_has_its_plan_and_an_undo_takes_both(world):
    client = ready(world)
    ask = services.record_ask(by=world.by, client_id=client.pk, kind="ask_coworker")
    plan = plans.plans(client_id=client.pk).get()
    assert (plan.ask_id, plan.tasks.count()) == (ask.pk, 7)
    entry = Entry.objects.get(object_type="asks.Ask", object_id=ask.pk, verb="created")
    journal.undo(by=world.by, entry_id=entry.pk)
    assert not plans.plans().exists()
    assert not Ask.objects.exists()
    assert Favour.objects.exists()  # nothing else went
