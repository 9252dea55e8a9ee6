"""`warmhand today`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from warmhand.cli.answers import json_option, note, print_json, wants_json
from warmhand.cli.here import opened, workspace_option

if TYPE_CHECKING:
    from warmhand.apps.moves.queries import TodayPage


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
        from warmhand.apps.moves.queries import TodayFilter, today_list

        wanted = TodayFilter(
            member_id=member_by_name(member).pk if member else None,
            team=team,
            move=move,
            code=code,
            search=search,
        )
        found = today_list(wanted, page=page, per_page=per_page)
        if wants_json():
            print_json(found.as_dict())
        else:
            _tell(found)


def _tell(found: TodayPage) -> None:
    if not found.items:
        note("Nothing to do today: no move is proposed for these clients.")
        note("Records make moves: bring yours in with 'warmhand import'.")
        return
    last = ""
    for item in found.items:
        if item.move_title != last:
            last = item.move_title
            click.echo(click.style(f"\n{last} ({found.by_move[item.move]})", bold=True))
        place = f", {item.company}" if item.company and item.company not in item.title else ""
        click.echo(f"  {item.client_id:>6}  {item.title}{place}")
        click.echo(f"          {item.explanation.why}")
    moves = "move" if found.total == 1 else "moves"
    note(f"\n{found.total} {moves}, page {found.page} of {found.pages}.")
