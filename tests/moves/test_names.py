"""No name of a key ring before it is earned, then two at most, and none again within the period."""

from __future__ import annotations

import datetime as dt

import pytest

from tests.asks.earned import earn
from warmhand.apps.asks.models import Ask
from warmhand.apps.asks.queries import verdict_of
from warmhand.apps.giving import services as giving
from warmhand.apps.journal import services as journal
from warmhand.apps.journal.queries import newest_about
from warmhand.apps.moves import moments, names, services
from warmhand.apps.moves.names import names_for, names_of_ask, record_ask
from warmhand.apps.people import services as people
from warmhand.apps.people.models import Client, KeyRingEntry
from warmhand.apps.policies.services import save_policy
from warmhand.apps.referrals import services as referrals
from warmhand.apps.work.models import Case, Commitment, Rating
from warmhand.problems import Problem


@pytest.fixture
def ada(world):
    return earn(world, company=world.company(sector="Foundry"))


@pytest.fixture
def key(world, ada):
    def add(name="Ines Marl", **values):
        values = {"company_name": "Marl Design", "closeness": 4, **values}
        return people.add_key(by=world.by, client_id=ada.pk, name=name, **values)

    return add


def offered(client, kind=""):
    return [each.name for each in names_for(verdict_of(client.pk), kind).offered]


def test_earned_and_known_well_is_held_up_as_a_question(world, ada, key):
    key(relation="worked together for years")
    found = names_for(verdict_of(ada.pk))
    assert [each.name for each in found.offered] == ["Ines Marl"]
    assert found.question.startswith("Might Ines Marl at Marl Design be somebody whom we could ")
    assert "worked together for years" in found.reasons[0]["because"]
    assert found.why_nobody == ""


def test_the_question_is_in_the_client_s_language(world, ada, key):
    key()
    people.change_client(by=world.by, client_id=ada.pk, language="de")
    assert "Könnte Ines Marl bei Marl Design" in names_for(verdict_of(ada.pk)).question


def test_nothing_while_the_standing_says_not_yet(world, ada, key):
    key()
    Rating.objects.create(client=ada, on=world.today(), score=2)
    assert offered(ada) == []
    assert names_for(verdict_of(ada.pk)).why_nobody == (
        "No name is held up before the ask is earned."
    )


def test_nothing_where_another_move_is_more_comfortable(world, ada, key):
    from warmhand.apps.offers.models import Offer

    key()
    Offer.objects.create(title="A free review")
    verdict = verdict_of(ada.pk)
    assert verdict.decision.may_ask
    assert names_for(verdict).offered == ()


def test_two_at_most_the_nearest_first(world, ada, key):
    for name, closeness in (("Far", 4), ("Near", 5), ("Alike", 5)):
        key(name, closeness=closeness, position="Roof builder" if name == "Alike" else "")
    assert offered(ada) == ["Alike", "Near"]


def test_inside_for_a_co_worker_outside_for_others_nobody_for_more_business(world, ada, key):
    key("Out Side")
    key("In Side", inside=True)
    key("By Name", company_name="Kettle and Sons Ltd")
    assert offered(ada, "ask") == ["Out Side"]
    assert offered(ada, "ask_coworker") == ["By Name", "In Side"]
    assert offered(ada, "ask_more") == []
    assert "More business" in names_for(verdict_of(ada.pk), "ask_more").why_nobody


def test_a_company_of_the_same_trade_fits_without_closeness(world, ada, key):
    world.company("Marl Foundry", sector="foundry")
    key(closeness=None, company_name="Marl Foundry")
    assert "same trade (foundry)" in names_for(verdict_of(ada.pk)).reasons[0]["because"]


def test_words_in_common_with_what_was_delivered_fit(world, ada, key):
    Commitment.objects.filter(client=ada).update(target="Forty pallets of slate")
    key(closeness=None, position="Pallet trade")
    assert "pallet" in names_for(verdict_of(ada.pk)).reasons[0]["because"]


def test_whoever_is_a_client_of_ours_or_was_referred_is_left_out(world, ada, key):
    key("Bo Li")
    key("Finn Holm")
    key("Gone Girl")
    world.client("LI, Bo".replace(",", ""))
    other = world.client("Zoe")
    referrals.receive_referral(
        by=world.by, client_id=other.pk, new_person="Finn Holm of Holm Joinery"
    )
    assert offered(ada) == ["Gone Girl"]


def test_a_no_to_contact_counts_from_whatever_ring_it_was_said(world, ada, key):
    one = key()
    other = world.client("Zoe")
    theirs = people.add_key(by=world.by, client_id=other.pk, name="Marl Ines")
    people.decline_key(by=world.by, key_id=theirs.pk)
    assert offered(ada) == []
    assert "wanting no contact" in names_for(verdict_of(ada.pk)).why_nobody
    assert one.declined_on is None


