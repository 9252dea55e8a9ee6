"""The quick note: from any page, by the key q, in seconds: what a client needs, or what we did.

Another kind of note is one more entry of QUICK: its form, its main field, and what it writes.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from warmhand.apps.accounts.abilities import Ability
from warmhand.apps.giving import queries as giving_reads
from warmhand.apps.giving import services as giving
from warmhand.apps.island.actor import Actor
from warmhand.apps.journal import queries as journal
from warmhand.apps.people import queries as people
from warmhand.problems import Invalid, NotFound, Problem
from warmhand.web import flash, gate
from warmhand.web.categories import title_of
from warmhand.web.forms import saved, sent
from warmhand.web.journal import back
from warmhand.web.records.forms.giving import (
    FavourKind,
    ForOther,
    Minutes,
    NeedMayPass,
    Urgency,
)

FOUND: Final = 5
"""So many clients are proposed while one types."""


class NoteForm(forms.Form):
    """What all quick notes share: for whom."""

    who = forms.CharField(required=False, max_length=100, label="Which client?")
    client = forms.IntegerField(required=False, min_value=1, max_value=2**63 - 1)

    def __init__(self, data: Any = None, **options: Any) -> None:
        super().__init__(data, auto_id="quick_%s", **options)

    @property
    def asked(self) -> list[forms.BoundField]:
        """The fields beside the client."""
        return [field for field in self if field.name not in NoteForm.base_fields]


class NeedNote(NoteForm):
    """What they need, how soon, and whether we may tell others (P29)."""

    words = forms.CharField(
        max_length=2000,
        label="What do they need?",
        help_text="In their own words.",
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    urgency = Urgency()
    may_pass_on = NeedMayPass()
    for_other = ForOther()


class FavourNote(NoteForm):
    """What we did or promised, that we cannot be paid for (P9)."""

    what = forms.CharField(
        max_length=300, label="What for them?", widget=forms.Textarea(attrs={"rows": 2})
    )
    happened = forms.ChoiceField(
        label="Is it done?",
        choices=[("done", "Done"), ("promised", "Promised")],
        widget=forms.RadioSelect,
        initial="done",
    )
    kind = FavourKind()
    minutes = Minutes()


Save = Callable[[Actor, int, Mapping[str, Any]], Any]
"""Writes what was sent about a client; the record."""


@dataclass(frozen=True, slots=True)
class Quick:
    """A kind of quick note. `main` is the field with its words: kept when one changes the kind."""

    title: str
    tab: str
    icon: str
    form: type[NoteForm]
    main: str
    save: Save


def _note_need(by: Actor, client_id: int, values: Mapping[str, Any]) -> Any:
    return giving.note_need(by=by, client_id=client_id, **values)


def _note_favour(by: Actor, client_id: int, values: Mapping[str, Any]) -> Any:
    what = {"by": by, "client_id": client_id, "what": values["what"], "kind": values["kind"]}
    if values["happened"] == "promised":
        return giving.promise_favour(**what)
    return giving.do_favour(minutes=values["minutes"], **what)


QUICK: Final[Mapping[str, Quick]] = {
    "need": Quick("Note a need", "Need", "light-bulb", NeedNote, "words", _note_need),
    "favour": Quick("Note a favour", "Favour", "gift", FavourNote, "what", _note_favour),
}
"""By the name in the address; the first one is what the key opens."""


@require_http_methods(["GET", "POST"])
@gate.member(Ability.RECORD)
def quick(request: gate.Request, kind: str) -> HttpResponse:
    """The form of a quick note, in a dialog or a page of its own, and what it writes."""
    if kind not in QUICK:
        raise NotFound("note", "There is no such kind of note.")
    chosen = QUICK[kind]
    form = chosen.form(sent(request), initial=_carried(request, chosen))
    by = request.here.me.actor("web")
    made = saved(form, lambda **given: _save(chosen, by, given))
    if made is not None:
        return _told(request, kind, made)
    return _page(request, kind, form)


def _carried(request: gate.Request, chosen: Quick) -> dict[str, Any]:
    """What another kind's form, or the address, has told already."""
    given = request.GET.dict()
    words = next((given[each.main] for each in QUICK.values() if given.get(each.main)), "")
    return {**given, chosen.main: words}


