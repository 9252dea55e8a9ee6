"""Composes an ask: reconfirm first, show what was done, say 'we', offer help, leave a way out.

P12 reconfirm · P13 'we', and whom we might help · P14 "have we earned…" · P17 never without
something to show · P20 nothing is offered for a co-worker · P24 nothing about other clients.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from .choices import Kind


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


@dataclass(frozen=True, slots=True)
class Shown:
    """Something to show a client: what we agreed on and delivered, and their own words on it.

    Days are texts as they are to be said; what isn't known is empty.
    """

    what: str
    target: str = ""
    due: str = ""
    delivered: str = ""
    liked: str = ""


_ELSEWHERE = " outside {company}"
_QUESTIONS = {
    Kind.CLIENT: "who else do you know{elsewhere} whom we might be able to help in the same way?",
    Kind.COWORKER: (
        "is there a colleague in another part of {company} whom we might be able to help, and "
        "would you join us for a first lunch or call?"
    ),
    Kind.MORE: "is there something else we might be able to help you with?",
}
_WAY_OUT = "If nobody comes to mind, or it isn't the time, that is perfectly fine."


def compose_ask(
    kind: Kind,
    *,
    client_name: str,
    company: str = "",
    case_title: str = "",
    shown: Shown | None = None,
) -> Wording:
    """The wording of an ask, spoken, in English.

    `case_title` is the concern just resolved. Raises ValueError where there is nothing to show:
    neither a resolved concern nor something delivered (P17).
    """
    steps = (
        _reconfirm(client_name, case_title, shown),
        *_shown(shown),
        Step("Ask, as 'we', to help", _question(kind, company), "P13"),
        Step("Leave an easy way out", _WAY_OUT, "P18"),
    )
    return Wording(steps)


def _reconfirm(client_name: str, case_title: str, shown: Shown | None) -> Step:
    if case_title:
        check = f"can you confirm that your concern '{case_title}' is resolved?"
    elif shown:
        check = f"are you still happy with '{shown.what}', and is nothing left open?"
    else:
        raise ValueError("An ask needs something to show: a resolved case or something delivered.")
    name = f"{client_name}, " if client_name else ""
    say = _capital(f"{name}before anything else: {check}")
    return Step("Reconfirm first; a 'no' ends the ask", say, "P12")


def _shown(shown: Shown | None) -> tuple[Step, ...]:
    if shown is None:
        return ()
    target = f" ({shown.target})" if shown.target else ""
    due = f" by {shown.due}" if shown.due else ""
    when = f" on {shown.delivered}" if shown.delivered else ""
    say = f"We agreed on '{shown.what}'{target}{due}, and we delivered it{when}."
    if shown.liked:
        say += f" You told us: '{_ended(shown.liked)}'"
    return (Step("Show what was agreed, delivered and liked", say, "P14"),)


def _question(kind: Kind, company: str) -> str:
    elsewhere = _ELSEWHERE.format(company=company) if company else ""
    asked = _QUESTIONS[kind].format(elsewhere=elsewhere, company=company or "your company")
    return f"Have we earned the right to ask: {asked}"


def _ended(text: str) -> str:
    """The text with a full stop, unless it ends by itself."""
    return text if text.rstrip().endswith((".", "!", "?", "…")) else f"{text.rstrip()}."


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
