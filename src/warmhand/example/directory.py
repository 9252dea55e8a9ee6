"""The example's directory: whom Harbour Advisers would send a client to; what clients do well."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from warmhand.apps.accounts.models import Member
from warmhand.apps.directory.models import Expertise, Provider, Service, Vouch
from warmhand.apps.giving.models import ReferralGiven

from .ledger import Ledger

ORDER = (Provider, Service, Vouch, Expertise)
KIEL = {"city": "Kiel", "postcode": "24103", "country": "DE", "latitude": 54.32, "longitude": 10.13}
HAMBURG = {
    "city": "Hamburg", "postcode": "20457", "country": "DE", "latitude": 53.55, "longitude": 9.99,
}  # fmt: skip
LEEDS = {
    "city": "Leeds", "postcode": "LS1 4AP", "country": "GB", "latitude": 53.8, "longitude": -1.55,
}  # fmt: skip
ELSEWHERE = {"country": "DE"}


@dataclass(frozen=True, slots=True)
class Told:
    """A provider of the story: services as (name, words, code), vouches as (who, why, how)."""

    name: str
    about: str
    place: dict[str, Any]
    services: tuple[tuple[str, str, str], ...]
    vouches: tuple[tuple[int, str, str], ...] = ()
    facts: dict[str, Any] = field(default_factory=dict)


PROVIDERS = (
    Told("Nordlicht Law", "Commercial leases, wills and the sale of a firm", KIEL,
         (("Notary", "Deeds, wills, powers of attorney", "541120"),
          ("Commercial law", "Leases, contracts, disputes between partners", "541110")),
         ((0, "Drew up our own lease, and found the clause that would have cost us.", "worked"),
          (2, "Two clients went there for wills; both said thank you months later.", "client")),
         {"languages": ["de", "en"], "price": 3, "licence": "Bar of Schleswig-Holstein",
          "is_public": True, "public_words": "Speaks plainly, and calls back the same day."}),
    Told("Brandt Relocations", "Moves offices over a weekend", HAMBURG,
         (("Office moves", "Packs on Friday, unpacks on Sunday", "484210"),),
         ((1, "Moved two clients; nothing broken, on time, on budget.", "client"),),
         {"languages": ["de", "pl"], "price": 2, "reach_km": 300, "is_public": True,
          "public_words": "On Monday everybody works as before."}),
    Told("Kern & Töchter", "Payroll and accounts for firms of up to fifty people", KIEL,
         (("Bookkeeping", "Monthly books, yearly accounts", "541219"),
          ("Payroll", "Wages, also across the border to Denmark", "541214")),
         ((0, "They do our books, and warn us before a date.", "worked"),),
         {"languages": ["de", "da"], "price": 2, "is_public": True}),
    Told("Westerhoff IT", "Networks, backups and the move to the cloud", KIEL,
         (("IT support", "Computers, servers, backups", "541513"),
          ("Software migration", "From old systems to new ones", "541512")),
         ((3, "Got a client's shop running again on a Sunday.", "client"),),
         {"languages": ["de", "en"], "capacity": "full", "price": 3}),
    Told("Studio Amsel", "Names, signs and websites for small firms", HAMBURG,
         (("Web design", "Sites that people can use on a phone", "541511"),
          ("Graphic design", "Names, marks, brochures", "541430")),
         ((4, "Made the signs of three clients; all still use them.", "known"),),
         {"languages": ["de", "en"], "price": 2, "away": (-2, 12)}),
    Told("Ole Claussen", "Surveys of yachts and small vessels before a purchase", KIEL,
         (("Marine survey", "Hull, engine, papers", "541350"),), (),
         {"kind": "person", "languages": ["de", "en"], "price": 3, "licence": "Sworn surveyor",
          "licence_days": -20}),
    Told("Fairwind Insurance Brokers", "Cargo, liability and cyber cover", HAMBURG,
         (("Business insurance", "Cargo, liability, cyber", "524210"),),
         ((1, "Paid a client's claim within nine days.", "client"),),
         {"languages": ["de", "en", "nl"], "price": 2, "licence": "Broker's register",
          "licence_days": 31}),
    Told("Thackray Recruitment", "Finds bookkeepers and dispatchers", LEEDS,
         (("Recruitment", "Permanent staff for offices and warehouses", "561312"),),
         ((2, "Filled two posts for a client after others had given up.", "client"),),
         {"languages": ["en"], "price": 3, "reach_km": 150}),
    Told("Green Quay Energy", "Solar roofs and heat pumps for halls", KIEL,
         (("Solar roofs", "Planning, grants, installation", "238220"),
          ("Energy audit", "What a building loses, and what it would cost to mend", "541350")),
         (), {"languages": ["de"], "price": 2}),
    Told("Dr. Ilse Hagen", "Helps families to hand a firm on", HAMBURG,
         (("Succession", "Talks between the generations, led by somebody outside", "541611"),),
         ((0, "Brought two brothers back to one table.", "known"),),
         {"kind": "person", "languages": ["de", "en", "fr"], "price": 4, "capacity": "limited"}),
    Told("Tidewater Training", "First aid and fire safety, in the firm", KIEL,
         (("Safety training", "First aid, fire, forklift", "611430"),), (),
         {"languages": ["de", "en", "tr"], "price": 1}),
    Told("Hafenküche", "Lunch and feasts for up to two hundred", KIEL,
         (("Catering", "Lunch for meetings, feasts, galley food", "722320"),),
         ((3, "Fed our own summer feast twice.", "worked"),),
         {"languages": ["de"], "price": 2, "is_public": True,
          "public_words": "Fish that was in the water this morning."}),
    Told("Wrona Translations", "Contracts and manuals, Polish, German and English", ELSEWHERE,
         (("Translation", "Sworn, of contracts and manuals", "541930"),), (),
         {"kind": "person", "languages": ["pl", "de", "en"], "price": 2, "capacity": "limited"}),
    Told("Lindqvist Cleaning", "Offices, halls and windows", HAMBURG,
         (("Cleaning", "By night, by day, after building work", "561720"),), (),
         {"languages": ["de", "en"], "price": 1}),
)  # fmt: skip
EXPERTISE = (
    ("Sets up cold stores for fish and flowers", "493120", True),
    ("Repairs marine engines at the quay, also at night", "811310", True),
    ("Trains fork-lift drivers for other warehouses", "611430", None),
    ("Prints labels for food, in small lots", "323111", True),
    ("Rents out meeting rooms with a view of the harbour", "531120", None),
    ("Advises other family firms on selling to Denmark", "541614", False),
    ("Builds trade-fair stands", "541850", True),
    ("Finds lost freight, and settles who pays", "488510", None),
)


def furnish(ledger: Ledger, team: list[Member], clients: Sequence[Any], today: dt.date) -> None:
    """Put the directory into the ledger: providers, and what some of the clients do well."""
    made = [_provider(ledger, told, team, today) for told in PROVIDERS]
    _client_that_provides(ledger, clients[0], team[0], today)
    for number, (words, code, answer) in enumerate(EXPERTISE):
        on = today - dt.timedelta(30 + 11 * number)
        client, by = clients[number % len(clients)], team[1 + number % 5]
        ledger.add(
            Expertise, on, by, f"{client.title} does: {words}.",
            client=client, words=words, category=code, may_pass_on=answer, noted_on=on,
        )  # fmt: skip
    for number, provider in enumerate(made[:4]):
        _sent(ledger, provider, clients[10 + number], team[1 + number], today, number)


def _provider(ledger: Ledger, told: Told, team: list[Member], today: dt.date) -> Any:
    on = today - dt.timedelta(400)
    facts = {**told.place, **told.facts}
    if away := facts.pop("away", None):
        facts |= dict(
            zip(("away_from", "away_until"), (_in(today, it) for it in away), strict=True)
        )
    if (ends := facts.pop("licence_days", None)) is not None:
        facts["licence_until"] = _in(today, ends)
    site = f"https://{told.name.split()[0].lower().strip('.')}.example"
    provider = ledger.add(
        Provider, on, team[0], f"Added {told.name} to the directory.", name=told.name,
        about=told.about, website=site, phone="+49 431 5550", **facts,
    ).record  # fmt: skip
    for name, words, code in told.services:
        ledger.add(
            Service, on, team[0], f"{told.name} does {name}.", provider=provider, name=name,
            words=words, category=code,
        )  # fmt: skip
    for who, why, basis in told.vouches:
        since = today - dt.timedelta(300 - 20 * who)
        ledger.add(
            Vouch, since, team[who], f"{team[who].name} vouches for {told.name}.",
            provider=provider, member=team[who], why_confident=why, basis=basis, since=since,
        )  # fmt: skip
    return provider


def _in(today: dt.date, days: int) -> dt.date:
    return today + dt.timedelta(days)


def _client_that_provides(ledger: Ledger, client: Any, by: Member, today: dt.date) -> None:
    """A client of ours to whom we can send others."""
    on, name = today - dt.timedelta(60), client.company.name
    provider = ledger.add(
        Provider, on, by, f"Added {name} to the directory.", name=name, client=client,
        about="A client of ours, good at what they do", contact_name=client.name,
        languages=["en"], price=2, city=client.company.city, country=client.company.country,
    ).record  # fmt: skip
    ledger.add(
        Service, on, by, f"{name} does Cold storage.", provider=provider, name="Cold storage",
        words="Short lets, also for a week", category="493120",
    )  # fmt: skip


def _sent(
    ledger: Ledger, provider: Any, client: Any, by: Member, today: dt.date, number: int
) -> None:
    on = max(today - dt.timedelta(25 + 30 * number), client.client_since)
    ledger.add(
        ReferralGiven, on, by, f"Referred {client.title} to {provider.name}.", client=client,
        member=by, provider=provider.name, listed=provider, given_on=on,
        why_confident="We know their work.",
    )  # fmt: skip
