"""Pages of clients: looked at by machines, answered by a person, once, corrected for a day."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils import timezone

from tests.public_visitor import ALL, Visitor, invited, questioned
from warmhand.apps.asks.queries import verdict_of
from warmhand.apps.island.scope import workspace_scope
from warmhand.apps.journal.models import Entry
from warmhand.apps.messaging import services as messaging
from warmhand.apps.messaging.models import LinkOutcome, PublicLink
from warmhand.apps.moves import moments
from warmhand.apps.work import services as work
from warmhand.apps.work.models import Case, Rating, Survey
from warmhand.rulebook import Move
from warmhand.web.public import moment_of
from warmhand.wording.catalogue import catalogue

WAIT = {"seconds": 4}


@pytest.fixture
def ada(closed_world):
    with workspace_scope(closed_world.workspace.pk):
        return closed_world.client(company=closed_world.company())


@pytest.fixture
def visitor(closed_world, ada, time) -> Visitor:
    return Visitor(invited(closed_world, ada))


@pytest.fixture
def case(closed_world, ada) -> Case:
    with workspace_scope(closed_world.workspace.pk):
        made = work.open_case(by=closed_world.by, client_id=ada.pk, title="The parcel was lost")
        return work.resolve_case(by=closed_world.by, case_id=made.pk)


@pytest.fixture
def asked(closed_world, case, time) -> Visitor:
    return Visitor(questioned(closed_world, case))


def survey_of(world) -> Survey:
    with workspace_scope(world.workspace.pk):
        return Survey.objects.get()


def outcomes(world) -> list[LinkOutcome]:
    with workspace_scope(world.workspace.pk):
        return list(LinkOutcome.objects.order_by("edition"))


def test_a_person_answers_and_it_is_on_record(closed_world, ada, visitor, time):
    page = visitor.looks()
    assert page.status_code == 200
    assert "checked" not in page.content.decode(), "nothing is chosen beforehand"
    time.passes(**WAIT)
    answer = visitor.sends(**ALL, words="Splendid.")
    assert (answer.status_code, answer.headers["Location"]) == (302, visitor.path)
    survey = survey_of(closed_world)
    assert survey.answers == (9, 8, 5, 3)
    assert (survey.words, survey.answered_on) == ("Splendid.", closed_world.today())
    assert survey.sent_on == closed_world.today(), "the day its link was made"
    with workspace_scope(closed_world.workspace.pk):
        rating = Rating.objects.get()
        entry = Entry.objects.get(sentence__contains="answered a survey")
    assert (rating.score, rating.source, rating.survey_id) == (9, "survey", survey.pk)
    assert (entry.by_name, entry.via, entry.by_member_id) == ("Ada Kettle", "client", None)
    thanks = visitor.looks().content.decode()
    assert "Account Colleague now" in thanks, "who looks after them"
    assert "correct your answers on this page until" in thanks


def test_the_proof_says_when_from_where_and_to_which_words(closed_world, visitor, time):
    visitor.looks()
    time.passes(**WAIT)
    visitor.sends(satisfied=7)
    [proof] = outcomes(closed_world)
    assert (proof.at, proof.address, proof.agent) == (time.now(), "127.0.0.1", "A phone")
    assert proof.text_version.startswith("survey-en-")
    assert proof.said == {
        "satisfied": 7,
        "would_recommend": None,
        "would_be_reference": None,
        "would_introduce": None,
        "words": "",
    }


def test_the_answer_settles_what_comes_next_and_an_unhappy_one_is_promised_a_call(
    closed_world, ada, visitor, time
):
    visitor.looks()
    time.passes(**WAIT)
    visitor.sends(satisfied=2, words="Late again.")
    with workspace_scope(closed_world.workspace.pk):
        assert verdict_of(ada.pk).decision.move is Move.RECOVER
    assert "will call you to put it right" in visitor.looks().content.decode()


def test_a_wish_for_no_question_is_kept_and_words_alone_count(closed_world, visitor, time):
    visitor.looks()
    time.passes(**WAIT)
    visitor.sends(satisfied="", words="All well.")
    survey = survey_of(closed_world)
    assert survey.answers == (None, None, None, None)
    assert survey.words == "All well."
    with workspace_scope(closed_world.workspace.pk):
        assert not Rating.objects.exists()


@pytest.mark.parametrize("kind", ["survey", "case"])
def test_machines_decide_nothing_and_then_a_person_succeeds(
    closed_world, visitor, asked, time, kind
):
    """Mail scanners: HEAD, GET, GET with any query, OPTIONS, blind POSTs of what the page holds."""
    it = visitor if kind == "survey" else asked
    defaults = {"words": ""}
    for more in ("", "?satisfied=10&would_introduce=10&solved=yes", "?correct", "?send=1"):
        assert it.client.head(it.path + more).status_code == 200
        assert it.looks(more).status_code == 200
    assert it.client.options(it.path).status_code == 405
    assert it.client.put(it.path).status_code == 405
    assert it.client.post(it.path).status_code in (409, 422)
    assert it.sends(**defaults).status_code == 422, "at once"
    assert it.sends(**ALL, solved="yes").status_code == 422, "filled in, but at once"
    time.passes(**WAIT)
    assert it.sends(**defaults).status_code == 422, "late, but nothing is chosen"
    assert it.client.post(it.path, ALL | {"solved": "yes"}).status_code == 409, "no stamp"
    assert outcomes(closed_world) == []
    with workspace_scope(closed_world.workspace.pk):
        assert not Survey.objects.filter(answered_on__isnull=False).exists()
        assert not Rating.objects.exists()
        assert Case.objects.get().state == "resolved"
    it.looks()
    time.passes(**WAIT)
    assert it.sends(**ALL, solved="yes").status_code == 302
    assert len(outcomes(closed_world)) == 1


def test_the_guard_is_what_keeps_them_out(closed_world, visitor, monkeypatch, time):
    """The control: without the three seconds a quick machine would have answered."""
    monkeypatch.setattr("warmhand.apps.messaging.stamps.QUICKEST", dt.timedelta())
    visitor.looks()
    assert visitor.sends(satisfied=10).status_code == 302
    assert len(outcomes(closed_world)) == 1


def test_a_person_who_was_too_quick_presses_once_more(closed_world, visitor, time):
    visitor.looks()
    refused = visitor.sends(satisfied=6, words="So so")
    page = refused.content.decode()
    assert "quicker than anybody reads" in page
    assert 'value="6" checked' in page
    assert "So so" in page
    assert f'value="{visitor.stamp}"' in page, "the first look counts"
    time.passes(**WAIT)
    assert visitor.sends(satisfied=6, words="So so").status_code == 302
    assert survey_of(closed_world).satisfied == 6


def test_for_a_day_the_same_link_corrects(closed_world, ada, visitor, time):
    visitor.looks()
    time.passes(**WAIT)
    visitor.sends(satisfied=2, would_introduce=0)
    page = visitor.looks("?correct").content.decode()
    assert 'name="satisfied" value="2" checked' in page
    time.passes(hours=23)
    visitor.looks("?correct")
    time.passes(**WAIT)
    assert visitor.sends(satisfied=9).status_code == 302
    assert survey_of(closed_world).answers == (9, None, None, None)
    with workspace_scope(closed_world.workspace.pk):
        assert Rating.objects.get().score == 9, "one rating, corrected"
        assert verdict_of(ada.pk).decision.move is not Move.RECOVER
    assert [proof.said["satisfied"] for proof in outcomes(closed_world)] == [2, 9]
    time.passes(hours=1)
    assert visitor.looks().status_code == 404


def test_a_rating_taken_back_is_gone_and_comes_again(closed_world, visitor, time):
    for answers, scores in (
        ({"satisfied": 3}, [3]),
        ({"would_recommend": 8}, []),
        ({"satisfied": 10}, [10]),
    ):
        visitor.looks("?correct")
        time.passes(**WAIT)
        visitor.sends(**answers)
        with workspace_scope(closed_world.workspace.pk):
            assert list(Rating.objects.values_list("score", flat=True)) == scores


def test_of_two_open_pages_the_second_is_shown_the_first_answer(closed_world, visitor, time):
    other = Visitor(visitor.path)
    visitor.looks()
    other.looks()
    time.passes(**WAIT)
    assert visitor.sends(satisfied=8).status_code == 302
    refused = other.sends(satisfied=1)
    assert refused.status_code == 409
    page = refused.content.decode()
    assert "An answer has come in meanwhile" in page
    assert 'name="satisfied" value="8" checked' in page
    assert survey_of(closed_world).satisfied == 8


def test_every_link_that_opens_nothing_gets_the_very_same_answer(closed_world, visitor, ada, time):
    with workspace_scope(closed_world.workspace.pk):
        link = PublicLink.objects.get()
    wrong = Visitor("/p/survey/nonsense/").looks()
    assert (wrong.status_code, b"page isn&#x27;t open" in wrong.content) == (404, True)
    other_purpose = Visitor(visitor.path.replace("survey", "case")).looks()
    time.passes(days=31)
    expired = visitor.looks()
    time.passes(days=-31)
    with workspace_scope(closed_world.workspace.pk):
        messaging.withdraw_link(by=closed_world.by, link_id=link.pk)
    withdrawn = visitor.looks()
    posted = visitor.client.post(visitor.path, {"satisfied": 9})
    for answer in (other_purpose, expired, withdrawn, posted):
        assert answer.content == wrong.content
        assert answer.status_code == 404
        assert answer.headers == wrong.headers


def test_a_removed_survey_or_client_has_no_page(closed_world, ada, visitor, time):
    with workspace_scope(closed_world.workspace.pk):
        work.remove_survey(by=closed_world.by, survey_id=Survey.objects.get().pk)
    assert visitor.looks().status_code == 404


def test_answers_recorded_by_a_colleague_close_the_page(closed_world, ada, visitor, time):
    with workspace_scope(closed_world.workspace.pk):
        survey = Survey.objects.get()
        work.record_survey(by=closed_world.by, client_id=ada.pk, survey_id=survey.pk, satisfied=7)
    assert visitor.looks().status_code == 404


@pytest.mark.parametrize("path", ["page", "gone", "thanks"])
def test_no_page_is_indexed_kept_or_told_to_others(visitor, time, path):
    if path == "gone":
        visitor.path = "/p/survey/nonsense/"
    answer = visitor.looks()
    if path == "thanks":
        time.passes(**WAIT)
        visitor.sends(satisfied=9)
        answer = visitor.looks()
    assert answer.headers["Referrer-Policy"] == "no-referrer"
    assert "noindex" in answer.headers["X-Robots-Tag"]
    assert answer.headers["Cache-Control"] == "no-store"
    assert "script" not in answer.content.decode()
    assert b"http" not in answer.content.replace(b"http://www.w3.org", b"")


def test_tokens_never_reach_the_log(visitor, time, caplog):
    from warmhand.config.logs import WithoutTokens

    caplog.handler.addFilter(WithoutTokens())
    token = visitor.path.split("/")[3]
    visitor.looks()
    assert visitor.sends().status_code == 422, "Django notes such an answer with its address"
    assert caplog.records
    assert "/p/survey/…/" in caplog.text
    assert token not in caplog.text


def test_it_speaks_the_language_of_the_client(closed_world, ada, time):
    with workspace_scope(closed_world.workspace.pk):
        ada.language = "de"
        ada.save()
    page = Visitor(invited(closed_world, ada)).looks().content.decode()
    assert '<html lang="de">' in page
    assert "Vier kurze Fragen" in page
    assert "Four short questions" not in page


def test_the_closed_page_speaks_the_language_of_the_browser(db):
    page = Visitor("/p/survey/x/", **{"accept-language": "de-AT,de;q=0.9"}).looks()
    assert "Diese Seite ist nicht" in page.content.decode()


def test_yes_confirms_the_case_in_their_name(closed_world, case, asked, time):
    assert "The parcel was lost" in asked.looks().content.decode()
    time.passes(**WAIT)
    assert asked.sends(solved="yes", words="Arrived today.").status_code == 302
    with workspace_scope(closed_world.workspace.pk):
        entry = Entry.objects.filter(sentence__startswith="The client confirmed").get()
        assert Case.objects.get().state == "confirmed"
    assert (entry.by_name, entry.via, entry.why) == ("Ada Kettle", "client", "Arrived today.")
    assert "We are glad" in asked.looks().content.decode()


def test_not_yet_reopens_it_and_a_low_score_comes_first(closed_world, ada, asked, time):
    asked.looks()
    time.passes(**WAIT)
    asked.sends(solved="no", words="The box was empty.", satisfied=1)
    with workspace_scope(closed_world.workspace.pk):
        found = Case.objects.get()
        assert (found.state, found.reopened_times) == ("open", 1)
        entry = Entry.objects.filter(sentence__startswith="Reopened").get()
        assert entry.why == "The box was empty."
        assert Rating.objects.get().case_id == found.pk
        assert verdict_of(ada.pk).decision.move is Move.RECOVER
    page = asked.looks().content.decode()
    assert "opened it again" in page
    assert "call you to put it right" in page


def test_a_no_ends_an_ask_that_waits(closed_world, ada, case, asked, time):
    from warmhand.apps.asks.models import Ask

    with workspace_scope(closed_world.workspace.pk):
        Ask.objects.create(
            client=ada, kind="ask", asked_on=closed_world.today(), asked_at=time.now()
        )
    asked.looks()
    time.passes(**WAIT)
    asked.sends(solved="no")
    with workspace_scope(closed_world.workspace.pk):
        assert Ask.objects.get().outcome == "not_asked"


def test_a_no_can_become_a_yes_for_a_day(closed_world, asked, time):
    for solved, satisfied, state, scores in (
        ("no", 2, "open", [2]),
        ("yes", 8, "confirmed", [8]),
        ("yes", "", "confirmed", []),
    ):
        asked.looks("?correct")
        time.passes(**WAIT)
        asked.sends(solved=solved, satisfied=satisfied)
        with workspace_scope(closed_world.workspace.pk):
            assert Case.objects.get().state == state
            assert list(Rating.objects.values_list("score", flat=True)) == scores


@pytest.mark.parametrize("what", ["reopened", "confirmed"])
def test_what_the_helpdesk_says_meanwhile_voids_an_unused_link(
    closed_world, case, asked, time, what
):
    with workspace_scope(closed_world.workspace.pk):
        ref = moments.CaseRef(case_id=case.pk)
        moments.tell(by=closed_world.by, ref=ref, what=what)
    assert asked.looks().status_code == 404
    assert asked.client.post(asked.path, {"solved": "yes"}).status_code == 404


def test_resolved_again_it_is_asked_again_by_a_new_link(closed_world, case, asked, time):
    asked.looks()
    time.passes(**WAIT)
    asked.sends(solved="no")
    with workspace_scope(closed_world.workspace.pk):
        work.resolve_case(by=closed_world.by, case_id=case.pk)
    again = Visitor(questioned(closed_world, case))
    assert again.path != asked.path
    assert again.looks().status_code == 200
    assert asked.looks().status_code == 404, "the old one says no more"


def test_a_page_is_a_few_queries(visitor, asked, time, django_assert_max_num_queries):
    for it in (visitor, asked):
        with django_assert_max_num_queries(9):
            it.looks()


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "1 December, 20:18"),
        ("de", "1. Dezember, 20:18"),
        ("es", "1 de diciembre, 20:18"),
        ("fr", "1 décembre, 20:18"),
        ("nl", "1 december, 20:18"),
    ],
)
def test_a_moment_is_said_as_each_language_writes_it(language, said):
    when = dt.datetime(2026, 12, 1, 19, 18, tzinfo=dt.UTC)
    with timezone.override("Europe/Berlin"):
        assert moment_of(when, catalogue(language)) == said
