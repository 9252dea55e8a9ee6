"""Given and received per ally: counted for a window, by period, and one by one.

Nothing here may be shown without asking the mode first; `ledger_of` and `ledgers` do so.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from warmhand.apps.accounts import days
from warmhand.apps.alliances.models import Alliance, Exchange
from warmhand.apps.alliances.modes import Standing, standings
from warmhand.apps.alliances.movements import Movement, providers_of, rows
from warmhand.apps.alliances.worth import stand_apart
from warmhand.matching.reciprocity import (
    Balance,
    Facts,
    Finding,
    Flow,
    Instead,
    Other,
    Tilt,
    Trend,
    balance,
    findings,
    instead,
    tilt,
    trend,
)

from .reasons import is_running, others_by_ally, reasons_by_ally

PERIODS: Final = ("month", "quarter", "year")
SHOWN: Final = {"month": 12, "quarter": 8, "year": 5}
"""How many periods a ledger looks back, the running one included."""


@dataclass(frozen=True, slots=True)
class Period:
    """What went both ways in a month, a quarter or a year."""

    start: dt.date
    label: str
    given: Flow
    received: Flow


@dataclass(frozen=True, slots=True)
class Ledger:
    """One ally's account, as far as its mode lets: `facts` and all after it only where counted."""

    alliance: Alliance
    standing: Standing
    given: Flow | None = None
    received: Flow | None = None
    facts: Facts | None = None
    balance: Balance | None = None
    tilt: Tilt | None = None
    trend: Trend | None = None
    findings: tuple[Finding, ...] = ()
    instead: Instead | None = None

    @property
    def apart(self) -> str:
        """Where amounts have more than one unit: that they aren't added together."""
        flows = (self.given, self.received)
        return stand_apart(flow.value for flow in flows if flow is not None)

    def as_dict(self) -> dict[str, Any]:
        """Plain values for JSON; what the mode forbids isn't there at all."""
        made: dict[str, Any] = {
            "ally": self.alliance.name,
            "alliance_id": self.alliance.pk,
            "mode": self.standing.mode.value,
            "why": self.standing.sentence,
            "packs": [f"{p.id} {p.version}" for p in self.standing.ruling.packs],
        }
        if self.given is not None and self.received is not None:
            made |= {"given": _flow(self.given), "received": _flow(self.received)}
        if self.balance is not None and self.trend is not None and self.tilt is not None:
            made |= {
                "balance": {"number": self.balance.number, "value": dict(self.balance.value)},
                "state": self.tilt.value,
                "trend": self.trend.value,
                "findings": [each.as_dict() for each in self.findings],
                "instead": _instead(self.instead),
            }
        return made


def _flow(flow: Flow) -> dict[str, Any]:
    return {"number": flow.number, "value": dict(flow.value)}


def _instead(found: Instead | None) -> dict[str, Any] | None:
    if found is None:
        return None
    return {
        "to": found.other.name,
        "is_ally": found.other.ally,
        "why": found.other.why,
        "next_ones": found.next_ones,
        "balance_stays": found.stays,
        "balance_otherwise": found.else_becomes,
        "their_balance": found.other_now,
        "their_balance_then": found.other_becomes,
        "sentence": found.sentence,
        "but": found.but,
    }


def window(today: dt.date, *, back: int = 0) -> tuple[dt.date, dt.date]:
    """First and last day of the twelve months that end today, or so many windows before."""
    last = _years_before(today, back)
    return _years_before(last, 1) + dt.timedelta(days=1), last


def _years_before(day: dt.date, years: int) -> dt.date:
    try:
        return day.replace(year=day.year - years)
    except ValueError:  # the 29th of February
        return day.replace(year=day.year - years, day=28)


def ledgers(alliances: Sequence[Alliance], *, today: dt.date | None = None) -> list[Ledger]:
    """The account of each alliance, in a constant number of queries."""
    day = today or days.today()
    modes = standings(alliances, today=day)
    listed = [pk for pk, standing in modes.items() if standing.lists]
    counted = [each for each in alliances if modes[each.pk].counts]
    flows = _flows(listed, day)
    facts = _facts(counted, flows, day)
    others = _others([each for each in counted if _is_tilted(facts[each.pk])], day)
    return [_ledger(each, modes[each.pk], flows, facts, others) for each in alliances]


def ledger_of(alliance: Alliance, *, today: dt.date | None = None) -> Ledger:
    """The account of one alliance; others are looked at only where it is uneven."""
    (found,) = ledgers([alliance], today=today)
    return found


