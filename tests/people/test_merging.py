"""Duplicates are proposed with evidence; a merge moves everything and its undo restores it."""

import datetime as dt

import pytest
from django.apps import apps
from django.db import ProgrammingError, transaction

from warmhand.apps.asks.models import Ask
from warmhand.apps.island.scoped import Scoped
from warmhand.apps.journal import services as journal
from warmhand.apps.journal.models import Entry
from warmhand.apps.people import merging
from warmhand.apps.people.models import (
    Client,
    Consent,
    ContactPoint,
    DuplicatePair,
    ImportOrigin,
    KeyRingEntry,
)
from warmhand.apps.people.queries import client_overview
from warmhand.apps.work.models import Case, Commitment
from warmhand.problems import Conflict, Invalid, NotFound

DAY = dt.date(2026, 5, 4)


def point(client, value, kind="email", primary=True):
    return ContactPoint.objects.create(client=client, kind=kind, value=value, is_primary=primary)


def pairs():
    return [
        (pair.first.name, pair.second.name, pair.score) for pair in merging.open_pairs()
    ]  # fmt: skip


def test_the_same_address_is_proposed_with_its_evidence(world):
    first, second = world.client("Ada Kettle"), world.client("A. Kettle")
    point(first, "ada@kettle.example")
    point(second, "ada@kettle.example")
    assert merging.propose_duplicates(by=world.by) == 1
    (pair,) = merging.open_pairs()
    assert (pair.first, pair.second, pair.score) == (first, second, 90)
    assert pair.evidence == ["Both have the email ada@kettle.example."]


def test_signs_add_up(world):
    company = world.company()
    first = world.client("Ada Kettle", company=company)
    second = world.client("Ada Kettel", company=company)
    point(first, "+4930123456", "phone")
    point(second, "+4930123456", "phone")
    merging.propose_duplicates(by=world.by)
    (pair,) = merging.open_pairs()
    assert pair.score > 80
    assert len(pair.evidence) == 2


def test_a_similar_name_counts_only_at_a_similar_company(world):
    one = world.company("Kettle & Sons GmbH")
    same, other = world.company("Kettle and Sons"), world.company("Harbour Ltd")
    world.client("Ada Kettle", company=one)
    world.client("Kettle, Ada", company=same)
    world.client("Ada Kettle", company=other)
    world.client("Bo Li", company=one)
    world.client("Ada Kettle")
    merging.propose_duplicates(by=world.by)
    assert [pair[:2] for pair in pairs()] == [("Ada Kettle", "Kettle, Ada")]


def test_a_shared_desk_scores_less_and_a_switchboard_tells_nobody_apart(world):
    people = [world.client(name) for name in ("Ada Kettle", "Zoltan Quirk")]
    for person in people:
        point(person, "+4930123456", "phone")
    merging.propose_duplicates(by=world.by)
    assert pairs()[0][2] < 50
    for number in range(9):
        point(world.client(f"Person {number * 7919}"), "+49309999999", "phone")
    assert merging.propose_duplicates(by=world.by) == 0


def test_what_was_decided_is_remembered(world):
    for name in ("Ada Kettle", "Ada B. Kettle"):
        point(world.client(name), "ada@kettle.example")
    merging.propose_duplicates(by=world.by)
    (pair,) = merging.open_pairs()
    merging.keep_apart(by=world.by, pair_id=pair.pk)
    assert merging.propose_duplicates(by=world.by) == 0
    assert not merging.open_pairs()
    assert Entry.objects.filter(sentence="Ada Kettle and Ada B. Kettle are two people.").exists()


def test_large_blocks_are_compared_with_their_neighbours_only(world, monkeypatch):
    monkeypatch.setattr(merging, "WHOLE_BLOCK", 10)
    monkeypatch.setattr(merging, "WINDOW", 3)
    company = world.company()
    names = [f"{a}{b} Person" for a in "ABCDEFGH" for b in "uvwxyz"]
    for name in [*names, "Au Persona"]:
        world.client(name, company=company)
    compared = []
    monkeypatch.setattr(merging, "_alike", lambda one, other: compared.append((one, other)))
    merging.propose_duplicates(by=world.by)
    assert len(compared) <= 3 * 49


def state_of_everything():
    """Every row of the workspace that a merge may touch, as it stands."""
    labels = {"journal.Entry", "people.Merge", "asks.Standing"}
    models = [m for m in apps.get_models() if issubclass(m, Scoped) and m._meta.label not in labels]
    return {
        model._meta.label: sorted(
            map(str, getattr(model, "all_objects", model.objects).values_list())
        )
        for model in models
    }


@pytest.fixture
def two(world):
    """Two clients, the second with a record of many kinds and what the first lacks."""
    kept = world.client("Ada Kettle", keeper=None)
    gone = world.client("Ada B. Kettle", company=world.company(), job_title="Head of Ropes")
    point(kept, "ada@kettle.example")
    point(gone, "ada@kettle.example")
    point(gone, "ada@home.example")
    point(gone, "+4930123456", "phone")
    Consent.objects.create(client=gone, given=True, on=DAY, words="Gladly.")
    KeyRingEntry.objects.create(client=gone, name="Bo Li")
    Commitment.objects.create(client=gone, title="Ropes", agreed_on=DAY)
    removed = Case.objects.create(client=gone, title="Frayed", opened_on=DAY)
    Case.objects.filter(pk=removed.pk).update(removed_at="2026-05-05T00:00Z")
    ImportOrigin.objects.create(source="x", kind="clients", source_ref="7", object_id=gone.pk)
    merging.propose_duplicates(by=world.by)
    return kept, gone


