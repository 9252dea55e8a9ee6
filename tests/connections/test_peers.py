"""What each peer's samples say in our words; every trap of theirs has its line here."""

from __future__ import annotations

import datetime as dt
import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.connections.signers import SIGNERS
from tests.shared_data import shared_path
from warmhand.apps.connections.peers import ADAPTERS
from warmhand.apps.connections.peers.kinds import (
    Arrived,
    Heard,
    Refetch,
    Sample,
    Trouble,
    What,
)
from warmhand.apps.connections.peers.reading import MOST_DEPTH, depth, moment, prose_day

UTC = dt.UTC
PEERS = sorted(SIGNERS)


def sample(peer, name):
    return (shared_path(peer) / name).read_bytes()


def read(peer, raw, options=None, **headers):
    raw = raw if isinstance(raw, bytes) else json.dumps(raw).encode()
    return ADAPTERS[peer].read(Arrived(raw, headers), options or {})


def one(peer, raw, options=None, **headers):
    (found,) = read(peer, raw, options, **headers)
    return found


def changed(peer, name, change):
    body = json.loads(sample(peer, name))
    change(body)
    return body


# Zendesk


def test_zendesk_tells_that_a_ticket_was_solved():
    found = one("zendesk", sample("zendesk", "event_ticket_status_changed.json"))
    assert (found.what, found.state, found.ticket) == (What.RESOLVED, "resolved", "5158")
    assert found.happened_at == dt.datetime(2025, 1, 8, 16, 45, 20, 987654, tzinfo=UTC)
    assert found.opened_at == dt.datetime(2025, 1, 8, 10, 12, 7, tzinfo=UTC)
    assert found.title == "Cannot login to mobile app"
    assert found.who.ids == ("8447388090494",)
    assert found.key == "a8b9c1d2-3e4f-5a6b-7c8d-9e0f1a2b3c4d"


@pytest.mark.parametrize(
    ("previous", "current", "what", "state"),
    [
        ("OPEN", "SOLVED", What.RESOLVED, "resolved"),
        ("SOLVED", "OPEN", What.REOPENED, "open"),
        ("SOLVED", "HOLD", What.REOPENED, "open"),
        ("SOLVED", "CLOSED", What.UPDATED, ""),  # closed by the clock: no news
        ("CLOSED", "ARCHIVED", What.UPDATED, ""),
        ("OPEN", "DELETED", What.UPDATED, ""),
        ("CLOSED", "SCRUBBED", What.UPDATED, ""),
        ("NEW", "PENDING", What.UPDATED, "open"),
        ("NEW", "SOMETHING", What.UPDATED, ""),
    ],
)
def test_zendesk_solved_is_not_closed(previous, current, what, state):
    def change(body):
        body["event"] = {"current": current, "previous": previous}

    found = one("zendesk", changed("zendesk", "event_ticket_status_changed.json", change))
    assert (found.what, found.state) == (what, state)


def test_zendesk_the_ticket_of_today_says_nothing_of_then():
    """`detail` is the ticket as it is when sent, `event` is what happened."""

    def change(body):
        body["type"] = "zen:event-type:ticket.priority_changed"

    found = one("zendesk", changed("zendesk", "event_ticket_status_changed.json", change))
    assert (found.what, found.state) == (What.UPDATED, "")


def test_zendesk_a_private_comment_is_a_note_and_no_word_of_it_is_kept():
    def change(body):
        body["type"] = "zen:event-type:ticket.comment_added"
        body["event"] = {"comment": {"is_public": False, "body": "HE IS A PEST"}}

    found = one("zendesk", changed("zendesk", "event_ticket_status_changed.json", change))
    assert found.what is What.NOTE
    assert "PEST" not in repr(found)


def test_zendesk_events_of_one_moment_have_their_place():
    def change(body):
        body["event"]["meta"] = {"sequence": {"id": "X", "position": 3}}

    found = one("zendesk", changed("zendesk", "event_ticket_status_changed.json", change))
    assert found.sequence == 3


