"""A mapping: how the tables of one source become records. Read from TOML, kept as JSON.

source = "northwind"                # with the identifier: who a record is, at every import
shift = "last_day_is_yesterday"     # optional: move all dates of the set by one same distance

[[table]]
file = "orders.csv"                 # a name or a pattern
kind = "commitments"
[table.fields]
source_ref = "OrderID"                                    # a column
title = { template = "Order {OrderID}" }                  # columns inside words
kind = { value = "order" }                                # the same for every row
name = { columns = ["FirstName", "LastName"], join = " " }
delivered_on = { column = "close_date", when = { deal_stage = ["Won"] } }
kind = { column = "type", translate = { Sale = "sale" }, otherwise = "promise" }
client = { column = "CustomerID", by = "source_ref" }     # or name, email, any
due_on = { column = "Due", order = "day-month-year" }     # where the column does not settle it
"""

from __future__ import annotations

import json
import re
import tomllib
from dataclasses import dataclass, field
from fnmatch import fnmatch
from pathlib import Path
from typing import Any, TypeVar

from warmhand.apps.people.importing.fields import FIELDS, Kind, field_of
from warmhand.apps.people.importing.problems import ImportRefused, refused
from warmhand.apps.people.importing.values import DateOrder, DecimalMark

SHIFT = "last_day_is_yesterday"
BYS = ("any", "source_ref", "email", "name")
PLACEHOLDER = re.compile(r"\{([^{}]+)\}")
SOURCE_KEYS = {
    "column", "columns", "join", "value", "template", "translate", "otherwise", "when", "by",
    "order", "decimal",
}  # fmt: skip
TABLE_KEYS = {"file", "kind", "fields", "encoding", "sheet", "country", "note"}
SET_KEYS = {"name", "source", "shift", "table", "note"}


@dataclass(frozen=True, slots=True)
class Source:
    """Where the text of one field comes from. Exactly one of columns, value, template is given."""

    columns: tuple[str, ...] = ()
    join: str = " "
    value: str = ""
    template: str = ""
    translate: dict[str, str] = field(default_factory=dict)
    otherwise: str | None = None
    when: dict[str, tuple[str, ...]] = field(default_factory=dict)
    """Column -> values it may have ("*" is any but empty); else the field stays empty."""
    by: str = "any"
    order: DateOrder | None = None
    decimal: DecimalMark | None = None

    def needed(self) -> set[str]:
        """Every column this source reads."""
        return {*self.columns, *self.when, *PLACEHOLDER.findall(self.template)}

    def text(self, cells: dict[str, str]) -> str:
        """The field's text for one row."""
        if not all(_allowed(cells[column], values) for column, values in self.when.items()):
            return ""
        text = self._raw(cells)
        if self.translate:
            known = {old.casefold(): new for old, new in self.translate.items()}
            unknown = text if self.otherwise is None else self.otherwise
            return known.get(text.casefold(), unknown)
        return text

    def _raw(self, cells: dict[str, str]) -> str:
        if self.template:
            return PLACEHOLDER.sub(lambda found: cells[found[1]], self.template).strip()
        if self.columns:
            return self.join.join(cells[name] for name in self.columns if cells[name])
        return self.value


def _allowed(cell: str, values: tuple[str, ...]) -> bool:
    return (bool(cell) and "*" in values) or cell.casefold() in {v.casefold() for v in values}


@dataclass(frozen=True, slots=True)
class TableMapping:
    """What the rows of one file become."""

    file: str
    kind: Kind
    fields: dict[str, Source]
    encoding: str | None = None
    sheet: str | None = None
    country: str | None = None

    def fits(self, path: Path) -> bool:
        """Whether this mapping is for `path`, by its name."""
        return fnmatch(path.name.casefold(), self.file.casefold())

    def check(self, columns: tuple[str, ...], path: Path) -> None:
        """Raise `ImportRefused` when a column it needs is not in the file."""
        for source in self.fields.values():
            for name in sorted(source.needed()):
                if name not in columns:
                    raise refused("column_missing", field=name, path=path.name)


@dataclass(frozen=True, slots=True)
class SetMapping:
    """The tables of one source, in the order in which they are imported."""

    source: str
    tables: tuple[TableMapping, ...]
    name: str = ""
    shift: bool = False


def read_mapping(path: Path) -> SetMapping:
    """Read a mapping file, TOML or JSON by its ending; raises `ImportRefused`."""
    try:
        text = path.read_text("utf-8")
        document = json.loads(text) if path.suffix == ".json" else tomllib.loads(text)
    except (OSError, ValueError) as error:
        raise refused("mapping_unreadable", why=error) from None
    return mapping_from(document)


