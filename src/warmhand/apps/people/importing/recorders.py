"""How the drafts of members, companies and clients become records of this app.

A recorder says which values a draft gives its record; the writing itself is in `writing.py`,
the same for every kind.
"""

from __future__ import annotations

import datetime
import re
from typing import Any, ClassVar, Protocol

from babel import Locale

from warmhand.apps.accounts.models import Member
from warmhand.apps.island.scope import current_workspace_id
from warmhand.apps.island.scoped import Record
from warmhand.apps.people.importing.book import Book
from warmhand.apps.people.importing.drafting import Draft, Link
from warmhand.apps.people.importing.fields import Kind
from warmhand.apps.people.models import Client, Company, Consent, ContactPoint

Extra = list[str]
"""Something that hangs on a record (a contact point, a consent), as JSON keeps it."""
Hung = tuple[Record, list[Extra]]
E164 = re.compile(r"\+\d{7,15}$")


class Recorder(Protocol):
    """What the import must know of one kind of record."""

    kind: ClassVar[Kind]
    model: ClassVar[type[Record]]
    noun: ClassVar[str]
    self_link: ClassVar[str]
    """The field that names another row of the same table, or ""."""

    def values(self, draft: Draft, book: Book) -> dict[str, Any]:
        """The record's values by attribute; raises `RowRefused` for a link to nothing."""

    def extras(self, draft: Draft, book: Book) -> list[Extra]:
        """What hangs on the record besides."""

    def add_extras(self, hung: list[Hung], source: str) -> None:
        """Write such things for records that are stored."""

    def learn(self, record: Any, extras: list[Extra], book: Book) -> None:
        """Make the record known to the rows that follow."""


class Plain:
    """A recorder with nothing that hangs on its records."""

    self_link: ClassVar[str] = ""

    def extras(self, draft: Draft, book: Book) -> list[Extra]:
        """Nothing."""
        return []

    def add_extras(self, hung: list[Hung], source: str) -> None:
        """Nothing."""

    def learn(self, record: Any, extras: list[Extra], book: Book) -> None:
        """Nothing."""


def texts(draft: Draft, *names: str) -> dict[str, Any]:
    """The mapped ones of these text fields; an empty cell is an empty text."""
    return {name: draft.values[name] or "" for name in names if name in draft.values}


def others(draft: Draft, *names: str) -> dict[str, Any]:
    """The mapped ones of these fields; an empty cell is null."""
    return {name: draft.values[name] for name in names if name in draft.values}


class MemberRecorder(Plain):
    """Colleagues on record; they can sign in only once somebody invites them."""

    kind: ClassVar[Kind] = Kind.MEMBERS
    model: ClassVar[type[Record]] = Member
    noun: ClassVar[str] = "the colleague"
    self_link: ClassVar[str] = "manager"

    def values(self, draft: Draft, book: Book) -> dict[str, Any]:
        """Name, e-mail, team, role (never above account manager)."""
        role = {"role": draft.values["role"]} if draft.values.get("role") else {}
        return {**texts(draft, "name", "email", "team"), **role}

    def learn(self, record: Any, extras: list[Extra], book: Book) -> None:
        """By name and e-mail."""
        emails = [record.email] if record.email else []
        book.names[Kind.MEMBERS].add(record.pk, name=record.name, emails=emails)


class CompanyRecorder(Plain):
    """Companies by name."""

    kind: ClassVar[Kind] = Kind.COMPANIES
    model: ClassVar[type[Record]] = Company
    noun: ClassVar[str] = "the company"
    self_link: ClassVar[str] = "parent"

    def values(self, draft: Draft, book: Book) -> dict[str, Any]:
        """What stands on a company; its web address is cut to the domain."""
        found = texts(draft, "name", "domain", "sector", "country", "city", "language", "timezone")
        if domain := found.get("domain"):
            found["domain"] = re.sub(r"^https?://(www\.)?|/.*$", "", domain.lower())
        return found

    def learn(self, record: Any, extras: list[Extra], book: Book) -> None:
        """By name."""
        book.names[Kind.COMPANIES].add(record.pk, name=record.name)


