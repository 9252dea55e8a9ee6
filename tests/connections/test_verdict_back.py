"""The verdict goes back: told once at each turn, in the change's own transaction."""

from __future__ import annotations

import datetime as dt
from html import unescape
from urllib.parse import urlsplit

import pytest
from django.db import transaction
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from tests.connections.stubs import SPECS, stub_of
from tests.heart_world import earned
from warmhand.apps.asks import services as asks
from warmhand.apps.connections import writing
from warmhand.apps.connections.models import Connection, Ticket, TicketVerdict
from warmhand.apps.connections.queue import NOTE_TASK
from warmhand.apps.connections.vault import seal
from warmhand.apps.island.scope import workspace_scope
from warmhand.apps.journal.models import Entry
from warmhand.apps.moves import moments
from warmhand.apps.moves.moments import CaseRef
from warmhand.apps.people.models import ContactPoint
from warmhand.apps.work import services as work
from warmhand.apps.work.models import Case, Rating
from warmhand.problems import Conflict, NotFound

Note = TicketVerdict.Note
PRIVATE = "PLANTED-SECRET"


class Scene:
    """A client who has earned an ask, and their ticket at a helpdesk that takes notes."""

    def __init__(self, world, **values):
        self.world = world
        values = {"peer": "zendesk", "api_base": "https://desk.example", **values}
        with workspace_scope(world.workspace.pk):
            self.client = earned(world, "Ada Kettle", world.company())
            self.connection = Connection.objects.create(
                name="Our desk",
                address="an-address",
                sealed_api_token=seal("k3y"),
                write_notes=True,
                api_user="agent@desk.example",
                **values,
            )
            self.case = work.open_case(
                by=world.by,
                client_id=self.client.pk,
                title="Labels came out blank",
                source=self.connection.source,
                source_ref="35436",
            )
            self.ticket = Ticket.objects.create(
                connection=self.connection, ref="35436", case=self.case
            )

    def tell(self, what):
        with workspace_scope(self.world.workspace.pk):
            ref = CaseRef(case_id=self.case.pk)
            moments.tell(by=self.world.actor("agent"), ref=ref, what=what)

    def turns(self):
        with workspace_scope(self.world.workspace.pk):
            return [(v.turn, v.note) for v in TicketVerdict.objects.order_by("pk")]

    def newest(self):
        with workspace_scope(self.world.workspace.pk):
            return TicketVerdict.objects.select_related("ticket__connection", "case").first()

    def jobs(self):
        found = ProcrastinateJob.objects.filter(task_name=NOTE_TASK, status="todo")
        return list(found.order_by("id").values("args", "scheduled_at"))

    def work_off(self):
        """Do what the worker would with every job that is there now."""
        for job in self.jobs():
            writing.write_note(**job["args"])

    def change(self, **values):
        with workspace_scope(self.world.workspace.pk):
            Connection.objects.filter(pk=self.connection.pk).update(**values)


@pytest.fixture
def scene(closed_world, settings):
    settings.PRIVATE_HELPDESKS = frozenset()
    return Scene(closed_world)


@pytest.fixture
def stubbed(scene, settings):
    with stub_of("zendesk") as stub:
        scene.change(api_base=stub.url)
        settings.PRIVATE_HELPDESKS = frozenset({urlsplit(stub.url).netloc})
        yield stub


# When it is told


def test_a_solved_ticket_is_told_once_with_a_job_of_its_own(scene):
    scene.tell("resolved")
    scene.tell("resolved")
    assert scene.turns() == [("resolved.0.ask", Note.WAITING)]
    assert len(scene.jobs()) == 1
    verdict = scene.newest()
    assert verdict.word == "Confirm, then ask"
    assert "confirm that your concern 'Labels came out blank' is resolved" in verdict.said["say"][0]


def test_each_turn_is_told_and_solved_again_is_a_turn_of_its_own(scene):
    for what in ("resolved", "reopened", "resolved", "confirmed"):
        scene.tell(what)
    assert [turn for turn, _ in scene.turns()] == [
        "resolved.0.ask",
        "open.1.",
        "resolved.1.ask",
        "confirmed.1.",
    ]


