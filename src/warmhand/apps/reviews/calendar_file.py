"""The meeting as a calendar file (iCalendar, RFC 5545 and 5546), written by `icalendar`. Pure."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event, vCalAddress, vText, vUri

PRODUCT = "-//Warmhand//Review//EN"
CONTENT_TYPE = "text/calendar"


class Method(StrEnum):
    """What the file asks a calendar to do."""

    REQUEST = "REQUEST"
    CANCEL = "CANCEL"


class Status(StrEnum):
    """How sure the meeting is."""

    TENTATIVE = "TENTATIVE"
    CONFIRMED = "CONFIRMED"
    CANCELLED = "CANCELLED"


@dataclass(frozen=True, slots=True)
class Person:
    """Who takes part; without an address they stand in no calendar file."""

    name: str
    email: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Meeting:
    """All that a calendar shows. `zone` is the client's: times are written in it."""

    uid: str
    sequence: int
    starts_at: dt.datetime
    ends_at: dt.datetime
    zone: ZoneInfo
    summary: str
    status: Status
    organizer: Person
    attendee: Person
    written_at: dt.datetime
    description: str = ""
    location: str = ""
    url: str = ""


def calendar_file(meeting: Meeting) -> str:
    """The file: a request, or where the meeting is called off, its cancellation.

    The same `uid` with a higher `sequence` replaces what the calendar had.
    """
    off = meeting.status is Status.CANCELLED
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", (Method.CANCEL if off else Method.REQUEST).value)
    calendar.add_component(_event(meeting))
    calendar.add_missing_timezones(
        first_date=meeting.starts_at.date() - dt.timedelta(days=366),
        last_date=meeting.ends_at.date() + dt.timedelta(days=366),
    )
    return str(calendar.to_ical().decode())


def _event(meeting: Meeting) -> Event:
    event = Event()
    event.add("uid", meeting.uid)
    event.add("sequence", meeting.sequence)
    event.add("dtstamp", meeting.written_at.astimezone(dt.UTC))
    event.add("dtstart", meeting.starts_at.astimezone(meeting.zone))
    event.add("dtend", meeting.ends_at.astimezone(meeting.zone))
    event.add("summary", meeting.summary)
    event.add("status", meeting.status.value)
    texts = {"description": meeting.description, "location": meeting.location}
    for name, text in texts.items():
        if text:
            event.add(name, text)
    if meeting.url.startswith(("https://", "http://")):
        event["url"] = vUri(meeting.url)
    if meeting.organizer.email:
        event["organizer"] = _address(meeting.organizer)
    if meeting.attendee.email:
        event.add("attendee", _attendee(meeting), encode=False)
    return event


def _address(person: Person) -> vCalAddress:
    address = vCalAddress(f"mailto:{person.email}")
    if person.name:
        address.params["cn"] = vText(person.name)
    return address


def _attendee(meeting: Meeting) -> vCalAddress:
    address = _address(meeting.attendee)
    said = "ACCEPTED" if meeting.status is Status.CONFIRMED else "NEEDS-ACTION"
    address.params["role"] = vText("REQ-PARTICIPANT")
    address.params["partstat"] = vText(said)
    address.params["rsvp"] = vText("TRUE" if said == "NEEDS-ACTION" else "FALSE")
    return address
