"""Needs, favours and what came of them, in the stories of the example."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from warmhand.apps.giving.models import Favour, Need

if TYPE_CHECKING:
    from .lives import Life

OUTCOMES = {
    "Read over their tender before it went out": "They came second, and were asked back.",
    "Found them a speaker for their open day": "Forty people came; two applied for a place.",
    "Talked their intern through job interviews": "She got the place.",
    "Checked an offer of another supplier with them": "They saw in time what was missing in it.",
    "Recommended a school for their daughter": "She starts there after the summer.",
    "Helped to choose a laptop for their son": "He still uses it.",
}
"""What came of a favour of the crowd, where something did."""


def outcome_of(what: str, on: dt.date) -> str:
    """What came of a favour: known of half of them, whatever the dice say."""
    return OUTCOMES.get(what, "") if on.toordinal() % 2 else ""


def said_of(on: dt.date, today: dt.date) -> dict[str, Any]:
    """How soon a need is to be met, and what they say to passing it on; by the day, not by dice."""
    number = on.toordinal()
    urgency = ("soon", "soon", "some_day", "soon", "now", "some_day", "soon")[number % 7]
    if today - on > dt.timedelta(days=30) and urgency == "now":
        urgency = "soon"
    may = (None, True, True, None, False)[number % 5]
    return {"urgency": urgency, "may_pass_on": may, "asked_on": None if may is None else on}


def needs_it_now(life: Life) -> None:
    """Somebody has to come this week, and we may say so."""
    _need(
        life, 2, "A locksmith for the yard, the gate doesn't close", urgency="now",
        may_pass_on=True, asked_on=_ago(life, 2),
    )  # fmt: skip


def keeps_it_to_themselves(life: Life) -> None:
    """A need that nobody else is to hear of."""
    _need(
        life, 40, "Somebody to look after my mother on weekday mornings", urgency="soon",
        may_pass_on=False, asked_on=_ago(life, 38),
    )  # fmt: skip


def was_not_asked(life: Life) -> None:
    """Waiting for long, and nobody has asked whether we may pass it on."""
    _need(life, 75, "A better accountant before the next audit", urgency="some_day")


def tells_of_a_daughter(life: Life) -> None:
    """An opening in the notes."""
    life.client.notes = "Calls before nine. Her daughter starts college in Leeds in the autumn."


def came_of_it(life: Life) -> None:
    """A personal favour, by a colleague, and what came of it."""
    on, what = _ago(life, 34), "Lent our meeting room for the choir's rehearsal"
    life.add(
        Favour, on, f"Did for {life.client.name}: {what}.", what=what, kind="personal",
        done_on=on, minutes=15, member=life.keeper,
        outcome="The choir sang at their summer party, and they still talk of it.",
    )  # fmt: skip


def _need(life: Life, days: int, said: str, **values: Any) -> None:
    on = _ago(life, days)
    life.add(Need, on, f"{life.client.name} needs: {said}.", words=said, noted_on=on, **values)


def _ago(life: Life, days: int) -> dt.date:
    return life.setting.today - dt.timedelta(days=days)
