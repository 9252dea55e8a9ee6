"""Whom to send an enquiry to: allies first, then whom of the directory it fits, with reasons.

`matching.rank` says whom it fits. What an ally gave back changes the order only where the mode is
`count`; that somebody is an ally at all only where it isn't `off`. Where the law of an alliance's
sides forbids exclusivity, the one who asked is offered a choice (P36).
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from warmhand.apps.accounts import days
from warmhand.apps.directory.models import Provider, Service, Vouch
from warmhand.matching import (
    Capacity,
    Exchange,
    NeedSeen,
    ProviderSeen,
    Ranked,
    VouchSeen,
    Where,
    rank,
)

from .models import Alliance, Enquiry
from .modes import Standing
from .queries.ledger import Ledger, ledgers
from .queries.reasons import is_running, same_trade

MOST: Final = 6
"""How many are shown."""


@dataclass(frozen=True, slots=True)
class Option:
    """Somebody an enquiry may be sent to; `against` are reasons not to."""

    provider: Provider
    alliance: Alliance | None
    standing: Standing | None
    why: tuple[str, ...]
    against: tuple[str, ...]
    points: int
    available: bool

    @property
    def exclusive(self) -> bool:
        """Whether we agreed to send nobody else, and the law lets us agree so."""
        return bool(
            self.alliance
            and self.standing
            and self.alliance.exclusive
            and self.standing.ruling.exclusive_allowed
        )

    @property
    def sentence(self) -> str:
        """The reasons in one line."""
        return " ".join(self.why)


@dataclass(frozen=True, slots=True)
class Routing:
    """The options, best first, and whether the one who asked has to be told of their choice."""

    options: tuple[Option, ...]
    must_inform: bool
    because: str

    def option(self, provider_id: int) -> Option | None:
        """The option with this provider, if it is one."""
        return next((each for each in self.options if each.provider.pk == provider_id), None)


@dataclass(frozen=True, slots=True)
class _Known:
    """What is read once for all providers."""

    services: Mapping[int, Sequence[Service]]
    vouches: Mapping[int, Sequence[VouchSeen]]
    numbers: Mapping[int, Exchange]
    standings: Mapping[int, Standing]


def routing_of(enquiry: Enquiry) -> Routing:
    """Everybody it may be sent to; the number of queries doesn't grow with the directory."""
    today = days.today()
    allies = [each for each in _allies(today) if _covers(each, enquiry)]
    providers = {
        each.pk: each for each in Provider.objects.select_related("client", "client__company")
    }
    accounts = ledgers(allies, today=today)
    modes = {each.alliance.pk: each.standing for each in accounts}
    known = _Known(_services(), _vouches(), _numbers(accounts), modes)
    allied = {
        pk: next((a for a in allies if _is_with(a, each)), None) for pk, each in providers.items()
    }
    seen = [_seen(each, allied[pk], known) for pk, each in providers.items()]
    found = rank(_need(enquiry), seen, today=today)
    options = [_option(providers[r.candidate.id], allied[r.candidate.id], r, known) for r in found]
    return _ruled(sorted(options, key=_order)[:MOST])


def _order(o: Option) -> tuple[Any, ...]:
    """Whom nothing bars, then allies, then by fit; the exclusive one first of all."""
    allied = o.standing is not None and o.standing.lists
    return (not o.available, not o.exclusive, not allied, -o.points, o.provider.name)


def _ruled(options: Sequence[Option]) -> Routing:
    """What the law of the allies among the options asks for."""
    rulings = [o.standing.ruling for o in options if o.standing is not None]
    told = [ruling for ruling in rulings if ruling.client_informed]
    if told:
        return Routing(tuple(options), True, told[0].because.why)
    if len(options) < 2 and not all(ruling.exclusive_allowed for ruling in rulings):
        why = "Only one is known, and for this alliance nobody may be the only one named."
        return Routing(tuple(options), True, why)
    return Routing(tuple(options), False, "")