def test_zendesk_a_trigger_with_a_day_in_prose():
    found = one("zendesk", sample("zendesk", "trigger_ticket_create_update.json"))
    assert (found.what, found.state, found.ticket) == (What.UPDATED, "open", "7")
    assert found.happened_at == dt.datetime(2025, 2, 3, tzinfo=UTC)
    assert found.who.name == "testerzulip"


def test_zendesk_a_trigger_without_status_is_parked():
    name = "trigger_message_with_ticket_id_and_title.json"
    found = one("zendesk", sample("zendesk", name))
    assert isinstance(found, Trouble)
    assert found.parked
    assert "ticket_status" in found.sentence


def test_zendesk_the_body_of_our_page_with_minutes_in_its_time():
    """{{ticket.updated_at_with_timestamp}} is told to the minute."""
    body = json.loads(ADAPTERS["zendesk"].body_to_paste)
    body |= {
        "ticket_id": "7", "ticket_status": "Solved", "updated_at": "2026-04-02T09:30Z",
        "requester_email": "ada@kettle.example", "satisfaction": "Good, I'm satisfied",
    }  # fmt: skip
    solved, rated = read("zendesk", body)
    assert (solved.state, rated.state) == ("resolved", "still_good")
    assert solved.happened_at == dt.datetime(2026, 4, 2, 9, 30, tzinfo=UTC)
    assert solved.who.email == "ada@kettle.example"


def test_zendesk_a_bad_rating_is_one_rating_however_often_it_is_repeated():
    body = {"ticket_id": "7", "ticket_status": "Closed", "satisfaction": "Bad, I'm unsatisfied"}
    first = read("zendesk", body | {"updated_at": "2026-04-02T09:30Z"})[-1]
    later = read("zendesk", body | {"updated_at": "2026-04-03T09:30Z"})[-1]
    assert first.what is What.RATED
    assert first.score == 2
    assert first.key == later.key


def test_zendesk_keys_and_words_of_ones_own():
    body = {"nr": 9, "zustand": "Gelöst", "wann": "2026-04-02T09:30:00+02:00"}
    keys = {"ticket": "nr", "status": "zustand", "time": "wann"}
    assert one("zendesk", body, keys).parked  # nobody said what 'Gelöst' means
    found = one("zendesk", body, keys | {"solved_words": "Gelöst, Fertig"})
    assert (found.ticket, found.state) == ("9", "resolved")


# Freshdesk


def test_freshdesk_has_no_time_so_the_ticket_is_fetched():
    found = one("freshdesk", sample("freshdesk", "status_changed.json"))
    assert isinstance(found, Refetch)
    assert found.ticket == "11"
    assert found.who.email == "requester-bob@example.com"


def test_freshdesk_what_was_fetched():
    from warmhand.apps.connections.peers.freshdesk import fetched

    asked = one("freshdesk", sample("freshdesk", "status_changed.json"))
    answer = {
        "id": 11, "status": 4, "subject": "Ropes", "requester_id": 5,
        "created_at": "2026-04-01T08:00:00Z", "updated_at": "2026-04-02T09:30:00Z",
    }  # fmt: skip
    found = fetched(answer, asked, {})
    assert (found.ticket, found.state, found.title) == ("11", "resolved", "Ropes")
    assert found.who.ids == ("5",)
    assert found.who.email == "requester-bob@example.com"
    assert fetched({**answer, "status": 6}, asked, {}).state == "open"
    assert fetched({**answer, "status": 6}, asked, {"solved_ids": "4,6"}).state == "resolved"
    assert fetched({}, asked, {}).parked


@pytest.mark.parametrize(("to", "state"), [(4, "resolved"), (5, "resolved"), (3, "open")])
def test_freshdesk_with_a_time_in_the_body(to, state):
    def change(body):
        body["freshdesk_webhook"]["triggered_event"] = f"{{status:{{from:2,to:{to}}}}}"
        body["freshdesk_webhook"]["updated_at"] = "2026-04-02T09:30:00Z"

    found = one("freshdesk", changed("freshdesk", "status_changed.json", change))
    assert (found.ticket, found.state) == ("11", state)
    assert found.title == "Test ticket subject ☃"
    assert "div" not in repr(found)


