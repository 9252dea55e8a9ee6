import datetime
import json
import subprocess
import sys
import zipfile

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from warmhand.apps.people.importing import workbook_child, workbook_reading
from warmhand.apps.people.importing.limits import Limits
from warmhand.apps.people.importing.problems import ImportRefused
from warmhand.apps.people.importing.reading import open_table


def book(folder, rows, title="People"):
    workbook = Workbook()
    sheet = workbook.active
    sheet.title = title
    for row in rows:
        sheet.append(row)
    path = folder / "people.xlsx"
    workbook.save(path)
    return path


def read(path, **options):
    with open_table(path, **options) as table:
        return list(table.rows())


def code_of(path, **options):
    with pytest.raises(ImportRefused) as caught:
        read(path, **options)
    return caught.value.problem.code


def test_cells_are_read_as_the_text_a_csv_would_hold(tmp_path):
    path = book(
        tmp_path,
        [
            ["name", "born", "since", "value", "ok", "sum"],
            [" Ada ", datetime.date(2026, 2, 28), datetime.datetime(2026, 1, 2, 3, 4), 5.0, True,
             "=1+1"],
            [None, None, None, 2.5, False, None],
        ],
    )  # fmt: skip
    first, second = read(path)
    assert list(first.cells.values()) == [
        "Ada", "2026-02-28", "2026-01-02 03:04:00", "5", "yes", "=1+1",
    ]  # fmt: skip
    assert second.line == 3
    assert second.cells["value"] == "2.5"


def test_another_sheet_can_be_named_and_a_missing_one_is_refused(tmp_path):
    workbook = Workbook()
    workbook.active.append(["a"])
    workbook.create_sheet("Two").append(["b"])
    path = tmp_path / "people.xlsx"
    workbook.save(path)
    with open_table(path, sheet="Two") as table:
        assert table.columns == ("b",)
    assert code_of(path, sheet="Three") == "sheet_missing"


def test_a_row_that_is_wider_than_the_header_is_refused_alone(tmp_path):
    rows = read(book(tmp_path, [["a", "b"], [1, 2, 3], [1, None], [1, 2]]))
    assert rows[0].problems[0].code == "too_many_cells"
    assert [row.cells["b"] for row in rows[1:]] == ["", "2"]


def test_three_hundred_columns_and_too_many_rows(tmp_path):
    assert code_of(book(tmp_path, [[f"c{n}" for n in range(300)]])) == "too_many_columns"
    path = book(tmp_path, [["a"], *[[n] for n in range(12)]])
    assert code_of(path, limits=Limits(rows=10)) == "too_many_rows"


def test_what_is_no_workbook_is_refused(tmp_path):
    path = tmp_path / "people.xlsx"
    path.write_bytes(b"name,city\nAda,Bonn\n")
    assert code_of(path) == "not_a_workbook"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("hello.txt", "hello")
    assert code_of(path) == "not_a_workbook"


@pytest.mark.parametrize("part", ["xl/workbook.xml", "xl/worksheets/sheet1.xml"])
def test_entities_are_refused(tmp_path, part):
    good = book(tmp_path, [["a"], ["b"]])
    path = tmp_path / "entities.xlsx"
    with zipfile.ZipFile(good) as old, zipfile.ZipFile(path, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            if name == part:
                start = b'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>'
                content = (
                    content.replace(b"<", start + b"<", 1)
                    if b"<?xml" not in content[:6]
                    else content.replace(b"?>", b"?>" + start, 1)
                )
            new.writestr(name, content)
    assert code_of(path) == "workbook_unsafe"


def test_a_broken_child_is_a_clear_refusal(tmp_path, monkeypatch):
    path = book(tmp_path, [["a"], ["b"]])

    def ended(*_arguments, **_options):
        return subprocess.CompletedProcess([], returncode=-24)

    monkeypatch.setattr(workbook_reading.subprocess, "run", ended)
    assert code_of(path) == "workbook_too_slow"


def test_the_child_knows_no_django_and_little_else():
    """It opens strangers' files: nothing of the application may be reachable in it."""
    program = f"import {workbook_child.__name__}, sys, json; print(json.dumps(sorted(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, check=True)
    loaded = set(json.loads(done.stdout))
    assert not {"django", "psycopg", "openpyxl"} & loaded


CELLS = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(10**12), 10**12),
    st.text(st.characters(codec="utf-8", exclude_categories=("Cs", "Cc", "Cn")), max_size=20),
    st.dates(datetime.date(1950, 1, 1), datetime.date(2100, 1, 1)),
)


@settings(max_examples=5, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(st.lists(CELLS, min_size=3, max_size=3), min_size=1, max_size=30))
def test_every_filled_row_of_a_workbook_is_read(tmp_path, rows):
    texts = [[workbook_child.as_text(cell, 100).strip() for cell in row] for row in rows]
    path = book(tmp_path, [["a", "b", "c"], *rows])
    wanted = [row for row in texts if any(row)]
    assert [list(row.cells.values()) for row in read(path) if any(row.cells.values())] == wanted
