"""`warmhand verdict CLIENT`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from warmhand.cli.answers import json_option, print_json, wants_json
from warmhand.cli.exits import Exit
from warmhand.cli.here import opened, workspace_option

if TYPE_CHECKING:
    from warmhand.apps.asks.queries import Verdict


@click.command()
@click.argument("client")
@workspace_option
@json_option
def verdict(client: str, slug: str) -> int:
    """May this client be asked, and why (not)?

    CLIENT is a number, an e-mail address, a phone number or a name. Ends with 0 where we may ask
    and with 1 where not yet.
    """
    with opened(slug):
        from warmhand.apps.asks.queries import verdict_of
        from warmhand.apps.people.queries import find_client

        found = verdict_of(find_client(client).pk)
        if wants_json():
            print_json(found.as_dict())
        else:
            _tell(found)
        return Exit.DONE if found.decision.may_ask else Exit.NO


def _tell(found: Verdict) -> None:
    from warmhand.rulebook import MOVES

    move = MOVES[found.decision.move]
    place = f" at {found.company}" if found.company else ""
    may = click.style("yes", fg="green") if found.decision.may_ask else "not yet"
    click.echo(f"{click.style(found.title, bold=True)}{place}")
    click.echo(f"  May we ask now? {may}")
    click.echo(f"  Right move: {move.title} ({move.practice}). {found.explanation.why}")
    _tell_reasons(found)
    for line in found.explanation.evidence:
        click.echo(f"  + {line}")
    click.echo(f"  Decided on {found.today} under version {found.policy_number} of the policy.")


def _tell_reasons(found: Verdict) -> None:
    for reason in found.decision.reasons:
        until = f" Until {reason.until}." if reason.until else ""
        click.echo(f"  - {reason.code} ({reason.practice}): {reason.sentence}{until}")
        click.echo(f"      {reason.mend}")
    if found.decision.reasons:
        earliest = found.explanation.earliest
        said = f"on {earliest}" if earliest else "only once these are put right"
        click.echo(f"  By time alone the ask opens {said}.")