def test_freshdesk_a_new_ticket_and_an_event_nobody_knows():
    assert isinstance(one("freshdesk", sample("freshdesk", "ticket_created.json")), Refetch)
    found = one("freshdesk", sample("freshdesk", "unknown_payload.json"))
    assert found.code == "unknown_event"
    assert not found.parked


# Intercom


def test_intercom_a_conversation_of_2019_was_closed():
    found = one("intercom", sample("intercom", "conversation_admin_closed.json"))
    assert (found.what, found.state, found.ticket) == (What.RESOLVED, "resolved", "21322009097")
    assert found.happened_at == dt.datetime.fromtimestamp(1553291389, UTC)
    assert found.who.email == "jerryguitarist@example.com"
    assert found.who.ids == ("5c9553cb27e377f24eed49f7",)
    assert found.title == ""  # the body of a message is no title
    assert found.key == "notif_2bc4bf3a-0064-4fb0-9e17-dc44d91bcb9b"


def test_intercom_who_writes_again_opens_it():
    found = one("intercom", sample("intercom", "conversation_user_replied.json"))
    assert (found.what, found.state) == (What.UPDATED, "open")


def test_intercom_of_2026_unsubscribed():
    found = one("intercom", sample("intercom", "contact_unsubscribed_2026.json"))
    assert found.what is What.UNSUBSCRIBED
    assert found.who.email == "qewd@example.com"
    assert found.who.ids == ("6961e1e6d1965062ce6434d1",)
    assert found.happened_at == dt.datetime.fromtimestamp(1768022508, UTC)


def test_intercom_of_2026_has_lists_of_contacts_and_iso_times():
    item = {
        "id": "77", "updated_at": "2026-01-10T05:21:48.255+00:00",
        "contacts": {"contacts": [{"id": "abc"}]},
    }  # fmt: skip
    body = {"topic": "conversation.admin.closed", "id": "n1", "data": {"item": item}}
    found = one("intercom", body)
    assert found.who.ids == ("abc",)
    assert found.happened_at == dt.datetime(2026, 1, 10, 5, 21, 48, 255000, tzinfo=UTC)


def test_intercom_a_ping_has_no_id_and_does_nothing():
    raw = sample("intercom", "ping.json")
    assert ADAPTERS["intercom"].key(Arrived(raw, {})).startswith("sha256:")
    assert one("intercom", raw).what is What.NOTHING


@pytest.mark.parametrize(("category", "state"), [("resolved", "resolved"), ("submitted", "open")])
def test_intercom_tickets(category, state):
    item = {"id": "5", "ticket_state": {"category": category}, "updated_at": 1768022508}
    body = {"topic": "ticket.state.updated", "id": "n1", "data": {"item": item}}
    assert one("intercom", body).state == state
    body["data"]["item"].pop("ticket_state")
    assert one("intercom", body).parked


@pytest.mark.parametrize(("rating", "score", "state"), [(5, 10, "good"), (3, 6, ""), (1, 2, "")])
def test_intercom_ratings(rating, score, state):
    item = {
        "id": "5", "updated_at": 1768022508,
        "conversation_rating": {"rating": rating, "remark": "Thanks"},
    }  # fmt: skip
    body = {"topic": "conversation.rating.added", "id": "n1", "data": {"item": item}}
    found = one("intercom", body)
    assert (found.score, found.state, found.words) == (score, state, "Thanks")


# Chatwoot


def chat(event="conversation_status_changed", status="resolved", was="open", **more):
    return {
        "event": event, "id": 12, "status": status, "updated_at": 1775122200.5,
        "changed_attributes": [{"status": {"previous_value": was, "current_value": status}}],
        "meta": {"sender": {"id": 3, "name": "Ada", "email": "ada@kettle.example"}},
    } | more  # fmt: skip


