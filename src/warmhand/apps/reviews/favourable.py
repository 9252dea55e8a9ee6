"""Whether there is a favourable overview to show (P5). Pure: decided values in, objections out."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Final

from warmhand.apps.accounts import days
from warmhand.printing import Entry, Objection, State
from warmhand.rulebook import RULES, Decision

NOT_TO_SHOW: Final = (
    "unhappy",
    "reputation_hurt",
    "commitment_overdue",
    "nothing_agreed",
    "nothing_delivered",
    "nothing_to_show",
)
"""Reasons of the verdict with which there is nothing favourable to show. An open case is none of
them: it stands among the open points.
"""
NOTHING_IN_PERIOD: Final = "nothing_in_period"
_COUNTS_AS_KEPT = (State.ON_TIME, State.EARLY, State.DELIVERED)


def objections(
    decision: Decision, entries: Iterable[Entry], *, since: dt.date, until: dt.date, today: dt.date
) -> tuple[Objection, ...]:
    """What speaks against showing a pack; empty where it may be shown.

    The verdict's own reasons, and two that depend on what the pack shows: a promise to the company
    that is overdue, and nothing delivered on time with something to show between the days.
    """
    found = [
        Objection(each.code, each.sentence, each.mend, each.practice)
        for each in decision.reasons
        if each.code in NOT_TO_SHOW
    ]
    codes = {each.code for each in found}
    shown = list(entries)
    if "commitment_overdue" not in codes:
        found += _overdue(shown, today)
    if not codes & set(NOT_TO_SHOW[3:]) and not _kept(shown, since, until, today):
        found.append(_nothing_in_period(since, until))
    return tuple(found)


def _overdue(entries: list[Entry], today: dt.date) -> list[Objection]:
    late = [entry for entry in entries if entry.state(today) is State.OVERDUE]
    rule = RULES["commitment_overdue"]
    return [
        Objection(rule.code, f"“{entry.what}” is overdue.", str(rule.mend), rule.practice)
        for entry in late[:1]
    ]


def _kept(entries: list[Entry], since: dt.date, until: dt.date, today: dt.date) -> bool:
    return any(
        entry.proof and entry.delivered and since <= entry.delivered <= until
        for entry in entries
        if entry.state(today) in _COUNTS_AS_KEPT
    )


def _nothing_in_period(since: dt.date, until: dt.date) -> Objection:
    return Objection(
        NOTHING_IN_PERIOD,
        f"Nothing delivered on time between {days.said(since)} and {days.said(until)}"
        " has something to show for it.",
        "Add a link, a file or a figure to what was delivered on time, or choose a longer period.",
        "P5",
    )
