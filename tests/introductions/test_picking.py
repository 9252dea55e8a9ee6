"""Picking a provider says what came of earlier referrals, and no exchange that may not count."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from tests.alliances.stories import ally, general, give, receive
from warmhand.apps.followups.services import note_answer
from warmhand.apps.giving.models import Need
from warmhand.apps.introductions.models import Candidate, Introduction
from warmhand.apps.island.scope import workspace_scope

GAVE_US = "They gave us 2 referrals."
ALLY = "We have an alliance with them."


@pytest.fixture
def picking(closed_world):
    """What the page says of the ally Swift Movers, by how far their exchange is reckoned."""

    def page(**sides) -> str:
        world = closed_world
        with workspace_scope(world.workspace.pk):
            general(world)
            made = ally(world, **sides)
            for given in give(world, made, 3):
                note_answer(
                    by=world.by, referral_given_id=given.pk, side="client", on=world.days_ago(1),
                    business="yes", happy=True,
                )  # fmt: skip
            receive(world, made, 2)
            other = Introduction.objects.create(client=world.client("Bo"), state="stopped")
            Candidate.objects.create(
                introduction=other, provider=made.provider, place=1, state="declined",
                reason="no lorry free",
            )  # fmt: skip
            need = Need.objects.create(
                client=world.client("Cy"), words="Moving a warehouse", noted_on=world.days_ago(1)
            )
        browser = Client()
        browser.force_login(world.users["account_manager"])
        return browser.get(reverse("web:introduce", args=[need.pk])).content.decode()

    return page


def test_it_says_how_earlier_referrals_went_and_what_came_back(picking):
    page = picking()
    assert "3 of 3 we sent before did business and were happy." in page
    assert "Declined once before" in page
    assert "no lorry free" in page
    assert GAVE_US in page
    assert ALLY in page


@pytest.mark.parametrize("mode", ["observe", "off"])
def test_where_it_may_not_count_the_exchange_changes_nothing(picking, mode):
    page = picking(at_most=mode)
    assert "3 of 3 we sent before did business and were happy." in page
    assert "Declined once before" in page
    assert "gave us" not in page
    assert ALLY not in page


def test_by_law_alone_it_doesnt_count_either(picking):
    page = picking(sector="lawyer", place="US-CA")
    assert "3 of 3 we sent before" in page
    assert "gave us" not in page
    assert ALLY not in page
