"""`warmhand work`: the background jobs."""

from __future__ import annotations

import click

from warmhand.cli import database
from warmhand.cli.answers import note


@click.command()
@click.option("--once", is_flag=True, help="Do what is due now, then end.")
@click.option(
    "--at-a-time",
    default=2,
    show_default=True,
    type=click.IntRange(1, 32),
    help="How many jobs are done side by side.",
)
def work(once: bool, at_a_time: int) -> None:
    """Do the background jobs."""
    with database.ready():
        from warmhand.jobs.worker import worker_app

        note("Doing the background jobs; Ctrl-C ends.")
        worker_app().run_worker(wait=not once, concurrency=at_a_time, listen_notify=not once)