def test_a_merge_moves_everything_and_fills_what_is_missing(world, two):
    kept, gone = two
    merging.merge_clients(by=world.by, kept_id=kept.pk, gone_id=gone.pk)
    kept = Client.objects.get(pk=kept.pk)
    assert not Client.objects.filter(pk=gone.pk).exists()
    assert (kept.name, kept.job_title, kept.keeper) == ("Ada Kettle", "Head of Ropes", gone.keeper)
    assert kept.company == gone.company
    assert sorted(kept.contact_points.values_list("value", "is_primary")) == [
        ("+4930123456", True), ("ada@home.example", False), ("ada@kettle.example", True),
    ]  # fmt: skip
    assert [c.words for c in kept.consents.all()] == ["Gladly."]
    assert kept.commitments.count() == kept.key_ring.count() == 1
    assert Case.all_objects.get().client == kept
    assert ImportOrigin.objects.get().object_id == kept.pk
    assert DuplicatePair.objects.get().state == "merged"
    verbs = Entry.objects.filter(verb="merged").values_list("client_id", flat=True)
    assert set(verbs) == {kept.pk, gone.pk}


def test_undoing_a_merge_restores_exactly_what_was(world, two):
    before = state_of_everything()
    kept, gone = two
    merge = merging.merge_clients(by=world.by, kept_id=kept.pk, gone_id=gone.pk)
    assert state_of_everything() != before
    merging.undo_merge(by=world.by, merge_id=merge.pk)
    assert state_of_everything() == before
    with pytest.raises(Conflict):
        merging.undo_merge(by=world.by, merge_id=merge.pk)


def test_what_came_after_the_merge_stays_with_the_kept_client(world, two):
    kept, gone = two
    merge = merging.merge_clients(by=world.by, kept_id=kept.pk, gone_id=gone.pk)
    Commitment.objects.create(client=kept, title="Later", agreed_on=DAY)
    Client.objects.filter(pk=kept.pk).update(job_title="Head of Knots")
    merging.undo_merge(by=world.by, merge_id=merge.pk)
    assert [c.title for c in Commitment.objects.filter(client=kept)] == ["Later"]
    kept.refresh_from_db()
    assert (kept.job_title, kept.company) == ("Head of Knots", None)


def test_a_wish_not_to_be_asked_survives_the_merge(world):
    kept = world.client("Ada Kettle")
    gone = world.client("A. Kettle", do_not_ask=True, do_not_ask_why="Said so.")
    merging.merge_clients(by=world.by, kept_id=kept.pk, gone_id=gone.pk)
    kept.refresh_from_db()
    assert (kept.do_not_ask, kept.do_not_ask_why) == (True, "Said so.")


def test_two_open_asks_cannot_become_one_clients(world):
    clients = [world.client(name) for name in ("Ada Kettle", "A. Kettle")]
    for client in clients:
        Ask.objects.create(client=client, asked_on=DAY, asked_at="2026-05-04T10:00Z")
    with pytest.raises(Conflict) as caught:
        merging.merge_clients(by=world.by, kept_id=clients[0].pk, gone_id=clients[1].pk)
    assert caught.value.code == "merge_collides"
    assert Client.objects.filter(pk=clients[1].pk).exists()


def test_nobody_is_merged_with_themselves_or_with_nobody(world):
    client = world.client()
    with pytest.raises(Invalid):
        merging.merge_clients(by=world.by, kept_id=client.pk, gone_id=client.pk)
    with pytest.raises(NotFound):
        merging.merge_clients(by=world.by, kept_id=client.pk, gone_id=client.pk + 99)


def test_a_consent_can_move_but_not_change(world):
    """The database lets the application say whose a consent is, never what was said."""
    consent = Consent.objects.create(client=world.client(), given=True, on=DAY)
    other = world.client("Bo Li")
    assert Consent.objects.filter(pk=consent.pk).update(client_id=other.pk) == 1
    for change in ({"given": False}, {"on": DAY}, {"words": "No."}):
        with pytest.raises(ProgrammingError), transaction.atomic():
            Consent.objects.filter(pk=consent.pk).update(**change)


def test_the_time_line_of_who_was_merged_goes_on(world, two):
    kept, gone = two
    journal.change(gone, by=world.by, sentence="Became head of ropes.", job_title="Head")
    merge = merging.merge_clients(by=world.by, kept_id=kept.pk, gone_id=gone.pk)
    told = [entry.sentence for entry in client_overview(kept.pk).entries]
    assert "Became head of ropes." in told
    merging.undo_merge(by=world.by, merge_id=merge.pk)
    told = [entry.sentence for entry in client_overview(kept.pk).entries]
    assert "Became head of ropes." not in told
