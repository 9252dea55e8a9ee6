"""Alliances of the example: one in balance, one that gives nothing back, a lawyer only observed."""

from __future__ import annotations

import datetime as dt
from typing import Any

from warmhand.apps.accounts.models import Member
from warmhand.apps.alliances.models import Alliance, Enquiry, Exchange, OurTrade
from warmhand.apps.directory.models import Provider, Service
from warmhand.apps.giving.models import ReferralGiven
from warmhand.apps.people.models import Client
from warmhand.apps.referrals.models import ReferralReceived

from .lives import Setting

MODELS = (Provider, Service, OurTrade, Alliance, Enquiry, Exchange)
"""Written after clients and before referrals given: `build.ORDER` names them."""
MOVERS, TAX, LAW, PRINT = "484210", "541213", "541110", "323111"


def allied(setting: Setting, team: list[Member]) -> None:
    """All of it, dated relative to today."""
    ledger, owner = setting.ledger, team[0]
    ledger.add(
        OurTrade, _ago(setting, 500), owner, "Our trade is: no rule on referrals, in DE.",
        sector="general", place="DE",
    )  # fmt: skip
    people = [draft.record for draft in ledger.drafts[Client]]
    _in_balance(setting, team[1], people[40:80])
    _nothing_back(setting, team[2], people[80:120])
    _observed(setting, team[3], people[120:140])
    _another_lawyer(setting, team[4])
    _enquiries(setting, team, people)


def _ago(setting: Setting, days: int) -> dt.date:
    return setting.today - dt.timedelta(days=days)


def _provider(
    setting: Setting, by: Member, name: str, service: str, code: str, **values: Any
) -> Any:
    on = _ago(setting, 420)
    made = setting.ledger.add(
        Provider, on, by, f"Added the provider {name}.", name=name, country="DE", **values
    )
    setting.ledger.add(
        Service, on, by, f"Added a service of {name}.", provider=made.record, name=service,
        category=code,
    )  # fmt: skip
    return made.record


def _ally(setting: Setting, by: Member, provider: Any, code: str, **values: Any) -> Any:
    on = _ago(setting, 410)
    return setting.ledger.add(
        Alliance, on, by, f"Formed the alliance with {provider.name}.", name=provider.name,
        provider=provider, categories=[code], starts_on=on, keeper=by, **values,
    ).record  # fmt: skip


def _sent(setting: Setting, by: Member, provider: Any, people: list[Any], days: list[int]) -> None:
    for client, back in zip(people, days, strict=False):
        on = _ago(setting, back)
        setting.ledger.add(
            ReferralGiven, on, by, f"Referred {client.name} to {provider.name}.", client=client,
            member=by, provider=provider.name, listed=provider, given_on=on,
            why_confident=provider.why_confident,
        )  # fmt: skip


def _came(setting: Setting, by: Member, contact: Any, names: dict[str, int]) -> None:
    for name, back in names.items():
        on = _ago(setting, back)
        became = back > 90
        setting.ledger.add(
            ReferralReceived, on, by, f"{contact.name} introduced {name}.", client=contact,
            new_person=name, received_on=on, words="You asked whom I know. Here is one.",
            outcome="became_client" if became else "pending",
            outcome_on=on + dt.timedelta(days=30) if became else None,
        )  # fmt: skip


def _in_balance(setting: Setting, by: Member, people: list[Any]) -> None:
    """Sent seven, received six in a year, and one of them was worth something."""
    contact = people[0]
    provider = _provider(
        setting, by, "Lotsen Tax Advisers", "Tax returns of small firms", TAX, client=contact,
        why_confident="They did ours for four years, and found what others had missed.",
    )  # fmt: skip
    ally = _ally(
        setting, by, provider, TAX, sector="general", place="DE", client=contact,
        terms="We send whom we can't serve, they likewise. A call within two days. We meet "
        "each quarter and look at what came of it.", spoke_on=_ago(setting, 40),
        ends_on=_ago(setting, -38), signed_on=_ago(setting, 410),
    )  # fmt: skip
    _sent(setting, by, provider, people[1:], [12, 47, 90, 140, 201, 260, 330, 380])
    names = {
        "Wiebke Harms": 25, "Jasper Kolk": 70, "Ana Ribeiro": 118, "Tomasz Wolny": 170,
        "Greta Stamm": 240, "Luc Maes": 300, "Runa Dahl": 390,
    }  # fmt: skip
    _came(setting, by, contact, names)
    setting.ledger.add(
        Exchange, _ago(setting, 60), by, f"Noted an exchange with {ally.name}.", alliance=ally,
        incoming=True, on=_ago(setting, 60), kind="help", what="An evening for our clients on VAT",
        value=80_000, unit="EUR",
    )  # fmt: skip


def _nothing_back(setting: Setting, by: Member, people: list[Any]) -> None:
    """Nine sent, nothing back; another mover would be there."""
    provider = _provider(
        setting, by, "Brinkmann Removals", "Moving offices and warehouses", MOVERS,
        capacity="limited", why_confident="Quick, and nothing was broken.",
    )  # fmt: skip
    _ally(
        setting, by, provider, MOVERS, sector="general", place="DE",
        terms="They move our clients; they tell us of firms that settle here.",
    )  # fmt: skip
    _sent(setting, by, provider, people, [9, 31, 55, 84, 120, 166, 210, 255, 310])
    _provider(
        setting, by, "Hafen Logistics", "Moving machines and warehouses", MOVERS,
        why_confident="Moved two of our clients over a week-end.",
    )  # fmt: skip


def _observed(setting: Setting, by: Member, people: list[Any]) -> None:
    """A lawyer in the United States: listed both ways, never set off."""
    contact = people[0]
    provider = _provider(
        setting, by, "Dorsey & Pell, Attorneys", "Contracts and disputes", LAW, client=contact,
    )  # fmt: skip
    _ally(
        setting, by, provider, LAW, sector="lawyer", place="US-CA", client=contact,
        terms="Not exclusive; each client is told that they may go to anybody.",
    )  # fmt: skip
    _sent(setting, by, provider, people[1:], [22, 88, 150, 233, 290, 340])
    _came(setting, by, contact, {"Maya Lind": 130})


def _another_lawyer(setting: Setting, by: Member) -> None:
    """So that whoever asks for one has a choice."""
    _provider(
        setting, by, "Kanzlei am Hafen", "Contracts in German and English", LAW,
        languages=["de", "en"], why_confident="Patient, and says what it will cost.",
    )  # fmt: skip


def _enquiries(setting: Setting, team: list[Member], people: list[Any]) -> None:
    """Three that wait for somebody to send them to."""
    asked = (
        (2, "Ruth, who met us at the fair", None, "Somebody who moves a warehouse", MOVERS),
        (5, "", people[150], "Contracts for our new branch, in English", LAW),
        (1, "The neighbour of a client", None, "A printer for catalogues, quickly", PRINT),
    )  # fmt: skip
    for back, asker, client, words, code in asked:
        on, by = _ago(setting, back), team[1 + back % 4]
        who = client.name if client else asker
        setting.ledger.add(
            Enquiry, on, by, f"{who} asked for what we don't offer: “{words}”.", client=client,
            asker=asker, words=words, category=code, noted_on=on, member=by,
        )  # fmt: skip
