"""Commitments, cases, ratings, surveys and reviews: what their services let happen, and when."""

from __future__ import annotations

import datetime as dt

import pytest

from warmhand.apps.work import queries, services
from warmhand.apps.work.models import Rating
from warmhand.problems import Conflict, Invalid, NotFound


def places(refused) -> set[str]:
    return {place.field for place in refused.value.places}


def agree(world, client=None, **values):
    client = client or world.client()
    values.setdefault("agreed_on", world.days_ago(30))
    return services.agree_commitment(
        by=world.by, client_id=client.pk, title="The new roof", **values
    )


def test_agreed_delivered_with_evidence_and_rated(world):
    made = agree(world, due_on=world.days_ago(5), target="before winter")
    assert made.member_id == world.by.member_id
    done = services.deliver_commitment(
        by=world.by,
        commitment_id=made.pk,
        on=world.days_ago(6),
        evidence_kind="link",
        evidence="https://files.example/roof",
    )
    assert not done.late
    services.rate(by=world.by, client_id=made.client_id, score=9, commitment_id=made.pk)
    assert Rating.objects.get().source == "commitment"
    with pytest.raises(Conflict, match="was delivered"):
        services.deliver_commitment(by=world.by, commitment_id=made.pk)


@pytest.mark.parametrize(
    ("field", "values"),
    [
        ("agreed_on", {"agreed_on": "+1"}),
        ("due_on", {"due_on": "-40"}),
        ("delivered_on", {"delivered_on": "+1"}),
        ("delivered_on", {"delivered_on": "-31"}),
        ("cancelled_on", {"cancelled_on": "-31"}),
        ("cancelled_on", {"cancelled_on": "-2", "delivered_on": "-3"}),
        ("due_on", {"due_on": "0001-01-01"}),
    ],
)
def test_days_out_of_order_are_refused_at_their_field(world, field, values):
    made = agree(world)
    days = {
        name: dt.date.fromisoformat(text) if len(text) == 10 else world.days_ago(-int(text))
        for name, text in values.items()
    }
    with pytest.raises(Invalid) as refused:
        services.change_commitment(by=world.by, commitment_id=made.pk, **days)
    assert places(refused) == {field}


@pytest.mark.parametrize(
    ("field", "kind", "evidence"),
    [
        ("evidence", "link", "javascript:alert(1)"),
        ("evidence", "figure", ""),
        ("evidence_kind", "", "10 days early"),
        ("evidence_kind", "song", "la la"),
    ],
)
def test_evidence_is_of_a_kind_and_links_are_web_addresses(world, field, kind, evidence):
    with pytest.raises(Invalid) as refused:
        services.deliver_commitment(
            by=world.by, commitment_id=agree(world).pk, evidence_kind=kind, evidence=evidence
        )
    assert places(refused) == {field}


def test_a_commitment_is_somebody_s(world):
    with pytest.raises(Invalid) as refused:
        services.agree_commitment(by=world.by, title="Something")
    assert places(refused) == {"client"}
    company = world.company()
    made = services.agree_commitment(by=world.by, company_id=company.pk, title="Something")
    assert made.agreed_on == world.today()


def test_another_workspaces_records_do_not_exist(world, django_assert_num_queries):
    with pytest.raises(NotFound):
        services.agree_commitment(by=world.by, client_id=10**15, title="Something")
    with pytest.raises(NotFound):
        services.deliver_commitment(by=world.by, commitment_id=2**80)


def test_states_of_commitments(world):
    client = world.client()
    overdue = agree(world, client, due_on=world.days_ago(1))
    today = agree(world, client, due_on=world.today())
    late = agree(world, client, due_on=world.days_ago(9), delivered_on=world.days_ago(8))
    off = agree(world, client)
    services.cancel_commitment(by=world.by, commitment_id=off.pk)

    def found(state):
        return set(queries.commitments(state=state).values_list("pk", flat=True))

    assert found("open") == {overdue.pk, today.pk}
    assert found("overdue") == {overdue.pk}
    assert found("delivered") == found("late") == {late.pk}
    assert found("cancelled") == {off.pk}
    with pytest.raises(Invalid) as refused:
        queries.commitments(state="lost")
    assert places(refused) == {"state"}


def case(world, **values):
    return services.open_case(
        by=world.by,
        client_id=world.client().pk,
        title="No heating",
        on=world.days_ago(10),
        **values,
    )


def test_a_case_from_opened_to_confirmed_and_back(world):
    made = case(world)
    with pytest.raises(Invalid) as refused:
        services.confirm_case(by=world.by, case_id=made.pk)
    assert places(refused) == {"confirmed_on"}
    services.resolve_case(by=world.by, case_id=made.pk, on=world.days_ago(2))
    with pytest.raises(Invalid) as refused:
        services.confirm_case(by=world.by, case_id=made.pk, on=world.days_ago(3))
    assert places(refused) == {"confirmed_on"}
    confirmed = services.confirm_case(by=world.by, case_id=made.pk, why="Warm again!")
    assert confirmed.state == "confirmed"
    with pytest.raises(Conflict):
        services.confirm_case(by=world.by, case_id=made.pk)
    reopened = services.reopen_case(by=world.by, case_id=made.pk, why="Cold again")
    assert (reopened.state, reopened.reopened_times) == ("open", 1)
    assert reopened.confirmed_on is None
    with pytest.raises(Conflict):
        services.reopen_case(by=world.by, case_id=made.pk)


