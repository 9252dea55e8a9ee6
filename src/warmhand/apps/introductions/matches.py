"""Out of our records what matching ranks: a need, providers, other clients' expertise (P29, P30).

The one adapter: a need's page and an enquiry's are ranked by the same facts. A constant number of
queries, however many providers there are.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from warmhand.apps.accounts import days
from warmhand.apps.directory.models import Expertise, Provider
from warmhand.apps.directory.queries import located, place_of
from warmhand.apps.giving.models import Need
from warmhand.apps.people.importing.values import country_code
from warmhand.listening.encoder import encoder_or_none
from warmhand.matching import (
    Capacity,
    Declined,
    Exchange,
    ExpertiseSeen,
    NeedSeen,
    Outcome,
    ProviderSeen,
    Ranked,
    Urgency,
    VouchSeen,
    Where,
    rank,
)

from .models import Candidate


@dataclass(frozen=True, slots=True)
class Known:
    """What apps above ours know of providers, by the provider's number; left out, it is unknown.

    Of exchanges and allies only those come in whose legal mode lets them count (P37).
    """

    outcomes: Mapping[int, Outcome] = field(default_factory=dict)
    exchanges: Mapping[int, Exchange] = field(default_factory=dict)
    allies: frozenset[int] = frozenset()
    declined: Mapping[int, Sequence[Declined]] = field(default_factory=dict)
    """What they declined elsewhere than in an introduction, such as enquiries sent on."""
    lines: Mapping[int, Sequence[str]] = field(default_factory=dict)
    """Categories beside those of their services, such as an alliance with them is about."""


def provider_ids() -> list[int]:
    """The numbers of all who may be ranked: for them the apps above say what they know."""
    return list(Provider.objects.order_by("pk").values_list("pk", flat=True))


def ranked_for(need: Need, *, known: Known | None = None, by_meaning: bool = True) -> list[Ranked]:
    """Who could meet a need, best first, each with what speaks for and against (P29-P31)."""
    seen = need_seen(
        words=need.words, category=need.category, client=need.client, urgency=need.urgency
    )
    everybody = [*_providers(need.pk, known or Known()), *_expertise()]
    return _ranked(seen, everybody, by_meaning)


def ranked_providers(seen: NeedSeen, *, need_id: int | None, known: Known) -> list[Ranked]:
    """The providers who could meet what somebody asked for, best first (P36)."""
    return _ranked(seen, _providers(need_id, known))


def _ranked(seen: NeedSeen, everybody: Sequence[Any], by_meaning: bool = True) -> list[Ranked]:
    encoder = encoder_or_none() if by_meaning else None
    return rank(seen, everybody, today=days.today(), encoder=encoder)


def need_seen(
    *, words: str, category: str, client: Any = None, urgency: str = Urgency.SOON
) -> NeedSeen:
    """What somebody needs as matching sees it; `client` is None for somebody new."""
    company = client.company if client else None
    return NeedSeen(
        words=words,
        category=category,
        client_id=client.pk if client else None,
        company=company.name if company else "",
        urgency=Urgency(urgency),
        where=located(_where_of_company(company)),
        languages=(client.language,) if client and client.language else (),
    )


def how_far(need: Need) -> str:
    """Where distances are counted from, in a sentence; or why they can't be told."""
    company = need.client.company
    where = located(_where_of_company(company))
    if company is None or not where.city:
        return "Distances can't be told: no city is on record for them. Note it on their company."
    if where.latitude is None:
        return f"Distances can't be told: the directory has no coordinates in {where.city} yet."
    return f"Distances are from {where.city}, as the crow flies."


def _where_of_company(company: Any) -> Where:
    if company is None:
        return Where()
    return Where(city=company.city, country=country_code(company.country) or "")


def _providers(need_id: int | None, known: Known) -> list[ProviderSeen]:
    rows = Provider.objects.select_related("client__company")
    rows = rows.prefetch_related("services", "vouches__member")
    declined = _declined(need_id)
    return [_provider_seen(each, declined.get(each.pk, ()), known) for each in rows]


def _provider_seen(it: Provider, declined: tuple[Declined, ...], known: Known) -> ProviderSeen:
    services = [each for each in it.services.all() if each.removed_at is None]
    company = it.client.company if it.client else None
    return ProviderSeen(
        id=it.pk,
        name=it.name,
        client_id=it.client_id,
        company=company.name if company else "",
        categories=_categories(services, known.lines.get(it.pk, ())),
        words=tuple(filter(None, (*_words(services), it.about))),
        where=place_of(it),
        languages=tuple(it.languages),
        vouches=tuple(
            VouchSeen(each.member.name, each.why, each.basis == "worked")
            for each in it.vouches.all()
            if each.removed_at is None
        ),
        why_confident=it.why_confident,
        outcome=known.outcomes.get(it.pk, Outcome()),
        declined=(*declined, *known.declined.get(it.pk, ())),
        exchange=known.exchanges.get(it.pk, Exchange()),
        capacity=Capacity(it.capacity),
        away_from=it.away_from,
        away_until=it.away_until,
        licence_until=it.licence_until,
        price=it.price,
        reach_km=it.reach_km,
        ally=it.pk in known.allies,
        hears_from_us=it.hears_from_us_since is not None,
    )


def _categories(services: list[Any], more: Sequence[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*(each.category for each in services if each.category), *more)))


def _words(services: list[Any]) -> list[str]:
    return [f"{each.name}. {each.words}" if each.words else each.name for each in services]


def _declined(need_id: int | None) -> dict[int, tuple[Declined, ...]]:
    """Who said no, or nothing, before: by provider, the newest first."""
    rows = Candidate.objects.filter(state__in=("declined", "silent")).order_by("-pk")
    found: dict[int, list[Declined]] = defaultdict(list)
    for provider, of, why, state in rows.values_list(
        "provider", "introduction__need", "reason", "state"
    ):
        found[provider].append(
            Declined(why, need_id is not None and of == need_id, state == "silent")
        )
    return {provider: tuple(each) for provider, each in found.items()}


def _expertise() -> list[ExpertiseSeen]:
    rows = Expertise.objects.select_related("client__company")
    return [_expertise_seen(each) for each in rows]


def _expertise_seen(it: Expertise) -> ExpertiseSeen:
    company = it.client.company
    return ExpertiseSeen(
        id=it.pk,
        name=it.client.title,
        client_id=it.client_id,
        company=company.name if company else "",
        categories=(it.category,) if it.category else (),
        words=(it.words,),
        where=_where_of_company(company),
        languages=(it.client.language,) if it.client.language else (),
        may_pass_on=it.may_pass_on,
    )
