"""`warmhand packs`: the legal packs, and what follows from them for our own trade."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from warmhand.cli.answers import json_option, print_json, wants_json
from warmhand.cli.here import opened, workspace_option

if TYPE_CHECKING:
    from warmhand.apps.policies.law import Law
    from warmhand.apps.policies.packs import Pack


@click.command()
@click.option("--ours", is_flag=True, help="Only those that hold for our own trade and place.")
@workspace_option
@json_option
def packs(ours: bool, slug: str) -> None:
    """The legal packs of this version, and what they let your own trade do.

    Each with its rule in a sentence, what is hidden or forbidden because of it, its source, and
    until when it holds. Not legal advice: to be reviewed by your own counsel.
    """
    with opened(slug):
        from warmhand.apps.policies.law import law_today, packs_for

        law, found = law_today(), packs_for(ours=ours)
        if wants_json():
            print_json({"ours": law.as_dict(), "items": [pack.as_dict() for pack in found]})
        else:
            _tell_law(law)
            for pack in found:
                _tell(pack)


def _tell_law(law: Law) -> None:
    click.echo(click.style(f"Our trade: {law.title}", bold=True))
    for line in law.sentences:
        click.echo(f"  {line}")


def _tell(pack: Pack) -> None:
    click.echo(click.style(f"\n{pack.id} {pack.version}: {pack.title}", bold=True))
    click.echo(f"  {pack.why}")
    click.echo(f"  {pack.does}")
    if pack.hides:
        click.echo(f"  Hidden: {', '.join(pack.hides)}.")
    source = f" {pack.source_url}" if pack.source_url else ""
    click.echo(f"  {pack.confidence}, good until {pack.review_by:%-d %B %Y}.{source}")