def _allies(today: dt.date) -> list[Alliance]:
    rows = Alliance.objects.select_related("provider", "provider__client", "client", "company")
    return [each for each in rows if is_running(each, today)]


def _is_with(alliance: Alliance, provider: Provider) -> bool:
    if alliance.provider_id == provider.pk:
        return True
    client = provider.client
    if client is None:
        return False
    same_firm = alliance.company_id is not None and client.company_id == alliance.company_id
    return same_firm or bool(client.pk == alliance.client_id)


def _covers(alliance: Alliance, enquiry: Enquiry) -> bool:
    """Whether an alliance is about what was asked for."""
    return any(same_trade(code, enquiry.category) for code in alliance.categories)


def _services() -> Mapping[int, Sequence[Service]]:
    found: dict[int, list[Service]] = defaultdict(list)
    for service in Service.objects.all():
        found[service.provider_id].append(service)
    return found


def _vouches() -> Mapping[int, Sequence[VouchSeen]]:
    found: dict[int, list[VouchSeen]] = defaultdict(list)
    for each in Vouch.objects.select_related("member"):
        worked = each.basis == Vouch.Basis.WORKED
        found[each.provider_id].append(VouchSeen(each.member.name, each.why_confident, worked))
    return found


def _numbers(accounts: Sequence[Ledger]) -> Mapping[int, Exchange]:
    """Given and received, of those whose exchange is counted."""
    return {
        each.alliance.pk: Exchange(each.given.number, each.received.number)
        for each in accounts
        if each.balance is not None and each.given is not None and each.received is not None
    }


def _need(enquiry: Enquiry) -> NeedSeen:
    client = enquiry.client
    company = client.company.name if client and client.company else ""
    return NeedSeen(
        words=enquiry.words,
        category=enquiry.category,
        client_id=enquiry.client_id,
        company=company,
    )


def _seen(it: Provider, alliance: Alliance | None, known: _Known) -> ProviderSeen:
    """A provider as matching sees one; what an alliance is about counts as what they do."""
    services = known.services.get(it.pk, ())
    codes = {service.category for service in services if service.category}
    client = it.client
    return ProviderSeen(
        id=it.pk,
        name=it.name,
        client_id=it.client_id,
        company=client.company.name if client and client.company else "",
        categories=tuple(sorted(codes | set(alliance.categories if alliance else ()))),
        words=tuple(f"{service.name} {service.words}".strip() for service in services),
        where=Where(
            city=it.city,
            postcode=it.postcode,
            country=it.country,
            latitude=it.latitude,
            longitude=it.longitude,
        ),
        languages=tuple(it.languages),
        vouches=tuple(known.vouches.get(it.pk, ())),
        why_confident=it.why_confident,
        exchange=known.numbers.get(alliance.pk, Exchange()) if alliance else Exchange(),
        capacity=Capacity(it.capacity),
        away_from=it.away_from,
        away_until=it.away_until,
        licence_until=it.licence_until,
        price=it.price,
        reach_km=it.reach_km,
        hears_from_us=it.hears_from_us_since is not None,
    )


def _option(it: Provider, alliance: Alliance | None, ranked: Ranked, known: _Known) -> Option:
    standing = known.standings[alliance.pk] if alliance else None
    said = tuple(each.sentence for each in ranked.reasons)
    against = tuple(each.sentence for each in ranked.against)
    return Option(
        it,
        alliance,
        standing,
        (*_ally_words(alliance, standing), *said),
        against,
        ranked.points,
        ranked.available,
    )


def _ally_words(alliance: Alliance | None, standing: Standing | None) -> tuple[str, ...]:
    """That they are an ally speaks for them only where the law lets it."""
    if alliance is None or standing is None or not standing.lists:
        return ()
    said = f"Our ally for this since {alliance.starts_on:%B %Y}."
    if alliance.exclusive and standing.ruling.exclusive_allowed:
        return (said, "We agreed to send nobody else in this line of business.")
    return (said,)
