"""What to say instead, made by the composer from what the context holds."""

from __future__ import annotations

from typing import Final

from . import phrases
from .asks import Shown, composer
from .catalogue import catalogue
from .choices import Kind
from .context import Context


def suggestion(code: str, context: Context) -> str:
    """A wording that mends a breach."""
    made = composer(context.kind or Kind.CLIENT, context.moment, context.channel, context.formality)
    if code in ASKED_ANEW:
        return made.ask(context.company).say
    if code == "no_reconfirmation":
        if not (context.case or context.agreed):
            return made.manner(phrases.ANY_CONCERN)
        return made.reconfirm(context.client, context.case, Shown(context.agreed)).say
    if code == "bare_referrals":
        shown = Shown(context.agreed, delivered=context.delivered, liked=context.liked)
        steps = made.show(shown if context.agreed else None)
        return " ".join(step.say for step in (*steps, made.ask(context.company)))
    if code == "pressure":
        return made.way_out().say
    if code == "reward_to_coworker":
        inside = composer(Kind.COWORKER, context.moment, context.channel, context.formality)
        return inside.ask(context.company).say
    if code == "reward_undisclosed":
        return context.disclosure or catalogue().say(phrases.DISCLOSURE)
    return catalogue().say(phrases.RELATION)


ASKED_ANEW: Final = ("i_not_we", "no_help", "recommend_not_introduce")
