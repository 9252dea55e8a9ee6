"""The words of an ask: only where one is earned, from this client's records alone (P17, P24)."""

from __future__ import annotations

import pytest

from tests.asks.earned import earn
from warmhand.apps.island.scope import touch, workspace_scope
from warmhand.apps.moves.moments import Manner, context_of, words_of
from warmhand.problems import Conflict, NotFound
from warmhand.wording import Channel, Formality, Kind

pytestmark = pytest.mark.django_db


@pytest.fixture
def ada(closed_world):
    with workspace_scope(closed_world.workspace.pk):
        client = earn(closed_world)
        touch(client_id=client.pk)
    with workspace_scope(closed_world.workspace.pk):
        yield client


def test_words_come_in_the_manner_that_is_asked_for(ada):
    manner = Manner(Channel.EMAIL, Formality.FORMAL)
    found = words_of(ada.pk, manner=manner)
    assert found.variant == "ask.other.email.formal"
    assert words_of(ada.pk, kind=Kind.MORE, manner=manner).variant == "ask_more.other.email.formal"


def test_words_are_in_the_clients_language_unless_another_is_named(ada):
    ada.language = "de-AT"
    ada.save()
    assert "helfen" in words_of(ada.pk, manner=Manner()).text
    assert "help" in words_of(ada.pk, manner=Manner(language="en")).text


def test_where_no_ask_is_earned_the_reasons_come_instead(closed_world):
    with workspace_scope(closed_world.workspace.pk):
        new = closed_world.client("Gus Lindqvist")
        with pytest.raises(Conflict) as refused:
            words_of(new.pk, manner=Manner())
    assert refused.value.code == "not_earned"
    assert refused.value.details["reasons"]


def test_anothers_case_is_not_theirs(closed_world, ada):
    from warmhand.apps.work.models import Case

    other = closed_world.client("Gus Lindqvist")
    case = Case.objects.create(client=other, title="x", opened_on=closed_world.days_ago(3))
    with pytest.raises(NotFound):
        words_of(ada.pk, case_id=case.pk, manner=Manner())


def test_the_names_of_others_may_not_be_said(closed_world, ada):
    closed_world.client("Gus Lindqvist")
    context = context_of(ada.pk, kind=Kind.CLIENT)
    assert "Gus Lindqvist" in context.other_clients
    assert ada.name not in context.other_clients
    assert context.agreed
