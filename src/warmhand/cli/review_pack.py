"""`warmhand review-pack CLIENT --out FILE.pdf`."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING

import click

from warmhand.cli.answers import json_option, note, print_json, wants_json
from warmhand.cli.exits import Exit
from warmhand.cli.here import opened, workspace_option
from warmhand.problems import Conflict, Invalid

if TYPE_CHECKING:
    from warmhand.printing import Pack

DAY = click.DateTime(["%Y-%m-%d"])


@click.command("review-pack")
@click.argument("client")
@click.option("--out", type=click.Path(path_type=Path), help="Write the PDF to this file.")
@click.option("--since", type=DAY, help="From this day: else the last review, or a year back.")
@click.option("--until", type=DAY, help="Until this day: else today.")
@click.option("--language", default="", help="Such as de: else the client's own.")
@click.option("--force", is_flag=True, help="Replace a file that is there.")
@workspace_option
@json_option
def review_pack(
    client: str,
    out: Path | None,
    since: dt.datetime | None,
    until: dt.datetime | None,
    language: str,
    force: bool,
    slug: str,
) -> int:
    """What was agreed and delivered, to bring to a review.

    CLIENT is a number, an e-mail address, a phone number or a name. Ends with 0 where there is a
    pack to show. Where there is nothing favourable to show it ends with 1, and the file is a
    recovery sheet, for yourselves alone.
    """
    if out is not None:
        _check_place(out, force)
    with opened(slug):
        from warmhand.apps.people.queries import find_client
        from warmhand.apps.reviews.pack import pack_of

        days = (each.date() if each else None for each in (since, until))
        first, last = days
        number = find_client(client).pk
        pack = pack_of(number, since=first, until=last, language=language)
    if out is not None:
        _write(out, pack, force)
    if wants_json():
        print_json({**pack.as_dict(), "file": str(out) if out else None})
    else:
        _tell(pack, out)
    return Exit.DONE if pack.favourable else Exit.NO


def _check_place(out: Path, force: bool) -> None:
    """Before anything is read: a folder that is there, and no file that would be lost."""
    if not out.parent.is_dir():
        raise Invalid.at("--out", f"There is no folder {out.parent}.")
    if out.exists() and not force:
        raise _there(out)


def _there(out: Path) -> Conflict:
    lift = "Name another file, or give --force to replace it."
    return Conflict("file_exists", f"There is a file {out} already.", lift=lift)


def _write(out: Path, pack: Pack, force: bool) -> None:
    from warmhand.printing import pack_pdf

    made = pack_pdf(pack)
    try:
        with out.open("wb" if force else "xb") as file:
            file.write(made)
    except FileExistsError:
        raise _there(out) from None
    except OSError as wrong:
        raise Invalid.at("--out", f"{out} can't be written: {wrong.strerror}.") from wrong


def _tell(pack: Pack, out: Path | None) -> None:
    whom = ", ".join(filter(None, (pack.client, pack.company)))
    click.echo(f"{click.style(whom, bold=True)}, {pack.since} to {pack.until}")
    counts = pack.counts
    if pack.favourable:
        click.echo(f"  Agreed {counts.agreed}, delivered {counts.delivered}, in time {counts.kept}")
        click.echo(f"  Cases solved {counts.solved}, confirmed {counts.confirmed}")
        click.echo(f"  Favours {counts.favours}, referrals given {counts.referrals}")
        click.echo(f"  Open {len(pack.open_points)}, to come {len(pack.next_steps)}")
    else:
        click.echo("  Not yet a pack to show:")
    for each in pack.objections:
        click.echo(f"  - {each.code} ({each.practice}): {each.sentence}\n      {each.mend}")
    if out is not None:
        note(f"Wrote the {'pack' if pack.favourable else 'recovery sheet'} to {out}.")
