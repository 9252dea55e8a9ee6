"""Favours and needs out of a file: read, refused, undone."""

from __future__ import annotations

import pytest

from tests.people.importing.importing_help import counts, run, table
from warmhand.apps.giving.forgetting import forget_need
from warmhand.apps.giving.models import Favour, Need
from warmhand.apps.giving.services import do_favour, note_need
from warmhand.apps.island.scoped import FORGOTTEN
from warmhand.apps.journal.queries import newest_about
from warmhand.apps.journal.services import undo
from warmhand.apps.people.importing.queries import refused_csv
from warmhand.apps.people.models import ImportOrigin

FAVOURS = """client,what,kind,done on,promised on,minutes,outcome,done by,price
Ada Kettle,Found a notary,professional,2026-03-02,,30,Signed,Agent Colleague,0
Ada Kettle,Lift to the station,personal,,2026-03-04,,,,
Ada Kettle,Moved her shelves,personal,2026-03-05,,60,,,120 EUR
Ada Kettle,We charged them 50 euros,professional,2026-03-05,,10,,,
Ada Kettle,No day at all,personal,,,10,,,
"""
NEEDS = """client,words,urgency,may pass on,noted on,met on
Ada Kettle,A mover,now,yes,2026-02-01,
Ada Kettle,A school,some day,no,2026-02-02,2026-03-01
Ada Kettle,A printer,,,2026-02-03,
Ada Kettle,A tutor,now,,2026-02-03,2026-02-01
"""

FOR_OTHERS = """client,words,for somebody they know
Ada Kettle,A flat for my sister +49 30 5505512,yes
Ada Kettle,A mover,no
Ada Kettle,A printer,
"""


TOLD_BEFORE = """client,id,words,for somebody they know
Ada Kettle,N1,A flat for my sister,yes
"""


@pytest.fixture
def ada(world):
    return world.client()


def test_favours_come_by_whom_and_a_price_is_refused_with_what_to_do(world, ada, tmp_path):
    done = run(world, table(tmp_path, "favours.csv", FAVOURS))
    assert counts(done) == (5, 2, 0, 0, 3)
    notary = Favour.objects.get(what="Found a notary")
    assert notary.member == world.members["agent"]
    assert (notary.minutes, notary.outcome) == (30, "Signed")
    assert Favour.objects.get(kind="personal").done_on is None
    told = refused_csv(done.pk)
    assert told.count("favour_has_price") == 2
    assert told.count("Import what is paid for as commitments") == 2
    undo(by=world.by, entry_id=newest_about(notary).pk)
    assert not Favour.objects.filter(pk=notary.pk).exists()


def test_needs_come_with_what_the_client_said(world, ada, tmp_path):
    done = run(world, table(tmp_path, "needs.csv", NEEDS))
    assert counts(done) == (4, 3, 0, 0, 1)
    found = {need.words: need for need in Need.objects.all()}
    assert (found["A mover"].may_pass_on, found["A mover"].urgency) == (True, "now")
    assert found["A mover"].asked_on == found["A mover"].noted_on
    assert (found["A school"].may_pass_on, found["A school"].urgency) == (False, "some_day")
    assert found["A printer"].may_pass_on is None
    assert found["A printer"].asked_on is None
    assert counts(run(world, table(tmp_path, "needs.csv", NEEDS))) == (4, 0, 0, 3, 1)


def test_needs_told_for_somebody_else_come_with_their_mark_and_without_numbers(
    world, ada, tmp_path
):
    done = run(world, table(tmp_path, "needs.csv", FOR_OTHERS))
    assert counts(done) == (3, 3, 0, 0, 0)
    marked = Need.objects.get(for_other=True)
    assert marked.words == "A flat for my sister"


def test_a_need_marked_already_takes_no_number_from_a_file_that_has_no_such_column(
    world, ada, tmp_path
):
    run(world, table(tmp_path, "needs.csv", TOLD_BEFORE))
    later = "client,id,words\nAda Kettle,N1,A big flat for my sister +49 30 5505512\n"
    run(world, table(tmp_path, "needs.csv", later))
    need = Need.objects.get()
    assert (need.for_other, need.words) == (True, "A big flat for my sister")


def test_a_no_takes_the_mark_of_an_import_off_again(world, ada, tmp_path):
    run(world, table(tmp_path, "needs.csv", TOLD_BEFORE))
    run(world, table(tmp_path, "needs.csv", TOLD_BEFORE.replace("yes", "no")))
    assert not Need.objects.get().for_other


def test_nothing_of_a_forgotten_need_is_left_with_its_import(world, ada, tmp_path):
    run(world, table(tmp_path, "needs.csv", TOLD_BEFORE))
    need = Need.objects.get()
    favours = "client,id,what,done on\nAda Kettle,F1,Rang for a flat for my sister,2026-03-02\n"
    run(world, table(tmp_path, "favours.csv", favours))
    Favour.objects.update(need=need)
    remembered = ImportOrigin.objects.filter(kind__in=("needs", "favours"))
    assert sum("my sister" in str(each.seen) for each in remembered) == 2  # the control
    forget_need(by=world.by, need_id=need.pk)
    assert [each.seen for each in remembered.all()] == [{}, {}]
    for text in (TOLD_BEFORE, TOLD_BEFORE.replace("A flat", "A big flat")):
        run(world, table(tmp_path, "needs.csv", text))
        assert "sister" not in str([each.seen for each in remembered.filter(kind="needs")])
    assert not Need.objects.exists()


@pytest.mark.parametrize(
    ("outcome", "left"), [("ok", ""), ("", ""), ("She found a flat", FORGOTTEN)]
)
def test_an_outcome_that_told_nothing_tells_nothing_when_it_is_forgotten(world, ada, outcome, left):
    need = note_need(by=world.by, client_id=ada.pk, words="A flat", for_other=True)
    favour = do_favour(by=world.by, client_id=ada.pk, what="Rang", outcome=outcome, need_id=need.pk)
    forget_need(by=world.by, need_id=need.pk)
    assert Favour.objects.get(pk=favour.pk).outcome == left
