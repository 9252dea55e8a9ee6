"""Introductions in the stories: one in each state that a member meets in an ordinary week (P33)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from warmhand.apps.directory.models import Provider
from warmhand.apps.giving.models import Need, ReferralGiven
from warmhand.apps.introductions.facts import USUAL, known, ways_to_reach
from warmhand.apps.introductions.models import Candidate, GivenQuality, Introduction
from warmhand.apps.introductions.services import ask_client, hand_over
from warmhand.apps.island.actor import Actor
from warmhand.apps.people.models import Client, Consent, ContactPoint
from warmhand.matching.quality import quality_of

from .ledger import Draft
from .lives import Setting, working
from .story import CAST

MODELS = (Introduction, Candidate, GivenQuality)
SINCE = dt.timedelta(days=120)
"""So long at least somebody has been our client when we introduce them."""
State, Stands = Introduction.State, Candidate.State


@dataclass(frozen=True, slots=True)
class Told:
    """A need in somebody's words, with its code, and the providers in their order.

    `days` are days before today: noted, answered, and what came last, three apart at least, so
    that no two fall on the same Friday.
    """

    words: str
    code: str
    context: str
    why: str
    providers: tuple[str, ...]
    days: tuple[int, ...]
    said: str = ""


WILL = Told(
    "Somebody who writes a will with us and explains it without Latin", "541120",
    "Two children, a house in Kiel and a share in the firm.",
    "Two of our clients went to them for their wills, and thanked us months later.",
    ("Nordlicht Law",), (3,),
)  # fmt: skip
MOVE = Told(
    "A firm that moves our office over one weekend", "484210",
    "Forty desks, second floor, a lift for goods.",
    "They moved two clients of ours; nothing broken, on time and on budget.",
    ("Brandt Relocations", "Brinkmann Removals"), (6, 3), "Yes, the sooner the better.",
)  # fmt: skip
COVER = Told(
    "Insurance that pays when our computers stand still", "524210",
    "They were locked out of their own files for a day in spring.",
    "They got a client of ours paid within nine days.",
    ("Fairwind Insurance Brokers",), (13, 10, 4), "Gladly. Calls after two, please.",
)  # fmt: skip
HEIRS = Told(
    "Somebody from outside who helps us to hand the firm on", "541611",
    "A family firm in the third generation; everybody still talks to everybody.",
    "A talk that was stuck for two years was over in a month.",
    ("Dr. Ilse Hagen", "Nordlicht Law"), (12, 9, 3), "Yes, and not in a hurry.",
)  # fmt: skip
FEAST = Told(
    "Good food for our anniversary, about eighty guests", "722320",
    "On a Saturday, on the quay if the weather holds.",
    "They fed our own summer feast twice, and nobody went home hungry.",
    ("Hafenküche",), (10, 4), "I'd rather call them myself.",
)  # fmt: skip


def introduce(setting: Setting) -> list[Draft]:
    """Put five introductions into the ledger; `open_pages` does the rest once they are written."""
    people = _people(setting)
    waits, asked, connected, declined, card = (
        _begin(setting, told, next(people)) for told in (WILL, MOVE, COVER, HEIRS, FEAST)
    )
    _yes(setting, asked, MOVE)
    _connect(setting, connected)
    _second_turn(setting, declined)
    _take_card(setting, card)
    return [waits[0], asked[0], connected[0], declined[0], card[0]]


def open_pages(drafts: list[Draft]) -> None:
    """What only records with a number can have: the pages, and what the people let us tell.

    What they let us tell is kept beside the journal, as everywhere.
    """
    for draft in drafts:
        if draft.record.consent_at is not None:
            _keep_allowed(draft.record)
    waits, asked = (draft.record for draft in drafts[:2])
    ask_client(by=_actor(waits), introduction_id=waits.pk)
    first = Candidate.objects.get(introduction=asked, state=Stands.TURN)
    hand_over(by=_actor(asked), candidate_id=first.pk)


def _keep_allowed(it: Introduction) -> None:
    ways = ways_to_reach(it.client_id)
    it.tells = [code for code in known(USUAL) if code not in ("phone", "email") or code in ways]
    it.phone, it.email = ways.get("phone", ""), ways.get("email", "")
    it.save(update_fields=["tells", "phone", "email"])


def _actor(it: Introduction) -> Actor:
    return Actor(it.member_id, it.member.name if it.member else "", "example")


def _people(setting: Setting) -> Iterator[Any]:
    """Clients of the crowd, of long standing and not far from the providers, from the newest.

    They hear from us (a consent that stands), and have a telephone.
    """
    drafts = setting.ledger.drafts
    crowd = drafts[Client][len(CAST) :]
    said = {id(draft.record.client): draft.record.given for draft in drafts[Consent]}
    called = {id(it.record.client) for it in drafts[ContactPoint] if it.record.kind == "phone"}
    for draft in reversed(crowd):
        client = draft.record
        open_to_us = said.get(id(client), False) and not client.do_not_ask
        near = client.company.country == "DE" and id(client) in called
        if open_to_us and near and client.client_since <= setting.today - SINCE:
            yield client


def _begin(setting: Setting, told: Told, client: Any) -> tuple[Draft, list[Draft]]:
    """The need, the introduction, and the providers in their order."""
    on, by, ledger = _day(setting, told.days[0]), client.keeper, setting.ledger
    need = ledger.add(
        Need, on, by, f"{client.name} needs: {told.words}.", client=client, words=told.words,
        category=told.code, noted_on=on, may_pass_on=True, asked_on=on,
    ).record  # fmt: skip
    it = ledger.add(
        Introduction, on, by, f"Began an introduction of {client.name}.", client=client, need=need,
        member=by, tells=known(USUAL), need_words=told.words, context=told.context,
        why_confident=told.why, state=State.ASKED if len(told.days) > 1 else State.DRAFT,
    )  # fmt: skip
    listed = {draft.record.name: draft.record for draft in ledger.drafts[Provider]}
    rows = [
        ledger.add(
            Candidate, on, by, f"Put {name} on the list.", introduction=it.record,
            provider=listed[name], place=place,
        )
        for place, name in enumerate(told.providers, 1)
    ]  # fmt: skip
    return it, rows


def _yes(setting: Setting, begun: tuple[Draft, list[Draft]], told: Told) -> None:
    """They said yes to a colleague, and the first provider's turn begins."""
    it, rows = begun
    on, client = _day(setting, told.days[1]), it.record.client
    it.for_good(
        "agreed", on, client.keeper, f"{client.name} said yes to being introduced.",
        state=State.SEEKING, consent_at=_at(setting, on, 11), consent_via="spoken",
        consent_words=told.said,
    ).at(11)  # fmt: skip
    _turn(rows[0], on, 12)


