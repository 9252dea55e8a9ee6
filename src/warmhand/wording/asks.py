"""Composes an ask: reconfirm first, show what was done, say 'we', offer help, leave a way out.

P12 reconfirm · P13 'we', and whom we might help · P14 "have we earned…" · P17 never without
something to show · P20 nothing is offered for a co-worker · P24 nothing about other clients.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Any


class Kind(StrEnum):
    """The three kinds of ask (P19)."""

    CLIENT = "ask"
    COWORKER = "ask_coworker"
    MORE = "ask_more"


@dataclass(frozen=True, slots=True)
class Step:
    """One thing to say, and what it is for."""

    title: str
    say: str
    practice: str

    def as_dict(self) -> dict[str, str]:
        """Plain values for JSON."""
        return {"title": self.title, "say": self.say, "practice": self.practice}


@dataclass(frozen=True, slots=True)
class Wording:
    """An ask, step by step, and as one text."""

    steps: tuple[Step, ...]

    @property
    def text(self) -> str:
        """All steps as one text."""
        return " ".join(step.say for step in self.steps)

    def as_dict(self) -> dict[str, Any]:
        """Plain values for JSON: `text` and `steps`."""
        return {"text": self.text, "steps": [step.as_dict() for step in self.steps]}


_QUESTIONS = {
    Kind.CLIENT: (
        "Have we earned the right to ask: who else do you know outside {company} "
        "whom we might be able to help in the same way?"
    ),
    Kind.COWORKER: (
        "Have we earned the right to ask: is there a colleague in another part of {company} "
        "whom we might be able to help, and would you join us for a first lunch or call?"
    ),
    Kind.MORE: (
        "Have we earned the right to ask: is there something else we might be able to help "
        "you with?"
    ),
}
_WAY_OUT = "If nobody comes to mind, or it isn't the time, that is perfectly fine."


def compose_ask(
    kind: Kind,
    *,
    client_name: str,
    company: str = "",
    case_title: str = "",
    agreed: str = "",
    delivered: str = "",
    liked: str = "",
) -> Wording:
    """The wording of an ask, spoken, in English.

    `case_title` is the concern just resolved; `agreed` and `delivered` name something to show;
    `liked` are the client's own words. Raises ValueError where there is nothing to show (P17).
    """
    if not (case_title or delivered):
        raise ValueError("An ask needs something to show: a resolved case or something delivered.")
    steps = (
        _reconfirm(client_name, case_title, delivered),
        *_shown(agreed, delivered, liked),
        Step(
            "Ask, as 'we', to help",
            _QUESTIONS[kind].format(company=company or "your own circle"),
            "P13",
        ),
        Step("Leave an easy way out", _WAY_OUT, "P18"),
    )
    return Wording(steps)


def _reconfirm(client_name: str, case_title: str, delivered: str) -> Step:
    about = f"your concern '{case_title}' is" if case_title else f"'{delivered}' is"
    name = f"{client_name}, " if client_name else ""
    say = f"{name}before anything else: can you confirm that {about} resolved to your satisfaction?"
    return Step("Reconfirm first; a 'no' ends the ask", _capital(say), "P12")


def _shown(agreed: str, delivered: str, liked: str) -> tuple[Step, ...]:
    if not delivered:
        return ()
    parts = [f"We agreed on {agreed}" if agreed else "", f"we delivered {delivered}"]
    said = f" You told us: '{liked}'." if liked else ""
    say = _capital(", and ".join(part for part in parts if part)) + "." + said
    return (Step("Show what was agreed, delivered and liked", say, "P14"),)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