def _save(chosen: Quick, by: Actor, given: dict[str, Any]) -> Any:
    who, client_id = given.pop("who"), given.pop("client")
    return chosen.save(by, _client_id(who, client_id), given)


def _client_id(who: str, client_id: int | None) -> int:
    """Who is meant: chosen from what was found, or the only one whom the words name.

    What was chosen must fit what stands in the field now, so that nobody's need is noted for
    somebody else who was typed before.
    """
    if client_id is None:
        try:
            return people.find_client(who).pk
        except Problem as problem:
            sentence = f"{problem.sentence} {problem.lift}" if who else "Choose a client."
            raise Invalid.at("who", sentence) from problem
    if who and not people.clients(search=who).filter(pk=client_id).exists():
        raise Invalid.at("who", f"Choose who “{who}” is.")
    return people.client_by_id(client_id).pk


def _page(request: gate.Request, kind: str, form: NoteForm) -> HttpResponse:
    by_htmx = bool(request.headers.get("HX-Request"))
    who, number = form["who"].value() or "", str(form["client"].value() or "")
    named = number.isdecimal() and len(number) < 19 and not who
    at_hand = people.clients().filter(pk=int(number)).first() if named else None
    if at_hand is not None:  # who it is about is known: one begins with the words
        form.fields[QUICK[kind].main].widget.attrs["autofocus"] = True
    context = {
        "kind": kind,
        "chosen": QUICK[kind],
        "kinds": QUICK.items(),
        "form": form,
        "at_hand": at_hand,
        **_found(who, number),
        "next": request.GET.get("next") or request.POST.get("next", ""),
    }
    template = "quick/dialog.html" if by_htmx else "quick/page.html"
    return render(request, template, context, status=422 if form.errors else 200)


def _found(who: str, number: str = "") -> dict[str, Any]:
    """Clients who fit what was typed; the one who was chosen, else the first, is ticked."""
    found = list(people.clients(search=who)[: FOUND + 1]) if who.strip() else []
    ticked = number if any(str(each.pk) == number for each in found) else ""
    return {
        "who": who,
        "found": found[:FOUND],
        "more": len(found) > FOUND,
        "ticked": ticked or (str(found[0].pk) if found else ""),
    }


@require_safe
@gate.member()
def quick_clients(request: gate.Request) -> HttpResponse:
    """Part of the form: who fits what is being typed."""
    who = request.GET.get("who", "")[:100]
    return render(request, "quick/found.html", _found(who, request.GET.get("client", "")))


def _told(request: gate.Request, kind: str, made: Any) -> HttpResponse:
    """What was noted, with Undo; of a need, in which category it may be."""
    if not request.headers.get("HX-Request"):
        flash.told(request, about=made)
        return back(request, "web:home")
    return _saved(request, kind, made)


def _saved(request: gate.Request, kind: str, made: Any) -> HttpResponse:
    context = {
        "kind": kind,
        "chosen": QUICK[kind],
        "made": made,
        "entry": journal.newest_about(made),
        "category": title_of(getattr(made, "category", "")),
        "next": _here(request),
    }
    return render(request, "quick/saved.html", context)


def _here(request: gate.Request) -> str:
    """The page over which the dialog stands."""
    where = request.headers.get("HX-Current-URL", "")
    ours = url_has_allowed_host_and_scheme(where, allowed_hosts={request.get_host()})
    return where if ours else ""


@require_POST
@gate.member(Ability.RECORD)
def quick_category(request: gate.Request, need_id: int) -> HttpResponse:
    """The category of a need that was just noted, out of those proposed."""
    code = request.POST.get("category", "")
    made = giving.change_need(by=request.here.me.actor("web"), need_id=need_id, category=code)
    if request.headers.get("HX-Request"):
        return _saved(request, "need", giving_reads.need_by_id(made.pk))
    flash.told(request, about=made)
    return back(request, "web:needs")
