"""Words of the heart pages: what doing a move is called, and a setting's title."""

from __future__ import annotations

from typing import Final

from django import template

from warmhand.rulebook import SETTINGS, Move

register = template.Library()

DO_LABELS: Final = {
    Move.RECOVER: "Record that it is made good",
    Move.CONFIRM_RESOLUTION: "Record what they say",
    Move.KEEP_PROMISE: "Record the delivery",
    Move.THANK: "Record the thank-you",
    Move.FAVOUR: "Record a favour",
    Move.GIVE_REFERRAL: "Refer them",
    Move.OFFER: "Record the offer",
    Move.INVITE_TO_REVIEW: "Invite them",
    Move.ASK: "Ask",
    Move.ASK_COWORKER: "Ask",
    Move.ASK_MORE: "Ask",
    Move.WAIT: "Open",
}


@register.filter
def do_label(move: str) -> str:
    """What the button that does a move says."""
    return DO_LABELS[Move(move)]


@register.filter
def setting_title(name: str) -> str:
    """What a person calls a rule setting."""
    return SETTINGS[name].title


@register.filter
def setting_said(value: object) -> str:
    """A setting's value in words."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value).replace("_", " ")
