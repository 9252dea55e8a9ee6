"""Two clients who may be one person: proposed with the evidence, merged by a person, undone whole.

Nothing is ever merged by itself. A merge moves what hangs on the client that goes to the one that
stays, fills in what the kept one lacks, and remembers each step so that the undo restores exactly
what was.

Cost of proposing, for n clients: one pass for shared addresses and numbers; names are compared
only within blocks of alike company names, each with all others up to `WHOLE_BLOCK`, in larger
blocks with the next `WINDOW` in order of the name. So at most n x 50 comparisons at 100,000
clients, not n x n / 2.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import combinations
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from rapidfuzz import fuzz

from warmhand.apps.island.actor import Actor
from warmhand.apps.island.scope import current_workspace_id, touch
from warmhand.apps.island.scoped import Link, Record, Scoped
from warmhand.apps.journal import services as journal
from warmhand.apps.people.importing.book import Book, folded
from warmhand.apps.people.importing.fields import Kind
from warmhand.apps.people.models import (
    Client,
    ContactPoint,
    DuplicatePair,
    ImportOrigin,
    Merge,
)
from warmhand.matching import bare_company
from warmhand.problems import Conflict, Invalid, NotFound

SHARED_BY_MANY = 8
"""A number that more clients have than this is a switchboard and tells nobody apart."""
WHOLE_BLOCK = 100
WINDOW = 50
ALIKE = 88
"""Names this alike (rapidfuzz, 0 to 100) count as similar."""
WEIGHTS = {"email": 90, "phone": 65, "name": 60}
FILLED = (
    "company_id", "job_title", "department", "language", "timezone", "keeper_id", "client_since",
    "notes", "name",
)  # fmt: skip
"""What the kept client takes over where it has nothing itself."""


@dataclass(slots=True)
class Evidence:
    """Why two clients may be one: the sentences, and a score from 0 to 100."""

    sentences: list[str] = field(default_factory=list)
    doubt: float = 1.0

    def add(self, weight: float, sentence: str) -> None:
        """Independent signs multiply what doubt is left."""
        if sentence not in self.sentences:
            self.sentences.append(sentence)
            self.doubt *= 1 - weight / 100

    @property
    def score(self) -> int:
        """100 is certain."""
        return round(100 * (1 - self.doubt))


@dataclass(frozen=True, slots=True)
class _Person:
    pk: int
    name: str
    company: str


Pairs = dict[tuple[int, int], Evidence]


def propose_duplicates(*, by: Actor) -> int:
    """Look through the open workspace and keep every new pair; returns how many.

    A pair that was decided on (merged, or two people) is not proposed again.
    """
    people = {
        pk: _Person(pk, folded(name), company or "")
        for pk, name, company in Client.objects.values_list("pk", "name", "company__name")
    }
    found: Pairs = defaultdict(Evidence)
    _by_contact(people, found)
    _by_name(people, found)
    known = set(DuplicatePair.objects.values_list("first_id", "second_id"))
    fresh = [
        DuplicatePair(
            workspace_id=current_workspace_id(),
            first_id=first,
            second_id=second,
            score=evidence.score,
            evidence=evidence.sentences,
        )
        for (first, second), evidence in sorted(found.items())
        if (first, second) not in known
    ]
    DuplicatePair.objects.bulk_create(fresh, batch_size=500)
    return len(fresh)


def propose_after_import(by: Actor, book: Book, why: str) -> Counter[str]:
    """What follows an import: look for duplicates."""
    return Counter(duplicates=propose_duplicates(by=by))


def _pair(one: int, other: int) -> tuple[int, int]:
    return (one, other) if one < other else (other, one)


def _by_contact(people: dict[int, _Person], found: Pairs) -> None:
    having: dict[tuple[str, str], set[int]] = defaultdict(set)
    for kind, value, pk in ContactPoint.objects.values_list("kind", "value", "client_id"):
        if pk in people:
            having[kind, folded(value)].add(pk)
    for (kind, value), ids in having.items():
        if 1 < len(ids) <= SHARED_BY_MANY:
            for one, other in combinations(sorted(ids), 2):
                weight = WEIGHTS[kind] / (2 if _are_others(people[one], people[other]) else 1)
                found[one, other].add(weight, f"Both have the {kind} {value}.")


def _are_others(one: _Person, other: _Person) -> bool:
    """Both named, and nothing alike: a shared desk rather than one person."""
    return bool(one.name and other.name) and fuzz.token_sort_ratio(one.name, other.name) < 50


def _by_name(people: dict[int, _Person], found: Pairs) -> None:
    blocks: dict[str, list[_Person]] = defaultdict(list)
    for person in people.values():
        if person.name and person.company:
            blocks[company_key(person.company)[:5]].append(person)
    for block in blocks.values():
        for one, other in _neighbours(block):
            if evidence := _alike(one, other):
                found[_pair(one.pk, other.pk)].add(*evidence)


def _neighbours(block: list[_Person]) -> Iterator[tuple[_Person, _Person]]:
    if len(block) <= WHOLE_BLOCK:
        yield from combinations(block, 2)
        return
    block = sorted(block, key=lambda person: person.name)
    for place, one in enumerate(block):
        for other in block[place + 1 : place + 1 + WINDOW]:
            yield one, other


def _alike(one: _Person, other: _Person) -> tuple[float, str] | None:
    name = fuzz.token_sort_ratio(one.name, other.name)
    if name < ALIKE:
        return None
    company = fuzz.token_sort_ratio(company_key(one.company), company_key(other.company))
    if company < ALIKE:
        return None
    where = one.company if one.company == other.company else f"{one.company} / {other.company}"
    sentence = f"The names are {name:.0f} % alike, at {where}."
    return WEIGHTS["name"] * name / 100 * company / 100, sentence


def company_key(name: str) -> str:
    """A company's name without legal forms and signs."""
    return bare_company(name) or name.casefold()


