"""LinkedIn's list of connections, in any shape; nothing by which people are reached gets in."""

from __future__ import annotations

import codecs
import csv
import datetime as dt
import io
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from warmhand.apps.people.importing.connections import (
    HEADERS,
    Connection,
    connections,
    is_header,
    open_connections,
)
from warmhand.apps.people.importing.limits import Limits
from warmhand.apps.people.importing.problems import ImportRefused
from warmhand.apps.people.importing.rows import Refusal
from warmhand.apps.people.third_persons import REACHES

TODAY = dt.date(2026, 3, 1)
HEAD = "First Name,Last Name,URL,Email Address,Company,Position,Connected On\n"
NOTES = (
    "Notes:\n"
    '"When exporting your connection data, you may notice that some of the email addresses are '
    'missing. See https://www.linkedin.com/psettings/privacy/email."\n\n'
)
ROW = (
    "Ines,Marl,https://www.linkedin.com/in/inesmarl,ines@marl.example,"
    '"Marl, Design & Co",Head of Stock,14 Mar 2023\n'
)


def read(tmp_path, content, name="Connections.csv", most=1_000, **limits):
    path = tmp_path / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    with open_connections(path, Limits(**limits)) as table:
        return list(connections(table, today=TODAY, most=most))


def problems(found):
    return [
        (each.line, problem.field, problem.code)
        for each in found
        if isinstance(each, Refusal)
        for problem in each.problems
    ]


def code_of(tmp_path, content, **more):
    with pytest.raises(ImportRefused) as caught:
        read(tmp_path, content, **more)
    assert caught.value.sentence
    assert caught.value.lift
    return caught.value.code


INES = Connection(5, "Ines Marl", "Marl, Design & Co", "Head of Stock", dt.date(2023, 3, 14))


def test_the_list_as_linkedin_gives_it(tmp_path):
    assert read(tmp_path, NOTES + HEAD + ROW) == [INES]


@pytest.mark.parametrize(
    "content",
    [
        codecs.BOM_UTF8 + (NOTES + HEAD + ROW).encode(),
        (NOTES + HEAD + ROW).replace("\n", "\r\n").encode(),
        codecs.BOM_UTF16_LE + (NOTES + HEAD + ROW).encode("utf-16-le"),
    ],
)
def test_marks_and_line_ends_of_other_systems(tmp_path, content):
    assert read(tmp_path, content) == [INES]


def test_in_the_zip_that_linkedin_sends(tmp_path):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("Profile.csv", "First Name,Last Name\nAda,Kettle\n")
        archive.writestr("export/connections.csv", "First Name,Last Name\nToo,Deep\n")
        archive.writestr("Connections.csv", NOTES + HEAD + ROW)
    assert read(tmp_path, packed.getvalue(), name="Basic_LinkedInDataExport.zip") == [INES]


@pytest.mark.parametrize(
    ("head", "row", "expected"),
    [
        ("Vorname;Nachname;Firma;Position;Vernetzt am", "Jörg;Groß;Öl AG;Leiter;14. März 2023",
         ("Jörg Groß", "Öl AG", "Leiter", dt.date(2023, 3, 14))),
        ("Prénom,Nom,Entreprise,Poste", "Zoë,Ôt,Bâti,Chef", ("Zoë Ôt", "Bâti", "Chef", None)),
        ("Nombre,Apellidos,Empresa,Cargo,Conectado el", "Eva,Ruiz,Sol,Jefa,14 mar 2023",
         ("Eva Ruiz", "Sol", "Jefa", dt.date(2023, 3, 14))),
        ("First Name,Last Name,Email Address,Company,Position,Connected On",
         'Bo,Li,,Hull,Cook,"8/12/15, 4:14 PM"', ("Bo Li", "Hull", "Cook", dt.date(2015, 8, 12))),
        ("First Name\tLast Name\tCompany", "Bo\tLi\tHull", ("Bo Li", "Hull", "", None)),
        ("Name,Company", "Bo Li,Hull", ("Bo Li", "Hull", "", None)),
    ],
)  # fmt: skip
def test_other_languages_and_older_exports(tmp_path, head, row, expected):
    [found] = read(tmp_path, f"{head}\n{row}\n")
    assert (found.name, found.company, found.position, found.connected_on) == expected


def test_a_column_of_european_days_is_read_as_one(tmp_path):
    found = read(tmp_path, "First Name,Last Name,Connected On\nA,B,03/04/2023\nC,D,25/04/2023\n")
    assert [each.connected_on for each in found] == [dt.date(2023, 4, 3), dt.date(2023, 4, 25)]