def test_an_empty_ring_and_one_where_nothing_fits_say_so(world, ada, key):
    assert names_for(verdict_of(ada.pk)).why_nobody == "Nobody is on their key ring yet."
    key(closeness=None)
    assert "1 of whom we know neither" in names_for(verdict_of(ada.pk)).why_nobody


def test_an_ask_keeps_the_names_it_held_up_for_its_words(world, ada, key):
    key("Ines Marl", closeness=5)
    key("Bo Li")
    key("Cy Day")
    ask = record_ask(by=world.by, client_id=ada.pk)
    assert {each.name for each in names_of_ask(ask).offered} == {"Ines Marl", "Bo Li"}
    assert "Ines Marl" in names_of_ask(ask).question
    assert offered(ada) == [], "the ask is open now"


def ask_again_at_once(world, client):
    """The rest is lifted by hand, so that only the names' own rest holds."""
    from warmhand.apps.asks.services import override

    until = world.today() + dt.timedelta(days=9)
    override(by=world.by, client_id=client.pk, code="asked_recently", until=until, why="Try.")


def test_a_name_is_not_held_up_again_within_the_period(world, ada, key):
    for name in ("A", "B", "C"):
        key(name)
    ask = record_ask(by=world.by, client_id=ada.pk)
    services.answer_ask(by=world.by, ask_id=ask.pk, outcome="will_introduce")
    ask_again_at_once(world, ada)
    assert offered(ada) == ["C"]
    KeyRingEntry.objects.filter(named_in=ask.pk).update(named_on=world.days_ago(366))
    assert offered(ada) == ["A", "B"]


def test_an_ask_that_was_not_asked_after_all_named_nobody(world, ada, key):
    key()
    ask = record_ask(by=world.by, client_id=ada.pk)
    services.answer_ask(by=world.by, ask_id=ask.pk, outcome="not_asked", words="They had to go.")
    assert offered(ada) == ["Ines Marl"]


def test_undoing_the_ask_frees_its_names(world, ada, key):
    key()
    ask = record_ask(by=world.by, client_id=ada.pk)
    journal.undo(by=world.by, entry_id=newest_about(ask).pk)
    assert Ask.objects.count() == 0
    assert KeyRingEntry.objects.get().named_on is None
    assert offered(ada) == ["Ines Marl"]


def test_a_refused_ask_names_nobody(world, ada, key):
    key()
    Rating.objects.create(client=ada, on=world.today(), score=2)
    with pytest.raises(Problem):
        record_ask(by=world.by, client_id=ada.pk)
    assert KeyRingEntry.objects.get().named_on is None


def test_an_ask_of_another_kind_takes_its_own_side(world, ada, key):
    key("Out Side")
    key("In Side", inside=True)
    ask = record_ask(by=world.by, client_id=ada.pk, kind="ask_coworker")
    assert [each.name for each in names_of_ask(ask).offered] == ["In Side"]


def test_the_moment_holds_names_up_only_once_they_have_said_yes(world, ada, key):
    key()
    case = Case.objects.create(
        client=ada, title="Leak", opened_on=world.days_ago(3), resolved_on=world.days_ago(1)
    )
    before = moments.moment_of(case.pk, "resolved")
    assert before.if_confirmed.may_ask
    assert before.wording is not None
    assert "Ines" not in str(before.as_dict())
    told = moments.tell(by=world.by, ref=moments.CaseRef(case_id=case.pk), what="confirmed")
    assert [step.practice for step in told.wording.steps][-2:] == ["P1", "P18"]
    assert "Might Ines Marl at Marl Design" in told.wording.text


def test_the_number_of_questions_to_the_database_is_bounded(
    world, ada, key, django_assert_max_num_queries
):
    for number in range(40):
        key(f"Key {number}")
    giving.do_favour(by=world.by, client_id=ada.pk, what="Lunch")
    save_policy(by=world.by, values={}, why="Same.")
    verdict = verdict_of(ada.pk)
    with django_assert_max_num_queries(9):
        assert len(names_for(verdict).offered) == 2


def test_only_what_shares_a_word_with_the_ring_is_read(world, ada, key):
    """Of 20,000 clients; and whoever is a client, in whatever order of the parts, is found."""
    Client.objects.bulk_create(
        (Client(workspace=world.workspace, name=f"Person Number{n}") for n in range(20_000)),
        batch_size=5_000,
    )
    world.client("STRASSER Ines")
    rows = [key("Ines Straßer"), key("Finn Holm")]
    others = names._Others.load(rows)
    assert others.clients == {"ines strasser"}
