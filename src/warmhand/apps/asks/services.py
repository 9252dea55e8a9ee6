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
from warmhand.rulebook import ASKS, OVERRIDABLE, Facts
from warmhand.rulebook.moves import MOMENT_DAYS

from . import plans
from .models import Ask, Override
from .queries import ask_by_id, open_ask_of, verdict_of
from .refusing import Refused as Refused  # part of what services offer
from .refusing import asked_already, refused

KINDS = tuple(move.value for move in ASKS)
KIND_NAMES = Ask.Kind.choices


@journal.one_act()
def record_ask(
    *,
    by: Actor,
    client_id: int,
    kind: str = "ask",
    moment: str = "",
    channel: str = "spoken",
    formality: str = "",
    variant: str = "",
    words: str = "",
    case_id: int | None = None,
) -> Ask:
    """Record that we ask this client, where that is earned: one ask only (P16).

    Each kind needs the same three: agreed, delivered, happy (P3, P19). For a co-worker the client
    has a company, and a plan comes with the ask; for more business they have a need that we could
    serve, or `words` say what it is about.

    `moment` is found from the records where it isn't said (see `moment_of_facts`); `variant` is
    the key of the composed wording, or 'own' for the person's own words.

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
    _check_fit(kind, client, verdict.facts, words)
    ask = journal.create(
        Ask,
        by=by,
        sentence=f"Asked {client.title}.",
        client=client,
        company_id=client.company_id,
        member_id=by.member_id,
        case_id=case_id,
        kind=kind,
        moment=moment or moment_of_facts(verdict.facts, case_id).value,
        channel=channel,
        formality=formality,
        variant=variant,
        words=words,
        asked_on=verdict.today,
        asked_at=timezone.now(),
        facts=verdict.facts.as_dict(),
        decision=verdict.decision.as_dict(),
        policy_number=verdict.policy_number,
    )
    if kind == Ask.Kind.COWORKER:
        plans.make_plan(by=by, ask=ask)
    return ask


def _check_fit(kind: str, client: Client, facts: Facts, words: str) -> None:
    """Whether this client can be asked for this at all (P19)."""
    if kind == Ask.Kind.COWORKER:
        check_has_colleagues(client)
    if kind == Ask.Kind.MORE and not facts.needs_for_us and not words.strip():
        raise Conflict(
            "ask_kind_does_not_fit",
            f"{client.title} has told us of no need that we could serve ourselves.",
            lift="Note what they need from us first, or say in your words what it is about.",
        )


def check_has_colleagues(client: Client) -> None:
    """For an introduction inside their company the client has one (P19)."""
    if client.company_id is None:
        raise Conflict(
            "ask_kind_does_not_fit",
            f"No company of {client.title} is on record, so there are no colleagues to ask for.",
            lift="Name their company on their page, or ask for somebody they know elsewhere.",
        )


def moment_of_facts(facts: Facts, case_id: int | None = None) -> Ask.Moment:
    """In which moment an ask falls: a case just confirmed (P11), a review just held (P14), else."""
    solved = 0 if case_id is not None else facts.days_since_confirmed
    if solved <= MOMENT_DAYS and solved <= facts.days_since_review:
        return Ask.Moment.CASE
    return Ask.Moment.REVIEW if facts.days_since_review <= MOMENT_DAYS else Ask.Moment.OTHER


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
    follow_up_on: dt.date | None = None,
    offer_id: int | None = None,
    resolved_confirmed: bool | None = None,
    trust_confirmed: bool | None = None,
    help_offered: bool | None = None,
    channel: str = "",
    formality: str = "",
    variant: str = "",
) -> Ask:
    """Record how an ask ended, with the three things that asking itself brings (P21).

    'Later' has its day, an offer passed on is named, and why it wasn't asked is said in `words`;
    `follow_up_on` is the day to ask how a promised introduction stands. A day or an offer that
    the outcome has no use for is left out. `channel`, `formality` and `variant` say how it was
    asked in the end; what is left out stays as it was noted when the ask was taken.
    """
    ask = ask_by_id(ask_id, lock=True)
    _check_outcome(ask, outcome)
    _check_details(outcome, words, later_on, follow_up_on, offer_id)
    return journal.change(
        ask,
        by=by,
        sentence=f"{ask.client.title}: {Ask.Outcome(outcome).label.lower()}.",
        outcome=outcome,
        outcome_on=days.today(),
        outcome_words=words,
        later_on=later_on if outcome == Ask.Outcome.LATER else None,
        follow_up_on=follow_up_on if outcome == Ask.Outcome.WILL_INTRODUCE else None,
        offer_id=offer_id if outcome == Ask.Outcome.PASSED_ON else None,
        resolved_confirmed=resolved_confirmed,
        trust_confirmed=trust_confirmed,
        help_offered=help_offered,
        channel=channel or ask.channel,
        formality=formality or ask.formality,
        variant=variant or ask.variant,
    )


def _check_outcome(ask: Ask, outcome: str) -> None:
    if outcome not in Ask.Outcome.values:
        raise Invalid.at("outcome", f"Choose one of: {', '.join(Ask.Outcome.values)}.")
    if ask.outcome:
        raise Conflict(
            "outcome_known",
            f"This ask ended already: {Ask.Outcome(ask.outcome).label.lower()}.",
            lift="Undo that first, if it was a mistake.",
        )


def _check_details(
    outcome: str,
    words: str,
    later_on: dt.date | None,
    follow_up_on: dt.date | None,
    offer_id: int | None,
) -> None:
    """What an outcome can't do without."""
    if outcome == Ask.Outcome.LATER:
        check_later(later_on)
    if outcome == Ask.Outcome.WILL_INTRODUCE and follow_up_on is not None:
        days.ahead("follow_up_on", follow_up_on)
    if outcome == Ask.Outcome.PASSED_ON and offer_id is None:
        raise Invalid.at("offer_id", "Say which offer they took to pass on.")
    if outcome == Ask.Outcome.NOT_ASKED and not words.strip():
        raise Invalid.at("words", "Say why it was not asked; it helps whoever looks next.")


def check_later(later_on: dt.date | None) -> None:
    """'Later' names a day, and one still to come."""
    if later_on is None:
        raise Invalid.at("later_on", "Name the day to come back to it.")
    if later_on <= days.today():
        raise Invalid.at("later_on", "'Later' is a day still to come.")
    days.planned("later_on", later_on)


def set_follow_up(*, by: Actor, ask_id: int, on: dt.date | None, words: str = "") -> Ask:
    """The next day to ask how a promised introduction stands; None: there is nothing to wait for.

    Refused where no introduction was promised.
    """
    ask = ask_by_id(ask_id, lock=True)
    if ask.outcome != Ask.Outcome.WILL_INTRODUCE:
        raise Conflict(
            "nothing_promised",
            "They did not say that they would introduce us.",
            lift="Reload the page to see how the ask ended.",
        )
    if on is not None:
        days.ahead("follow_up_on", on)
    until = f"we ask again on {on:%-d %B %Y}" if on else "nothing more to wait for"
    sentence = f"{ask.client.title} would introduce us: {until}."
    said = "\n".join(part for part in (ask.outcome_words, words) if part)
    return journal.change(ask, by=by, sentence=sentence, follow_up_on=on, outcome_words=said)


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
