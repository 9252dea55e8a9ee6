"""Return on giving: hours, favours and referrals in; referrals, clients and value back (P37)."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from warmhand.apps.accounts import days
from warmhand.apps.alliances.models import Alliance
from warmhand.apps.alliances.modes import standings
from warmhand.apps.alliances.movements import rows
from warmhand.apps.alliances.worth import stand_apart
from warmhand.matching.reciprocity import Giving

from .ledger import flow_of, window

_FLOWS: Final = """
SELECT ally, incoming, unit, sum(number), sum(value), count(*) FILTER (WHERE became)
FROM movement WHERE "on" BETWEEN %(since)s AND %(until)s GROUP BY 1, 2, 3
"""
_FAVOURS: Final = """
SELECT ac.ally, count(*), coalesce(sum(f.minutes), 0)
FROM ally_client ac
JOIN giving_favour f ON f.workspace_id = %(workspace)s AND f.client_id = ac.client
    AND f.removed_at IS NULL AND f.done_on BETWEEN %(since)s AND %(until)s
GROUP BY 1
"""


@dataclass(frozen=True, slots=True)
class Return:
    """What giving brought with the allies that may be counted, and with all of them together."""

    by_ally: tuple[tuple[Alliance, Giving], ...]
    together: Giving
    not_counted: int
    """How many alliances are left out, by their legal mode."""

    @property
    def apart(self) -> str:
        """Where amounts have more than one unit: that they aren't added together."""
        return stand_apart((self.together.given.value, self.together.received.value))

    def as_dict(self) -> dict[str, Any]:
        """Plain values for JSON."""
        return {
            "allies": [
                {"ally": each.name, "alliance_id": each.pk, **giving_dict(giving)}
                for each, giving in self.by_ally
            ],
            "together": giving_dict(self.together),
            "not_counted": self.not_counted,
        }


def giving_dict(giving: Giving) -> dict[str, Any]:
    """One account of giving as plain values; `back_of_ten` is None where too few are on record."""
    return {
        "minutes": giving.minutes,
        "favours": giving.favours,
        "given": giving.given.number,
        "received": giving.received.number,
        "became_clients": giving.became_clients,
        "value_given": dict(giving.given.value),
        "value_received": dict(giving.received.value),
        "cases": giving.cases,
        "enough": giving.enough,
        "back_of_ten": giving.back_of_ten,
    }


def returns(alliances: Sequence[Alliance]) -> Return:
    """Over the last twelve months, in three queries; only allies whose exchange may be counted."""
    today = days.today()
    modes = standings(alliances, today=today)
    counted = [each for each in alliances if modes[each.pk].counts]
    found = _found([each.pk for each in counted], today)
    by_ally = tuple((each, found[each.pk]) for each in counted)
    together = sum((giving for _, giving in by_ally), Giving())
    return Return(by_ally, together, len(alliances) - len(counted))


def _found(allies: Sequence[int], today: dt.date) -> dict[int, Giving]:
    found: dict[int, Giving] = defaultdict(Giving)
    if not allies:
        return found
    since, until = window(today)
    for ally, incoming, unit, number, value, became in rows(
        _FLOWS, allies, since=since, until=until
    ):
        flow = flow_of(number, unit, value)
        part = Giving(received=flow, became_clients=became) if incoming else Giving(given=flow)
        found[ally] += part
    for ally, favours, minutes in rows(_FAVOURS, allies, since=since, until=until):
        found[ally] += Giving(minutes=int(minutes), favours=favours)
    return found
