"""What is delivered becomes a case, once, and stands where the helpdesk's own history does."""

from __future__ import annotations

import datetime as dt
import json

import pytest
from django.utils import timezone

from tests.connections.conftest import BEGIN, Desk, plain, work_off
from tests.shared_data import shared_path
from warmhand.apps.asks.models import Ask
from warmhand.apps.connections import work
from warmhand.apps.connections.models import Alias, Delivery
from warmhand.apps.island.scope import workspace_scope
from warmhand.apps.people.models import Client, Consent, ContactPoint
from warmhand.apps.work import services as work_services
from warmhand.apps.work.models import Case, Rating
from warmhand.apps.work.queries import case_by_id

pytestmark = pytest.mark.django_db
HOUR = dt.timedelta(hours=1)
DAY = dt.timedelta(days=1)


@pytest.fixture
def inside(closed_world):
    return lambda: workspace_scope(closed_world.workspace.pk)


@pytest.fixture
def the_case(inside):
    def found():
        with inside():
            return Case.objects.get()

    return found


def test_a_solved_ticket_becomes_a_case_that_waits_for_the_client(desk, ada, the_case, inside):
    became = desk.tell(plain("case.resolved", BEGIN))
    case = the_case()
    assert (case.state, case.title, case.client_id) == ("resolved", "The export fails", ada.pk)
    assert (case.source, case.source_ref) == (desk.connection.source, "T1")
    assert case.resolved_on == BEGIN.date()
    assert became.state == "done"
    assert "Once the client confirms" in " ".join(became.became)
    with inside():
        assert not Ask.objects.exists()  # an event is a hint, never an ask


def test_the_clients_own_yes_confirms(desk, ada, the_case):
    desk.tell(plain("case.resolved", BEGIN), id_="a")
    desk.tell(plain("case.confirmed", BEGIN + DAY), id_="b")
    assert (the_case().state, the_case().confirmed_on) == ("confirmed", (BEGIN + DAY).date())


def test_a_late_solved_after_reopened_changes_nothing(desk, ada, the_case):
    desk.tell(plain("case.opened", BEGIN), id_="a")
    desk.tell(plain("case.reopened", BEGIN + 2 * HOUR), id_="c")
    late = desk.tell(plain("case.resolved", BEGIN + HOUR), id_="b")
    assert the_case().state == "open"
    assert late.state in ("done", "nothing")


def test_days_are_the_workspaces(desk, ada, the_case):
    """Half past eleven at night in UTC is the next day in Berlin."""
    at = dt.datetime(2026, 3, 2, 23, 30, tzinfo=dt.UTC)
    desk.tell(plain("case.resolved", at))
    assert the_case().resolved_on == dt.date(2026, 3, 3)


def test_someone_unknown_is_parked_and_nothing_is_guessed(desk, inside):
    became = desk.tell(plain("case.resolved", BEGIN))
    assert became.state == "parked"
    assert became.problem["code"] == "unknown_sender"
    assert became.problem["details"]["names"] == ["mailto:ada@kettle.example"]
    with inside():
        assert not Case.objects.exists()


def test_once_the_client_is_known_what_waited_counts(desk, closed_world, inside, the_case):
    desk.tell(plain("case.opened", BEGIN), id_="a")
    desk.tell(plain("case.resolved", BEGIN + DAY), id_="b")
    with inside():
        client = closed_world.client("Ada")
        Alias.objects.create(
            connection=desk.connection, external_id="mailto:ada@kettle.example", client=client
        )
        assert work.release(desk.connection) == 2
    work_off(closed_world)
    assert (the_case().opened_on, the_case().state) == (BEGIN.date(), "resolved")
    with inside():
        assert set(Delivery.objects.values_list("state", flat=True)) <= {"done", "nothing"}


def test_an_id_met_with_an_address_is_remembered(desk, ada, inside, the_case):
    """Zendesk's events name the requester by number alone; one body with the address is enough."""
    alone = {"client": {"id": "u-7"}}
    first = desk.tell(plain("case.opened", BEGIN) | {"data": alone | {"case": {"id": "T9"}}})
    assert first.state == "parked"
    told = {"client": {"id": "u-7", "email": "ada@kettle.example"}, "case": {"id": "T1"}}
    desk.tell(plain("case.resolved", BEGIN) | {"data": told}, id_="b")
    assert work_off(desk.world) >= 1
    with inside():
        assert Case.objects.count() == 2
        assert set(Delivery.objects.values_list("state", flat=True)) == {"done"}


