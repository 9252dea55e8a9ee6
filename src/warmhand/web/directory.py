"""A provider's page, the directory out and in, and the settings of the public page."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path
from typing import Any, Final

from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from warmhand.apps.accounts.abilities import Ability
from warmhand.apps.directory import exchange, queries, services
from warmhand.problems import NotFound, Problem
from warmhand.web import flash, gate
from warmhand.web.directory_public import showing
from warmhand.web.files import csv_answer
from warmhand.web.forms import Words, saved, sent, tell

MOST_BYTES: Final = 20 * 1024 * 1024
ROWS_SHOWN: Final = 200
FORMS: Final = {
    "hsds": ("directory.json", "application/json"),
    "tables": ("directory-hsds.zip", "application/zip"),
}
CSV: Final = "csv"


class Upload(forms.Form):
    """A file of providers."""

    file = forms.FileField(
        help_text="CSV, or Open Referral HSDS as JSON or a ZIP of tables; at most 20 MB.",
        widget=forms.FileInput(attrs={"accept": ".csv,.json,.zip"}),
    )

    def clean_file(self) -> Any:
        """Not larger than is read at once."""
        file = self.cleaned_data["file"]
        if file.size > MOST_BYTES:
            raise forms.ValidationError("The file is larger than 20 MB: split it.")
        return file


class PublicPage(forms.Form):
    """The public page: open or not, its address, what stands at its head."""

    on = forms.BooleanField(required=False, label="Open: anybody may see it")
    slug = forms.CharField(
        max_length=60, label="Address ends in", help_text="Letters, digits and hyphens."
    )
    intro = Words(required=False, label="What stands at its head", help_text="In a few lines.")


@gate.member()
def provider(request: gate.Request, provider_id: int) -> HttpResponse:
    """All about one provider: how they stand, what they do, who vouches, what came of it."""
    overview = queries.provider_overview(provider_id)
    context = {
        "it": overview,
        "provider": overview.provider,
        "languages": [queries.language_name(code) for code in overview.provider.languages],
        "keys": [("s", "send a client here"), ("e", "edit"), ("n", "do something")],
    }
    return render(request, "directory/provider.html", context)


@gate.member(Ability.IMPORT)
def bring_in(request: gate.Request) -> HttpResponse:
    """Bring in a file of providers; the answer tells row by row what became of it."""
    form = Upload(sent(request), request.FILES or None)
    report = None
    if request.method == "POST" and form.is_valid():
        try:
            report = _brought(request, form.cleaned_data["file"])
        except Problem as problem:
            tell(form, problem)
    context = {
        "form": form,
        "report": report,
        "rows": [row for row in report.rows if row.what != "unchanged"][:ROWS_SHOWN]
        if report
        else [],
        "left_out": report.left_out[:ROWS_SHOWN] if report else [],
        "columns": exchange.COLUMNS,
    }
    status = 422 if form.errors else 200
    return render(request, "directory/bring_in.html", context, status=status)


def _brought(request: gate.Request, file: Any) -> exchange.Report:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / (Path(file.name).name or "file")
        with path.open("wb") as out:
            out.writelines(file.chunks())
        return exchange.import_directory(by=request.here.me.actor("web"), path=path)


@gate.member(Ability.IMPORT)
def give_out(request: gate.Request, form: str) -> HttpResponse:
    """The whole directory as a file."""
    if form == CSV:
        return csv_answer("directory.csv", exchange.directory_csv())
    if form not in FORMS:
        raise NotFound("page", "There is no such form of export.")
    name, kind = FORMS[form]
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(_content(form), content_type=kind, headers=headers)


def _content(form: str) -> bytes:
    if form == "tables":
        return exchange.directory_tables()
    return json.dumps(exchange.directory_document(), ensure_ascii=False, indent=2).encode()


@gate.member(Ability.WORKSPACE)
def public_settings(request: gate.Request) -> HttpResponse:
    """Open or close the public page."""
    page = queries.public_page()
    now = {
        "on": bool(page and page.on),
        "slug": page.slug if page else request.here.me.workspace_slug,
        "intro": page.intro if page else "",
    }
    form = PublicPage(sent(request), initial=now)
    by = request.here.me.actor("web")

    def save(**values: Any) -> object:
        return services.set_public_page(by=by, **values)

    if made := saved(form, save):
        flash.told(request, about=made)
        return redirect("web:directory_page")
    context = {
        "form": form,
        "page": page,
        "chosen": queries.public_providers(),
        "address": request.build_absolute_uri(reverse("web:public_directory", args=(now["slug"],))),
    }
    status = 422 if form.errors else 200
    return render(request, "directory/settings.html", context, status=status)


@gate.member(Ability.WORKSPACE)
def public_preview(request: gate.Request) -> HttpResponse:
    """The public page as strangers would see it, before it is open; no search engine takes it."""
    page = queries.public_page()
    me = request.here.me
    head = queries.PublicPage(me.workspace_name, me.language, "", page.intro if page else "")
    return showing(request, head, preview=True)