class ClientRecorder:
    """Clients with their contact points and consents."""

    kind: ClassVar[Kind] = Kind.CLIENTS
    model: ClassVar[type[Record]] = Client
    noun: ClassVar[str] = "the client"
    self_link: ClassVar[str] = ""

    def values(self, draft: Draft, book: Book) -> dict[str, Any]:
        """What stands on a client; one named like the company is a contact not named yet."""
        found = {
            **texts(draft, "name", "job_title", "department", "language", "timezone"),
            **others(draft, "client_since", "do_not_ask_until"),
            **texts(draft, "do_not_ask_why"),
        }
        if "do_not_ask" in draft.values:
            found["do_not_ask"] = bool(draft.values["do_not_ask"])
        if "company" in draft.values:
            link = draft.values["company"]
            found["company_id"] = book.id_of(link, name="company", line=draft.line)
            if isinstance(link, Link) and link.text == found.get("name"):
                found["name"] = ""
        if "keeper" in draft.values:
            keeper = draft.values["keeper"]
            found["keeper_id"] = book.id_of(keeper, name="keeper", line=draft.line)
        return found

    def extras(self, draft: Draft, book: Book) -> list[Extra]:
        """Contact points and a consent, where the row has them."""
        found = [
            [kind, str(value)]
            for kind in ("email", "phone")
            for name in (kind, f"{kind}_2", f"{kind}_3")
            if (value := draft.values.get(name))
        ]
        given, on = draft.values.get("consent"), draft.values.get("consent_on")
        if given is not None and on is not None:
            said = str(draft.values.get("consent_words") or "")
            found.append(["consent", "yes" if given else "no", str(on), said])
        return found

    def add_extras(self, hung: list[Hung], source: str) -> None:
        """Contact points that the clients don't have yet, and consents."""
        ids = [record.pk for record, _ in hung]
        points = ContactPoint.objects.filter(client_id__in=ids)
        known = set(points.values_list("client_id", "kind", "value"))
        kinds = {(pk, kind) for pk, kind, _ in known}
        made: list[ContactPoint] = []
        consents: list[Consent] = []
        for pk, (kind, value, *rest) in ((r.pk, extra) for r, extras in hung for extra in extras):
            if kind == "consent":
                consents.append(_consent(pk, value, *rest, source=source))
            elif (pk, kind, value) not in known:
                made.append(_point(pk, kind, value, primary=(pk, kind) not in kinds))
                known.add((pk, kind, value))
                kinds.add((pk, kind))
        ContactPoint.objects.bulk_create(made)
        Consent.objects.bulk_create(consents)

    def learn(self, record: Any, extras: list[Extra], book: Book) -> None:
        """By name, company and e-mail."""
        book.add_client(record.pk, record.name, record.company_id)
        emails = [extra[1] for extra in extras if extra[0] == "email"]
        book.names[Kind.CLIENTS].add(record.pk, emails=emails)


def _point(client_id: int, kind: str, value: str, *, primary: bool) -> ContactPoint:
    return ContactPoint(
        workspace_id=current_workspace_id(),
        client_id=client_id,
        kind=kind,
        value=value,
        as_given=value,
        label="" if kind == "email" or E164.match(value) else "as given",
        is_primary=primary,
    )


def _consent(client_id: int, given: str, on: str, words: str, *, source: str) -> Consent:
    return Consent(
        workspace_id=current_workspace_id(),
        client_id=client_id,
        given=given == "yes",
        on=datetime.date.fromisoformat(on),
        words=words,
        source=f"import of {source}",
    )


def country_name(code: str) -> str:
    """A country's English name by its two letters."""
    return str(Locale("en").territories.get(code, ""))


def company_values(draft: Draft) -> dict[str, Any]:
    """What a client's row tells of a company that is not on record yet."""
    link, country = draft.values.get("company"), draft.values.get("country")
    name = link.text[:200] if isinstance(link, Link) else ""
    return {"name": name, "country": country_name(str(country)) if country else ""}


RECORDERS: dict[Kind, Recorder] = {
    Kind.MEMBERS: MemberRecorder(),
    Kind.COMPANIES: CompanyRecorder(),
    Kind.CLIENTS: ClientRecorder(),
}

__all__ = ["RECORDERS", "Extra", "Hung", "Plain", "Recorder", "others", "texts"]
