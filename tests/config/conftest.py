"""Clusters of a test's own: short folders under /tmp, ended and removed whatever happens."""

from __future__ import annotations

import contextlib
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from warmhand.config.cluster.places import Folders
from warmhand.config.cluster.server import Server, is_running
from warmhand.problems import Problem


@pytest.fixture
def place() -> Iterator[Folders]:
    """Folders for a new cluster, which skips fsync since nobody will miss it."""
    yield from _new_place(throwaway=True)


@pytest.fixture
def lasting_place() -> Iterator[Folders]:
    """Folders for a new cluster with the settings that people's data get."""
    yield from _new_place(throwaway=False)


def _new_place(throwaway: bool) -> Iterator[Folders]:
    top = Path(tempfile.mkdtemp(prefix="wh-", dir="/tmp"))
    top.chmod(0o711)
    where = Folders(top / "var")
    where.root.mkdir(mode=0o711)
    if throwaway:
        where.pg.mkdir(mode=0o700)
        where.throwaway.touch()
    try:
        yield where
    finally:
        with contextlib.suppress(Problem):
            if is_running(where):
                Server.of(where).stop()
        shutil.rmtree(top, ignore_errors=True)
