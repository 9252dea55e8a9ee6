"""What an event does here: a case follows its ticket, a rating is kept, a wish is respected.

An event is a hint (integrations.md, rule 7): a case that is solved over there waits here for the
client's own 'yes' (P12), and nobody is asked anything by it.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import Any, cast
from zoneinfo import ZoneInfo

from django.db.models import Q
from django.utils import timezone

from warmhand.apps.accounts import days
from warmhand.apps.accounts.queries import members
from warmhand.apps.island.actor import Actor
from warmhand.apps.journal import services as journal
from warmhand.apps.journal.queries import history_of
from warmhand.apps.moves import moments
from warmhand.apps.people import services as people
from warmhand.apps.people.models import Client
from warmhand.apps.work import services as work
from warmhand.apps.work.models import Case
from warmhand.problems import Problem
from warmhand.rulebook import MOVES

from .models import Connection, Delivery, HeardOnce, Ticket, TicketEvent
from .peers.kinds import Heard, State, What, Who
from .people_there import Ignored, client_of, remember
from .story import Story, Told, told

AHEAD_SECONDS = 300
_STATE_FIELDS = ["resolved_on", "confirmed_on", "reopened_times"]
_SILENT = {
    What.NOTE: "An internal note: nothing is kept of it.",
    What.CONTACT_CHANGED: "Details of a contact changed over there; ours stay as they are.",
    What.DEAL: "A deal changed; deals aren't followed yet.",
    What.NOTHING: "Nothing that concerns a client.",
}


@dataclass(slots=True)
class Effect:
    """What an event became: sentences (none: nothing to do), and whom it concerned."""

    sentences: list[str] = field(default_factory=list)
    nothing: str = ""
    ticket: Ticket | None = None
    client: Client | None = None
    names_learned: bool = False
    problem: dict[str, Any] | None = None
    """What a person has to help with; the event is kept for the ticket's story all the same."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where an event came in, and who acts."""

    connection: Connection
    delivery: Delivery
    by: Actor
    zone: ZoneInfo


def place_of(delivery: Delivery) -> Place:
    """The place of a delivery, in the open workspace."""
    connection = delivery.connection
    zone = days.zone()
    return Place(connection, delivery, Actor(None, connection.name, "hook"), zone)


def take(heard: Heard, at: Place) -> Effect:
    """Have an event's effect, once."""
    if heard.what in _SILENT:
        return Effect(nothing=_SILENT[heard.what])
    if heard.happened_at > timezone.now() + dt.timedelta(seconds=AHEAD_SECONDS):
        return Effect(problem=_ahead(heard).as_dict()["error"])
    ticket = _kept(heard, at) if heard.ticket else None
    try:
        with journal.one_act():
            return _of_ticket(heard, ticket, at) if ticket else _of_person(heard, at)
    except Ignored:
        return Effect(nothing="About somebody who is no client of ours.", ticket=ticket)
    except Problem as problem:
        return Effect(ticket=ticket, problem=problem.as_dict()["error"])


def _ahead(heard: Heard) -> Problem:
    return Problem(
        "happens_ahead",
        f"It says that it happened at {heard.happened_at:%d %B %Y %H:%M} UTC, which is ahead.",
        lift="Set the clock over there right; replay it when the time has come.",
    )


def _kept(heard: Heard, at: Place) -> Ticket:
    """The event is kept before anything can be refused: later news of the ticket count it in."""
    ticket = _locked(at.connection, heard.ticket)
    _keep(heard, ticket, at.delivery)
    return ticket


def _of_ticket(heard: Heard, ticket: Ticket, at: Place) -> Effect:
    effect = _follow(ticket, at)
    if heard.what is What.RATED and heard.score is not None:
        _rate(heard, at, effect)
    return effect


def _locked(connection: Connection, ref: str) -> Ticket:
    """The ticket, made at its first event, held until the commit: one story is told at a time."""
    made = Ticket(connection=connection, ref=ref, workspace_id=connection.workspace_id)
    Ticket.objects.bulk_create([made], ignore_conflicts=True)
    found: Ticket = Ticket.objects.select_for_update().get(connection=connection, ref=ref)
    return found


def _keep(heard: Heard, ticket: Ticket, delivery: Delivery) -> None:
    details = {
        "title": heard.title,
        "ids": list(heard.who.ids),
        "email": heard.who.email,
        "name": heard.who.name,
        "opened_at": heard.opened_at.isoformat() if heard.opened_at else "",
        "assignee_email": heard.assignee,
    }
    event = TicketEvent(
        workspace_id=ticket.workspace_id,
        ticket=ticket,
        delivery=delivery,
        key=heard.key,
        what=heard.what.value,
        happened_at=heard.happened_at,
        sequence=heard.sequence,
        state=heard.state,
        details={name: value for name, value in details.items() if value},
    )
    TicketEvent.objects.bulk_create([event], ignore_conflicts=True)


