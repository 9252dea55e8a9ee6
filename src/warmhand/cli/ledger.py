"""`warmhand ledger`: given and received, per ally, or of every pair in a network."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from warmhand.cli.answers import json_option, note, print_json, print_plain_json, wants_json
from warmhand.cli.here import opened, workspace_option
from warmhand.problems import Invalid, NotFound

if TYPE_CHECKING:
    from warmhand.apps.alliances.models import Network
    from warmhand.apps.alliances.queries import Ledger, NetworkSum, PairRow
    from warmhand.matching.reciprocity import Flow

MOST_BYTES = 200_000_000
SHOWN = 20


@click.command()
@click.option(
    "--network",
    "network",
    default="",
    help="A CSV file of giver, receiver, value, day to bring in; or the name of one brought in.",
)
@click.option("--sector", default="unknown", help="The trade of the network, such as 'lawyer'.")
@click.option("--place", default="", help="Its place, such as DE or US-NY.")
@click.option("--party", default="", help="Only pairs of this member of the network.")
@workspace_option
@json_option
def ledger(network: str, sector: str, place: str, party: str, slug: str) -> None:
    """What was given to allies and received from them, and why it is uneven.

    Each ally is reckoned as far as the law of both trades lets: counted, only observed, or not
    kept at all. With --network it is the ledger of every pair of third parties in a file.
    """
    with opened(slug, standings=False):
        if network:
            _network(_found(network, sector, place), party)
        else:
            _allies()


def _allies() -> None:
    from warmhand.apps.alliances.queries import alliances, ledgers, returns

    everybody = list(alliances())
    found = ledgers(everybody)
    if wants_json():
        made = [each.as_dict() for each in found]
        print_json({"allies": made, "return_on_giving": returns(everybody).as_dict()})
        return
    if not found:
        note("No alliance is on record yet.")
    for each in found:
        _tell(each)


def _tell(found: Ledger) -> None:
    head = click.style(found.alliance.name, bold=True)
    click.echo(f"{head} ({found.standing.mode.label.lower()})")
    if found.given is None or found.received is None:
        click.echo(f"  {found.standing.sentence}")
        return
    click.echo(f"  given {_flow(found.given)}, received {_flow(found.received)}")
    if found.apart:
        click.echo(f"  {found.apart}")
    if found.balance is None:
        click.echo(f"  {found.standing.sentence}")
        return
    click.echo(f"  balance {found.balance.number:+d}, {found.trend}")
    for each in found.findings:
        click.echo(f"  - {each.code}: {each.sentence} {each.do}")
    if found.instead is not None:
        click.echo(f"  -> {found.instead.sentence} {found.instead.but}".rstrip())


def _flow(flow: Flow) -> str:
    from warmhand.apps.alliances.worth import worths_said

    return f"{flow.number} ({worths_said(flow.value)})" if flow.value else str(flow.number)


def _found(network: str, sector: str, place: str) -> Network:
    """The network of that name, or the one that a file brings in."""
    from warmhand.apps.alliances.queries import networks
    from warmhand.apps.alliances.services import import_network, read_network

    path = Path(network)
    if not path.is_file():
        known = networks().filter(name=network).first()
        if known is None:
            raise NotFound("network", f"There is neither a file nor a network '{network}'.")
        return known
    edges = read_network(_text(path))
    for place_ in edges.places:
        note(f"line {place_.row}, {place_.field}: {place_.sentence}")
    made = import_network(
        by=_actor(), name=path.stem[:120], edges=edges, sector=sector, place=place
    )
    note(f"Brought in {made.rows_read - made.rows_refused} rows, {made.rows_refused} refused.")
    return made


def _actor() -> Any:
    from warmhand.apps.island.actor import Actor

    return Actor(None, "Command line", "cli")


def _text(path: Path) -> str:
    if path.stat().st_size > MOST_BYTES:
        raise Invalid.at("--network", f"The file is larger than {MOST_BYTES // 1_000_000} MB.")
    try:
        return path.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as wrong:
        raise Invalid.at("--network", f"{path} can't be read as text (UTF-8).") from wrong


def _network(network: Network, party: str) -> None:
    from warmhand.apps.alliances.queries import pairs_of

    total, found = pairs_of(network, party=party)
    if wants_json():
        print_plain_json(
            {
                "network": network.name,
                "unit": network.unit,
                "totals": total.as_dict(),
                "pairs": [each.as_dict() for each in found],
            }
        )
    else:
        _tell_pairs(total, found)


def _tell_pairs(total: NetworkSum, found: list[PairRow]) -> None:
    click.echo(
        f"{total.exchanges} given among {total.parties}, {total.pairs} pairs: "
        f"{total.both_ways} both ways, {total.one_way} one way, {total.uneven} uneven"
    )
    for pair in found[:SHOWN]:
        click.echo(f"{pair.giver} -> {pair.receiver}: {pair.given} given, {pair.received} back")
        for each in pair.findings:
            click.echo(f"  - {each.code}: {each.sentence} {each.do}")
    if len(found) > SHOWN:
        note(f"{len(found) - SHOWN} more pairs: all of them with --json.")
