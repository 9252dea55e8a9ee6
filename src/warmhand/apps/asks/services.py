"""Asking, its outcome, and lifting an objection of ours by hand: writes."""

from __future__ import annotations

import datetime as dt

from django.utils import timezone

from warmhand.apps.accounts import days
from warmhand.apps.island.actor import Actor
from warmhand.apps.journal import services as journal
from warmhand.apps.people.models import Client, Company
from warmhand.apps.work.queries import case_by_id
from warmhand.problems import Conflict, Invalid, NotFound
from warmhand.rulebook import ASKS, OVERRIDABLE

from .models import Ask, Override
from .queries import ask_by_id, open_ask_of, verdict_of
from .refusing import Refused as Refused  # part of what services offer
from .refusing import asked_already, refused

KINDS = tuple(move.value for move in ASKS)


def record_ask(
    *,
    by: Actor,
    client_id: int,
    kind: str = "ask",
    channel: str = "spoken",
    words: str = "",
    case_id: int | None = None,
) -> Ask:
    """Record that we ask this client, where that is earned: one ask only (P16).

    The company and the client are locked first, so that of two members in the same second one
    asks, and the other learns who did and when.
    """
    if kind not in KINDS:
        raise Invalid.at("kind", f"Choose one of: {', '.join(KINDS)}.")
    client = _lock(client_id)
    if case_id is not None and case_by_id(case_id).client_id != client_id:
        raise Invalid.at("case_id", "This is a case of another client.")
    _nobody_asks_already(client)
    verdict = verdict_of(client_id)
    if not verdict.decision.may_ask:
        raise refused(client, verdict)
    return journal.create(
        Ask,
        by=by,
        sentence=f"Asked {client.title}.",
        client=client,
        company_id=client.company_id,
        member_id=by.member_id,
        case_id=case_id,
        kind=kind,
        channel=channel,
        words=words,
        asked_on=verdict.today,
        asked_at=timezone.now(),
        facts=verdict.facts.as_dict(),
        decision=verdict.decision.as_dict(),
        policy_number=verdict.policy_number,
    )


def _lock(client_id: int) -> Client:
    """Hold the company, then the client, until the commit: budgets are of both."""
    company_id = Client.objects.filter(pk=client_id).values_list("company_id", flat=True).first()
    if company_id is not None:
        Company.objects.select_for_update().get(pk=company_id)
    found = Client.objects.select_for_update().filter(pk=client_id).first()
    if found is None:
        raise NotFound("client")
    return found


def _nobody_asks_already(client: Client) -> None:
    waiting = open_ask_of(client.pk)
    if waiting is not None:
        raise asked_already(waiting)


def record_outcome(
    *,
    by: Actor,
    ask_id: int,
    outcome: str,
    words: str = "",
    later_on: dt.date | None = None,
    resolved_confirmed: bool | None = None,
    trust_confirmed: bool | None = None,
    help_offered: bool | None = None,
) -> Ask:
    """Record how an ask ended, with the three things that asking itself brings (P21)."""
    ask = ask_by_id(ask_id)
    _check_outcome(ask, outcome, later_on)
    return journal.change(
        ask,
        by=by,
        sentence=f"{ask.client.title}: {Ask.Outcome(outcome).label.lower()}.",
        outcome=outcome,
        outcome_on=days.today(),
        outcome_words=words,
        later_on=later_on if outcome == Ask.Outcome.LATER else None,
        resolved_confirmed=resolved_confirmed,
        trust_confirmed=trust_confirmed,
        help_offered=help_offered,
    )


def _check_outcome(ask: Ask, outcome: str, later_on: dt.date | None) -> None:
    if outcome not in Ask.Outcome.values:
        raise Invalid.at("outcome", f"Choose one of: {', '.join(Ask.Outcome.values)}.")
    if ask.outcome:
        raise Conflict(
            "outcome_known",
            f"This ask ended already: {Ask.Outcome(ask.outcome).label.lower()}.",
            lift="Undo that first, if it was a mistake.",
        )
    if outcome == Ask.Outcome.LATER and later_on is not None and later_on <= days.today():
        raise Invalid.at("later_on", "'Later' is a day still to come.")


def override(*, by: Actor, client_id: int, code: str, until: dt.date, why: str) -> Override:
    """Lift one of our own objections for a client for a time.

    Consent, do-not-ask and whatever else isn't ours to lift is refused.
    """
    client = _lock(client_id)
    _check_override(code, until, why)
    return journal.create(
        Override,
        by=by,
        sentence=f"Lifted '{code}' for {client.title} until {until:%d %B %Y}.",
        why=why,
        client=client,
        code=code,
        until=until,
        reason=why,
        member_id=by.member_id,
    )


def _check_override(code: str, until: dt.date, why: str) -> None:
    if code not in OVERRIDABLE:
        raise Invalid.at(
            "code", f"'{code}' isn't ours to lift. These are: {', '.join(OVERRIDABLE)}."
        )
    if until <= days.today():
        raise Invalid.at("until", "Name a day still to come.")
    if not why.strip():
        raise Invalid.at("why", "Say why; it stays on record.")
