"""The forms of an import: the upload, and which column is which field."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django import forms

from warmhand.apps.people.importing.fields import FIELDS, Kind, Type
from warmhand.apps.people.importing.guessing import guess_table, source_of
from warmhand.apps.people.importing.mapping import SetMapping, Source, TableMapping
from warmhand.apps.people.importing.planning import PlannedTable
from warmhand.apps.people.importing.values import DateOrder

KEPT = "*kept*"
"""Stands for a source that is more than one column, which this page leaves as it is."""
ORDERS = [("", "as the column shows"), *((order.value, order.value) for order in DateOrder)]


class Upload(forms.Form):
    """A file, and the mapping to begin with."""

    file = forms.FileField(
        help_text="CSV, Excel (.xlsx) or vCard (.vcf), at most 100 MB and 100,000 rows.",
        widget=forms.FileInput({"accept": ".csv,.tsv,.txt,.xlsx,.vcf,.vcard"}),
    )
    mapping = forms.ChoiceField(required=False, help_text="How its columns are to be read.")

    def __init__(self, *arguments: Any, kept: list[tuple[str, str]], **options: Any) -> None:
        super().__init__(*arguments, **options)
        chosen: Any = self.fields["mapping"]
        chosen.choices = [("", "Guess the columns"), *kept]


class Columns(forms.Form):
    """Which column is which field of one uploaded table."""

    kind = forms.ChoiceField(
        label="The rows are", choices=[(kind.value, kind.value) for kind in Kind]
    )
    source = forms.CharField(
        label="Source",
        max_length=60,
        help_text="Whose identifiers these are. The same source again updates, never doubles.",
    )
    shift = forms.BooleanField(
        label="Move all dates, so that the last thing that took place was yesterday",
        required=False,
    )
    save_as = forms.CharField(
        label="Keep this mapping as",
        max_length=120,
        required=False,
        help_text="A name under which to find it at the next upload.",
    )

    def __init__(
        self, data: Any, *, table: PlannedTable, mapping: SetMapping, kind: Kind | None = None
    ) -> None:
        self.table, self.mapping = table, mapping
        self.of_kind = kind or table.mapping.kind
        self.now = _now(table, self.of_kind)
        initial = {"kind": self.of_kind, "source": mapping.source, "shift": mapping.shift}
        super().__init__(data, initial=initial)
        for spec in FIELDS[self.of_kind]:
            self.fields[f"f_{spec.name}"] = self._column(spec.name, spec.label)
            if spec.type is Type.DATE:
                self.fields[f"o_{spec.name}"] = self._order(spec.name, spec.label)

    def _column(self, name: str, label: str) -> forms.ChoiceField:
        source = self.now.get(name)
        columns = [(column, column) for column in self.table.table.columns]
        choices = [("", "— leave it out —"), *columns]
        simple = source is None or replace(source, order=None, by="any") == Source(
            columns=source.columns[:1]
        )
        if not simple:
            choices.append((KEPT, "as the mapping says"))
        initial = (KEPT if not simple else source.columns[0]) if source else ""
        return forms.ChoiceField(label=label, choices=choices, required=False, initial=initial)

    def _order(self, name: str, label: str) -> forms.ChoiceField:
        source = self.now.get(name)
        initial = source.order.value if source and source.order else ""
        return forms.ChoiceField(
            label=f"{label}: order", choices=ORDERS, required=False, initial=initial
        )

    def rows(self) -> list[dict[str, Any]]:
        """A line of the page for each field: how it is chosen, why, and examples."""
        guess = self.table.guess
        same = guess is not None and guess.kind == self.of_kind
        guesses = {each.field: each for each in guess.columns} if guess and same else {}
        return [
            {
                "field": self[f"f_{spec.name}"],
                "order": self[f"o_{spec.name}"] if spec.type is Type.DATE else None,
                "required": spec.required,
                "guess": guesses.get(spec.name),
                "examples": self._examples(spec.name),
            }
            for spec in FIELDS[self.of_kind]
        ]

    def _examples(self, name: str) -> str:
        source = self.now.get(name)
        columns = source.columns if source else ()
        return ", ".join(self.table.survey.profiles[columns[0]].examples) if columns else ""

    def chosen(self) -> SetMapping:
        """The mapping as it was chosen; only for a valid form."""
        given = self.cleaned_data
        fields: dict[str, Source] = {}
        for spec in FIELDS[self.of_kind]:
            column = given.get(f"f_{spec.name}", "")
            if column == KEPT:
                fields[spec.name] = self.now[spec.name]
            elif column:
                order = given.get(f"o_{spec.name}")
                made = source_of(spec.name, column)
                fields[spec.name] = replace(made, order=DateOrder(order) if order else None)
        table = replace(self.table.mapping, kind=self.of_kind, fields=fields)
        return replace(self.mapping, source=given["source"], shift=given["shift"], tables=(table,))


def _now(table: PlannedTable, kind: Kind) -> dict[str, Source]:
    """The sources of the mapping at hand, or the guess for another kind."""
    if kind == table.mapping.kind:
        return table.mapping.fields
    made: TableMapping = guess_table(table.table, table.survey, kind).mapping(table.table.path)
    return made.fields