def open_pairs() -> QuerySet[DuplicatePair]:
    """Pairs that wait for a person's word, the likeliest first."""
    found: QuerySet[DuplicatePair] = (
        DuplicatePair.objects.filter(state=DuplicatePair.State.OPEN)
        .filter(first__removed_at=None, second__removed_at=None)
        .select_related("first__company", "second__company")
    )
    return found


def pair_by_id(pair_id: int) -> DuplicatePair:
    """The one door from a number to a pair."""
    found: DuplicatePair | None = DuplicatePair.objects.filter(pk=pair_id).first()
    if found is None:
        raise NotFound("pair")
    return found


def keep_apart(*, by: Actor, pair_id: int) -> DuplicatePair:
    """They are two people: remembered, and never proposed again."""
    pair = pair_by_id(pair_id)
    return journal.change(
        pair,
        by=by,
        sentence=f"{pair.first} and {pair.second} are two people.",
        state=DuplicatePair.State.APART,
    )


def merge_clients(*, by: Actor, kept_id: int, gone_id: int) -> Merge:
    """Make two clients one: all that hangs on `gone_id` moves to `kept_id`."""
    kept, gone = _both(kept_id, gone_id)
    try:
        with transaction.atomic():
            moved = {
                "rows": _move(gone.pk, kept.pk),
                "origins": _move_origins(gone.pk, kept.pk),
                "demoted": _one_primary(kept.pk),
                "filled": _fill(kept, gone),
                "pair": _decide_pair(kept.pk, gone.pk),
            }
    except IntegrityError as error:
        raise Conflict(
            "merge_collides",
            "Both have an open ask, and a client can have only one.",
            lift="Record what became of one of the two asks, then merge.",
        ) from error
    gone.removed_at = timezone.now()
    gone.save(update_fields=["removed_at"])
    merge = Merge(workspace_id=kept.workspace_id, kept=kept, gone=gone, moved=moved)
    merge.save()
    _note(by, "merged", kept, gone, f"Merged {gone} into {kept}.")
    return merge


def undo_merge(*, by: Actor, merge_id: int) -> Merge:
    """Make them two again: everything that was moved and not changed since goes back."""
    merge: Merge | None = Merge.objects.select_for_update().filter(pk=merge_id).first()
    if merge is None:
        raise NotFound("merge")
    if merge.undone_at:
        raise Conflict("already_undone", "This was undone already.", lift="Reload the page.")
    kept = Client.all_objects.select_for_update().get(pk=merge.kept_id)
    gone = Client.all_objects.select_for_update().get(pk=merge.gone_id)
    moved = merge.moved
    for label, ids in moved["rows"].items():
        _rows(_movable()[label]).filter(pk__in=ids, client_id=kept.pk).update(client_id=gone.pk)
    ImportOrigin.objects.filter(pk__in=moved["origins"]).update(object_id=gone.pk)
    ContactPoint.all_objects.filter(pk__in=moved["demoted"]).update(is_primary=True)
    _empty(kept, moved["filled"])
    DuplicatePair.objects.filter(pk=moved["pair"]).update(state=DuplicatePair.State.OPEN)
    gone.removed_at = None
    gone.save(update_fields=["removed_at"])
    merge.undone_at = timezone.now()
    merge.save(update_fields=["undone_at"])
    _note(by, "unmerged", kept, gone, f"{gone} and {kept} are two again.")
    return merge


def merges() -> QuerySet[Merge]:
    """Merges that stand, newest first."""
    found: QuerySet[Merge] = Merge.objects.filter(undone_at=None).select_related("kept", "gone")
    return found


