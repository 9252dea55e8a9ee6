"""Bringing in who gave what to whom among third parties: read in one go, written set-wise."""

from __future__ import annotations

import csv
import datetime as dt
import io
from dataclasses import dataclass, field
from typing import Any, Final

from django.db import connection
from django.utils import timezone

from warmhand.apps.alliances.models import Exchange, Network, Party
from warmhand.apps.alliances.modes import network_mode
from warmhand.apps.alliances.queries.networks import network_by_id
from warmhand.apps.alliances.services.alliances import checked_trade
from warmhand.apps.island.actor import Actor
from warmhand.apps.island.scope import current_workspace_id
from warmhand.apps.journal import services as journal
from warmhand.apps.policies.packs import Mode
from warmhand.problems import Conflict, Invalid, Place

MOST_ROWS: Final = 2_000_000
LONGEST_REF: Final = 120
_MOST_TOLD: Final = 20
_MOST_VALUE: Final = 10**15
_HEADS: Final = {
    "giver": ("source", "giver", "from"),
    "receiver": ("target", "receiver", "to"),
    "value": ("rating", "value", "amount"),
    "on": ("time", "on", "date", "day"),
}
"""What the columns may be called; without a head they stand in this order."""


@dataclass
class Edges:
    """What a file says, column by column, and the rows that couldn't be read."""

    givers: list[str] = field(default_factory=list)
    receivers: list[str] = field(default_factory=list)
    values: list[int] = field(default_factory=list)
    days: list[dt.date] = field(default_factory=list)
    refused: int = 0
    places: list[Place] = field(default_factory=list)

    def refuse(self, row: int, column: str, sentence: str) -> None:
        """Count a row that can't be read; the first few are told with their line."""
        self.refused += 1
        if len(self.places) < _MOST_TOLD:
            self.places.append(Place(column, sentence, row=row))


def read_network(text: str) -> Edges:
    """The edges of a CSV file: giver, receiver, value, day (a date, or seconds since 1970).

    With a line of heads (source, target, rating, time and the like) or without one.
    """
    rows = csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline=None))
    found = Edges()
    order = (0, 1, 2, 3)
    for line, row in enumerate(rows, 1):
        if line == 1 and (named := _named(row)) is not None:
            order = named
        elif row and len(found.givers) < MOST_ROWS:
            _read_row(found, line, row, order)
    return found


def _named(row: list[str]) -> tuple[int, int, int, int] | None:
    """The places of the four columns, if this is a line of heads."""
    names = [cell.strip().lower() for cell in row]
    places = [
        next((names.index(head) for head in heads if head in names), -1)
        for heads in _HEADS.values()
    ]
    return None if min(places) < 0 else (places[0], places[1], places[2], places[3])


def _read_row(found: Edges, line: int, row: list[str], order: tuple[int, int, int, int]) -> None:
    if len(row) <= max(order):
        found.refuse(line, "row", "This line has too few columns.")
        return
    giver, receiver, value, on = (row[place].strip() for place in order)
    if not giver or not receiver or max(len(giver), len(receiver)) > LONGEST_REF:
        found.refuse(line, "giver", "Both sides need a name of at most 120 letters.")
    elif giver == receiver:
        found.refuse(line, "receiver", "Nobody gives to themselves.")
    elif (number := _number(value)) is None:
        found.refuse(line, "value", "This is no whole number.")
    elif (day := _day(on)) is None:
        found.refuse(line, "on", "This is no day: 2026-04-13, or seconds since 1970.")
    else:
        found.givers.append(giver)
        found.receivers.append(receiver)
        found.values.append(number)
        found.days.append(day)


def _number(text: str) -> int | None:
    digits = text.removeprefix("-").removeprefix("+")
    if not (digits.isascii() and digits.isdecimal() and len(digits) < 17):
        return None
    return int(text) if abs(int(text)) <= _MOST_VALUE else None


def _day(text: str) -> dt.date | None:
    try:
        if "-" in text[1:]:
            return dt.date.fromisoformat(text[:10])
        return dt.datetime.fromtimestamp(float(text), dt.UTC).date()
    except (ValueError, OverflowError, OSError):
        return None


def import_network(
    *,
    by: Actor,
    name: str,
    edges: Edges,
    unit: str = "points",
    sector: str = "unknown",
    place: str = "",
) -> Network:
    """Write a network with its parties and exchanges; the same name again replaces what it held.

    Raises Invalid where nothing could be read, Conflict where the trade's mode is off.
    """
    sector, place = checked_trade(sector, place)
    if not edges.givers:
        raise Invalid(
            "nothing_to_read",
            "No line of this file could be read.",
            lift="It needs a giver, a receiver, a whole number and a day in every line.",
            places=tuple(edges.places),
        )
    _forget(name)
    network = journal.create(
        Network,
        by=by,
        sentence=f"Brought in the network {name}.",
        name=name,
        unit=unit,
        sector=sector,
        place=place,
        rows_read=len(edges.givers) + edges.refused,
        rows_refused=edges.refused,
        ends_on=max(edges.days),
    )
    if network_mode(network) is Mode.OFF:
        raise Conflict(
            "exchange_not_kept",
            "Exchanges of this trade may not be kept.",
            lift="Look at the trade named for the network and at your own.",
        )
    _write(network, edges)
    return network


_PARTIES: Final = """
INSERT INTO alliances_party (workspace_id, network_id, ref, created_at)
SELECT %(workspace)s, %(network)s, ref, %(now)s FROM unnest(%(refs)s::text[]) AS ref
RETURNING ref, id
"""
_EXCHANGES: Final = """
INSERT INTO alliances_exchange
    (workspace_id, network_id, giver_id, receiver_id, incoming, "on", kind, value, unit, what,
     created_at)
SELECT %(workspace)s, %(network)s, giver, receiver, false, "on", 'referral', value, %(unit)s, '',
    %(now)s
FROM unnest(%(givers)s::bigint[], %(receivers)s::bigint[], %(values)s::bigint[], %(days)s::date[])
    AS e(giver, receiver, value, "on")
"""


def _write(network: Network, edges: Edges) -> None:
    """Parties, then exchanges: two statements, whatever the size.

    Names become numbers here: a join on a table without statistics takes ten times as long.
    """
    values: dict[str, Any] = {
        "workspace": current_workspace_id(),
        "network": network.pk,
        "now": timezone.now(),
        "unit": network.unit,
        # In the order of the file, so that pairs which are alike always come in the same order.
        "refs": list(dict.fromkeys((*edges.givers, *edges.receivers))),
        "values": edges.values,
        "days": edges.days,
    }
    with connection.cursor() as cursor:
        cursor.execute(_PARTIES, values)
        ids: dict[str, int] = dict(cursor.fetchall())
        values["givers"] = [ids[ref] for ref in edges.givers]
        values["receivers"] = [ids[ref] for ref in edges.receivers]
        cursor.execute(_EXCHANGES, values)


def remove_network(*, by: Actor, network_id: int) -> None:
    """Delete a network with all it holds; bring the file in again to have it back."""
    network = network_by_id(network_id)
    name = network.name
    journal.record(by=by, verb="noted", of=network, sentence=f"Deleted the network {name}.")
    _forget(name)


def _forget(name: str) -> None:
    held = Network.all_objects.filter(name=name)
    for rows in (Exchange, Party):
        rows.all_objects.filter(network__in=held)._raw_delete(using=connection.alias)
    held.delete()
