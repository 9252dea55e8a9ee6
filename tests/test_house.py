"""The house keeps its own rules: what no linter checks."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
LONGEST_FILE = 600  # lines
CODE = [
    path
    for top in ("src", "tests", "tools", "bench", "docs")
    for path in sorted((ROOT / top).rglob("*"))
    if path.suffix in {".py", ".css", ".js", ".html"}
    and not {"migrations", "_build", "__pycache__"} & {*path.parts}
]


def test_no_file_is_too_long_to_read():
    long = [path for path in CODE if len(path.read_text().splitlines()) > LONGEST_FILE]
    assert long == []


@pytest.mark.parametrize("name", ["tools", "run", "test"])
def test_lock_files_name_versions_and_hashes_but_no_address(name):
    text = (ROOT / "requirements" / f"{name}.txt").read_text()
    assert "://" not in text
    assert "index-url" not in text
    packages = re.findall(r"^[a-z0-9][^ ]*==", text, re.M)
    assert len(packages) == len(re.findall(r"==[^\n]*\\\n    --hash=sha256:", text))
    assert packages


def test_the_test_set_has_the_very_versions_that_run():
    def versions(name):
        text = (ROOT / "requirements" / f"{name}.txt").read_text()
        return set(re.findall(r"^([a-z0-9.-]+==[^ ;]+)", text, re.M))

    assert versions("run") <= versions("test")
