"""The words of a directory, and which of them are near to one with a slip in it (P31).

The words of names, cities, what is done and the head of what is said are kept in the process, for
as long as no row of the directory was written: PostgreSQL numbers every writing, and the sum of
these numbers tells. So nothing has to be kept up to date, whoever writes.
"""

from __future__ import annotations

import re
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass
from threading import Lock
from typing import Any, Final

from django.db import connection
from rapidfuzz import process
from rapidfuzz.distance import OSA

from warmhand.apps.directory.models import Provider, Service
from warmhand.apps.island.scope import current_workspace_id

from .stored import PROVIDER, SERVICE, Stored

SHORTEST: Final = 4
"""From so many letters one may be wrong, missing, too many, or have changed places with the next;
shorter words, and all with a digit, are never taken for another."""
LONG: Final = 8
"""From so many letters two may be."""
MOST_NEAR: Final = 60
"""So many words are taken for one with a slip, the nearest first."""
MOST_KEPT: Final = 500_000
"""Words of all workspaces that a process keeps; the ones not asked for longest go first."""
_TOKEN: Final = re.compile(r"[^\W_]+")
_WRITTEN: Final = "count(*), sum(xmin::text::bigint), sum(hashtid(ctid)::bigint)"
_STAMP: Final = (
    f"SELECT (SELECT ARRAY[{_WRITTEN}] FROM directory_provider WHERE workspace_id = %s),"  # noqa: S608 - of constants
    f" (SELECT ARRAY[{_WRITTEN}] FROM directory_service WHERE workspace_id = %s)"
)
"""Which transactions wrote the rows that there are, and where they lie: a second writing in one
transaction moves a row too."""


@dataclass(frozen=True, slots=True)
class _Words:
    stamp: Any
    words: tuple[str, ...]


_kept: OrderedDict[tuple[str, int], _Words] = OrderedDict()
_lock = Lock()


def tokens(text: str) -> list[str]:
    """The words of a text, without the signs between them."""
    return _TOKEN.findall(text)


def most_slips(word: str) -> int:
    """How many letters of a word may be wrong."""
    return (len(word) >= SHORTEST) + (len(word) >= LONG) if word.isalpha() else 0


def near_words(word: str) -> Mapping[str, int]:
    """Words of the directory that may be meant, each with how many letters are wrong.

    A longer one may also begin so. `word` is as columns are searched; without accents.
    """
    most = most_slips(word)
    if not most:
        return {}
    known = _words()
    whole = _within(word, known, most)
    begun = _within(word, list({each[: len(word)] for each in known}), most)
    far = most + 1
    found = {
        each: slips
        for each in known
        if (slips := min(whole.get(each, far), begun.get(each[: len(word)], far))) < far
    }
    nearest = sorted(found, key=lambda each: (found[each], len(each), each))
    return {each: found[each] for each in nearest[:MOST_NEAR]}


def _within(word: str, among: Any, most: int) -> dict[str, int]:
    found = process.extract(word, among, scorer=OSA.distance, score_cutoff=most, limit=None)
    return {each: int(slips) for each, slips, _ in found}


def _words() -> tuple[str, ...]:
    """The words of the open workspace's directory as the transaction sees it."""
    here = current_workspace_id()
    key = (str(connection.settings_dict["NAME"]), here)
    with connection.cursor() as cursor:
        cursor.execute(_STAMP, [here, here])
        stamp = cursor.fetchone()
    with _lock:
        found = _kept.get(key)
        if found and found.stamp == stamp:
            _kept.move_to_end(key)
            return found.words
    made = _Words(stamp, _read())
    _keep(key, made)
    return made.words


def _read() -> tuple[str, ...]:
    heads = Provider.objects.order_by().values_list(Stored(PROVIDER, "plain_head"), flat=True)
    names = Service.objects.order_by().values_list(Stored(SERVICE, "plain_name"), flat=True)
    found: set[str] = set()
    for text in (*heads, *names):
        found.update(tokens(text))
    return tuple(each for each in found if len(each) >= SHORTEST - 1 and not each.isdigit())


def _keep(key: tuple[str, int], made: _Words) -> None:
    with _lock:
        _kept[key] = made
        _kept.move_to_end(key)
        while len(_kept) > 1 and sum(len(each.words) for each in _kept.values()) > MOST_KEPT:
            _kept.popitem(last=False)
