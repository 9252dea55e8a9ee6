"""Every command of the command line, with its arguments, options and exit codes."""

from __future__ import annotations

import inspect
from collections.abc import Iterator

import click

from warmhand.cli.exits import Exit
from warmhand.cli.frame import warmhand

from .text import NOTICE, code, table

INTRODUCTION = """\
# Commands

`.venv/bin/warmhand COMMAND`. Standard output is for the answer; progress, logs and errors go to
standard error. With `--json` there is one JSON document on standard output and nothing else,
errors included. Every command heeds the [environment](environment.md).

"""


def commands(
    group: click.Group | None = None, before: str = "warmhand"
) -> Iterator[tuple[str, click.Command]]:
    """Every command by its full name, those inside groups too."""
    group = group or warmhand
    context = click.Context(group)
    for name in group.list_commands(context):
        found = group.get_command(context, name)
        if found is None:
            continue
        yield f"{before} {name}", found
        if isinstance(found, click.Group):
            yield from commands(found, f"{before} {name}")


def page() -> str:
    """The exit codes, then the commands."""
    exits = table(("code", "meaning"), ((str(int(each)), each.meaning) for each in Exit))
    told = "\n".join(_command(name, command) for name, command in commands())
    return (
        f"{NOTICE}{INTRODUCTION}{told}\n## Exit codes\n\n{exits}\n"
        "An error is one line on standard error, `code: sentence`, with what mends it below; "
        "the codes are in [Errors](errors.md).\n"
    )


def _command(name: str, command: click.Command) -> str:
    context = click.Context(command, info_name=name)
    usage = " ".join([name, *command.collect_usage_pieces(context)])
    rows = list(_options(command, context))
    options = table(("", "what it does", "default"), rows) if rows else ""
    return (
        f"## {name}\n\n{inspect.cleandoc(command.help or '')}\n\n```sh\n{usage}\n```\n\n{options}"
    )


def _options(command: click.Command, context: click.Context) -> Iterator[tuple[str, str, str]]:
    for parameter in command.params:
        if isinstance(parameter, click.Option) and not parameter.hidden:
            spelled = " ".join((*parameter.opts, *parameter.secondary_opts))
            yield code(spelled), _meaning(parameter, context), _default(parameter)


def _meaning(option: click.Option, context: click.Context) -> str:
    parts = [option.help or ""]
    if not option.is_flag and option.type.name not in {"text", "path", "filename"}:
        parts.append(f"({_type(option, context)})")
    if option.envvar:
        parts.append(f"Also by the variable `{option.envvar}`.")
    return " ".join(part for part in parts if part)


def _type(option: click.Option, context: click.Context) -> str:
    if isinstance(option.type, click.Choice):
        return "one of " + ", ".join(map(str, option.type.choices))
    if isinstance(option.type, click.IntRange):
        return f"{option.type.min} to {option.type.max}"
    return option.type.name


def _default(option: click.Option) -> str:
    value = option.default
    plain = isinstance(value, str | int) and not isinstance(value, bool) and value != ""
    return code(value) if plain else ""
