"""Needs: how soon, and whether we may pass them on: a fact with who and when."""

from __future__ import annotations

import pytest

from warmhand.apps.giving import queries, services
from warmhand.apps.journal.queries import newest_about
from warmhand.apps.journal.services import undo
from warmhand.problems import Conflict, Invalid


def note(world, client, words="A mover", **values):
    return services.note_need(by=world.by, client_id=client.pk, words=words, **values)


def test_a_yes_that_was_given_on_the_spot_has_its_day(world):
    client = world.client()
    need = note(world, client, may_pass_on=True, on=world.days_ago(3))
    assert (need.may_pass_on, need.asked_on) == (True, world.days_ago(3))
    assert "We may pass it on" in newest_about(need).sentence
    assert note(world, client).asked_on is None


@pytest.mark.parametrize("said", [True, False])
def test_what_they_say_later_stands_with_who_when_and_their_words(world, said):
    need = note(world, world.client(), urgency="now")
    services.answer_passing_on(
        by=world.by, need_id=need.pk, may_pass_on=said, on=world.days_ago(0), why="Rather not yet"
    )
    need.refresh_from_db()
    assert (need.may_pass_on, need.asked_on) == (said, world.today())
    entry = newest_about(need)
    assert (entry.by_name, entry.why) == (world.by.name, "Rather not yet")
    assert entry.changes["may_pass_on"] == [None, said]
    undo(by=world.by, entry_id=entry.pk)
    need.refresh_from_db()
    assert (need.may_pass_on, need.asked_on) == (None, None)


def test_a_yes_can_be_taken_back(world):
    need = note(world, world.client(), may_pass_on=True)
    services.answer_passing_on(by=world.by, need_id=need.pk, may_pass_on=False)
    assert list(queries.needs(consent="refused")) == [need]
    assert not queries.needs(consent="allowed").exists()


def test_nobody_was_asked_without_an_answer_nor_tomorrow(world):
    client = world.client()
    with pytest.raises(Invalid) as refused:
        note(world, client, asked_on=world.today())
    assert refused.value.places[0].field == "may_pass_on"
    with pytest.raises(Invalid):
        note(world, client, may_pass_on=True, asked_on=world.days_ago(-1))


def test_a_need_that_is_met_has_nothing_left_to_pass_on(world):
    need = note(world, world.client())
    services.meet_need(by=world.by, need_id=need.pk)
    with pytest.raises(Conflict) as refused:
        services.answer_passing_on(by=world.by, need_id=need.pk, may_pass_on=True)
    assert refused.value.code == "need_met_already"


def test_what_has_waited_longest_comes_first_and_what_is_met_last(world):
    client = world.client()
    met = note(world, client, "Met", on=world.days_ago(90))
    services.meet_need(by=world.by, need_id=met.pk)
    new = note(world, client, "New", urgency="now", on=world.days_ago(1))
    old = note(world, client, "Old", urgency="some_day", on=world.days_ago(60))
    assert list(queries.needs(sort="waiting")) == [old, new, met]
    assert list(queries.needs(sort="urgency")) == [new, old, met]
    assert list(queries.needs(urgency="now")) == [new]


def test_categories_are_found_by_their_beginning(world):
    client = world.client()
    mover, other = note(world, client, category="484210"), note(world, client, category="541110")
    assert list(queries.needs(category="4842")) == [mover]
    assert queries.need_categories() == ["484210", "541110"]
    services.change_need(by=world.by, need_id=other.pk, category="")
    assert queries.need_categories() == ["484210"]


def test_a_consent_that_there_is_not(world):
    with pytest.raises(Invalid) as refused:
        list(queries.needs(consent="perhaps"))
    assert refused.value.places[0].field == "consent"


def test_urgent_needs_of_many_clients_are_one_query(world, django_assert_num_queries):
    ada, otto = world.client(), world.client("Otto")
    first = note(world, ada, "First", urgency="now", on=world.days_ago(5))
    note(world, ada, "Second", urgency="now", on=world.days_ago(2))
    note(world, otto, "Some day", urgency="some_day")
    with django_assert_num_queries(1):
        found = queries.urgent_needs([ada.pk, otto.pk])
    assert found == {ada.pk: first}
