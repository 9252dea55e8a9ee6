import csv
import io
import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from warmhand.apps.people.importing.limits import LIMITS, Limits
from warmhand.apps.people.importing.problems import ImportRefused
from warmhand.apps.people.importing.reading import open_table
from warmhand.apps.people.importing.rows import Refusal, Row


def read(path, **options):
    with open_table(path, **options) as table:
        return list(table.rows())


def write(folder, content, name="people.csv"):
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def outcome(path, **options):
    """(rows, None), or ([], the problem of the whole file)."""
    try:
        return read(path, **options), None
    except ImportRefused as error:
        return [], error.problem


def refusal_of(path, **options):
    with pytest.raises(ImportRefused) as caught:
        read(path, **options)
    return caught.value.problem


def test_rows_carry_the_line_on_which_they_begin(tmp_path):
    path = write(tmp_path, 'name,note\nAda,"two\nlines"\n\nBo,x\n')
    assert read(path) == [
        Row(2, {"name": "Ada", "note": "two\nlines"}),
        Row(5, {"name": "Bo", "note": "x"}),
    ]


@pytest.mark.parametrize("mark", [",", ";", "\t", "|"])
def test_the_separator_is_found(tmp_path, mark):
    path = write(tmp_path, mark.join(("name", "city")) + "\n" + mark.join(("Ada", "Köln")) + "\n")
    assert read(path)[0].cells == {"name": "Ada", "city": "Köln"}


def test_a_separator_line_of_a_spreadsheet_is_obeyed(tmp_path):
    assert read(write(tmp_path, "sep=;\na;b,c\n1;2\n"))[0].cells == {"a": "1", "b,c": "2"}


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252", "utf-32"]
)
def test_the_encoding_is_found(tmp_path, encoding):
    text = "name,city\n" + "Jürgen Groß,Düsseldorf\nMéline Façade,Besançon\n" * 20
    path = write(tmp_path, text.encode(encoding))
    assert {row.cells["city"] for row in read(path)} == {"Düsseldorf", "Besançon"}


def test_a_stated_encoding_that_is_wrong_is_named_with_its_line(tmp_path):
    path = write(tmp_path, b"name\nAda\nJ\xfcrgen\n")
    found = refusal_of(path, encoding="utf-8")
    assert (found.code, found.line) == ("encoding_wrong", 3)
    assert "0xfc" in found.sentence


def test_a_mark_that_lies_about_the_encoding_is_named_with_its_line(tmp_path):
    found = refusal_of(write(tmp_path, b"\xef\xbb\xbfname\nJ\xfcrgen\n"))
    assert (found.code, found.line) == ("encoding_wrong", 2)


def test_an_encoding_nobody_knows(tmp_path):
    assert refusal_of(write(tmp_path, "a\nb\n"), encoding="klingon").code == "encoding_unknown"


@pytest.mark.parametrize(
    "content",
    [b"PK\x03\x04rest", b"%PDF-1.7", b"\x89PNG\r\n", b"a,b\n\x00\x01\x02\xff\xfe\x00", b"\x7fELF"],
)
def test_a_binary_file_called_csv_is_refused(tmp_path, content):
    assert refusal_of(write(tmp_path, content)).code == "binary_file"


@pytest.mark.parametrize(
    ("content", "line"),
    [
        ('name,city\nAda,Köln\n"Bo,Bonn\nCy,Trier\n', 3),
        ('name,city\nAda,"Köln\n' + "x,y\n" * 2000, 2),
        ('name,city\nAda,"Köln\n"Bo","Bonn"\n', 2),
    ],
)
def test_half_a_quote_is_named_with_the_line_where_it_opened(tmp_path, content, line):
    found = refusal_of(write(tmp_path, content))
    assert (found.code, found.line) == ("quote_not_closed", line)


def test_a_stray_quote_within_one_line_refuses_that_row_only(tmp_path):
    rows = read(write(tmp_path, 'name,city\n"A"d"a",Köln\nBo,Bonn\n'))
    assert rows[0].problems[0].code == "quote_inside"
    assert rows[1].cells["name"] == "Bo"


def test_rows_with_too_few_or_too_many_cells_are_refused_alone(tmp_path):
    rows = read(write(tmp_path, "a,b\n1\n1,2,3\n1,2\n"))
    assert [r.problems[0].code for r in rows[:2]] == ["too_few_cells", "too_many_cells"]
    assert [r.line for r in rows] == [2, 3, 4]


