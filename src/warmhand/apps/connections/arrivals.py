"""What helpdesks have just told of, for the people at the console: read often, so read cheaply."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Sequence
from typing import Final

from django.db.models import Case, Exists, IntegerField, OuterRef, QuerySet, Subquery, Value, When
from django.utils import timezone

from warmhand.apps.asks.models import Ask
from warmhand.problems import NotFound

from .models import PutAside, TicketVerdict

HOURS: Final = 8
"""A working day: what was solved yesterday is on Today, not here."""
MOST: Final = 5


def arrivals(member_id: int) -> list[TicketVerdict]:
    """Verdicts of the last hours that wait for somebody, newest first, the member's own before.

    The newest of each ticket; not those put aside, reopened, or asked since. One statement.
    """
    newest = TicketVerdict.objects.filter(ticket=OuterRef("ticket")).order_by("-pk").values("pk")
    aside = PutAside.objects.filter(member_id=member_id, verdict=OuterRef("pk"))
    asked = Ask.objects.filter(client=OuterRef("case__client"), asked_at__gte=OuterRef("at"))
    own = When(case__member_id=member_id, then=Value(0))
    rows: QuerySet[TicketVerdict] = (
        TicketVerdict.objects.filter(
            at__gte=timezone.now() - dt.timedelta(hours=HOURS),
            pk=Subquery(newest[:1]),
            case__removed_at=None,
            case__client__removed_at=None,
        )
        .exclude(state="open")
        .exclude(Exists(aside))
        .exclude(Exists(asked))
        .select_related("ticket__connection", "case__client__company")
    )
    order = Case(own, default=Value(1), output_field=IntegerField())
    return list(rows.order_by(order, "-pk")[:MOST])


def mark_of(found: Sequence[TicketVerdict]) -> str:
    """What tells one list of arrivals from another: short, and nothing can be read from it."""
    ids = ",".join(str(verdict.pk) for verdict in found)
    return hashlib.sha256(ids.encode()).hexdigest()[:16]


def put_aside(*, member_id: int, verdict_id: int) -> TicketVerdict:
    """Leave a verdict out of a member's own strip, until its ticket takes another turn."""
    verdict = _verdict(verdict_id)
    PutAside.objects.get_or_create(member_id=member_id, verdict=verdict)
    return verdict


def bring_back(*, member_id: int, verdict_id: int) -> TicketVerdict:
    """Show it again."""
    verdict = _verdict(verdict_id)
    PutAside.objects.filter(member_id=member_id, verdict=verdict).delete()
    return verdict


def _verdict(verdict_id: int) -> TicketVerdict:
    rows = TicketVerdict.objects.select_related("case__client")
    found: TicketVerdict | None = rows.filter(pk=verdict_id).first()
    if found is None:
        raise NotFound("verdict")
    return found
