"""`warmhand import`."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from warmhand.cli import database
from warmhand.cli.answers import json_option, note, print_json, wants_json
from warmhand.cli.exits import Exit
from warmhand.cli.here import workspace_option
from warmhand.problems import Invalid

if TYPE_CHECKING:
    from warmhand.apps.accounts.models import Workspace
    from warmhand.apps.people.importing.mapping import SetMapping
    from warmhand.apps.people.importing.planning import Plan, Preview
    from warmhand.apps.people.importing.queries import Report

EXAMPLES = Path(__file__).resolve().parents[3] / "examples" / "mappings"


@click.command()
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option(
    "--mapping", "mapping_path", type=click.Path(path_type=Path), help="A mapping file (TOML)."
)
@click.option("--set", "set_name", default="", help="An example mapping: northwind or crm_sales.")
@click.option("--source", default="", help="Whose identifiers these are; else the file's name.")
@click.option(
    "--shift-to-yesterday",
    is_flag=True,
    help="Move all dates as one, so that the last thing that took place was yesterday.",
)
@click.option("--dry-run", is_flag=True, help="Show what each row would be; write nothing.")
@workspace_option
@json_option
def import_(
    paths: tuple[Path, ...],
    mapping_path: Path | None,
    set_name: str,
    source: str,
    shift_to_yesterday: bool,
    dry_run: bool,
    slug: str,
) -> int:
    """Bring in clients, companies and records from a file.

    PATHS are CSV, XLSX or vCard files, or folders of them. Without a mapping every column is
    guessed; look at the guess with --dry-run first. The same files twice change nothing.
    """
    with database.ready():
        from dataclasses import replace

        from warmhand.apps.people.importing.planning import planned

        with _workspace(slug) as workspace:
            mapping = _mapping(workspace, mapping_path, set_name, source)
            with planned(list(paths), mapping=mapping, source=source) as plan:
                if shift_to_yesterday:
                    plan = replace(plan, mapping=replace(plan.mapping, shift=True))
                if dry_run:
                    _tell_plan(plan)
                    return Exit.DONE
                return _write(workspace, plan, paths)


@contextmanager
def _workspace(slug: str) -> Iterator[Workspace]:
    """The workspace, not opened: an import opens it for each of its chunks."""
    from warmhand.apps.accounts import queries

    yield queries.workspace_by_slug(slug) if slug else queries.only_workspace()


def _mapping(
    workspace: Workspace, path: Path | None, set_name: str, source: str
) -> SetMapping | None:
    """The mapping asked for, or the one this source was last imported with."""
    from warmhand.apps.island.scope import workspace_scope
    from warmhand.apps.people.importing.mapping import read_mapping
    from warmhand.apps.people.importing.queries import last_mapping

    if path and set_name:
        raise click.UsageError("Give --mapping or --set, not both.")
    if path:
        return read_mapping(path)
    if set_name:
        return read_mapping(_example(set_name))
    if not source:
        return None
    with workspace_scope(workspace.pk):
        return last_mapping(source)


def _example(name: str) -> Path:
    known = sorted(path.stem for path in EXAMPLES.glob("*.toml"))
    if name not in known:
        names = ", ".join(known) or "none beside this installation"
        raise Invalid.at("set", f"There is no example mapping '{name}' (there are: {names}).")
    return EXAMPLES / f"{name}.toml"


def _write(workspace: Workspace, plan: Plan, paths: tuple[Path, ...]) -> int:
    from warmhand.apps.accounts.queries import today
    from warmhand.apps.island.actor import Actor
    from warmhand.jobs.imports import import_now

    for name in plan.left_out:
        note(f"{name} is not in the mapping and is left out.")
    with _bar(plan.rows) as progress:
        report = import_now(
            by=Actor(None, "warmhand import", "cli"),
            workspace_id=workspace.pk,
            plan=plan,
            name=", ".join(path.name for path in paths),
            today=today(workspace),
            progress=progress,
        )
    if wants_json():
        print_json(report.as_dict())
    else:
        _tell_report(report)
    return Exit.NO if report.read and report.refused == report.read else Exit.DONE


@contextmanager
def _bar(total: int) -> Iterator[Any]:
    """A progress bar on standard error, where somebody is there to see it."""
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), disable=not sys.stderr.isatty()) as bar:
        task = bar.add_task("Importing", total=total)
        yield lambda done, _total: bar.update(task, completed=done)


def _tell_report(report: Report) -> None:
    for each in report.files:
        click.echo(
            f"{each['file']}: {each['read']} {each['kind']} read = {each['created']} created + "
            f"{each['updated']} updated + {each['unchanged']} unchanged + {each['refused']} refused"
        )
    click.echo(
        f"Together: {report.read} rows read = {report.created} created + {report.updated} updated "
        f"+ {report.unchanged} unchanged + {report.refused} refused"
    )
    for name, count in report.besides.items():
        note(f"  besides, {name.replace('_', ' ')}: {count}")
    if report.shift_days:
        note(f"  all dates moved by {report.shift_days} days")
    for row in report.refused_rows:
        where = f"{row.file}, line {row.line}" + (f", {row.field}" if row.field else "")
        note(f"  {where}: {row.sentence} {row.mend}")


def _tell_plan(plan: Plan) -> None:
    from warmhand.apps.people.importing.mapping import mapping_document
    from warmhand.apps.people.importing.planning import preview

    previews = [preview(table) for table in plan.tables]
    if wants_json():
        print_json(
            {
                "mapping": mapping_document(plan.mapping),
                "left_out": list(plan.left_out),
                "tables": [each.as_dict() for each in previews],
            }
        )
        return
    for each in previews:
        _tell_preview(each)
    note("Nothing was written: this was a dry run.")


def _tell_preview(table: Preview) -> None:
    click.echo(f"\n{table.file}: {table.rows} rows, as {table.mapping.kind}")
    if table.guess:
        click.echo(f"  because {table.guess.reason}")
        for guess in table.guess.columns:
            sure = f"{guess.confidence:.0%}"
            click.echo(f"  {guess.field:<16} <- {guess.column:<20} {sure:>4}  {guess.reason}")
    for decision in table.decisions:
        sure = "" if decision["certain"] else " (please check)"
        click.echo(
            f"  {decision['column']} is read as {decision['order']}: {decision['why']}{sure}"
        )
    for draft in table.drafts[:3]:
        said = "; ".join(f"{name}: {value}" for name, value in draft.shown().items())
        click.echo(f"  line {draft.line}: {said}")
    for refusal in table.refusals[:5]:
        for problem in refusal.problems:
            click.echo(f"  line {refusal.line} would be refused: {problem.sentence}")
    if table.refused:
        click.echo(f"  {table.refused} of {table.rows} rows would be refused")
