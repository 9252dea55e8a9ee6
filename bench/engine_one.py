"""How long one client takes: facts in one prepared round trip on PostgreSQL, then the decision.

    python bench/engine_one.py [clients]

Starts a throw-away cluster of its own, fills it with a generated population and leaves nothing.
Prints median and 99th percentile in milliseconds; `unprepared` is the same statement planned anew.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from random import Random
from statistics import median, quantiles
from typing import Any

import psycopg

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "warmhand.config.settings")

ROUNDS = 2_000


def main(clients: int) -> None:
    from warmhand.config import cluster

    with cluster.throwaway():
        import django

        django.setup()
        from tests.engine.population import TODAY, population
        from tests.engine.stores import PREFIX, fill_postgres, plain_connection
        from warmhand.engine import Tables, postgres
        from warmhand.rulebook import Facts, Policy, decide, explain

        tables, policy, random = Tables.named(PREFIX), Policy(), Random(1)
        with plain_connection() as connection:
            fill_postgres(connection, population(clients))
            chosen = [random.randint(1, clients) for _ in range(ROUNDS)]

            def facts(client: int) -> Facts | None:
                return postgres.facts_of_client(connection, tables, client, TODAY, offers_active=1)

            known = [facts(client) for client in chosen]
            report("facts, prepared", timed(facts, chosen))
            connection.prepare_threshold = None
            postgres_sql = postgres.one_client_sql(tables)
            report(
                "facts, unprepared",
                timed(lambda c: plain(connection, postgres_sql, c), chosen[:100]),
            )
            report("decide", timed(lambda f: decide(f, policy, TODAY), known))
            report("explain", timed(lambda f: explain(f, policy, TODAY), known))
            connection.rollback()


def plain(connection: psycopg.Connection, sql: str, client: int) -> object:
    values = {"today": 20514, "offers_active": 1, "client": client}
    return connection.execute(sql, values, prepare=False).fetchone()


def timed(work: Callable[[Any], object], items: Iterable[Any]) -> list[float]:
    taken = []
    for item in items:
        began = time.perf_counter()
        work(item)
        taken.append((time.perf_counter() - began) * 1000)
    return taken


def report(name: str, taken: list[float]) -> None:
    print(f"{name:20} p50 {median(taken):7.3f} ms   p99 {quantiles(taken, n=100)[98]:7.3f} ms")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000)
