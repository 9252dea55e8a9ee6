"""Files made to hurt (safety programme, row 19): each refused at once, in little memory.

Every guard has its control: with that one limit lifted the harm is seen, on a smaller file.
Memory is measured from outside, as the peak of a process that does nothing but import.
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import textwrap
import zipfile

import pytest

from warmhand.apps.people.importing.limits import Limits
from warmhand.apps.people.importing.problems import ImportRefused
from warmhand.apps.people.importing.reading import open_table
from warmhand.apps.people.importing.rows import Refusal

MEBIBYTE = 1024 * 1024
READ = """
import json, resource, sys
from pathlib import Path
from dataclasses import replace
from warmhand.apps.people.importing.limits import LIMITS
from warmhand.apps.people.importing.problems import ImportRefused
from warmhand.apps.people.importing.reading import open_table
resource.setrlimit(resource.RLIMIT_AS, (1536 * 1024 * 1024,) * 2)
limits = replace(LIMITS, **json.loads(sys.argv[2]))
code, rows, bad = "", 0, 0
def peak():
    # In KB, of this program alone: getrusage would count the parent that it was forked from.
    return int(Path("/proc/self/status").read_text().partition("VmHWM:")[2].split()[0])
start = peak()
try:
    with open_table(Path(sys.argv[1]), limits=limits) as table:
        for row in table.rows():
            rows += 1
            bad += hasattr(row, "problems")
except ImportRefused as error:
    code = error.code
except (MemoryError, RecursionError) as error:
    code = type(error).__name__
child = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
print(json.dumps({"code": code, "rows": rows, "bad": bad, "peak": max(peak(), child) // 1024,
                  "grown": (peak() - start) // 1024}))
"""


def _busy():
    """Processor seconds of the processes we waited for: a busy machine doesn't change them."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def read_apart(path, **lifted):
    """Import `path` in a process of its own; what came of it, peak memory in MB, seconds."""
    before = _busy()
    done = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(READ), str(path), json.dumps(lifted)],
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    return json.loads(done.stdout) | {"seconds": _busy() - before}


def code_of(path, **lifted):
    with (
        pytest.raises(ImportRefused) as caught,
        open_table(path, limits=Limits(**lifted)) as table,
    ):
        list(table.rows())
    return caught.value.code


def sheet_bomb(path, rows, *, entries=0, strings=0):
    """A workbook whose one sheet repeats a row: about a thousand times smaller when packed."""
    row = "<row>" + '<c t="inlineStr"><is><t>' + "A" * 900 + "</t></is></c>" + "</row>"
    space = "http://schemas.openxmlformats.org"
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{space}/package/2006/content-types"><Override '
        'PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.'
        'spreadsheetml.sheet.main+xml"/><Override PartName="/xl/sharedStrings.xml" ContentType='
        '"application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{space}/package/2006/relationships"><Relationship '
        f'Id="r1" Type="{space}/officeDocument/2006/relationships/officeDocument" '
        'Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{space}/spreadsheetml/2006/main" xmlns:r="{space}/'
        'officeDocument/2006/relationships"><sheets><sheet name="A" sheetId="1" r:id="r1"/>'
        "</sheets></workbook>",
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{space}/package/2006/relationships">'
        f'<Relationship Id="r1" Type="{space}/officeDocument/2006/relationships/worksheet" '
        'Target="worksheets/sheet1.xml"/></Relationships>',
    }
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(name, f'<?xml version="1.0"?>{text}')
        text = "".join(f"<si><t>{n:09}{'B' * 400}</t></si>" for n in range(strings))
        archive.writestr(
            "xl/sharedStrings.xml",
            f'<?xml version="1.0"?><sst xmlns="{space}/spreadsheetml/2006/main">{text}</sst>',
        )
        for number in range(entries):
            archive.writestr(f"xl/media/{number}.txt", "x")
        with archive.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as file:
            file.write(f'<worksheet xmlns="{space}/spreadsheetml/2006/main"><sheetData>'.encode())
            for _ in range(rows // 100):
                file.write(row.encode() * 100)
            file.write(b"</sheetData></worksheet>")
    return path


def test_a_workbook_that_unpacks_to_gigabytes_is_refused_before_it_is_opened(tmp_path):
    path = sheet_bomb(tmp_path / "bomb.xlsx", 1_100_000)
    assert path.stat().st_size < 8 * MEBIBYTE
    found = read_apart(path)
    assert found["code"] == "workbook_too_big"
    assert found["peak"] < 200
    assert found["seconds"] < 5


def test_control_without_the_ratio_the_workbook_is_unpacked(tmp_path):
    path = sheet_bomb(tmp_path / "bomb.xlsx", 20_000)
    assert code_of(path) == "workbook_too_big"
    found = read_apart(path, zip_ratio=0, zip_bytes=0)
    assert found["rows"] == 20_000 - 1


def test_a_workbook_of_too_many_parts(tmp_path):
    path = sheet_bomb(tmp_path / "parts.xlsx", 100, entries=1_000)
    assert code_of(path) == "workbook_too_big"
    with open_table(path, limits=Limits(zip_entries=0)) as table:
        assert len(list(table.rows())) == 99


def test_a_workbook_that_lies_about_its_size_is_not_believed(tmp_path):
    """The archive's directory says 1,000 bytes where a sheet has millions."""
    path = sheet_bomb(tmp_path / "bomb.xlsx", 5_000)
    content = path.read_bytes()
    with zipfile.ZipFile(path) as archive:
        real = archive.getinfo("xl/worksheets/sheet1.xml").file_size
    path.write_bytes(content.replace(real.to_bytes(4, "little"), (1_000).to_bytes(4, "little")))
    assert code_of(path) == "not_a_workbook"


def test_the_child_is_ended_when_it_needs_too_much_memory(tmp_path):
    path = sheet_bomb(tmp_path / "strings.xlsx", 100, strings=200_000)
    lifted = {"zip_ratio": 0, "zip_bytes": 0}
    bounded = read_apart(path, child_bytes=100 * MEBIBYTE, **lifted)
    assert bounded["code"] == "workbook_too_big"
    assert bounded["peak"] < 110
    control = read_apart(path, child_bytes=0, **lifted)
    assert control["rows"] == 99
    assert control["peak"] > 130


def test_the_child_is_ended_when_it_needs_too_long(tmp_path):
    path = sheet_bomb(tmp_path / "slow.xlsx", 90_000)
    lifted = {"zip_ratio": 0, "zip_bytes": 0}
    assert read_apart(path, child_seconds=1, **lifted)["code"] == "workbook_too_slow"


def test_one_line_of_five_megabytes_in_a_card(tmp_path):
    path = tmp_path / "line.vcf"
    path.write_text("BEGIN:VCARD\nFN:" + "x" * 5 * MEBIBYTE + "\nEND:VCARD\n")
    found = read_apart(path)
    assert (found["rows"], found["bad"]) == (1, 1)
    assert found["grown"] < 20
    assert found["seconds"] < 5
    control = read_apart(path, card_line_bytes=10 * MEBIBYTE)
    assert control["grown"] > 10 * max(found["grown"], 5)


def test_fifty_thousand_telephones_in_a_card(tmp_path):
    path = tmp_path / "tel.vcf"
    path.write_text("BEGIN:VCARD\nFN:A\n" + "TEL:1234567\n" * 50_000 + "END:VCARD\n")
    found = read_apart(path)
    assert (found["rows"], found["bad"]) == (1, 1)
    control = read_apart(path, card_properties=10**9)
    assert control["bad"] == 0
    assert control["grown"] > found["grown"] + 20


@pytest.mark.parametrize("part", ["VCARD", "X"])
def test_five_thousand_nested_cards_end_in_refusals(tmp_path, part):
    path = tmp_path / "deep.vcf"
    path.write_text(
        "BEGIN:VCARD\nFN:A\n" + f"BEGIN:{part}\n" * 5_000 + f"END:{part}\n" * 5_000 + "END:VCARD\n"
    )
    found = read_apart(path)
    assert found["rows"] >= 1
    assert found["bad"] >= 1
    assert found["code"] == ""
    assert found["seconds"] < 5


def test_a_field_of_ten_megabytes_takes_little_memory(tmp_path):
    path = tmp_path / "field.csv"
    path.write_text("a,b\n1,2\n" + "x" * 10 * MEBIBYTE + ",2\n3,4\n")
    found = read_apart(path)
    assert (found["rows"], found["bad"]) == (3, 1)
    control = read_apart(path, line_chars=100 * MEBIBYTE)
    assert control["grown"] > found["grown"] + 8


def test_half_a_quote_over_fifty_megabytes_takes_little_memory(tmp_path):
    path = tmp_path / "quote.csv"
    path.write_text('a,b\n1,"2\n' + ("y" * 99 + ",\n") * 500_000)
    found = read_apart(path)
    assert found["code"] == "quote_not_closed"
    assert found["grown"] < 30
    assert found["seconds"] < 5


def test_a_hundred_thousand_rows_are_streamed(tmp_path):
    path = tmp_path / "long.csv"
    path.write_text("a,b,c\n" + "some text,another text,1234567\n" * 100_000)
    found = read_apart(path)
    assert found["rows"] == 100_000
    assert found["grown"] < 20


def test_more_rows_than_allowed_are_refused(tmp_path):
    path = tmp_path / "endless.csv"
    path.write_text("a\n" + "1\n" * 100_001)
    assert code_of(path) == "too_many_rows"


@pytest.mark.parametrize(
    "encoding",
    ["utf-7", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp037", "cp437", "cp500", "cp850",
     "cp1250", "cp1251", "cp1252", "cp1253", "gb18030", "big5", "shift_jis", "euc_jp", "koi8_r",
     "iso8859_5", "mac_roman"],
)  # fmt: skip
def test_any_of_twenty_encodings_is_read_or_refused(tmp_path, encoding):
    path = tmp_path / "people.csv"
    path.write_bytes(("name,city\n" + "Ada Groß,Köln\n" * 30).encode(encoding, "replace"))
    try:
        with open_table(path) as table:
            rows = list(table.rows())
    except ImportRefused as error:
        rows = []
        said = error.sentence
    else:
        said = ""
    assert rows or said
    assert not any(isinstance(row, Refusal) and not row.problems for row in rows)
