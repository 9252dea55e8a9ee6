"""What a check of the installation has found."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Literal

from warmhand.problems import Problem

State = Literal["ok", "warning", "wrong"]


@dataclass(frozen=True)
class Finding:
    """One line of the doctor's report: which check, how it stands, and what mends it."""

    code: str
    state: State
    sentence: str
    lift: str = ""

    def as_dict(self) -> dict[str, str]:
        """The finding as JSON."""
        return asdict(self)


def ok(code: str, sentence: str) -> Finding:
    """All is well."""
    return Finding(code, "ok", sentence)


def warning(code: str, sentence: str, lift: str) -> Finding:
    """It works, but somebody should know."""
    return Finding(code, "warning", sentence, lift)


def wrong(code: str, sentence: str, lift: str) -> Finding:
    """This has to be mended."""
    return Finding(code, "wrong", sentence, lift)


def of_problem(code: str, problem: Problem) -> Finding:
    """A problem met while checking, under the name of the check."""
    return wrong(code, problem.sentence, problem.lift)
