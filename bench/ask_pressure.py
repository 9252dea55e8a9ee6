"""How many competing asks a second are answered for one person, beside a bare row lock and update.

    python -m bench.ask_pressure [--tries 100] [--rounds 3]

Eight processes with connections of their own ask for one client whose budget is spent after the
first (six colleagues by the service; with --http two of them are programs over HTTP). The yardstick
runs in turns with it: as many processes lock one row of a company, write it and commit. Both over
one throw-away PostgreSQL, so the figures are about our work and not about a disk.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import os
import sys
import time
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "warmhand.config.settings")
FORK = multiprocessing.get_context("fork")
DATABASE = "warmhand_bench_pressure"
LOCK = "SELECT id FROM people_company WHERE id = %s FOR UPDATE"
WRITE = "UPDATE people_company SET city = %s WHERE id = %s"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--tries", type=int, default=100, help="of each process")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--http", action="store_true", help="two of the eight come in over HTTP")
    asked = parser.parse_args()
    from warmhand.config import cluster

    with cluster.throwaway(), ExitStack() as stack:
        import django

        django.setup()
        print(json.dumps(measured(stack, asked), indent=2))


def measured(stack: ExitStack, asked: argparse.Namespace) -> dict[str, Any]:
    from django.db import connections

    from tests.databases import copied_database, point_django_at
    from tests.e2e.site import serving
    from tests.faults.test_ask_pressure import PROCESSES, orders, prepare
    from tests.world import make_world

    stack.enter_context(copied_database(DATABASE))
    point_django_at(DATABASE)
    world = make_world()
    ids = prepare(world, "Ada", asks_per_period=1, company_asks_per_period=6)
    url = stack.enter_context(serving()) if asked.http else ""
    told = orders(world, DATABASE, ids, (asked.tries, asked.tries), url)
    parameters = connections["owner"].get_connection_params()
    connections.close_all()
    found = [one_round(told, parameters, asked.tries, PROCESSES) for _ in range(asked.rounds)]
    connections.close_all()
    asks, locks = (sorted(each)[len(found) // 2] for each in zip(*found, strict=True))
    return {
        "processes": PROCESSES,
        "tries_in_a_round": PROCESSES * asked.tries,
        "rounds": asked.rounds,
        "asks_per_second": round(asks, 1),
        "row_locks_per_second": round(locks, 1),
        "locks_for_one_ask": round(locks / asks, 1),
    }


def one_round(
    told: list[Any], parameters: dict[str, Any], tries: int, processes: int
) -> tuple[float, float]:
    """Asks and bare locks answered in a second, each from its start to its last answer."""
    from tests.faults.test_ask_pressure import all_at_once

    began = time.perf_counter()
    all_at_once([replace(each, tries=0) for each in told])  # what starting alone takes
    starting = time.perf_counter() - began
    began = time.perf_counter()
    tried = len(all_at_once(told))
    asks = tried / max(0.001, time.perf_counter() - began - starting)
    return asks, locks_per_second(parameters, str(told[0].workspace), tries, processes)


def locks_per_second(
    parameters: dict[str, Any], workspace: str, tries: int, processes: int
) -> float:
    """Processes that lock one and the same row, write it and commit."""
    together = FORK.Barrier(processes + 1)
    started = [
        FORK.Process(
            target=lock_again_and_again, args=(parameters, workspace, tries, number, together)
        )
        for number in range(processes)
    ]
    for each in started:
        each.start()
    together.wait(60)
    began = time.perf_counter()
    for each in started:
        each.join()
    return processes * tries / (time.perf_counter() - began)


def lock_again_and_again(
    parameters: dict[str, Any], workspace: str, tries: int, number: int, together: Any
) -> None:
    import psycopg

    kept = {k: v for k, v in parameters.items() if k in ("host", "port", "user", "password")}
    with psycopg.connect(**kept, dbname=DATABASE, autocommit=True) as connection:
        connection.execute("SELECT set_config('app.workspace', %s, false)", [workspace])
        company = connection.execute("SELECT min(id) FROM people_company").fetchone()[0]
        together.wait(60)
        for turn in range(tries):
            with connection.transaction():
                connection.execute(LOCK, [company])
                connection.execute(WRITE, [f"{number}-{turn}", company])


if __name__ == "__main__":
    main()
