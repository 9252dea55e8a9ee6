"""What a person may suppose on the 'what if' of a verdict: an event, and the facts it would set.

Pure: nothing is written, and the facts it starts from are the client's own.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Final

from warmhand.rulebook import NEVER, SETTINGS, Facts

MIGHT_BE_UNHAPPY: Final = SETTINGS["unhappy_at_most"].maximum or 0
Change = Callable[[Facts], dict[str, int]]


@dataclass(frozen=True, slots=True)
class Supposition:
    """An event that may happen today, said as a sentence, and what it does to the facts."""

    name: str
    sentence: str
    change: Change

    def matters(self, facts: Facts) -> bool:
        """Whether it would set any fact to another number than it has."""
        return any(getattr(facts, name) != value for name, value in self.change(facts).items())


def _rated(score: int) -> Change:
    def change(f: Facts) -> dict[str, int]:
        lowest = min(score, f.lowest_open_score)
        return {"last_score": score, "days_since_rating": 0, "lowest_open_score": lowest}

    return change


def _made_good(f: Facts) -> dict[str, int]:
    if f.lowest_open_score > MIGHT_BE_UNHAPPY and not f.hurts:
        return {}
    return {"lowest_open_score": NEVER, "hurts": 0, "days_since_recovery": 0}


def _confirmed(f: Facts) -> dict[str, int]:
    if not f.unconfirmed_cases:
        return {}
    return {"unconfirmed_cases": 0, "days_since_unconfirmed": NEVER, "days_since_confirmed": 0}


def _delivered(f: Facts) -> dict[str, int]:
    return {
        "commitments": max(f.commitments, f.delivered + 1),
        "delivered": f.delivered + 1,
        "delivered_on_time": f.delivered_on_time + 1,
        "days_since_delivery": 0,
        "days_since_proof": 0,
        "next_due_in": NEVER,
    }


def _favour(f: Facts) -> dict[str, int]:
    return {"favours": f.favours + 1, "days_since_favour": 0, "favour_due_in": NEVER}


def _asked(f: Facts) -> dict[str, int]:
    return {
        "asks": f.asks + 1,
        "days_since_ask_1": 0,
        "days_since_ask_2": f.days_since_ask_1,
        "days_since_company_ask_1": 0,
        "days_since_company_ask_2": f.days_since_company_ask_1,
    }


def _refused(f: Facts) -> dict[str, int]:
    return {**_asked(f), "open_asks": 0, "days_since_refusal": 0}


SUPPOSITIONS: Final = (
    Supposition("made_good", "We made it good with them", _made_good),
    Supposition("solved", "Their open cases are solved", lambda f: {"open_cases": 0}),
    Supposition("confirmed", "They confirmed that it is solved", _confirmed),
    Supposition("thanked", "We thanked them", lambda f: {"thanks_owed": 0}),
    Supposition("delivered", "We delivered in time, with something to show", _delivered),
    Supposition("rated_9", "They rate us 9 of 10", _rated(9)),
    Supposition("rated_3", "They rate us 3 of 10", _rated(3)),
    Supposition("favour", "We did them a favour", _favour),
    Supposition("answered", "The last ask is answered", lambda f: {"open_asks": 0}),
    Supposition("consent", "They gave their consent", lambda f: {"consent": 1}),
    Supposition("withdrawn", "They withdrew their consent", lambda f: {"consent": 0}),
    Supposition("wish", "They wish not to be asked", lambda f: {"do_not_ask": 1}),
    Supposition("asked", "Somebody asked them", _asked),
    Supposition("refused", "They said no", _refused),
)
"""Every supposition, in the order in which the page shows them."""


def worth_supposing(facts: Facts) -> list[Supposition]:
    """Those that would change something about this client."""
    return [each for each in SUPPOSITIONS if each.matters(facts)]


def supposed(names: list[str], facts: Facts) -> dict[str, int]:
    """The facts that the named events together would set; later ones see earlier ones' work."""
    changed = facts
    for each in SUPPOSITIONS:
        if each.name in names:
            changed = replace(changed, **each.change(changed))
    now, then = facts.as_dict(), changed.as_dict()
    return {name: value for name, value in then.items() if value != now[name]}