def _follow(ticket: Ticket, at: Place) -> Effect:
    """Bring the case to where the ticket's story stands."""
    events = list(TicketEvent.objects.filter(ticket=ticket))
    story, before = told(map(_told, events), at.zone), Story.from_dict(ticket.story)
    if not story.state:
        return Effect(nothing="No news of the ticket's state.", ticket=ticket)
    learned = False
    if ticket.case_id is None:
        client, learned = _client(ticket, events, at)
        ticket.case = _opened(ticket, client, story, at, _solver(events))
        _place_ratings(ticket.case, events, at)
    case = ticket.case
    effect = Effect(ticket=ticket, client=case.client, names_learned=learned)
    if story == before:
        effect.nothing = "Heard before: it changes nothing."
    elif case.removed_at is not None:
        effect.nothing = f"A colleague removed the case '{case.title}': it stays removed."
    else:
        _bring(case, story, before, ticket, at, effect)
    ticket.story = story.as_dict()
    ticket.save(update_fields=["case", "story"])
    return effect


def _told(event: TicketEvent) -> Told:
    opened = event.details.get("opened_at")
    return Told(
        key=event.key,
        happened_at=event.happened_at,
        sequence=event.sequence,
        state=cast("State", event.state),
        title=event.details.get("title", ""),
        opened_at=dt.datetime.fromisoformat(opened) if opened else None,
    )


def _client(ticket: Ticket, events: list[TicketEvent], at: Place) -> tuple[Client, bool]:
    """The ticket's client, by the first event that tells enough; and whether ids were learned.

    Who rated is asked last, or a rating that came before its ticket would decide whose it is.
    """
    people_told = [
        (
            event.what == What.RATED.value,
            Who(
                tuple(event.details.get("ids", ())),
                event.details.get("email", ""),
                event.details.get("name", ""),
            ),
        )
        for event in events
    ]
    unknown: list[Problem] = []
    for _, who in sorted(people_told, key=lambda each: (each[0], not each[1].email)):
        try:
            found = client_of(at.connection, who, ticket.ref)
        except Problem as problem:
            unknown.append(problem)
        else:
            learned = found.by_address and remember(at.connection, who, found.client)
            return found.client, learned
    raise unknown[0]


def _solver(events: list[TicketEvent]) -> int | None:
    """The colleague who solves it over there, where they are one of ours by their address."""
    told_of = [event.details.get("assignee_email", "") for event in events]
    address = next(filter(None, reversed(told_of)), "")
    found = members().filter(email__iexact=address).first() if address else None
    return found.pk if found else None


def _place_ratings(case: Case, events: list[TicketEvent], at: Place) -> None:
    """Ratings that came before the ticket's own news are of its case, as if they had come after."""
    keys = [_once(What.RATED, event.key) for event in events if event.what == What.RATED.value]
    heard = HeardOnce.objects.filter(connection=at.connection, key__in=keys)
    for rating_id in heard.filter(rating__removed_at=None).values_list("rating", flat=True):
        if rating_id is not None:
            work.place_rating(by=at.by, rating_id=rating_id, case_id=case.pk)


def _once(what: What, key: str) -> str:
    """Under which key it is noted that an event has had its effect."""
    return f"{what.value}:{key}"[:200]


def _opened(ticket: Ticket, client: Client, story: Story, at: Place, member_id: int | None) -> Case:
    return work.open_case(
        by=at.by,
        client_id=client.pk,
        title=story.title or f"{at.connection.get_peer_display()} ticket {ticket.ref}",
        on=story.opened_on,
        member_id=member_id,
        source=at.connection.source,
        source_ref=ticket.ref,
    )


def _bring(
    case: Case, story: Story, before: Story, ticket: Ticket, at: Place, effect: Effect
) -> None:
    """Move a case; what a colleague or the client did after the ticket's last news stands."""
    theirs = _moved_here(case)
    if theirs is not None and story.last_at is not None and theirs > story.last_at:
        effect.nothing = "The case was moved here since; it stays as it is."
        return
    if before == Story():
        effect.sentences.append(f"Opened the case '{case.title}' of {case.client.title}.")
    if theirs is None and story.opened_on and story.opened_on < case.opened_on:
        work.change_case(by=at.by, case_id=case.pk, opened_on=story.opened_on)
    for what, on in _moments(case, story, before):
        ref = moments.CaseRef(case_id=case.pk)
        answer = moments.tell(by=at.by, ref=ref, what=what, on=_possible(on, case))
        case.refresh_from_db()
        effect.sentences.append(f"The case '{case.title}' was {what}.")
        effect.sentences.append(_verdict(answer))
    if theirs is None:
        _align(case, story, at, effect)
    if not effect.sentences:
        effect.nothing = "It came late: the case stands as it did."


def _possible(on: dt.date | None, case: Case) -> dt.date | None:
    """Not before what the case knows by now: late news are set right by `_align` afterwards."""
    known = [day for day in (case.opened_on, case.resolved_on, on) if day]
    return max(known) if on else None


