"""Whom to send an enquiry to: allies first, then whom of the directory it fits, with reasons.

Where the law of an alliance's sides forbids exclusivity, nothing but the fit speaks for anybody,
and the one who asked is offered a choice (P36).
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from warmhand.apps.accounts import days
from warmhand.apps.directory.models import Provider, Service
from warmhand.apps.policies.packs import Side
from warmhand.matching import common_words

from .models import Alliance, Enquiry
from .modes import Standing, our_side, standing_of
from .queries.reasons import has_room, is_running, same_trade

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
    score: int

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


def routing_of(enquiry: Enquiry) -> Routing:
    """Everybody it may be sent to, in four queries whatever the size of the directory's answer."""
    today = days.today()
    ours = our_side()
    allies = _allies(today)
    services: dict[int, list[Service]] = defaultdict(list)
    rows = Service.objects.filter(provider__removed_at=None)
    rows = rows.select_related("provider", "provider__client")
    for service in rows:
        services[service.provider_id].append(service)
    providers = {s.provider_id: s.provider for each in services.values() for s in each}
    providers |= {a.provider.pk: a.provider for a in allies if a.provider}
    found = []
    for pk, provider in providers.items():
        mine = [a for a in allies if _is_with(a, provider)]
        option = _option(enquiry, provider, services[pk], mine, ours, today)
        if option is not None:
            found.append(option)
    found.sort(key=_rank)
    return _ruled(found[:MOST])


def _rank(o: Option) -> tuple[Any, ...]:
    """Whom nothing speaks against, then allies, then by fit; the exclusive one first of all."""
    allied = o.standing is not None and o.standing.lists
    return (bool(o.against), not o.exclusive, not allied, -o.score, o.provider.name)


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


def _option(
    enquiry: Enquiry,
    provider: Provider,
    services: Iterable[Service],
    allied: Sequence[Alliance],
    ours: Side,
    today: dt.date,
) -> Option | None:
    why, score = _fit(enquiry, services)
    alliance = next((a for a in allied if _covers(a, enquiry)), None)
    if alliance is None and not score:
        return None
    standing = standing_of(alliance, ours) if alliance else None
    words = [*_ally_words(alliance, standing), *why]
    against = tuple(_against(provider, today))
    return Option(provider, alliance, standing, tuple(words), against, score)


def _covers(alliance: Alliance, enquiry: Enquiry) -> bool:
    """Whether an alliance is about what was asked for."""
    return any(same_trade(code, enquiry.category) for code in alliance.categories)


def _ally_words(alliance: Alliance | None, standing: Standing | None) -> Iterable[str]:
    """That they are an ally speaks for them only where the law lets it."""
    if alliance is None or standing is None or not standing.lists:
        return
    yield f"Our ally for this since {alliance.starts_on:%B %Y}."
    if alliance.exclusive and standing.ruling.exclusive_allowed:
        yield "We agreed to send nobody else in this line of business."


def _fit(enquiry: Enquiry, services: Iterable[Service]) -> tuple[list[str], int]:
    """What speaks for a provider by what they do, and how much."""
    best: tuple[int, str] = (0, "")
    for service in services:
        if enquiry.category and service.category == enquiry.category:
            best = max(best, (100, f"Does just this: {service.name}."))
        elif same_trade(service.category, enquiry.category):
            best = max(best, (60, f"In this line of business: {service.name}."))
        shared = common_words(enquiry.words, f"{service.name} {service.words}")
        if shared:
            words = ", ".join(sorted(shared)[:3])
            best = max(best, (20 + min(20, 5 * len(shared)), f"Offers {service.name} ({words})."))
    return ([best[1]], best[0]) if best[0] else ([], 0)


def _against(provider: Provider, today: dt.date) -> Iterable[str]:
    if not has_room(provider, today):
        yield "Takes nobody at present."
    if provider.licence_until is not None and provider.licence_until < today:
        yield f"Their licence ended on {provider.licence_until:%d %B %Y}."
