"""Reads a page of the documentation as steps, and runs them as a reader would."""

from __future__ import annotations

import re
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from doctest import ELLIPSIS, OutputChecker
from pathlib import Path

BLOCK = re.compile(r"(?:<!-- (?P<note>[^\n]*) -->\n)?```(?P<kind>\w+)\n(?P<body>.*?)```", re.S)
SERVED_WITHIN = 90  # seconds


@dataclass(frozen=True)
class Step:
    """A file to write, or a command with the output it should have."""

    line: int
    what: str
    text: str
    wanted: str = ""


def steps(page: str, port: int) -> Iterator[Step]:
    """What the page has a reader do, in order; its port is replaced by a free one."""
    for found in BLOCK.finditer(page):
        line = page[: found.start("body")].count("\n") + 1
        note, body = found["note"] or "", found["body"].replace("8000", str(port))
        if note.startswith("file: "):
            yield Step(line, note.removeprefix("file: "), body)
        elif found["kind"] == "console":
            what = "second terminal" if note == "second terminal" else "command"
            yield from _commands(line, what, body)
        else:
            assert note.startswith("not run"), f"line {line}: a block that nothing runs"


def _commands(line: int, what: str, body: str) -> Iterator[Step]:
    for part in re.split(r"^\$ ", body, flags=re.M)[1:]:
        command, _, wanted = part.partition("\n")
        yield Step(line, what, command, wanted)


def matches(wanted: str, got: str) -> bool:
    """Whether the output is as the page shows it; `...` stands for anything."""
    return not wanted or OutputChecker().check_output(wanted, got, ELLIPSIS)


class Reader:
    """Somebody who follows the page in a folder, with two terminals."""

    def __init__(self, folder: Path, environment: dict[str, str]) -> None:
        self.folder = folder
        self.environments = {"command": environment, "second terminal": dict(environment)}
        self.left_running: list[subprocess.Popen[str]] = []

    def follow(self, step: Step) -> str:
        """Do one step; the output of a command."""
        if step.what in self.environments:
            serves = step.text.startswith("warmhand serve")
            return self._leave_running(step) if serves else self._run(step)
        path = self.folder / step.what
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(step.text)
        return ""

    def _run(self, step: Step) -> str:
        """Run a command in its terminal; what it exports stays there."""
        kept = self.folder / ".exported"
        script = f"{step.text}\nenv -0 > {kept}"
        done = subprocess.run(
            ["bash", "-c", script],
            cwd=self.folder,
            env=self.environments[step.what],
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            timeout=300,
            check=False,
        )
        pairs = kept.read_text().split("\0")
        self.environments[step.what] = dict(pair.split("=", 1) for pair in pairs if pair)
        return done.stdout

    def _leave_running(self, step: Step) -> str:
        log = self.folder / ".second-terminal"
        with log.open("w") as output:
            self.left_running.append(
                subprocess.Popen(
                    ["bash", "-c", f"exec {step.text}"],
                    cwd=self.folder,
                    env=self.environments[step.what],
                    stdout=output,
                    stderr=subprocess.STDOUT,
                    text=True,
                )
            )
        until = time.monotonic() + SERVED_WITHIN
        while not matches(step.wanted, log.read_text()) and time.monotonic() < until:
            assert self.left_running[-1].poll() is None, log.read_text()
            time.sleep(0.05)
        return log.read_text()

    def leave(self) -> None:
        """End what was left running."""
        for child in self.left_running:
            child.send_signal(signal.SIGINT)
            child.wait(timeout=60)


@contextmanager
def reader(folder: Path, environment: dict[str, str], installed: Path) -> Iterator[Reader]:
    """A reader in a folder that looks like a fresh checkout after `make install`."""
    (folder / ".venv").symlink_to(installed)
    made = Reader(folder, environment)
    try:
        yield made
    finally:
        made.leave()
