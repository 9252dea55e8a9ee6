"""A client's key ring: who is on it, adding several, choosing from a list they gave us (P1)."""

from __future__ import annotations

import secrets
from typing import Any, Final

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from warmhand.apps.accounts.abilities import Ability
from warmhand.apps.moves.choosing import choosing
from warmhand.apps.people import queries, services
from warmhand.apps.people.importing.limits import LIMITS
from warmhand.apps.people.importing.queue import forget_upload, keep_upload
from warmhand.problems import Problem
from warmhand.web import flash, gate
from warmhand.web.forms import sent, tell
from warmhand.web.key_ring_forms import ChoosingForm, FindKeys, GaveUs, KeyRows

PER_PAGE: Final = 25


def sees(request: gate.Request, client: Any) -> bool:
    """Whether whoever asks cares for the client."""
    me = request.here.me
    return queries.sees_keys(member_id=me.member_id, role=me.role, keeper_id=client.keeper_id)


def require_care(request: gate.Request, client: Any) -> None:
    """Refuse whoever doesn't care for the client, and say who does."""
    if not sees(request, client):
        raise Problem(
            "not_in_your_care",
            f"{client.title} is in the care of {client.keeper.name}: their key ring is not shown.",
            lift=f"Ask {client.keeper.name} or a leader, or have the client handed over to you.",
            status=403,
        )


@gate.member(Ability.RECORD)
def key_ring(request: gate.Request, client_id: int) -> HttpResponse:
    """Who is on the ring, and a few lines to add more."""
    client = queries.client_by_id(client_id)
    require_care(request, client)
    rows = KeyRows(sent(request))
    if request.method == "POST" and _added(request, client_id, rows):
        return redirect("web:key_ring", client_id)
    form = FindKeys(request.GET)
    search = form.words()
    keys = queries.keys_of(client_id, search=search)
    context = {
        "client": client,
        "form": form,
        "filtered": bool(search),
        "page": Paginator(keys, PER_PAGE).get_page(request.GET.get("page")),
        "rows": rows,
        "waiting": queries.open_lists_of(client_id),
        "keys": [("f", "find on the ring"), ("n", "add people")],
    }
    return render(request, "key_ring/key_ring.html", context, status=422 if rows.refused else 200)


def _added(request: gate.Request, client_id: int, rows: KeyRows) -> bool:
    keys = rows.keys()
    if keys is None:
        return False
    try:
        made = services.add_keys(by=request.here.me.actor("web"), client_id=client_id, keys=keys)
    except Problem as problem:
        if problem.status != 422:
            raise
        rows.tell(problem)
        return False
    people = "1 person is" if len(made) == 1 else f"{len(made)} people are"
    flash.undoable(request, f"{people} on the ring.", about=made[0])
    return True


@gate.member(Ability.RECORD)
def key_list_new(request: gate.Request, client_id: int) -> HttpResponse:
    """They gave us their list: the file, and the word that it came from them."""
    client = queries.client_by_id(client_id)
    require_care(request, client)
    form = GaveUs(sent(request), request.FILES or None, client=client)
    if request.method == "POST" and form.is_valid():
        list_id = _received(request, client_id, form)
        if list_id:
            return redirect("web:key_list", list_id)
    status = 422 if form.errors else 200
    return render(request, "key_ring/gave_us.html", {"client": client, "form": form}, status=status)


def _received(request: gate.Request, client_id: int, form: GaveUs) -> int | None:
    """Read the upload and forget the file at once, with the addresses in it."""
    file, workspace_id = form.cleaned_data["file"], request.here.me.workspace_id
    path = keep_upload(
        workspace_id=workspace_id,
        key=secrets.token_hex(16),
        name=file.name,
        pieces=file.chunks(),
        most=LIMITS.file_bytes,
    )
    try:
        made = services.receive_list(
            by=request.here.me.actor("web"), client_id=client_id, path=path, theirs=True
        )
    except Problem as problem:
        tell(form, problem)
        return None
    finally:
        forget_upload(workspace_id, str(path.parent))
    return made.pk


@gate.member(Ability.RECORD)
def key_list(request: gate.Request, list_id: int) -> HttpResponse:
    """What the list would bring: searched, narrowed, ticked one by one; nothing before that."""
    kept = queries.key_list_by_id(list_id)
    require_care(request, kept.client)
    if request.method != "POST":
        return _choosing(request, kept)
    chosen = [int(each) for each in request.POST.getlist("chosen") if each.isdecimal()]
    try:
        by = request.here.me.actor("web")
        taken = services.take_keys(by=by, list_id=list_id, numbers=chosen)
    except Problem as problem:
        if problem.status != 422:
            raise
        return _choosing(request, kept, problem)
    flash.told(request, about=taken)
    return redirect(request.get_full_path())


def _choosing(request: gate.Request, kept: Any, problem: Problem | None = None) -> HttpResponse:
    form = ChoosingForm(request.GET)
    wanted = form.wanted()
    found = choosing(kept.pk, **wanted)
    context = {
        "client": kept.client,
        "list": kept,
        "it": found,
        "form": form,
        "filtered": any(wanted.values()),
        "page": Paginator(found.choices, PER_PAGE).get_page(request.GET.get("page")),
        "problem": problem,
    }
    status = problem.status if problem else 200
    return render(request, "key_ring/choosing.html", context, status=status)


@require_POST
@gate.member(Ability.RECORD)
def key_list_forget(request: gate.Request, list_id: int) -> HttpResponse:
    """The choosing is done: the rest of the list is forgotten."""
    kept = queries.key_list_by_id(list_id)
    require_care(request, kept.client)
    services.forget_list(by=request.here.me.actor("web"), list_id=list_id)
    flash.done(request, "The rest of the list is forgotten.")
    return redirect("web:key_ring", kept.client_id)
