"""Services in the form that pages need: the client of a record is looked up, not asked for."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from warmhand.apps.giving import queries as giving_reads
from warmhand.apps.giving import services as giving
from warmhand.apps.gratitude import rewards
from warmhand.apps.gratitude.amounts import minor_units
from warmhand.apps.introductions import services as introductions
from warmhand.apps.island.actor import Actor
from warmhand.apps.people import queries as people_reads
from warmhand.apps.people import services as people
from warmhand.apps.policies.queries import current
from warmhand.apps.work import queries as work_reads
from warmhand.apps.work import services as work
from warmhand.apps.work.evidence import keep_file
from warmhand.problems import Invalid


def add_client(*, by: Actor, company: str = "", **fields: Any) -> Any:
    """A new client; their company is found by its name, or made."""
    return people.add_client(by=by, company_id=_company(by, company), **fields)


def change_client(*, by: Actor, client_id: int, company: str = "", **fields: Any) -> Any:
    """Change a client; their company is found by its name, or made."""
    company_id = _company(by, company)
    return people.change_client(by=by, client_id=client_id, company_id=company_id, **fields)


def _company(by: Actor, name: str) -> int | None:
    name = " ".join(name.split())
    if not name:
        return None
    found = people_reads.company_by_name(name)
    made = found or people.add_company(by=by, name=name)
    return int(made.pk)


def deliver_commitment(*, by: Actor, commitment_id: int, file: Any = None, **values: Any) -> Any:
    """What was agreed was delivered; a file that shows it is kept."""
    if file:
        kept = keep_file(name=file.name, pieces=file.chunks())
        values |= {"evidence_kind": "file", "evidence": kept}
    return work.deliver_commitment(by=by, commitment_id=commitment_id, **values)


def rate_commitment(*, by: Actor, commitment_id: int, **values: Any) -> Any:
    """How happy the client is with something delivered."""
    client_id = work_reads.commitment_by_id(commitment_id).client_id
    if client_id is None:
        raise Invalid.at("client", "It was agreed with a company: rate it with one of its clients.")
    return work.rate(by=by, client_id=client_id, commitment_id=commitment_id, **values)


def rate_case(*, by: Actor, case_id: int, **values: Any) -> Any:
    """How happy the client is with how a case was handled."""
    client_id = work_reads.case_by_id(case_id).client_id
    return work.rate(by=by, client_id=client_id, case_id=case_id, **values)


def answer_survey(*, by: Actor, survey_id: int, **answers: Any) -> Any:
    """What the client answered to a survey sent before."""
    client_id = work_reads.survey_by_id(survey_id).client_id
    return work.record_survey(by=by, client_id=client_id, survey_id=survey_id, **answers)


def do_favour(*, by: Actor, favour_id: int, **values: Any) -> Any:
    """A favour was done as promised."""
    client_id = giving_reads.favour_by_id(favour_id).client_id
    return giving.do_favour(by=by, client_id=client_id, favour_id=favour_id, **values)


def refer_for_need(*, by: Actor, need_id: int, **values: Any) -> Any:
    """The client was sent to somebody who serves their need."""
    client_id = giving_reads.need_by_id(need_id).client_id
    return introductions.record_referral(by=by, client_id=client_id, need_id=need_id, **values)


def add_quarter_ends(*, by: Actor, company_id: int) -> Any:
    """Quarter ends of a company, with as many days each as the policy says."""
    days = current().policy.quarter_end_days
    return work.add_quarter_ends(by=by, company_id=company_id, days_before=days)


def promise_reward(
    *,
    by: Actor,
    ask_id: int,
    given_as: str,
    amount: Decimal | None = None,
    currency: str = "",
    **fields: Any,
) -> Any:
    """A reward whose worth is said in units of the currency, as people say it."""
    currency = currency.upper()
    minor = None
    if amount:
        minor = minor_units(amount, currency)
    return rewards.promise_reward(
        by=by, ask_id=ask_id, form=given_as, amount=minor, currency=currency, **fields
    )
