"""A network brought in and the ledger of every pair, against bare SQL, in one run.

    python -m bench.ledger FILE.csv [--rounds 5]

FILE holds giver, receiver, value, day. The yardstick is one INSERT of the same rows into a bare
table without keys, and one GROUP BY over it. The database is a throw-away PostgreSQL.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from bench.verdict_http import _data_folder
from warmhand.config import cluster

BARE_TABLE = "CREATE TEMPORARY TABLE bare (giver text, receiver text, value bigint, day date)"
BARE_ROWS = (
    "INSERT INTO bare SELECT * FROM unnest(%s::text[], %s::text[], %s::bigint[], %s::date[])"
)
BARE_GROUP = """
SELECT least(giver, receiver), greatest(giver, receiver),
    count(*) FILTER (WHERE giver < receiver), count(*) FILTER (WHERE giver > receiver),
    sum(value) FILTER (WHERE giver < receiver), sum(value) FILTER (WHERE giver > receiver)
FROM bare GROUP BY 1, 2
"""


def seconds(act: Callable[[], object]) -> float:
    """How long something takes."""
    began = time.perf_counter()
    act()
    return time.perf_counter() - began


def measured(path: Path, rounds: int) -> dict[str, Any]:
    """Product and yardstick by turns; each import is committed, so that its keys are checked."""
    from django.db import connection

    from warmhand.apps.accounts.queries import workspace_by_slug
    from warmhand.apps.alliances import queries, services
    from warmhand.apps.island.actor import Actor
    from warmhand.apps.island.scope import workspace_scope

    workspace = workspace_by_slug("harbour")
    by, text = Actor(None, "Bench", "cli"), path.read_text("utf-8")
    edges = services.read_network(text)
    found: dict[str, list[float]] = {name: [] for name in ("import", "pairs", "bare", "group")}
    pairs: list[Any] = []

    def bring_in() -> None:
        with workspace_scope(workspace.pk):
            read = services.read_network(text)
            services.import_network(by=by, name="bench", edges=read)

    def ledger() -> None:
        with workspace_scope(workspace.pk):
            pairs[:] = queries.pairs_of(queries.networks().get(name="bench"))[1]

    with connection.cursor() as cursor:
        for _ in range(rounds):
            found["import"].append(seconds(bring_in))
            found["pairs"].append(seconds(ledger))
            cursor.execute(BARE_TABLE)
            values = [edges.givers, edges.receivers, edges.values, edges.days]
            found["bare"].append(seconds(lambda: cursor.execute(BARE_ROWS, values)))  # noqa: B023
            found["group"].append(seconds(lambda: (cursor.execute(BARE_GROUP), cursor.fetchall())))
            cursor.execute("DROP TABLE bare")
    both = [one + two for one, two in zip(found["import"], found["pairs"], strict=True)]
    middle = {name: statistics.median(each) for name, each in found.items()}
    return {
        "rows": len(edges.givers),
        "pairs": len(pairs),
        "explained": sum(bool(pair.findings) for pair in pairs),
        "import_s": round(middle["import"], 2),
        "ledger_explained_s": round(middle["pairs"], 2),
        "both_slowest_s": round(max(both), 2),
        "imports_s": [round(each, 2) for each in found["import"]],
        "ledgers_s": [round(each, 2) for each in found["pairs"]],
        "bare_insert_s": round(middle["bare"], 3),
        "bare_group_by_s": round(middle["group"], 3),
        "import_ratio": round(middle["import"] / middle["bare"], 1),
        "ledger_ratio": round(middle["pairs"] / middle["group"], 1),
    }


def run(path: Path, rounds: int) -> dict[str, Any]:
    """Build the example workspace and measure in it."""
    import django

    os.environ["DJANGO_SETTINGS_MODULE"] = "warmhand.config.settings"
    django.setup()
    from warmhand.config.migrations import migrate_everything
    from warmhand.example.build import build_example

    migrate_everything()
    build_example()
    return measured(path, rounds)


def main() -> None:
    """Read the arguments, print one JSON document."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("file", type=Path)
    parser.add_argument("--rounds", type=int, default=5)
    given = parser.parse_args()
    with _data_folder() as data, cluster.running(cluster.Folders(data)):
        print(json.dumps(run(given.file, given.rounds), indent=2))


if __name__ == "__main__":
    main()
