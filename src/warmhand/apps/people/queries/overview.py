"""All that a client's page shows, in a fixed number of queries.

The records of the apps above are reached by their reverse names alone: nothing of them is
imported here, and a prefetch leaves out what was removed.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Prefetch, QuerySet

from warmhand.apps.journal.models import Entry
from warmhand.apps.journal.queries import timeline_of
from warmhand.apps.people.models import Client, Consent, ContactPoint, KeyRingEntry, Merge
from warmhand.problems import NotFound

RECORDS = (
    "commitments", "cases", "ratings", "surveys", "reviews", "favours", "needs",
    "referrals_given", "asks", "referrals_received", "passes", "thank_yous",
    "rewards", "coworker_plans", "expertise", "provides_as",
)  # fmt: skip
_PLAIN = (
    "contact_points", "consents", "key_ring", "surveys", "reviews", "needs", "expertise",
    "provides_as",
)  # fmt: skip
_WITH_MEMBER = ("commitments", "cases", "favours", "referrals_given", "asks", "thank_yous")
ENTRIES_SHOWN = 50


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that happened with a client, on the day it happened."""

    on: dt.date
    kind: str
    title: str
    detail: str = ""
    record_id: int = 0


@dataclass(frozen=True, slots=True)
class ClientOverview:
    """A client's records, newest first, their days as `events`, and the journal's latest."""

    client: Client
    contact_points: list[ContactPoint]
    consents: list[Consent]
    key_ring: list[KeyRingEntry]
    commitments: list[Any]
    cases: list[Any]
    ratings: list[Any]
    surveys: list[Any]
    reviews: list[Any]
    favours: list[Any]
    needs: list[Any]
    referrals_given: list[Any]
    asks: list[Any]
    referrals_received: list[Any]
    passes: list[Any]
    thank_yous: list[Any]
    rewards: list[Any]
    coworker_plans: list[Any]
    expertise: list[Any]
    provides_as: list[Any]
    busy_times: list[Any]
    events: list[Event]
    entries: list[Entry]


def client_overview(client_id: int) -> ClientOverview:
    """Everything about one client, with a bounded number of queries (a test counts them)."""
    client = _loaded(client_id)
    company: Any = client.company
    held = {name: list(getattr(client, name).all()) for name in (*_PLAIN[:3], *RECORDS)}
    return ClientOverview(
        client=client,
        busy_times=list(company.busy_times.all()) if company else [],
        events=sorted(_events(held), key=lambda event: (event.on, event.record_id), reverse=True),
        entries=list(_journal_of(client)[:ENTRIES_SHOWN]),
        **held,
    )


def _journal_of(client: Client) -> QuerySet[Entry]:
    """Their own entries, their company's, and those of whoever was merged into them."""
    merged = Merge.objects.filter(kept_id=client.pk, undone_at=None).values("gone_id")
    return timeline_of(client.pk, company_id=client.company_id, once=merged)


def _loaded(client_id: int) -> Client:
    found = (
        Client.objects.select_related("company", "company__parent", "keeper")
        .prefetch_related(*_PLAIN, *_joined())
        .filter(pk=client_id)
        .first()
    )
    if found is None:
        raise NotFound("client")
    return found


def _joined() -> Iterator[Prefetch[Any]]:
    for name in _WITH_MEMBER:
        yield _prefetch(name, "member")
    yield _prefetch("ratings", "commitment", "case")
    yield _prefetch("referrals_received", "ask")
    yield _prefetch("passes", "offer")
    yield _prefetch("rewards", "ask")
    plans: Any = Client._meta.get_field("coworker_plans").related_model
    yield Prefetch("coworker_plans", plans.objects.prefetch_related("tasks"))


def _prefetch(name: str, *joined: str) -> Prefetch[Any]:
    model: Any = Client._meta.get_field(name).related_model
    return Prefetch(name, model.objects.select_related(*joined))


# What happened, out of each record's days: (records, kind, the field of the day, the title).
_DAYS: tuple[tuple[str, str, str, str], ...] = (
    ("commitments", "agreed", "agreed_on", "Agreed: {0.title}"),
    ("commitments", "delivered", "delivered_on", "Delivered: {0.title}"),
    ("commitments", "cancelled", "cancelled_on", "Cancelled: {0.title}"),
    ("cases", "case_opened", "opened_on", "Case opened: {0.title}"),
    ("cases", "case_resolved", "resolved_on", "Case resolved: {0.title}"),
    ("cases", "case_confirmed", "confirmed_on", "They confirmed it is solved: {0.title}"),
    ("ratings", "rated", "on", "Rated us {0.score} of 10"),
    ("ratings", "recovered", "recovered_on", "Made good after a rating of {0.score}"),
    ("surveys", "surveyed", "answered_on", "Answered a survey"),
    ("reviews", "review", "held_on", "Review meeting"),
    ("favours", "favour_promised", "promised_on", "Promised: {0.what}"),
    ("favours", "favour", "done_on", "Did for them: {0.what}"),
    ("needs", "need", "noted_on", "They need: {0.words}"),
    ("needs", "need_met", "met_on", "Need met: {0.words}"),
    ("referrals_given", "referral_given", "given_on", "Referred them to {0.provider}"),
    ("expertise", "expertise", "noted_on", "They do well: {0.words}"),
    ("asks", "asked", "asked_on", "Asked"),
    ("referrals_received", "referral", "received_on", "Introduced {0.new_person}"),
    ("referrals_received", "outcome", "outcome_on", "Outcome"),
    ("referrals_received", "hurt", "hurt_on", "Our handling hurt their name"),
    ("referrals_received", "mended", "mended_on", "Mended what hurt their name"),
    ("passes", "pass", "given_on", "Gave them to pass on: {0.offer.title}"),
    ("thank_yous", "thanks_owed", "owed_on", "Thanks owed {0.words}"),
    ("thank_yous", "thanked", "given_on", "Thanked them {0.words}"),
    ("consents", "consent", "on", "Consent"),
)


def _events(held: dict[str, list[Any]]) -> Iterator[Event]:
    for name, kind, field, title in _DAYS:
        for record in held[name]:
            on = getattr(record, field)
            if on is not None:
                yield Event(on, kind, _title(record, kind, title), _detail(record), record.pk)


def _title(record: Any, kind: str, title: str) -> str:
    if kind == "consent":
        return "Gave consent" if record.given else "Withdrew consent"
    if kind == "asked":
        return f"Asked: {record.get_kind_display().lower()}"
    if kind == "outcome":
        return f"{record.new_person}: {record.get_outcome_display().lower()}"
    return title.format(record).strip()


def _detail(record: Any) -> str:
    words = getattr(record, "words", "")
    return str(words) if words else ""
