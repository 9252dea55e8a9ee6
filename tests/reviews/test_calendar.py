"""The calendar file, read back by a calendar library (RFC 5545, 5546)."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

import icalendar
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.reviews.stories import at, invited, settle, themself, unrated
from warmhand.apps.journal import services as journal
from warmhand.apps.journal.queries import newest_about
from warmhand.apps.people import services as people
from warmhand.apps.reviews import queries, services
from warmhand.apps.reviews.calendar_file import Meeting, Person, Status, calendar_file
from warmhand.apps.work import services as work
from warmhand.problems import NotFound

ZONES = ("Europe/Berlin", "America/New_York", "Asia/Kolkata", "Pacific/Auckland", "UTC")
texts = st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=60)
names = texts.map(lambda text: " ".join(text.split())).filter(bool) | st.sampled_from(
    ['a "quoted" name', "semi;colon: comma,", "caret^n", "back\\slash\\"]
)


@st.composite
def meetings(draw) -> Meeting:
    start = draw(
        st.datetimes(dt.datetime(2026, 1, 1), dt.datetime(2030, 1, 1), timezones=st.just(dt.UTC))
    ).replace(second=0, microsecond=0)
    return Meeting(
        uid="a1b2@warmhand",
        sequence=draw(st.integers(0, 99)),
        starts_at=start,
        ends_at=start + dt.timedelta(minutes=draw(st.integers(10, 480))),
        zone=ZoneInfo(draw(st.sampled_from(ZONES))),
        summary=draw(names),
        description=draw(texts),
        location=draw(texts),
        url="https://example.org/p/review/x/",
        status=draw(st.sampled_from(list(Status))),
        organizer=Person(draw(names), "olga@warmhand.example"),
        attendee=Person(draw(names), "ada@kettle.example"),
        written_at=start,
    )


@settings(max_examples=50)
@given(meetings())
def test_whatever_is_said_comes_back_and_the_file_asks_for_the_right_thing(meeting):
    text = calendar_file(meeting)
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))
    calendar = icalendar.Calendar.from_ical(text)
    off = meeting.status is Status.CANCELLED
    assert calendar["method"] == ("CANCEL" if off else "REQUEST")
    [event] = calendar.walk("VEVENT")
    assert event["uid"] == "a1b2@warmhand"
    assert event["sequence"] == meeting.sequence
    assert event["summary"] == meeting.summary
    assert str(event.get("location", "")) == meeting.location
    assert event["dtstart"].dt == meeting.starts_at
    assert event["dtend"].dt == meeting.ends_at
    assert event["organizer"] == "mailto:olga@warmhand.example"
    assert event["attendee"] == "mailto:ada@kettle.example"
    if "\\" not in meeting.organizer.name:
        assert event["organizer"].params["cn"] == meeting.organizer.name
    assert event["status"] == meeting.status.value
    zones = [zone["tzid"] for zone in calendar.walk("VTIMEZONE")]
    assert zones == ([] if meeting.zone.key == "UTC" else [meeting.zone.key])


def read(text: str) -> tuple[str, icalendar.Event]:
    calendar = icalendar.Calendar.from_ical(text)
    [event] = calendar.walk("VEVENT")
    return str(calendar["method"]), event


def test_one_uid_from_the_proposal_to_the_cancellation_with_a_rising_sequence(world):
    client = unrated(world)
    people.add_contact_point(by=world.by, client_id=client.pk, kind="email", value="ada@kettle.org")
    people.change_client(by=world.by, client_id=client.pk, timezone="America/New_York")
    settle(client)
    invitation = invited(world, client, place="Quay 4")
    files = [queries.file_of_invitation(invitation)]
    for place in (1, 2):
        services.pick_slot(
            by=themself(client),
            invitation_id=invitation.pk,
            starts_at=invitation.slots[place].starts_at,
        )
        files.append(queries.file_of_invitation(queries.invitation_by_id(invitation.pk)))
    services.call_off_by_client(by=themself(client), invitation_id=invitation.pk)
    files.append(queries.file_of_invitation(queries.invitation_by_id(invitation.pk)))

    found = [read(text) for text in files]
    assert [method for method, _ in found] == ["REQUEST", "REQUEST", "REQUEST", "CANCEL"]
    events = [event for _, event in found]
    assert {str(event["uid"]) for event in events} == {invitation.uid}
    assert [event["sequence"] for event in events] == [0, 1, 2, 3]
    assert [str(event["status"]) for event in events] == [
        "TENTATIVE", "CONFIRMED", "CONFIRMED", "CANCELLED",
    ]  # fmt: skip
    starts = [slot.starts_at for slot in invitation.slots]
    assert [event["dtstart"].dt for event in events[:3]] == starts
    assert (
        events[0]["dtstart"].dt.utcoffset()
        == starts[0].astimezone(ZoneInfo("America/New_York")).utcoffset()
    )
    assert str(events[0]["organizer"]) == f"mailto:{world.members['owner'].email}"
    assert str(events[0]["attendee"]) == "mailto:ada@kettle.org"
    assert events[0]["location"] == "Quay 4"


def test_a_meeting_planned_by_hand_has_its_file_once_its_time_is_known(world):
    client = unrated(world)
    review = work.plan_review(by=world.by, client_id=client.pk, on=world.today())
    with pytest.raises(NotFound):
        queries.file_of_review(review)
    review = work.change_review(by=world.by, review_id=review.pk, starts_at=at(world, 3))
    _, first = read(queries.file_of_review(review))
    review = work.change_review(by=world.by, review_id=review.pk, starts_at=at(world, 4))
    _, second = read(queries.file_of_review(review))
    journal.undo(by=world.by, entry_id=newest_about(review).pk)
    review.refresh_from_db()
    _, third = read(queries.file_of_review(review))
    assert first["uid"] == second["uid"] == third["uid"]
    assert third["dtstart"].dt == first["dtstart"].dt
    assert first["sequence"] < second["sequence"] < third["sequence"]
