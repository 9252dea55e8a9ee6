"""Favours, needs and referrals given."""

from __future__ import annotations

import pytest

from warmhand.apps.giving import queries, services
from warmhand.problems import Conflict, Invalid


def places(refused) -> set[str]:
    return {place.field for place in refused.value.places}


def test_a_favour_has_no_price(world):
    with pytest.raises(TypeError):
        services.do_favour(by=world.by, client_id=world.client().pk, what="A lift", price=10)


def test_a_favour_promised_then_done(world):
    client, other = world.client(), world.client("Otto")
    promised = services.promise_favour(
        by=world.by,
        client_id=client.pk,
        what="Look over the lease",
        due_on=world.days_ago(1),
        on=world.days_ago(8),
    )
    assert list(queries.favours(state="overdue")) == [promised]
    with pytest.raises(Invalid):
        services.do_favour(by=world.by, client_id=other.pk, favour_id=promised.pk)
    done = services.do_favour(by=world.by, client_id=client.pk, favour_id=promised.pk, minutes=30)
    assert done.done_on == world.today()
    assert list(queries.favours(state="done", kind="professional")) == [done]
    with pytest.raises(Conflict):
        services.do_favour(by=world.by, client_id=client.pk, favour_id=promised.pk)


@pytest.mark.parametrize(("promised", "due", "field"), [(0, 3, "due_on"), (-1, -3, "promised_on")])
def test_days_of_a_promise(world, promised, due, field):
    with pytest.raises(Invalid) as refused:
        services.promise_favour(
            by=world.by,
            client_id=world.client().pk,
            what="A lift",
            on=world.days_ago(promised),
            due_on=world.days_ago(due),
        )
    assert places(refused) == {field}


def test_a_favour_is_something(world):
    with pytest.raises(Invalid) as refused:
        services.do_favour(by=world.by, client_id=world.client().pk)
    assert places(refused) == {"what"}


def test_a_need_stays_open_until_it_is_met(world):
    client = world.client()
    need = services.note_need(by=world.by, client_id=client.pk, words="A mover", on=world.today())
    services.give_referral(by=world.by, client_id=client.pk, provider="Movers Ltd", need_id=need.pk)
    assert queries.referrals_given(for_need=True).exists()
    assert not queries.referrals_given(for_need=False).exists()
    assert list(queries.needs(state="open", for_us=False)) == [need]
    services.meet_need(by=world.by, need_id=need.pk, why="Moved by Movers Ltd")
    assert not queries.needs(state="open").exists()
    with pytest.raises(Conflict):
        services.meet_need(by=world.by, need_id=need.pk)


def test_a_referral_meets_a_need_of_that_client(world):
    need = services.note_need(by=world.by, client_id=world.client().pk, words="A mover")
    with pytest.raises(Invalid) as refused:
        services.give_referral(
            by=world.by, client_id=world.client("Otto").pk, provider="Movers", need_id=need.pk
        )
    assert places(refused) == {"need_id"}
