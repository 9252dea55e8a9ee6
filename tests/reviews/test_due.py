"""Who is due for a review: the rulebook's tree, as a list of the whole workspace (P14, P15, P7)."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given

from tests.reviews.stories import earned, invited, settle, unrated
from tests.rulebook.strategies import some_facts, some_policies
from warmhand.apps.asks.models import Standing
from warmhand.apps.moves.queries import today_list
from warmhand.apps.policies.queries import current
from warmhand.apps.reviews import queries, services
from warmhand.apps.reviews.queries.due import busy_of
from warmhand.apps.work import services as work
from warmhand.apps.work.models import BusyTime, Case, Commitment, Rating, Review
from warmhand.problems import Invalid
from warmhand.rulebook import (
    Move,
    advance,
    comes_first,
    decide,
    facts_from,
    review_due,
    review_reasons,
)


def names(**wanted) -> list[str]:
    return [each.client.name for each in queries.due(**wanted)[:50]]


def test_who_was_delivered_to_and_never_asked_is_due_with_reasons(world):
    client = unrated(world)
    settle(client)
    [found] = queries.due()[:10]
    assert found.client == client
    assert found.first == ""
    assert [reason.code for reason in found.reasons] == [
        "first_review",
        "delivered_since",
        "happiness_unknown",
    ]
    assert found.reasons[0].sentence == (
        "There was no review yet, and they have been with us for 400 days."
    )


def test_nothing_delivered_or_a_recent_review_is_not_due(world):
    bare, met = world.client("Bare Bones"), unrated(world, "Mette Met")
    Review.objects.create(client=met, held_on=world.days_ago(20), rating=9)
    Rating.objects.create(client=met, on=world.days_ago(20), score=9)
    settle(bare, met)
    assert names() == names(state="") == []


def test_the_rhythm_is_the_policys_to_the_day(world):
    client = unrated(world)
    rhythm = current().policy.review_rhythm_days
    review = Review.objects.create(client=client, held_on=world.days_ago(rhythm), rating=9)
    settle(client)
    assert names() == []
    Review.objects.filter(pk=review.pk).update(held_on=world.days_ago(rhythm + 1))
    settle(client)
    assert names() == ["Ada Kettle"]


def test_kept_facts_are_carried_to_today(world):
    """A standing decided a while ago says the same as one decided now."""
    client = unrated(world)
    rhythm = current().policy.review_rhythm_days
    Review.objects.create(client=client, held_on=world.days_ago(rhythm + 1), rating=9)
    settle(client)
    kept = Standing.objects.get(client=client)
    earlier = advance(facts_from(kept.facts), -5)
    Standing.objects.filter(pk=kept.pk).update(
        facts=earlier.as_dict(), decided_on=world.days_ago(5)
    )
    [found] = queries.due()[:10]
    assert found.reasons[0].sentence == (
        f"The last review was {rhythm + 1} days ago; the rhythm is {rhythm} days."
    )


def test_an_unhappy_client_is_won_back_first(world):
    client = unrated(world)
    Rating.objects.create(client=client, on=world.days_ago(2), score=2)
    settle(client)
    assert names() == []
    [found] = queries.due(state="first")[:10]
    assert found.first == "recover"
    assert "Put right" in found.first_sentence


def test_an_open_case_comes_first(world):
    client = unrated(world)
    Case.objects.create(client=client, title="Login loops", opened_on=world.days_ago(2))
    settle(client)
    assert names() == []
    assert [each.first for each in queries.due(state="first")[:10]] == ["case_open"]


def test_whoever_has_a_meeting_or_an_invitation_is_not_due_and_not_on_today(world):
    planned, asked, free = (unrated(world, name) for name in ("Pia P", "Ines I", "Fay F"))
    settle(planned, asked, free)
    assert sorted(names()) == ["Fay F", "Ines I", "Pia P"]
    work.plan_review(by=world.by, client_id=planned.pk, on=world.days_ago(-9))
    invitation = invited(world, asked)
    settle(planned, asked, free)
    assert names() == ["Fay F"]
    on_today = [it.title for it in today_list().items if it.move == "invite_to_review"]
    assert on_today == ["Fay F"]
    services.withdraw(by=world.by, invitation_id=invitation.pk)
    settle(asked)
    assert sorted(names()) == ["Fay F", "Ines I"]
    assert "Ines I" in [it.title for it in today_list().items]


def test_the_longest_without_a_review_come_first_and_search_narrows(world):
    rhythm = current().policy.review_rhythm_days
    clients = {}
    for name, ago in (("Recent", rhythm + 2), ("Long ago", rhythm + 200), ("Never", None)):
        clients[name] = unrated(world, name)
        if ago:
            Review.objects.create(client=clients[name], held_on=world.days_ago(ago), rating=9)
    older = unrated(world, "Never, longer with us", client_since=world.days_ago(900))
    settle(*clients.values(), older)
    assert names() == ["Never, longer with us", "Never", "Long ago", "Recent"]
    assert names(sort="-since")[:2] == ["Recent", "Long ago"]
    assert names(sort="client") == ["Long ago", "Never", "Never, longer with us", "Recent"]
    assert names(search="long") == ["Never, longer with us", "Long ago"]
    assert names(keeper_id=world.members["leader"].pk) == []
    with pytest.raises(Invalid):
        queries.due(sort="size")
    with pytest.raises(Invalid):
        queries.due(state="odd")


def test_the_first_good_day_is_after_what_keeps_them_busy(world):
    company = world.company(year_end_month=None)
    client = unrated(world, company=company)
    start, end = world.today(), world.today() + dt.timedelta(days=12)
    BusyTime.objects.create(company=company, starts_on=start, ends_on=end, label="Stocktaking")
    settle(client)
    [found] = queries.due()[:10]
    assert found.good_day.on > end
    assert "'Stocktaking'" in found.good_day.why
    assert queries.first_good_day_for(client) == found.good_day


def test_quarter_ends_count_also_where_nobody_has_noted_them(world):
    """The policy says how many days before the end of a quarter are busy."""
    company = world.company(year_end_month=12)
    client = unrated(world, company=company)
    days = {queries.first_good_day_for(client).on}
    busy = busy_of([client], current().policy, world.today())
    spans = [(each.starts_on, each.ends_on) for each in busy[client.pk]]
    assert len(spans) == 5
    assert {(end - start).days + 1 for start, end in spans} == {current().policy.quarter_end_days}
    assert not any(start <= day <= end for day in days for start, end in spans)


def test_a_project_about_to_end_is_waited_for(world):
    client = unrated(world)
    due = world.today() + dt.timedelta(days=4)
    Commitment.objects.create(
        client=client, kind="project", title="The move", agreed_on=world.days_ago(30), due_on=due
    )
    settle(client)
    found = queries.first_good_day_for(client)
    assert found.on > due
    assert found.why == (
        f"first working day after the end of their project 'The move' on {due:%-d %B}"
    )


def test_a_page_costs_the_same_however_many_are_due(world):
    settle(*(unrated(world, f"Client {n}", company=world.company(f"C {n}")) for n in range(3)))
    with CaptureQueriesContext(connection) as few:
        queries.due()[:25]
    settle(*(unrated(world, f"More {n}", company=world.company(f"D {n}")) for n in range(9)))
    with CaptureQueriesContext(connection) as many:
        assert len(queries.due()[:25]) == 12
    assert len(many) == len(few)


@given(some_facts(), some_policies())
def test_whom_today_proposes_to_invite_is_due(facts, policy):
    """One definition: the move never says otherwise than the list."""
    decision = decide(facts, policy, dt.date(2026, 6, 1))
    if decision.move is Move.INVITE_TO_REVIEW:
        assert review_due(facts, policy, decision.codes)
        assert comes_first(decision.move.value, decision.codes) == ""
        assert review_reasons(facts, policy, decision.codes)


def test_in_the_database_as_in_python(world):
    """The list, filtered by SQL, holds just those whom the same tree calls due."""
    clients = [
        unrated(world, "A"),
        earned(world, "B", world.company("B Ltd")),
        world.client("C"),
        unrated(world, "D", client_since=None),
    ]
    Review.objects.create(client=clients[0], held_on=world.days_ago(400), rating=7)
    Review.objects.create(client=clients[1], held_on=world.days_ago(10), rating=9)
    settle(*clients)
    policy = current().policy
    expected = {
        row.client.name
        for row in Standing.objects.select_related("client")
        if review_due(facts_from(row.facts), policy, row.codes)
    }
    assert set(names(state="")) == expected
    assert 0 < len(expected) < 4
