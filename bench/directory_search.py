"""What it costs to search a directory of 20,000 providers by words.

    python -m bench.directory_search [--providers 20000]

Words as they stand, without accents, with a slip, and one that stands nowhere; each beside the
yardstick in the same run, by turns: the count of providers whose name, city or text about them has
the word as it is typed (a plain scan). Median of the rounds on the clock.
"""

from __future__ import annotations

import argparse
import os
import random
import statistics
import time
from collections.abc import Callable
from typing import Any

from bench.verdict_http import _data_folder
from warmhand.config import cluster

ROUNDS = 5
SEARCHES = ("notary", "müller", "muller", "electrican", "notary hamburg", "xylophone")
NAMES = ("Müller", "Brandt", "Nordlicht", "Ahlers", "Kern", "Weiß", "Duval", "Peña", "Wrona")
DOES = ("Notary", "Electricians", "Roofs", "Bookkeeping", "Translation", "Cleaning", "Catering")
CITIES = ("Kiel", "Hamburg", "Leeds", "Łódź", "Lyon", "Bremen")


def plant(number: int) -> None:
    """Providers with a text of thirty words and two services each."""
    from warmhand.apps.directory.models import Provider, Service
    from warmhand.apps.island.scope import current_workspace_id

    chance, here = random.Random(7), current_workspace_id()
    words = [f"{chance.choice('bdfgklmnprst')}{chance.choice('aeiou')}{n:x}n" for n in range(5000)]
    made = [
        Provider(
            workspace_id=here,
            name=f"{chance.choice(NAMES)} {chance.choice(words)} {n}",
            city=chance.choice(CITIES),
            about=" ".join(chance.choices(words, k=30)),
        )
        for n in range(number)
    ]
    Provider.objects.bulk_create(made, batch_size=2000)
    does = (
        Service(workspace_id=here, provider=each, name=f"{name} {chance.choice(words)}")
        for each in made
        for name in chance.sample(DOES, 2)
    )
    Service.objects.bulk_create(does, batch_size=2000)


def clock(do: Callable[[], Any]) -> float:
    begun = time.perf_counter()
    do()
    return time.perf_counter() - begun


def measure(search: str) -> tuple[float, float, int]:
    """Seconds of a search and of the yardstick, and how many were found."""
    from django.db.models import Q

    from warmhand.apps.directory.models import Provider
    from warmhand.apps.directory.queries.written import found_by_words

    fields = ("name", "city", "about")
    plain = Q()
    for field in fields:
        plain |= Q(**{f"{field}__icontains": search})
    ours, theirs = [], []
    for _ in range(ROUNDS):
        ours.append(clock(lambda: found_by_words(search)))
        theirs.append(clock(lambda: Provider.objects.filter(plain).count()))
    return statistics.median(ours), statistics.median(theirs), len(found_by_words(search))


def run(number: int) -> None:
    """Build a workspace, plant the directory and print a line for each search."""
    import django

    os.environ["DJANGO_SETTINGS_MODULE"] = "warmhand.config.settings"
    django.setup()
    from warmhand.apps.accounts.queries import workspace_by_slug
    from warmhand.apps.island.scope import workspace_scope
    from warmhand.config.migrations import migrate_everything
    from warmhand.example.build import build_example

    migrate_everything()
    build_example()
    with workspace_scope(workspace_by_slug("harbour").pk):
        plant(number)
        print(f"{'search':<16} {'found':>6} {'ours ms':>8} {'scan ms':>8} {'ratio':>6}")
        for search in SEARCHES:
            ours, theirs, found = measure(search)
            times = f"{ours * 1000:8.0f} {theirs * 1000:8.0f} {ours / theirs:6.1f}"
            print(f"{search:<16} {found:6} {times}")


def main() -> None:
    """Read the arguments and measure on a database of its own."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--providers", type=int, default=20_000)
    given = parser.parse_args()
    with _data_folder() as data, cluster.running(cluster.Folders(data)):
        run(given.providers)


if __name__ == "__main__":
    main()
