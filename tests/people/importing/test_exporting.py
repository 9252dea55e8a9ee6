import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from warmhand.apps.people.importing.exporting import csv_text, neutral

PAYLOADS = [
    "=1+1", "+1", "-1+2", "@SUM(A1)", "\t=1", "\r=1", "\n=1", " =1", "＝1+1", "|calc", "%0A=1",
    "=cmd|' /C calc'!A0", '=HYPERLINK("http://x","y")', "\ufeff=1", "\u00a0=1", "＠x", "－1", "＋1",
]  # fmt: skip


@pytest.mark.parametrize("payload", PAYLOADS)
def test_a_formula_leaves_as_text(payload):
    assert neutral(payload) == f"'{payload}"


@given(st.lists(st.text(), min_size=1, max_size=4))
def test_no_cell_that_leaves_begins_like_a_formula(cells):
    (_, row) = csv.reader(io.StringIO(csv_text(["a"] * len(cells), [cells]), newline=""))
    assert not any(cell.lstrip().startswith(("=", "+", "-", "@")) for cell in row)
    assert [
        cell.removeprefix("'") if cell != old else cell
        for cell, old in zip(row, cells, strict=True)
    ] == cells