def _moments(case: Case, story: Story, before: Story) -> list[tuple[str, dt.date | None]]:
    """What has to be told of the case, in order, so that it stands where the story does."""
    state = case.state
    found: list[tuple[str, dt.date | None]] = []
    again = state == "confirmed" and story.reopened_times > before.reopened_times
    if state != "open" and (story.state == "open" or (again and story.state == "resolved")):
        found.append(("reopened", None))
        state = "open"
    if state == "open" and story.state != "open":
        found.append(("resolved", story.resolved_on))
        state = "resolved"
    if state == "resolved" and story.state == "confirmed":
        found.append(("confirmed", story.confirmed_on))
    return found


def _align(case: Case, story: Story, at: Place, effect: Effect) -> None:
    """The days and the count, where late news have changed them."""
    before = (case.opened_on, case.resolved_on, case.confirmed_on, case.reopened_times)
    after = (
        story.opened_on or case.opened_on,
        story.resolved_on,
        story.confirmed_on,
        story.reopened_times,
    )
    if before == after and (not story.title or story.title == case.title):
        return
    work.align_case(
        by=at.by,
        case_id=case.pk,
        opened_on=after[0],
        resolved_on=after[1],
        confirmed_on=after[2],
        reopened_times=after[3],
        title=story.title,
    )
    if before != after and not effect.sentences:
        effect.sentences.append(f"Late news: the days of the case '{case.title}' were set right.")


def _moved_here(case: Case) -> dt.datetime | None:
    """When a person, or the client by a link of ours, last moved this case."""
    moved = Q(changes__has_any_keys=_STATE_FIELDS, verb="changed") | Q(verb="undid")
    entries = history_of("work.Case", case.pk).exclude(via="hook").filter(moved)
    newest = entries.first()
    return newest.at if newest else None


def _verdict(answer: moments.MomentAnswer) -> str:
    if answer.what == "resolved":
        move = MOVES[answer.if_confirmed.move].title
        return f"Once the client confirms: {move}."
    return f"Now: {MOVES[answer.verdict.decision.move].title}."


def _of_person(heard: Heard, at: Place) -> Effect:
    found = client_of(at.connection, heard.who)
    learned = found.by_address and remember(at.connection, heard.who, found.client)
    effect = Effect(client=found.client, names_learned=learned)
    if heard.what is What.CONTACT_ERASED:
        _forget(heard, at, effect)
    elif heard.what is What.UNSUBSCRIBED:
        _withdraw(heard, at, effect)
    elif heard.what is What.RATED:
        _rate(heard, at, effect)
    return effect


def _first_time(heard: Heard, at: Place, effect: Effect) -> HeardOnce | None:
    """The note that it is heard now; None where it was heard before."""
    noted, fresh = HeardOnce.objects.get_or_create(
        connection=at.connection, key=_once(heard.what, heard.key)
    )
    if not fresh and not effect.sentences:
        effect.nothing = "Heard before: it changes nothing."
    return noted if fresh else None


def _day(heard: Heard, at: Place) -> dt.date:
    return heard.happened_at.astimezone(at.zone).date()


def _rate(heard: Heard, at: Place, effect: Effect) -> None:
    """A rating is kept as said; it never opens an ask by itself (P6), a bad one stops them (P7)."""
    client = effect.client or client_of(at.connection, heard.who, heard.ticket).client
    noted = _first_time(heard, at, effect) if heard.score is not None else None
    if heard.score is None or noted is None:
        return
    case = effect.ticket.case_id if effect.ticket else None
    noted.rating = work.rate(
        by=at.by,
        client_id=client.pk,
        score=heard.score,
        on=_day(heard, at),
        words=heard.words,
        case_id=case,
    )
    noted.save(update_fields=["rating"])
    effect.client, effect.nothing = client, ""
    effect.sentences.append(f"{client.title} rated us {heard.score} of 10.")


def _withdraw(heard: Heard, at: Place, effect: Effect) -> None:
    client = effect.client
    if client is None or not _first_time(heard, at, effect):
        return
    people.withdraw_consent(
        by=at.by,
        client_id=client.pk,
        on=_day(heard, at),
        words=f"Unsubscribed in {at.connection.get_peer_display()}.",
        source=at.connection.name[:120],
    )
    effect.sentences.append(f"{client.title} withdrew consent: no ask goes out any more.")


def _forget(heard: Heard, at: Place, effect: Effect) -> None:
    """Asks stop at once; what is to be deleted is a person's to see to, as a case."""
    client = effect.client
    if client is None or not _first_time(heard, at, effect):
        return
    peer = at.connection.get_peer_display()
    people.set_do_not_ask(by=at.by, client_id=client.pk, why=f"To be forgotten: told by {peer}.")
    work.open_case(
        by=at.by,
        client_id=client.pk,
        title=f"To be forgotten: {peer} tells of an erasure",
        on=_day(heard, at),
        source=at.connection.source,
        source_ref=f"erasure:{heard.key}"[:200],
    )
    effect.sentences.append(f"{client.title} is to be forgotten: asks stop, a case is open.")
