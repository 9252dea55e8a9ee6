"""Alliances and enquiries as lists, and the doors from an id to each."""

from __future__ import annotations

import datetime as dt
from typing import Final

from django.db.models import DateField, ExpressionWrapper, F, IntegerField, Q, QuerySet
from django.db.models.functions import Cast

from warmhand.apps.accounts import days
from warmhand.apps.alliances.models import (
    MODE_CHOICES,
    SECTOR_CHOICES,
    Alliance,
    Enquiry,
    Exchange,
    OurTrade,
)
from warmhand.apps.directory.models import Provider
from warmhand.apps.island.door import one
from warmhand.apps.island.listing import searched, sorted_by
from warmhand.apps.people.queries.records import in_state

SECTORS: Final = SECTOR_CHOICES
MODES: Final = MODE_CHOICES
EXCHANGE_KINDS: Final = Exchange.Kind.choices
ANSWERS: Final = [each for each in Enquiry.Answer.choices if each[0] != Enquiry.Answer.WAITING]
"""Choices of forms, each with its name for a person."""
_ALLY: Final = ("provider", "company", "client", "client__company", "keeper")
_ENQUIRY: Final = ("client", "client__company", "provider", "alliance", "member", "given", "need")
ALLIANCE_ORDERS: Final = {"name": ("name",), "starts": ("starts_on",), "ends": ("ends_on",)}
ENQUIRY_ORDERS: Final = {"noted": ("noted_on",), "sent": ("routed_on",)}
STATES: Final = {
    "running": "Running",
    "ending": "Ends soon",
    "planned": "Not begun",
    "ended": "Ended",
}
ENQUIRY_STATES: Final = {
    "open": "Open",
    "sent": "Sent on, no answer yet",
    "answered": "Answered",
    "closed": "Closed",
}


def alliance_by_id(alliance_id: int, *, lock: bool = False) -> Alliance:
    """One alliance: the one door from an id to it."""
    return one(Alliance, alliance_id, "alliance", lock=lock, related=_ALLY)


def enquiry_by_id(enquiry_id: int, *, lock: bool = False) -> Enquiry:
    """One enquiry: the one door from an id to it."""
    return one(Enquiry, enquiry_id, "enquiry", lock=lock, related=_ENQUIRY)


def exchange_by_id(exchange_id: int, *, lock: bool = False) -> Exchange:
    """One exchange recorded by hand: the one door from an id to it."""
    return one(Exchange, exchange_id, "exchange", lock=lock, related=("alliance",))


def our_trade() -> OurTrade:
    """What we said our own trade is; an unsaved one that says nothing where nobody did."""
    return OurTrade.objects.first() or OurTrade()


def _states(day: dt.date | None = None) -> dict[str, Q]:
    today = day or days.today()
    begun = Q(starts_on__lte=today)
    over = Q(ends_on__lt=today)
    return {
        "running": begun & ~over,
        "ending": begun & ~over & Q(warned_from__lte=today),
        "planned": Q(starts_on__gt=today),
        "ended": over,
    }


def alliances(
    *, search: str = "", state: str = "", sort: str = "", today: dt.date | None = None
) -> QuerySet[Alliance]:
    """Alliances by name; `state` is running, ending (within its days of warning), planned, ended.

    Each has `warned_from`, the day from which its end is told ahead (None: it has no end).
    """
    warned = ExpressionWrapper(
        F("ends_on") - Cast(F("warn_days"), IntegerField()), output_field=DateField()
    )
    rows: QuerySet[Alliance] = in_state(
        Alliance.objects.select_related(*_ALLY).annotate(warned_from=warned),
        state,
        lambda: _states(today),
    )
    return sorted_by(
        searched(rows, search, "name", "terms", "company__name", "provider__name"),
        sort,
        ALLIANCE_ORDERS,
    )


def ending_soon(member_id: int | None = None, *, today: dt.date | None = None) -> list[Alliance]:
    """Alliances whose end is near, soonest first; a member's own and those nobody keeps."""
    rows = alliances(state="ending", today=today)
    if member_id is not None:
        rows = rows.filter(Q(keeper_id=member_id) | Q(keeper=None))
    return list(rows.order_by("ends_on", "id"))


def state_of(alliance: Alliance, today: dt.date) -> str:
    """The state of one alliance: a code of `STATES`."""
    if alliance.starts_on > today:
        return "planned"
    if alliance.ends_on is None:
        return "running"
    if alliance.ends_on < today:
        return "ended"
    near = alliance.ends_on - dt.timedelta(days=alliance.warn_days) <= today
    return "ending" if near else "running"


def enquiries(*, search: str = "", state: str = "", sort: str = "") -> QuerySet[Enquiry]:
    """Enquiries for what we don't offer, latest first; `state` is a code of `ENQUIRY_STATES`."""
    states = {
        "open": Q(routed_on=None, closed_on=None),
        "sent": Q(routed_on__isnull=False, answer=Enquiry.Answer.WAITING),
        "answered": ~Q(answer=Enquiry.Answer.WAITING),
        "closed": Q(closed_on__isnull=False),
    }
    rows = in_state(Enquiry.objects.select_related(*_ENQUIRY), state, states)
    words = ("words", "asker", "client__name", "provider__name")
    return sorted_by(searched(rows, search, *words), sort, ENQUIRY_ORDERS)


def open_enquiries() -> int:
    """How many enquiries wait for somebody to send them to."""
    return enquiries(state="open").count()


def provider_choices() -> list[tuple[str, str]]:
    """Providers of the directory by number and name, for a form."""
    found = Provider.objects.order_by("name", "id").values_list("pk", "name")
    return [(str(pk), name) for pk, name in found]


def usual_unit() -> str:
    """The currency that was used last for what a referral was worth; '' before the first."""
    valued = Exchange.objects.exclude(unit="").order_by("-pk")
    return valued.values_list("unit", flat=True).first() or ""
