"""Agreed on X, delivered X (P3, P4)."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import TypedDict, Unpack

from warmhand.apps.accounts import days
from warmhand.apps.accounts.queries import member_by_id
from warmhand.apps.island.actor import Actor
from warmhand.apps.journal import services as journal
from warmhand.apps.people.queries import client_by_id, company_by_id
from warmhand.apps.work.models import Commitment
from warmhand.apps.work.queries import commitment_by_id
from warmhand.problems import Conflict


class CommitmentFields(TypedDict, total=False):
    """What can be said of a commitment; fields left out stay as they are.

    `value` is in whole units of `currency` (EUR, USD…); `member_id` is who of us agreed.
    """

    client_id: int | None
    company_id: int | None
    member_id: int | None
    kind: str
    title: str
    target: str
    agreed_on: dt.date | None
    agreed_by: str
    due_on: dt.date | None
    delivered_on: dt.date | None
    evidence_kind: str
    evidence: str
    cancelled_on: dt.date | None
    value: Decimal | None
    currency: str


def agree_commitment(*, by: Actor, why: str = "", **fields: Unpack[CommitmentFields]) -> Commitment:
    """We agreed on something with a client or a company: today, unless another day is named."""
    fields.setdefault("member_id", by.member_id)
    fields["agreed_on"] = days.happened("agreed_on", fields.get("agreed_on"))
    _check(fields)
    sentence = f"Agreed: {fields.get('title', '')}."
    return journal.create(Commitment, by=by, sentence=sentence, why=why, **fields)


def change_commitment(
    *, by: Actor, commitment_id: int, why: str = "", **fields: Unpack[CommitmentFields]
) -> Commitment:
    """Change what is said of a commitment; `why` tells for instance of a new day agreed."""
    commitment = commitment_by_id(commitment_id, lock=True)
    _check(fields)
    sentence = f"Changed: {commitment.title}."
    return journal.change(commitment, by=by, sentence=sentence, why=why, **fields)


def deliver_commitment(
    *,
    by: Actor,
    commitment_id: int,
    on: dt.date | None = None,
    evidence_kind: str = "",
    evidence: str = "",
    why: str = "",
) -> Commitment:
    """We delivered what was agreed; evidence is a link, a file's name or a figure (P17)."""
    commitment = commitment_by_id(commitment_id, lock=True)
    if commitment.delivered_on is not None:
        raise Conflict(
            "delivered_already",
            f"This was delivered on {days.said(commitment.delivered_on)}.",
            lift="Change the commitment if that day is wrong.",
        )
    return journal.change(
        commitment,
        by=by,
        sentence=f"Delivered: {commitment.title}.",
        why=why,
        delivered_on=days.happened("delivered_on", on),
        evidence_kind=evidence_kind or commitment.evidence_kind,
        evidence=evidence or commitment.evidence,
    )


def cancel_commitment(
    *, by: Actor, commitment_id: int, on: dt.date | None = None, why: str = ""
) -> Commitment:
    """It is off, agreed with the client: neither owed nor counted any more."""
    commitment = commitment_by_id(commitment_id, lock=True)
    return journal.change(
        commitment,
        by=by,
        sentence=f"Cancelled: {commitment.title}.",
        why=why,
        cancelled_on=days.happened("cancelled_on", on),
    )


def remove_commitment(*, by: Actor, commitment_id: int, why: str = "") -> Commitment:
    """Take a commitment off the record, as entered by mistake."""
    commitment = commitment_by_id(commitment_id, lock=True)
    return journal.remove(commitment, by=by, sentence=f"Removed: {commitment.title}.", why=why)


def _check(fields: CommitmentFields) -> None:
    """Keys lead into this workspace; what happened doesn't lie ahead."""
    if client_id := fields.get("client_id"):
        client_by_id(client_id)
    if company_id := fields.get("company_id"):
        company_by_id(company_id)
    if member_id := fields.get("member_id"):
        member_by_id(member_id)
    for name in ("agreed_on", "delivered_on", "cancelled_on"):
        days.perhaps_happened(name, fields.get(name))  # type: ignore[arg-type]
    days.perhaps_planned("due_on", fields.get("due_on"))