@pytest.mark.parametrize("ago", [11, -1])
def test_a_case_is_resolved_after_it_was_opened_and_not_ahead(world, ago):
    with pytest.raises(Invalid) as refused:
        services.resolve_case(by=world.by, case_id=case(world).pk, on=world.days_ago(ago))
    assert places(refused) == {"resolved_on"}


def test_cases_are_found_by_state_words_and_source(world):
    made = case(world, source="desk", source_ref="77")
    assert queries.case_by_source(client_id=made.client_id, source="desk", source_ref="77") == made
    assert list(queries.cases(search="kettle heat", state="open")) == [made]
    assert not queries.cases(state="resolved").exists()
    assert not queries.cases(search="kettle boiler").exists()


def test_an_unhappy_rating_stands_until_made_good(world):
    client = world.client()
    rating = services.rate(by=world.by, client_id=client.pk, score=2, on=world.days_ago(5))
    assert list(queries.ratings(at_most=4, not_made_good=True)) == [rating]
    with pytest.raises(Invalid) as refused:
        services.recover_rating(by=world.by, rating_id=rating.pk, on=world.days_ago(6))
    assert places(refused) == {"recovered_on"}
    services.recover_rating(by=world.by, rating_id=rating.pk, why="Visited, repaired, refunded")
    assert not queries.ratings(not_made_good=True).exists()
    with pytest.raises(Conflict):
        services.recover_rating(by=world.by, rating_id=rating.pk)


@pytest.mark.parametrize("score", [-1, 11])
def test_scores_are_from_0_to_10(world, score):
    with pytest.raises(Invalid) as refused:
        services.rate(by=world.by, client_id=world.client().pk, score=score)
    assert places(refused) == {"score"}


def test_a_rating_is_of_one_thing_and_of_that_client(world):
    mine, theirs = world.client(), world.client("Otto Other")
    commitment = agree(world, theirs)
    with pytest.raises(Invalid) as refused:
        services.rate(by=world.by, client_id=mine.pk, score=9, commitment_id=commitment.pk)
    assert places(refused) == {"commitment_id"}
    with pytest.raises(Invalid):
        services.rate(
            by=world.by, client_id=theirs.pk, score=9, commitment_id=commitment.pk, case_id=1
        )


def test_four_answers_stay_apart_and_satisfaction_becomes_a_rating(world):
    client = world.client()
    sent = services.send_survey(by=world.by, client_id=client.pk, on=world.days_ago(4))
    services.record_survey(
        by=world.by,
        client_id=client.pk,
        survey_id=sent.pk,
        satisfied=9,
        would_recommend=10,
        would_be_reference=None,
        would_introduce=2,
        words="Very pleased",
    )
    rating = Rating.objects.get()
    assert (rating.score, rating.source, rating.survey_id) == (9, "survey", sent.pk)
    answered = queries.surveys(answered=True).get()
    assert answered.answers == (9, 10, None, 2)
    with pytest.raises(Conflict):
        services.record_survey(by=world.by, client_id=client.pk, survey_id=sent.pk, satisfied=1)


def test_willingness_alone_is_no_rating(world):
    services.record_survey(by=world.by, client_id=world.client().pk, would_introduce=10)
    assert not Rating.objects.exists()


def test_an_empty_survey_is_refused(world):
    with pytest.raises(Invalid):
        services.record_survey(by=world.by, client_id=world.client().pk)


def test_a_review_is_planned_moved_held_and_rated(world):
    client = world.client()
    planned = services.plan_review(by=world.by, client_id=client.pk, on=world.days_ago(-7))
    services.change_review(by=world.by, review_id=planned.pk, on=world.days_ago(-9))
    held = services.hold_review(
        by=world.by, client_id=client.pk, review_id=planned.pk, rating=8, words="Good overview"
    )
    assert (held.pk, held.held_on) == (planned.pk, world.today())
    assert Rating.objects.get().review_id == planned.pk
    with pytest.raises(Conflict):
        services.hold_review(by=world.by, client_id=client.pk, review_id=planned.pk)
    services.remove_review(by=world.by, review_id=planned.pk)
    assert not Rating.objects.exists()


def test_a_rating_without_a_meeting_leaves_no_review(world):
    client = world.client()
    with pytest.raises(Invalid):
        services.hold_review(by=world.by, client_id=client.pk, rating=12)
    assert not queries.reviews(client_id=client.pk).exists()


def test_lists_take_one_query_and_leave_out_removed_clients(world, django_assert_num_queries):
    client = world.client(company=world.company())
    for _ in range(3):
        agree(world, client)
    with django_assert_num_queries(1):
        rows = list(queries.commitments(sort="-due"))
        assert [(r.client.title, r.client.company.name, r.member.name) for r in rows]
    world.client("Gone", company=world.company("X"))
    client.removed_at = dt.datetime.now(dt.UTC)
    client.save()
    assert not queries.commitments().exists()


def test_an_unknown_order_is_refused(world):
    with pytest.raises(Invalid) as refused:
        queries.cases(sort="password")
    assert places(refused) == {"sort"}


def test_a_case_of_another_system_is_opened_once(world):
    first = case(world, source="desk", source_ref="77")
    again = services.open_case(
        by=world.by, client_id=first.client_id, title="Cold", source="desk", source_ref="77"
    )
    assert again == first
    with pytest.raises(Conflict) as refused:
        case(world, source="desk", source_ref="77")
    assert refused.value.code == "case_of_another_client"
    services.remove_case(by=world.by, case_id=first.pk)
    assert case(world, source="desk", source_ref="77") != first
