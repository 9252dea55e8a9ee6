"""The ledger of every pair in a network of third parties: counted by the database, set-wise."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace
from typing import Any, Final

from django.db import connection
from django.db.models import QuerySet

from warmhand.apps.alliances.models import Network
from warmhand.apps.alliances.modes import network_mode
from warmhand.apps.island.door import one
from warmhand.apps.island.scope import current_workspace_id
from warmhand.apps.policies.packs import Mode
from warmhand.matching.reciprocity import Finding, Pair, explain_pair
from warmhand.problems import Conflict, Invalid

SHOWS: Final = {
    "uneven": "Not the same both ways",
    "one_way": "Nothing came back",
    "both_ways": "Both ways",
}
SORTS: Final = {
    "difference": "difference DESC, value_difference DESC",
    "value": "abs(value_difference) DESC, difference DESC",
    "latest": "last_on DESC",
    "party": "first_ref, second_ref",
}

_PAIRS: Final = """
WITH pair AS (
    SELECT least(x.giver_id, x.receiver_id) AS low, greatest(x.giver_id, x.receiver_id) AS high,
        count(*) FILTER (WHERE x.giver_id < x.receiver_id) AS low_gave,
        count(*) FILTER (WHERE x.giver_id > x.receiver_id) AS high_gave,
        coalesce(sum(x.value) FILTER (WHERE x.giver_id < x.receiver_id), 0)::bigint AS low_value,
        coalesce(sum(x.value) FILTER (WHERE x.giver_id > x.receiver_id), 0)::bigint AS high_value,
        max(x."on") FILTER (WHERE x.giver_id < x.receiver_id) AS low_last,
        max(x."on") FILTER (WHERE x.giver_id > x.receiver_id) AS high_last
    FROM alliances_exchange x
    WHERE x.workspace_id = %(workspace)s AND x.network_id = %(network)s AND x.removed_at IS NULL
    GROUP BY 1, 2
),
seen AS (
    SELECT *, (low_gave, low_value) >= (high_gave, high_value) AS low_first FROM pair
),
turned AS (
    SELECT
        CASE WHEN low_first THEN low ELSE high END AS first,
        CASE WHEN low_first THEN high ELSE low END AS second,
        CASE WHEN low_first THEN low_gave ELSE high_gave END AS given,
        CASE WHEN low_first THEN high_gave ELSE low_gave END AS received,
        CASE WHEN low_first THEN low_value ELSE high_value END AS given_value,
        CASE WHEN low_first THEN high_value ELSE low_value END AS received_value,
        CASE WHEN low_first THEN low_last ELSE high_last END AS given_last,
        greatest(low_last, high_last) AS last_on
    FROM seen
),
named AS (
    SELECT t.*, a.ref AS first_ref, b.ref AS second_ref,
        t.given - t.received AS difference, t.given_value - t.received_value AS value_difference
    FROM turned t
    JOIN alliances_party a ON a.workspace_id = %(workspace)s AND a.id = t.first
    JOIN alliances_party b ON b.workspace_id = %(workspace)s AND b.id = t.second
)
"""
_SHOWN: Final = {
    "": "true",
    "uneven": "(difference <> 0 OR value_difference <> 0)",
    "one_way": "received = 0",
    "both_ways": "received > 0",
}
_SUM: Final = """
, total AS (
    SELECT coalesce(sum(given + received), 0)::bigint AS exchanges,
        coalesce(sum(given_value + received_value), 0)::bigint AS value,
        count(*) AS pairs, count(*) FILTER (WHERE received > 0) AS both_ways,
        count(*) FILTER (WHERE received = 0) AS one_way,
        count(*) FILTER (WHERE given <> received OR given_value <> received_value) AS uneven,
        (SELECT count(*) FROM alliances_party p WHERE p.workspace_id = %(workspace)s
            AND p.network_id = %(network)s AND p.removed_at IS NULL) AS parties
    FROM turned
)
"""
_SELECT: Final = """
, shown AS (
    SELECT first, second, first_ref, second_ref, given, received, given_value, received_value,
        given_last, last_on, count(*) OVER () AS fitting,
        row_number() OVER (ORDER BY {order}, first, second) AS place
    FROM named WHERE {shown} AND (%(party)s = '' OR %(party)s IN (first_ref, second_ref))
    ORDER BY place LIMIT %(most)s OFFSET %(skip)s
)
SELECT s.first, s.second, s.first_ref, s.second_ref, s.given, s.received, s.given_value,
    s.received_value, s.given_last, s.last_on, s.fitting,
    t.exchanges, t.value, t.parties, t.pairs, t.both_ways, t.one_way, t.uneven
