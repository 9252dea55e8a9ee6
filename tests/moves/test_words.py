"""The words of an ask: only where one is earned, from this client's records alone (P17, P24)."""

from __future__ import annotations

import pytest

from tests.asks.earned import earn
from warmhand.apps.island.scope import touch, workspace_scope
from warmhand.apps.moves.moments import Manner, context_of, words_of
from warmhand.apps.people.models import Client
from warmhand.apps.people.queries import names_of_others
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
    closed_world.client("Ines Marl")
    text = f"As {ada.name}, so does gus lindqvist."
    context = context_of(ada.pk, text, kind=Kind.CLIENT)
    assert context.other_clients == ("Gus Lindqvist",)
    assert context.agreed


def test_among_twenty_thousand_clients_only_the_names_that_stand_there_are_read(
    closed_world, ada, django_assert_num_queries
):
    """Also the oldest ones, which a limit on what is read would leave out."""
    Client.objects.bulk_create(
        (Client(workspace=closed_world.workspace, name=f"Person Number{n}") for n in range(20_000)),
        batch_size=5_000,
    )
    firm = closed_world.company("Marl & Sons (Kiel)")
    closed_world.client("Ines", company=firm)
    text = "Like person number7 and Marl & Sons (Kiel), 100 % happy."
    with django_assert_num_queries(1):
        found = names_of_others(ada.pk, text)
    assert found == ["Marl & Sons (Kiel)", "Person Number7"]


def test_a_name_with_signs_of_patterns_is_a_name(closed_world, ada):
    closed_world.client("100% Sure_thing")
    assert names_of_others(ada.pk, "1000 Surexthing") == []
    assert names_of_others(ada.pk, "It is 100% Sure_thing.") == ["100% Sure_thing"]
