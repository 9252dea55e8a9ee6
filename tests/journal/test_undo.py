"""Every kind of record can be made, changed, removed, and each of these undone."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest

from tests.world import World
from warmhand.apps.accounts import services as accounts
from warmhand.apps.giving import services as giving
from warmhand.apps.gratitude import services as gratitude
from warmhand.apps.island.scoped import Record
from warmhand.apps.journal import services as journal
from warmhand.apps.journal.models import Entry
from warmhand.apps.offers import services as offers
from warmhand.apps.people import services as people
from warmhand.apps.referrals import services as referrals
from warmhand.apps.work import services as work
from warmhand.problems import Conflict, Invalid, NotFound

Make = Callable[[World, int], Record]

MAKERS: dict[str, tuple[Make, dict[str, Any]]] = {
    "client": (lambda w, c: people.add_client(by=w.by, name="Ida Quill"), {"job_title": "Buyer"}),
    "company": (lambda w, c: people.add_company(by=w.by, name="Quill"), {"sector": "Paper"}),
    "contact": (
        lambda w, c: people.add_contact_point(
            by=w.by, client_id=c, kind="email", value="ida@quill.example"
        ),
        {"label": "work"},
    ),
    "key": (lambda w, c: people.add_key(by=w.by, client_id=c, name="Bo"), {"closeness": 4}),
    "commitment": (
        lambda w, c: work.agree_commitment(by=w.by, client_id=c, title="Audit", value=10),
        {"target": "by May"},
    ),
    "case": (
        lambda w, c: work.open_case(by=w.by, client_id=c, title="No heat", on=w.days_ago(3)),
        {"title": "Cold"},
    ),
    "rating": (lambda w, c: work.rate(by=w.by, client_id=c, score=9), {"score": 8}),
    "survey": (
        lambda w, c: work.record_survey(by=w.by, client_id=c, would_introduce=3),
        {"would_introduce": 7},
    ),
    "review": (
        lambda w, c: work.plan_review(by=w.by, client_id=c, on=w.today()),
        {"words": "by phone"},
    ),
    "favour": (lambda w, c: giving.do_favour(by=w.by, client_id=c, what="A lift"), {"minutes": 5}),
    "need": (lambda w, c: giving.note_need(by=w.by, client_id=c, words="Movers"), {"for_us": True}),
    "given": (
        lambda w, c: giving.give_referral(by=w.by, client_id=c, provider="Movers Ltd"),
        {"why_confident": "They moved us"},
    ),
    "offer": (lambda w, c: offers.make_offer(by=w.by, title="A free check"), {"active": False}),
    "thanks": (
        lambda w, c: gratitude.owe_thanks(by=w.by, client_id=c, words="for the lunch"),
        {"how": "a card"},
    ),
    "member": (
        lambda w, c: accounts.add_member(by=w.by, name="Pia", role="agent"),
        {"team": "South"},
    ),
    "referral": (
        lambda w, c: referrals.receive_referral(by=w.by, client_id=c, new_person="Bo"),
        {"words": "met at a fair"},
    ),
}


@pytest.fixture
def made(request, world):
    make, change = MAKERS[request.param]
    return make(world, world.client().pk), change


def latest(record: Record, verb: str) -> Entry:
    about = Entry.objects.filter(object_type=record._meta.label, object_id=record.pk, verb=verb)
    return about.order_by("-pk")[0]


def stands(record: Record) -> bool:
    return type(record).objects.filter(pk=record.pk).exists()


every_kind = pytest.mark.parametrize("made", list(MAKERS), indirect=True)


@every_kind
def test_making_is_undone(made, world):
    record, _ = made
    journal.undo(by=world.by, entry_id=latest(record, "created").pk)
    assert not stands(record)


@every_kind
def test_a_change_is_undone_and_nothing_else(made, world):
    record, values = made
    before = journal.snapshot(type(record).objects.get(pk=record.pk))
    journal.change(record, by=world.by, sentence="Changed.", **values)
    assert journal.snapshot(type(record).objects.get(pk=record.pk)) != before
    journal.undo(by=world.by, entry_id=latest(record, "changed").pk)
    assert journal.snapshot(type(record).objects.get(pk=record.pk)) == before


@every_kind
def test_a_removal_is_undone(made, world):
    record, _ = made
    journal.remove(record, by=world.by, sentence="Removed.")
    assert not stands(record)
    journal.undo(by=world.by, entry_id=latest(record, "removed").pk)
    assert stands(record)


@every_kind
def test_making_is_not_undone_when_changed_since(made, world):
    record, values = made
    journal.change(record, by=world.by, sentence="Changed.", **values)
    with pytest.raises(Conflict) as refused:
        journal.undo(by=world.by, entry_id=latest(record, "created").pk)
    assert refused.value.code == "changed_since"
    assert stands(record)


def test_a_change_is_not_undone_when_changed_since(world):
    client = people.add_client(by=world.by, name="Ida")
    people.change_client(by=world.by, client_id=client.pk, job_title="Buyer")
    first = latest(client, "changed")
    people.change_client(by=world.by, client_id=client.pk, job_title="Head of buying")
    with pytest.raises(Conflict, match="changed again"):
        journal.undo(by=world.by, entry_id=first.pk)
    journal.undo(by=world.by, entry_id=latest(client, "changed").pk)
    journal.undo(by=world.by, entry_id=first.pk)
    client.refresh_from_db()
    assert client.job_title == ""


def test_nothing_is_undone_twice_and_an_undo_is_not_undone(world):
    client = people.add_client(by=world.by, name="Ida")
    entry = latest(client, "created")
    undone = journal.undo(by=world.by, entry_id=entry.pk)
    with pytest.raises(Conflict, match="undone already"):
        journal.undo(by=world.by, entry_id=entry.pk)
    with pytest.raises(Invalid, match="can't be undone"):
        journal.undo(by=world.by, entry_id=undone.pk)
    with pytest.raises(NotFound):
        journal.undo(by=world.by, entry_id=10**12)


def test_consent_is_never_undone(world):
    client = world.client()
    given = people.give_consent(by=world.by, client_id=client.pk, words="Sure, ask me")
    with pytest.raises(Invalid):
        journal.undo(by=world.by, entry_id=latest(given, "gave_consent").pk)  # type: ignore[arg-type]


def test_an_undo_that_would_break_a_rule_is_refused(world):
    case = work.open_case(
        by=world.by, client_id=world.client().pk, title="No heat", on=world.days_ago(9)
    )
    work.change_case(by=world.by, case_id=case.pk, opened_on=world.days_ago(20))
    moved = latest(case, "changed")
    work.resolve_case(by=world.by, case_id=case.pk, on=world.days_ago(15))
    with pytest.raises(Conflict) as refused:
        journal.undo(by=world.by, entry_id=moved.pk)
    assert refused.value.code == "stands_in_the_way"


def test_every_write_has_one_entry_with_who_and_why(world):
    client = world.client()
    before = Entry.objects.count()
    people.hand_over_client(
        by=world.by, client_id=client.pk, keeper_id=world.members["agent"].pk, why="On leave"
    )
    (entry,) = Entry.objects.order_by("-pk")[: Entry.objects.count() - before]
    assert (entry.by_name, entry.via, entry.why) == (world.by.name, "web", "On leave")
    assert entry.changes == {
        "keeper": [world.members["account_manager"].pk, world.members["agent"].pk]
    }


def test_saying_the_same_again_writes_nothing(world):
    client = world.client(job_title="Buyer")
    before = Entry.objects.count()
    people.change_client(by=world.by, client_id=client.pk, job_title="Buyer")
    assert Entry.objects.count() == before


@pytest.mark.parametrize("text", ["with\x00nul", "half \ud83d of a pair"])
def test_text_that_cannot_be_kept_is_refused_with_its_place(world, text):
    with pytest.raises(Invalid) as refused:
        people.add_client(by=world.by, name=text)
    assert refused.value.places[0].field == "name"
    with pytest.raises(Invalid):
        people.remove_client(by=world.by, client_id=world.client().pk, why=text)


def test_both_companies_are_touched_when_a_client_moves_and_moves_back(world, monkeypatch):
    touched: list[int | None] = []
    here, there = world.company("Here"), world.company("There")
    client = world.client(company=here)
    monkeypatch.setattr(
        journal, "touch", lambda *, company_id=None, **_: touched.append(company_id)
    )
    people.change_client(by=world.by, client_id=client.pk, company_id=there.pk)
    assert {here.pk, there.pk} <= set(touched)
    touched.clear()
    journal.undo(by=world.by, entry_id=latest(client, "changed").pk)
    assert {here.pk, there.pk} <= set(touched)


def test_day_of_entry_is_kept_by_the_database(world):
    client = people.add_client(by=world.by, name="Ida")
    at = latest(client, "created").at
    assert abs(at - dt.datetime.now(dt.UTC)) < dt.timedelta(minutes=5)


def test_what_was_done_in_one_act_is_undone_together(world):
    client = world.client()
    survey = work.record_survey(by=world.by, client_id=client.pk, satisfied=9, would_introduce=3)
    rating = client.ratings.get()
    with pytest.raises(Invalid) as refused:
        journal.undo(by=world.by, entry_id=latest(rating, "created").pk)
    assert refused.value.code == "part_of_an_act"
    journal.undo(by=world.by, entry_id=latest(survey, "created").pk)
    assert not stands(survey)
    assert not stands(rating)


def test_an_act_is_undone_whole_or_not_at_all(world):
    client = world.client()
    referral = referrals.receive_referral(by=world.by, client_id=client.pk, new_person="Bo")
    thanks = client.thank_yous.get()
    gratitude.give_thanks(by=world.by, thank_you_id=thanks.pk, how="a call")
    with pytest.raises(Conflict):
        journal.undo(by=world.by, entry_id=latest(referral, "created").pk)
    assert stands(referral)
    assert stands(thanks)


def test_a_removed_referral_takes_the_thanks_owed_with_it_and_back(world):
    client = world.client()
    referral = referrals.receive_referral(by=world.by, client_id=client.pk, new_person="Bo")
    referrals.remove_referral(by=world.by, referral_id=referral.pk, why="Entered twice")
    assert not client.thank_yous.exists()
    journal.undo(by=world.by, entry_id=latest(referral, "removed").pk)
    assert stands(referral)
    assert client.thank_yous.count() == 1
