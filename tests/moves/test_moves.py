"""Today's list, the answers to its moves, and the moment a case is resolved."""

from __future__ import annotations

import datetime as dt

import pytest

from tests.asks.earned import earn
from warmhand.apps.accounts import days
from warmhand.apps.asks.models import Ask
from warmhand.apps.asks.queries import verdict_of
from warmhand.apps.asks.services import record_ask
from warmhand.apps.asks.standings import redecide
from warmhand.apps.gratitude.models import ThankYou
from warmhand.apps.island.scope import settle_now
from warmhand.apps.moves import moments, services
from warmhand.apps.moves.moments import CaseRef
from warmhand.apps.moves.queries import ORDER, TodayFilter, today_list
from warmhand.apps.referrals.models import ReferralReceived
from warmhand.apps.work.models import Case, Rating
from warmhand.problems import Invalid, NotFound
from warmhand.rulebook import ASKS, GIVES


def _decide(world, *clients):
    redecide([client.pk for client in clients] or None, world.today())


@pytest.fixture
def two(world):
    """One who has earned an ask, and one who is unhappy."""
    happy, unhappy = earn(world, "Ada Kettle"), earn(world, "Bo Brass")
    Rating.objects.create(client=unhappy, on=world.today(), score=1)
    _decide(world, happy, unhappy)
    return happy, unhappy


def test_recovery_stands_before_the_ask(world, two):
    found = today_list()
    assert [item.move for item in found.items] == ["recover", "ask"]
    assert found.by_move == {"recover": 1, "ask": 1}
    assert found.items[1].explanation.evidence


def test_filters_narrow_the_list(world, two):
    happy, _ = two
    assert today_list(TodayFilter(move="ask")).items[0].client_id == happy.pk
    assert today_list(TodayFilter(code="unhappy")).total == 1
    assert today_list(TodayFilter(search="brass")).total == 1
    assert today_list(TodayFilter(team="North")).total == 2
    assert today_list(TodayFilter(team="South")).total == 0
    assert today_list(TodayFilter(member_id=world.members["agent"].pk)).total == 0


def test_waiting_clients_are_listed_only_when_asked_for(world):
    client = world.client("Ida", do_not_ask=True)
    _decide(world, client)
    moves = {item.move for item in today_list(TodayFilter(with_waiting=True)).items}
    quiet = {item.move for item in today_list().items}
    assert "wait" not in quiet
    assert moves >= quiet


def test_statements_do_not_grow_with_the_list(world, django_assert_num_queries):
    _decide(world, earn(world, "One"))
    days.today()  # read once in a scope
    with django_assert_num_queries(3):
        assert len(today_list().items) == 1
    _decide(world, *(earn(world, f"Client {n}") for n in range(20)))
    with django_assert_num_queries(3):
        assert len(today_list().items) == 21


def test_paging_stays_inside(world):
    _decide(world, *(earn(world, f"Client {n}") for n in range(5)))
    found = today_list(page=99, per_page=2)
    assert (found.page, found.pages, len(found.items)) == (3, 3, 1)


def test_a_snoozed_move_comes_back_on_its_day(world, two):
    happy, _ = two
    until = world.today() + dt.timedelta(days=7)
    services.snooze(by=world.by, client_id=happy.pk, move="ask", until=until, why="On holiday")
    assert today_list(TodayFilter(move="ask")).total == 0
    with pytest.raises(Invalid, match="still to come"):
        services.snooze(
            by=world.by, client_id=happy.pk, move="ask", until=world.today(), why="Later"
        )


def test_another_move_is_proposed_although_one_is_dismissed(world, two):
    happy, _ = two
    services.dismiss(by=world.by, client_id=happy.pk, move="ask", why="Not this quarter")
    assert today_list(TodayFilter(move="ask")).total == 0
    Rating.objects.create(client=happy, on=world.today(), score=0)
    _decide(world, happy)
    assert today_list(TodayFilter(move="recover")).total == 2


def test_answers_want_a_reason_and_a_move(world, two):
    happy, _ = two
    with pytest.raises(Invalid, match="Say why"):
        services.dismiss(by=world.by, client_id=happy.pk, move="ask", why=" ")
    with pytest.raises(Invalid, match="Choose one of"):
        services.dismiss(by=world.by, client_id=happy.pk, move="dance", why="Because")


