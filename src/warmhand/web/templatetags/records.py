"""The buttons of records: what can be done about each, as `web.records.kinds` declares it."""

from __future__ import annotations

from typing import Any, Final

from django import template
from django.urls import reverse

from warmhand.apps.accounts.abilities import Ability, may
from warmhand.apps.gratitude.amounts import amount_said
from warmhand.apps.messaging import clock
from warmhand.apps.messaging.queries import newest_links
from warmhand.web.records.act import Act
from warmhand.web.records.kinds import KINDS
from warmhand.web.records.places import name_of

register = template.Library()


@register.filter
def may_do(me: Any, ability: str) -> bool:
    """Whether who looks may do this: a link that leads to a refusal isn't shown."""
    return me is not None and may(me.role, Ability(ability))


NAMES: Final = {
    "people.Client": "client",
    "people.Company": "company",
    "people.ContactPoint": "contact",
    "people.KeyRingEntry": "key",
    "work.Commitment": "commitment",
    "work.Case": "case",
    "work.Rating": "rating",
    "work.Survey": "survey",
    "work.Review": "review",
    "work.BusyTime": "busy",
    "giving.Favour": "favour",
    "giving.Need": "need",
    "giving.ReferralGiven": "referral-given",
    "followups.FollowUp": "follow-up",
    "referrals.ReferralReceived": "referral",
    "gratitude.ThankYou": "thanks",
    "offers.Offer": "offer",
    "offers.OfferPass": "pass",
    "directory.Provider": "provider",
    "directory.Service": "service",
    "directory.Vouch": "vouch",
    "directory.Expertise": "expertise",
    "asks.Ask": "ask",
    "asks.CoworkerPlan": "coworker-plan",
    "asks.CoworkerTask": "coworker-task",
    "gratitude.Reward": "reward",
}


def _button(name: str, record: Any, code: str, act: Act) -> dict[str, str]:
    url = reverse("web:act", args=(name, record.pk, code))
    return {"title": act.title, "icon": act.icon, "url": url}


@register.inclusion_tag("records/acts.html", takes_context=True)
def acts(context: dict[str, Any], record: Any, in_menu: bool = False) -> dict[str, Any]:
    """The likeliest act as a button, the others and removal in a menu; or all `in_menu`."""
    name = NAMES[record._meta.label]
    kind = KINDS[name]
    found = [_button(name, record, code, act) for code, act in kind.possible(record)]
    first = found.pop(0) if found and found[0]["title"] != "Edit" and not in_menu else None
    removal = reverse("web:remove", args=(name, record.pk)) if kind.remove else ""
    return {
        "first": first,
        "rest": found,
        "remove": removal,
        "of": name_of(record),
        "csrf_token": context.get("csrf_token"),
    }


@register.simple_tag(takes_context=True)
def recordable(context: dict[str, Any], record: Any) -> list[dict[str, str]]:
    """What a member may record about a client or a company, for a menu."""
    name = NAMES[record._meta.label]
    role = context["me"].role
    return [
        _button(name, record, code, act)
        for code, act in KINDS[name].possible(record)
        if code != "edit" and may(role, act.ability)
    ]


@register.simple_tag
def standing_links(purpose: str, rows: Any) -> dict[int, Any]:
    """The newest link about each of these records, by its number: one query for a whole list."""
    return newest_links(purpose, [it.pk for it in rows])


@register.filter
def about(links: dict[int, Any], record: Any) -> Any:
    """The link about a record, out of `standing_links`."""
    return links.get(record.pk)


@register.filter
def link_state(link: Any) -> str:
    """How a link stands now: waiting, answered, expired or withdrawn."""
    return str(link.state(clock.now()))


EVENTS: Final = {
    "agreed": ("promise", "clipboard-document"),
    "delivered": ("ask", "clipboard-document-check"),
    "cancelled": ("rest", "x-circle"),
    "case_opened": ("mend", "lifebuoy"),
    "case_resolved": ("promise", "check"),
    "case_confirmed": ("ask", "check-badge"),
    "rated": ("meet", "star"),
    "recovered": ("give", "lifebuoy"),
    "surveyed": ("meet", "chat-bubble-bottom-center-text"),
    "review": ("meet", "calendar-days"),
    "favour_promised": ("promise", "gift-top"),
    "favour": ("give", "gift"),
    "need": ("give", "light-bulb"),
    "need_met": ("ask", "light-bulb"),
    "referral_given": ("give", "arrow-up-right"),
    "expertise": ("give", "academic-cap"),
    "asked": ("ask", "sparkles"),
    "referral": ("ask", "arrow-down-left"),
    "outcome": ("ask", "flag"),
    "hurt": ("mend", "exclamation-triangle"),
    "mended": ("give", "check"),
    "pass": ("give", "ticket"),
    "thanks_owed": ("thank", "heart"),
    "thanked": ("thank", "heart"),
    "consent": ("ask", "hand-thumb-up"),
}
"""How the events of a client's time line look: family of colour and icon."""


@register.filter
def event_family(kind: str) -> str:
    """The family of colour of an event."""
    return EVENTS.get(kind, ("rest", ""))[0]


@register.filter
def event_icon(kind: str) -> str:
    """The icon of an event."""
    return EVENTS.get(kind, ("", "clock"))[1]


@register.filter
def worth(reward: Any) -> str:
    """The amount of a reward as people write it."""
    return amount_said(reward.amount, reward.currency)
