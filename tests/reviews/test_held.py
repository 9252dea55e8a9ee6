"""The record of a meeting: one act, and the rating that unlocks the ask or withholds it (P14)."""

from __future__ import annotations

import datetime as dt

import pytest

from tests.reviews.stories import settle, unrated
from warmhand.apps.asks.models import Ask
from warmhand.apps.asks.queries import verdict_of
from warmhand.apps.asks.services import Refused, record_ask
from warmhand.apps.giving.models import Need
from warmhand.apps.journal import services as journal
from warmhand.apps.journal.queries import newest_about
from warmhand.apps.people.models import KeyRingEntry
from warmhand.apps.policies.queries import current
from warmhand.apps.reviews import queries, services
from warmhand.apps.reviews.services import Promise
from warmhand.apps.work import services as work
from warmhand.apps.work.models import Commitment, Rating, Review
from warmhand.problems import Conflict, Invalid
from warmhand.rulebook import Move


@pytest.fixture
def client(world):
    found = unrated(world, company=world.company())
    settle(found)
    return found


def hold(world, client, rating, **values):
    return services.hold_review(by=world.by, client_id=client.pk, rating=rating, **values)


def test_all_that_came_out_of_it_is_on_record_and_one_undo_takes_it_back(world, client):
    planned = work.plan_review(by=world.by, client_id=client.pk, on=world.today())
    due = world.today() + dt.timedelta(days=14)
    review = hold(
        world,
        client,
        9,
        review_id=planned.pk,
        words="You kept every date.",
        needs=["a good notary", "  ", "a good   notary", "a caterer"],
        needs_for_us=["a second booking page"],
        colleagues=["Pia Lund", "Tom Hahn"],
        promises=[Promise("Send the checklist", due)],
    )
    assert (review.pk, review.rating) == (planned.pk, 9)
    assert set(Need.objects.values_list("words", "for_us")) == {
        ("a good notary", False), ("a caterer", False), ("a second booking page", True),
    }  # fmt: skip
    assert set(KeyRingEntry.objects.values_list("name", "inside", "client_id")) == {
        ("Pia Lund", True, client.pk), ("Tom Hahn", True, client.pk),
    }  # fmt: skip
    promise = Commitment.objects.get(title="Send the checklist")
    assert (promise.kind, promise.due_on, promise.client_id) == ("promise", due, client.pk)
    rating = Rating.objects.get()
    assert (rating.score, rating.source, rating.words) == (9, "review", "You kept every date.")

    journal.undo(by=world.by, entry_id=newest_about(review).pk)
    again = Review.objects.get(pk=planned.pk)
    assert (again.held_on, again.rating, again.words) == (None, None, "")
    for model in (Need, KeyRingEntry, Rating):
        assert not model.objects.exists(), model
    assert not Commitment.objects.filter(title="Send the checklist").exists()


def test_half_of_it_is_never_kept(world, client):
    with pytest.raises(Invalid):
        hold(world, client, 9, needs=[f"need {n}" for n in range(21)])
    assert not Review.objects.exists()
    assert not Rating.objects.exists()


def test_from_happy_on_the_ask_is_unlocked_one_below_it_is_withheld(world, client):
    happy = current().policy.happy_at_least
    hold(world, client, happy - 1)
    settle(client)
    verdict = verdict_of(client.pk)
    assert not verdict.decision.may_ask
    assert "not_happy" in verdict.decision.codes
    assert verdict.decision.reasons[0].sentence
    with pytest.raises(Refused) as refused:
        record_ask(by=world.by, client_id=client.pk)
    assert refused.value.code == "not_earned"

    hold(world, client, happy)
    settle(client)
    decision = verdict_of(client.pk).decision
    assert decision.may_ask
    assert decision.move is Move.ASK
    assert record_ask(by=world.by, client_id=client.pk).pk


def test_an_unhappy_rating_opens_recovery_and_no_ask_is_recorded(world, client):
    hold(world, client, current().policy.unhappy_at_most)
    settle(client)
    decision = verdict_of(client.pk).decision
    assert decision.move is Move.RECOVER
    with pytest.raises(Refused):
        record_ask(by=world.by, client_id=client.pk)
    assert not Ask.objects.exists()


def test_a_meeting_is_held_once_and_by_its_own_client(world, client):
    review = hold(world, client, 9)
    for whose in (client, unrated(world, "Bo B")):
        with pytest.raises(Conflict) as refused:
            hold(world, whose, 3, review_id=review.pk)
        assert refused.value.code == "review_held_already"


def test_the_agenda_comes_from_the_records_in_the_order_of_the_practice(world, client):
    work.agree_commitment(
        by=world.by, client_id=client.pk, title="A newsletter",
        due_on=world.today() + dt.timedelta(days=20),
    )  # fmt: skip
    case = work.open_case(
        by=world.by, client_id=client.pk, title="Login loops", on=world.days_ago(9)
    )
    work.resolve_case(by=world.by, case_id=case.pk, on=world.days_ago(6))
    Need.objects.create(client=client, words="a notary", noted_on=world.days_ago(3))
    review = work.plan_review(by=world.by, client_id=client.pk, on=world.today())
    agenda = queries.agenda_of(review.pk)
    assert tuple(point.part for point in agenda.points) == queries.PARTS
    parts = {point.part: point for point in agenda.points}
    assert [point.part for point in agenda.points].index("rating") < list(parts).index("earned")
    assert "bookings up by 12 %" in parts["delivered"].lines[0]
    assert parts["delivered"].lines[1] == "Solved in 3 days: Login loops"
    assert parts["open"].lines[0].startswith("A newsletter: agreed for ")
    assert parts["next"].lines == ("a notary",)
    assert parts["thanks"].lines == ("Proofread a letter",)
    assert f"Only from {current().policy.happy_at_least} on" in parts["earned"].say
    assert "earned" not in [point.part for point in agenda.for_paper]


def test_what_the_last_review_has_seen_is_not_shown_again(world, client):
    Review.objects.create(client=client, held_on=world.days_ago(10), rating=9)
    review = work.plan_review(by=world.by, client_id=client.pk, on=world.today())
    parts = {point.part: point for point in queries.agenda_of(review.pk).points}
    assert parts["delivered"].lines == ()


def test_an_agenda_as_somebody_wrote_it(world, client):
    review = work.plan_review(by=world.by, client_id=client.pk, on=world.today())
    services.set_agenda(
        by=world.by, review_id=review.pk, points={"next": "The fair\n\n  New staff ", "open": ""}
    )
    agenda = queries.agenda_of(review.pk)
    parts = {point.part: point for point in agenda.points}
    assert parts["next"].lines == ("The fair", "New staff")
    assert agenda.edited == {"next"}
    services.set_agenda(by=world.by, review_id=review.pk, points={})
    assert queries.agenda_of(review.pk).edited == frozenset()
    with pytest.raises(Invalid):
        services.set_agenda(by=world.by, review_id=review.pk, points={"weather": "sunny"})
    hold(world, client, 9, review_id=review.pk)
    with pytest.raises(Conflict):
        services.set_agenda(by=world.by, review_id=review.pk, points={"next": "x"})


def test_the_agenda_speaks_the_clients_language(world, client):
    client.language = "de-AT"
    client.save()
    review = work.plan_review(by=world.by, client_id=client.pk, on=world.today())
    agenda = queries.agenda_of(review.pk)
    assert agenda.language == "de"
    assert agenda.points[0].title == "Dank"
