"""Moves for allies: the adapter from the tables to their facts, and the answers (P26, P36, P37).

How far an exchange may be looked at is the alliances' word (`modes`); where nothing may be kept,
nothing is read. A client who sent somebody is thanked by the client's own move: an ally is thanked
for what no client is owed thanks for.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any, Final

from django.db.models import Max, Q

from warmhand.apps.accounts import days
from warmhand.apps.alliances import services as alliance_services
from warmhand.apps.alliances.models import Alliance
from warmhand.apps.alliances.movements import rows
from warmhand.apps.alliances.queries import Ledger, alliance_by_id, alliances, ledgers
from warmhand.apps.island.actor import Actor
from warmhand.apps.journal import services as journal
from warmhand.matching.reciprocity import Tilt, lean
from warmhand.problems import Invalid
from warmhand.rulebook import NEVER
from warmhand.rulebook.allies import (
    ALLY_MOVES,
    AllyDecision,
    AllyFacts,
    AllyMove,
    Reckoning,
    decide_ally,
)

from .models import AllyAnswer

DISMISSED_DAYS: Final = 90
"""A dismissed move isn't proposed again for a quarter, as with clients (our choice)."""


@dataclass(frozen=True, slots=True)
class AllyItem:
    """One proposed move for an ally, with its reasons."""

    alliance_id: int
    name: str
    keeper: str
    facts: AllyFacts
    decision: AllyDecision

    @property
    def title(self) -> str:
        """The move in words."""
        return ALLY_MOVES[self.decision.move].title

    @property
    def practice(self) -> str:
        """The practice number of the move."""
        return ALLY_MOVES[self.decision.move].practice

    def as_dict(self) -> dict[str, Any]:
        """Plain values for JSON."""
        return {
            "ally": {"id": self.alliance_id, "name": self.name, "keeper": self.keeper or None},
            "title": self.title,
            **self.decision.as_dict(),
        }


def ally_moves(
    *, member_id: int | None = None, team: str = "", today: dt.date | None = None
) -> list[AllyItem]:
    """The moves proposed for running alliances today: by their turn, then by name.

    A member's own and those nobody keeps, or a team's, or all. One statement where there is no
    alliance, a fixed number otherwise.
    """
    day = today or days.today()
    found = alliances(state="running", today=day)
    if member_id is not None:
        found = found.filter(Q(keeper=member_id) | Q(keeper=None))
    if team:
        found = found.filter(Q(keeper__team=team) | Q(keeper=None))
    listed = list(found)
    if not listed:
        return []
    answered = _answered(day)
    items = [_item(alliance, facts) for alliance, facts in ally_facts(listed, day)]
    wanted = [
        item
        for item in items
        if item.decision.move is not AllyMove.WAIT
        and (item.alliance_id, item.decision.move.value) not in answered
    ]
    return sorted(wanted, key=lambda it: (it.decision.turn, it.name, it.alliance_id))


def _item(alliance: Alliance, facts: AllyFacts) -> AllyItem:
    keeper = alliance.keeper.name if alliance.keeper else ""
    return AllyItem(alliance.pk, alliance.name, keeper, facts, decide_ally(facts))


def ally_facts(listed: list[Alliance], today: dt.date) -> list[tuple[Alliance, AllyFacts]]:
    """The facts of each of these alliances on a day."""
    accounts = ledgers(listed, today=today)
    ids = [each.alliance.pk for each in accounts if each.standing.lists]
    latest, thanked = _latest(ids, today), _thanked(ids)
    fits = _fits([each.alliance.pk for each in accounts if each.standing.counts])
    return [(each.alliance, _facts(each, latest, thanked, fits, today)) for each in accounts]


Days = dict[tuple[int, str], dt.date]


def _facts(
    it: Ledger,
    latest: Days,
    thanked: dict[int, dt.date],
    fits: dict[int, int],
    today: dt.date,
) -> AllyFacts:
    pk, mode = it.alliance.pk, Reckoning(it.standing.mode.value)
    if mode is Reckoning.OFF:
        return AllyFacts()
    counted = mode is Reckoning.COUNT
    given = it.given.number if counted and it.given else 0
    received = it.received.number if counted and it.received else 0
    return AllyFacts(
        reckoning=mode.number,
        given=given,
        received=received,
        leaning=_LEANING.get(lean(given, received), 0),
        days_since_given=_age(latest.get((pk, "given")), today),
        days_since_received=_age(latest.get((pk, "received")), today),
        days_since_thanked=_age(thanked.get(pk), today),
        days_since_spoke=_age(it.alliance.spoke_on, today),
        needs_they_fit=fits.get(pk, 0),
    )


_LEANING: Final = {Tilt.WE_GIVE: 1, Tilt.THEY_GIVE: -1}


def _age(day: dt.date | None, today: dt.date) -> int:
    return NEVER if day is None else max(0, (today - day).days)


