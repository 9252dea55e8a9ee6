"""In which language, and to which address, a client is written to."""

from __future__ import annotations

import pytest

from warmhand.apps.people import services as people
from warmhand.apps.people.queries import address_to_write_to, language_of
from warmhand.problems import Problem


def test_the_language_is_theirs_else_their_companys_else_the_workspaces(world):
    company = world.company(language="fr")
    assert language_of(world.client("A", company=company, language="de"), "nl") == "de"
    assert language_of(world.client("B", company=company), "nl") == "fr"
    assert language_of(world.client("C"), "nl") == "nl"


def test_the_primary_address_is_written_to(world):
    client = world.client()
    for value, primary in (("old@kettle.example", False), ("ada@kettle.example", True)):
        people.add_contact_point(
            by=world.by, client_id=client.pk, kind="email", value=value, is_primary=primary
        )
    assert address_to_write_to(client.pk) == "ada@kettle.example"


def test_consent_given_again_counts(world):
    client = world.client()
    people.add_contact_point(by=world.by, client_id=client.pk, kind="email", value="a@b.example")
    people.withdraw_consent(by=world.by, client_id=client.pk, on=world.days_ago(3))
    with pytest.raises(Problem) as refused:
        address_to_write_to(client.pk)
    assert refused.value.code == "consent_withdrawn"
    people.give_consent(by=world.by, client_id=client.pk)
    assert address_to_write_to(client.pk) == "a@b.example"


def test_a_wish_that_is_over_no_longer_counts_and_one_to_come_tells_its_day(world):
    client = world.client(do_not_ask=True, do_not_ask_until=world.days_ago(1))
    people.add_contact_point(by=world.by, client_id=client.pk, kind="email", value="a@b.example")
    assert address_to_write_to(client.pk, asks=True) == "a@b.example"
    client.do_not_ask_until = world.days_ago(-9)
    client.save()
    with pytest.raises(Problem) as refused:
        address_to_write_to(client.pk, asks=True)
    assert (refused.value.code, refused.value.until) == (
        "wishes_not_to_be_asked",
        world.days_ago(-9),
    )
