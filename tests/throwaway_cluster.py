"""pytest plugin: one throw-away cluster for the whole run, up before the settings are read.

`pyproject.toml` loads it with `-p`, since pytest-django reads the settings before any conftest.
With xdist the controller starts the cluster; its workers inherit `WARMHAND_DATA`. With
`DATABASE_URL` nothing is started and the tests use that server.
"""

from __future__ import annotations

import os
from collections.abc import Generator
from contextlib import ExitStack

import pytest

from warmhand.config import cluster

MARK = "WARMHAND_TEST_RUN"
running = ExitStack()


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_load_initial_conftests() -> Generator[None]:
    if MARK not in os.environ:
        folder = running.enter_context(cluster.throwaway())
        (folder / "static").mkdir(exist_ok=True)  # whitenoise warns where it is absent
        os.environ[MARK] = str(os.getpid())
    return (yield)


@pytest.hookimpl(trylast=True)
def pytest_unconfigure() -> None:
    if os.environ.get(MARK) == str(os.getpid()):
        del os.environ[MARK]
        running.close()
