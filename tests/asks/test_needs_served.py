"""Whether the directory has somebody for a need is a fact, and kept true from both sides (P31)."""

from __future__ import annotations

import pytest

from warmhand.apps.asks.models import Standing
from warmhand.apps.directory.models import Provider, Service
from warmhand.apps.followups.models import FollowUp
from warmhand.apps.giving.models import Need, ReferralGiven
from warmhand.apps.introductions.models import Introduction
from warmhand.apps.island.scope import settle_now
from warmhand.apps.journal import services as journal
from warmhand.apps.journal.models import Entry

PAYROLL = "541214"


def noted(world, client, **values) -> Need:
    values = {"category": PAYROLL, "urgency": Need.Urgency.NOW, **values}
    need = journal.create(
        Need, by=world.by, sentence="x", client=client, words="Payroll", noted_on=world.today(),
        **values,
    )  # fmt: skip
    settle_now()
    return need


def listed(world, **values) -> Service:
    provider = journal.create(Provider, by=world.by, sentence="x", name="Payday Ltd", **values)
    service = journal.create(
        Service, by=world.by, sentence="x", provider=provider, name="Payroll", category=PAYROLL
    )
    settle_now()
    return service


def served(client) -> tuple[int, int]:
    facts = Standing.objects.get(client=client).facts
    return facts["needs_served"], facts["needs_urgent_served"]


def test_a_provider_entered_later_serves_the_need(world):
    client = world.client()
    noted(world, client)
    assert served(client) == (0, 0)
    listed(world)
    assert served(client) == (1, 1)
    assert Standing.objects.get(client=client).move == "give_referral"


@pytest.mark.parametrize(
    "act",
    [
        lambda by, service: journal.remove(service, by=by, sentence="x"),
        lambda by, service: journal.remove(service.provider, by=by, sentence="x"),
        lambda by, service: journal.change(service, by=by, sentence="x", category="5411"),
        lambda by, service: journal.change(service.provider, by=by, sentence="x", capacity="full"),
    ],
    ids=["service removed", "provider removed", "another category", "takes nobody"],
)
def test_what_ends_it_is_seen_at_once(world, act):
    client = world.client()
    noted(world, client)
    service = listed(world)
    assert served(client) == (1, 1)
    act(world.by, service)
    settle_now()
    assert served(client) == (0, 0)


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({}, (1, 1)),
        ({"urgency": Need.Urgency.SOME_DAY}, (1, 0)),
        ({"may_pass_on": True}, (1, 1)),
        ({"may_pass_on": False}, (0, 0)),
        ({"for_us": True}, (0, 0)),
        ({"category": ""}, (0, 0)),
        ({"category": "5412"}, (0, 0)),
    ],
)
def test_which_needs_are_served(world, values, expected):
    client = world.client()
    listed(world)
    noted(world, client, **values)
    assert served(client) == expected


def test_nobody_is_sent_to_themself(world):
    client = world.client()
    listed(world, client=client)
    noted(world, client)
    assert served(client) == (0, 0)


def test_an_undone_change_of_category_is_seen(world):
    client = world.client()
    noted(world, client)
    service = listed(world)
    journal.change(service, by=world.by, sentence="x", category="5411")
    entry = Entry.objects.filter(object_type="directory.Service").latest("pk")
    settle_now()
    journal.undo(by=world.by, entry_id=entry.pk)
    settle_now()
    assert served(client) == (1, 1)


def gave(world, need):
    given = journal.create(
        ReferralGiven, by=world.by, sentence="x", client=need.client, need=need,
        provider="Payday Ltd", given_on=world.today(),
    )  # fmt: skip
    settle_now()
    return given


def heard(world, given, **said):
    journal.create(
        FollowUp, by=world.by, sentence="x", referral=given, client=given.client,
        side="client", answered_on=world.today(), **said,
    )  # fmt: skip
    settle_now()


def test_a_need_for_which_somebody_was_sent_does_not_press_any_more(world):
    client = world.client()
    listed(world)
    given = gave(world, noted(world, client))
    assert served(client) == (0, 0)
    facts = Standing.objects.get(client=client).facts
    assert (facts["needs"], facts["needs_urgent"], facts["unheard"]) == (1, 0, 1)
    heard(world, given, business="yes", happy=True)
    assert served(client) == (0, 0)
    assert Standing.objects.get(client=client).facts["unheard"] == 0


@pytest.mark.parametrize("said", [{"business": "no"}, {"business": "yes", "happy": False}])
def test_it_presses_again_when_it_came_to_nothing(world, said):
    client = world.client()
    listed(world)
    heard(world, gave(world, noted(world, client)), **said)
    assert served(client) == (1, 1)


def test_an_introduction_on_its_way_is_enough(world):
    client = world.client()
    listed(world)
    need = noted(world, client)
    made = journal.create(
        Introduction, by=world.by, sentence="x", client=client, need=need, need_words="Payroll"
    )
    settle_now()
    assert served(client) == (0, 0)
    journal.change(made, by=world.by, sentence="x", state="stopped")
    settle_now()
    assert served(client) == (1, 1)
