"""The one definition of what went between us and an ally: four sources, one shape.

*Derived*, never stored: a referral on record to a provider of the ally's (`given`), a referral
that a client of the ally's gave us (`received`), an enquiry of somebody new sent on to them
(`given`). *Recorded*: an exchange somebody noted. What values a referral on record has number 0:
it adds its value to that referral and is no second one. Other kinds than a referral have number 0
too, and `other` 1.

The ally's providers are the one named, and those of the directory who are the client named or work
at the company named; the ally's clients likewise.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final

from django.db import connection

from warmhand.apps.island.scope import current_workspace_id

MOVEMENTS: Final = """
WITH ally AS (
    SELECT a.id, a.provider_id, a.company_id, a.client_id, p.client_id AS provides_as
    FROM alliances_alliance a
    LEFT JOIN directory_provider p ON p.workspace_id = a.workspace_id AND p.id = a.provider_id
    WHERE a.workspace_id = %(workspace)s AND a.id = ANY(%(allies)s)
),
ally_client AS (
    SELECT a.id AS ally, c.id AS client
    FROM ally a
    JOIN people_client c ON c.workspace_id = %(workspace)s AND c.removed_at IS NULL
        AND (c.id = a.client_id OR c.id = a.provides_as OR c.company_id = a.company_id)
),
ally_provider AS (
    SELECT a.id AS ally, p.id AS provider
    FROM ally a
    JOIN directory_provider p ON p.workspace_id = %(workspace)s AND p.id = a.provider_id
    UNION
    SELECT c.ally, p.id
    FROM ally_client c
    JOIN directory_provider p
        ON p.workspace_id = %(workspace)s AND p.client_id = c.client AND p.removed_at IS NULL
),
movement AS (
    SELECT ap.ally, false AS incoming, 'referral_given' AS source, g.id AS source_id,
           g.given_on AS "on", 1 AS number, 0 AS other, '' AS unit, 0::bigint AS value,
           false AS became, c.name AS what
    FROM ally_provider ap
    JOIN giving_referralgiven g ON g.workspace_id = %(workspace)s
        AND g.listed_id = ap.provider AND g.removed_at IS NULL
    JOIN people_client c ON c.workspace_id = %(workspace)s
        AND c.id = g.client_id AND c.removed_at IS NULL
    UNION ALL
    SELECT ap.ally, false, 'enquiry', e.id, e.routed_on, 1, 0, '', 0, false, e.words
    FROM ally_provider ap
    JOIN alliances_enquiry e ON e.workspace_id = %(workspace)s
        AND e.provider_id = ap.provider AND e.removed_at IS NULL
        AND e.routed_on IS NOT NULL AND e.given_id IS NULL
    UNION ALL
    SELECT ac.ally, true, 'referral_received', r.id, r.received_on, 1, 0, '', 0,
           r.outcome = 'became_client', r.new_person
    FROM ally_client ac
    JOIN referrals_referralreceived r ON r.workspace_id = %(workspace)s
        AND r.client_id = ac.client AND r.removed_at IS NULL
    UNION ALL
    SELECT x.alliance_id, x.incoming, 'exchange', x.id, x."on",
           (x.kind = 'referral' AND x.referral_given_id IS NULL
            AND x.referral_received_id IS NULL)::int,
           (x.kind <> 'referral')::int, CASE WHEN x.value IS NULL THEN '' ELSE x.unit END,
           coalesce(x.value, 0), false, x.what
    FROM alliances_exchange x
    WHERE x.workspace_id = %(workspace)s AND x.removed_at IS NULL
        AND x.alliance_id = ANY(%(allies)s)
)
"""

SOURCES: Final = {
    "referral_given": "from the referrals given",
    "enquiry": "from the enquiries sent on",
    "referral_received": "from the referrals received",
    "exchange": "recorded by hand",
}
"""Where a movement comes from; all but the last are derived."""


@dataclass(frozen=True, slots=True)
class Movement:
    """One thing that went one way."""

    ally: int
    incoming: bool
    source: str
    source_id: int
    on: dt.date
    number: int
    other: int
    unit: str
    value: int
    became: bool
    what: str
    valued_by: int = 0
    """The exchange that says what a referral was worth, by its number; 0: nobody said."""

    @property
    def may_be_valued(self) -> bool:
        """Whether it is a referral on record of which nobody has said what it was worth."""
        return self.source.startswith("referral_") and not self.valued_by

    @property
    def derived(self) -> bool:
        """Read off a record of its own, not noted for the ledger."""
        return self.source != "exchange"

    @property
    def source_label(self) -> str:
        """Where it comes from, in words."""
        return SOURCES[self.source]


def rows(select: str, allies: Iterable[int], **values: Any) -> list[tuple[Any, ...]]:
    """What a SELECT over `movement` finds for these alliances of the open workspace."""
    given = {"workspace": current_workspace_id(), "allies": list(allies), **values}
    with connection.cursor() as cursor:
        cursor.execute(MOVEMENTS + select, given)
        found: list[tuple[Any, ...]] = cursor.fetchall()
    return found


def went(alliance: int, source: str, source_id: int) -> bool:
    """Whether this record is one of what went both ways with an ally."""
    sql = "SELECT 1 FROM movement WHERE source = %(source)s AND source_id = %(pk)s LIMIT 1"
    return bool(rows(sql, [alliance], source=source, pk=source_id))


def providers_of(allies: Iterable[int]) -> list[tuple[int, int]]:
    """Alliance and provider, by number: the one named, and those who are its people (one query)."""
    found = rows("SELECT ally, provider FROM ally_provider ORDER BY 1, 2", allies)
    return [(ally, provider) for ally, provider in found]
