"""May we ask this client now; what is right instead; and why: reads."""

from __future__ import annotations

import datetime as dt
import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import F, QuerySet
from psycopg.types.numeric import Int8

from warmhand.apps.accounts import days
from warmhand.apps.accounts.queries import day_in
from warmhand.apps.island.door import one
from warmhand.apps.island.listing import searched, sorted_by
from warmhand.apps.island.raw import one_row, raw_connection
from warmhand.apps.island.scope import current_workspace_id
from warmhand.apps.people.models import Client
from warmhand.apps.people.queries.records import CLIENT_WORDS
from warmhand.apps.policies.queries import checked, current, known_policy
from warmhand.apps.work.models import Commitment, Rating
from warmhand.engine import postgres
from warmhand.problems import Invalid, NotFound, Place
from warmhand.rulebook import (
    Decision,
    Explanation,
    Facts,
    Move,
    Policy,
    PolicyError,
    WhatIf,
    explain,
    facts_from,
    what_if,
)
from warmhand.wording import Shown

from .models import Ask, Override, Standing
from .plans import in_care_of
from .sources import OFFERS_ACTIVE, TABLES
from .standings import offers_active

RELATED = ("client", "client__company", "member", "offer")
"""What every page of an ask shows beside it."""
ASK_ORDERS = {"client": ("client__name",), "asked": ("asked_at",), "outcome": ("outcome",)}


@dataclass(frozen=True, slots=True)
class Verdict:
    """The decision about one client today, with all it rests on."""

    client_id: int
    title: str
    company: str
    keeper: str
    keeper_id: int | None
    explanation: Explanation
    facts: Facts
    policy: Policy
    policy_number: int
    today: dt.date

    @property
    def decision(self) -> Decision:
        """The decision itself."""
        return self.explanation.decision

    def as_dict(self) -> dict[str, Any]:
        """The JSON of a verdict: the same for the API and the command line."""
        return {
            "client": {
                "id": self.client_id,
                "name": self.title,
                "company": self.company or None,
                "keeper": self.keeper or None,
            },
            "today": self.today.isoformat(),
            **self.explanation.as_dict(),
            "policy_version": self.policy_number,
            "facts": self.facts.as_dict(),
        }


@dataclass(frozen=True, slots=True)
class _Frame:
    """Who the client is, which day it is, and under which settings: read in one statement."""

    name: str
    company: str
    keeper: str
    keeper_id: int | None
    timezone: str
    offers: int
    policy_number: int
    policy_values: str

    @property
    def title(self) -> str:
        return Client.title_of(self.name, self.company)


_FRAME = f"""
SELECT c.name, coalesce(o.name, ''), coalesce(m.name, ''), m.id, w.timezone,
       ({OFFERS_ACTIVE}), coalesce(p.number, 0), coalesce(p.values::text, 'null')
FROM people_client c
JOIN accounts_workspace w ON w.id = c.workspace_id
LEFT JOIN people_company o ON o.workspace_id = c.workspace_id AND o.id = c.company_id
LEFT JOIN accounts_member m ON m.workspace_id = c.workspace_id AND m.id = c.keeper_id
LEFT JOIN LATERAL (
    SELECT number, values FROM policies_policyversion v
    WHERE v.workspace_id = c.workspace_id ORDER BY number DESC LIMIT 1
) p ON true
WHERE c.id = %s AND c.removed_at IS NULL AND c.workspace_id = %s
"""  # noqa: S608 - our own words


def verdict_of(client_id: int, *, on: dt.date | None = None) -> Verdict:
    """Decide about one client from the records as they are now (P3-P21).

    Two prepared statements, however much is on record.
    """
    frame = _frame(client_id)
    day = on or day_in(frame.timezone)
    policy = known_policy(json.loads(frame.policy_values) or {})
    facts = postgres.facts_of_client(
        raw_connection(), TABLES, client_id, day, offers_active=frame.offers
    )
    if facts is None:
        raise NotFound("client")
    return Verdict(
        client_id=client_id,
        title=frame.title,
        company=frame.company,
        keeper=frame.keeper,
        keeper_id=frame.keeper_id,
        explanation=explain(facts, policy, day),
        facts=facts,
        policy=policy,
        policy_number=frame.policy_number,
        today=day,
    )


def _frame(client_id: int) -> _Frame:
    row = one_row(_FRAME, [Int8(client_id), Int8(current_workspace_id())])
    if row is None:
        raise NotFound("client")
    return _Frame(*row)