@pytest.mark.parametrize(
    ("status", "was", "what", "state"),
    [
        ("resolved", "open", What.RESOLVED, "resolved"),
        ("open", "resolved", What.REOPENED, "open"),
        ("pending", "resolved", What.REOPENED, "open"),
        ("snoozed", "open", What.UPDATED, "open"),
    ],
)
def test_chatwoot_states(status, was, what, state):
    found = one("chatwoot", chat(status=status, was=was))
    assert (found.what, found.state, found.ticket) == (what, state, "12")
    assert found.who.ids == ("3",)
    assert found.happened_at == dt.datetime.fromtimestamp(1775122200.5, UTC)


def test_chatwoot_the_conversations_id_is_no_delivery():
    raw = json.dumps(chat()).encode()
    assert ADAPTERS["chatwoot"].key(Arrived(raw, {"x-chatwoot-delivery": "d-1"})) == "d-1"
    assert ADAPTERS["chatwoot"].key(Arrived(raw, {})).startswith("sha256:")


def test_chatwoot_without_a_time_the_signed_one_counts():
    body = chat()
    del body["updated_at"]
    found = one("chatwoot", body, **{"x-chatwoot-timestamp": "1775122200"})
    assert found.happened_at == dt.datetime.fromtimestamp(1775122200, UTC)
    assert one("chatwoot", body).parked


def test_chatwoot_a_message_is_no_news_of_the_state():
    found = one("chatwoot", sample("chatwoot", "message_created.json"))
    assert (found.what, found.state, found.ticket) == (What.UPDATED, "", "1")
    assert found.who.name == "contact-name"  # not the agent who wrote
    assert found.happened_at == dt.datetime(2020, 3, 3, 13, 5, 57, tzinfo=UTC)


def test_chatwoot_a_private_message_is_a_note():
    def change(body):
        body |= {"private": True, "content": "HE IS A PEST"}

    found = one("chatwoot", changed("chatwoot", "message_created.json", change))
    assert found.what is What.NOTE
    assert "PEST" not in repr(found)


def test_chatwoot_a_rating_comes_as_a_message():
    survey = {"csat_survey_response": {"rating": 5, "feedback_message": "Quick"}}

    def change(body):
        body["event"] = "message_updated"
        body["content_attributes"] = {"submitted_values": survey}

    found = one("chatwoot", changed("chatwoot", "message_created.json", change))
    assert (found.what, found.score, found.state) == (What.RATED, 10, "good")
    assert found.words == "Quick"


# Help Scout

CONVO = {"x-helpscout-event": "convo.status"}


def test_helpscout_a_conversation_was_closed():
    found = one("helpscout", sample("helpscout", "conversation_closed.json"), **CONVO)
    assert (found.what, found.state, found.ticket) == (What.RESOLVED, "resolved", "123")
    assert found.happened_at == dt.datetime(2017, 4, 21, 14, 43, 24, tzinfo=UTC)
    assert found.who.ids == ("238604",)
    assert found.who.email == ""  # another person wrote than whose conversation it is


def test_helpscout_the_event_is_in_the_header_alone():
    raw = sample("helpscout", "conversation_closed.json")
    assert one("helpscout", raw).code == "unknown_event"
    note = one("helpscout", raw, **{"x-helpscout-event": "convo.note.created"})
    assert (note.what, note.state) == (What.NOTE, "")
    moved = {"x-helpscout-event": "customer.deleted"}
    assert one("helpscout", raw, **moved).code == "unknown_event"  # a header isn't signed
    key = ADAPTERS["helpscout"].key
    assert key(Arrived(raw, CONVO)) != key(Arrived(raw, moved))


def test_helpscout_blind_copies_are_not_kept():
    raw = sample("helpscout", "conversation_closed.json")
    kept = ADAPTERS["helpscout"].kept(raw)
    assert b"secret.com" in raw
    assert b"secret.com" not in kept
    assert one("helpscout", kept, **CONVO).key == one("helpscout", raw, **CONVO).key