def test_each_bad_row_is_told_by_line_and_field(tmp_path):
    found = read(
        tmp_path,
        HEAD
        + ",,https://www.linkedin.com/in/x,,,,14 Mar 2023\n"
        + "Bo,Li,,,,,32 Mar 2023\n"
        + "Cy,Day,,,,,14 Mar 2199\n"
        + '"=HYPERLINK(""http://x"")",Evil,,,,,14 Mar 2023\n'
        + "Di,Low,,,@SUM(1),,14 Mar 2023\n"
        + "eva@eva.example,,,,,,14 Mar 2023\n"
        + f"{'F' * 201},,,,,,14 Mar 2023\n"
        + "Gus,Few\n"
        + "Ida,Good,,,+Plus Bakery,- none -,14 Mar 2023\n",
    )
    assert problems(found) == [
        (2, "Last Name", "value_missing"),
        (3, "Connected On", "bad_date"),
        (4, "Connected On", "day_to_come"),
        (5, "First Name", "formula"),
        (6, "Company", "formula"),
        (7, "Last Name", "name_is_contact"),
        (8, "Last Name", "cell_too_long"),
        (9, None, "too_few_cells"),
    ]
    assert found[-1].company == "+Plus Bakery"


@pytest.mark.parametrize(
    ("content", "code", "more"),
    [
        ("", "file_empty", {}),
        (b"\x89PNG\r\n\x1a\n" + bytes(100), "binary_file", {}),
        (b"\x00\x01\x02" * 100, "binary_file", {}),
        (HEAD + 'Bo,"Li,,,,,\n' * 3, "quote_not_closed", {}),
        ("Given,Family\nAda,Kettle\n", "not_connections", {}),
        ("name,email\nAda,a@b.example\n", "not_connections", {}),
        ("x\n" * 60 + HEAD, "not_connections", {}),
        (HEAD + ROW * 11, "too_many_rows", {"most": 10}),
        (HEAD + ROW * 11, "too_many_rows", {"rows": 10}),
        (HEAD + ROW, "file_too_big", {"file_bytes": 10}),
        (HEAD.strip() + ",x" * 200 + "\n", "too_many_columns", {}),
        (b"PK\x03\x04 nonsense", "archive_unreadable", {"name": "a.zip"}),
        (HEAD + ROW, "archive_unreadable", {"name": "a.zip"}),
        (b"PK\x05\x06" + bytes(18), "no_connections_inside", {"name": "a.zip"}),
        (b"PK\x05\x06" + bytes(18), "binary_file", {}),
    ],
)
def test_a_file_that_is_no_list_says_what_to_do(tmp_path, content, code, more):
    assert code_of(tmp_path, content, **more) == code


def test_a_hundred_thousand_rows_are_refused_by_their_line(tmp_path):
    with pytest.raises(ImportRefused) as caught:
        read(tmp_path, "First Name,Last Name\n" + "Bo,Li\n" * 100_000, most=30_000)
    assert (caught.value.code, caught.value.problem.line) == ("too_many_rows", 30_002)


text = st.text(
    st.characters(blacklist_categories=("Cs", "Cc"), blacklist_characters="\ufeff"), max_size=30
)
contact = st.sampled_from(
    ["a@b.example", "https://www.linkedin.com/in/x", "www.x.example", "linkedin.com/in/y",
     "+49 30 1234567", "(212) 555-0100", "030 901820"]
)  # fmt: skip
cells = st.one_of(text, st.builds("{} {}".format, text, contact))


@given(
    rows=st.lists(st.tuples(cells, cells, contact, contact, cells, cells, text), max_size=8),
    delimiter=st.sampled_from(",;\t|"),
    notes=st.sampled_from(["", NOTES]),
    mark=st.sampled_from([b"", codecs.BOM_UTF8]),
)
def test_any_list_is_read_row_by_row_and_gives_nobody_away(
    tmp_path_factory, rows, delimiter, notes, mark
):
    out = io.StringIO()
    writer = csv.writer(out, delimiter=delimiter, lineterminator="\n")
    writer.writerow(HEAD.strip().split(","))
    writer.writerows(rows)
    folder = tmp_path_factory.mktemp("list")
    found = read(folder, mark + (notes + out.getvalue()).encode())
    assert len(found) == len([row for row in rows if any(row)])
    for each in found:
        if isinstance(each, Connection):
            kept = f"{each.name} {each.company} {each.position}"
            assert each.name.strip()
            assert not REACHES.search(kept), kept
            assert max(len(each.name), len(each.company), len(each.position)) <= 200
            assert each.connected_on is None or each.connected_on <= TODAY
        else:
            assert each.line > 0
            assert all(problem.sentence for problem in each.problems)


@given(st.binary(max_size=400), st.sampled_from(["x.csv", "x.zip", "x"]))
def test_any_bytes_are_read_or_refused(tmp_path_factory, content, name):
    try:
        read(tmp_path_factory.mktemp("bytes"), content, name=name)
    except ImportRefused as error:
        assert error.sentence  # noqa: PT017 - either is right; the refusal has its words


@given(
    first=st.sampled_from(HEADERS["first"]),
    last=st.sampled_from(HEADERS["last"]),
    case=st.sampled_from([str.upper, str.title, str.lower]),
)
def test_every_known_header_is_one(first, last, case):
    assert is_header([case(first), " " + case(last) + " ", "anything"])


def test_prose_is_no_header():
    assert not is_header(["Notes:"])
    assert not is_header(["The first name and last name of each", ""])
    assert not is_header([])
