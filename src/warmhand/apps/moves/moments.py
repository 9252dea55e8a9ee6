"""The moment (P11): a case was just resolved, confirmed or reopened; may we ask now, and how?"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from typing import Any

from warmhand.apps.asks import services as asks
from warmhand.apps.asks.queries import Verdict, best_to_show, open_ask_of, verdict_of
from warmhand.apps.island.actor import Actor
from warmhand.apps.journal import services as journal
from warmhand.apps.work import queries as work_queries
from warmhand.apps.work import services as work
from warmhand.apps.work.models import Case
from warmhand.problems import Invalid, NotFound
from warmhand.rulebook import ASKS, Decision, decide
from warmhand.wording import Kind, Wording, compose_ask

from .names import Names, names_for

WHATS = ("resolved", "confirmed", "reopened")


@dataclass(frozen=True, slots=True)
class MomentAnswer:
    """The verdict in the moment, and the words where an ask is right.

    After 'resolved' the client hasn't said so yet: `if_confirmed` is the decision that waits
    behind their 'yes', and the wording begins by reconfirming (P12).
    """

    case: Case
    what: str
    verdict: Verdict
    if_confirmed: Decision
    wording: Wording | None

    def as_dict(self) -> dict[str, Any]:
        """Plain values for JSON."""
        return {
            "case": {"id": self.case.pk, "title": self.case.title, "state": self.case.state},
            "what": self.what,
            "verdict": self.verdict.as_dict(),
            "if_confirmed": self.if_confirmed.as_dict(),
            "wording": self.wording.as_dict() if self.wording else None,
        }


@dataclass(frozen=True, slots=True)
class CaseRef:
    """Which case: by our number, or by another system's name for a case of a client.

    A case that isn't on record yet is opened, under `title`.
    """

    case_id: int | None = None
    client_id: int | None = None
    source: str = ""
    source_ref: str = ""
    title: str = ""


@journal.one_act()
def tell(
    *, by: Actor, ref: CaseRef, what: str, on: dt.date | None = None, words: str = ""
) -> MomentAnswer:
    """Record what just happened to a case, and answer with the verdict.

    Confirming a case that nobody had called resolved resolves it too; 'reopened' ends an ask
    that waits for its outcome (P12). Telling the same thing again changes nothing. `words` are
    the client's own, kept with what happened.
    """
    if what not in WHATS:
        raise Invalid.at("what", f"Choose one of: {', '.join(WHATS)}.")
    case = _found_or_opened(by, ref, on)
    _ACTS[what](by, case, on, words)
    return moment_of(case.pk, what)


def _found_or_opened(by: Actor, ref: CaseRef, on: dt.date | None) -> Case:
    if ref.case_id is not None:
        case = work_queries.case_by_id(ref.case_id, lock=True)
        if ref.client_id not in (None, case.client_id):
            raise NotFound("case", "This client has no such case.")
        return case
    if ref.client_id is None:
        raise Invalid.at("client", "Say whose case it is.")
    found = _of_source(ref, ref.client_id)
    return found or work.open_case(
        by=by,
        client_id=ref.client_id,
        title=ref.title or f"Case {ref.source_ref}".strip(),
        on=on,
        source=ref.source,
        source_ref=ref.source_ref,
    )


def _of_source(ref: CaseRef, client_id: int) -> Case | None:
    if not ref.source_ref:
        return None
    return work_queries.case_by_source(
        client_id=client_id, source=ref.source, source_ref=ref.source_ref
    )


def moment_of(case_id: int, what: str) -> MomentAnswer:
    """The verdict around a case as it stands; nothing is written."""
    case = work_queries.case_by_id(case_id)
    verdict = verdict_of(case.client_id)
    if_confirmed = _if_confirmed(case, verdict)
    right = if_confirmed.may_ask and case.state != "open"
    wording = wording_for(verdict, if_confirmed, case, names_for(verdict)) if right else None
    return MomentAnswer(case, what, verdict, if_confirmed, wording)


def _resolve(by: Actor, case: Case, on: dt.date | None, words: str) -> None:
    if case.resolved_on is None:
        work.resolve_case(by=by, case_id=case.pk, on=on, why=words)


def _confirm(by: Actor, case: Case, on: dt.date | None, words: str) -> None:
    _resolve(by, case, on, "")
    if case.confirmed_on is None:
        work.confirm_case(by=by, case_id=case.pk, on=on, why=words)


def _reopen(by: Actor, case: Case, on: dt.date | None, words: str) -> None:
    if case.resolved_on is not None:
        work.reopen_case(by=by, case_id=case.pk, why=words)
    waiting = open_ask_of(case.client_id)
    if waiting is not None:
        asks.record_outcome(
            by=by, ask_id=waiting.pk, outcome="not_asked", words="Not resolved after all."
        )


_ACTS = {"resolved": _resolve, "confirmed": _confirm, "reopened": _reopen}


def _if_confirmed(case: Case, verdict: Verdict) -> Decision:
    """The decision once the client confirms this case; the same where they have, or it's open."""
    if case.state != "resolved":
        return verdict.decision
    left = max(0, verdict.facts.unconfirmed_cases - 1)
    changes = {"unconfirmed_cases": left, "days_since_confirmed": 0}
    if not left:
        changes["days_since_unconfirmed"] = type(verdict.facts)().days_since_unconfirmed
    return decide(replace(verdict.facts, **changes), verdict.policy, verdict.today)


def wording_for(
    verdict: Verdict, decision: Decision, case: Case | None = None, names: Names | None = None
) -> Wording | None:
    """The words of an ask from the client's own records; None where there is nothing to show.

    `names` are held up as a question, where the standing allows any (P1).
    """
    shown = best_to_show(verdict.client_id)
    if case is None and shown is None:
        return None
    kind = Kind(decision.move.value) if decision.move in ASKS else Kind.CLIENT
    composed = compose_ask(
        kind,
        client_name=verdict.title,
        company=verdict.company,
        case_title=case.title if case else "",
        shown=shown,
    )
    return names.added_to(composed) if names else composed