def _both(kept_id: int, gone_id: int) -> tuple[Client, Client]:
    """Both clients, locked in one order so that two merges never wait for each other."""
    if kept_id == gone_id:
        raise Invalid(
            "merge_with_itself",
            "A client cannot be merged with itself.",
            lift="Choose the other client of the pair.",
        )
    ids = sorted((kept_id, gone_id))
    found = {c.pk: c for c in Client.objects.select_for_update().filter(pk__in=ids).order_by("pk")}
    if len(found) < 2:
        raise NotFound("client")
    return found[kept_id], found[gone_id]


def _movable() -> dict[str, type[Scoped]]:
    """Every kind of record that hangs on a client by a link of that name, by its label."""
    linked: list[type[Any]] = [
        relation.related_model
        for relation in Client._meta.related_objects
        if isinstance(relation.field, Link) and relation.field.name == "client"
    ]
    return {
        model._meta.label: model
        for model in linked
        if issubclass(model, Record) or "client_id" in model.may_move
    }


def _rows(model: type[Scoped]) -> QuerySet[Any]:
    """Removed ones too: bringing one back must find the right client."""
    manager: Any = model.all_objects if issubclass(model, Record) else model.objects
    rows: QuerySet[Any] = manager.all()
    return rows


def _move(gone_id: int, kept_id: int) -> dict[str, list[int]]:
    moved = {}
    for label, model in _movable().items():
        rows = _rows(model).filter(client_id=gone_id)
        if model is ContactPoint:
            had = ContactPoint.objects.filter(client_id=kept_id).values_list("kind", "value")
            rows = rows.exclude(_any_of(had))
        ids = sorted(rows.values_list("pk", flat=True))
        _rows(model).filter(pk__in=ids).update(client_id=kept_id)
        if ids:
            moved[label] = ids
    return moved


def _any_of(points: Iterable[tuple[str, str]]) -> Q:
    """These contact points; the client that goes keeps its own copy of what the other has."""
    wanted = Q(pk__in=[])
    for kind, value in points:
        wanted |= Q(kind=kind, value=value)
    return wanted


def _move_origins(gone_id: int, kept_id: int) -> list[int]:
    """From now on an import of the client that went means the one that stayed."""
    origins = ImportOrigin.objects.filter(kind=Kind.CLIENTS, object_id=gone_id)
    ids = sorted(origins.values_list("pk", flat=True))
    ImportOrigin.objects.filter(pk__in=ids).update(object_id=kept_id)
    return ids


def _one_primary(kept_id: int) -> list[int]:
    """Of each kind the oldest primary stays it; the others' numbers are returned."""
    primary = ContactPoint.objects.filter(client_id=kept_id, is_primary=True).order_by("pk")
    seen: set[str] = set()
    demoted = []
    for point in primary:
        if point.kind in seen:
            demoted.append(point.pk)
        seen.add(point.kind)
    ContactPoint.objects.filter(pk__in=demoted).update(is_primary=False)
    return demoted


def _fill(kept: Client, gone: Client) -> dict[str, list[Any]]:
    """What the kept client lacks; a wish not to be asked is always taken over."""
    before = journal.snapshot(kept)
    for name in FILLED:
        if getattr(kept, name) in (None, ""):
            setattr(kept, name, getattr(gone, name))
    if gone.do_not_ask and not kept.do_not_ask:
        kept.do_not_ask = True
        kept.do_not_ask_until, kept.do_not_ask_why = gone.do_not_ask_until, gone.do_not_ask_why
    kept.save()
    after = journal.snapshot(kept)
    return {name: [before[name], after[name]] for name in after if before[name] != after[name]}


def _empty(kept: Client, filled: dict[str, list[Any]]) -> None:
    """Take back what the merge filled in, where nobody has changed it since."""
    now = journal.snapshot(kept)
    for name, (old, new) in filled.items():
        if now[name] == new:
            target: Any = Client._meta.get_field(name)
            setattr(kept, target.attname, target.to_python(old))
    kept.save()


def _decide_pair(one: int, other: int) -> int | None:
    first, second = _pair(one, other)
    pair = DuplicatePair.objects.filter(first_id=first, second_id=second).first()
    if pair is None:
        return None
    pair.state = DuplicatePair.State.MERGED
    pair.save(update_fields=["state"])
    return pair.pk


def _note(by: Actor, verb: str, kept: Client, gone: Client, sentence: str) -> None:
    """On both clients' time lines; their facts and their companies' are decided anew."""
    for client in (kept, gone):
        journal.record(by=by, verb=verb, of=client, sentence=sentence)
        touch(client_id=client.pk, company_id=client.company_id)