def test_an_import_key_finds_the_client(closed_world, inside, the_case):
    desk = Desk(closed_world, settings={"client_source": "crm"})
    with inside():
        closed_world.client("Ada", source="crm", source_ref="u-7")
    told = {"client": {"id": "u-7"}, "case": {"id": "T1"}}
    assert desk.tell(plain("case.resolved", BEGIN) | {"data": told}).state == "done"
    with inside():
        assert Case.objects.get().client.name == "Ada"


def test_two_clients_with_one_address_are_parked(desk, ada, closed_world, inside):
    with inside():
        other = closed_world.client("Bea")
        ContactPoint.objects.create(client=other, kind="email", value="ada@kettle.example")
    became = desk.tell(plain("case.resolved", BEGIN))
    assert (became.state, became.problem["code"]) == ("parked", "several_clients")


def test_no_client_of_ours_is_left_alone(desk, inside):
    with inside():
        Alias.objects.create(
            connection=desk.connection, external_id="mailto:ada@kettle.example", client=None
        )
    became = desk.tell(plain("case.resolved", BEGIN))
    assert (became.state, became.problem) == ("nothing", None)


def test_what_a_colleague_did_since_stands(desk, ada, the_case, closed_world, inside):
    desk.tell(plain("case.resolved", BEGIN), id_="a")
    with inside():
        work_services.reopen_case(by=closed_world.by, case_id=the_case().pk)
    late = desk.tell(plain("case.confirmed", BEGIN + HOUR), id_="b")
    assert the_case().state == "open"
    assert "moved here since" in late.became[0]
    desk.tell(plain("case.reopened", timezone.now()), id_="c")
    desk.tell(plain("case.resolved", timezone.now() + dt.timedelta(seconds=1)), id_="d")
    assert the_case().state == "resolved"


def test_our_confirmation_outlives_news_that_say_nothing_of_it(desk, ada, the_case, inside):
    from warmhand.apps.island.actor import Actor

    desk.tell(plain("case.resolved", BEGIN), id_="a")
    with inside():
        by = Actor(None, "Ada Kettle", "client")
        work_services.confirm_case(by=by, case_id=the_case().pk)
    desk.tell(plain("case.updated", timezone.now()), id_="b")
    desk.tell(plain("case.resolved", timezone.now()), id_="c")
    assert the_case().state == "confirmed"
    desk.tell(plain("case.reopened", timezone.now()), id_="d")
    assert the_case().state == "open"


def test_reopened_ends_an_ask_that_waits(desk, ada, inside):
    from tests.connections.conftest import plain as body

    desk.tell(body("case.resolved", BEGIN), id_="a")
    with inside():
        now = timezone.now()
        ask = Ask.objects.create(client=ada, asked_at=now, asked_on=now.date())
    assert desk.tell(body("case.reopened", timezone.now()), id_="b").problem is None
    with inside():
        ask.refresh_from_db()
        assert ask.outcome == "not_asked"


def test_a_case_that_was_removed_stays_removed(desk, ada, the_case, closed_world, inside):
    desk.tell(plain("case.resolved", BEGIN), id_="a")
    with inside():
        work_services.remove_case(by=closed_world.by, case_id=the_case().pk)
    became = desk.tell(plain("case.reopened", timezone.now()), id_="b")
    assert became.state == "nothing"
    with inside():
        assert not Case.objects.exists()


@pytest.mark.parametrize(("score", "words"), [(2, "Slow"), (10, "")])
def test_a_rating_is_kept_once_and_opens_nothing(desk, ada, inside, score, words):
    body = {"score": score, "words": words}
    desk.tell(plain("rating.received", BEGIN, **body), id_="a")
    desk.tell(plain("case.resolved", BEGIN), id_="b")
    with inside():
        delivery = Delivery.objects.get(key="a")
        work.again(delivery)
    work_off(desk.world)
    with inside():
        rating = Rating.objects.get()
        assert (rating.score, rating.words, rating.on) == (score, words, BEGIN.date())
        assert not Ask.objects.exists()


def test_unsubscribed_withdraws_consent_once(desk, ada, inside):
    body = {"type": "contact.unsubscribed", "timestamp": BEGIN.isoformat(),
            "data": {"client": {"email": "ada@kettle.example"}}}  # fmt: skip
    assert desk.tell(body).state == "done"
    with inside():
        work.again(Delivery.objects.get())
    work_off(desk.world)
    with inside():
        assert Consent.objects.get().given is False


def test_to_be_forgotten_stops_asks_and_opens_a_case(desk, ada, inside):
    body = {"type": "contact.erased", "timestamp": BEGIN.isoformat(),
            "data": {"client": {"email": "ada@kettle.example"}}}  # fmt: skip
    assert desk.tell(body).state == "done"
    with inside():
        ada.refresh_from_db()
        assert ada.do_not_ask
        assert "forgotten" in Case.objects.get().title