def what_if_of(
    client_id: int,
    *,
    facts: Mapping[str, int] | None = None,
    policy: Mapping[str, Any] | None = None,
) -> WhatIf:
    """What would change for a client with other facts or settings; nothing is written."""
    verdict = verdict_of(client_id)
    changes = {**(facts or {}), **(policy or {})}
    try:
        return what_if(verdict.facts, verdict.policy, changes, verdict.today)
    except PolicyError as wrong:
        raise Invalid(
            "what_if_not_allowed",
            "Some of these can't be taken as they are.",
            lift="Choose facts and settings by their names, and values in their ranges.",
            places=tuple(Place(each.field, each.problem) for each in wrong.problems),
        ) from wrong


@dataclass(frozen=True, slots=True)
class PolicyEffect:
    """What other settings would change, before they are saved.

    `shifts` are (move now, move then, how many clients), most first.
    """

    clients: int
    changed: int
    shifts: tuple[tuple[str, str, int], ...]

    def as_dict(self) -> dict[str, Any]:
        """Plain values for JSON."""
        return {
            "clients": self.clients,
            "changed": self.changed,
            "shifts": [{"from": a, "to": b, "clients": n} for a, b, n in self.shifts],
        }


def policy_effect(values: Mapping[str, Any]) -> PolicyEffect:
    """How many clients' moves would change under proposed settings; nothing is written.

    Cost: two statements over all clients, decided by the database.
    """
    now, then = _moves_under(current().policy), _moves_under(checked(values))
    pairs = Counter((move.value, then[client].value) for client, move in now.items())
    shifts = tuple((a, b, n) for (a, b), n in pairs.most_common() if a != b)
    return PolicyEffect(len(now), sum(n for *_, n in shifts), shifts)


def _moves_under(policy: Policy) -> dict[int, Move]:
    return postgres.moves(
        raw_connection(), TABLES, days.today(), policy, offers_active=offers_active()
    )


def best_to_show(client_id: int) -> Shown | None:
    """The latest delivery with evidence, or the latest one; None where nothing came (P17)."""
    found = Commitment.objects.filter(
        client_id=client_id, delivered_on__isnull=False, cancelled_on__isnull=True
    )
    kept = found.exclude(evidence="").exclude(delivered_on__gt=F("due_on")).order_by("delivered_on")
    best = kept.last() or found.order_by("delivered_on").last()
    if best is None:
        return None
    said = Rating.objects.filter(client_id=client_id, score__gte=8).exclude(words="")
    words = said.order_by("on", "pk").values_list("words", flat=True).last()
    return Shown(
        what=best.title,
        target=best.target,
        due=best.due_on or "",
        delivered=best.delivered_on or "",
        liked=words or "",
    )


def standing_of(client_id: int) -> Standing | None:
    """The kept standing of a client; None before anything was decided."""
    return Standing.objects.filter(client_id=client_id).first()


def stored_facts(standing: Standing) -> Facts:
    """The facts a standing was decided on."""
    return facts_from(standing.facts)


def asks() -> QuerySet[Ask]:
    """Every ask in the open workspace, newest first."""
    return Ask.objects.select_related(*RELATED)


def ask_list(*, search: str = "", waiting: bool | None = None, sort: str = "") -> QuerySet[Ask]:
    """Asks, newest first; `waiting`: with their outcome still to come."""
    rows = asks().filter(client__removed_at=None)
    if waiting is not None:
        rows = rows.filter(outcome="") if waiting else rows.exclude(outcome="")
    return sorted_by(searched(rows, search, *CLIENT_WORDS), sort, ASK_ORDERS)


def ask_by_id(ask_id: int, *, lock: bool = False) -> Ask:
    """One ask: the one door from an id to it; `lock` it where a write follows."""
    return one(Ask, ask_id, "ask", lock=lock, related=RELATED)


def open_ask_of(client_id: int) -> Ask | None:
    """The ask that waits for its outcome, if there is one."""
    return asks().filter(client_id=client_id, outcome="").first()


def asks_waiting(member_id: int) -> list[Ask]:
    """A member's own asks whose answer isn't recorded yet, the oldest first (P21)."""
    return list(asks().filter(member_id=member_id, outcome="").order_by("asked_at"))


def follow_ups_due(member_id: int, *, today: dt.date | None = None) -> list[Ask]:
    """Promised introductions, of clients in a member's care, whose day to ask has come."""
    rows = asks().filter(client__removed_at=None, outcome=Ask.Outcome.WILL_INTRODUCE)
    due = rows.filter(follow_up_on__lte=today or days.today()).filter(in_care_of(member_id))
    return list(due.order_by("follow_up_on", "pk"))


def overrides_of(client_id: int) -> QuerySet[Override]:
    """What was lifted by hand for a client, latest first."""
    return Override.objects.filter(client_id=client_id).select_related("member")