def _turn(row: Draft, on: dt.date, hour: int) -> None:
    it, name = row.record.introduction, row.record.provider.name
    row.then(on, it.client.keeper, f"It is the turn of {name}.", state=Stands.TURN).at(hour)


def _asked(setting: Setting, row: Draft, told: Told) -> None:
    on, it = _day(setting, told.days[1]), row.record.introduction
    row.then(
        on, it.client.keeper, f"Asked {row.record.provider.name}.", state=Stands.ASKED,
        asked_at=_at(setting, on, 14), answer_by=_at(setting, _day(setting, told.days[2]), 17),
    ).at(14)  # fmt: skip


def _connect(setting: Setting, begun: tuple[Draft, list[Draft]]) -> None:
    """The provider took it: both have each other's details, the referral is on record."""
    it, (row,) = begun
    _yes(setting, begun, COVER)
    _asked(setting, row, COVER)
    on, client, name = _day(setting, COVER.days[2]), it.record.client, row.record.provider.name
    row.then(
        on, client.keeper, f"{name} takes care of {client.name}.", state=Stands.ACCEPTED,
        answered_at=_at(setting, on, 9), reason="We can look at it this week.",
    ).at(9)  # fmt: skip
    sentence = f"Connected {client.name} and {name}."
    it.for_good(
        "connected", on, client.keeper, sentence, state=State.CONNECTED,
        ended_at=_at(setting, on, 10),
    ).at(10)  # fmt: skip
    _given(setting, it, row, on)


def _second_turn(setting: Setting, begun: tuple[Draft, list[Draft]]) -> None:
    """The first couldn't, and said why; it is the turn of the second."""
    it, rows = begun
    _yes(setting, begun, HEIRS)
    _asked(setting, rows[0], HEIRS)
    on, name = _day(setting, HEIRS.days[2]), rows[0].record.provider.name
    rows[0].then(
        on, it.record.client.keeper, f"{name} declined.", state=Stands.DECLINED,
        answered_at=_at(setting, on, 10), reason="My days are taken until March.",
    ).at(10)  # fmt: skip
    _turn(rows[1], on, 11)


def _take_card(setting: Setting, begun: tuple[Draft, list[Draft]]) -> None:
    """They'd rather call themselves, and have the card."""
    it, (row,) = begun
    on, client, name = _day(setting, FEAST.days[1]), it.record.client, row.record.provider.name
    it.for_good(
        "took_card", on, client.keeper, f"{client.name} takes the card of {name}.",
        state=State.CARD, ended_at=_at(setting, on, 12), ended_why=FEAST.said,
    )  # fmt: skip
    row.then(on, client.keeper, "Their card was taken.", state=Stands.SKIPPED)
    _given(setting, it, row, on)


def _given(setting: Setting, draft: Draft, row: Draft, on: dt.date) -> None:
    """The referral on record, and how good it was on that day (P32)."""
    it, provider = draft.record, row.record.provider
    client, by = it.client, it.client.keeper
    given = setting.ledger.add(
        ReferralGiven, on, by, f"Referred {client.title} to {provider.name}.", client=client,
        member=by, need=it.need, provider=provider.name, listed=provider, given_on=on,
        why_confident=it.why_confident,
    ).record  # fmt: skip
    it.given = given
    quality = quality_of(it.parts | {"direct_contact"})
    setting.ledger.add(
        GivenQuality, on, by, f"The quality of this referral is {quality.score} of 100.",
        given=given, parts=quality.codes,
    )  # fmt: skip


def _day(setting: Setting, days: int) -> dt.date:
    return working(setting.today - dt.timedelta(days=days))


def _at(setting: Setting, on: dt.date, hour: int) -> dt.datetime:
    return dt.datetime.combine(on, dt.time(hour, tzinfo=setting.ledger.zone))
