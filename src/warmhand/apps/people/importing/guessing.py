"""Guessing what a table holds and which column is which field, each guess with its reason.

A header's words propose, the content of the column confirms or contradicts. Nothing is certain
because of a guess: the person sees confidence and reason, and changes what is wrong.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from rapidfuzz import fuzz

from warmhand.apps.people.importing.card_reading import CardTable
from warmhand.apps.people.importing.fields import FIELDS, FILE_WORDS, LINKS, Field, Kind, Type
from warmhand.apps.people.importing.mapping import SetMapping, Source, TableMapping
from warmhand.apps.people.importing.profiling import Profile, Survey
from warmhand.apps.people.importing.reading import Table

LEAST = 0.5
"""A guess below this confidence is not made."""
CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
LOOKS: dict[Type, tuple[str, ...]] = {
    Type.EMAIL: ("email",),
    Type.PHONE: ("phone",),
    Type.DATE: ("date",),
    Type.NUMBER: ("number",),
    Type.MONEY: ("number", "money"),
    Type.FLAG: ("flag",),
    Type.COUNTRY: ("country",),
}
ALONE = {Type.EMAIL: 0.8, Type.PHONE: 0.6}
"""Confidence from content alone, where a column's header says nothing."""
NEVER = {"fax", "telefax", "birth", "birthday", "iban", "account"}
"""A header with such a word is not taken for an address by its content."""
KEY_FIELDS: dict[Kind, tuple[str, ...]] = {
    Kind.MEMBERS: ("manager", "team", "role"),
    Kind.COMPANIES: ("name", "sector", "parent", "domain"),
    Kind.CLIENTS: ("name", "family_name", "email", "phone", "job_title", "company", "consent"),
    Kind.COMMITMENTS: ("agreed_on", "due_on", "delivered_on", "value", "title"),
    Kind.CASES: ("opened_on", "resolved_on", "title", "confirmed_on"),
    Kind.RATINGS: ("score", "words", "on"),
    Kind.FAVOURS: ("what", "done_on", "promised_on", "minutes"),
    Kind.NEEDS: ("words", "urgency", "may_pass_on", "noted_on"),
}


@dataclass(frozen=True, slots=True)
class Guess:
    """One column taken for one field; confidence 0 to 1."""

    field: str
    column: str
    confidence: float
    reason: str


@dataclass(frozen=True, slots=True)
class TableGuess:
    """What the rows are taken for, and each column; `kinds` is best first with its points."""

    kind: Kind
    reason: str
    columns: tuple[Guess, ...]
    kinds: tuple[tuple[Kind, float], ...]

    def mapping(self, path: Path) -> TableMapping:
        """The guess as a mapping that can be changed and saved."""
        fields = {guess.field: source_of(guess.field, guess.column) for guess in self.columns}
        if self.kind is Kind.COMMITMENTS and "title" not in fields:
            fields["title"] = _numbered(path, fields.get("source_ref"))
        return TableMapping(file=path.name, kind=self.kind, fields=fields)


def source_of(field: str, column: str) -> Source:
    """A linking column that is called an identifier is looked up as one, never as a name."""
    is_id = field in LINKS and plain_words(column).endswith((" id", " ref", " key"))
    return Source(columns=(column,), by="source_ref" if is_id else "any")


def _numbered(path: Path, ref: Source | None) -> Source:
    """A title for rows that have none: what the file is called, and the row's identifier."""
    word = path.stem.replace("_", " ").strip().capitalize().removesuffix("s") or "Imported"
    return Source(template=f"{word} {{{ref.columns[0]}}}") if ref else Source(value=word)


def guess_table(table: Table, survey: Survey, kind: Kind | None = None) -> TableGuess:
    """The best guess for a surveyed table, for `kind` alone when the person has said it."""
    if isinstance(table, CardTable):
        return _card_guess()
    profiles = list(survey.profiles.values())
    guesses = {each: guess_columns(each, profiles) for each in Kind}
    points = {each: _points(each, guesses[each], table.path) for each in Kind}
    ranked = tuple(sorted(points.items(), key=lambda item: -item[1]))
    best = kind or ranked[0][0]
    return TableGuess(best, _why(best, guesses[best], table.path), guesses[best], ranked)


def guess_set(name: str, tables: list[tuple[Path, TableGuess]]) -> SetMapping:
    """One mapping of several guessed tables, in an order in which links find their target."""
    order = list(Kind)
    ready = sorted(tables, key=lambda item: order.index(item[1].kind))
    return SetMapping(source=name, tables=tuple(g.mapping(p) for p, g in ready), name=name)


def guess_columns(kind: Kind, profiles: list[Profile]) -> tuple[Guess, ...]:
    """At most one column a field and one field a column, the surest first."""
    possible = [
        guess
        for field in FIELDS[kind]
        for profile in profiles
        if (guess := guess_one(field, profile)).confidence >= LEAST
    ]
    chosen: dict[str, Guess] = {}
    taken: set[str] = set()
    for guess in sorted(possible, key=lambda each: -each.confidence):
        if guess.field not in chosen and guess.column not in taken:
            chosen[guess.field] = guess
            taken.add(guess.column)
    return tuple(chosen[field.name] for field in FIELDS[kind] if field.name in chosen)


