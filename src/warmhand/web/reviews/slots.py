"""The page on which a client takes a time, wishes for another, or calls the meeting off.

Looking at it does nothing (P14); an answer is a form that was sent.
"""

from __future__ import annotations

import datetime as dt
from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from warmhand.apps.island.actor import Actor
from warmhand.apps.journal.services import one_act
from warmhand.apps.messaging import clock
from warmhand.apps.messaging import services as messaging
from warmhand.apps.messaging.door import Visit
from warmhand.apps.reviews import queries, services
from warmhand.problems import Invalid, NotFound, Problem
from warmhand.web import public
from warmhand.web.public import Sheet
from warmhand.web.reviews.meeting import calendar_answer
from warmhand.wording.reviews import SlotPage, said_time, said_zone, slot_page

LONGEST_WORDS: Final = 2_000


@public.visitor("review")
def slots(request: HttpRequest, visit: Visit) -> HttpResponse:
    """The times, and what was answered so far."""
    found = queries.invitation_by_id(visit.object_id)
    spoken, _ = queries.spoken_by(found.language)
    sheet = Sheet(request, visit, spoken, _texts(found, visit.workspace_name))
    if request.method != "POST":
        return _show(sheet)
    try:
        _answer(sheet, found)
    except NotFound:
        raise
    except Problem as problem:
        return _show(sheet.anew() if problem.code == "answered_meanwhile" else sheet, problem)
    return redirect(request.path)


def _texts(found: Any, workspace: str) -> SlotPage:
    spoken, language = queries.spoken_by(found.language)
    there = queries.zone_by_name(found.timezone)
    return slot_page(
        spoken,
        workspace=workspace,
        member_name=found.member.name,
        kind=found.kind,
        minutes=found.minutes,
        zone=said_zone(found.slots[0].starts_at, there, language),
    )


def _show(sheet: Sheet[SlotPage], problem: Problem | None = None) -> HttpResponse:
    found = queries.invitation_by_id(sheet.visit.object_id)
    return sheet.show(
        "public/review.html",
        problem=problem,
        refused=_refusal(sheet.texts, problem),
        it=found,
        may_change=services.may_change(found, clock.now()),
        words=sheet.request.POST.get("words", ""),
        **_times(found),
    )


def _answer(sheet: Sheet[SlotPage], found: Any) -> None:
    """What they sent: noted with its proof, then done; both or neither."""
    sent = sheet.request.POST
    stamp = public.stamped(sheet.request, sheet.visit.page)
    said = {
        name: sent.get(name, "").replace("\x00", "")[
            :LONGEST_WORDS
        ]  # no database takes a zero byte
        for name in ("act", "time", "words")
    }
    by = Actor(None, found.client.title, "client")
    with one_act():
        # before the link, as whoever withdraws the invitation does: else each waits for the other
        queries.invitation_by_id(found.pk, lock=True)
        messaging.take_outcome(
            link_id=sheet.visit.link_id,
            edition=stamp.edition,
            proof=sheet.proof("review", said),
        )
        _done(said, by, found.pk)


def _done(said: dict[str, str], by: Actor, invitation_id: int) -> None:
    if said["act"] == "pick":
        starts_at = _moment(said["time"])
        services.pick_slot(by=by, invitation_id=invitation_id, starts_at=starts_at)
    elif said["act"] == "off":
        services.call_off_by_client(by=by, invitation_id=invitation_id, words=said["words"])
    else:
        services.wish_for(by=by, invitation_id=invitation_id, words=said["words"])


def _moment(text: str) -> dt.datetime:
    try:
        found = dt.datetime.fromisoformat(text)
    except ValueError:
        raise Invalid.at("time", "Take one of the times.") from None
    if found.tzinfo is None:
        raise Invalid.at("time", "Take one of the times.")
    return found


def _refusal(texts: SlotPage, problem: Problem | None) -> str:
    """Why not, in the client's language; '' where the frame says it."""
    said = {
        "time_taken": texts.taken,
        "time_not_proposed": texts.taken,
        "time_passed": texts.taken,
        "too_late_to_change": texts.too_late,
        "invitation_over": texts.called_off,
    }
    return said.get(problem.code, "") if problem else ""


def _times(found: Any) -> dict[str, Any]:
    """The times as the client says them, without those that have passed."""
    _, language = queries.spoken_by(found.language)
    there, now = queries.zone_by_name(found.timezone), clock.now()
    agreed = found.review.starts_at if found.review else None
    ahead = [s.starts_at for s in found.slots if s.starts_at > now and s.starts_at != agreed]
    return {
        "agreed": said_time(agreed, there, language) if agreed else "",
        "times": [
            {"value": each.isoformat(), "said": said_time(each, there, language)} for each in ahead
        ],
    }


@public.visitor("review")
def slots_calendar(request: HttpRequest, visit: Visit) -> HttpResponse:
    """The meeting for the client's own calendar, in their time zone."""
    found = queries.invitation_by_id(visit.object_id)
    if found.review is None or found.review.starts_at is None:
        raise NotFound("time", "No time is picked yet.")
    page = request.build_absolute_uri(request.path.removesuffix("review.ics"))
    return calendar_answer(queries.file_of_invitation(found, url=page))
