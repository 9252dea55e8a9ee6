"""How the drafts of favours and needs become records of this app.

Whoever runs an import brings these recorders along.
"""

from __future__ import annotations

from typing import Any, ClassVar

from warmhand.apps.accounts import days
from warmhand.apps.island.scoped import Record
from warmhand.apps.people.importing.book import Book, RowRefused
from warmhand.apps.people.importing.drafting import Draft
from warmhand.apps.people.importing.fields import Kind
from warmhand.apps.people.importing.problems import problem
from warmhand.apps.people.importing.recorders import Plain, Recorder, others, texts
from warmhand.apps.people.third_persons import has_contact_data, without_contact_data

from .models import Favour, Need
from .unpaid import charge_in

NO_PRICE = frozenset({"", "0", "0.0", "0.00", "0,00", "-", "–", "none", "free", "no"})
"""What a cell for a price may hold: that there is none."""


class FavourRecorder(Plain):
    """Favours done or promised; a row with a price is refused (P9)."""

    kind: ClassVar[Kind] = Kind.FAVOURS
    model: ClassVar[type[Record]] = Favour
    noun: ClassVar[str] = "the favour"

    def values(self, draft: Draft, book: Book) -> dict[str, Any]:
        """Done on a day, or promised on one; `keeper` is who did it."""
        _refuse_price(draft)
        found = {
            **texts(draft, "what", "outcome"),
            **others(draft, "promised_on", "due_on", "done_on", "minutes"),
            **{n: draft.values[n] for n in ("kind",) if draft.values.get(n)},
            "client_id": book.id_of(draft.values.get("client"), name="client", line=draft.line),
        }
        if not (found.get("promised_on") or found.get("done_on")):
            raise RowRefused(problem("value_missing", line=draft.line, field="done_on"))
        _in_order(draft, found, "promised_on", "due_on")
        _in_order(draft, found, "promised_on", "done_on")
        if "keeper" in draft.values:
            keeper = draft.values["keeper"]
            found["member_id"] = book.id_of(keeper, name="keeper", line=draft.line)
        return found


def _refuse_price(draft: Draft) -> None:
    """A cell that is a price, or words that say that we charged."""
    cell = str(draft.values.get("price") or "").strip()
    if cell.casefold() not in NO_PRICE:
        raise _has_price(draft, "price", cell)
    for name in ("what", "outcome"):
        if found := charge_in(str(draft.values.get(name) or "")):
            raise _has_price(draft, name, found)


def _has_price(draft: Draft, name: str, value: str) -> RowRefused:
    return RowRefused(problem("favour_has_price", line=draft.line, field=name, value=value))


def _in_order(draft: Draft, found: dict[str, Any], first: str, then: str) -> None:
    if found.get(first) and found.get(then) and found[then] < found[first]:
        raise RowRefused(problem("dates_in_wrong_order", line=draft.line, field=then, other=first))


class NeedRecorder(Plain):
    """What clients need, and whether we may pass it on (P29).

    Of somebody they know nothing is taken in by which that person could be reached.
    """

    kind: ClassVar[Kind] = Kind.NEEDS
    model: ClassVar[type[Record]] = Need
    noun: ClassVar[str] = "the need:"

    def values(self, draft: Draft, book: Book) -> dict[str, Any]:
        """Without a day it was noted today; asked without an answer is not asked."""
        found = {
            **texts(draft, "words", "category"),
            **others(draft, "met_on", "may_pass_on"),
            **{n: draft.values[n] for n in ("urgency",) if draft.values.get(n)},
            "noted_on": draft.values.get("noted_on") or draft.values.get("met_on") or days.today(),
            "client_id": book.id_of(draft.values.get("client"), name="client", line=draft.line),
        }
        if found.get("may_pass_on") is not None:
            found["asked_on"] = draft.values.get("asked_on") or found["noted_on"]
        if "for_us" in draft.values:
            found["for_us"] = bool(draft.values["for_us"])
        if "for_other" in draft.values:
            found["for_other"] = bool(draft.values["for_other"])
        if found.get("for_other") or _has_number_and_mark(found["words"], draft, book):
            found["words"] = without_contact_data(found["words"])
        _in_order(draft, found, "noted_on", "met_on")
        return found


def _has_number_and_mark(words: str, draft: Draft, book: Book) -> bool:
    """Whether the need that this row became is told for somebody else, whatever the row says.

    Only words by which somebody could be reached cost a look at the record.
    """
    if not has_contact_data(words):
        return False
    known = book.names[Kind.NEEDS].refs.get(draft.ref)
    return known is not None and Need.all_objects.filter(pk=known, for_other=True).exists()


RECORDERS: dict[Kind, Recorder] = {
    Kind.FAVOURS: FavourRecorder(),
    Kind.NEEDS: NeedRecorder(),
}