def test_handing_over_changes_whose_list_it_is_on(world, two):
    happy, _ = two
    agent = world.members["agent"]
    services.hand_over(by=world.by, client_id=happy.pk, to_member_id=agent.pk, why="Nearer")
    settle_now()
    assert today_list(TodayFilter(member_id=agent.pk)).total == 1


def test_a_name_becomes_a_referral_and_thanks_owed(world, two):
    happy, _ = two
    ask = record_ask(by=world.by, client_id=happy.pk)
    services.answer_ask(by=world.by, ask_id=ask.pk, outcome="name", new_person="Cy Copper")
    assert ReferralReceived.objects.get().new_person == "Cy Copper"
    assert ThankYou.objects.get().client_id == happy.pk
    settle_now()
    assert today_list(TodayFilter(move="thank")).total == 1


def test_a_name_needs_a_name(world, two):
    happy, _ = two
    ask = record_ask(by=world.by, client_id=happy.pk)
    with pytest.raises(Invalid, match="Whose name"):
        services.answer_ask(by=world.by, ask_id=ask.pk, outcome="name")
    assert Ask.objects.get().outcome == ""


@pytest.fixture
def case(world):
    return Case.objects.create(
        client=earn(world), title="The login fails", opened_on=world.days_ago(2)
    )


def test_a_resolved_case_asks_for_confirmation_and_holds_the_words_ready(world, case):
    answer = moments.tell(by=world.by, ref=CaseRef(case_id=case.pk), what="resolved")
    assert not answer.verdict.decision.may_ask
    assert answer.verdict.decision.move == "confirm_resolution"
    assert answer.if_confirmed.may_ask
    assert answer.wording is not None
    assert answer.wording.steps[0].practice == "P12"
    assert " we " in answer.wording.text


def test_a_confirmed_case_opens_the_ask(world, case):
    answer = moments.tell(by=world.by, ref=CaseRef(case_id=case.pk), what="confirmed")
    assert answer.verdict.decision.may_ask
    assert "help" in answer.wording.text


def test_a_reopened_case_ends_the_ask(world, case):
    moments.tell(by=world.by, ref=CaseRef(case_id=case.pk), what="confirmed")
    ask = record_ask(by=world.by, client_id=case.client_id, case_id=case.pk)
    answer = moments.tell(by=world.by, ref=CaseRef(case_id=case.pk), what="reopened")
    assert answer.wording is None
    assert "case_open" in answer.verdict.decision.codes
    assert Ask.objects.get(pk=ask.pk).outcome == "not_asked"


def test_telling_the_same_again_changes_nothing(world, case):
    ref = CaseRef(case_id=case.pk)
    first = moments.tell(by=world.by, ref=ref, what="resolved").as_dict()
    assert moments.tell(by=world.by, ref=ref, what="resolved").as_dict() == first


def test_a_case_of_another_system_is_opened_once(world):
    client = earn(world)
    ref = CaseRef(client_id=client.pk, source="helpdesk", source_ref="77", title="Printer")
    moments.tell(by=world.by, ref=ref, what="resolved")
    moments.tell(by=world.by, ref=ref, what="confirmed")
    assert Case.objects.get().state == "confirmed"


def test_an_unknown_case_or_word_is_refused(world, case):
    with pytest.raises(NotFound):
        moments.tell(by=world.by, ref=CaseRef(case_id=10**9), what="resolved")
    with pytest.raises(Invalid, match="Choose one of"):
        moments.tell(by=world.by, ref=CaseRef(case_id=case.pk), what="exploded")
    with pytest.raises(NotFound, match="no such case"):
        moments.tell(
            by=world.by,
            ref=CaseRef(case_id=case.pk, client_id=world.client("Zoe").pk),
            what="resolved",
        )


def test_what_would_be_if_confirmed_is_what_then_is(world, case):
    """The decision shown ahead is the decision made: one rulebook, no second opinion."""
    ref = CaseRef(case_id=case.pk)
    ahead = moments.tell(by=world.by, ref=ref, what="resolved").if_confirmed
    moments.tell(by=world.by, ref=ref, what="confirmed")
    assert verdict_of(case.client_id).decision.as_dict() == ahead.as_dict()


def test_today_shows_what_gives_before_what_asks():
    """P28, among clients: the order of the list."""
    last_gift = max(ORDER.index(move) for move in GIVES)
    assert last_gift < min(ORDER.index(move) for move in ASKS)
