"""Working on what was kept: read it, have its effect once, note what it became."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from warmhand.apps.island.scope import current_workspace_id
from warmhand.problems import Problem

from .calling import Unreachable
from .effects import Effect, Place, place_of, take
from .fetching import fetch as fetch_by_api
from .models import Connection, Delivery
from .peers import ADAPTERS
from .peers.kinds import Arrived, Heard, Read, Refetch, Trouble
from .people_there import UNKNOWN
from .queue import enqueue

State = Delivery.State
_WORST = (State.PARKED, State.NOT_UNDERSTOOD, State.DONE, State.NOTHING)
"""A delivery of several events is listed by the one that needs a person most."""
NEEDS_A_CLIENT = (UNKNOWN, "several_clients")

Fetch = Callable[[Connection, Refetch], Read]


class _Preview(Exception):
    """Ends a test: all that it did is rolled back."""


def work_on(delivery_id: int, *, fetch: Fetch = fetch_by_api) -> Delivery | None:
    """Work on a delivery that waits; anything else is left alone (it was worked on already).

    What a paused connection has sent waits on, except a test.
    """
    # The connection is locked with it, so that one worker sees what another has parked; its key
    # isn't, so that the door, whose new rows point at it, needn't wait for a worker.
    rows = Delivery.objects.select_for_update(no_key=True).select_related("connection")
    rows = rows.filter(Q(connection__active=True) | Q(is_test=True))
    delivery: Delivery | None = rows.filter(pk=delivery_id, state=State.WAITING).first()
    if delivery is None:
        return None
    if delivery.is_test:
        _preview(delivery, fetch)
    else:
        _work(delivery, fetch)
    delivery.worked_at = timezone.now()
    delivery.save(update_fields=["state", "became", "problem", "worked_at", "ticket", "client"])
    return delivery


def _preview(delivery: Delivery, fetch: Fetch) -> None:
    """What would happen: it happens, is noted, and is taken back."""
    try:
        with transaction.atomic():
            _work(delivery, fetch)
            raise _Preview
    except _Preview:
        delivery.ticket = None


def _work(delivery: Delivery, fetch: Fetch) -> None:
    at = place_of(delivery)
    found = [_one(each, at, fetch) for each in read(delivery)]
    delivery.state = min((state for state, _ in found), key=_WORST.index, default=State.NOTHING)
    effects = [effect for _, effect in found]
    delivery.became = _sentences(effects)
    delivery.problem = next((each.problem for each in effects if each.problem), None)
    delivery.ticket = next((each.ticket for each in effects if each.ticket), None)
    delivery.client = next((each.client for each in effects if each.client), None)
    for effect in effects:
        if effect.client is not None:
            _settle_siblings(effect, delivery)


def read(delivery: Delivery) -> list[Read]:
    """What a delivery says, as its peer's module reads it."""
    connection = delivery.connection
    arrived = Arrived(bytes(delivery.body), delivery.headers)
    return ADAPTERS[connection.peer].read(arrived, connection.settings)


def _one(each: Read, at: Place, fetch: Fetch) -> tuple[State, Effect]:
    if isinstance(each, Refetch):
        each = fetch(at.connection, each)
    if not isinstance(each, Heard):
        return _troubled(each)
    effect = take(each, at)
    if effect.problem:
        return State.PARKED, effect
    return (State.DONE if effect.sentences else State.NOTHING), effect


def _troubled(each: Read) -> tuple[State, Effect]:
    if not isinstance(each, Trouble):
        raise TypeError(each)
    problem = {"code": each.code, "sentence": each.sentence, "lift": each.lift}
    return (State.PARKED if each.parked else State.NOT_UNDERSTOOD), Effect(problem=problem)


def _sentences(effects: list[Effect]) -> list[str]:
    said = [sentence for effect in effects for sentence in effect.sentences]
    nothing = [effect.nothing for effect in effects if effect.nothing]
    return list(dict.fromkeys(said or nothing))[:20]


def _settle_siblings(effect: Effect, delivery: Delivery) -> None:
    """Now that the client is known, what waited for that is worked on again.

    Only what waits for this very ticket: lists that merely speak of it, too, would wake each other
    for ever.
    """
    if effect.ticket is not None:
        parked = parked_for_client(delivery.connection)
        for each in parked.filter(problem__details__ticket=effect.ticket.ref).select_for_update():
            again(each)
    if effect.names_learned and not delivery.is_test:
        release(delivery.connection)


def parked_for_client(connection: Connection) -> Any:
    """The deliveries of a connection that wait to be told whose they are."""
    return Delivery.objects.filter(
        connection=connection, state=State.PARKED, problem__code__in=NEEDS_A_CLIENT
    ).only("pk", "problem")


def release(connection: Connection, names: list[str] | None = None) -> int:
    """Put what waited for a client back into the queue, perhaps only by these names; how many."""
    found = 0
    for delivery in parked_for_client(connection).select_for_update():
        theirs = delivery.problem.get("details", {}).get("names", [])
        if names is None or set(names) & set(theirs):
            again(delivery)
            found += 1
    return found


def again(delivery: Delivery) -> None:
    """Work on a delivery once more."""
    Delivery.objects.filter(pk=delivery.pk).update(state=State.WAITING, problem=None)
    enqueue(workspace_id=current_workspace_id(), delivery_id=delivery.pk)


def fail(delivery_id: int, cause: Exception) -> None:
    """It failed for good, told on the page: it can be replayed."""
    problem = Problem(
        "our_fault",
        "Something went wrong on our side; nothing was changed.",
        lift="Replay it; if it stays, tell whoever runs this installation.",
    )
    if isinstance(cause, Unreachable):
        lift = "Replay it once the helpdesk answers again."
        problem = Problem("api_unreachable", cause.sentence, lift=lift)
    Delivery.objects.filter(pk=delivery_id, state=State.WAITING).update(
        state=State.FAILED, problem=problem.as_dict()["error"], worked_at=timezone.now()
    )


KEPT_DAYS, KEPT_DAYS_FOR_YOU = 30, 90
"""How long a body is kept: settled, and where it still needs a person (our choice)."""


def forget_bodies() -> int:
    """Delete bodies after their days; the delivery's name stays, so that it is still known.

    What still waits to be worked on, as while paused, is kept.
    """
    now = timezone.now()
    settled = Q(state__in=(State.DONE, State.NOTHING))
    old = Q(received_at__lt=now - timedelta(days=KEPT_DAYS)) & settled
    older = Q(received_at__lt=now - timedelta(days=KEPT_DAYS_FOR_YOU))
    rows = Delivery.objects.filter(old | older).exclude(body=b"").exclude(state=State.WAITING)
    return rows.update(body=b"", headers={})