FROM total t LEFT JOIN shown s ON true ORDER BY s.place
"""
"""The pairs asked for, each beside the totals of the whole network: added up once for both."""


@dataclass(frozen=True, slots=True)
class PairRow:
    """One pair, seen from the one who gave more, and why it is uneven."""

    first: int
    second: int
    giver: str
    receiver: str
    given: int
    received: int
    given_value: int
    received_value: int
    given_last: dt.date
    last_on: dt.date
    findings: tuple[Finding, ...] = ()

    @property
    def balance(self) -> int:
        """By number: what `giver` gave more."""
        return self.given - self.received

    @property
    def value_balance(self) -> int:
        """By value."""
        return self.given_value - self.received_value

    def as_dict(self) -> dict[str, Any]:
        """Plain values for JSON."""
        return {
            "giver": self.giver,
            "receiver": self.receiver,
            "given": {"number": self.given, "value": self.given_value},
            "received": {"number": self.received, "value": self.received_value},
            "balance": {"number": self.balance, "value": self.value_balance},
            "last_on": self.last_on.isoformat(),
            "findings": [each.as_dict() for each in self.findings],
        }


@dataclass(frozen=True, slots=True)
class NetworkSum:
    """A network in figures."""

    exchanges: int
    value: int
    parties: int
    pairs: int
    both_ways: int
    one_way: int
    uneven: int

    def as_dict(self) -> dict[str, int]:
        """Plain values for JSON."""
        return asdict(self)


def network_by_id(network_id: int) -> Network:
    """One network: the one door from an id to it."""
    return one(Network, network_id, "network")


def networks() -> QuerySet[Network]:
    """Networks brought in, newest first."""
    return Network.objects.all()


def _require_counting(network: Network) -> None:
    mode = network_mode(network)
    if mode is not Mode.COUNT:
        raise Conflict(
            "network_not_counted",
            f"This network isn't reckoned: its mode is '{mode.value}', by the trade named.",
            lift="Look at the trade named for it and at your own.",
        )


@dataclass(frozen=True, slots=True)
class PairsFound:
    """One page of pairs, how many fit in all, and the totals of the whole network."""

    rows: list[PairRow]
    fitting: int
    total: NetworkSum


def pairs(
    network: Network,
    *,
    show: str = "",
    party: str = "",
    sort: str = "difference",
    page: int = 1,
    per_page: int = 25,
) -> PairsFound:
    """One page of pairs with their explanations, in two statements however large the network.

    Raises Conflict where the network may not be reckoned, Invalid for an unknown filter.
    """
    return _select(network, show, party, sort, per_page, (page - 1) * per_page)


def pairs_of(
    network: Network, *, show: str = "", party: str = ""
) -> tuple[NetworkSum, list[PairRow]]:
    """The totals, and every pair explained, those with the largest difference first."""
    found = _select(network, show, party, "difference", None, 0)
    return found.total, found.rows


_PAIR: Final = 10
"""So many columns are the pair's own; then how many fit, then the totals."""


def _select(
    network: Network, show: str, party: str, sort: str, most: int | None, skip: int
) -> PairsFound:
    _require_counting(network)
    if show not in _SHOWN:
        raise Invalid.at("show", f"Choose one of: {', '.join(SHOWS)}.")
    if sort not in SORTS:
        raise Invalid.at("sort", f"Sort by one of: {', '.join(SORTS)}.")
    sql = _PAIRS + _SUM + _SELECT.format(shown=_SHOWN[show], order=SORTS[sort])
    found = _rows(sql, network, party=party, most=most, skip=skip)
    total = NetworkSum(*found[0][_PAIR + 1 :])
    if found[0][0] is None:  # the totals alone: no pair fits
        return PairsFound([], 0, total)
    made = [PairRow(*each[:_PAIR]) for each in found]
    return PairsFound(list(pairs_explained(network, made)), found[0][_PAIR], total)


_AROUND: Final = """
WITH wanted AS (
    SELECT * FROM unnest(%(first)s::bigint[], %(second)s::bigint[]) AS w(first, second)
),
edge AS (
    SELECT giver_id, receiver_id FROM alliances_exchange
    WHERE workspace_id = %(workspace)s AND network_id = %(network)s AND removed_at IS NULL
),
gave AS (SELECT giver_id, count(*) AS total FROM edge GROUP BY 1),
circle AS (
    SELECT w.first, w.second, count(DISTINCT out.receiver_id) AS thirds
    FROM wanted w
    JOIN edge out ON out.giver_id = w.second AND out.receiver_id <> w.first
    JOIN edge back ON back.giver_id = out.receiver_id AND back.receiver_id = w.first
    GROUP BY 1, 2
)
SELECT w.first, w.second, coalesce(g.total, 0), coalesce(c.thirds, 0)
FROM wanted w
LEFT JOIN gave g ON g.giver_id = w.second
LEFT JOIN circle c ON c.first = w.first AND c.second = w.second
"""


def pairs_explained(network: Network, found: list[PairRow]) -> Iterator[PairRow]:
    """The pairs with the likely reasons of their differences: one more query for all of them."""
    first, second = [each.first for each in found], [each.second for each in found]
    around = {
        (a, b): (gave, thirds)
        for a, b, gave, thirds in _rows(_AROUND, network, first=first, second=second)
    }
    for each in found:
        gave, thirds = around[each.first, each.second]
        yield _explained(each, gave - each.received, thirds, network.ends_on or each.last_on)


def _explained(row: PairRow, elsewhere: int, thirds: int, ends_on: dt.date) -> PairRow:
    facts = Pair(
        row.given,
        row.received,
        row.given_value,
        row.received_value,
        elsewhere,
        thirds,
        (ends_on - row.given_last).days,
    )
    return replace(row, findings=explain_pair(facts))


def _rows(sql: str, network: Network, **values: Any) -> list[tuple[Any, ...]]:
    given = {"workspace": current_workspace_id(), "network": network.pk, **values}
    with connection.cursor() as cursor:
        # Right after an import the planner has no statistics and takes every join for a tiny one:
        # nested loops over all edges would take hours instead of a second.
        cursor.execute("SET LOCAL enable_nestloop = off")
        cursor.execute(sql, given)
        found: list[tuple[Any, ...]] = cursor.fetchall()
        cursor.execute("SET LOCAL enable_nestloop = on")
    return found
