"""Writes about alliances and the trades that decide their mode."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from typing import Any, Final, TypedDict, Unpack

from warmhand.apps.accounts import days
from warmhand.apps.accounts.queries import member_by_id
from warmhand.apps.alliances.documents import keep_paper
from warmhand.apps.alliances.models import Alliance, Exchange, Network, OurTrade
from warmhand.apps.alliances.modes import network_mode, standings
from warmhand.apps.alliances.queries.lists import alliance_by_id
from warmhand.apps.directory.models import Provider
from warmhand.apps.directory.queries.spoken import country_code
from warmhand.apps.island.actor import Actor
from warmhand.apps.island.door import one
from warmhand.apps.journal import services as journal
from warmhand.apps.people.categories import why_no_category
from warmhand.apps.people.queries import client_by_id, company_by_id
from warmhand.apps.policies.law import our_side
from warmhand.apps.policies.packs import SECTORS, Mode, Side, between
from warmhand.problems import Invalid

_STATE: Final = re.compile(r"[A-Z0-9]{1,3}")
_MOST_CODES: Final = 40


class AllianceFields(TypedDict, total=False):
    """What can be said of an alliance beside its name."""

    provider_id: int | None
    company_id: int | None
    client_id: int | None
    keeper_id: int | None
    terms: str
    categories: Sequence[str]
    exclusive: bool
    starts_on: dt.date
    ends_on: dt.date | None
    warn_days: int
    sector: str
    place: str
    at_most: str
    spoke_on: dt.date | None
    signed_on: dt.date | None


class ChangedFields(AllianceFields, total=False):
    """What can be changed of an alliance."""

    name: str


def form_alliance(*, by: Actor, name: str, **fields: Unpack[AllianceFields]) -> Alliance:
    """Two organisations agree to send each other people, on terms (P36, P38).

    Starts today when no day is named. Raises Invalid at `exclusive` where the law of either
    trade doesn't let it be.
    """
    values = _checked({"starts_on": days.today(), **fields})
    sentence = f"Formed the alliance with {name}."
    return journal.create(Alliance, by=by, sentence=sentence, name=name, **values)


@journal.one_act()
def change_alliance(
    *, by: Actor, alliance_id: int, why: str = "", **fields: Unpack[ChangedFields]
) -> Alliance:
    """Change terms, days or sides; where the mode goes down, what it forbids is deleted."""
    alliance = alliance_by_id(alliance_id, lock=True)
    values = _checked(dict(fields), alliance)
    sentence = f"Changed the alliance with {alliance.name}."
    changed = journal.change(alliance, by=by, sentence=sentence, why=why, **values)
    keep_modes()
    return changed


def remove_alliance(*, by: Actor, alliance_id: int, why: str = "") -> Alliance:
    """Take an alliance off the record, as entered by mistake; one that is over has an end."""
    alliance = alliance_by_id(alliance_id, lock=True)
    sentence = f"Removed the alliance with {alliance.name}."
    return journal.remove(alliance, by=by, sentence=sentence, why=why)


def speak_with_ally(
    *, by: Actor, alliance_id: int, on: dt.date | None = None, why: str = ""
) -> Alliance:
    """We spoke with them about whom we can send each other; `why` says what was said."""
    alliance = alliance_by_id(alliance_id, lock=True)
    day = days.happened("on", on)
    sentence = f"Spoke with {alliance.name} about the alliance."
    return journal.change(alliance, by=by, sentence=sentence, why=why, spoke_on=day)


def keep_document(
    *, by: Actor, alliance_id: int, name: str, content: bytes, signed_on: dt.date | None = None
) -> Alliance:
    """Keep the signed paper with its alliance: PDF, PNG or JPEG, at most 10 MB."""
    alliance = alliance_by_id(alliance_id, lock=True)
    kept = keep_paper(content)
    return journal.change(
        alliance,
        by=by,
        sentence=f"Kept the signed paper of the alliance with {alliance.name}.",
        document=kept,
        document_name=name.replace("/", " ")[-200:],
        signed_on=days.perhaps_happened("signed_on", signed_on) or alliance.signed_on,
    )


@journal.one_act()
def say_our_trade(*, by: Actor, sector: str, place: str = "", why: str = "") -> OurTrade:
    """What we do ourselves, and where: it holds for every alliance. `why` is who decided it.

    'general' is an attestation that ours is none of the trades with rules on referrals, so it
    needs its words.
    """
    sector, place = checked_trade(sector, place)
    if sector == "general" and not why.strip():
        raise Invalid.at("why", "Say who looked, and that none of the trades with rules is yours.")
    found = OurTrade.objects.select_for_update().first()
    sentence = f"Our trade is: {SECTORS[sector]}{f', in {place}' if place else ''}."
    if found is None:
        made = journal.create(
            OurTrade, by=by, sentence=sentence, why=why, sector=sector, place=place
        )
    else:
        made = journal.change(found, by=by, sentence=sentence, why=why, sector=sector, place=place)
    keep_modes()
    return made


def keep_modes() -> int:
    """Delete what was recorded of exchanges whose mode is `off` by now; how many rows went.

    Called with every change of a trade, and daily, since packs change with versions and days.
    """
    modes = standings(Alliance.all_objects.all())
    off = [pk for pk, standing in modes.items() if standing.mode is Mode.OFF]
    nets = [n.pk for n in Network.all_objects.all() if network_mode(n) is Mode.OFF]
    gone = Exchange.all_objects.filter(alliance_id__in=off).delete()[0] if off else 0
    return gone + (Exchange.all_objects.filter(network_id__in=nets).delete()[0] if nets else 0)


def checked_trade(sector: str, place: str) -> tuple[str, str]:
    """A trade and its place as the law is looked up by them; Invalid at `sector` or `place`."""
    if sector not in SECTORS:
        raise Invalid.at("sector", f"Choose one of: {', '.join(SECTORS)}.")
    return sector, _place_code(place)


def _place_code(place: str) -> str:
    """A country by its name or two letters, or a state such as US-NY; Invalid at `place`."""
    said = place.strip()
    country, _, state = said.upper().partition("-")
    if not said or country_code(said):
        return country_code(said)
    if country_code(country) and _STATE.fullmatch(state):
        return f"{country_code(country)}-{state}"
    sentence = f"'{said[:30]}' is no country we know: write Germany, or DE; a state as US-NY."
    raise Invalid.at("place", sentence)


def _checked(values: dict[str, Any], known: Alliance | None = None) -> dict[str, Any]:
    """The fields as they may be stored; Invalid names the first that can't be."""
    _links(values)
    if "categories" in values:
        values["categories"] = _codes(values["categories"])
    for name in ("starts_on", "ends_on"):
        days.perhaps_planned(name, values.get(name))
    for name in ("spoke_on", "signed_on"):
        days.perhaps_happened(name, values.get(name))
    sector = values.get("sector", known.sector if known else "unknown")
    place = values.get("place", known.place if known else "")
    sector, place = checked_trade(sector, place)
    values |= {"sector": sector, "place": place}
    if values.get("exclusive", known.exclusive if known else False):
        _may_be_exclusive(Side(sector, place))
    return values


def _may_be_exclusive(theirs: Side) -> None:
    ruled = between(our_side(), theirs, on=days.today())
    if not ruled.exclusive_allowed:
        pack = next(p for p in ruled.packs if not p.exclusive_allowed)
        raise Invalid.at(
            "exclusive",
            f"It can't be exclusive ({pack.title}): {pack.why}",
            code="exclusive_not_allowed",
        )


def _codes(codes: Sequence[str]) -> list[str]:
    kept = list(dict.fromkeys(code.strip() for code in codes if code.strip()))
    wrong = next(filter(None, map(why_no_category, kept)), "")
    if wrong or len(kept) > _MOST_CODES:
        raise Invalid.at("categories", wrong or f"At most {_MOST_CODES} codes.")
    return kept


def _links(values: dict[str, Any]) -> None:
    """Every record named is one of the open workspace."""
    if provider := values.get("provider_id"):
        one(Provider, provider, "provider")
    if company := values.get("company_id"):
        company_by_id(company)
    if client := values.get("client_id"):
        client_by_id(client)
    if keeper := values.get("keeper_id"):
        member_by_id(keeper)
