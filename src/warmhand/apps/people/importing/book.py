"""What an import knows while it writes: who is known by which identifier, name or address.

Loaded once a run, inside the workspace, and kept up to date as records are made, so that no row
costs a query of its own. A link is looked up by the source's own identifiers first.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from warmhand.apps.accounts.models import Member
from warmhand.apps.people.importing.drafting import Link
from warmhand.apps.people.importing.fields import LINKS, Kind
from warmhand.apps.people.importing.problems import ImportProblem, problem
from warmhand.apps.people.models import Client, Company, ContactPoint, ImportOrigin


class RowRefused(Exception):
    """This row cannot become a record; the others can."""

    def __init__(self, found: ImportProblem) -> None:
        super().__init__(found.sentence)
        self.problem = found


def folded(text: str) -> str:
    """A name as it is compared: without case and doubled spaces."""
    return " ".join(text.casefold().split())


@dataclass(slots=True)
class Names:
    """The records of one kind by what may name them."""

    refs: dict[str, int] = field(default_factory=dict)
    names: dict[str, set[int]] = field(default_factory=lambda: defaultdict(set))
    emails: dict[str, set[int]] = field(default_factory=lambda: defaultdict(set))

    def add(self, object_id: int, *, name: str = "", emails: Iterable[str] = ()) -> None:
        """Make a record known."""
        if name:
            self.names[folded(name)].add(object_id)
        for email in emails:
            self.emails[email.casefold()].add(object_id)

    def find(self, link: Link) -> set[int]:
        """Every record the link may mean, by the first way of naming that finds one."""
        for by in ("source_ref", "email", "name") if link.by == "any" else (link.by,):
            if found := self._by(by, link.text):
                return found
        return set()

    def _by(self, by: str, text: str) -> set[int]:
        if by == "source_ref":
            return {self.refs[text]} if text in self.refs else set()
        table = self.emails if by == "email" else self.names
        return table.get(folded(text), set())


class Book:
    """One run's view of a workspace; `source` is whose identifiers count."""

    def __init__(self, source: str) -> None:
        self.source = source
        self.names = {kind: Names() for kind in Kind}
        self.clients_of: dict[int, set[int]] = defaultdict(set)
        """Company -> its clients."""
        self.company_ids: dict[int, int] = {}
        """Client -> their company."""

    def load(self) -> None:
        """Read the open workspace: three queries for names, one for identifiers."""
        for kind, ref, object_id in ImportOrigin.objects.filter(source=self.source).values_list(
            "kind", "source_ref", "object_id"
        ):
            self.names[Kind(kind)].refs[ref] = object_id
        for pk, name, email in Member.objects.values_list("pk", "name", "email"):
            self.names[Kind.MEMBERS].add(pk, name=name, emails=[email] if email else [])
        for pk, name in Company.objects.values_list("pk", "name"):
            self.names[Kind.COMPANIES].add(pk, name=name)
        for pk, name, company_id in Client.objects.values_list("pk", "name", "company_id"):
            self.add_client(pk, name, company_id)
        points = ContactPoint.objects.filter(kind=ContactPoint.Kind.EMAIL)
        for pk, email in points.values_list("client_id", "value"):
            self.names[Kind.CLIENTS].add(pk, emails=[email])

    def add_client(self, pk: int, name: str, company_id: int | None) -> None:
        """Make a client known, by name and as one of the company's."""
        self.names[Kind.CLIENTS].add(pk, name=name)
        if company_id:
            self.clients_of[company_id].add(pk)
            self.company_ids[pk] = company_id

    def company_of(self, client_id: int | None) -> int | None:
        """The client's company."""
        return self.company_ids.get(client_id or 0)

    def only_client_of(self, company_id: int | None) -> int | None:
        """The company's client where there is exactly one."""
        found = self.clients_of.get(company_id or 0, set())
        return next(iter(found)) if len(found) == 1 else None

    def id_of(self, link: object, *, name: str, line: int) -> int | None:
        """The record a link names, None for an empty link; raises `RowRefused` otherwise."""
        if not isinstance(link, Link):
            return None
        kind = LINKS[name]
        found = self.names[kind].find(link)
        if len(found) == 1:
            return next(iter(found))
        code = "ambiguous_link" if found else "unknown_link"
        singular = str(kind).removesuffix("s").replace("companie", "company")
        raise RowRefused(problem(code, line=line, field=name, value=link.text, kind=singular))
