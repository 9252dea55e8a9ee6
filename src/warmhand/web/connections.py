"""Helpdesks: set up in two minutes, and what came in from them."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from warmhand.apps.accounts.abilities import Ability
from warmhand.apps.connections import queries, services
from warmhand.apps.connections.door import public_origin
from warmhand.apps.people.queries import client_by_id, clients
from warmhand.problems import Invalid, Problem
from warmhand.web import flash, gate
from warmhand.web.connection_forms import Change, NewConnection, NewPerson, Secret
from warmhand.web.forms import saved, sent

PER_PAGE = 25
FOUND_SHOWN = 8
FILTERS = (
    ("", "All"),
    ("needs_you", "Need you"),
    ("done", "Done"),
    ("nothing", "Nothing to do"),
)
LOOKS = {
    "waiting": ("rest", "clock"),
    "done": ("give", "check"),
    "nothing": ("rest", "minus"),
    "not_understood": ("promise", "question-mark-circle"),
    "parked": ("promise", "hand-raised"),
    "failed": ("mend", "exclamation-triangle"),
}
"""The colour's family and the icon of what became of a delivery."""


@gate.member(Ability.CONNECTIONS)
def connections(request: gate.Request) -> HttpResponse:
    """What is connected and how it does, and what can be."""
    found = [(each, queries.health(each)) for each in queries.connections()]
    return render(request, "connections/list.html", {"found": found, "peers": queries.PEERS})


@gate.member(Ability.CONNECTIONS)
def connection_new(request: gate.Request, peer: str) -> HttpResponse:
    """Name it; its page then leads through the rest, and shows a secret of ours this once."""
    queries.adapter_of(peer)
    label = dict(queries.PEERS)[peer]
    form = NewConnection(sent(request), initial={"name": label.partition(" (")[0]})
    by = request.here.me.actor("web")

    def save(**values: Any) -> Any:
        return services.connect(by=by, peer=peer, **values)

    made = saved(form, save)
    if made:
        return _page(request, made[0].pk, secret=made[1])
    context = {
        "form": form,
        "heading": f"Connect {label}",
        "submit": "Make its address",
        "back": reverse("web:connections"),
        "back_to": "Helpdesks",
    }
    return render(request, "records/form.html", context, status=422 if form.errors else 200)


@gate.member(Ability.CONNECTIONS)
def connection(request: gate.Request, connection_id: int) -> HttpResponse:
    """How it does, how to set it up, and what it delivered last."""
    return _page(request, connection_id)


def _page(
    request: gate.Request,
    connection_id: int,
    *,
    secret: str = "",
    form: Secret | None = None,
) -> HttpResponse:
    found = queries.connection_by_id(connection_id)
    state = request.GET.get("state", "")
    rows = queries.deliveries(found.pk, state=state if state in dict(FILTERS) else "")
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    here = reverse("web:connection", args=[found.pk])
    adapter = queries.adapter_of(found.peer)
    context = {
        "connection": found,
        "adapter": adapter,
        "health": queries.health(found),
        "address": _address(request, found.address),
        "secret": secret,
        "secret_form": form or (Secret() if adapter.made_by == "them" else None),
        "has_secret": bool(found.secrets_at(timezone.now())),
        "two_secrets": len(found.secrets_at(timezone.now())) > 1,
        "page": page,
        "rows": [(each, *LOOKS[each.state]) for each in page],
        "tabs": [
            {"label": label, "url": f"{here}?state={key}", "here": key == state}
            for key, label in FILTERS
        ],
        "test_email": queries.somebody_to_test_with()[0],
    }
    status = 422 if form is not None and form.errors else 200
    return render(request, "connections/connection.html", context, status=status)


def _address(request: gate.Request, address: str) -> str:
    return f"{public_origin(request)}{reverse('hooks:hook', args=[address])}"


@gate.member(Ability.CONNECTIONS)
def connection_change(request: gate.Request, connection_id: int) -> HttpResponse:
    """Its name, and what differs in this account."""
    found = queries.connection_by_id(connection_id)
    initial = found.settings | {"name_key": found.settings.get("name", ""), "name": found.name}
    form = Change(sent(request), initial=initial, adapter=queries.adapter_of(found.peer))

    def save(**values: Any) -> Any:
        by = request.here.me.actor("web")
        return services.change_connection(
            by=by, connection_id=found.pk, name=values["name"], settings=form.settings()
        )

    if saved(form, save):
        flash.done(request, "Saved.")
        return redirect("web:connection", found.pk)
    context = {"form": form, "heading": f"Settings of {found.name}", "submit": "Save"}
    return render(request, "records/form.html", context, status=422 if form.errors else 200)


