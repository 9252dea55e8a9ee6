"""What is on record that may explain an imbalance, and who else serves the same (P37)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from warmhand.apps.alliances.models import Alliance
from warmhand.apps.alliances.movements import rows
from warmhand.apps.directory.models import Provider, Service
from warmhand.apps.followups.queries import Standing, State, standings_of
from warmhand.matching import scheme
from warmhand.matching.reciprocity import SLOW_DAYS, Other
from warmhand.matching.room import no_room

SAME_TRADE: Final = 4
"""Codes of NAICS that share so many digits are one line of business (our choice)."""

_REASONS: Final = """
, sent AS (
    SELECT m.ally, m.source, m.source_id, g.need_id, g.listed_id,
           e.answer, e.answered_on, e.routed_on, n.category, n.met_on
    FROM movement m
    LEFT JOIN giving_referralgiven g ON g.workspace_id = %(workspace)s
        AND m.source = 'referral_given' AND g.id = m.source_id
    LEFT JOIN giving_need n ON n.workspace_id = %(workspace)s AND n.id = g.need_id
    LEFT JOIN alliances_enquiry e ON e.workspace_id = %(workspace)s AND e.removed_at IS NULL
        AND ((m.source = 'enquiry' AND e.id = m.source_id)
             OR (m.source = 'referral_given' AND e.given_id = m.source_id))
    WHERE m.source IN ('referral_given', 'enquiry') AND m."on" BETWEEN %(since)s AND %(until)s
),
judged AS (
    SELECT ally,
        count(*) FILTER (WHERE answer = 'wrong_fit' OR (
            category <> '' AND EXISTS (
                SELECT 1 FROM directory_service s WHERE s.workspace_id = %(workspace)s
                AND s.provider_id = sent.listed_id AND s.removed_at IS NULL AND s.category <> '')
            AND NOT EXISTS (
                SELECT 1 FROM directory_service s WHERE s.workspace_id = %(workspace)s
                AND s.provider_id = sent.listed_id AND s.removed_at IS NULL
                AND left(s.category, %(digits)s) = left(sent.category, %(digits)s))
        )) AS wrong_fit,
        count(*) FILTER (WHERE answer = 'declined') AS declined,
        count(*) FILTER (WHERE routed_on IS NOT NULL
            AND coalesce(answered_on, %(until)s) - routed_on > %(slow)s) AS slow,
        count(*) FILTER (WHERE source = 'enquiry' AND answer = 'waiting') AS unheard,
        array_agg(source_id) FILTER (WHERE source = 'referral_given') AS given,
        array_agg(source_id) FILTER (WHERE source = 'referral_given' AND met_on IS NULL
            AND (answer IS NULL OR answer = 'waiting')) AS unsettled
    FROM sent GROUP BY ally
),
tried AS (
    SELECT ap.ally, k.state, k.asked_at, k.answered_at, i.given_id
    FROM ally_provider ap
    JOIN introductions_candidate k ON k.workspace_id = %(workspace)s
        AND k.provider_id = ap.provider AND k.removed_at IS NULL
        AND k.state IN ('asked', 'accepted', 'declined', 'silent')
        AND coalesce(k.asked_at, k.answered_at, k.created_at)::date
            BETWEEN %(since)s AND %(until)s
    JOIN introductions_introduction i ON i.workspace_id = %(workspace)s
        AND i.id = k.introduction_id AND i.removed_at IS NULL
),
introduced AS (
    SELECT ally,
        count(*) FILTER (WHERE state <> 'accepted' OR given_id IS NULL) AS offered,
        count(*) FILTER (WHERE state = 'declined') AS declined,
        count(*) FILTER (WHERE state = 'silent') AS silent,
        count(*) FILTER (WHERE state IN ('accepted', 'declined')
            AND answered_at - asked_at > make_interval(days => %(slow)s)) AS slow
    FROM tried GROUP BY ally
),
answers AS (
    SELECT ally, (answered_on - routed_on)::numeric AS took FROM sent WHERE answered_on IS NOT NULL
    UNION ALL
    SELECT ally, extract(epoch FROM answered_at - asked_at) / 86400 FROM tried
    WHERE state IN ('accepted', 'declined') AND answered_at IS NOT NULL AND asked_at IS NOT NULL
),
pace AS (
    SELECT ally, ceil(percentile_disc(0.5) WITHIN GROUP (ORDER BY took))::int AS days
    FROM answers GROUP BY ally
),
unreported AS (
    SELECT sent.ally, array_agg(DISTINCT source_id) AS given
    FROM sent
    JOIN followups_followup f ON f.workspace_id = %(workspace)s AND f.referral_id = sent.source_id
        AND f.side = 'provider' AND f.asked_on IS NOT NULL AND f.removed_at IS NULL
    WHERE source = 'referral_given' AND NOT EXISTS (
        SELECT 1 FROM followups_followup h WHERE h.workspace_id = %(workspace)s
        AND h.referral_id = sent.source_id AND h.side = 'provider'
        AND h.answered_on IS NOT NULL AND h.removed_at IS NULL)
    GROUP BY sent.ally
),
asks AS (
    SELECT ac.ally, count(*) AS asked FROM ally_client ac
    JOIN asks_ask k ON k.workspace_id = %(workspace)s AND k.client_id = ac.client
        AND k.removed_at IS NULL AND k.asked_on BETWEEN %(since)s AND %(until)s
    GROUP BY ac.ally
),
repaid AS (
    SELECT ally, sum(other) AS other_ways FROM movement
    WHERE incoming AND "on" BETWEEN %(since)s AND %(until)s GROUP BY ally
)
SELECT a.id, coalesce(j.wrong_fit, 0), coalesce(j.declined, 0), coalesce(j.slow, 0),
       coalesce(k.asked, 0), coalesce(r.other_ways, 0), coalesce(i.offered, 0),
       coalesce(i.declined, 0), coalesce(i.slow, 0), coalesce(i.silent, 0), p.days,
       coalesce(j.unheard, 0), coalesce(j.given, '{}'), coalesce(j.unsettled, '{}'),
       coalesce(u.given, '{}')
