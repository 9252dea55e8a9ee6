"""`warmhand serve` as a person starts and ends it: a process, a port, a database of its own."""

from __future__ import annotations

import http.client
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from warmhand.config.cluster.places import Folders
from warmhand.config.cluster.server import is_running

WARMHAND = Path(sys.executable).parent / "warmhand"
PATIENCE = 120  # seconds: machines that test are busy


@pytest.fixture
def folders() -> Iterator[Folders]:
    """A data folder of its own, with the mark that lets its cluster skip fsync."""
    with tempfile.TemporaryDirectory(prefix="wh-", dir="/tmp") as top:
        Path(top).chmod(0o711)
        where = Folders(Path(top))
        where.pg.mkdir(mode=0o700)
        where.throwaway.touch()
        yield where


@pytest.fixture
def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
        return port


def serving(where: Folders, port: int) -> subprocess.Popen[str]:
    """A server that has said where it is."""
    environment = {k: v for k, v in os.environ.items() if k != "DATABASE_URL"}
    child = subprocess.Popen(
        [WARMHAND, "serve", "--work"],
        env=environment | {"WARMHAND_DATA": str(where.root), "PORT": str(port)},
        stderr=subprocess.PIPE,
        text=True,
    )
    assert child.stderr is not None
    for line in child.stderr:
        if line.startswith(f"Warmhand is at http://127.0.0.1:{port}/"):
            return child
    pytest.fail(f"it ended with {child.wait()} before it served")


def status_of(port: int, path: str) -> int:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
    try:
        connection.request("GET", path)
        return connection.getresponse().status
    finally:
        connection.close()


def children_of(pid: int) -> list[int]:
    told = Path(f"/proc/{pid}/task/{pid}/children").read_text()
    direct = [int(number) for number in told.split()]
    return [*direct, *(below for child in direct for below in children_of(child))]


def is_alive(pid: int) -> bool:
    try:
        return ") Z " not in Path(f"/proc/{pid}/stat").read_text()
    except FileNotFoundError:
        return False


def wait_until_gone(pids: list[int]) -> None:
    deadline = time.monotonic() + PATIENCE
    while any(is_alive(pid) for pid in pids):
        assert time.monotonic() < deadline, "something was left running"
        time.sleep(0.02)


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="asks the Linux kernel who is whose child")
def test_ctrl_c_ends_everything_that_serve_started_and_the_data_stay(folders, free_port):
    child = serving(folders, free_port)
    started = children_of(child.pid)
    assert len(started) >= 4  # the web server, its two workers, the jobs
    assert status_of(free_port, "/accounts/login/") == 200
    child.send_signal(signal.SIGINT)
    child.communicate(timeout=PATIENCE)
    assert child.returncode == 0
    wait_until_gone(started)
    assert not is_running(folders)

    again = serving(folders, free_port)
    try:
        assert status_of(free_port, "/accounts/login/") == 200
    finally:
        again.terminate()
        again.communicate(timeout=PATIENCE)
    assert again.returncode == 0
    assert not is_running(folders)
