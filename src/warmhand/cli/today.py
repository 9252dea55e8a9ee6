"""`warmhand today`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from warmhand.cli.answers import json_option, note, print_json, wants_json
from warmhand.cli.here import opened, workspace_option

if TYPE_CHECKING:
    from warmhand.apps.moves.allies import AllyItem
    from warmhand.apps.moves.day import Day
    from warmhand.apps.moves.queries import MoveItem, TodayPage


@click.command()
@click.option("--member", default="", help="Only clients in this colleague's care (name or mail).")
@click.option("--team", default="", help="Only clients of this team.")
@click.option("--move", default="", help="Only this move, such as 'thank'.")
@click.option("--code", default="", help="Only clients with this reason code.")
@click.option("--search", default="", help="Only clients whose name or company holds this.")
@click.option("--page", default=1, show_default=True, type=click.IntRange(1), help="Which page.")
@click.option(
    "--per-page",
    default=25,
    show_default=True,
    type=click.IntRange(1, 500),
    help="How many moves a page has.",
)
@workspace_option
@json_option
def today(
    member: str,
    team: str,
    move: str,
    code: str,
    search: str,
    page: int,
    per_page: int,
    slug: str,
) -> None:
    """The moves of the day, best first."""
    with opened(slug):
        from warmhand.apps.accounts.queries import member_by_name
        from warmhand.apps.moves.day import the_day
        from warmhand.apps.moves.queries import TodayFilter

        wanted = TodayFilter(
            member_id=member_by_name(member).pk if member else None,
            team=team,
            move=move,
            code=code,
            search=search,
        )
        found = the_day(wanted, page=page, per_page=per_page)
        if wants_json():
            print_json(found.as_dict())
        else:
            _tell(found)


def _tell(day: Day) -> None:
    found = day.page
    if not found.items and not day.allies:
        note("Nothing to do today: no move is proposed for these clients.")
        note("Records make moves: bring yours in with 'warmhand import'.")
        return
    last = ""
    for place in range(len(found.items) + 1):
        for group in (each for each in day.allies if each.after == place):
            _tell_allies(group.items)
        if place < len(found.items):
            last = _tell_client(found.items[place], found, last)
    moves = "move" if found.total == 1 else "moves"
    note(f"\n{found.total} {moves}, page {found.page} of {found.pages}.")


def _tell_client(item: MoveItem, found: TodayPage, last: str) -> str:
    """One line, under the head of its move where that is a new one; the move's title."""
    if item.move_title != last:
        click.echo(click.style(f"\n{item.move_title} ({found.by_move[item.move]})", bold=True))
    place = f", {item.company}" if item.company and item.company not in item.title else ""
    click.echo(f"  {item.client_id:>6}  {item.title}{place}")
    click.echo(f"          {item.explanation.why}")
    return item.move_title


def _tell_allies(items: tuple[AllyItem, ...]) -> None:
    click.echo(click.style(f"\n{items[0].title} ({len(items)})", bold=True))
    for item in items:
        click.echo(f"  {item.name}")
        click.echo(f"          {item.decision.because} {item.decision.do}")
