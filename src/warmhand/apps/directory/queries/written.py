"""Search by words as people write them: without accents, and with a slip in a word (P31).

Texts stand as they are searched (see `stored`); words near to one with a slip come from the
directory's own (see `vocabulary`). A slip is forgiven only where few have the words as they stand.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import reduce
from operator import and_, or_
from typing import Any, Final

from django.db.models import Case, F, FloatField, IntegerField, Q, QuerySet, TextField, Value, When
from django.db.models.functions import Concat

from warmhand.apps.directory.models import Provider, Service

from .stored import PROVIDER, SERVICE, Stored, as_searched
from .vocabulary import near_words, tokens

MOST_LOOKED_AT: Final = 300
"""So many rows with a slip are looked at, the ones with the fewest letters wrong first."""
ENOUGH: Final = 10
"""Where so many have the words as they stand, nobody is looked for by a slip."""
MOST_WORDS: Final = 8
FEW: Final = 6
"""So many words are found sooner one by one than by a pattern of them all."""
Near = Mapping[str, Mapping[str, int]]
"""By each word of the search the words that may be meant, with how many letters are wrong."""


def found_by_words(search: str) -> dict[int, float]:
    """Providers that have every word, each with its rank: the less, the better (0 to 6).

    Below 1: all in the name, the ones that begin so first. Below 2: in the name and what they do.
    Below 3: anywhere in their texts. From 4 on: with a slip, those by
    name and with the fewest letters wrong first.
    """
    words = as_searched(search.replace("\x00", " ")).split()[:MOST_WORDS]
    if not words:
        return {}
    ranks = _exact(words)
    if len(ranks) < ENOUGH:
        ranks = _alike(words) | ranks
    return ranks


def _providers() -> QuerySet[Provider]:
    rows: QuerySet[Provider] = Provider.objects.order_by().alias(
        called=Stored(PROVIDER, "plain_name"),
        there=Stored(PROVIDER, "plain_place"),
        said=Stored(PROVIDER, "plain_all"),
    )
    return rows


def _services() -> QuerySet[Service]:
    """What they do, each with its provider's name and place: 'notary kiel'."""
    rows: QuerySet[Service] = Service.objects.filter(provider__removed_at=None).order_by()
    return rows.alias(
        does=Stored(SERVICE, "plain_name"),
        theirs=Stored(PROVIDER, "plain_place"),
        said=Stored(SERVICE, "plain_all"),
        about=Stored(PROVIDER, "plain_all"),
    )


def _has_all(words: Sequence[str], *fields: str) -> Q:
    """Every word stands in one of the fields."""
    return reduce(and_, (_has(word, fields) for word in words))


def _has(word: str, fields: Sequence[str]) -> Q:
    return reduce(or_, (Q(**{f"{field}__contains": word}) for field in fields))


def _exact(words: Sequence[str]) -> dict[int, float]:
    place = Case(
        When(called__startswith=" ".join(words), then=Value(0.0)),
        When(_has_all(words, "called"), then=Value(0.5)),
        When(_has_all(words, "there"), then=Value(1.0)),
        default=Value(2.0),
        output_field=FloatField(),
    )
    hits = _providers().filter(_has_all(words, "said")).annotate(at=place)
    ranks = dict(hits.values_list("pk", "at"))
    for key, at in _exact_services(words):
        ranks[key] = min(at, ranks.get(key, at))
    return ranks


def _exact_services(words: Sequence[str]) -> Iterator[tuple[int, float]]:
    place = Case(
        When(_has_all(words, "does", "theirs"), then=Value(1.0)),
        default=Value(2.5),
        output_field=FloatField(),
    )
    # One word at least is the service's own: what a provider has alone was found with them.
    own = reduce(or_, (_has(word, ("said",)) for word in words))
    hits = _services().filter(own, _has_all(words, "said", "about")).annotate(at=place)
    yield from hits.values_list("provider_id", "at")


# with a slip


def _alike(words: Sequence[str]) -> dict[int, float]:
    """Every word is there, or one that is near to it, in names, cities and the head of a text."""
    near = {word: near_words(word) for word in words}
    if not any(near.values()):
        return {}
    rows = _providers().annotate(named=F("called"), text=Stored(PROVIDER, "plain_head"))
    does = _services().annotate(
        named=_beside("does", Stored(PROVIDER, "plain_name")), text=_beside("does", "theirs")
    )
    does = does.filter(reduce(or_, (_stands(word, near[word], "does") for word in words)))
    ranks: dict[int, float] = {}
    for each, key, behind in ((rows, "pk", 0.0), (does, "provider_id", 0.2)):
        for pk, named, text in _nearly(each, near).values_list(key, "named", "text"):
            if (rank := _rank(near, named, text)) is not None:
                ranks[pk] = min(behind + rank, ranks.get(pk, behind + rank))
    return ranks


def _beside(*parts: Any) -> Concat:
    return Concat(parts[0], Value(" "), parts[1], output_field=TextField())


def _nearly(rows: QuerySet[Any], near: Near) -> QuerySet[Any]:
    """The rows that may be meant, those with the fewest letters wrong first."""
    wrong: Any = Value(0)
    for word, words in near.items():
        rows = rows.filter(_stands(word, words, "text"))
        if words:
            wrong = wrong + _wrong(word, words)
    found: QuerySet[Any] = rows.order_by(wrong, "pk")[:MOST_LOOKED_AT]
    return found


def _stands(word: str, near: Iterable[str], field: str) -> Q:
    """The word or one of the near ones stands in a field; a few are looked for one by one."""
    if len(few := [word, *near]) <= FEW:
        return reduce(or_, (Q(**{f"{field}__contains": each}) for each in few))
    return Q(**{f"{field}__contains": word}) | Q(**{f"{field}__regex": _any_of(near)})


def _wrong(word: str, near: Mapping[str, int]) -> Case:
    """How many letters of a word are wrong in a row."""
    *few, most = sorted({*near.values()})
    whens = [
        When(text__regex=_any_of([each for each in near if near[each] == slips]), then=slips)
        for slips in few
    ]
    return Case(
        When(text__contains=word, then=0), *whens, default=most, output_field=IntegerField()
    )


def _any_of(words: Iterable[str]) -> str:
    """One of the words, whole: they are letters and digits, nothing that a pattern knows."""
    return rf"\m({'|'.join(words)})\M"


def _rank(near: Near, named: str, text: str) -> float | None:
    """By name, or by anything that is looked through; each by how many letters are wrong."""
    if (by_name := _slips(near, named)) is not None:
        return 4.0 + by_name / 10
    anywhere = _slips(near, text)
    return None if anywhere is None else 4.5 + anywhere / 10


def _slips(near: Near, text: str) -> int | None:
    """How many letters of the words must change to stand in the text; None: others are meant."""
    there = set(tokens(text))
    found = [
        0 if word in text else min((words[each] for each in words.keys() & there), default=None)
        for word, words in near.items()
    ]
    return None if None in found else sum(filter(None, found))
