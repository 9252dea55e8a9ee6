"""`warmhand import-keys CLIENT FILE`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from warmhand.cli.answers import json_option, note, print_json, wants_json
from warmhand.cli.exits import Exit
from warmhand.cli.here import opened, workspace_option

if TYPE_CHECKING:
    from warmhand.apps.moves.choosing import Choosing

FATES = ("new", "changed", "known", "left_out")
TOLD = 10


@click.command()
@click.argument("client")
@click.argument("path", metavar="FILE", type=click.Path(path_type=Path))
@click.option(
    "--they-gave-it", is_flag=True, help="The client gave us this list themselves; put on record."
)
@click.option("--find", default="", help="Only rows with these words in name, company or position.")
@click.option("--fits", is_flag=True, help="Only rows that have something in common with our work.")
@click.option("--all", "everybody", is_flag=True, help="Everybody on the list.")
@click.option("--dry-run", is_flag=True, help="Say what the list would bring; write nothing.")
@workspace_option
@json_option
def import_keys(
    client: str,
    path: Path,
    they_gave_it: bool,
    find: str,
    fits: bool,
    everybody: bool,
    dry_run: bool,
    slug: str,
) -> int:
    """Take people from a list of connections onto a client's key ring.

    CLIENT is a number, an e-mail address, a phone number or a name; FILE is LinkedIn's
    Connections.csv, or its zip. Say whom to take by --find, --fits or --all. Addresses and
    profiles are dropped, and the same file twice changes nothing.
    """
    if not (find or fits or everybody or dry_run):
        raise click.UsageError("Say whom to take: --find WORDS, --fits or --all (or --dry-run).")
    with opened(slug):
        from warmhand.apps.people.queries import find_client

        client_id = find_client(client).pk
        found, taken = _taken(client_id, path, they_gave_it, find, fits, dry_run)
        _tell(found, taken)
    return Exit.DONE


def _taken(
    client_id: int, path: Path, theirs: bool, find: str, fits: bool, dry_run: bool
) -> tuple[Choosing, int]:
    """What the list brings, and how many were taken."""
    from warmhand.apps.island.actor import Actor
    from warmhand.apps.moves.choosing import choosing_from
    from warmhand.apps.people import services

    by = Actor(None, "warmhand import-keys", "cli")
    read = services.read_list if dry_run else services.receive_list
    kept = read(by=by, client_id=client_id, path=path, theirs=theirs)
    found = choosing_from(kept, search=find, only_fitting=fits)
    if dry_run:
        return found, 0
    numbers = [each.row.number for each in found.choices]
    if numbers:
        services.take_keys(by=by, list_id=kept.pk, numbers=numbers)
    services.forget_list(by=by, list_id=kept.pk)
    return found, len(numbers)


def _tell(found: Choosing, taken: int) -> None:
    counts = {fate: found.counts[fate] for fate in FATES}
    if wants_json():
        chosen = len(found.choices)
        print_json({**counts, "refused": found.refused, "chosen": chosen, "taken": taken})
        return
    said = ", ".join(f"{count} {fate.replace('_', ' ')}" for fate, count in counts.items())
    click.echo(f"{found.key_list.name}: {said}, {len(found.refused)} not readable")
    click.echo(f"{len(found.choices)} chosen, {taken} taken onto the ring")
    for row in found.left_out[:TOLD]:
        note(f"  line {row.line} is left out: {row.why}")
    for problem in found.refused[:TOLD]:
        note(f"  line {problem['line']}, {problem['field'] or 'row'}: {problem['sentence']}")
