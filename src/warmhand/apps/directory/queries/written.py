"""Search by words as people write them: without accents, and with a slip in a word (P31).

PostgreSQL's `unaccent` and `pg_trgm` do it, where the server has them; without them words are
found as they are written. A slip is forgiven only where few have the words as they stand.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import reduce
from operator import and_
from typing import Any, Final

from django.db import connection
from django.db.models import (
    Case,
    Exists,
    F,
    FloatField,
    Func,
    OuterRef,
    Q,
    QuerySet,
    TextField,
    Value,
    When,
)
from django.db.models.functions import Cast, Concat, Left, Lower
from rapidfuzz.distance import OSA

from warmhand.apps.directory.models import Provider, Service

EXTENSIONS: Final = ("unaccent", "pg_trgm")
ALIKE: Final = 0.25
"""From this likeness (trigrams of a word and of the nearest part of a text, 0 to 1) a text is
looked at: two letters that have changed places leave no more in a word of six."""
MOST_LOOKED_AT: Final = 300
MOST_OF_A_TEXT: Final = 120
"""So many signs of what is said about a provider are looked through for words with a slip: what
stands at its head. Names, cities and what they do are looked through in full."""
SHORTEST: Final = 4
"""From so many letters one may be wrong, missing, too many, or have changed places with the next;
shorter words, and all with a digit, are never taken for another."""
LONG: Final = 8
"""From so many letters two may be."""
ENOUGH: Final = 10
"""Where so many have the words as they stand, nobody is looked for by a slip."""
MOST_WORDS: Final = 8
_WORDS: Final = ("name", "about", "contact_name", "city", "postcode", "licence", "why_confident")
_OF_SERVICE: Final = ("name", "words", "category", "provider__name", "provider__city")
_TOKEN: Final = re.compile(r"[^\W_]+")
_at_hand: dict[str, frozenset[str]] = {}


class _Unaccent(Func):
    function = "unaccent"
    output_field = TextField()


class _Likeness(Func):
    """How like a word is to the part of a text that is nearest to it (0 to 1)."""

    function = "word_similarity"
    output_field = FloatField()


def extensions() -> frozenset[str]:
    """Which of the two can be called here; asked once for each database, as they come and stay.

    An extension in a schema that isn't looked through is as good as none.
    """
    name = str(connection.settings_dict["NAME"])
    if len(_at_hand.get(name, ())) < len(EXTENSIONS):
        with connection.cursor() as cursor:
            asked = "SELECT to_regprocedure('unaccent(text)'), to_regprocedure(%s)"
            cursor.execute(asked, ["word_similarity(text,text)"])
            there = zip(("unaccent", "pg_trgm"), cursor.fetchone(), strict=True)
            _at_hand[name] = frozenset(each for each, found in there if found is not None)
    return _at_hand[name]


def found_by_words(search: str) -> dict[int, float]:
    """Providers that have every word, each with its rank: the less, the better (0 to 5).

    Below 1: all in the name, the ones that begin so first. Below 2: in the name and what they do.
    Below 3: anywhere in their texts. From 4 on: with a slip, those by
    name and with the fewest letters wrong first.
    """
    words = search.replace("\x00", " ").lower().split()[:MOST_WORDS]
    if not words:
        return {}
    ranks = _exact(words)
    if len(ranks) < ENOUGH and "pg_trgm" in extensions():
        ranks = _alike(words) | ranks
    return ranks


def _plain(text: Any) -> Any:
    lower = Lower(text)
    return _Unaccent(lower) if "unaccent" in extensions() else lower


def _joined(fields: Sequence[str], *more: Any) -> Any:
    parts = [part for field in fields for part in (F(field), Value(" "))]
    return _plain(Concat(*parts, *more, output_field=TextField()))


def _has_all(field: str, words: Sequence[str]) -> Q:
    return reduce(and_, (Q(**{f"{field}__contains": _plain(Value(word))}) for word in words))


def _exact(words: Sequence[str]) -> dict[int, float]:
    carried = Cast("carried", TextField())
    rows = Provider.objects.order_by().alias(
        called=_joined(("name",)), said=_joined(_WORDS, carried)
    )
    starts = Q(called__startswith=_plain(Value(" ".join(words))))
    place = Case(
        When(starts, then=Value(0.0)),
        When(_has_all("called", words), then=Value(0.5)),
        default=Value(2.0),
        output_field=FloatField(),
    )
    ranks = dict(rows.filter(_has_all("said", words)).annotate(at=place).values_list("pk", "at"))
    for key, at in _exact_services(words).items():
        ranks[key] = min(at, ranks.get(key, at))
    return ranks


def _exact_services(words: Sequence[str]) -> dict[int, float]:
    """By what they do, each with its provider's name and place: 'notary kiel'."""
    carried = Cast("carried", TextField())
    about = (F("provider__about"), Value(" "))
    rows = _services().alias(
        does=_joined(("name", "provider__name", "provider__city")),
        said=_joined(_OF_SERVICE, *about, carried),
    )
    place = Case(
        When(_has_all("does", words), then=Value(1.0)),
        default=Value(2.5),
        output_field=FloatField(),
    )
    found: dict[int, float] = {}
    hits = rows.filter(_has_all("said", words)).annotate(at=place)
    for key, at in hits.values_list("provider_id", "at"):
        found[key] = min(at, found.get(key, at))
    return found


