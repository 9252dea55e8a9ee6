"""How the drafts of commitments, cases and ratings become records of this app.

The import itself belongs to `people`, which may not know this app; whoever runs an import brings
these recorders along.
"""

from __future__ import annotations

from collections import Counter
from typing import Any, ClassVar

from django.db.models import Count, Max, Min

from warmhand.apps.island.actor import Actor
from warmhand.apps.island.scoped import Record
from warmhand.apps.journal import services as journal
from warmhand.apps.people.importing.book import Book, RowRefused
from warmhand.apps.people.importing.drafting import Draft
from warmhand.apps.people.importing.fields import Kind
from warmhand.apps.people.importing.problems import problem
from warmhand.apps.people.importing.recorders import Plain, Recorder, others, texts
from warmhand.apps.people.models import Client
from warmhand.apps.work.models import Case, Commitment, Rating


class CommitmentRecorder(Plain):
    """What was agreed and delivered; one without a client or company is "not named yet"."""

    kind: ClassVar[Kind] = Kind.COMMITMENTS
    model: ClassVar[type[Record]] = Commitment
    noun: ClassVar[str] = "the commitment"

    def values(self, draft: Draft, book: Book) -> dict[str, Any]:
        """A commitment to a company whose only client is known is that client's."""
        found = {
            **texts(draft, "title", "target", "agreed_by"),
            **others(draft, "agreed_on", "due_on", "delivered_on", "cancelled_on"),
            **{n: draft.values[n] for n in ("kind",) if draft.values.get(n)},
            **_evidence(draft),
            **_money(draft),
        }
        client, company = (
            book.id_of(draft.values.get(name), name=name, line=draft.line)
            for name in ("client", "company")
        )
        if client is None:
            client = book.only_client_of(company)
        found |= {"client_id": client, "company_id": company or book.company_of(client)}
        if "keeper" in draft.values:
            keeper = draft.values["keeper"]
            found["member_id"] = book.id_of(keeper, name="keeper", line=draft.line)
        return found


def _evidence(draft: Draft) -> dict[str, Any]:
    """Something to show, and of what kind: where none is said, an address is a link (P17)."""
    if "evidence" not in draft.values:
        return {}
    shown = str(draft.values["evidence"] or "")
    is_link = shown.startswith(("https://", "http://"))
    usual = Commitment.Evidence.LINK if is_link else Commitment.Evidence.FIGURE
    kind = draft.values.get("evidence_kind") or usual
    return {"evidence": shown, "evidence_kind": kind if shown else Commitment.Evidence.NONE}


def _money(draft: Draft) -> dict[str, Any]:
    """A value only with its currency: a bare number is nobody's money."""
    value, currency = draft.values.get("value"), str(draft.values.get("currency") or "")
    if "value" not in draft.values:
        return {}
    return {
        "value": value if currency else None,
        "currency": currency.upper() if value is not None else "",
    }


class CaseRecorder(Plain):
    """Concerns of clients."""

    kind: ClassVar[Kind] = Kind.CASES
    model: ClassVar[type[Record]] = Case
    noun: ClassVar[str] = "the case"

    def values(self, draft: Draft, book: Book) -> dict[str, Any]:
        """A case that the client confirmed must have been resolved, on that day at the latest."""
        found = {
            **texts(draft, "title"),
            **others(draft, "opened_on", "resolved_on", "confirmed_on"),
            "client_id": book.id_of(draft.values.get("client"), name="client", line=draft.line),
        }
        if draft.values.get("reopened_times") is not None:
            found["reopened_times"] = draft.values["reopened_times"]
        if found.get("confirmed_on") and not found.get("resolved_on"):
            found["resolved_on"] = found["confirmed_on"]
        if found.get("resolved_on") and found["resolved_on"] < found["opened_on"]:
            raise RowRefused(
                problem(
                    "dates_in_wrong_order",
                    line=draft.line,
                    field="resolved_on",
                    other="opened_on",
                )
            )
        return found


class RatingRecorder(Plain):
    """How clients felt, as said elsewhere."""

    kind: ClassVar[Kind] = Kind.RATINGS
    model: ClassVar[type[Record]] = Rating
    noun: ClassVar[str] = "a rating:"

    def values(self, draft: Draft, book: Book) -> dict[str, Any]:
        """Score 0 to 10 on a day."""
        return {
            **texts(draft, "words"),
            **others(draft, "on", "score"),
            "client_id": book.id_of(draft.values.get("client"), name="client", line=draft.line),
        }


RECORDERS: dict[Kind, Recorder] = {
    Kind.COMMITMENTS: CommitmentRecorder(),
    Kind.CASES: CaseRecorder(),
    Kind.RATINGS: RatingRecorder(),
}


def settle_clients(by: Actor, book: Book, why: str) -> Counter[str]:
    """Who keeps a client that nobody keeps, and since when they are one, from their commitments.

    The keeper is whoever has most of the client's commitments of this source, of two the one with
    the latest; a client since the first of them was agreed. Whatever is set already stays.
    """
    clients = Client.objects.filter(
        commitments__source=book.source, commitments__removed_at=None
    ).distinct()
    keepers = _keepers(book.source)
    since = dict(
        Commitment.objects.filter(source=book.source, client__isnull=False)
        .values_list("client_id")
        .annotate(first=Min("agreed_on"))
        .order_by()
    )
    counts: Counter[str] = Counter()
    changed, noted = [], []
    for client in clients.select_related("company"):
        changes = _settle(client, keepers.get(client.pk), since.get(client.pk))
        if changes:
            counts.update(f"{name}_set" for name in changes)
            changed.append(client)
            sentence = f"Set from the commitments imported for {client}."
            noted.append(journal.Noted("changed", client, sentence, changes))
    Client.objects.bulk_update(changed, ["keeper", "client_since"], batch_size=200)
    journal.record_many(by=by, noted=noted, why=why)
    return counts


def _keepers(source: str) -> dict[int, int]:
    rows = (
        Commitment.objects.filter(source=source, client__isnull=False, member__isnull=False)
        .values("client_id", "member_id")
        .annotate(count=Count("pk"), last=Max("agreed_on"))
        .order_by("client_id", "count", "last", "member_id")
    )
    return {row["client_id"]: row["member_id"] for row in rows}


def _settle(client: Client, keeper: int | None, since: Any) -> dict[str, list[Any]]:
    changes: dict[str, list[Any]] = {}
    if client.keeper_id is None and keeper:
        changes["keeper"] = [None, keeper]
        client.keeper_id = keeper
    if client.client_since is None and since:
        changes["client_since"] = [None, since.isoformat()]
        client.client_since = since
    return changes
