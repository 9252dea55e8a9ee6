"""Allies for tests: a provider, its alliance, what went both ways."""

from __future__ import annotations

from typing import Any

from warmhand.apps.alliances import services
from warmhand.apps.alliances.models import Alliance
from warmhand.apps.directory.models import Provider, Service
from warmhand.apps.giving.services import give_referral
from warmhand.apps.referrals.services import receive_referral

MOVERS, TAX = "484210", "541213"


def general(world: Any, place: str = "DE") -> None:
    """Our own trade: none with rules on referrals."""
    services.say_our_trade(
        by=world.by, sector="general", place=place, why="Our counsel looked in October."
    )


def provider(name: str = "Swift Movers", category: str = MOVERS, **values: Any) -> Provider:
    made = Provider.objects.create(name=name, **values)
    does = "Moving a warehouse" if category == MOVERS else "Tax returns"
    Service.objects.create(provider=made, name=does, category=category)
    return made


def ally(world: Any, name: str = "Swift Movers", **fields: Any) -> Alliance:
    """A running alliance with a firm of the directory whose contact is a client of ours."""
    company = world.company(name)
    contact = world.client(f"Contact of {name}", company=company)
    fields.setdefault("provider_id", provider(name).pk)
    fields.setdefault("sector", "general")
    fields.setdefault("categories", [MOVERS])
    fields.setdefault("starts_on", world.days_ago(800))
    made = services.form_alliance(by=world.by, name=name, company_id=company.pk, **fields)
    world.extra[name] = contact
    return made


def give(world: Any, alliance: Alliance, times: int, *, days: int = 30) -> list[Any]:
    """Referrals given to the ally's provider, each of another client."""
    return [
        give_referral(
            by=world.by,
            client_id=world.client(f"Given {n} to {alliance.name}").pk,
            provider=alliance.name,
            listed_id=alliance.provider_id,
            on=world.days_ago(days + n),
        )
        for n in range(times)
    ]


def receive(world: Any, alliance: Alliance, times: int, *, days: int = 20) -> list[Any]:
    """Referrals that the ally's contact gave us."""
    return [
        receive_referral(
            by=world.by,
            client_id=world.extra[alliance.name].pk,
            new_person=f"New {n}",
            on=world.days_ago(days + n),
        )
        for n in range(times)
    ]