def test_helpscout_ratings():
    body = {
        "id": 5434, "ticketId": 123, "rating": "Great", "comments": "Helpful",
        "customer": {"id": 449379, "firstName": "John", "lastName": "Doe",
                     "emails": [{"id": 1, "value": "john@doe.example"}]},
        "createdAt": "2026-04-01T12:34:12Z", "modifiedAt": "2026-04-02T20:18:33Z",
    }  # fmt: skip
    found = one("helpscout", body, **{"x-helpscout-event": "satisfaction.ratings"})
    assert (found.what, found.score, found.state) == (What.RATED, 10, "good")
    assert (found.who.name, found.who.email) == ("John Doe", "john@doe.example")


# HubSpot


def test_hubspot_a_contact_that_is_deleted_is_not_yet_to_be_forgotten():
    found = one("hubspot", sample("hubspot", "contact_deletion.json"))
    assert found.what is What.CONTACT_CHANGED
    assert found.who.ids == ("123",)
    assert found.happened_at == dt.datetime.fromtimestamp(1567689104.28, UTC)

    def change(body):
        body[0]["subscriptionType"] = "contact.privacyDeletion"

    found = one("hubspot", changed("hubspot", "contact_deletion.json", change))
    assert found.what is What.CONTACT_ERASED


def hub(**values):
    return {
        "eventId": 1, "portalId": 9, "occurredAt": 1775122200000, "attemptNumber": 0,
        "subscriptionType": "ticket.propertyChange", "objectId": 2**40,
        "propertyName": "hs_pipeline_stage", "propertyValue": "4",
    } | values  # fmt: skip


def test_hubspot_a_list_is_read_change_by_change():
    body = [hub(), hub(propertyValue="2"), hub(occurredAt=None), {"subscriptionType": "line.x"}]
    solved, opened, parked, unknown = read("hubspot", body)
    assert (solved.state, opened.state) == ("resolved", "open")
    assert solved.ticket == str(2**40)
    assert parked.parked
    assert unknown.code == "unknown_event"


def test_hubspot_the_event_id_alone_is_not_unique():
    first, second = read("hubspot", [hub(), hub(objectId=2)])
    assert first.key != second.key
    again = one("hubspot", [hub(attemptNumber=3)])
    assert again.key == first.key


def test_hubspot_no_more_mails():
    body = [hub(subscriptionType="contact.propertyChange", propertyName="hs_email_optout",
                propertyValue="true")]  # fmt: skip
    assert one("hubspot", body).what is What.UNSUBSCRIBED


# The plain one


def plain(type_="case.resolved", **data):
    return {"type": type_, "timestamp": "2026-04-02T09:30:00Z", "data": data}


def test_plain_says_it_in_our_words():
    body = plain(case={"id": 4711, "title": "The export fails"}, client={"email": "a@b.example"})
    found = one("plain", body, **{"webhook-id": "msg_1"})
    assert (found.what, found.state, found.ticket) == (What.RESOLVED, "resolved", "4711")
    assert (found.title, found.key) == ("The export fails", "msg_1")


@pytest.mark.parametrize(
    "body",
    [
        plain(),
        {"type": "case.resolved", "data": {"case": {"id": 1}}},
        {"type": "case.resolved", "timestamp": "2026-04-02T09:30:00", "data": {"case": {"id": 1}}},
        plain("rating.received", score=11),
        plain("rating.received", score=True),
    ],
)
def test_plain_a_missing_key_is_parked(body):
    assert one("plain", body, **{"webhook-id": "m"}).parked


# All of them


@pytest.mark.parametrize("peer", PEERS)
def test_the_sample_of_the_test_button_tells_of_a_solved_ticket(peer):
    adapter = ADAPTERS[peer]
    now = dt.datetime(2026, 4, 2, 9, 30, tzinfo=UTC)
    raw = adapter.sample(Sample("4711", "Ropes", "ada@kettle.example", "Ada", now))
    headers = adapter.sign(raw, "whsec_" + "QUJD" * 8, "", "msg_1", now)
    found = adapter.read(Arrived(raw, headers), {})[0]
    assert isinstance(found, Heard)
    assert (found.state, found.happened_at) == ("resolved", now)