def test_any_road_to_a_change_is_seen_and_one_of_no_matter_is_not(scene):
    scene.tell("resolved")
    with workspace_scope(scene.world.workspace.pk):
        work.rate(by=scene.world.by, client_id=scene.client.pk, score=2, words="Late again.")
    assert [turn for turn, _ in scene.turns()] == ["resolved.0.ask", "resolved.0."]
    assert scene.newest().word == "Confirm only"
    with workspace_scope(scene.world.workspace.pk):
        work.rate(by=scene.world.by, client_id=scene.client.pk, score=1, words="Still late.")
    assert len(scene.turns()) == 2


def test_taking_the_ask_is_no_news_for_the_ticket(scene):
    for what in ("resolved", "confirmed"):
        scene.tell(what)
    with workspace_scope(scene.world.workspace.pk):
        asks.record_ask(by=scene.world.by, client_id=scene.client.pk, case_id=scene.case.pk)
    assert [turn for turn, _ in scene.turns()] == ["resolved.0.ask", "confirmed.0."]


def test_what_is_rolled_back_was_never_told(scene):
    with transaction.atomic():
        scene.tell("resolved")
        assert len(scene.turns()) == 1
        transaction.set_rollback(True)
    assert scene.turns() == []
    assert scene.jobs() == []


def test_an_open_ticket_an_old_one_and_another_clients_are_not_told(scene):
    with workspace_scope(scene.world.workspace.pk):
        work.rate(by=scene.world.by, client_id=scene.client.pk, score=9)
        Case.objects.filter(pk=scene.case.pk).update(
            opened_on=scene.world.days_ago(30), resolved_on=scene.world.days_ago(9)
        )
        other = earned(scene.world, "Bea Salt", scene.world.company("Salt & Co"))
    with workspace_scope(scene.world.workspace.pk):
        work.rate(by=scene.world.by, client_id=scene.client.pk, score=9)
        work.rate(by=scene.world.by, client_id=other.pk, score=9)
    assert scene.turns() == []


def test_without_notes_the_verdict_is_there_all_the_same(scene):
    scene.change(write_notes=False)
    scene.tell("resolved")
    assert scene.turns() == [("resolved.0.ask", Note.NONE)]
    assert scene.jobs() == []


def test_a_connection_that_rests_is_told_nothing(scene):
    scene.change(active=False)
    scene.tell("resolved")
    assert scene.turns() == []


# How it is written


def test_the_note_is_written(scene, stubbed, settings):
    settings.CSRF_TRUSTED_ORIGINS = ["https://warm.example"]
    scene.tell("resolved")
    scene.work_off()
    assert scene.newest().note == Note.WRITTEN
    [body] = stubbed.notes
    html = body["ticket"]["comment"]["html_body"]
    assert body["ticket"]["comment"]["public"] is False
    assert "If they say yes, you may ask." in html
    assert f"https://warm.example/console/{scene.client.pk}/?case={scene.case.pk}" in html
    scene.work_off()
    assert len(stubbed.notes) == 1, "a job done twice writes once"
    assert stubbed.wrong == []


def test_a_note_overtaken_by_the_next_turn_is_left_out(scene, stubbed):
    scene.tell("resolved")
    scene.tell("reopened")
    scene.work_off()
    assert [note for _, note in scene.turns()] == [Note.OVERTAKEN, Note.WRITTEN]
    [body] = stubbed.notes
    assert "Not solved after all" in body["ticket"]["comment"]["html_body"]


def test_a_trouble_that_passes_is_tried_again_later_and_later(scene, stubbed):
    stubbed.answers = [(429, None, {"Retry-After": "93"}), (500, None, {}), (503, None, {})]
    scene.tell("resolved")
    waits = []
    for _ in range(4):
        [job] = scene.jobs()[-1:]
        writing.write_note(**job["args"])
        verdict = scene.newest()
        if verdict.next_try_at:
            waits.append(round((verdict.next_try_at - timezone.now()).total_seconds()))
    assert verdict.note == Note.WRITTEN
    assert waits == [93, 60, 300]
    assert len(stubbed.notes) == 1


def test_in_the_end_it_is_given_up_with_the_reason(scene, stubbed):
    stubbed.answers = [(500, None, {})] * 6
    scene.tell("resolved")
    for _ in range(6):
        writing.write_note(**scene.jobs()[-1]["args"])
    verdict = scene.newest()
    assert (verdict.note, verdict.tries) == (Note.GIVEN_UP, 6)
    assert "trouble of its own (500)" in verdict.why
    assert scene.jobs()[-1]["scheduled_at"] is not None