def test_three_hundred_columns_are_refused(tmp_path):
    header = ",".join(f"c{n}" for n in range(300))
    assert refusal_of(write(tmp_path, f"{header}\n{header}\n")).code == "too_many_columns"


def test_a_field_of_ten_megabytes_refuses_its_row_and_keeps_the_others(tmp_path):
    rows = read(write(tmp_path, "a,b\n1,2\n" + "x" * 10_000_000 + ",2\n3,4\n"))
    assert [type(row) for row in rows] == [Row, Refusal, Row]
    assert (rows[1].line, rows[1].problems[0].code) == (3, "line_too_long")


def test_a_field_of_ten_megabytes_with_line_breaks_is_refused(tmp_path):
    content = 'a,b\n1,"' + ("x" * 50_000 + "\n") * 200 + '"\n3,4\n'
    assert refusal_of(write(tmp_path, content)).code == "quote_not_closed"


def test_a_cell_longer_than_a_spreadsheet_holds_is_refused_with_its_column(tmp_path):
    rows = read(write(tmp_path, "a,b\n1," + "x" * 40_000 + "\n2," + "y" * 200_000 + "\n"))
    assert [r.problems[0].code for r in rows] == ["cell_too_long", "cell_too_long"]
    assert rows[0].problems[0].field == "b"


def test_more_rows_than_the_limit(tmp_path):
    path = write(tmp_path, "a\n" + "1\n" * 11)
    assert refusal_of(path, limits=Limits(rows=10)).code == "too_many_rows"
    assert len(read(path, limits=Limits(rows=11))) == 11


@pytest.mark.parametrize("content", ["", "\n\n", ",,\n"])
def test_an_empty_file(tmp_path, content):
    assert refusal_of(write(tmp_path, content)).code == "file_empty"


def test_names_of_columns_are_each_there_once(tmp_path):
    with open_table(write(tmp_path, "a,,a\n1,2,3\n")) as table:
        assert table.columns == ("a", "column 2", "a (2)")


def test_a_file_of_an_unknown_kind_and_one_that_is_missing(tmp_path):
    assert refusal_of(write(tmp_path, "x", "x.exe")).code == "file_kind_unknown"
    assert refusal_of(tmp_path / "none.csv").code == "file_missing"


CELL = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cs", "Cc", "Cn")) | st.just("\n"), max_size=12
)


@given(st.lists(st.lists(CELL, min_size=3, max_size=3).filter(any), min_size=1, max_size=12))
def test_whatever_was_written_properly_is_read_back(tmp_path_factory, table):
    out = io.StringIO()
    writer = csv.writer(out, quoting=csv.QUOTE_ALL, lineterminator="\n")
    writer.writerow(["a", "b", "c"])
    writer.writerows(table)
    path = write(tmp_path_factory.mktemp("csv"), out.getvalue())
    wanted = [[cell.strip() for cell in row] for row in table]
    assert [list(row.cells.values()) for row in read(path, encoding="utf-8")] == wanted


@given(st.binary(max_size=400))
def test_any_bytes_give_rows_or_one_clear_refusal(tmp_path_factory, content):
    path = write(tmp_path_factory.mktemp("csv"), content)
    rows, refused = outcome(path)
    assert all(isinstance(row, Row | Refusal) for row in rows)
    assert refused is None or (refused.sentence and refused.mend)


@given(st.text(string.ascii_letters + '",;\n', max_size=200))
def test_no_text_is_lost_without_a_word(tmp_path_factory, text):
    """Every letter of the file is in a row, in a refused row, or the file is refused."""
    path = write(tmp_path_factory.mktemp("csv"), "a,b\n" + text)
    try:
        rows = read(path)
    except ImportRefused:
        return
    if any(isinstance(row, Refusal) for row in rows):
        return
    kept = "".join(cell for row in rows for cell in row.cells.values())
    wanted = [c for c in text if c in string.ascii_letters]
    assert [c for c in kept if c in string.ascii_letters] == wanted


def test_the_limits_are_what_the_safety_page_says():
    assert (LIMITS.zip_ratio, LIMITS.zip_entries, LIMITS.rows) == (100, 1_000, 100_000)
    assert LIMITS.card_line_bytes == 64 * 1024