JSON = st.recursive(
    st.one_of(
        st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=20),
        st.sampled_from(["2026-04-02T09:30:00Z", "closed", "resolved", "ticket.x"]),
    ),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3),
        st.dictionaries(
            st.sampled_from([
                "type", "topic", "event", "data", "item", "id", "detail", "time", "status",
                "subscriptionType", "objectId", "occurredAt", "timestamp", "case", "client",
                "freshdesk_webhook", "triggered_event", "ticket_id", "ticket_status", "updated_at",
                "conversation", "meta", "sender", "primaryCustomer", "userUpdatedAt", "rating",
                "bcc", "created_at", "contacts", "score",
            ]),
            inner,
            max_size=6,
        ),
    ),
    max_leaves=12,
)  # fmt: skip
NAMES = st.sampled_from([
    "zen:event-type:ticket.status_changed", "conversation.admin.closed", "ticket.closed",
    "conversation_status_changed", "message_updated", "case.resolved", "rating.received", "ping",
])  # fmt: skip


@pytest.mark.parametrize("peer", PEERS)
@settings(max_examples=60)
@given(body=JSON, name=NAMES, event=st.sampled_from(["convo.status", "customer.deleted", "x"]))
def test_no_body_breaks_a_reader(peer, body, name, event):
    if isinstance(body, dict):
        body = {"type": name, "topic": name, "event": name} | body
    adapter = ADAPTERS[peer]
    raw = json.dumps(body).encode()
    headers = {"x-helpscout-event": event, "webhook-id": "m"}
    arrived = Arrived(adapter.kept(raw), headers)
    assert len(adapter.key(arrived)) <= 200
    for found in adapter.read(arrived, {}):
        assert isinstance(found, Heard | Trouble | Refetch)
        if isinstance(found, Heard):
            assert found.key
            assert found.happened_at.tzinfo is not None
            assert "\x00" not in repr((found.title, found.ticket, found.who))


@pytest.mark.parametrize("peer", PEERS)
@settings(max_examples=40)
@given(raw=st.binary(max_size=80))
def test_no_bytes_break_a_reader(peer, raw):
    adapter = ADAPTERS[peer]
    assert adapter.kept(raw) == raw
    assert all(isinstance(each, Trouble) for each in adapter.read(Arrived(raw, {}), {}))


@pytest.mark.parametrize("peer", PEERS)
def test_a_body_nested_too_deep_is_not_parsed(peer):
    for opening, closing in (("[", "]"), ('{"a":', "}")):
        raw = (opening * 100_000 + "1" + closing * 100_000).encode()
        (found,) = read(peer, raw)
        assert found.code == "too_deep"


def test_depth_is_counted_outside_of_texts():
    assert depth(b'{"a":"[[[[[","b":"\\"[[["}') == 1
    assert depth(b"[" * MOST_DEPTH + b"]" * MOST_DEPTH) == MOST_DEPTH
    assert not isinstance(one("plain", b'{"type":"' + b"[" * 50 + b'"}'), Heard)


@pytest.mark.parametrize(
    ("said", "right"),
    [
        ("2025-01-08T16:45:20.987654321Z", dt.datetime(2025, 1, 8, 16, 45, 20, 987654, tzinfo=UTC)),
        ("2026-04-02T09:30:00+02:00", dt.datetime(2026, 4, 2, 7, 30, tzinfo=UTC)),
        ("2026-04-02T09:30:00", None),  # which zone?
        ("2026-04-02", None),
        (10**18, None),
        (-1, None),
        (float("nan"), None),
        (True, None),
        (None, None),
        ("tomorrow", None),
    ],
)
def test_times(said, right):
    assert moment(said) == right


def test_days_in_prose():
    assert prose_day("Feb 3, 2025, 19:59") == dt.datetime(2025, 2, 3, 19, 59, tzinfo=UTC)
    assert prose_day("3.2.2025") is None
    assert prose_day(None) is None
