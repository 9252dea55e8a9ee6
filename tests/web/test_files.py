"""Tables that pages hand out: one maker, harmless to a spreadsheet, read as UTF-8."""

from __future__ import annotations

import csv
import io
import re
from decimal import Decimal
from pathlib import Path

import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

import warmhand
from warmhand.apps.alliances.services import form_alliance
from warmhand.apps.directory.models import Provider
from warmhand.apps.people.importing.exporting import STARTS, csv_text
from warmhand.web.files import csv_answer

SOURCE = Path(warmhand.__file__).parent
FORMULA = "=HYPERLINK(0)"
CELLS = st.text(st.characters(codec="utf-8", exclude_characters="\x00"), max_size=20)


def read(answer) -> list[dict[str, str]]:
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    assert answer.content.startswith(b"\xef\xbb\xbf")
    return list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"), newline="")))


@given(st.lists(st.tuples(CELLS, CELLS), max_size=5))
def test_no_cell_is_a_formula_and_none_is_lost(rows):
    found = read(csv_answer("x.csv", csv_text(("a", "b"), rows)))
    assert len(found) == len(rows)
    for given_, made in zip(rows, found, strict=True):
        for before, after in zip(given_, made.values(), strict=True):
            assert after in (before, f"'{before}")
            assert not after.lstrip(" \u00a0\ufeff").startswith(STARTS)


def test_the_control_a_plain_writer_would_let_a_formula_through():
    out = io.StringIO()
    csv.writer(out).writerow([FORMULA])
    assert out.getvalue().startswith("=")
    assert read(csv_answer("x.csv", csv_text(("a",), [[FORMULA]]))) == [{"a": f"'{FORMULA}"}]


def test_numbers_stay_numbers():
    cells = [-3, -1.5, Decimal("-2.50"), "-3"]
    assert read(csv_answer("x.csv", csv_text(tuple("abcd"), [cells]))) == [
        {"a": "-3", "b": "-1.5", "c": "-2.50", "d": "'-3"}
    ]


def test_a_name_of_letters_beyond_ascii_and_quotes_is_a_safe_header():
    named = csv_answer('Ümlaut"\r\nX: y.csv', csv_text(("a",), ()))["Content-Disposition"]
    assert named.startswith("attachment; filename")
    assert "\n" not in named


@pytest.fixture
def allied(closed_world, inside):
    with inside():
        firm = Provider.objects.create(name=f"{FORMULA} Öl")
        form_alliance(by=closed_world.by, name=f"{FORMULA} Öl", provider_id=firm.pk)
    return closed_world


@pytest.mark.parametrize(
    ("route", "args", "name", "column"),
    [
        ("web:directory_export", ["csv"], "directory.csv", "name"),
        ("web:ledger_csv", [], "ledger.csv", "ally"),
        ("web:giving_csv", [], "giving.csv", None),
        ("web:favours-none-csv", [], "without-a-favour.csv", None),
    ],
)
def test_every_table_is_handed_out_the_same_way(allied, as_member, route, args, name, column):
    answer = as_member("owner").get(reverse(route, args=args))
    assert answer["Content-Disposition"] == f'attachment; filename="{name}"'
    rows = read(answer)
    if column:
        assert [row[column] for row in rows] == [f"'{FORMULA} Öl"]


def test_nobody_else_makes_or_hands_out_a_table():
    """The type of `csv_text` binds those who pass one on; this finds those who go round it."""
    round_it = re.compile(r"csv\.(?:writer|DictWriter)|\"text/csv;")
    found = {
        path.relative_to(SOURCE).as_posix()
        for path in SOURCE.rglob("*.py")
        if round_it.search(path.read_text())
    }
    # The tables of HSDS are for programs, and given as they are.
    hsds = "apps/directory/exchange/flattening.py"
    assert found == {"apps/people/importing/exporting.py", "web/files.py", hsds}