def mapping_from(document: object) -> SetMapping:
    """Check a mapping given as plain JSON values; raises `ImportRefused` naming what is wrong."""
    whole = _table(document, "the mapping", SET_KEYS)
    tables = whole.get("table")
    if not isinstance(tables, list) or not tables:
        raise _wrong("it has no [[table]]")
    source = str(whole.get("source", "")).strip()
    if not source:
        raise _wrong("it names no source")
    return SetMapping(
        source=source,
        tables=tuple(_read_table(each) for each in tables),
        name=str(whole.get("name", source)),
        shift=_shift(whole.get("shift", "")),
    )


def _shift(value: object) -> bool:
    if value not in ("", "none", SHIFT):
        raise _wrong(f"shift can only be “{SHIFT}”")
    return value == SHIFT


def _read_table(document: object) -> TableMapping:
    table = _table(document, "a table", TABLE_KEYS)
    try:
        kind = Kind(table.get("kind", ""))
    except ValueError:
        raise _wrong(f"kind is one of {', '.join(Kind)}") from None
    fields = _table(table.get("fields", {}), "fields", None)
    sources = {name: _read_source(kind, name, each) for name, each in fields.items()}
    for each in FIELDS[kind]:
        if each.required and each.name not in sources and not _named_in_parts(each.name, sources):
            raise refused("field_missing", field=each.name, kind=kind)
    return TableMapping(
        file=str(table.get("file", "*")),
        kind=kind,
        fields=sources,
        encoding=table.get("encoding"),
        sheet=table.get("sheet"),
        country=table.get("country"),
    )


def _named_in_parts(name: str, sources: dict[str, Source]) -> bool:
    return name == "name" and bool({"given_name", "family_name"} & sources.keys())


def _read_source(kind: Kind, name: str, document: object) -> Source:
    if field_of(kind, name) is None:
        raise _wrong(f"{kind} have no field “{name}”")
    if isinstance(document, str):
        return Source(columns=(document,))
    given = _table(document, f"the field “{name}”", SOURCE_KEYS)
    columns = given.get("columns", [given["column"]] if "column" in given else [])
    if sum(map(bool, (columns, "value" in given, "template" in given))) != 1:
        raise _wrong(f"“{name}” needs exactly one of column, columns, value, template")
    if given.get("by", "any") not in BYS:
        raise _wrong(f"by is one of {', '.join(BYS)}")
    return Source(
        columns=tuple(map(str, columns)),
        join=str(given.get("join", " ")),
        value=str(given.get("value", "")),
        template=str(given.get("template", "")),
        translate=_texts(given.get("translate", {}), name),
        otherwise=given.get("otherwise"),
        when={k: _values(v) for k, v in _table(given.get("when", {}), "when", None).items()},
        by=given.get("by", "any"),
        order=_choice(DateOrder, given.get("order")),
        decimal=_choice(DecimalMark, given.get("decimal")),
    )


def _values(value: object) -> tuple[str, ...]:
    return tuple(map(str, value)) if isinstance(value, list) else (str(value),)


def _texts(value: object, name: str) -> dict[str, str]:
    return {str(k): str(v) for k, v in _table(value, f"translate of “{name}”", None).items()}


Marked = TypeVar("Marked", DateOrder, DecimalMark)


def _choice(kind: type[Marked], value: str | None) -> Marked | None:
    try:
        return None if value is None else kind(value)
    except ValueError:
        raise _wrong(f"“{value}” is not one of {', '.join(kind)}") from None


def _table(document: object, what: str, keys: set[str] | None) -> dict[str, Any]:
    if not isinstance(document, dict):
        raise _wrong(f"{what} is not a table of names and values")
    strange = sorted(map(str, document.keys() - keys)) if keys else []
    if strange:
        raise _wrong(f"{what} knows no “{strange[0]}”")
    return document


def _wrong(why: str) -> ImportRefused:
    return refused("mapping_wrong", why=why)


def mapping_document(mapping: SetMapping) -> dict[str, Any]:
    """The mapping as plain JSON values; `mapping_from` reads it back to an equal mapping."""
    document: dict[str, Any] = {"name": mapping.name, "source": mapping.source}
    if mapping.shift:
        document["shift"] = SHIFT
    return document | {"table": [_table_document(table) for table in mapping.tables]}


def _table_document(table: TableMapping) -> dict[str, Any]:
    named = {"encoding": table.encoding, "sheet": table.sheet, "country": table.country}
    return {
        "file": table.file,
        "kind": str(table.kind),
        **{name: value for name, value in named.items() if value},
        "fields": {name: _source_document(source) for name, source in table.fields.items()},
    }


def _source_document(source: Source) -> dict[str, Any]:
    document: dict[str, Any] = {}
    if source.columns:
        document["columns"] = list(source.columns)
    elif source.template:
        document["template"] = source.template
    else:
        document["value"] = source.value
    default = Source()
    for name in ("join", "translate", "otherwise", "by", "order", "decimal"):
        if (value := getattr(source, name)) != getattr(default, name):
            document[name] = value
    if source.when:
        document["when"] = {name: list(values) for name, values in source.when.items()}
    return document
