"""Where a record is shown: its page, and the list it came from."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.text import Truncator

LISTS = {
    "client": ("web:clients", "Clients"),
    "company": ("web:companies", "Companies"),
    "offer": ("web:offers", "Offers"),
    "provider": ("web:directory", "Directory"),
}
ASKS = {"asks.Ask": "pk", "asks.CoworkerPlan": "ask_id", "gratitude.Reward": "ask_id"}
"""Records that the page of an ask shows, and where they hold its number."""
LABELS = {"people.Client": "client", "people.Company": "company", "offers.Offer": "offer"}
OF_PROVIDER = {
    "directory.Provider": "pk",
    "directory.Service": "provider_id",
    "directory.Vouch": "provider_id",
}
"""Records that the page of a provider shows, and where they hold its number."""


def name_of(record: Any) -> str:
    """What a record is called where it is one of many: its title, or the first words of it."""
    for attribute in ("title", "name", "what", "new_person", "provider", "label", "words"):
        if value := getattr(record, attribute, ""):
            return Truncator(str(value)).chars(60)
    return str(record._meta.verbose_name)


def list_of(kind: str) -> tuple[str, str]:
    """The address and the name of the list of a kind that stands by itself."""
    route, name = LISTS[kind]
    return reverse(route), name


def page_of(record: Any) -> str:
    """The address of the page that shows a record."""
    return place_of(record)[0]


def page_of_link(link: Any) -> str:
    """The address of the page on which a client's link is copied or sent."""
    return reverse("web:letter", args=(link.pk,))


def place_of(record: Any) -> tuple[str, str]:
    """The address and the name of the page that shows a record: its client's, or its company's."""
    if record._meta.label == "followups.FollowUp":
        client = record.client.title
        return page_of_follow_up(record), f"{client} to {record.referral.provider}"
    own = LABELS.get(record._meta.label)
    shown = record.plan if record._meta.label == "asks.CoworkerTask" else record
    if number := ASKS.get(shown._meta.label):
        return reverse("web:ask", args=(getattr(shown, number),)), f"Ask of {shown.client.title}"
    if number := OF_PROVIDER.get(record._meta.label):
        name = record.name if number == "pk" else record.provider.name
        return reverse("web:provider", args=(getattr(record, number),)), name
    if own == "offer":
        return list_of("offer")
    client_id = record.pk if own == "client" else getattr(record, "client_id", None)
    if client_id:
        client = record if own == "client" else record.client
        return reverse("web:client", args=(client_id,)), client.title
    company = record if own == "company" else record.company
    return reverse("web:company", args=(company.pk,)), company.name


def page_of_follow_up(follow_up: Any) -> str:
    """The page of what came of a referral."""
    return reverse("web:came_of_it", args=(follow_up.referral_id,))


def page_of_review(review: Any) -> str:
    """The page of a meeting, where its verdict stands once it was held."""
    return reverse("web:review", args=(review.pk,))
