"""Small words of the templates: icons, colours of moves, days as people say them."""

from __future__ import annotations

from datetime import date, datetime
from functools import lru_cache
from typing import Any, Final, NamedTuple

from django import template
from django.templatetags.static import static
from django.utils import timezone
from django.utils.formats import date_format
from heroicons.templatetags.heroicons import heroicon_outline

from warmhand.apps.accounts.abilities import Role
from warmhand.rulebook.moves import MOVES
from warmhand.rulebook.rule import Lift, Move

register = template.Library()


class Look(NamedTuple):
    """How a move looks: its family of colour and its icon. Its name is the rulebook's."""

    family: str
    icon: str


LOOKS: Final = {
    Move.RECOVER: Look("mend", "lifebuoy"),
    Move.CONFIRM_RESOLUTION: Look("mend", "chat-bubble-left-right"),
    Move.KEEP_PROMISE: Look("promise", "clock"),
    Move.THANK: Look("thank", "heart"),
    Move.FAVOUR: Look("give", "gift"),
    Move.GIVE_REFERRAL: Look("give", "arrows-right-left"),
    Move.OFFER: Look("give", "ticket"),
    Move.INVITE_TO_REVIEW: Look("meet", "calendar-days"),
    Move.ASK: Look("ask", "sparkles"),
    Move.ASK_COWORKER: Look("ask", "user-group"),
    Move.ASK_MORE: Look("ask", "arrow-trending-up"),
    Move.WAIT: Look("rest", "pause-circle"),
}
LIFTS: Final = {
    Lift.TIME: ("rest", "time lifts it"),
    Lift.CLIENT: ("meet", "the client lifts it"),
    Lift.US: ("promise", "ours to lift"),
    Lift.NEVER: ("mend", "not ours to lift"),
}


@lru_cache(maxsize=512)
def _icon(name: str, size: int) -> str:
    return heroicon_outline(name, size=size)


@register.simple_tag
def icon(name: str, size: int = 20) -> str:
    """An outline icon by its heroicons name, `size` pixels wide; hidden from screen readers."""
    return _icon(str(name), size)


@register.simple_tag
def stylesheet(name: str) -> str:
    """The address of one of our stylesheets."""
    return static(f"warmhand/css/{name}.css")


@register.simple_tag
def script_file(name: str) -> str:
    """The address of one of our scripts."""
    return static(f"warmhand/js/{name}.js")


@register.filter
def words(text: str) -> list[str]:
    """The words of a text: a short list written in a template."""
    return text.split()


@register.filter
def initials(name: str) -> str:
    """At most two letters that stand for a name."""
    parts = [part for part in str(name).split() if part[0].isalnum()]
    return "".join(part[0] for part in (parts[:1] + parts[1:][-1:])).upper() or "?"


@register.filter
def family(move: str) -> str:
    """The family of colour of a move, as in `is-{{ move|family }}`."""
    return LOOKS[Move(move)].family


@register.filter
def move_icon(move: str) -> str:
    """The icon of a move."""
    return LOOKS[Move(move)].icon


@register.filter
def move_label(move: str) -> str:
    """What a person calls a move."""
    return MOVES[Move(move)].title


@register.filter
def role_title(role: str) -> str:
    """A member's role in words."""
    return Role(role).title


@register.filter
def lift_family(lift: str) -> str:
    """The family of colour of what lifts a reason."""
    return LIFTS[Lift(lift)][0]


@register.filter
def lift_label(lift: str) -> str:
    """What lifts a reason, in words."""
    return LIFTS[Lift(lift)][1]


NEAR = {-1: "yesterday", 0: "today", 1: "tomorrow"}
A_FORTNIGHT = 14


def _relative(days: int) -> str:
    if days in NEAR:
        return NEAR[days]
    return f"in {days} days" if days > 0 else f"{-days} days ago"


@register.filter
def day(when: date | datetime | None) -> str:
    """A day as people say it: near days counted from today, others by name; '' for none."""
    if when is None or when == "":
        return ""
    that = timezone.localdate(when) if isinstance(when, datetime) else when
    today = timezone.localdate()
    if abs((that - today).days) <= A_FORTNIGHT:
        return _relative((that - today).days)
    return date_format(that, "j M" if that.year == today.year else "j M Y")


@register.filter
def undo_entry(message: Any) -> str:
    """The journal entry that a message offers to undo (see web.flash), or ''."""
    tags = (message.extra_tags or "").split()
    return next((tag.removeprefix("undo:") for tag in tags if tag.startswith("undo:")), "")


@register.filter
def undo_path(message: Any) -> str:
    """The address that takes back what a message tells of (see web.flash), or ''."""
    tags = (message.extra_tags or "").split()
    return next((tag.removeprefix("undo-at:") for tag in tags if tag.startswith("undo-at:")), "")


ENTRIES: Final = {
    "people.Client": ("rest", "user"),
    "people.Company": ("rest", "building-office-2"),
    "people.Consent": ("ask", "hand-thumb-up"),
    "people.KeyRingEntry": ("ask", "key"),
    "work.Commitment": ("promise", "clipboard-document-check"),
    "work.Case": ("mend", "lifebuoy"),
    "work.Survey": ("meet", "chat-bubble-bottom-center-text"),
    "work.Review": ("meet", "calendar-days"),
    "work.Rating": ("meet", "star"),
    "work.BusyTime": ("rest", "calendar"),
    "giving.Favour": ("give", "gift"),
    "giving.Need": ("give", "light-bulb"),
    "giving.ReferralGiven": ("give", "arrow-up-right"),
    "asks.Ask": ("ask", "sparkles"),
    "referrals.ReferralReceived": ("ask", "arrow-down-left"),
    "gratitude.ThankYou": ("thank", "heart"),
    "offers.OfferPass": ("give", "ticket"),
    "messaging.PublicLink": ("meet", "link"),
    "messaging.Message": ("meet", "envelope"),
}
"""How the kinds of record look in a time line; others look plain."""


@register.filter
def entry_family(entry: Any) -> str:
    """The family of colour of what a journal entry is about."""
    return ENTRIES.get(entry.object_type, ("rest", ""))[0]


@register.filter
def entry_icon(entry: Any) -> str:
    """The icon of what a journal entry is about."""
    return ENTRIES.get(entry.object_type, ("", "pencil"))[1]


@register.filter
def may_undo(entry: Any) -> bool:
    """Whether an entry still has something to undo (the service has the last word)."""
    if entry.object_type == "accounts.Member":  # a change of role is made again, never undone
        return False
    return bool(entry.can_undo)
