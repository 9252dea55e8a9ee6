"""The way back to a helpdesk, set up: private notes, and the panel inside it."""

from __future__ import annotations

from typing import Any, Final

from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from warmhand.apps.accounts.abilities import Ability
from warmhand.apps.connections import way_back, writing
from warmhand.apps.connections.door import public_origin
from warmhand.apps.connections.notes import NotePeer
from warmhand.apps.connections.queries import connection_by_id
from warmhand.web import flash, gate
from warmhand.web.forms import saved

SHOWN: Final = 20
LOOKS: Final = {
    "waiting": ("rest", "clock"),
    "written": ("give", "check"),
    "overtaken": ("rest", "forward"),
    "given_up": ("mend", "exclamation-triangle"),
}
"""The colour's family and the icon of how a note went."""


class Notes(forms.Form):
    """Where notes go, and as whom; a peer asks only for what it needs."""

    write_notes = forms.BooleanField(required=False, label="Write the verdict as a private note")
    api_base = forms.CharField(max_length=200, required=False, label="Address of its API")
    api_user = forms.CharField(max_length=254, required=False)
    api_account = forms.CharField(max_length=100, required=False)
    api_token = forms.CharField(
        max_length=500,
        required=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "off"}),
        help_text="Kept sealed, never shown again.",
    )

    def __init__(self, sent: Any = None, *, peer: NotePeer, kept: bool, **more: Any) -> None:
        super().__init__(sent, auto_id="notes_%s", **more)
        base = peer.base or "https://ours.example"
        self.fields["api_base"].widget.attrs["placeholder"] = base
        self.fields["api_base"].help_text = f"Empty: {peer.base}." if peer.base else ""
        self.fields["api_token"].label = peer.key_label
        if kept:
            self.fields["api_token"].help_text = "One is kept. Empty: it stays."
        for name, label in (("api_user", peer.user_label), ("api_account", peer.account_label)):
            if label:
                self.fields[name].label = label
            else:
                del self.fields[name]


class Origins(forms.Form):
    """Who may frame the panel."""

    panel_origins = forms.CharField(
        required=False,
        max_length=2000,
        label="Pages that may show it",
        widget=forms.Textarea(attrs={"rows": 2, "placeholder": "https://ours.zendesk.com"}),
        help_text="One origin a line, no path. Empty: nobody may.",
    )


@require_safe
@gate.member(Ability.CONNECTIONS)
def connection_back(request: gate.Request, connection_id: int) -> HttpResponse:
    """Notes and panel of one helpdesk, and how the last notes went."""
    return _page(request, connection_id)


@require_POST
@gate.member(Ability.CONNECTIONS)
def back_notes(request: gate.Request, connection_id: int) -> HttpResponse:
    """Switch notes on or off, and say where they go."""
    form = _notes(connection_by_id(connection_id), request.POST)
    by = request.here.me.actor("web")

    def save(**values: Any) -> Any:
        return way_back.change_notes(by=by, connection_id=connection_id, **values)

    changed = saved(form, save) if form is not None else None
    if form is None or changed is None:
        return _page(request, connection_id, notes=form, status=422)
    said = "Saved. The next verdict is written there."
    if form.cleaned_data["api_token"].strip():
        flash.done(request, said)  # a token is in no journal, so it can't come back
    else:
        flash.undoable(request, said, about=changed)
    return redirect("web:connection_back", connection_id)


@require_POST
@gate.member(Ability.CONNECTIONS)
def back_panel(request: gate.Request, connection_id: int) -> HttpResponse:
    """Say who may frame the panel."""
    form = Origins(request.POST, auto_id="panel_%s")
    by = request.here.me.actor("web")

    def save(**values: Any) -> Any:
        return way_back.change_panel(by=by, connection_id=connection_id, **values)

    changed = saved(form, save)
    if changed is None:
        return _page(request, connection_id, origins=form, status=422)
    flash.undoable(request, "Saved.", about=changed)
    return redirect("web:connection_back", connection_id)


@require_POST
@gate.member(Ability.CONNECTIONS)
def back_secret(request: gate.Request, connection_id: int) -> HttpResponse:
    """A new secret for the panel, shown on this answer and never again."""
    by = request.here.me.actor("web")
    secret = way_back.new_panel_secret(by=by, connection_id=connection_id)
    return _page(request, connection_id, secret=secret)


@require_POST
@gate.member(Ability.CONNECTIONS)
def note_again(request: gate.Request, verdict_id: int) -> HttpResponse:
    """Try a note that was given up once more."""
    verdict = writing.try_again(by=request.here.me.actor("web"), verdict_id=verdict_id)
    flash.done(request, "It is being written again; reload in a moment.")
    return redirect("web:connection_back", verdict.ticket.connection_id)


def _notes(connection: Any, sent: Any = None) -> Notes | None:
    peer = way_back.note_peer_of(connection)
    if peer is None:
        return None
    names = ("write_notes", "api_base", "api_user", "api_account")
    initial = {name: getattr(connection, name) for name in names}
    return Notes(sent, peer=peer, kept=bool(connection.sealed_api_token), initial=initial)


def _page(
    request: gate.Request,
    connection_id: int,
    *,
    notes: Notes | None = None,
    origins: Origins | None = None,
    secret: str = "",
    status: int = 200,
) -> HttpResponse:
    found = connection_by_id(connection_id)
    initial = {"panel_origins": "\n".join(found.panel_origins)}
    told = writing.notes_of(found.pk)[:SHOWN]
    address = reverse("web:panel", args=[found.address])
    context = {
        "connection": found,
        "notes": notes or _notes(found),
        "origins": origins or Origins(initial=initial, auto_id="panel_%s"),
        "secret": secret,
        "has_secret": way_back.has_panel_secret(found),
        "lacks": way_back.lacks(found),
        "rows": [(each, *LOOKS[each.note]) for each in told],
        "panel_address": f"{public_origin(request)}{address}",
    }
    return render(request, "connections/back.html", context, status=status)
