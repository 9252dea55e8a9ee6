"""How commands answer: one JSON document or text on standard output, all else on standard error."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

import click

from warmhand.problems import Problem

Command = TypeVar("Command", bound=Callable[..., Any])


@dataclass
class Session:
    """What holds for one call of `warmhand`."""

    json: bool = False


def json_option(command: Command) -> Command:
    """Give a command `--json`; ask `wants_json()` inside it."""
    return click.option(
        "--json",
        is_flag=True,
        is_eager=True,
        expose_value=False,
        callback=_remember_json,
        help="Print one JSON document and nothing else.",
    )(command)


def _remember_json(context: click.Context, _: click.Parameter, value: bool) -> None:
    session = context.ensure_object(Session)
    session.json = session.json or value


def wants_json() -> bool:
    """Whether this call was made with `--json`."""
    session = click.get_current_context().find_object(Session)
    return session is not None and session.json


def print_json(document: object) -> None:
    """Print the one JSON document of this call; dates become ISO 8601, the rest its text."""
    json.dump(document, sys.stdout, ensure_ascii=False, indent=2, default=_plain)
    sys.stdout.write("\n")
    sys.stdout.flush()


def print_plain_json(document: object) -> None:
    """The same text for a document of texts, whole numbers, truths, None, lists and dicts alone.

    For long ones: with an indent Python's own encoder takes seconds for a hundred thousand lines.
    """
    from pydantic_core import to_json

    sys.stdout.write(to_json(document, indent=2).decode())
    sys.stdout.write("\n")
    sys.stdout.flush()


def _plain(value: object) -> str:
    isoformat = getattr(value, "isoformat", None)
    return str(isoformat() if callable(isoformat) else value)


def note(text: str) -> None:
    """Progress or a log line for a person, on standard error."""
    click.echo(text, err=True)


def tell_problem(problem: Problem, *, as_json: bool) -> None:
    """Print a problem in the shape that it has everywhere: for a person, and for a program."""
    if as_json:
        print_json(problem.as_dict())
    head = click.style(f"{problem.code}:", fg="red", bold=True)
    click.echo(f"{head} {problem.sentence}", err=True)
    for place in problem.places:
        row = "" if place.row is None else f"line {place.row}, "
        click.echo(f"  {row}{place.field}: {place.sentence}", err=True)
    if problem.lift:
        click.echo(f"  {problem.lift}", err=True)
