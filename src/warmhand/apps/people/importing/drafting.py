"""From a row to a draft: the record it would become, or every reason why it cannot.

Pure and without a database, so that the preview and the real run share every line of it.
"""

from __future__ import annotations

import datetime
import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from decimal import Decimal

from warmhand.apps.people.categories import why_no_category
from warmhand.apps.people.importing import values
from warmhand.apps.people.importing.fields import FIELDS, Field, Kind, Type
from warmhand.apps.people.importing.mapping import Source, TableMapping
from warmhand.apps.people.importing.problems import ImportProblem, problem
from warmhand.apps.people.importing.profiling import Survey
from warmhand.apps.people.importing.rows import Refusal, Row, Rows
from warmhand.apps.people.importing.values import DateOrder, DecimalMark

FORMULA = ("=", "+", "-", "@")
HAPPENED = {
    "agreed_on", "delivered_on", "cancelled_on", "opened_on", "resolved_on", "confirmed_on", "on",
    "consent_on", "promised_on", "done_on", "noted_on", "met_on", "asked_on",
}  # fmt: skip
"""Dates of things that took place; the last of them is a set's last day. A due date is not one."""
IDENTITY: dict[Kind, tuple[str, ...]] = {
    Kind.MEMBERS: ("email", "name"),
    Kind.COMPANIES: ("name",),
    Kind.CLIENTS: ("email", "name", "company", "phone"),
    Kind.COMMITMENTS: ("client", "company", "title", "agreed_on", "due_on"),
    Kind.CASES: ("client", "title", "opened_on"),
    Kind.RATINGS: ("client", "on", "score"),
    Kind.FAVOURS: ("client", "what", "done_on", "promised_on"),
    Kind.NEEDS: ("client", "words", "noted_on"),
}
"""What tells two rows apart where the table has no identifier."""


@dataclass(frozen=True, slots=True)
class Link:
    """A record named by something else: its text, and what that text is."""

    text: str
    by: str = "any"


Value = str | int | bool | Decimal | datetime.date | Link | None


@dataclass(frozen=True, slots=True)
class Draft:
    """One record as it would be; `values` holds every mapped field, None where the row is empty."""

    kind: Kind
    line: int
    ref: str
    values: dict[str, Value]
    notes: tuple[str, ...] = field(default=(), compare=False)

    def shifted(self, days: int) -> Draft:
        """The draft with all its dates moved by `days`."""
        moved = {
            name: value + datetime.timedelta(days=days)
            if isinstance(value, datetime.date)
            else value
            for name, value in self.values.items()
        }
        return replace(self, values=moved)

    def shown(self) -> dict[str, str]:
        """The filled fields as text, for a preview."""
        return {
            name: value.text if isinstance(value, Link) else str(value)
            for name, value in self.values.items()
            if value not in (None, "")
        }

    def last_day(self) -> datetime.date | None:
        """The last day on which something took place."""
        days = [
            value
            for name, value in self.values.items()
            if name in HAPPENED and isinstance(value, datetime.date)
        ]
        return max(days, default=None)


