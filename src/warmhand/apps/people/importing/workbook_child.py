"""The process that opens a stranger's workbook: `python -m …workbook_child` with limits of its own.

It prints one JSON document a line: first the sheet's name and its columns, then rows as
`[line, [cells]]`. It ends with 0, or with one line `{"refused": code, …}`. Nothing here knows the
database, and the memory, time and output of the process are bounded before the file is touched.
"""

from __future__ import annotations

import datetime
import json
import resource
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any, TextIO

from warmhand.apps.people.importing.archives import excess

HEAD = 4096
DECLARATIONS = (b"<!DOCTYPE", b"<!ENTITY")


def main(arguments: list[str], out: TextIO) -> int:
    """Read the workbook named by the JSON document in `arguments[0]`; returns an exit code."""
    ask: dict[str, Any] = json.loads(arguments[0])
    _limit_process(ask)
    try:
        for document in _documents(Path(ask["path"]), ask):
            out.write(json.dumps(document, ensure_ascii=False) + "\n")
    except MemoryError:
        return _refuse(out, code="workbook_too_big", found="more memory than allowed")
    except Exception as error:
        return _refuse(out, code="not_a_workbook", why=f"{type(error).__name__}: {error}"[:200])
    out.flush()
    return 0


def _limit_process(ask: dict[str, Any]) -> None:
    for what, amount in (
        (resource.RLIMIT_AS, ask["child_bytes"]),
        (resource.RLIMIT_CPU, ask["child_seconds"]),
        (resource.RLIMIT_FSIZE, ask["spool_bytes"]),
    ):
        if amount:
            resource.setrlimit(what, (amount, amount))


def _refuse(out: TextIO, **facts: object) -> int:
    out.write("\n" + json.dumps({"refused": facts}) + "\n")
    out.flush()
    return 0


def _documents(path: Path, ask: dict[str, Any]) -> Iterator[object]:
    refusal = check_archive(path, ask)
    if refusal:
        yield {"refused": refusal}
        return
    yield from _sheet(path, ask)


def check_archive(path: Path, ask: dict[str, Any]) -> dict[str, str] | None:
    """Why this archive must not be unpacked, from its directory and the head of each part."""
    with zipfile.ZipFile(path) as archive:
        beyond = excess(
            archive,
            packed=path.stat().st_size,
            entries=ask["zip_entries"],
            unpacked=ask["zip_bytes"],
            ratio=ask["zip_ratio"],
        )
        if beyond:
            return {"code": "workbook_too_big", "found": beyond[0], "limit": beyond[1]}
        if any(_declares(archive, part) for part in archive.infolist()):
            return {"code": "workbook_unsafe"}
    return None


def _declares(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> bool:
    if not part.filename.endswith((".xml", ".rels")):
        return False
    with archive.open(part) as file:
        head = file.read(HEAD).replace(b"\x00", b"")
    return any(mark in head for mark in DECLARATIONS)


def _sheet(path: Path, ask: dict[str, Any]) -> Iterator[object]:
    from openpyxl import load_workbook
    from openpyxl.xml import DEFUSEDXML

    if not DEFUSEDXML:
        raise RuntimeError("defusedxml is not installed")
    book = load_workbook(path, read_only=True, data_only=False, keep_links=False)
    wanted = ask["sheet"] or book.sheetnames[0]
    if wanted not in book.sheetnames:
        names = ", ".join(book.sheetnames)
        yield {"refused": {"code": "sheet_missing", "sheet": wanted, "found": names}}
        return
    yield {"sheet": wanted}
    for line, cells in enumerate(book[wanted].iter_rows(values_only=True), start=1):
        if line > ask["rows"] + 1:
            yield {"refused": {"code": "too_many_rows", "limit": str(ask["rows"])}}
            return
        texts = [as_text(cell, ask["cell_chars"]) for cell in cells[: ask["columns"] + 1]]
        if any(texts):
            yield [line, texts]


def as_text(cell: object, limit: int) -> str:
    """A cell as the text a CSV would hold; dates as ISO, whole numbers without a point."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    if isinstance(cell, datetime.datetime):
        midnight = cell.time() == datetime.time()
        return cell.date().isoformat() if midnight else cell.isoformat(sep=" ")
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 1e15:
        return str(int(cell))
    if isinstance(cell, datetime.date | datetime.time):
        return cell.isoformat()
    return str(cell)[: limit + 1].replace("\x00", "")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:], sys.stdout))