def _others(tilted: Sequence[Alliance], day: dt.date) -> dict[int, list[Other]]:
    """Where else to send, among all that run and are counted, whichever are asked about."""
    if not tilted:
        return {}
    running = _running(day)
    modes = standings(running, today=day)
    counted = [each for each in running if modes[each.pk].counts]
    return others_by_ally(tilted, counted, lambda ids: _numbers(ids, day), day)


def _is_tilted(facts: Facts) -> bool:
    return tilt(facts.given, facts.received) is Tilt.WE_GIVE


def _numbers(allies: Sequence[int], day: dt.date) -> dict[int, tuple[int, int]]:
    """Given and received of some alliances in twelve months: one query."""
    now = _flows(allies, day)
    return {
        pk: (now[pk, "given", "now"].number, now[pk, "received", "now"].number) for pk in allies
    }


def _ledger(alliance: Alliance, standing: Standing, flows: Any, facts: Any, others: Any) -> Ledger:
    if not standing.lists:
        return Ledger(alliance, standing)
    given, received = (flows[alliance.pk, way, "now"] for way in ("given", "received"))
    if not standing.counts:
        # Observed: how much went each way is listed, what it was worth isn't set off.
        return Ledger(alliance, standing, Flow(given.number), Flow(received.number))
    known: Facts = facts[alliance.pk]
    return Ledger(
        alliance,
        standing,
        given,
        received,
        known,
        balance(given, received),
        tilt(given, received),
        trend(known),
        findings(known),
        instead(known, others.get(alliance.pk, ()), but=_but(alliance, standing)),
    )


def _but(alliance: Alliance, standing: Standing) -> str:
    """What stands against sending elsewhere at once."""
    if not (alliance.exclusive and standing.ruling.exclusive_allowed):
        return ""
    until = f" until {alliance.ends_on:%-d %B %Y}" if alliance.ends_on else ""
    return f"You agreed to send nobody else in this line of business{until}: speak with them first."


_FLOWS: Final = """
SELECT ally, incoming, "on" >= %(now)s, unit, sum(number), sum(value)
FROM movement WHERE "on" BETWEEN %(before)s AND %(until)s
GROUP BY 1, 2, 3, 4
"""


def _flows(allies: Sequence[int], today: dt.date) -> dict[tuple[int, str, str], Flow]:
    """Flows by alliance, way and window ('now' or 'before')."""
    found: dict[tuple[int, str, str], Flow] = defaultdict(Flow)
    if not allies:
        return found
    now, before = window(today)[0], window(today, back=1)[0]
    for ally, incoming, is_now, unit, number, value in rows(
        _FLOWS, allies, now=now, before=before, until=today
    ):
        key = (ally, "received" if incoming else "given", "now" if is_now else "before")
        found[key] += flow_of(number, unit, value)
    return found


def flow_of(number: Any, unit: str, value: Any) -> Flow:
    """What the database counted and added up, as a flow; without a unit nothing was valued."""
    return Flow(int(number), {unit: int(value)} if unit else {})


def _facts(alliances: Sequence[Alliance], flows: Any, today: dt.date) -> dict[int, Facts]:
    since, until = window(today)
    why = reasons_by_ally(alliances, since, until)
    return {
        each.pk: Facts(
            flows[each.pk, "given", "now"],
            flows[each.pk, "received", "now"],
            flows[each.pk, "given", "before"],
            flows[each.pk, "received", "before"],
            **why[each.pk],
        )
        for each in alliances
    }


@dataclass(frozen=True, slots=True)
class Allied:
    """The alliances that run on a day, their modes, and which provider is of which (by number)."""

    alliances: dict[int, Alliance]
    modes: dict[int, Standing]
    pairs: list[tuple[int, int]]


def allied(today: dt.date) -> Allied:
    """Who is allied with us today: read once for all that ask."""
    found = {each.pk: each for each in _running(today)}
    if not found:
        return Allied({}, {}, [])
    return Allied(found, standings(found.values(), today=today), providers_of(found))


def _running(day: dt.date) -> list[Alliance]:
    """Every alliance that holds on a day."""
    return [each for each in Alliance.objects.all() if is_running(each, day)]


_BY_PROVIDER: Final = """
SELECT provider, coalesce(sum(number) FILTER (WHERE NOT incoming), 0),
    coalesce(sum(number) FILTER (WHERE incoming), 0)
FROM (
    SELECT DISTINCT ap.provider, m.source, m.source_id, m.incoming, m.number
    FROM ally_provider ap JOIN movement m ON m.ally = ap.ally
    WHERE m."on" BETWEEN %(since)s AND %(until)s
) AS once GROUP BY 1
"""
"""What is on record with one firm stands in each of its alliances, and went one way once."""