@require_POST
@gate.member(Ability.CONNECTIONS)
def connection_secret(request: gate.Request, connection_id: int) -> HttpResponse:
    """A new secret: ours is shown on this answer and never again, the peer's is taken over."""
    found, by = queries.connection_by_id(connection_id), request.here.me.actor("web")
    if queries.adapter_of(found.peer).made_by == "us":
        secret = services.rotate_secret(by=by, connection_id=found.pk)
        return _page(request, found.pk, secret=secret)
    form = Secret(request.POST)

    def save(**values: Any) -> Any:
        return services.take_secret(by=by, connection_id=found.pk, **values)

    if not saved(form, save):
        return _page(request, found.pk, form=form)
    flash.done(request, "The secret is kept. Send a test event to try it.")
    return redirect("web:connection", found.pk)


@require_POST
@gate.member(Ability.CONNECTIONS)
def connection_test(request: gate.Request, connection_id: int) -> HttpResponse:
    """A signed sample through the same door as everything; nothing is changed by it."""
    found = queries.connection_by_id(connection_id)
    email, name = queries.somebody_to_test_with()
    given = request.POST.get("email", "").strip()
    try:
        delivery = services.send_test(
            connection_id=found.pk,
            uri=_address(request, found.address),
            email=given or email,
            name=name if given in ("", email) else "",
        )
    except Problem as problem:
        flash.refused(request, f"{problem.sentence} {problem.lift}")
        return redirect("web:connection", found.pk)
    return redirect("web:delivery", delivery.pk)


@require_POST
@gate.member(Ability.CONNECTIONS)
def connection_pause(request: gate.Request, connection_id: int) -> HttpResponse:
    """Pause what runs, resume what is paused."""
    by = request.here.me.actor("web")
    if queries.connection_by_id(connection_id).active:
        services.pause_connection(by=by, connection_id=connection_id)
        flash.done(request, "Paused: what comes in is kept and waits.")
    else:
        services.resume_connection(by=by, connection_id=connection_id)
        flash.done(request, "Resumed, with all that came in meanwhile.")
    return redirect("web:connection", connection_id)


@require_POST
@gate.member(Ability.CONNECTIONS)
def connection_remove(request: gate.Request, connection_id: int) -> HttpResponse:
    """Its address is unknown from now on; an undo brings it back."""
    by = request.here.me.actor("web")
    found = services.remove_connection(by=by, connection_id=connection_id)
    flash.undoable(request, f"Removed the connection “{found.name}”.", about=found)
    return redirect("web:connections")


@gate.member(Ability.CONNECTIONS)
def delivery(request: gate.Request, delivery_id: int) -> HttpResponse:
    """One delivery: what it became, what it waits for, and what it said."""
    return _delivery(request, delivery_id)


def _delivery(
    request: gate.Request, delivery_id: int, *, form: NewPerson | None = None
) -> HttpResponse:
    found = queries.delivery_by_id(delivery_id)
    details = (found.problem or {}).get("details", {})
    asked = request.GET.get("q", details.get("name") or "").strip()
    family, icon = LOOKS[found.state]
    context = {
        "delivery": found,
        "connection": found.connection,
        "family": family,
        "icon": icon,
        "body": queries.body_shown(found),
        "waits_for": details if details.get("names") and not found.is_test else None,
        "q": asked,
        "candidates": clients(search=asked)[:FOUND_SHOWN] if details.get("names") and asked else [],
        "form": form or NewPerson(initial={"name": details.get("name", "")}),
    }
    status = 422 if form is not None else 200
    return render(request, "connections/delivery.html", context, status=status)


@require_POST
@gate.member(Ability.CONNECTIONS)
def delivery_replay(request: gate.Request, delivery_id: int) -> HttpResponse:
    """Work on it once more."""
    services.replay(delivery_id=delivery_id)
    flash.done(request, "It is worked on again; reload in a moment.")
    return redirect("web:delivery", delivery_id)


@require_POST
@gate.member(Ability.CONNECTIONS)
def delivery_sender(request: gate.Request, delivery_id: int) -> HttpResponse:
    """Whose it is: a client of ours, a new one, or nobody."""
    by, act = request.here.me.actor("web"), request.POST.get("act", "")
    queries.delivery_by_id(delivery_id)
    if act == "add":
        form = NewPerson(request.POST)

        def save(**values: Any) -> Any:
            return (services.add_sender(by=by, delivery_id=delivery_id, **values),)

        added = saved(form, save)
        if not added:
            return _delivery(request, delivery_id, form=form)
        return _linked(request, delivery_id, added[0])
    client_id = _chosen(request) if act == "link" else None
    if act not in ("link", "nobody"):
        raise Invalid.at("act", "Choose the client, add them, or say that they are nobody's.")
    count = services.link_sender(by=by, delivery_id=delivery_id, client_id=client_id)
    return _linked(request, delivery_id, count)


def _chosen(request: gate.Request) -> int:
    said = request.POST.get("client", "")
    if not (said.isascii() and said.isdigit() and len(said) < 19):
        raise Invalid.at("client", "Choose the client.")
    return client_by_id(int(said)).pk


def _linked(request: gate.Request, delivery_id: int, count: int) -> HttpResponse:
    what = "one delivery is" if count == 1 else f"{count} deliveries are"
    flash.done(request, f"Noted; {what} worked on now.")
    return redirect("web:delivery", delivery_id)