@dataclass(frozen=True, slots=True)
class Drafter:
    """Reads the rows of one surveyed table by its mapping."""

    mapping: TableMapping
    orders: dict[str, DateOrder]
    marks: dict[str, DecimalMark]

    @classmethod
    def of(cls, mapping: TableMapping, survey: Survey) -> Drafter:
        """With each field's order of dates and decimal mark: the mapping's, else the column's."""
        orders, marks = {}, {}
        for name, source in mapping.fields.items():
            profiles = [survey.profiles[column] for column in source.columns]
            if profiles:
                orders[name] = source.order or profiles[0].date_order()[0]
                marks[name] = source.decimal or profiles[0].decimal_mark()
        return cls(mapping, orders, marks)

    def drafts(self, rows: Rows) -> Iterator[Draft | Refusal]:
        """Each row of the stream as a draft or a refusal, in order."""
        for row in rows:
            yield row if isinstance(row, Refusal) else self.draft(row)

    def draft(self, row: Row) -> Draft | Refusal:
        """One row."""
        problems: list[ImportProblem] = []
        found: dict[str, Value] = {}
        notes: list[str] = []
        country = self._country(row)
        for spec in FIELDS[self.mapping.kind]:
            if source := self.mapping.fields.get(spec.name):
                text = source.text(row.cells)
                read = self._read(spec, source, text, row.line, country)
                if isinstance(read, ImportProblem):
                    problems.append(_placed(read, source))
                else:
                    found[spec.name] = read
        problems += self._whole(found, row, problems)
        if problems:
            return Refusal(row.line, tuple(problems))
        return Draft(self.mapping.kind, row.line, self._ref(found), found, tuple(notes))

    def _country(self, row: Row) -> str | None:
        source = self.mapping.fields.get("country")
        text = source.text(row.cells) if source else ""
        return values.country_code(text or self.mapping.country or "")

    def _read(
        self, spec: Field, source: Source, text: str, line: int, country: str | None
    ) -> Value | ImportProblem:
        if not text:
            return None
        if spec.type is Type.LINK:
            return Link(text, source.by)
        if spec.type is Type.PHONE:
            return values.parse_phone(text, country) or text[: spec.length]
        if _is_formula(spec, text):
            return problem("formula", line=line, field=spec.name)
        reader = READERS.get(spec.type, _read_text)
        return reader(self, spec, text, line)

    def _whole(
        self, found: dict[str, Value], row: Row, known: list[ImportProblem]
    ) -> list[ImportProblem]:
        """Problems of the row as a whole: what it cannot do without."""
        _join_names(found)
        blamed = {each.field for each in known}
        columns = {n: _column(s) for n, s in self.mapping.fields.items()}
        return [
            problem("value_missing", line=row.line, field=columns.get(spec.name) or spec.name)
            for spec in FIELDS[self.mapping.kind]
            if spec.required
            and found.get(spec.name) in (None, "")
            and columns.get(spec.name) not in blamed
        ] + self._nobody(found, row)

    def _nobody(self, found: dict[str, Value], row: Row) -> list[ImportProblem]:
        """A client needs something to be known by."""
        if self.mapping.kind is not Kind.CLIENTS or any(
            found.get(name) for name in ("name", "company", "email", "phone")
        ):
            return []
        return [problem("value_missing", line=row.line, field="name")]

    def _ref(self, found: dict[str, Value]) -> str:
        """The row's own identifier, or one made from what tells it apart from the others."""
        given = found.get("source_ref")
        if given:
            return str(given)
        parts = [_identity(found.get(name)) for name in IDENTITY[self.mapping.kind]]
        return _made_ref(_telling(self.mapping.kind, parts))


def name_ref(name: str) -> str:
    """The identifier of a company or colleague that is known by name alone."""
    return _made_ref([_identity(name)])


def _telling(kind: Kind, parts: list[str]) -> list[str]:
    """An e-mail address tells a person apart all by itself; colleagues else by their name."""
    if kind is Kind.MEMBERS:
        return [parts[0] or parts[1]]
    return parts[:1] if kind is Kind.CLIENTS and parts[0] else parts


def _made_ref(parts: list[str]) -> str:
    digest = hashlib.sha256("\x1f".join(parts).encode()).hexdigest()
    return f"~{digest[:24]}"


def _identity(value: Value) -> str:
    text = value.text if isinstance(value, Link) else "" if value is None else str(value)
    return " ".join(text.casefold().split())


def _join_names(found: dict[str, Value]) -> None:
    parts = [str(found.pop(n)) for n in ("given_name", "family_name") if found.get(n)]
    for empty in ("given_name", "family_name"):
        found.pop(empty, None)
    if parts and not found.get("name"):
        found["name"] = " ".join(parts)


