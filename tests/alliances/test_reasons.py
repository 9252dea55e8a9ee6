"""Why little comes back: read off introductions and follow-ups, besides enquiries and referrals."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests.alliances.stories import MOVERS, TAX, ally, general, give, provider, receive
from warmhand.apps.alliances import queries, services
from warmhand.apps.followups.models import FollowUp
from warmhand.apps.followups.services import note_answer
from warmhand.apps.introductions.models import Candidate, Introduction


@pytest.fixture
def movers(world):
    general(world)
    return ally(world)


def offered(world, provider_id, state, *, asked=20, took=1, **values) -> Candidate:
    """An introduction for which this provider was asked, and answered after so many days."""
    at = timezone.now() - dt.timedelta(days=asked)
    answered = at + dt.timedelta(days=took) if state in ("accepted", "declined") else None
    it = Introduction.objects.create(client=world.client("Bo"), state="stopped", **values)
    return Candidate.objects.create(
        introduction=it, provider_id=provider_id, place=1, state=state, asked_at=at,
        answered_at=answered,
    )  # fmt: skip


def says(world, given, side, **answer):
    note_answer(by=world.by, referral_given_id=given.pk, side=side, on=world.days_ago(1), **answer)


def told(alliance) -> dict[str, tuple[int, int, str]]:
    found = queries.ledger_of(alliance).findings
    return {each.code: (each.figure, each.of, each.sentence) for each in found}


def test_introductions_that_were_declined_silent_or_slow(world, movers):
    give(world, movers, 6)
    offered(world, movers.provider_id, "declined", took=9)
    offered(world, movers.provider_id, "declined", took=2)
    offered(world, movers.provider_id, "silent")
    offered(world, movers.provider_id, "declined", asked=500)  # before the window
    offered(world, provider("Another", TAX).pk, "declined")
    found = told(movers)
    assert found["declined"] == (
        2, 9, "2 of the 9 we sent them were declined, 2 of them in introductions."
    )  # fmt: skip
    assert found["silent"][:2] == (1, 9)
    assert found["slow"][:2] == (1, 9)
    assert found["slow"][2].endswith("half of their answers came within 2 days.")


def test_an_introduction_that_became_a_referral_is_counted_once(world, movers):
    given = give(world, movers, 5)
    offered(world, movers.provider_id, "accepted", took=9, given=given[0])
    assert told(movers)["slow"][:2] == (1, 5)


def test_what_both_sides_say_afterwards(world, movers):
    given = give(world, movers, 6)
    says(world, given[0], "client", business="yes", happy=False)
    says(world, given[1], "client", business="yes", happy=True)
    says(world, given[2], "provider", business="no")
    FollowUp.objects.create(
        referral=given[3], client=given[3].client, side="provider", round=1,
        asked_on=world.days_ago(5),
    )  # fmt: skip
    FollowUp.objects.create(  # they answered by their client: there is an outcome
        referral=given[1], client=given[1].client, side="provider", round=1,
        asked_on=world.days_ago(5),
    )  # fmt: skip
    found = told(movers)
    assert found["unhappy"][:2] == (1, 6)
    assert found["nothing_came"][:2] == (1, 6)
    assert found["no_outcome"] == (
        3, 6,
        ("No outcome is on record of 3 of the 6 we sent them; we asked them about 1 and heard"
        " nothing."),
    )  # fmt: skip
    assert "though they did business with 2 of those we sent" in found["never_asked"][2]
    # The control: removed answers say nothing.
    FollowUp.objects.all().update(removed_at=timezone.now())
    found = told(movers)
    assert set(found) == {"no_outcome", "never_asked"}
    assert found["no_outcome"][:2] == (6, 6)


def test_elsewhere_is_whoever_has_room_and_exclusivity_is_minded(world, movers):
    give(world, movers, 6)
    full = ally(world, "Full ally")
    full.provider.capacity = "full"
    full.provider.save()
    provider("Away", MOVERS, away_from=world.days_ago(3))
    assert queries.ledger_of(movers).instead is None
    provider("Free", MOVERS)
    found = queries.ledger_of(movers).instead
    assert (found.other.name, found.but) == ("Free", "")
    until = world.today() + dt.timedelta(days=300)
    movers = services.change_alliance(
        by=world.by, alliance_id=movers.pk, exclusive=True, ends_on=until, signed_on=None
    )
    assert f"until {until:%-d %B %Y}" in queries.ledger_of(movers).instead.but


def test_without_lines_of_business_the_providers_own_serve(world):
    general(world)
    made = ally(world, categories=[])
    give(world, made, 6)
    other = ally(world, "Hafen", categories=[])
    receive(world, other, 1)
    found = queries.ledger_of(made).instead
    assert (found.other.name, found.other.ally) == ("Hafen", True)
    assert found.other.why.startswith("An ally in the same line of business: ")


def test_reasons_cost_the_same_for_many(world, movers):
    def count() -> int:
        with CaptureQueriesContext(connection) as caught:
            queries.ledgers(list(queries.alliances()))
        return len(caught)

    give(world, movers, 6)
    ally(world, "Hafen")
    before = count()
    for n in range(3):
        other = ally(world, f"More {n}")
        for given in give(world, other, 6):
            says(world, given, "client", business="yes", happy=True)
        offered(world, other.provider_id, "declined")
    assert count() == before


def over(caught, *alliances) -> list[int]:
    """How many statements reckon what went both ways with each of these alliances."""
    among = [re.search(r"a\.id = ANY\((.*?)\)", q["sql"]) for q in caught]
    asked = [set(map(int, re.findall(r"\d+", each[1]))) for each in among if each]
    return [sum(it.pk in each for each in asked) for it in alliances]


def test_one_account_reckons_one_alliance(world, movers):
    """The others are looked at only where it is uneven, and only those in the same line."""
    near, far = ally(world, "Hafen"), ally(world, "Lotsen", categories=[TAX])
    give(world, near, 7)
    with CaptureQueriesContext(connection) as caught:
        queries.ledger_of(movers)
    assert over(caught, movers, near, far) == [2, 0, 0]
    give(world, movers, 6)
    with CaptureQueriesContext(connection) as caught:
        assert queries.ledger_of(movers).instead.other.name == "Hafen"
    assert over(caught, movers, near, far) == [2, 1, 0]


def test_elsewhere_is_looked_for_among_all_not_among_those_listed(world, movers):
    give(world, movers, 6)
    ally(world, "Hafen")
    (found,) = queries.ledgers([movers])
    assert found.instead.other.name == "Hafen"
