"""Clients: one by id, one by whatever identifies them, and lists."""

from __future__ import annotations

from django.db.models import Exists, F, OuterRef, Prefetch, Q, QuerySet, TextField, Value

from warmhand.apps.island.door import one
from warmhand.apps.island.listing import searched, sorted_by
from warmhand.apps.people.models import Client, ContactPoint, KeyRingEntry
from warmhand.problems import Conflict, Invalid, NotFound

CONTACT_KINDS = ContactPoint.Kind.choices
"""Kinds of contact point, each with its name for a person."""
ORDERS = {
    "name": ("name",),
    "company": ("company__name", "name"),
    "keeper": ("keeper__name", "name"),
    "since": ("client_since", "name"),
    "added": ("created_at",),
}
_MOST_CANDIDATES = 10


def client_by_id(client_id: int, *, lock: bool = False) -> Client:
    """One client with company and keeper: the one door from an id to a client."""
    return one(Client, client_id, "client", lock=lock, related=("company", "keeper"))


def contact_point_by_id(contact_point_id: int) -> ContactPoint:
    """One address or number, with its client."""
    return one(ContactPoint, contact_point_id, "contact_point", related=("client",))


def key_by_id(key_id: int) -> KeyRingEntry:
    """One key of a client's ring, with the client."""
    return one(KeyRingEntry, key_id, "key", related=("client",))


def clients(
    *,
    search: str = "",
    company_id: int | None = None,
    keeper_id: int | None = None,
    team: str = "",
    do_not_ask: bool | None = None,
    sort: str = "name",
) -> QuerySet[Client]:
    """Clients with company, keeper and contact points: two queries a page, plus the count.

    `search` looks at names, companies, job titles, addresses and numbers; `sort` is one of ORDERS.
    """
    rows = Client.objects.select_related("company", "keeper").prefetch_related(
        Prefetch("contact_points")
    )
    if company_id is not None:
        rows = rows.filter(company_id=company_id)
    if keeper_id is not None:
        rows = rows.filter(keeper_id=keeper_id)
    if team:
        rows = rows.filter(keeper__team=team)
    if do_not_ask is not None:
        rows = rows.filter(do_not_ask=do_not_ask)
    return sorted_by(_with_words(rows, search), sort, ORDERS)


def _with_words(rows: QuerySet[Client], search: str) -> QuerySet[Client]:
    reached = ContactPoint.objects.filter(client=OuterRef("pk"), value__icontains=search.strip())
    named = searched(rows, search, "name", "company__name", "job_title", "source_ref")
    if "@" in search or any(letter.isdigit() for letter in search):
        return rows.filter(Q(pk__in=named.values("pk").order_by()) | Exists(reached))
    return named


def find_client(text: str) -> Client:
    """The one client that `text` names: an id, an address, a number, a source's key or a name.

    Raises NotFound (`unknown_client`), or Conflict (`several_clients`) with the candidates, each
    `{id, title, company}`, in the details.
    """
    word = " ".join(text.replace("\x00", " ").split())
    if not word:
        raise Invalid.at("client", "Name the client: by number, e-mail, phone or name.")
    for condition in _conditions(word):
        found = Client.objects.select_related("company", "keeper").filter(condition)
        some = list(found.distinct()[: _MOST_CANDIDATES + 1])
        if len(some) == 1:
            return some[0]
        if some:
            raise _several(word, some)
    raise NotFound("client", f"There is no client '{word}' in this workspace.")


def _conditions(word: str) -> list[Q]:
    """What `word` may be, the surest first."""
    points = Q(contact_points__removed_at=None)
    found = [Q(pk=int(word))] if word.isascii() and word.isdigit() else []
    found.append(Q(source_ref__iexact=word))
    found.append(points & Q(contact_points__value=word.lower()))
    if digits := "".join(letter for letter in word if letter.isdigit()):
        found.append(points & Q(contact_points__value=f"+{digits.removeprefix('00')}"))
    found += [Q(name__iexact=word), Q(name__icontains=word)]
    found.append(Q(name="", company__name__iexact=word))
    return found


def _several(word: str, some: list[Client]) -> Conflict:
    candidates = [
        {"id": c.pk, "title": c.title, "company": c.company.name if c.company else ""}
        for c in some[:_MOST_CANDIDATES]
    ]
    listed = (f"{c['id']} ({c['title']}, {c['company'] or 'no company'})" for c in candidates)
    return Conflict(
        "several_clients",
        f"'{word}' fits {'several' if len(some) <= _MOST_CANDIDATES else 'many'} clients.",
        lift=f"Name one by its number: {'; '.join(listed)}.",
        details={"candidates": candidates},
    )


def client_by_reference(*, email: str = "", source: str = "", source_ref: str = "") -> Client:
    """The one client with exactly this address, or this key in another system: for programs.

    Raises NotFound (`unknown_client`), or Conflict (`several_clients`) with the candidates.
    """
    if not email and not source_ref:
        raise Invalid.at("client", "Name the client: by number, by e-mail, or by source and ref.")
    rows = Client.objects.select_related("company", "keeper")
    if email:
        points = {"kind": ContactPoint.Kind.EMAIL, "value": email.strip().lower()}
        rows = rows.filter(
            Exists(ContactPoint.objects.filter(client=OuterRef("pk"), **points)),
        )
    if source_ref:
        rows = rows.filter(source=source, source_ref=source_ref)
    some = list(rows[: _MOST_CANDIDATES + 1])
    if len(some) > 1:
        raise _several(email or source_ref, some)
    if not some:
        raise NotFound("client")
    return some[0]


def names_of_others(client_id: int, text: str) -> list[str]:
    """Names of other clients and their companies that stand in a text to this one (P24).

    Single words are left out, as they may be anybody's; so is this client's own company. One
    statement, which brings only the names that occur, however many clients there are.
    """
    said = Value(text, output_field=TextField())
    here = Client.objects.filter(pk=client_id)
    named = Client.objects.exclude(pk=client_id).annotate(said=said, found=F("name"))
    firms = (
        Client.objects.exclude(pk=client_id)
        .exclude(company__in=here.filter(company__isnull=False).values("company"))
        .annotate(said=said, found=F("company__name"))
    )
    found = [
        rows.filter(found__contains=" ", said__icontains=F("found")).order_by().values_list("found")
        for rows in (named, firms)
    ]
    return sorted(name for (name,) in found[0].union(found[1]) if " " in name.strip())