def exchanges_that_count(known: Allied | None = None) -> dict[int, tuple[int, int]]:
    """Referrals given and received in twelve months with each allied provider, by its number.

    Only of alliances that run and whose mode is to count (P37): others change no ranking, so they
    aren't there. Where a provider stands in several the strictest decides whether, and all of them
    together how many.
    """
    today = days.today()
    known = known or allied(today)
    barred = {provider for pk, provider in known.pairs if not known.modes[pk].counts}
    theirs = [(pk, provider) for pk, provider in known.pairs if provider not in barred]
    if not theirs:
        return {}
    since, until = window(today)
    found = rows(_BY_PROVIDER, {pk for pk, _ in theirs}, since=since, until=until)
    numbers = {provider: (int(given), int(received)) for provider, given, received in found}
    return {provider: numbers.get(provider, (0, 0)) for _, provider in theirs}


_BY_PERIOD: Final = """
SELECT date_trunc(%(period)s, "on")::date, incoming, unit, sum(number), sum(value)
FROM movement WHERE "on" BETWEEN %(since)s AND %(until)s
GROUP BY 1, 2, 3
"""


def by_period(
    alliance: Alliance, standing: Standing, period: str = "month", *, today: dt.date | None = None
) -> list[Period]:
    """What went both ways, period by period up to now; nothing unless it is counted."""
    if not standing.counts:
        return []
    until = today or days.today()
    starts = _starts(until, period)
    flows: dict[tuple[dt.date, bool], Flow] = defaultdict(Flow)
    for start, incoming, unit, number, value in rows(
        _BY_PERIOD, [alliance.pk], period=period, since=starts[0], until=until
    ):
        flows[start, incoming] += flow_of(number, unit, value)
    return [Period(s, _label(s, period), flows[s, False], flows[s, True]) for s in starts]


def _starts(today: dt.date, period: str) -> list[dt.date]:
    step = {"month": 1, "quarter": 3, "year": 12}[period]
    this = (today.year * 12 + today.month - 1) // step * step
    months = [this - step * back for back in reversed(range(SHOWN[period]))]
    return [dt.date(m // 12, m % 12 + 1, 1) for m in months]


def _label(start: dt.date, period: str) -> str:
    if period == "year":
        return str(start.year)
    if period == "quarter":
        return f"Q{(start.month + 2) // 3} {start.year}"
    return f"{start:%b %Y}"


_ROWS: Final = """
SELECT ally, incoming, source, source_id, "on", number, other, unit, value, became, what
FROM movement WHERE "on" <= %(until)s
    AND (%(way)s = '' OR incoming = (%(way)s = 'received'))
ORDER BY "on" DESC, source, source_id DESC LIMIT %(most)s
"""


def movements(
    alliance: Alliance,
    standing: Standing,
    *,
    way: str = "",
    most: int = 50,
    today: dt.date | None = None,
) -> list[Movement]:
    """What went both ways, one by one, latest first; without values unless it is counted."""
    if not standing.lists:
        return []
    found = rows(_ROWS, [alliance.pk], until=today or days.today(), way=way, most=most)
    made = [Movement(*each) for each in found]
    if standing.counts:
        return _with_their_worth(alliance, made)
    return [replace(each, unit="", value=0) for each in made if not _only_values(each)]


def _with_their_worth(alliance: Alliance, made: Sequence[Movement]) -> list[Movement]:
    """What values a referral stands in that referral's line, not in one of its own."""
    noted = Exchange.objects.filter(alliance=alliance, value__isnull=False)
    worth = {
        (source, getattr(each, f"{source}_id")): each
        for each in noted
        for source in ("referral_given", "referral_received")
        if getattr(each, f"{source}_id") is not None
    }
    here = {worth[key].pk for m in made if (key := (m.source, m.source_id)) in worth}
    return [
        _valued(each, worth.get((each.source, each.source_id)))
        for each in made
        if each.derived or each.source_id not in here
    ]


def _valued(movement: Movement, worth: Exchange | None) -> Movement:
    if worth is None or not movement.derived:
        return movement
    return replace(movement, unit=worth.unit, value=worth.value or 0, valued_by=worth.pk)


def _only_values(movement: Movement) -> bool:
    return not movement.number and not movement.other
