"""Programs that live and end together: the web server, the jobs."""

from __future__ import annotations

import ctypes
import http.client
import os
import signal
import subprocess
import sys
import time
from contextlib import suppress
from types import FrameType, TracebackType

from warmhand.config.problems import InstallationProblem

END_WITHIN = 15.0  # seconds for a program to end by itself before it is killed
SERVE_WITHIN = 120.0
PR_SET_PDEATHSIG = 1
SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class Supervisor:
    """Starts programs on entering, and ends every one of them on leaving.

    They form no terminal group with us, so that Ctrl-C reaches them only through us, in order;
    and the operating system ends them should we be killed.
    """

    def __init__(self, commands: list[list[str]]) -> None:
        self.commands = commands
        self.running: list[subprocess.Popen[bytes]] = []
        self.asked_to_end = False
        self.before: dict[int, object] = {}

    def __enter__(self) -> Supervisor:
        """Start all programs; from now on a signal asks them to end."""
        for number in SIGNALS:
            self.before[number] = signal.signal(number, self._remember)
        for command in self.commands:
            self.running.append(
                subprocess.Popen(
                    command,
                    stdin=subprocess.DEVNULL,
                    process_group=0,
                    preexec_fn=_end_with_parent,
                )
            )
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """End the programs, last started first."""
        for child in reversed(self.running):
            end(child)
        for number, handler in self.before.items():
            signal.signal(number, handler)  # type: ignore[arg-type]

    def _remember(self, number: int, frame: FrameType | None) -> None:
        self.asked_to_end = True

    def wait(self) -> None:
        """Until we are asked to end. Raises InstallationProblem when a program ends unasked."""
        while not self.asked_to_end:
            self._check_all_run()
            time.sleep(0.1)

    def wait_until_served(self, host: str, port: int) -> bool:
        """Until the web server answers, whatever it answers; False when asked to end meanwhile."""
        deadline = time.monotonic() + SERVE_WITHIN
        while not self.asked_to_end and not answers(host, port):
            self._check_all_run()
            if time.monotonic() > deadline:
                raise _failed("The web server did not answer in time.")
            time.sleep(0.05)
        return not self.asked_to_end

    def _check_all_run(self) -> None:
        for command, child in zip(self.commands, self.running, strict=True):
            if child.poll() is not None:
                name = command[0].rpartition("/")[2]
                raise _failed(f"'{name}' ended by itself (exit code {child.returncode}).")


def _failed(sentence: str) -> InstallationProblem:
    mend = "Read the lines above; 'warmhand doctor' looks for what may be wrong."
    return InstallationProblem("serve_failed", sentence, mend)


def answers(host: str, port: int) -> bool:
    """Whether an HTTP server answers there."""
    connection = http.client.HTTPConnection(host, port, timeout=5)
    try:
        connection.request("HEAD", "/")
        connection.getresponse()
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()
    return True


def end(child: subprocess.Popen[bytes]) -> None:
    """Ask a program to end; kill it when it takes too long, and whatever it leaves of its own.

    (A web server that is ended while it starts may leave its workers behind.)
    """
    if child.poll() is None:
        child.terminate()
    try:
        child.wait(END_WITHIN)
    except subprocess.TimeoutExpired:
        child.kill()
        child.wait()
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(child.pid, signal.SIGKILL)


def _end_with_parent() -> None:
    """Have the operating system end the program when its parent is gone (Linux)."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
