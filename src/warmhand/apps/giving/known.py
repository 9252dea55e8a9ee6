"""What is known of clients that a favour may be proposed from, in a fixed number of queries (P9).

The proposals themselves are composed by `matching.favours`, which knows no database.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from typing import Any, Final

from django.db.models import F, Q, QuerySet

from warmhand.apps.accounts import days
from warmhand.apps.directory.models import Expertise
from warmhand.apps.people.models import Client
from warmhand.apps.people.queries import client_by_id
from warmhand.apps.work.models import BusyTime, Review
from warmhand.matching import favours as matching
from warmhand.matching.favours import Busy, Expert, Known, Proposal, Told, Wish
from warmhand.problems import NotFound

from .models import Favour, Need, ProposalDismissed, ReferralGiven

MOST_EXPERTS: Final = 200
"""Of what other clients do, the latest noted are looked through."""
REVIEW_DAYS, SENT_DAYS, SENT_REST_DAYS = 365, 120, 10
"""So long what was said in a review counts, and whom we sent them to; not within the first days."""


def proposals_for(client_ids: Collection[int]) -> dict[int, tuple[Proposal, ...]]:
    """For each client what may be done for them next, best first: eight queries in all."""
    today = days.today()
    known = known_of(client_ids, today)
    return {pk: matching.proposals(each, today) for pk, each in known.items()}


def proposal_of(client_id: int, about: str) -> Proposal:
    """One proposal as it stands now; NotFound (`unknown_proposal`) where it rests on nothing."""
    client_by_id(client_id)
    found = (each for each in proposals_for([client_id])[client_id] if each.about == about)
    proposal = next(found, None)
    if proposal is None:
        sentence = "What this was proposed for has changed since: look at the list again."
        raise NotFound("proposal", sentence)
    return proposal


def known_of(client_ids: Collection[int], today: dt.date) -> dict[int, Known]:
    """What is known of each of these clients."""
    clients = list(Client.objects.select_related("company").filter(pk__in=client_ids))
    wishes = _by_client(_wishes(client_ids), _wish)
    experts = _experts() if wishes else ()
    promised = _by_client(Favour.objects.filter(client_id__in=client_ids, done_on=None), _promise)
    reviews = _by_client(_reviews(client_ids, today), _review)
    sent = _by_client(_sent(client_ids, today), _sent_to)
    busy = _busy([c.company_id for c in clients if c.company_id], today)
    dismissed = _dismissed(client_ids)
    return {
        client.pk: Known(
            client_id=client.pk,
            name=client.title,
            sector=client.company.sector if client.company else "",
            year_end_month=client.company.year_end_month if client.company else None,
            notes=client.notes,
            promised=tuple(promised[client.pk]),
            wishes=tuple(wishes[client.pk]),
            experts=experts,
            busy=busy.get(client.company_id or 0, ()),
            review=next(iter(reviews[client.pk]), None),
            sent_to=tuple(sent[client.pk]),
            dismissed=dismissed.get(client.pk, frozenset()),
        )
        for client in clients
    }


def _by_client(rows: Iterable[Any], told: Any) -> defaultdict[int, list[Any]]:
    found: defaultdict[int, list[Any]] = defaultdict(list)
    for row in rows:
        found[row.client_id].append(told(row))
    return found


def _wishes(client_ids: Collection[int]) -> QuerySet[Need]:
    """Open needs that somebody else could serve."""
    rows = Need.objects.filter(client_id__in=client_ids, met_on=None, for_us=False)
    return rows.order_by("noted_on", "id")


def _wish(need: Need) -> Wish:
    return Wish(need.pk, need.words, need.noted_on, need.urgency, need.category, need.may_pass_on)


def _experts() -> tuple[Expert, ...]:
    """What clients do for their own clients, where it isn't to stay between us (P30)."""
    rows = (
        Expertise.objects.filter(client__removed_at=None)
        .exclude(may_pass_on=False)
        .select_related("client", "client__company")
        .order_by("-noted_on", "-id")[:MOST_EXPERTS]
    )
    return tuple(
        Expert(it.pk, it.client_id, _named(it.client), it.words, it.category, it.may_pass_on)
        for it in rows
    )


def _named(client: Client) -> str:
    company = client.company.name if client.company and client.name else ""
    return f"{client.title} ({company})" if company else client.title


def _promise(favour: Favour) -> Told:
    return Told(favour.pk, favour.what, favour.promised_on or favour.created_at.date())


def _reviews(client_ids: Collection[int], today: dt.date) -> QuerySet[Review]:
    since = today - dt.timedelta(days=REVIEW_DAYS)
    held = Review.objects.filter(client_id__in=client_ids, held_on__gt=since).exclude(words="")
    return held.order_by("-held_on", "-id")


def _review(review: Review) -> Told:
    return Told(review.pk, review.words, review.held_on or dt.date.min, review.rating)


def _sent(client_ids: Collection[int], today: dt.date) -> QuerySet[ReferralGiven]:
    """Whom we sent them to: long enough ago to have met, and not for a need that is met."""
    first, last = (today - dt.timedelta(days=n) for n in (SENT_DAYS, SENT_REST_DAYS))
    rows = ReferralGiven.objects.filter(client_id__in=client_ids, given_on__range=(first, last))
    return rows.filter(Q(need=None) | Q(need__met_on=None)).order_by(F("given_on").desc(), "-id")


def _sent_to(given: ReferralGiven) -> Told:
    return Told(given.pk, given.provider, given.given_on)


def _busy(company_ids: list[int], today: dt.date) -> dict[int, tuple[Busy, ...]]:
    found: defaultdict[int, list[Busy]] = defaultdict(list)
    for each in BusyTime.objects.filter(company_id__in=company_ids, ends_on__gte=today):
        label = each.label or each.get_kind_display()
        found[each.company_id].append(Busy(label, each.starts_on, each.ends_on))
    return {company: tuple(spans) for company, spans in found.items()}


def _dismissed(client_ids: Collection[int]) -> dict[int, frozenset[str]]:
    def pairs() -> Iterator[tuple[int, str]]:
        rows = ProposalDismissed.objects.filter(client_id__in=client_ids).order_by()
        yield from rows.values_list("client_id", "about")

    found: defaultdict[int, set[str]] = defaultdict(set)
    for client_id, about in pairs():
        found[client_id].add(about)
    return {client_id: frozenset(abouts) for client_id, abouts in found.items()}
