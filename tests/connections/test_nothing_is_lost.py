"""What waits isn't lost: siblings, equal bodies, a pause; and a kept token stays at its address."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils import timezone

from tests.connections.conftest import BEGIN, Desk, plain, work_off
from warmhand.apps.connections import services, way_back, work
from warmhand.apps.connections.models import Alias, Connection, Delivery
from warmhand.apps.island.scope import workspace_scope
from warmhand.apps.journal import queries as journal
from warmhand.apps.journal import services as journal_services
from warmhand.apps.work.models import Rating
from warmhand.problems import Invalid

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)


@pytest.fixture
def inside(closed_world):
    return lambda: workspace_scope(closed_world.workspace.pk)


@pytest.fixture
def pause(desk, inside):
    def pause():
        with inside():
            services.pause_connection(by=desk.world.by, connection_id=desk.connection.pk)

    return pause


def test_a_rating_of_somebody_unknown_counts_once_they_are_known(desk, ada, inside):
    nobody = {"id": "77"}
    body = plain("rating.received", BEGIN, email="", client=nobody, score=1, words="bad")
    assert desk.tell(body, id_="a").state == "parked"
    known = nobody | {"email": "ada@kettle.example"}
    desk.tell(plain("case.resolved", BEGIN + DAY, client=known), id_="b")
    work_off(desk.world)
    with inside():
        assert Delivery.objects.get(key="a").state == "done"
        assert [each.score for each in Rating.objects.all()] == [1]


def moved(ticket, at, event):
    return {
        "eventId": event,
        "subscriptionId": 1,
        "portalId": 1,
        "occurredAt": int(at.timestamp() * 1000),
        "subscriptionType": "ticket.propertyChange",
        "objectId": ticket,
        "propertyName": "hs_pipeline_stage",
        "propertyValue": "4",
    }


def test_a_list_still_waits_for_the_one_it_does_not_know(closed_world, ada, inside):
    desk = Desk(closed_world, "hubspot")
    with inside():
        Alias.objects.create(connection=desk.connection, external_id="ticket:1", client=ada)
    mixed = desk.tell([moved(1, BEGIN, 1), moved(2, BEGIN, 2)])
    other = desk.tell([moved(1, BEGIN, 3), moved(2, BEGIN, 4)])
    desk.tell([moved(1, BEGIN + DAY, 5)])
    assert work_off(closed_world) <= 3
    with inside():
        for each in (mixed, other):
            each.refresh_from_db()
            assert each.state == "parked"
            assert each.problem["details"]["ticket"] == "2"


def freshdesk_body(before, after):
    told = {"triggered_event": f"{{status:{{from:{before},to:{after}}}}}", "ticket_id": 7}
    return {"freshdesk_webhook": told}


def settle_all():
    Delivery.objects.update(state="done", body=b"")


def test_an_equal_body_of_freshdesk_is_looked_up_again(closed_world, inside):
    desk = Desk(closed_world, "freshdesk")
    for before, after in ((2, 4), (4, 2)):
        desk.send(freshdesk_body(before, after))
        with inside():
            settle_all()
    jobs = desk_jobs()
    for _ in range(2):  # the second one finds it waiting: nothing more to do
        desk.send(freshdesk_body(2, 4))
    assert desk_jobs() == jobs + 1
    with inside():
        again = Delivery.objects.get(state="waiting")
        assert again.times == 3
        assert b"to:4" in bytes(again.body)


def test_an_equal_delivery_of_others_is_a_duplicate(desk, inside):
    desk.send(plain("case.resolved", BEGIN))
    with inside():
        settle_all()
    jobs = desk_jobs()
    assert desk.send(plain("case.resolved", BEGIN)).duplicate
    assert desk_jobs() == jobs
    with inside():
        assert Delivery.objects.get().state == "done"


def desk_jobs():
    from procrastinate.contrib.django.models import ProcrastinateJob

    from warmhand.apps.connections.queue import TASK

    return ProcrastinateJob.objects.filter(task_name=TASK).count()


def test_what_was_in_the_queue_waits_for_the_end_of_a_pause(desk, ada, inside, pause):
    desk.send(plain("case.resolved", BEGIN))
    pause()
    assert work_off(desk.world) == 0
    with inside():
        assert Delivery.objects.get().state == "waiting"
        services.resume_connection(by=desk.world.by, connection_id=desk.connection.pk)
    assert work_off(desk.world) == 1
    with inside():
        assert Delivery.objects.get().state == "done"


def test_what_waits_is_never_forgotten(desk, ada, inside, pause):
    pause()
    desk.send(plain("case.resolved", BEGIN))
    with inside():
        Delivery.objects.update(received_at=timezone.now() - 91 * DAY)
        work.forget_bodies()
        assert bytes(Delivery.objects.get().body)
        Delivery.objects.update(state="parked")
        work.forget_bodies()
        assert not bytes(Delivery.objects.get().body)


def test_a_pause_ends_by_resuming_only(desk, inside, pause):
    """An undo would let it run and leave behind what waits."""
    pause()
    with inside():
        entry = journal.newest_about(Connection.objects.get())
        assert entry.sentence.startswith("Paused")
        with pytest.raises(Invalid) as caught:
            journal_services.undo(by=desk.world.by, entry_id=entry.pk)
        assert caught.value.code == "cannot_undo"
        assert not Connection.objects.get().active


def test_a_kept_token_is_not_sent_to_another_address(closed_world, inside):
    desk = Desk(closed_world, "zendesk")

    def change(base, token=""):
        return way_back.change_notes(
            by=closed_world.by,
            connection_id=desk.connection.pk,
            write_notes=True,
            api_user="a@b.example",
            api_base=base,
            api_token=token,
        )

    with inside():
        change("https://ours.zendesk.com", "token-1")
        assert change("https://ours.zendesk.com").api_token == "token-1"
        with pytest.raises(Invalid) as caught:
            change("https://other.example")
        assert "again for the new address" in str(caught.value.as_dict())
        assert Connection.objects.get().api_base == "https://ours.zendesk.com"
        assert change("https://other.example", "token-2").api_token == "token-2"
