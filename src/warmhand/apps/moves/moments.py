"""The moment (P11): a case was just resolved, confirmed or reopened; may we ask now, and how?"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from warmhand.apps.asks import services as asks
from warmhand.apps.asks.models import Ask
from warmhand.apps.asks.queries import Verdict, best_to_show, open_ask_of, verdict_of
from warmhand.apps.island.actor import Actor
from warmhand.apps.journal import services as journal
from warmhand.apps.people import queries as people
from warmhand.apps.work import queries as work_queries
from warmhand.apps.work import services as work
from warmhand.apps.work.models import Case
from warmhand.problems import Conflict, Invalid, NotFound
from warmhand.rulebook import ASKS, Decision, Move, decide
from warmhand.wording import (
    Channel,
    Context,
    Formality,
    Kind,
    Moment,
    Wording,
    compose_ask,
)

from .names import ENGLISH, Names, names_for, names_of_ask

WHATS = ("resolved", "confirmed", "reopened")


@dataclass(frozen=True, slots=True)
class Manner:
    """How an ask is to be said.

    Where it isn't named, the moment is that of a case if there is one, and the language the
    client's own.
    """

    channel: Channel = Channel.SPOKEN
    formality: Formality = Formality.NEUTRAL
    language: str = ""
    moment: Moment | None = None


@dataclass(frozen=True)
class MomentAnswer:
    """The verdict in the moment, and the words where an ask is right.

    After 'resolved' the client hasn't said so yet: `if_confirmed` is the decision that waits
    behind their 'yes', and the wording begins by reconfirming (P12). It is composed when it is
    read: many only want the verdict.
    """

    case: Case
    what: str
    verdict: Verdict
    if_confirmed: Decision
    manner: Manner = Manner()

    @cached_property
    def wording(self) -> Wording | None:
        """The words of the ask, where one is right."""
        if not self.if_confirmed.may_ask or self.case.state == "open":
            return None
        names = names_for(self.verdict)
        return wording_for(self.verdict, self.if_confirmed, self.case, self.manner, names)

    @property
    def ask_is_right(self) -> bool:
        """Whether an ask is the move, now or behind the client's 'yes'."""
        decision = self.if_confirmed
        return self.case.state != "open" and decision.may_ask and decision.move in ASKS

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
    *,
    by: Actor,
    ref: CaseRef,
    what: str,
    on: dt.date | None = None,
    words: str = "",
    manner: Manner = Manner(),
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
    return moment_of(case.pk, what, manner)


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


def moment_of(case_id: int, what: str, manner: Manner = Manner()) -> MomentAnswer:
    """The verdict around a case as it stands; nothing is written."""
    case = work_queries.case_by_id(case_id)
    verdict = verdict_of(case.client_id)
    return MomentAnswer(case, what, verdict, _if_confirmed(case, verdict), manner)


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
    verdict: Verdict,
    decision: Decision,
    case: Case | None = None,
    manner: Manner = Manner(),
    names: Names | None = None,
) -> Wording | None:
    """The words of an ask from the client's own records; None where there is nothing to show.

    `names` are held up as a question, where the standing allows any (P1).
    """
    shown = best_to_show(verdict.client_id)
    if case is None and shown is None:
        return None
    own = people.language_of(people.client_by_id(verdict.client_id), ENGLISH)
    return compose_ask(
        _kind(decision),
        moment=manner.moment or _moment(verdict, case),
        channel=manner.channel,
        formality=manner.formality,
        language=manner.language or own,
        client_name=verdict.title,
        company=verdict.company,
        case_title=case.title if case else "",
        shown=shown,
        names=names.offered if names else (),
    )


def words_of(
    client_id: int, *, kind: Kind | None = None, case_id: int | None = None, manner: Manner
) -> Wording:
    """The words of an ask of a client who may be asked, or who is being asked just now.

    Raises Conflict with every reason where it isn't earned (P17): no ask without evidence.
    """
    verdict, case = verdict_of(client_id), _case_of(client_id, case_id)
    waiting = open_ask_of(client_id)
    if waiting is not None:
        wording = words_of_ask(verdict, waiting, case, manner)
    else:
        wording = _words_earned(verdict, kind, case, manner)
    if wording is None:
        raise _not_earned(verdict)
    return wording


def words_of_ask(
    verdict: Verdict,
    ask: Ask,
    case: Case | None = None,
    manner: Manner | None = None,
    names: Names | None = None,
) -> Wording | None:
    """The words of an ask that was taken: of its kind and moment, with the names it holds up (P1).

    By then the verdict is no longer that one may ask. `names` where they are at hand already.
    """
    manner = manner or Manner(Channel(ask.channel), Formality(ask.formality or "neutral"))
    decision = replace(verdict.decision, move=Move(ask.kind))
    moment = Moment(ask.moment) if ask.moment else None
    said = replace(manner, moment=manner.moment or moment)
    names = names_of_ask(ask) if names is None else names
    return wording_for(verdict, decision, case or ask.case, said, names)


def usual_way(verdict: Verdict, *, kind: str, case: Case | None = None) -> dict[str, str]:
    """Channel, formality and variant of the words that are shown first; {} where none may be."""
    if not verdict.decision.may_ask or not (case or best_to_show(verdict.client_id)):
        return {}
    named = bool(names_for(verdict, kind).offered)
    return dict(Wording((), Kind(kind), _moment(verdict, case), named=named).way)


def _words_earned(
    verdict: Verdict, kind: Kind | None, case: Case | None, manner: Manner
) -> Wording | None:
    if not verdict.decision.may_ask:
        return None
    decision = replace(verdict.decision, move=Move(kind.value)) if kind else verdict.decision
    names = names_for(verdict, decision.move.value)
    return wording_for(verdict, decision, case, manner, names)


def _moment(verdict: Verdict, case: Case | None) -> Moment:
    found = asks.moment_of_facts(verdict.facts, case.pk if case else None)
    return Moment(found.value)


def context_of(
    client_id: int, text: str, *, kind: Kind | None, case_id: int | None = None
) -> Context:
    """What somebody's own words to a client are checked against: this client's records, and those
    names of the others that stand in the text, for they may not be said (P24)."""
    client, case = people.client_by_id(client_id), _case_of(client_id, case_id)
    shown = best_to_show(client_id)
    return Context(
        kind=kind,
        client=client.title,
        company=client.company.name if client.company else "",
        case=case.title if case else "",
        agreed=shown.what if shown else "",
        liked=shown.liked if shown else "",
        other_clients=tuple(people.names_of_others(client_id, text)),
    )


def _kind(decision: Decision) -> Kind:
    return Kind(decision.move.value) if decision.move in ASKS else Kind.CLIENT


def _case_of(client_id: int, case_id: int | None) -> Case | None:
    if case_id is None:
        return None
    case = work_queries.case_by_id(case_id)
    if case.client_id != client_id:
        raise NotFound("case", "This client has no such case.")
    return case


def _not_earned(verdict: Verdict) -> Conflict:
    reasons = verdict.decision.reasons
    if not reasons:
        return Conflict(
            "nothing_to_show",
            "There is nothing to show this client yet: no resolved case and nothing delivered.",
            lift="Record what was agreed and delivered, or name the case that was just resolved.",
        )
    return Conflict(
        "not_earned",
        f"Not yet. {reasons[0].sentence}",
        lift=reasons[0].mend,
        until=verdict.explanation.earliest,
        details={"reasons": [each.as_dict() for each in reasons]},
    )
