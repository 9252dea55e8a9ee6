import json
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from warmhand.apps.people.importing.fields import FIELDS, Kind
from warmhand.apps.people.importing.mapping import (
    Source,
    mapping_document,
    mapping_from,
    read_mapping,
)
from warmhand.apps.people.importing.problems import ImportRefused

EXAMPLES = Path(__file__).resolve().parents[3] / "examples" / "mappings"
CELLS = {"First": "Ada", "Last": "Lovelace", "Stage": "Won", "Closed": "2026-01-02", "Empty": ""}


@pytest.mark.parametrize(
    ("source", "text"),
    [
        (Source(columns=("First",)), "Ada"),
        (Source(columns=("First", "Empty", "Last")), "Ada Lovelace"),
        (Source(columns=("First", "Last"), join=", "), "Ada, Lovelace"),
        (Source(value="sale"), "sale"),
        (Source(template="Deal {Stage} of {Last}"), "Deal Won of Lovelace"),
        (Source(columns=("Stage",), translate={"won": "delivered"}), "delivered"),
        (Source(columns=("Stage",), translate={"x": "y"}), "Won"),
        (Source(columns=("Stage",), translate={"x": "y"}, otherwise="other"), "other"),
        (Source(columns=("Closed",), when={"Stage": ("won",)}), "2026-01-02"),
        (Source(columns=("Closed",), when={"Stage": ("Lost",)}), ""),
        (Source(columns=("Closed",), when={"Stage": ("*",)}), "2026-01-02"),
        (Source(columns=("Closed",), when={"Empty": ("*",)}), ""),
    ],
)
def test_where_the_text_of_a_field_comes_from(source, text):
    assert source.text(CELLS) == text


@pytest.mark.parametrize("path", sorted(EXAMPLES.glob("*.toml")), ids=lambda path: path.stem)
def test_the_examples_are_read_and_kept_without_loss(path):
    mapping = read_mapping(path)
    kept = json.loads(json.dumps(mapping_document(mapping)))
    assert mapping_from(kept) == mapping


def document(**changes):
    fields = {"name": "Name"} | changes.pop("fields", {})
    table = {"file": "a.csv", "kind": "clients", "fields": fields} | changes.pop("table", {})
    return {"source": "x", "table": [table]} | changes


@pytest.mark.parametrize(
    ("bad", "said"),
    [
        ([], "not a table"),
        ({"source": "x"}, "no [[table]]"),
        (document(source=""), "names no source"),
        (document(shift="tomorrow"), "last_day_is_yesterday"),
        (document(colour="red"), "“colour”"),
        (document(table={"kind": "people"}), "kind is one of"),
        (document(fields={"shoe": "Size"}), "no field “shoe”"),
        (document(fields={"email": {}}), "exactly one of"),
        (document(fields={"email": {"column": "a", "value": "b"}}), "exactly one of"),
        (document(fields={"email": {"column": "a", "by": "luck"}}), "by is one of"),
        (document(fields={"email": {"column": "a", "order": "day"}}), "year-month-day"),
        (document(fields={"email": {"column": "a", "x": 1}}), "“x”"),
    ],
)
def test_a_wrong_mapping_says_what_is_wrong(bad, said):
    with pytest.raises(ImportRefused) as caught:
        mapping_from(bad)
    assert caught.value.problem.code == "mapping_wrong"
    assert said in caught.value.problem.sentence


def test_a_field_that_cannot_be_missing():
    with pytest.raises(ImportRefused) as caught:
        mapping_from({"source": "x", "table": [{"kind": "commitments", "fields": {}}]})
    assert (caught.value.problem.code, caught.value.problem.field) == ("field_missing", "title")


def test_a_column_that_the_file_does_not_have():
    (table,) = mapping_from(document()).tables
    with pytest.raises(ImportRefused) as caught:
        table.check(("Nom",), Path("a.csv"))
    assert caught.value.problem.code == "column_missing"


def test_a_file_that_is_no_mapping(tmp_path):
    path = tmp_path / "m.toml"
    path.write_text("= broken")
    with pytest.raises(ImportRefused) as caught:
        read_mapping(path)
    assert caught.value.problem.code == "mapping_unreadable"


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3)
    ),
)


@given(JSON, JSON, st.sampled_from(Kind), st.data())
def test_any_document_is_read_or_refused_clearly(anything, field, kind, data):
    name = data.draw(st.sampled_from([each.name for each in FIELDS[kind]]))
    for candidate in (
        anything,
        {"source": "x", "table": [{"kind": kind, "fields": {name: field}}]},
    ):
        with suppress(ImportRefused):
            mapping = mapping_from(candidate)
            assert mapping_from(json.loads(json.dumps(mapping_document(mapping)))) == mapping
