"""Duplicates in the browser: seen with their evidence, merged, undone, kept apart."""

from __future__ import annotations

import pytest

from warmhand.apps.people.models import Client, ContactPoint, DuplicatePair, Merge

pytestmark = pytest.mark.django_db


@pytest.fixture
def pair(closed_world, inside, as_member):
    """Two clients with one address, proposed."""
    with inside():
        two = [closed_world.client(name) for name in ("Ada Kettle", "A. Kettle")]
        for client in two:
            ContactPoint.objects.create(client=client, kind="email", value="ada@kettle.example")
    assert as_member().post("/duplicates/look/").status_code == 302
    with inside():
        return DuplicatePair.objects.get()


def test_a_pair_is_shown_with_its_evidence(pair, client):
    page = client.get("/duplicates/").content.decode()
    assert "Both have the email ada@kettle.example." in page
    assert "Merge and keep Ada Kettle" in page


def test_a_merge_and_its_undo(pair, client, inside):
    answer = client.post(f"/duplicates/{pair.pk}/merge/", {"kept": pair.second_id})
    assert answer.status_code == 302
    with inside():
        assert [c.pk for c in Client.objects.all()] == [pair.second_id]
        merge = Merge.objects.get()
    assert "No pair to decide on" in client.get("/duplicates/").content.decode()
    assert client.post(f"/duplicates/merges/{merge.pk}/undo/").status_code == 302
    with inside():
        assert Client.objects.count() == 2
    assert client.post(f"/duplicates/merges/{merge.pk}/undo/").status_code == 409


def test_who_stays_must_be_one_of_the_two(pair, client, inside):
    assert client.post(f"/duplicates/{pair.pk}/merge/", {"kept": "99999"}).status_code == 422
    with inside():
        assert Client.objects.count() == 2


def test_kept_apart_is_remembered(pair, client):
    client.post(f"/duplicates/{pair.pk}/apart/")
    client.post("/duplicates/look/")
    assert "No pair to decide on" in client.get("/duplicates/").content.decode()


def test_a_page_of_pairs_costs_few_queries(pair, client, django_assert_max_num_queries):
    with django_assert_max_num_queries(11):
        client.get("/duplicates/")


def test_an_account_manager_may_not_merge(pair, as_member):
    assert as_member("account_manager").get("/duplicates/").status_code == 403