def _column(source: Source) -> str:
    return source.columns[0] if source.columns else ""


def _placed(found: ImportProblem, source: Source) -> ImportProblem:
    """The problem under the name of the column, which is what the person sees in the file."""
    return replace(found, field=_column(source) or found.field)


def _is_formula(spec: Field, text: str) -> bool:
    """A formula where a value must be worked out; in plain text it is kept as it stands."""
    return text.startswith("=") and spec.type not in (Type.TEXT, Type.REF, Type.LINK)


def _read_text(_: Drafter, spec: Field, text: str, line: int) -> Value | ImportProblem:
    if len(text) > spec.length:
        return problem("cell_too_long", line=line, field=spec.name, limit=spec.length)
    return text


def _read_date(drafter: Drafter, spec: Field, text: str, line: int) -> Value | ImportProblem:
    order = drafter.orders.get(spec.name, DateOrder.YEAR_FIRST)
    found = values.parse_date(text, order)
    return found or problem("bad_date", line=line, field=spec.name, value=text, order=order)


def _read_number(drafter: Drafter, spec: Field, text: str, line: int) -> Value | ImportProblem:
    number = values.parse_number(text, drafter.marks.get(spec.name, DecimalMark.POINT))
    if number is None or (spec.type is Type.NUMBER and number != number.to_integral_value()):
        return problem("bad_number", line=line, field=spec.name, value=text)
    low, high = spec.low, spec.high
    if low is not None and high is not None and not low <= number <= high:
        return problem(
            "number_out_of_range", line=line, field=spec.name, value=text, low=low, high=high
        )
    if abs(number) >= 10**12:
        return problem("bad_number", line=line, field=spec.name, value=text)
    return int(number) if spec.type is Type.NUMBER else number


def _read_flag(_: Drafter, spec: Field, text: str, line: int) -> Value | ImportProblem:
    found = values.parse_flag(text)
    return problem("bad_flag", line=line, field=spec.name, value=text) if found is None else found


def _read_email(_: Drafter, spec: Field, text: str, line: int) -> Value | ImportProblem:
    return values.parse_email(text) or problem("bad_email", line=line, field=spec.name, value=text)


def _read_choice(_: Drafter, spec: Field, text: str, line: int) -> Value | ImportProblem:
    word = text.casefold().replace(" ", "_")
    if word in spec.choices:
        return word
    choices = ", ".join(spec.choices)
    return problem("bad_choice", line=line, field=spec.name, value=text, choices=choices)


def _read_category(_: Drafter, spec: Field, text: str, line: int) -> Value | ImportProblem:
    if why_no_category(text):
        return problem("bad_category", line=line, field=spec.name, value=text)
    return text


def _read_zone(_: Drafter, spec: Field, text: str, line: int) -> Value | ImportProblem:
    """An offset (-0500) is no zone; it is left out rather than refused."""
    if text[0] in "+-" or text[0].isdigit():
        return None
    found = values.parse_timezone(text)
    return found or problem("bad_timezone", line=line, field=spec.name, value=text)


def _read_language(_: Drafter, __: Field, text: str, ___: int) -> Value | ImportProblem:
    return values.language_code(text)


def _read_country(_: Drafter, __: Field, text: str, ___: int) -> Value | ImportProblem:
    return values.country_code(text)


Reader = Callable[[Drafter, Field, str, int], Value | ImportProblem]
READERS: dict[Type, Reader] = {
    Type.DATE: _read_date,
    Type.NUMBER: _read_number,
    Type.MONEY: _read_number,
    Type.FLAG: _read_flag,
    Type.EMAIL: _read_email,
    Type.CHOICE: _read_choice,
    Type.CATEGORY: _read_category,
    Type.TIMEZONE: _read_zone,
    Type.LANGUAGE: _read_language,
    Type.COUNTRY: _read_country,
}
