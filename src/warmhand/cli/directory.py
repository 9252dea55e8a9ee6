"""`warmhand directory export` and `warmhand directory import FILE`."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from warmhand.cli.answers import json_option, note, print_json, wants_json
from warmhand.cli.exits import Exit
from warmhand.cli.here import opened, workspace_option

if TYPE_CHECKING:
    from warmhand.apps.directory.exchange import Report


@click.group()
def directory() -> None:
    """Take the directory of providers out, or bring one in."""


@directory.command("export")
@click.option(
    "--format",
    "form",
    type=click.Choice(["hsds", "hsds-tables", "csv"]),
    default="hsds",
    show_default=True,
    help="HSDS 3 as JSON, HSDS 3 as a ZIP of tables, or our own CSV.",
)
@click.option(
    "--output", "-o", type=click.Path(path_type=Path, dir_okay=False), help="A file to write."
)
@workspace_option
def export(form: str, output: Path | None, slug: str) -> int:
    """Print every provider, or write them to a file.

    Open Referral HSDS 3 can be read by other directories; CSV by people. Who vouches is not told.
    """
    if form == "hsds-tables" and output is None:
        raise click.UsageError("A ZIP needs a file: give --output FILE.")
    with opened(slug):
        content = _content(form)
    if output is None:
        sys.stdout.buffer.write(content)
    else:
        output.write_bytes(content)
        note(f"Wrote {len(content)} bytes to {output}.")
    return Exit.DONE


def _content(form: str) -> bytes:
    import json

    from warmhand.apps.directory import exchange

    if form == "csv":
        return exchange.directory_csv().encode()
    if form == "hsds-tables":
        return exchange.directory_tables()
    document = exchange.directory_document()
    return f"{json.dumps(document, ensure_ascii=False, indent=2)}\n".encode()


@directory.command("import")
@click.argument("path", metavar="FILE", type=click.Path(path_type=Path))
@workspace_option
@json_option
def import_(path: Path, slug: str) -> int:
    """Bring in providers from a file, and tell row by row what became of it.

    FILE is HSDS 3 (JSON, or a ZIP or folder of its tables; those of HSDS 2 are read too) or a CSV
    with one row for each provider. The same file twice changes nothing.
    """
    with opened(slug):
        from warmhand.apps.directory.exchange import import_directory
        from warmhand.apps.island.actor import Actor

        report = import_directory(by=Actor(None, "warmhand directory", "cli"), path=path)
    if wants_json():
        print_json(report.as_dict())
    else:
        _tell(report)
    return Exit.NO if report.read and report.count("refused") == report.read else Exit.DONE


def _tell(report: Report) -> None:
    click.echo(f"{report.file}: {report.sentence}")
    for each in filter(None, (*report.notes, report.aside_sentence)):
        note(f"  {each}")
    for row in report.rows:
        if row.what == "refused":
            note(f"  refused: {row.place} {row.name}: {row.sentence}")
    for left in report.left_out:
        note(f"  left out: {left.place}, {left.field}: {left.sentence}")
