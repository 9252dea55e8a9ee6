"""`warmhand example`: an invented workspace to look at, with people who can sign in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from warmhand.cli import database
from warmhand.cli.answers import json_option, note, print_json, wants_json

if TYPE_CHECKING:
    from warmhand.example import Summary

BUILDING = "Building the example workspace, unless it is there: a minute or two the first time ..."


@click.command()
@json_option
def example() -> None:
    """Build the example workspace.

    Where it is there already, it is kept as it is. Says how to sign in.
    """
    with database.ready():
        from warmhand.example import build_example

        note(BUILDING)
        summary = build_example()
        if wants_json():
            print_json({**summary.as_dict(), "sign_in": sign_in()})
        else:
            _tell(summary)


def provide_example() -> list[str]:
    """Build the example unless it is there; how to sign in, in lines. The database is ready."""
    from warmhand.example import build_example

    note(BUILDING)
    build_example()
    return sign_in_lines()


def sign_in() -> dict[str, Any]:
    """Who can sign in to the example, and their one password."""
    from warmhand.example import TEAM, password

    people = [{"email": c.email, "name": c.name, "role": c.role.value} for c in TEAM]
    return {"people": people, "password": password()}


def sign_in_lines() -> list[str]:
    """The same for a person."""
    known = sign_in()
    width = max(len(each["email"]) for each in known["people"])
    lines = [
        f"  {each['email']:<{width}}  {each['name']}, {each['role'].replace('_', ' ')}"
        for each in known["people"]
    ]
    return ["Sign in as one of", *lines, f"with the password  {known['password']}"]


def _tell(summary: Summary) -> None:
    did = "Built" if summary.built else "Kept"
    click.echo(
        f"{did} the workspace '{summary.slug}' ({summary.name}): {summary.companies} companies, "
        f"{summary.clients} clients, a team of {summary.members}."
    )
    for line in sign_in_lines():
        click.echo(line)