FROM ally a
LEFT JOIN judged j ON j.ally = a.id
LEFT JOIN introduced i ON i.ally = a.id
LEFT JOIN pace p ON p.ally = a.id
LEFT JOIN unreported u ON u.ally = a.id
LEFT JOIN asks k ON k.ally = a.id
LEFT JOIN repaid r ON r.ally = a.id
"""


@dataclass(frozen=True, slots=True)
class _Figures:
    """What the database counted about one ally; the last three are numbers of referrals given."""

    wrong_fit: int
    declined: int
    slow: int
    asked: int
    other_ways: int
    offered: int
    declined_introductions: int
    slow_introductions: int
    silent: int
    answer_days: int | None
    unheard: int
    given: list[int]
    unsettled: list[int]
    unreported: list[int]


def reasons_by_ally(
    alliances: Sequence[Alliance], since: dt.date, until: dt.date
) -> dict[int, dict[str, Any]]:
    """The figures behind each likely reason, by alliance: what `reciprocity.Facts` takes.

    From enquiries, introductions and what both sides said afterwards: three queries for all.
    """
    if not alliances:
        return {}
    wanted = {each.pk: each for each in alliances}
    full = _full({each.provider_id for each in alliances if each.provider_id}, until)
    found = rows(_REASONS, wanted, since=since, until=until, slow=SLOW_DAYS, digits=SAME_TRADE)
    figures = {pk: _Figures(*others) for pk, *others in found}
    came = standings_of({given for each in figures.values() for given in each.given})
    return {
        pk: {
            **_reasons(each, came),
            "asked": each.asked + _spoke(wanted[pk], since, until),
            "full": wanted[pk].provider_id in full,
        }
        for pk, each in figures.items()
    }


def _spoke(alliance: Alliance, since: dt.date, until: dt.date) -> int:
    return int(alliance.spoke_on is not None and since <= alliance.spoke_on <= until)


def _reasons(it: _Figures, came: Mapping[int, Standing]) -> dict[str, int | None]:
    states = [came[pk].state for pk in it.given]
    unknown = {pk for pk in it.unsettled if came[pk].state is State.NO_ANSWER}
    return {
        "wrong_fit": it.wrong_fit,
        "declined": it.declined + it.declined_introductions,
        "declined_introductions": it.declined_introductions,
        "slow": it.slow + it.slow_introductions,
        "slow_introductions": it.slow_introductions,
        "silent": it.silent,
        "offered": it.offered,
        "answer_days": it.answer_days,
        "other_ways": int(it.other_ways),
        "no_outcome": it.unheard + len(unknown),
        "unreported": len(unknown.intersection(it.unreported)),
        "business": sum(came[pk].did_business for pk in it.given),
        "unhappy": states.count(State.UNHAPPY),
        "nothing": states.count(State.NOTHING),
    }


def _full(providers: Iterable[int], today: dt.date) -> set[int]:
    """Providers who take nobody now, or are away."""
    return {
        each.pk for each in Provider.objects.filter(pk__in=list(providers)) if no_room(each, today)
    }


def same_trade(first: str, second: str) -> bool:
    """Whether two codes are of one line of business."""
    return bool(first and second) and first[:SAME_TRADE] == second[:SAME_TRADE]


def others_by_ally(
    tilted: Sequence[Alliance],
    counted: Sequence[Alliance],
    numbers_of: Callable[[Sequence[int]], Mapping[int, tuple[int, int]]],
    today: dt.date,
) -> dict[int, list[Other]]:
    """For each ally to whom we give more: who else serves the same and has room, allies first.

    `counted` are all that run; only of those who may be named are the numbers asked for.
    """
    services = list(
        Service.objects.filter(provider__removed_at=None)
        .exclude(category="")
        .select_related("provider")
    )
    full = _full({each.provider_id for each in counted if each.provider_id}, today)
    lines = {each.pk: _lines(each, services) for each in (*counted, *tilted)}
    free = [each for each in counted if each.provider_id not in full]
    near = {each.pk: list(_near(each, free, lines)) for each in tilted}
    numbers = numbers_of(sorted({other.pk for named in near.values() for other, _ in named}))
    taken = {each.provider_id for each in counted}
    return {
        each.pk: [
            *(_ally(other, shared, numbers[other.pk]) for other, shared in near[each.pk]),
            *_providers(lines[each.pk], taken, services, today),
        ]
        for each in tilted
    }


def _lines(alliance: Alliance, services: Sequence[Service]) -> Sequence[str]:
    """What an alliance is about; where nobody said, what its provider does."""
    if alliance.categories:
        return list(alliance.categories)
    return [s.category for s in services if s.provider_id == alliance.provider_id]


def _near(
    this: Alliance, others: Sequence[Alliance], lines: Mapping[int, Sequence[str]]
) -> Iterable[tuple[Alliance, str]]:
    """Other allies in the same line of business, and which it is."""
    for other in others:
        shared = next((c for c in lines[this.pk] if _any_same(c, lines[other.pk])), "")
        if shared and other.pk != this.pk:
            yield other, shared


def _ally(other: Alliance, shared: str, numbers: tuple[int, int]) -> Other:
    why = f"An ally in the same line of business: {scheme().title(shared)}."
    return Other(f"alliance {other.pk}", other.name, True, *numbers, why)


def _providers(
    lines: Sequence[str], allied: Iterable[int | None], services: Sequence[Service], today: dt.date
) -> Iterable[Other]:
    taken = set(allied)
    for service in services:
        it = service.provider
        if it.pk not in taken and _any_same(service.category, lines) and not no_room(it, today):
            taken.add(it.pk)
            yield Other(f"provider {it.pk}", it.name, False, why=f"Offers {service.name}.")


def _any_same(code: str, codes: Iterable[str]) -> bool:
    return any(same_trade(code, each) for each in codes)


def is_running(alliance: Alliance, today: dt.date) -> bool:
    """Whether the alliance holds on a day."""
    return alliance.starts_on <= today and (alliance.ends_on is None or today <= alliance.ends_on)
