"""Why an ask is refused: by the rulebook, or because a colleague was first; by whom and when (P16).

Budgets are of the whole team, so whoever is refused for one is told whose ask spent it.
"""

from __future__ import annotations

import datetime as dt
from typing import Any, Final

from warmhand.apps.accounts import days
from warmhand.apps.people.models import Client
from warmhand.problems import Conflict, Problem

from .models import Ask
from .queries import Verdict, asks

OF_THE_PERSON: Final = frozenset({"asked_recently", "ask_budget_spent"})
OF_THE_COMPANY: Final = frozenset({"company_budget_spent"})


class Refused(Problem):
    """The rulebook says not yet; the reasons say what would lift it.

    Where an earlier ask stands in the way, `details` hold that ask's number (`ask`), who asked
    (`by`), when (`at`, with its time zone) and whom (`whom`), and the sentence says it.
    """

    status = 409

    def __init__(self, verdict: Verdict, earlier: Ask | None = None) -> None:
        first = verdict.decision.reasons[0]
        told = earlier if first.code in OF_THE_PERSON | OF_THE_COMPANY else None
        reasons = [reason.as_dict() for reason in verdict.decision.reasons]
        super().__init__(
            "not_earned",
            f"Not yet: {first.sentence}{f' {said_of(told)}' if told else ''}",
            lift=first.mend,
            until=verdict.explanation.earliest,
            details={"reasons": reasons, **(_details(earlier) if earlier else {})},
        )


def refused(client: Client, verdict: Verdict) -> Problem:
    """The refusal of an ask that the rulebook doesn't allow, with the ask that stands in the way.

    An ask of today that alone is why not is told as such: somebody was first.
    """
    earlier = ask_in_the_way(client, frozenset(verdict.decision.codes))
    by_rest = "asked_recently" in verdict.decision.codes
    if earlier is not None and by_rest and earlier.asked_on == verdict.today:
        return asked_already(earlier, verdict.explanation.earliest)
    return Refused(verdict, earlier)


def ask_in_the_way(client: Client, codes: frozenset[str]) -> Ask | None:
    """The latest ask that counts against the budgets named by `codes`; None where none does.

    The person's own budget comes first; a company's is spent by anybody's ask there.
    """
    counted = asks().exclude(outcome=Ask.Outcome.NOT_ASKED)
    found = None
    if codes & OF_THE_PERSON:
        found = counted.filter(client=client).first()
    if found is None and codes & OF_THE_COMPANY and client.company_id:
        found = counted.filter(company_id=client.company_id).first()
    return found


def asked_already(ask: Ask, until: dt.date | None = None) -> Conflict:
    """Somebody has asked this client, and when: the answer to whoever comes second."""
    waiting = "Talk to them; record the outcome of that ask when it is known."
    ended = "Talk to them: that ask has ended, and whom we asked today rests."
    return Conflict(
        "asked_already",
        said_of(ask),
        lift=ended if ask.outcome else waiting,
        until=until,
        details=_details(ask),
    )


def said_of(ask: Ask) -> str:
    """Who asked whom, on which day and at what time, in a sentence."""
    return f"{_who(ask)} asked {ask.client.title} on {_at(ask):%d %B %Y at %H:%M}."


def _details(ask: Ask) -> dict[str, Any]:
    return {
        "ask": ask.pk,
        "by": _who(ask),
        "at": ask.asked_at.isoformat(),
        "whom": ask.client.title,
    }


def _who(ask: Ask) -> str:
    return ask.member.name if ask.member else "a program"


def _at(ask: Ask) -> dt.datetime:
    """In the workspace's time zone: colleagues share one clock."""
    return ask.asked_at.astimezone(days.zone())
