"""The workspace's own settings, and its keys for programs."""

from __future__ import annotations

from typing import Any

from babel import Locale
from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from warmhand.apps.accounts import queries, services
from warmhand.apps.accounts.abilities import Ability
from warmhand.web import flash, gate
from warmhand.web.brand import BrandForm, brand_form, save_brand
from warmhand.web.forms import Day, saved, sent
from warmhand.wording import languages

LANGUAGES = [(code, Locale(code).english_name or code) for code in languages()]
SCOPES = [
    ("read", "Read: clients, verdicts, records"),
    ("record", "Record: favours, ratings, cases and the like"),
    ("moments", "Moments: ask for a verdict when a case is resolved"),
    ("import", "Import: send files"),
]


class Settings(forms.Form):
    """What a workspace is called and which day it is there."""

    name = forms.CharField(max_length=200)
    timezone_name = forms.ChoiceField(
        label="Time zone",
        choices=[(zone, zone.replace("_", " ")) for zone in sorted(services.known_timezones())],
        help_text="All days on record are days in this zone.",
    )
    language = forms.ChoiceField(
        choices=LANGUAGES,
        help_text="Of pages and mails for clients, where neither they nor their company has one.",
    )


class NewKey(forms.Form):
    """What a key is for and what it may do."""

    name = forms.CharField(max_length=100, label="What is it for?")
    scopes = forms.MultipleChoiceField(
        choices=SCOPES, widget=forms.CheckboxSelectMultiple, label="What may it do?"
    )
    expires_on = Day(required=False, label="Until", help_text="Empty: until it is revoked.")


@gate.member(Ability.WORKSPACE)
def workspace(request: gate.Request) -> HttpResponse:
    """Change the workspace's name, zone and language, and how its papers look."""
    if request.method == "POST" and "colour" in request.POST:
        return _change_brand(request)
    form = _settings(request)

    def save(**values: str) -> object:
        return services.change_workspace(by=request.here.me.actor("web"), **values)

    if saved(form, save):
        flash.done(request, "Saved.")
        return redirect("web:workspace")
    return _workspace_page(request, form, brand_form())


def _settings(request: gate.Request, *, unsent: bool = False) -> Settings:
    me = request.here.me
    now = {"name": me.workspace_name, "timezone_name": me.timezone, "language": me.language}
    return Settings(None if unsent else sent(request), initial=now)


def _change_brand(request: gate.Request) -> HttpResponse:
    refused = save_brand(request)
    if refused is None:
        flash.done(request, "Saved: review packs look like this from now on.")
        return redirect("web:workspace")
    return _workspace_page(request, _settings(request, unsent=True), refused)


def _workspace_page(request: gate.Request, form: Settings, brand: BrandForm) -> HttpResponse:
    status = 422 if form.errors or brand.errors else 200
    context = {"form": form, "brand": brand}
    return render(request, "accounts/workspace.html", context, status=status)


@gate.member(Ability.API_KEYS)
def api_keys(request: gate.Request) -> HttpResponse:
    """The workspace's keys; a new one shows its secret on this answer and never again."""
    form = NewKey(sent(request))
    by = request.here.me.actor("web")

    def save(**values: Any) -> object:
        return services.make_api_key(by=by, **values)

    made = saved(form, save)
    key, secret = made if isinstance(made, tuple) else (None, "")
    context = {
        "keys_made": queries.api_keys(),
        "form": NewKey() if made else form,
        "new_key": key,
        "secret": secret,
    }
    return render(request, "accounts/api_keys.html", context, status=422 if form.errors else 200)


@require_POST
@gate.member(Ability.API_KEYS)
def api_key_revoke(request: gate.Request, key_id: int) -> HttpResponse:
    """Make a key worthless at once."""
    key = services.revoke_api_key(by=request.here.me.actor("web"), key_id=key_id)
    flash.undoable(request, f"Revoked the key “{key.name}”.", about=key)
    return redirect("web:api_keys")
