"""Programs that live and end together."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from warmhand.cli.serve import check_port_is_free, server_command, shown
from warmhand.cli.supervisor import Supervisor, answers, end
from warmhand.problems import Problem

SLEEP = [sys.executable, "-c", "import time; time.sleep(60)"]
END = [sys.executable, "-c", "raise SystemExit(7)"]
DEAF = [
    sys.executable,
    "-c",
    """import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN)
print('deaf', flush=True); time.sleep(60)""",
]


def test_leaving_ends_every_program():
    with Supervisor([SLEEP, SLEEP]) as supervisor:
        children = supervisor.running
        assert [child.poll() for child in children] == [None, None]
    assert all(child.returncode == -signal.SIGTERM for child in children)


def test_a_program_that_ends_unasked_ends_the_others_and_is_named():
    supervisor = Supervisor([SLEEP, END])
    with pytest.raises(Problem) as ended, supervisor:
        supervisor.wait()
    assert ended.value.code == "serve_failed"
    assert "exit code 7" in ended.value.sentence
    assert supervisor.running[0].returncode is not None


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_signal_ends_the_wait_and_handlers_are_put_back(number):
    before = signal.getsignal(number)
    with Supervisor([SLEEP]) as supervisor:
        threading.Timer(0.05, os.kill, (os.getpid(), number)).start()
        supervisor.wait()
    assert supervisor.asked_to_end
    assert signal.getsignal(number) is before


def test_a_deaf_program_is_killed_in_the_end(monkeypatch):
    monkeypatch.setattr("warmhand.cli.supervisor.END_WITHIN", 0.1)
    with subprocess.Popen(DEAF, stdout=subprocess.PIPE, process_group=0) as child:
        assert child.stdout is not None
        child.stdout.readline()
        end(child)
    assert child.returncode == -signal.SIGKILL


LEAVES_A_CHILD = [
    sys.executable,
    "-c",
    """import subprocess, sys
child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
print(child.pid, flush=True)
child.wait()""",
]


def test_what_a_program_leaves_behind_ends_with_it():
    with subprocess.Popen(LEAVES_A_CHILD, stdout=subprocess.PIPE, process_group=0) as child:
        assert child.stdout is not None
        left = int(child.stdout.readline())
        end(child)
    wait_until_gone(left)


ORPHANS = """
import sys
from warmhand.cli.supervisor import Supervisor
with Supervisor([[sys.executable, "-c", "import time; time.sleep(60)"]]) as supervisor:
    print(supervisor.running[0].pid, flush=True)
    supervisor.wait()
"""


@pytest.mark.skipif(sys.platform != "linux", reason="asks the Linux kernel")
def test_programs_end_even_when_their_supervisor_is_killed():
    with subprocess.Popen([sys.executable, "-c", ORPHANS], stdout=subprocess.PIPE) as parent:
        assert parent.stdout is not None
        child = int(parent.stdout.readline())
        parent.kill()
    wait_until_gone(child)


def wait_until_gone(pid: int) -> None:
    deadline = time.monotonic() + 20
    while is_alive(pid):
        assert time.monotonic() < deadline
        time.sleep(0.01)


def is_alive(pid: int) -> bool:
    """Whether the process runs; one that waits to be buried does not."""
    try:
        return ") Z " not in Path(f"/proc/{pid}/stat").read_text()
    except FileNotFoundError:
        return False


def test_a_taken_port_is_said_with_another_to_try():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(Problem) as refused:
            check_port_is_free("127.0.0.1", port)
    assert refused.value.code == "port_not_free"
    assert f"PORT={port + 1}" in refused.value.lift
    check_port_is_free("127.0.0.1", port)


def test_nobody_answers_on_a_free_port():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    assert not answers("127.0.0.1", port)


def test_the_server_is_wsgi_with_the_asked_workers_and_threads():
    command = server_command("127.0.0.1", 8123, 3, 5)
    assert {"--interface=wsgi", "--workers=3", "--blocking-threads=5", "--port=8123"} <= {*command}
    assert os.access(command[0], os.X_OK)


def test_an_ipv6_host_stands_in_brackets():
    assert shown("::1") == "[::1]"
    assert shown("127.0.0.1") == "127.0.0.1"
