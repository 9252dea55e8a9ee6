"""`warmhand doctor`: what is wrong with an installation, and how to mend it."""

from __future__ import annotations

from collections.abc import Iterable

import click

from warmhand import __version__
from warmhand.cli.answers import json_option, print_json, wants_json
from warmhand.cli.doctor.database import check_database
from warmhand.cli.doctor.finding import Finding
from warmhand.cli.doctor.machine import check_machine
from warmhand.cli.exits import Exit

MARKS = {"ok": ("ok     ", "green"), "warning": ("warning", "yellow"), "wrong": ("WRONG  ", "red")}


@click.command()
@json_option
@click.pass_context
def doctor(context: click.Context) -> None:
    """Say what is wrong with this installation and how to mend it.

    Ends with 0 when nothing has to be mended (warnings are allowed), else with 5.
    """
    findings = [*check_machine(), *check_database()]
    well = all(finding.state != "wrong" for finding in findings)
    if wants_json():
        checks = [finding.as_dict() for finding in findings]
        print_json({"version": __version__, "well": well, "checks": checks})
    else:
        show(findings)
    context.exit(Exit.DONE if well else Exit.INSTALLATION)


def show(findings: Iterable[Finding]) -> None:
    """Print the findings for a person, each with what mends it."""
    for finding in findings:
        mark, colour = MARKS[finding.state]
        click.echo(f"{click.style(mark, fg=colour)}  {finding.code:<17} {finding.sentence}")
        if finding.lift:
            click.echo(f"{'':<28}{finding.lift}")