@pytest.mark.parametrize("status", ["unknown", "missing", "invalid"])
def test_what_will_not_pass_is_given_up_at_once_and_can_be_tried_again(scene, stubbed, status):
    stubbed.answers = [(*getattr(SPECS["zendesk"], status), {})]
    scene.tell("resolved")
    scene.work_off()
    verdict = scene.newest()
    assert (verdict.note, verdict.tries) == (Note.GIVEN_UP, 1)
    assert verdict.why
    with workspace_scope(scene.world.workspace.pk):
        writing.try_again(by=scene.world.by, verdict_id=verdict.pk)
        with pytest.raises(Conflict):
            writing.try_again(by=scene.world.by, verdict_id=verdict.pk)
        assert Entry.objects.filter(verb="tried_again").count() == 1
    scene.work_off()
    assert scene.newest().note == Note.WRITTEN


def test_what_is_missing_is_named_and_nothing_is_called(scene):
    scene.change(api_user="")
    scene.tell("resolved")
    scene.work_off()
    verdict = scene.newest()
    assert verdict.note == Note.GIVEN_UP
    assert "E-mail address of the person whose token it is" in verdict.why


def test_an_address_inside_is_never_called(scene):
    """The door to our own network stays shut, and the page says which setting opens it."""
    with stub_of("zendesk") as stub:
        scene.change(api_base=stub.url)
        scene.tell("resolved")
        scene.work_off()
    verdict = scene.newest()
    assert verdict.note == Note.GIVEN_UP
    assert "WARMHAND_PRIVATE_HELPDESKS" in verdict.why
    assert stub.notes == []


def test_notes_switched_off_meanwhile_are_not_written(scene, stubbed):
    scene.tell("resolved")
    scene.change(write_notes=False)
    scene.work_off()
    assert scene.newest().note == Note.NONE
    assert stubbed.notes == []


def test_a_note_of_another_workspace_is_like_none(scene):
    scene.tell("resolved")
    verdict = scene.newest()
    with workspace_scope(scene.world.other.pk), pytest.raises(NotFound):
        writing.try_again(by=scene.world.by, verdict_id=verdict.pk)
    writing.write_note(workspace_id=scene.world.other.pk, verdict_id=verdict.pk)
    assert scene.newest().note == Note.WAITING


# What it says


def test_nothing_of_other_clients_and_no_private_words_stand_in_it(scene, stubbed):
    """P1, P24: the mark is planted wherever somebody else's words could come from."""
    with workspace_scope(scene.world.workspace.pk):
        other = earned(scene.world, PRIVATE, scene.world.company(f"{PRIVATE} & Co"))
        ContactPoint.objects.create(client=other, kind="email", value="planted-secret@x.example")
        Rating.objects.create(
            client=scene.client, on=scene.world.days_ago(1), score=9, words=PRIVATE
        )
        scene.client.notes = PRIVATE
        scene.client.save()
        Case.objects.create(client=other, title=PRIVATE, opened_on=scene.world.days_ago(1))
    for what in ("resolved", "reopened", "resolved", "confirmed"):
        scene.tell(what)
        scene.work_off()
    assert len(stubbed.notes) == 4
    assert PRIVATE not in str(stubbed.notes)
    assert "planted-secret" not in str(stubbed.notes)


def test_control_the_planted_words_could_be_told(scene):
    """The words that the note leaves out are in the ask's wording, so that the test can fail."""
    with workspace_scope(scene.world.workspace.pk):
        Rating.objects.create(
            client=scene.client, on=scene.world.days_ago(1), score=10, words=PRIVATE
        )
    scene.tell("resolved")
    with workspace_scope(scene.world.workspace.pk):
        answer = moments.moment_of(scene.case.pk, "resolved")
        assert PRIVATE in answer.wording.text


def test_a_no_says_why_and_what_lifts_it(scene, stubbed):
    with workspace_scope(scene.world.workspace.pk):
        Rating.objects.create(client=scene.client, on=scene.world.days_ago(0), score=1)
    scene.tell("resolved")
    scene.work_off()
    verdict = scene.newest()
    assert not verdict.may_ask
    assert verdict.said["reasons"]
    assert verdict.said["say"] == []
    html = unescape(stubbed.notes[0]["ticket"]["comment"]["html_body"])
    assert "Don't ask for a referral now" in html
    assert "<li>" in html


def test_waits_grow():
    assert sorted(writing.WAITS) == list(writing.WAITS)
    assert sum(writing.WAITS, dt.timedelta()) < dt.timedelta(hours=3)
