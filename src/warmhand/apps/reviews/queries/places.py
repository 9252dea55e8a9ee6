"""Where a client is and which language they read: theirs, else their company's, else ours."""

from __future__ import annotations

from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from warmhand.apps.accounts import days
from warmhand.apps.accounts.queries import our_workspace
from warmhand.apps.people import queries as people
from warmhand.apps.people.models import Client
from warmhand.wording.catalogue import ENGLISH, Catalogue, catalogue


def zone_of(client: Client, home: ZoneInfo | None = None) -> ZoneInfo:
    """The client's time zone; `home` is the workspace's, where it is known already."""
    company = client.company.timezone if client.company else ""
    return zone_by_name(client.timezone or company, home)


def zone_by_name(name: str, home: ZoneInfo | None = None) -> ZoneInfo:
    """The zone of this name; the workspace's where there is none."""
    try:
        return ZoneInfo(name) if name else home or days.zone()
    except (ZoneInfoNotFoundError, ValueError):
        return home or days.zone()


def language_of(client: Client) -> str:
    """The language the client reads, as a code such as `de-AT`."""
    return people.language_of(client, our_workspace().language)


def spoken_by(language: str) -> tuple[Catalogue, str]:
    """The texts for a language, and the language in which days are said beside them."""
    spoken = catalogue(language)
    ours = language.lower().startswith(spoken.language)
    return spoken, language if ours else ENGLISH
