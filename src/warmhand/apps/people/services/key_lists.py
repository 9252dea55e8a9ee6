"""Lists of connections that a client gave us: received, chosen from, forgotten (P1).

Nobody of a list comes onto the ring unless somebody chose them; whoever wasn't chosen is forgotten
when the choosing ends.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from pathlib import Path

from django.utils import timezone

from warmhand.apps.accounts import days
from warmhand.apps.island.actor import Actor
from warmhand.apps.island.door import one
from warmhand.apps.journal import services as journal
from warmhand.apps.people.importing.connections import Connection, connections, open_connections
from warmhand.apps.people.importing.limits import LIMITS, Limits
from warmhand.apps.people.importing.rows import Refusal
from warmhand.apps.people.models import KeyList, KeyRingEntry
from warmhand.apps.people.queries import client_by_id
from warmhand.apps.people.queries.keys import Fate, PlannedKey, key_list_by_id, plan_of
from warmhand.problems import Conflict, Invalid

MOST_ROWS = 30_000
"""As many connections as LinkedIn lets anybody have."""
REFUSALS_KEPT = 100
FORGOTTEN_AFTER = dt.timedelta(days=1)


@journal.one_act()
def receive_list(
    *, by: Actor, client_id: int, path: Path, name: str = "", theirs: bool, limits: Limits = LIMITS
) -> KeyList:
    """Read a list that the client gave us, and keep it to be chosen from; nothing is added yet.

    See `read_list`. A list of theirs that still waited is forgotten.
    """
    made = read_list(by=by, client_id=client_id, path=path, name=name, theirs=theirs, limits=limits)
    for old in KeyList.objects.filter(client_id=client_id, choosing=True):
        _forget(old)
    made.save()
    sentence = f"Read a list of {_people(made.rows_read)} that {made.client.title} gave us."
    journal.record(by=by, verb="received", of=made, sentence=sentence, why=made.their_word)
    return made


def read_list(
    *, by: Actor, client_id: int, path: Path, name: str = "", theirs: bool, limits: Limits = LIMITS
) -> KeyList:
    """A list that the client gave us as it would be kept; nothing is written.

    `theirs`: somebody says so, and it goes on record; without it Invalid. Addresses and profiles
    never get this far. Raises `ImportRefused` where the file can't be read.
    """
    client = client_by_id(client_id)
    if not theirs:
        raise Invalid.at(
            "theirs", f"Only a list that {client.title} gave us themselves may be read."
        )
    found, refusals = _read(path, limits)
    return KeyList(
        client=client,
        member_id=by.member_id,
        name=(name or path.name)[:200],
        given_on=days.today(),
        their_word=f"{client.title} gave us this list themselves, says {by.name}.",
        rows=[_stored(each) for each in found],
        refused=[problem.as_dict() for each in refusals for problem in each.problems][
            :REFUSALS_KEPT
        ],
        rows_read=len(found) + len(refusals),
    )


def _read(path: Path, limits: Limits) -> tuple[list[Connection], list[Refusal]]:
    found: list[Connection] = []
    refusals: list[Refusal] = []
    with open_connections(path, limits) as table:
        for each in connections(table, today=days.today(), most=MOST_ROWS):
            if isinstance(each, Refusal):
                refusals.append(each)
            else:
                found.append(each)
    return found, refusals


def _stored(found: Connection) -> dict[str, object]:
    return {
        "line": found.line,
        "name": found.name,
        "company": found.company,
        "position": found.position,
        "connected_on": found.connected_on.isoformat() if found.connected_on else None,
    }


@journal.one_act()
def take_keys(*, by: Actor, list_id: int, numbers: Iterable[int]) -> KeyList:
    """Take the chosen rows of a list onto the ring: new keys, or what changed of known ones.

    One act, undone as a whole. What is known already is left alone, so choosing twice changes
    nothing. Raises Invalid where nothing is chosen, Conflict where the list is forgotten.
    """
    one(KeyList, list_id, "key_list", lock=True)
    key_list = key_list_by_id(list_id)
    if not key_list.choosing:
        raise _forgotten()
    wanted = set(numbers)
    chosen = [row for row in plan_of(key_list).to_choose if row.number in wanted]
    if not chosen:
        raise Invalid.at("chosen", "Tick at least one person, or forget the list.")
    journal.change(
        key_list,
        by=by,
        sentence=f"Took {_people(len(chosen))} from the list that {key_list.client.title} gave us.",
        why=key_list.their_word,
        rows_taken=key_list.rows_taken + len(chosen),
    )
    for row in chosen:
        _take(by, key_list, row)
    return key_list


def _people(count: int) -> str:
    return "1 person" if count == 1 else f"{count} people"


def _forgotten() -> Conflict:
    return Conflict(
        "list_forgotten",
        "This list was forgotten; whoever was taken from it is on the ring.",
        lift="Upload it again: what is known already stays as it is.",
    )


def _take(by: Actor, key_list: KeyList, row: PlannedKey) -> None:
    today, client = days.today(), key_list.client
    if row.fate is Fate.CHANGED:
        key = one(KeyRingEntry, row.key_id or 0, "key", lock=True, related=("client",))
        sentence = f"Changed a key of {client.title}, as their list says."
        journal.change(key, by=by, sentence=sentence, confirmed_on=today, **row.changes)
        return
    journal.create(
        KeyRingEntry,
        by=by,
        sentence=f"Added a key to the ring of {client.title} from their list.",
        client=client,
        name=row.name,
        company_name=row.company,
        position=row.position,
        connected_on=row.connected_on,
        inside=row.inside,
        source=KeyRingEntry.Source.LINKEDIN,
        confirmed_on=today,
        key_list_id=key_list.pk,
    )


def forget_list(*, by: Actor, list_id: int) -> KeyList:
    """End the choosing: whoever was not taken is forgotten for good."""
    key_list = one(KeyList, list_id, "key_list", lock=True, related=("client",))
    if key_list.choosing:
        _forget(key_list)
        sentence = f"Forgot the rest of the list that {key_list.client.title} gave us."
        journal.record(by=by, verb="forgot", of=key_list, sentence=sentence)
    return key_list


def _forget(key_list: KeyList) -> None:
    key_list.rows, key_list.refused, key_list.choosing = [], [], False
    key_list.save(update_fields=["rows", "refused", "choosing"])


def forget_old_lists() -> int:
    """Forget lists that nobody chose from for a day; returns how many."""
    before = timezone.now() - FORGOTTEN_AFTER
    old = KeyList.objects.filter(choosing=True, created_at__lt=before)
    return int(old.update(rows=[], refused=[], choosing=False))
