"""Invitations to a survey, questions about cases, and the gap between two kinds of yes (P8)."""

from __future__ import annotations

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from warmhand.apps.messaging.door import visiting
from warmhand.apps.messaging.models import PublicLink
from warmhand.apps.messaging.services import Proof, address_of, withdraw_link
from warmhand.apps.people.merging import merge_clients
from warmhand.apps.work import services as work
from warmhand.apps.work.models import Survey
from warmhand.apps.work.queries import recommending_and_introducing
from warmhand.web.public_forms import QUESTIONS, SurveyAnswers

SCORES = st.none() | st.integers(0, 10)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(answers=st.lists(st.lists(st.tuples(SCORES, SCORES), max_size=3), max_size=6))
def test_the_gap_counts_each_clients_latest_survey_with_both_answers(world, answers):
    Survey.objects.all().delete()
    expected = []
    for number, surveys in enumerate(answers):
        client = world.client(f"Client {number}")
        for age, (recommend, introduce) in enumerate(surveys):
            Survey.objects.create(
                client=client,
                answered_on=world.days_ago(age),
                would_recommend=recommend,
                would_introduce=introduce,
            )
        both = [(r, i) for r, i in surveys if r is not None and i is not None]
        expected += both[:1]
    gap = recommending_and_introducing(8)
    assert (gap.clients, gap.would_recommend, gap.would_introduce, gap.only_recommend) == (
        len(expected),
        sum(r >= 8 for r, _ in expected),
        sum(i >= 8 for _, i in expected),
        sum(r >= 8 and i < 8 for r, i in expected),
    )


def test_a_removed_client_is_not_counted(world):
    from warmhand.apps.people.services import remove_client

    client = world.client()
    work.record_survey(by=world.by, client_id=client.pk, would_recommend=9, would_introduce=9)
    assert recommending_and_introducing(8).clients == 1
    remove_client(by=world.by, client_id=client.pk)
    assert recommending_and_introducing(8).clients == 0


def test_one_invitation_waits_and_an_answered_one_makes_room_for_the_next(world):
    client = world.client()
    first = work.invite_to_survey(by=world.by, client_id=client.pk)
    assert work.invite_to_survey(by=world.by, client_id=client.pk) == first
    assert Survey.objects.count() == 1
    work.record_survey(by=world.by, client_id=client.pk, survey_id=first.object_id, satisfied=9)
    first.refresh_from_db()
    assert first.ended_why == "Answered another way."
    second = work.invite_to_survey(by=world.by, client_id=client.pk)
    assert second.object_id != first.object_id
    assert PublicLink.objects.filter(ended_at=None).count() == 1


def test_withdrawn_or_expired_it_is_made_anew_for_the_same_survey(world):
    client = world.client()
    first = work.invite_to_survey(by=world.by, client_id=client.pk)
    survey = Survey.objects.get()
    survey.sent_on = world.days_ago(40)
    survey.save()
    withdraw_link(by=world.by, link_id=first.pk)
    second = work.invite_to_survey(by=world.by, client_id=client.pk)
    assert second != first
    assert second.object_id == first.object_id
    survey.refresh_from_db()
    assert survey.sent_on == world.today()
    assert Survey.objects.count() == 1


def test_a_link_survives_that_two_clients_become_one(world):
    kept, gone = world.client("Ada Kettle"), world.client("A. Kettle")
    link = work.invite_to_survey(by=world.by, client_id=gone.pk)
    token = address_of(link, "{token}")
    merge_clients(by=world.by, kept_id=kept.pk, gone_id=gone.pk)
    with visiting(token, "survey") as visit:
        assert visit.client_id == kept.pk
        answered = work.answer_invitation(
            client_id=visit.client_id,
            survey_id=visit.object_id,
            link_id=visit.link_id,
            edition=0,
            proof=Proof("", "", "x"),
            satisfied=8,
        )
    assert answered.client_id == kept.pk


@given(sent=st.dictionaries(st.sampled_from([*QUESTIONS, "words", "other"]), st.text(max_size=9)))
def test_whatever_is_sent_a_score_is_a_whole_number_from_0_to_10_or_refused(sent):
    form = SurveyAnswers(sent)
    if form.is_valid():
        scores = [form.cleaned_data[name] for name in QUESTIONS]
        assert all(score is None or score in range(11) for score in scores)
        assert form.cleaned_data["words"] or any(score is not None for score in scores)
    assert set(form.sent()) == {*QUESTIONS, "words"}
