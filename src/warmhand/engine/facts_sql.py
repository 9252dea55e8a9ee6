"""The facts as SQL in two shapes from one declaration: *few* (scalar aggregates per client) and
*batch* (group by).

A statement grows in place (`copy=False`): sqlglot would copy all that stands already at every step,
and the first verdict of a process would wait for that.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from sqlglot import exp

from warmhand.rulebook import FACTS, NEVER, FactInfo, Unit
from warmhand.rulebook.declare import VALUE_RANGE, Count, Latest, Nth, Own, Workspace
from warmhand.rulebook.tree import Certain, Column, Maybe, both

from .printer import Printer, big, bounded, coalesce, parameter, remainder, whole
from .relations import Tables
from .rows import packed_number

CLIENT_ROW = "c"
ROW = Printer(row="s")


@dataclass(slots=True)
class Group:
    """The aggregates over the rows of one source that belong to one key. `columns` maps SQL to
    its alias.
    """

    source: str
    by: str
    columns: dict[exp.Expr, str] = field(default_factory=dict)

    @property
    def alias(self) -> str:
        """Its name in the statement."""
        return f"{self.source}_by_{self.by}"

    def column(self, aggregate: exp.Expr) -> exp.Expr:
        """Take up an aggregate, once, and refer to it."""
        name = self.columns.setdefault(aggregate, f"a{len(self.columns)}")
        return exp.column(name, table=self.alias)

    def selected(self) -> Iterator[exp.Expr]:
        """The aggregates with their names."""
        return (exp.alias_(aggregate, name) for aggregate, name in self.columns.items())

    def rows(self) -> exp.Expr:
        """Where the rows come from."""
        return exp.alias_(exp.to_table(f"src_{self.source}"), "s", table=True)


def _aggregate(info: FactInfo) -> exp.Expr:
    """The aggregate that a fact rests on, over rows called `s`."""
    match info.definition:
        case Count() as each:
            return _filtered(exp.Count(this=exp.Star()), each)
        case Latest() as each:
            return _filtered(exp.Max(this=ROW.num(packed_number(each))), each)
        case Nth(nth=1) as each:
            kind = exp.Max if each.highest else exp.Min
            return _filtered(kind(this=_cell(each.column)), each)
        case Nth() as each:
            cell = _cell(each.column)
            order = exp.Order(this=cell, expressions=[exp.Ordered(this=cell, desc=each.highest)])
            return _filtered(exp.ArrayAgg(this=order), each)
    raise TypeError(f"{info.name} is no aggregate")


def _cell(column: Column | Maybe | None) -> exp.Expr:
    if column is None:
        raise TypeError("a column is needed")
    return exp.column(column.name, table="s")


def _filtered(aggregate: exp.Expr, definition: Count | Latest | Nth) -> exp.Expr:
    where = definition.where
    if isinstance(definition, Nth) and isinstance(definition.column, Maybe):
        where = both(where, definition.column.present)
    if where == Certain(True):
        return aggregate
    return exp.Filter(this=aggregate, expression=exp.Where(this=ROW.truth(where)))


def _value(info: FactInfo, found: exp.Expr) -> exp.Expr:
    """The fact out of its aggregate: never null, days since or until, held within NEVER."""
    default = whole(info.default)
    if info.unit in (Unit.COUNT, Unit.FLAG):
        return coalesce(found, default)
    if isinstance(info.definition, Latest):
        return coalesce(remainder(found, VALUE_RANGE), default)
    if info.unit is Unit.SCORE:
        return coalesce(found, default)
    today = parameter("today")
    days = (
        exp.Sub(this=today, expression=found)
        if info.unit is Unit.AGE
        else exp.Add(this=exp.Sub(this=found, expression=today), expression=whole(info.plus))
    )
    return bounded(coalesce(days, default), NEVER)


@dataclass(frozen=True, slots=True)
class FactList:
    """Every fact as an expression over the client's row and the groups."""

    facts: dict[str, exp.Expr]
    groups: tuple[Group, ...]

    def selected(self) -> list[exp.Expr]:
        """The client and its facts, each with its name."""
        client = exp.column("client", table=CLIENT_ROW)
        return [client, *(exp.alias_(big(each), name) for name, each in self.facts.items())]


def fact_list() -> FactList:
    """The declarations of all facts, gathered by source and key."""
    groups: dict[tuple[str, str], Group] = {}
    facts = {name: _expression(info, groups) for name, info in FACTS.items()}
    return FactList(facts, tuple(groups.values()))


def _expression(info: FactInfo, groups: dict[tuple[str, str], Group]) -> exp.Expr:
    definition = info.definition
    if isinstance(definition, Workspace):
        return parameter(info.name)
    if isinstance(definition, (Own, Nth)) and definition.source.name == "client":
        if definition.column is None:
            raise TypeError("a column is needed")
        return _value(info, exp.column(definition.column.name, table=CLIENT_ROW))
    key = (definition.source.name, definition.by)
    group = groups.setdefault(key, Group(*key))
    found = group.column(_aggregate(info))
    if isinstance(definition, Nth) and definition.nth > 1:
        found = exp.Bracket(this=found, expressions=[whole(definition.nth - 1)])
    return _value(info, found)


def _clients() -> exp.Expr:
    return exp.alias_(exp.to_table("src_client"), CLIENT_ROW, table=True)


def batch_facts() -> exp.Select:
    """All clients: each source grouped by its key and joined. For whole populations."""
    listed = fact_list()
    query = exp.select(*listed.selected()).from_(_clients(), copy=False)
    for group in listed.groups:
        key = exp.column(group.by, table="s")
        inner = exp.select(key, *group.selected()).from_(group.rows(), copy=False).group_by(key)
        same = _same_key(group, group.alias)
        query = query.join(inner.subquery(group.alias), on=same, join_type="left", copy=False)
    return query


def few_facts(only: exp.Expr) -> exp.Select:
    """The clients for which `only` is true: scalar aggregates per source, each an index look-up."""
    listed = fact_list()
    query = exp.select(*listed.selected()).from_(_clients(), copy=False)
    for group in listed.groups:
        inner = exp.select(*group.selected()).from_(group.rows(), copy=False)
        inner = inner.where(_same_key(group, "s"), copy=False)
        lateral = exp.Lateral(
            this=inner.subquery(), alias=exp.TableAlias(this=exp.to_identifier(group.alias))
        )
        query = query.join(lateral, join_type="cross", copy=False)
    return query.where(only, copy=False)


def _same_key(group: Group, alias: str) -> exp.Expr:
    mine = exp.column(group.by, table=CLIENT_ROW)
    return exp.column(group.by, table=alias).eq(mine)


def client_column() -> exp.Column:
    """The client of the row at hand, to be compared in `few_facts`."""
    return exp.column("client", table=CLIENT_ROW)


def statement(tables: Tables, body: exp.Expr, dialect: str) -> str:
    """The statement with its sources before it. Never materialised: filters must reach the
    tables.
    """
    parts = (f"src_{name} AS NOT MATERIALIZED ({text})" for name, text in tables.selects)
    return f"WITH {', '.join(parts)} {body.sql(dialect=dialect)}"