def guess_one(field: Field, profile: Profile) -> Guess:
    """How well a column fits a field, and why."""
    confidence, reason = _by_header(field, profile.name)
    content, found = _by_content(field, profile)
    if content is False:
        confidence *= 0.3
        reason += f", but the content does not look like {field.type}"
    elif content and confidence:
        confidence = min(0.99, max(confidence + 0.1, ALONE.get(field.type, 0)))
        reason += f"; {found}"
    elif content and field.type in ALONE and not set(plain_words(profile.name).split()) & NEVER:
        confidence = ALONE[field.type] - (0.1 if field.name[-1].isdigit() else 0)
        reason = found
    return Guess(field.name, profile.name, round(confidence, 2), reason)


def _by_header(field: Field, header: str) -> tuple[float, str]:
    words = plain_words(header)
    for place, phrase in enumerate((plain_words(field.name), *_phrases(field))):
        if words == phrase:
            return max(0.95 - 0.005 * place, 0.7), f"the header is “{header}”"
    best = max((fuzz.ratio(words, phrase) for phrase in _phrases(field)), default=0.0)
    if best >= 88 and len(words) > 4:
        return 0.65, f"the header “{header}” is nearly a known one"
    for phrase in _phrases(field):
        if len(phrase) > 3 and f" {phrase} " in f" {words} ":
            return 0.55, f"the header “{header}” has “{phrase}” in it"
    return 0.0, ""


def _by_content(field: Field, profile: Profile) -> tuple[bool | None, str]:
    """(fits, why); None where the content neither confirms nor contradicts."""
    if not profile.filled:
        return None, ""
    if field.type is Type.REF:
        return (True, "every value differs") if profile.unique else (profile.seen < 2, "")
    wanted = LOOKS.get(field.type)
    if wanted is None:
        return _text_content(field, profile), "the values are words"
    share = max(profile.share(look) for look in wanted)
    if share >= 0.7:
        return True, f"{share:.0%} of the values look like {field.type}"
    return (False if share < 0.3 else None), ""


def _text_content(field: Field, profile: Profile) -> bool | None:
    """Words are not dates or e-mail addresses; a link or a name may be anything else."""
    if profile.share("date") > 0.7:
        return False
    if field.type is not Type.LINK and profile.share("email") > 0.7:
        return False
    if field.name in ("name", "given_name", "family_name") and profile.share("number") > 0.7:
        return False
    return None


@cache
def plain_words(text: str) -> str:
    """`CustomerID`, `customer-id` and `Customer Id` are all `customer id`; accents fall away."""
    split = CAMEL.sub(" ", text)
    bare = unicodedata.normalize("NFKD", split.replace("ß", "ss"))
    letters = "".join(c if c.isalnum() else " " for c in bare if not unicodedata.combining(c))
    return " ".join(letters.casefold().split())


@cache
def _phrases(field: Field) -> tuple[str, ...]:
    return tuple(plain_words(word) for word in (field.label, *field.words))


def _points(kind: Kind, guesses: tuple[Guess, ...], path: Path) -> float:
    found = {guess.field: guess.confidence for guess in guesses}
    required = [field.name for field in FIELDS[kind] if field.required]
    missing = [n for n in required if n not in found and not ({"family_name"} & found.keys())]
    keys = sum(found.get(name, 0.0) for name in KEY_FIELDS[kind])
    points = keys + 0.3 * sum(found.values()) - 1.5 * len(missing)
    return round(points + 2.5 * _named(kind, path), 2)


def _named(kind: Kind, path: Path) -> bool:
    name = plain_words(path.stem)
    return any(word in name for word in FILE_WORDS[kind])


def _why(kind: Kind, guesses: tuple[Guess, ...], path: Path) -> str:
    found = {guess.field for guess in guesses}
    keys = [f.label.lower() for f in FIELDS[kind] if f.name in KEY_FIELDS[kind] and f.name in found]
    said = f"it has {', '.join(keys)}" if keys else "nothing speaks for another kind"
    return f"the file is called {path.name} and {said}" if _named(kind, path) else said


CARD_FIELDS = {
    "source_ref": "uid", "name": "name", "company": "organisation", "job_title": "title",
    "department": "department", "email": "email 1", "email_2": "email 2", "email_3": "email 3",
    "phone": "phone 1", "phone_2": "phone 2", "phone_3": "phone 3", "country": "country",
    "language": "language", "timezone": "timezone",
}  # fmt: skip


def _card_guess() -> TableGuess:
    columns = tuple(
        Guess(field, column, 0.99, "the vCard standard says so")
        for field, column in CARD_FIELDS.items()
    )
    return TableGuess(Kind.CLIENTS, "vCards hold people", columns, ((Kind.CLIENTS, 10.0),))
