"""May we write to a client, at which address, in which language (P24; nobody who hasn't agreed)."""

from __future__ import annotations

from warmhand.apps.accounts import days
from warmhand.apps.people.models import Client, Consent, ContactPoint
from warmhand.apps.policies.queries import current
from warmhand.problems import Problem

from .clients import client_by_id


def address_to_write_to(client_id: int, *, asks: bool = False) -> str:
    """The client's first e-mail address, where a mail of ours may go to them.

    With `asks`, for what wants something of them (a survey asks whether they would introduce us),
    their wish not to be asked counts too. Problems: `consent_withdrawn`, `consent_not_recorded`,
    `wishes_not_to_be_asked`, `no_address`.
    """
    client = client_by_id(client_id)
    _check_consent(client)
    if asks:
        _check_wish(client)
    points = ContactPoint.objects.filter(client=client, kind=ContactPoint.Kind.EMAIL)
    first: ContactPoint | None = points.order_by("-is_primary", "pk").first()
    if first is None:
        raise Problem(
            "no_address",
            f"No e-mail address of {client.title} is on record.",
            lift="Add one on their page, or hand them the link another way.",
        )
    return first.value


def _check_consent(client: Client) -> None:
    latest = Consent.objects.filter(client=client).order_by("-on", "-pk").first()
    if latest is not None and not latest.given:
        raise Problem(
            "consent_withdrawn",
            f"{client.title} took their consent back on {latest.on:%d %B %Y}.",
            lift="Speak with them. Record it when they agree again.",
        )
    if latest is None and current().policy.require_recorded_consent:
        raise Problem(
            "consent_not_recorded",
            f"No consent of {client.title} is on record, and this workspace writes to nobody "
            "without it.",
            lift="Ask them when you speak, and record their words.",
        )


def _check_wish(client: Client) -> None:
    until = client.do_not_ask_until
    if client.do_not_ask and (until is None or until > days.today()):
        raise Problem(
            "wishes_not_to_be_asked",
            f"{client.title} wishes not to be asked.",
            lift="Only they can change that; favours stay welcome.",
            until=until,
        )


def language_of(client: Client, workspace_language: str) -> str:
    """The language to speak with a client: theirs, else their company's, else the workspace's."""
    company = client.company.language if client.company else ""
    return client.language or company or workspace_language
