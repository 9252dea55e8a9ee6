"""Key rings: who sees one, its keys, and a list that waits to be chosen from (P1)."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from django.db.models import QuerySet

from warmhand.apps.accounts.abilities import Role
from warmhand.apps.accounts.models import Member
from warmhand.apps.island.door import one
from warmhand.apps.island.listing import searched
from warmhand.apps.people.models import Client, KeyList, KeyRingEntry
from warmhand.matching import bare_company, same_company, same_person
from warmhand.matching.alike import folded, one_order

KEY_SOURCES = KeyRingEntry.Source.choices
"""Where a key is known from, each with its name for a person."""
KEY_WORDS = ("name", "company_name", "position", "relation", "notes")
_SEES_ALL = (Role.LEADER, Role.OWNER)


def sees_keys(*, member_id: int | None, role: str, keeper_id: int | None) -> bool:
    """Whether somebody cares for a client, and so sees whom that client knows.

    Whoever keeps the client does, leaders and owners do, and everybody while nobody keeps them.
    """
    return keeper_id is None or keeper_id == member_id or role in _SEES_ALL


def keys_of(client_id: int, *, search: str = "") -> QuerySet[KeyRingEntry]:
    """A client's keys, whom they know best first."""
    rows = KeyRingEntry.objects.filter(client_id=client_id).select_related("client")
    return searched(rows, search, *KEY_WORDS)


def key_list_by_id(list_id: int) -> KeyList:
    """One list of connections with its client."""
    return one(KeyList, list_id, "key_list", related=("client", "client__company", "member"))


def open_lists_of(client_id: int) -> list[KeyList]:
    """Lists of a client that still wait to be chosen from, the newest first."""
    return list(KeyList.objects.filter(client_id=client_id, choosing=True))


class Fate(StrEnum):
    """What would become of a row of a list."""

    NEW = "new"
    CHANGED = "changed"
    KNOWN = "known"
    LEFT_OUT = "left_out"


@dataclass(frozen=True, slots=True)
class PlannedKey:
    """A row of a list as it would be: new, a change of a key, known already, or left out."""

    number: int
    line: int
    name: str
    company: str
    position: str
    connected_on: dt.date | None
    inside: bool
    fate: Fate
    why: str = ""
    key_id: int | None = None
    changes: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ListPlan:
    """All rows of a list in the order of the file, and how many of each fate."""

    rows: tuple[PlannedKey, ...]

    @property
    def counts(self) -> Counter[str]:
        """How many rows are new, changed, known, left out."""
        return Counter(str(row.fate) for row in self.rows)

    @property
    def to_choose(self) -> tuple[PlannedKey, ...]:
        """New and changed rows: what somebody may take over."""
        return tuple(row for row in self.rows if row.fate in (Fate.NEW, Fate.CHANGED))


def plan_of(key_list: KeyList) -> ListPlan:
    """What each row of a waiting list would become, compared with the ring as it is now.

    Three queries, however long the list.
    """
    ring = _Ring.load(key_list.client)
    return ListPlan(tuple(ring.planned(number, row) for number, row in enumerate(key_list.rows)))


Identity = tuple[str, dt.date | None]


@dataclass(slots=True)
class _Ring:
    """Who is on a client's ring, by name and day; and whose name stands for somebody else."""

    client: Client
    company: str
    by_name: dict[str, list[KeyRingEntry]]
    clients: set[str]
    members: set[str]
    used: set[int] = field(default_factory=set)
    seen: dict[Identity, int] = field(default_factory=dict)
    companies: dict[str, bool] = field(default_factory=dict)

    @classmethod
    def load(cls, client: Client) -> _Ring:
        by_name: dict[str, list[KeyRingEntry]] = {}
        for key in KeyRingEntry.objects.filter(client=client).order_by("pk"):
            by_name.setdefault(folded(key.name), []).append(key)
        names = Client.objects.exclude(name="").values_list("name", flat=True)
        return cls(
            client=client,
            company=client.company.name if client.company else "",
            by_name=by_name,
            clients={one_order(name) for name in names},
            members={one_order(name) for name in Member.objects.values_list("name", flat=True)},
        )

    def planned(self, number: int, row: Mapping[str, Any]) -> PlannedKey:
        """A stored row with its fate."""
        day = dt.date.fromisoformat(row["connected_on"]) if row["connected_on"] else None
        name, company = row["name"], row["company"]
        plain = {
            "number": number,
            "line": row["line"],
            "name": name,
            "company": company,
            "position": row["position"],
            "connected_on": day,
            "inside": self._inside(company),
        }
        if why := self._left_out(name, day, row["line"]):
            return PlannedKey(**plain, fate=Fate.LEFT_OUT, why=why)
        key = self._known(name, day)
        if key is None:
            return PlannedKey(**plain, fate=Fate.NEW)
        changes = _changes(key, plain)
        fate = Fate.CHANGED if changes else Fate.KNOWN
        return PlannedKey(**plain, fate=fate, key_id=key.pk, changes=changes)

    def _inside(self, company: str) -> bool:
        if company not in self.companies:
            self.companies[company] = same_company(company, self.company)
        return self.companies[company]

    def _left_out(self, name: str, day: dt.date | None, line: int) -> str:
        if same_person(name, self.client.name):
            return "the client themself"
        if one_order(name) in self.clients:
            return "a client of ours already"
        if one_order(name) in self.members:
            return "a colleague of ours"
        first = self.seen.setdefault((folded(name), day), line)
        return f"stands on line {first} already" if first != line else ""

    def _known(self, name: str, day: dt.date | None) -> KeyRingEntry | None:
        """The key a row means: of that name and day, else of that name and no day yet."""
        found = [key for key in self.by_name.get(folded(name), []) if key.pk not in self.used]
        same_day = [key for key in found if key.connected_on == day]
        no_day = [key for key in found if key.connected_on is None]
        key = next(iter(same_day or no_day or (found if day is None else [])), None)
        if key is not None:
            self.used.add(key.pk)
        return key


def _changes(key: KeyRingEntry, row: Mapping[str, Any]) -> dict[str, Any]:
    """What the list says otherwise than the key; what it doesn't know stays as it is."""
    found: dict[str, Any] = {}
    if row["company"] and row["company"] != key.company_name:
        found["company_name"] = row["company"]
        moved = bare_company(row["company"]) != bare_company(key.company_name)
        if moved and row["inside"] != key.inside:
            found["inside"] = row["inside"]
    if row["position"] and row["position"] != key.position:
        found["position"] = row["position"]
    if row["connected_on"] and key.connected_on is None:
        found["connected_on"] = row["connected_on"]
    return found
