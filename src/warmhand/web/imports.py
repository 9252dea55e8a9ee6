"""Importing in the browser: upload, columns, progress, report."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from warmhand.apps.accounts.abilities import Ability
from warmhand.apps.people.importing import queries, services
from warmhand.apps.people.importing.fields import Kind
from warmhand.apps.people.importing.guessing import guess_table
from warmhand.apps.people.importing.limits import LIMITS
from warmhand.apps.people.importing.mapping import SetMapping, mapping_document, mapping_from
from warmhand.apps.people.importing.planning import Plan, planned, preview
from warmhand.apps.people.importing.problems import ImportRefused
from warmhand.apps.people.importing.queue import forget_upload, keep_upload
from warmhand.problems import Problem
from warmhand.web import flash, gate
from warmhand.web.files import csv_answer
from warmhand.web.forms import tell
from warmhand.web.import_forms import Columns, Upload

RUNS_SHOWN = 20
UNDERWAY = ("waiting", "running")


@gate.member(Ability.IMPORT)
def imports(request: gate.Request) -> HttpResponse:
    """The imports so far, and a file to begin another with."""
    kept = [(str(each.pk), each.name) for each in queries.mappings()]
    form = Upload(request.POST or None, request.FILES or None, kept=kept)
    if request.method == "POST" and form.is_valid():
        run_id = _receive(request, form)
        if run_id:
            return redirect("web:import_columns", run_id)
    context = {"form": form, "runs": queries.runs()[:RUNS_SHOWN]}
    status = 422 if form.errors else 200
    return render(request, "imports/imports.html", context, status=status)


def _receive(request: gate.Request, form: forms.Form) -> int | None:
    """Keep the upload and put it on record with its first mapping; None when it cannot be read."""
    file, workspace_id = form.cleaned_data["file"], request.here.me.workspace_id
    path = keep_upload(
        workspace_id=workspace_id,
        key=secrets.token_hex(16),
        name=file.name,
        pieces=file.chunks(),
        most=LIMITS.file_bytes,
    )
    try:
        mapping = _kept_mapping(form.cleaned_data["mapping"], path)
        with planned([path], mapping=mapping, source=path.stem) as plan:
            run = services.start_run(
                by=request.here.me.actor("web"),
                name=path.name,
                mapping=plan.mapping,
                file_path=str(path.parent),
                draft=True,
            )
    except Problem as problem:
        forget_upload(workspace_id, str(path.parent))
        tell(form, problem)
        return None
    return run.pk


def _kept_mapping(chosen: str, path: Path) -> SetMapping | None:
    """A kept mapping for this file, whatever the file is called this time."""
    if not chosen:
        return None
    mapping = mapping_from(queries.mapping_by_id(int(chosen)).body)
    fitting = [table for table in mapping.tables if table.fits(path)] or mapping.tables[:1]
    return replace(mapping, tables=(replace(fitting[0], file=path.name),))


@contextmanager
def _plan(run_id: int) -> Iterator[Plan]:
    """The upload of a run, open, by the mapping that the run holds."""
    run = queries.run_by_id(run_id)
    mapping = mapping_from(run.mapping)
    with planned([Path(run.file_path)], mapping=mapping) as plan:
        yield plan


@gate.member(Ability.IMPORT)
def import_columns(request: gate.Request, run_id: int) -> HttpResponse:
    """Which column is which, and the first rows as they will be; begins the import."""
    if queries.report(run_id, shown=0).state != "draft":
        return redirect("web:import_run", run_id)
    try:
        with _plan(run_id) as plan:
            return _columns(request, run_id, plan)
    except ImportRefused as refused:
        if request.method == "POST":
            raise
        flash.refused(request, f"{refused.sentence} {refused.lift}")
        return redirect("web:import")


def _columns(request: gate.Request, run_id: int, plan: Plan) -> HttpResponse:
    first, posted = plan.tables[0], request.method == "POST"
    guess = guess_table(first.table, first.survey, first.mapping.kind)
    table = replace(first, guess=guess)
    said = request.POST.get("kind", "")
    kind = Kind(said) if said in set(Kind) else None
    changed = posted and kind not in (None, Kind(request.POST.get("was", table.mapping.kind)))
    form = Columns(
        request.POST if posted and not changed else None,
        table=table,
        mapping=plan.mapping,
        kind=kind,
    )
    if posted and not changed and form.is_valid():
        try:
            return _take(request, run_id, form)
        except Problem as problem:
            tell(form, problem)
    context = {"form": form, "run_id": run_id, "preview": preview(table), "name": table.name}
    status = 422 if form.is_bound and form.errors else 200
    return render(request, "imports/columns.html", context, status=status)


def _take(request: gate.Request, run_id: int, form: Columns) -> HttpResponse:
    """Keep what was chosen; look again, or begin."""
    by = request.here.me.actor("web")
    mapping = mapping_from(mapping_document(form.chosen()))
    services.change_mapping(by=by, run_id=run_id, mapping=mapping)
    if name := form.cleaned_data["save_as"]:
        services.save_mapping(by=by, name=name, document=mapping_document(mapping))
    if request.POST.get("act") != "begin":
        return redirect("web:import_columns", run_id)
    services.begin(by=by, run_id=run_id)
    return redirect("web:import_run", run_id)


@gate.member(Ability.IMPORT)
@require_POST
def import_discard(request: gate.Request, run_id: int) -> HttpResponse:
    """Forget an upload that was not begun."""
    services.discard(by=request.here.me.actor("web"), run_id=run_id)
    flash.done(request, "The upload was discarded; nothing was imported.")
    return redirect("web:import")


@gate.member(Ability.IMPORT)
def import_run(request: gate.Request, run_id: int) -> HttpResponse:
    """How far an import is, then its reconciled report; htmx asks for the part alone."""
    report = queries.report(run_id)
    context = {"report": report, "underway": report.state in UNDERWAY}
    part = request.headers.get("HX-Request") == "true"
    return render(request, "imports/report.html" if part else "imports/run.html", context)


@gate.member(Ability.IMPORT)
def import_refused(request: gate.Request, run_id: int) -> HttpResponse:
    """Every refused row with its line, field and reason, as a CSV file."""
    return csv_answer(f"refused-rows-{run_id}.csv", queries.refused_csv(run_id))
