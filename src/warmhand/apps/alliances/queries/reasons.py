"""What is on record that may explain an imbalance, and who else serves the same (P37)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from warmhand.apps.alliances.models import Alliance
from warmhand.apps.alliances.movements import rows
from warmhand.apps.directory.models import Provider, Service
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
        count(*) FILTER (WHERE met_on IS NULL
            AND (answer IS NULL OR answer = 'waiting')) AS no_outcome
    FROM sent GROUP BY ally
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
       coalesce(j.no_outcome, 0), coalesce(k.asked, 0), coalesce(r.other_ways, 0)
FROM ally a
LEFT JOIN judged j ON j.ally = a.id
LEFT JOIN asks k ON k.ally = a.id
LEFT JOIN repaid r ON r.ally = a.id
"""
_NAMES: Final = ("wrong_fit", "declined", "slow", "no_outcome", "asked", "other_ways")


def reasons_by_ally(
    alliances: Sequence[Alliance], since: dt.date, until: dt.date
) -> dict[int, dict[str, Any]]:
    """The figures behind each likely reason, by alliance: what `reciprocity.Facts` takes."""
    if not alliances:
        return {}
    wanted = {each.pk: each for each in alliances}
    full = _full({each.provider_id for each in alliances if each.provider_id}, until)
    found = rows(_REASONS, wanted, since=since, until=until, slow=SLOW_DAYS, digits=SAME_TRADE)
    made = {}
    for pk, *figures in found:
        why: dict[str, Any] = dict(zip(_NAMES, map(int, figures), strict=True))
        spoke = wanted[pk].spoke_on
        why["asked"] += bool(spoke and since <= spoke <= until)
        why["full"] = wanted[pk].provider_id in full
        made[pk] = why
    return made


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
    numbers: Mapping[int, tuple[int, int]],
    today: dt.date,
) -> dict[int, list[Other]]:
    """For each ally to whom we give more: who else serves their categories, allies first."""
    if not tilted:
        return {}
    services = list(
        Service.objects.filter(provider__removed_at=None)
        .exclude(category="")
        .select_related("provider")
    )
    return {
        each.pk: [
            *_allies(each, counted, numbers, today),
            *_providers(each, counted, services, today),
        ]
        for each in tilted
    }


def _allies(
    this: Alliance, counted: Sequence[Alliance], numbers: Any, today: dt.date
) -> Iterable[Other]:
    for other in counted:
        shared = next((c for c in this.categories if _any_same(c, other.categories)), "")
        if other.pk != this.pk and shared and is_running(other, today):
            given, received = numbers[other.pk]
            why = f"An ally in the same line of business ({shared})."
            yield Other(f"alliance {other.pk}", other.name, True, given, received, why)


def _providers(
    this: Alliance, counted: Sequence[Alliance], services: Sequence[Service], today: dt.date
) -> Iterable[Other]:
    taken = {each.provider_id for each in counted}
    for service in services:
        fits = _any_same(service.category, this.categories)
        if fits and service.provider_id not in taken and not no_room(service.provider, today):
            taken.add(service.provider_id)
            why = f"Offers {service.name} ({service.category}) and has room."
            yield Other(f"provider {service.provider_id}", service.provider.name, False, why=why)


def _any_same(code: str, codes: Iterable[str]) -> bool:
    return any(same_trade(code, each) for each in codes)


def is_running(alliance: Alliance, today: dt.date) -> bool:
    """Whether the alliance holds on a day."""
    return alliance.starts_on <= today and (alliance.ends_on is None or today <= alliance.ends_on)
