"""`warmhand workspace`: what has to be there before anybody can sign in."""

from __future__ import annotations

import re
import sys
import unicodedata

import click

from warmhand.cli import database
from warmhand.cli.answers import json_option, note, print_json, wants_json
from warmhand.cli.here import opened, workspace_option
from warmhand.problems import Invalid


@click.group()
def workspace() -> None:
    """Make a workspace, list them, or make an API key."""


@workspace.command()
@click.argument("name")
@click.option("--email", required=True, help="The owner's address, to sign in with.")
@click.option("--owner", default="", help="The owner's name.")
@click.option("--slug", default="", help="The short name for --workspace; else made of NAME.")
@click.option("--timezone", default="UTC", show_default=True, help="Such as Europe/Berlin.")
@click.option(
    "--password-stdin", is_flag=True, help="Read the password from standard input, do not ask."
)
@json_option
def new(name: str, email: str, owner: str, slug: str, timezone: str, password_stdin: bool) -> None:
    """Make a workspace, and its first owner.

    Where there is an account with this address already, its own password is wanted.
    """
    with database.ready():
        from django.db import transaction

        from warmhand.apps.accounts import services

        password = _password(password_stdin)
        with transaction.atomic():
            made, _ = services.found_workspace(
                name=name,
                slug=slug or short_name(name),
                timezone_name=timezone,
                owner=services.account_for(
                    email=_address(email), name=owner, password=_checked(password)
                ),
            )
        if wants_json():
            print_json({"name": made.name, "slug": made.slug, "owner": _address(email)})
        else:
            click.echo(f"The workspace '{made.slug}' is there; {_address(email)} is its owner.")


def short_name(name: str) -> str:
    """A name in small letters, digits and dashes: 'Kettle & Söhne' is 'kettle-sohne'."""
    letters = (each for each in unicodedata.normalize("NFKD", name.lower()) if each.isprintable())
    plain = "".join(each for each in letters if not unicodedata.combining(each))
    made = re.sub(r"[^a-z0-9]+", "-", plain)[:50].strip("-")
    if not made:
        raise Invalid.at("slug", "This name has no letters for a short name; give one by --slug.")
    return made


def _password(from_stdin: bool) -> str:
    if from_stdin:
        return sys.stdin.readline().rstrip("\n")
    asked: str = click.prompt("Password", hide_input=True, confirmation_prompt=True, err=True)
    return asked


def _checked(password: str) -> str:
    from django.contrib.auth.password_validation import validate_password
    from django.core.exceptions import ValidationError

    try:
        validate_password(password)
    except ValidationError as error:
        raise Invalid.at("password", " ".join(error.messages)) from None
    return password


def _address(email: str) -> str:
    found = email.strip().lower()
    if not re.fullmatch(r"[^@\s]+@[^@\s]+", found):
        raise Invalid.at("email", f"'{email}' is not an e-mail address.")
    return found


@workspace.command("list")
@json_option
def list_() -> None:
    """List the workspaces of this installation."""
    with database.ready():
        from warmhand.apps.accounts.queries import all_workspaces

        found = [{"slug": w.slug, "name": w.name, "timezone": w.timezone} for w in all_workspaces()]
    if wants_json():
        print_json({"workspaces": found})
        return
    for each in found:
        click.echo(f"{each['slug']:<24} {each['name']} ({each['timezone']})")
    if not found:
        note("There is none yet: 'warmhand workspace new' makes one.")


@workspace.command()
@click.argument("name")
@click.option(
    "--scope",
    "scopes",
    multiple=True,
    default=("read",),
    show_default=True,
    help="What the key may do; once for each scope.",
)
@workspace_option
@json_option
def key(name: str, scopes: tuple[str, ...], slug: str) -> None:
    """Make an API key: printed this once, kept as a hash.

    NAME says what the key is for. Scopes: read, record, moments, import; give the option once for
    each.
    """
    with opened(slug):
        from warmhand.apps.accounts.services import make_api_key
        from warmhand.apps.island.actor import Actor

        by = Actor(None, "warmhand workspace key", "cli")
        made, secret = make_api_key(by=by, name=name, scopes=list(dict.fromkeys(scopes)))
    if wants_json():
        print_json({"name": made.name, "scopes": made.scopes, "key": secret})
    else:
        click.echo(secret)
        note("Keep it now: it is not shown again.")