_LATEST: Final = """
SELECT m.ally, CASE WHEN m.incoming THEN 'received' ELSE 'given' END, max(m."on")
FROM movement m
WHERE m.number > 0 AND m."on" <= %(today)s AND NOT (m.source = 'referral_received' AND EXISTS (
    SELECT 1 FROM gratitude_thankyou t WHERE t.workspace_id = %(workspace)s
        AND t.referral_id = m.source_id AND t.removed_at IS NULL))
GROUP BY 1, 2
"""
"""When something last went each way; what a client is owed thanks for is the client's own move."""

_FITS: Final = """
SELECT ap.ally, count(DISTINCT n.id)
FROM ally_provider ap
JOIN directory_service s ON s.workspace_id = %(workspace)s AND s.provider_id = ap.provider
    AND s.removed_at IS NULL AND s.category <> ''
JOIN giving_need n ON n.workspace_id = %(workspace)s AND n.category = s.category
    AND n.met_on IS NULL AND n.removed_at IS NULL AND NOT n.for_us
    AND n.may_pass_on IS DISTINCT FROM false
JOIN people_client c ON c.workspace_id = %(workspace)s AND c.id = n.client_id
    AND c.removed_at IS NULL
GROUP BY 1
"""
"""Open needs of clients that a provider of the ally's serves, and that weren't refused."""


def _latest(ids: list[int], today: dt.date) -> Days:
    if not ids:
        return {}
    return {(ally, way): on for ally, way, on in rows(_LATEST, ids, today=today)}


def _fits(ids: list[int]) -> dict[int, int]:
    return {ally: int(number) for ally, number in rows(_FITS, ids)} if ids else {}


def _thanked(ids: list[int]) -> dict[int, dt.date]:
    """When each was last thanked."""
    done = AllyAnswer.objects.filter(
        alliance__in=ids, move=AllyMove.THANK_ALLY.value, answer=AllyAnswer.Answer.DONE
    )
    return dict(done.order_by().values_list("alliance_id").annotate(day=Max("on")))


def _answered(today: dt.date) -> set[tuple[int, str]]:
    """Put off, dismissed, or done today."""
    found = AllyAnswer.objects.filter(until__gt=today)
    return set(found.values_list("alliance_id", "move"))


@journal.one_act()
def ally_done(
    *, by: Actor, alliance_id: int, move: str, why: str = "", on: dt.date | None = None
) -> AllyAnswer:
    """They were thanked, or we spoke with them about the exchange; the latter stands there too."""
    day = days.happened("on", on)
    made = _answer(
        by=by, alliance_id=alliance_id, move=move, answer=AllyAnswer.Answer.DONE, on=day, why=why,
        verb="Done", until=days.today() + dt.timedelta(days=1),
    )  # fmt: skip
    if move == AllyMove.REBALANCE:
        alliance_services.speak_with_ally(by=by, alliance_id=alliance_id, on=day, why=why)
    return made


def ally_snooze(*, by: Actor, alliance_id: int, move: str, until: dt.date, why: str) -> AllyAnswer:
    """Put a move for an ally off until a day."""
    return _answer(
        by=by, alliance_id=alliance_id, move=move, answer=AllyAnswer.Answer.SNOOZED,
        on=days.today(), why=_reason(why), verb="Put off", until=days.ahead("until", until),
    )  # fmt: skip


def ally_dismiss(*, by: Actor, alliance_id: int, move: str, why: str) -> AllyAnswer:
    """Say that a move isn't right for an ally; it isn't proposed again for a while."""
    return _answer(
        by=by, alliance_id=alliance_id, move=move, answer=AllyAnswer.Answer.DISMISSED,
        on=days.today(), why=_reason(why), verb="Dismissed",
        until=days.today() + dt.timedelta(days=DISMISSED_DAYS),
    )  # fmt: skip


def _answer(
    *,
    by: Actor,
    alliance_id: int,
    move: str,
    answer: AllyAnswer.Answer,
    on: dt.date,
    why: str,
    verb: str,
    until: dt.date,
) -> AllyAnswer:
    alliance = alliance_by_id(alliance_id)
    if move not in PROPOSED:
        raise Invalid.at("move", f"Choose one of: {', '.join(PROPOSED)}.")
    title = ALLY_MOVES[AllyMove(move)].title
    return journal.create(
        AllyAnswer,
        by=by,
        sentence=f"{verb}: '{title}' for {alliance.name}.",
        why=why,
        alliance=alliance,
        move=move,
        answer=answer.value,
        on=on,
        until=until,
        reason=why,
        member_id=by.member_id,
    )


PROPOSED: Final = tuple(move.value for move in AllyMove if move is not AllyMove.WAIT)
"""Moves that are proposed and answered."""


def _reason(why: str) -> str:
    if not why.strip():
        raise Invalid.at("why", "Say why; it helps whoever looks next.")
    return why.strip()