def _services() -> QuerySet[Service]:
    live = Provider.objects.filter(pk=OuterRef("provider_id"))
    rows: QuerySet[Service] = Service.objects.filter(Exists(live)).order_by()
    return rows


def _alike(words: Sequence[str]) -> dict[int, float]:
    """Every word is there, or one that is like it, in names, cities and the head of a text."""
    if not any(_may_slip(word) for word in words):
        return {}
    ranks: dict[int, float] = {}
    about = Left("about", MOST_OF_A_TEXT)
    rows = Provider.objects.order_by().annotate(
        called=_joined(("name",)), said=_joined(("name", "city"), about)
    )
    does = _services().annotate(
        called=_joined(("name", "provider__name")),
        said=_joined(("name", "provider__name", "provider__city")),
    )
    for each, key, behind in ((rows, "pk", 0.0), (does, "provider_id", 0.2)):
        for pk, called, said, plain in _nearly(each, words).values_list(
            key, "called", "said", "plain"
        ):
            named, anywhere = _slips(plain, called), _slips(plain, said)
            rank = 4.0 + behind + named / 10 if named is not None else None
            if rank is None and anywhere is not None:
                rank = 4.5 + behind + anywhere / 10
            if rank is not None:
                ranks[pk] = min(rank, ranks.get(pk, rank))
    return ranks


def _nearly(rows: QuerySet[Any], words: Sequence[str]) -> QuerySet[Any]:
    """The rows that may be meant, the likest first, with the words as they are compared."""
    likeness = {f"l{n}": _of_word(word) for n, word in enumerate(words)}
    rows = rows.alias(**likeness).filter(**{f"{name}__gte": ALIKE for name in likeness})
    total: Any = sum((F(name) for name in likeness), Value(0.0))
    plain = _plain(Value(" ".join(words)))
    found: QuerySet[Any] = rows.annotate(plain=plain).order_by((-total), "pk")[:MOST_LOOKED_AT]
    return found


def _of_word(word: str) -> Any:
    there = When(said__contains=_plain(Value(word)), then=Value(1.0))
    like = _Likeness(_plain(Value(word)), F("said")) if _may_slip(word) else Value(0.0)
    return Case(there, default=like, output_field=FloatField())


def _may_slip(word: str) -> bool:
    return len(word) >= SHORTEST and word.isalpha()


def _slips(search: str, text: str) -> int | None:
    """How many letters of the words must change to stand in the text; None: others are meant."""
    tokens = _TOKEN.findall(text)
    found = [_nearest(word, text, tokens) for word in search.split()]
    return None if None in found else sum(filter(None, found))


def _nearest(word: str, text: str, tokens: Sequence[str]) -> int | None:
    if word in text:
        return 0
    most = (len(word) >= SHORTEST) + (len(word) >= LONG) if word.isalpha() else 0
    shortened = {cut for token in tokens for cut in (token, token[: len(word)])}
    slips = min((OSA.distance(word, each, score_cutoff=most) for each in shortened), default=99)
    return slips if slips <= most else None