def test_one_that_cannot_be_read_does_not_hold_up_the_others(closed_world, inside):
    desk = Desk(closed_world, "hubspot")
    with inside():
        client = closed_world.client("Ada")
        Alias.objects.create(connection=desk.connection, external_id="ticket:5", client=client)
    stage = {
        "portalId": 9, "occurredAt": int(BEGIN.timestamp() * 1000), "objectId": 5, "eventId": 1,
        "subscriptionType": "ticket.propertyChange", "propertyName": "hs_pipeline_stage",
        "propertyValue": "4",
    }  # fmt: skip
    became = desk.tell([{"subscriptionType": "line_item.creation"}, stage])
    assert became.state == "not_understood"
    with inside():
        assert Case.objects.get().state == "resolved"


def test_a_test_shows_what_would_happen_and_changes_nothing(desk, ada, inside):
    from tests.connections.signers import arrived
    from warmhand.apps.connections.door import receive

    raw = json.dumps(plain("case.resolved", BEGIN)).encode()
    received = receive(arrived("plain", raw), desk.address, is_test=True)
    with inside():
        work.work_on(received.delivery_id)
        became = Delivery.objects.get()
        assert became.state == "done"
        assert "was resolved" in " ".join(became.became)
        assert became.ticket_id is None
        assert not Case.objects.exists()
        assert not Alias.objects.exists()


def test_it_is_worked_on_once(desk, ada, inside):
    received = desk.send(plain("case.resolved", BEGIN))
    with inside():
        assert work.work_on(received.delivery_id) is not None
        assert work.work_on(received.delivery_id) is None


def test_our_own_fault_is_told_and_can_be_replayed(desk, ada, inside, monkeypatch):
    from procrastinate.jobs import Job

    from warmhand.jobs.hooks import TRIES, work_on_delivery

    received = desk.send(plain("case.resolved", BEGIN))
    monkeypatch.setattr(work, "read", lambda delivery: 1 / 0)

    class Context:
        job: Job

    def run(attempts):
        context = Context()
        context.job = type("J", (), {"attempts": attempts})()
        work_on_delivery(context, desk.world.workspace.pk, received.delivery_id)

    with pytest.raises(ZeroDivisionError):
        run(0)
    run(TRIES - 1)
    with inside():
        failed = Delivery.objects.get()
        assert (failed.state, failed.problem["code"]) == ("failed", "our_fault")
        monkeypatch.undo()
        work.again(failed)
    work_off(desk.world)
    with inside():
        assert Delivery.objects.get().state == "done"


def test_a_moment_ahead_of_us_is_parked(desk, ada, inside):
    became = desk.tell(plain("case.resolved", timezone.now() + DAY))
    assert (became.state, became.problem["code"]) == ("parked", "happens_ahead")
    with inside():
        assert not Case.objects.exists()


SAMPLES = [
    ("zendesk", "event_ticket_status_changed.json", {}, "parked"),
    ("zendesk", "trigger_ticket_create_update.json", {}, "parked"),
    ("zendesk", "trigger_message_with_ticket_id_and_title.json", {}, "parked"),
    ("freshdesk", "status_changed.json", {}, "parked"),
    ("freshdesk", "ticket_created.json", {}, "parked"),
    ("freshdesk", "unknown_payload.json", {}, "not_understood"),
    ("intercom", "conversation_admin_closed.json", {}, "done"),
    ("intercom", "conversation_user_replied.json", {}, "done"),
    ("intercom", "contact_unsubscribed_2026.json", {}, "done"),
    ("intercom", "ping.json", {}, "nothing"),
    ("chatwoot", "message_created.json", {}, "nothing"),
    ("helpscout", "conversation_closed.json", {}, "parked"),
    ("hubspot", "contact_deletion.json", {}, "nothing"),
]


@pytest.mark.parametrize(("peer", "name", "headers", "state"), SAMPLES)
def test_every_sample_through_the_door(closed_world, inside, peer, name, headers, state):
    """Real bytes, really signed, through the door and the worker."""
    raw = (shared_path(peer) / name).read_bytes()
    desk = Desk(closed_world, peer)
    with inside():
        for address in ("jerryguitarist@example.com", "qewd@example.com"):
            client = closed_world.client(address)
            ContactPoint.objects.create(client=client, kind="email", value=address)
    assert desk.tell(raw, **headers).state == state


def test_the_zendesk_sample_becomes_a_case_once_somebody_says_whose(closed_world, inside, the_case):
    raw = (shared_path("zendesk") / "event_ticket_status_changed.json").read_bytes()
    desk = Desk(closed_world, "zendesk")
    parked = desk.tell(raw)
    assert "person 8447388090494" in parked.problem["sentence"]
    with inside():
        client = closed_world.client("Ada")
        Alias.objects.create(connection=desk.connection, external_id="8447388090494", client=client)
        work.release(desk.connection)
    work_off(closed_world)
    case = the_case()
    assert (case.title, case.state) == ("Cannot login to mobile app", "resolved")
    assert (case.opened_on, case.resolved_on) == (dt.date(2025, 1, 8), dt.date(2025, 1, 8))


def test_a_merge_takes_the_tickets_along(desk, ada, closed_world, inside, the_case):
    from warmhand.apps.people.merging import merge_clients

    desk.tell(plain("case.opened", BEGIN), id_="a")
    with inside():
        other = closed_world.client("Ada K.")
        Alias.objects.create(connection=desk.connection, external_id="u-7", client=ada)
        merge_clients(by=closed_world.by, kept_id=other.pk, gone_id=ada.pk)
        assert Alias.objects.get(external_id="u-7").client_id == other.pk
        assert Delivery.objects.get().client_id == other.pk
    desk.tell(plain("case.resolved", BEGIN + DAY), id_="b")
    with inside():
        assert case_by_id(the_case().pk).client_id == other.pk
        assert Client.objects.filter(pk=ada.pk).first() is None


def test_bodies_are_forgotten_after_their_days_and_still_known(desk, ada, inside):
    done = desk.tell(plain("case.resolved", BEGIN), id_="a")
    parked = desk.tell(plain("case.resolved", BEGIN, ticket="T2", email="x@y.example"), id_="b")

    def forget(days):
        with inside():
            Delivery.objects.update(received_at=timezone.now() - days * DAY)
            work.forget_bodies()
            return {pk for pk, body in Delivery.objects.values_list("pk", "body") if bytes(body)}

    assert forget(29) == {done.pk, parked.pk}
    assert forget(31) == {parked.pk}
    assert forget(91) == set()
    assert desk.send(plain("case.resolved", BEGIN), id_="a").duplicate


FOUND = {
    "id": 11, "status": 4, "subject": "Ropes", "requester_id": 5,
    "created_at": "2026-03-01T08:00:00Z", "updated_at": "2026-03-02T09:30:00Z",
    "requester": {"email": "ada@kettle.example", "name": "Ada"},
}  # fmt: skip


@pytest.fixture
def freshdesk(closed_world):
    from warmhand.apps.connections.vault import seal

    return Desk(
        closed_world,
        "freshdesk",
        api_base="https://ours.freshdesk.com",
        sealed_api_token=seal("a token"),
    )


@pytest.fixture
def api(monkeypatch):
    """Freshdesk's API, which can't run here: what it would answer, and what it was asked."""
    from warmhand.apps.connections import fetching
    from warmhand.apps.connections.calling import Answer

    asked = []

    def answers(status, body):
        def call(request, **more):
            asked.append(request)
            return Answer(status, {}, json.dumps(body).encode())

        monkeypatch.setattr(fetching, "call", call)
        return asked

    return answers


def moved(to):
    hook = {"triggered_event": f"{{status:{{from:2,to:{to}}}}}", "ticket_id": "11"}
    return {"freshdesk_webhook": hook}


def test_freshdesks_ticket_is_looked_up_and_its_own_state_counts(freshdesk, ada, the_case, api):
    """The hook says 4 to 2, the API says 4 by now: what the API says, with its time, is kept."""
    asked = api(200, FOUND)
    freshdesk.tell(moved(4))
    freshdesk.tell(moved(2))
    assert asked[0].url == "https://ours.freshdesk.com/api/v2/tickets/11?include=requester"
    assert (the_case().title, the_case().state) == ("Ropes", "resolved")
    assert the_case().reopened_times == 0


@pytest.mark.parametrize(("status", "body"), [(403, {}), (200, {}), (200, [])])
def test_freshdesks_api_that_refuses_is_told(freshdesk, ada, inside, api, status, body):
    api(status, body)
    became = freshdesk.tell(moved(4))
    assert became.state == "parked"
    with inside():
        assert not Case.objects.exists()


def test_freshdesks_api_that_is_away_is_asked_again(freshdesk, ada, inside, monkeypatch):
    from warmhand.apps.connections import fetching
    from warmhand.apps.connections.calling import Unreachable

    def away(request, **more):
        raise Unreachable("It didn't answer in time.", passing=True)

    monkeypatch.setattr(fetching, "call", away)
    received = freshdesk.send(moved(4))
    with pytest.raises(Unreachable), inside():
        work.work_on(received.delivery_id)
    with inside():
        work.fail(received.delivery_id, Unreachable("It didn't answer in time.", passing=True))
        assert Delivery.objects.get().problem["code"] == "api_unreachable"
