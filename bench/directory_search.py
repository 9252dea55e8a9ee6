"""What it costs to search a directory of 20,000 providers by words.

    python -m bench.directory_search [--providers 20000]

Words as they stand, without accents, with a slip, and one that stands nowhere; each beside the
yardstick in the same run, by turns: the count of providers whose name, city or text about them has
the word as it is typed (a plain scan). Processor time of a round (this process and PostgreSQL's
beside it, which the machine's other work doesn't change), then the ratio of these, then the same of
a page as it is shown (counted, with its first fifty), and of the first slip after a change, when
the words of the directory are read anew.
"""

from __future__ import annotations

import argparse
import os
import random
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from bench.verdict_http import _data_folder
from warmhand.config import cluster

ROUNDS = 10
SEARCHES = (
    "notary",
    "müller",
    "muller",
    "kiel",
    "electrican",
    "byblun",
    "notary hamburg",
    "xylophone",
)
SLIP = "electrican"
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


def spent() -> float:
    """Processor seconds of this process and of its part of PostgreSQL."""
    from django.db import connection

    connection.ensure_connection()
    backend = connection.connection.info.backend_pid
    stat = Path(f"/proc/{backend}/stat").read_text().rpartition(")")[2].split()
    theirs = (int(stat[11]) + int(stat[12])) / os.sysconf("SC_CLK_TCK")
    return time.process_time() + theirs


def cost(do: Callable[[], Any]) -> float:
    """Processor seconds of a round."""
    begun = spent()
    for _ in range(ROUNDS):
        do()
    return (spent() - begun) / ROUNDS


def measure(search: str) -> tuple[float, float, float, int]:
    """Seconds of a search, of a page of it and of the yardstick, and how many were found."""
    from django.db.models import Q

    from warmhand.apps.directory.models import Provider
    from warmhand.apps.directory.queries import providers
    from warmhand.apps.directory.queries.written import found_by_words

    fields = ("name", "city", "about")
    plain = Q()
    for field in fields:
        plain |= Q(**{f"{field}__icontains": search})

    def page() -> None:
        rows = providers(search=search)
        rows.count()
        list(rows[:50])

    found = len(found_by_words(search))
    ours = cost(lambda: found_by_words(search))
    shown = cost(page)
    theirs = cost(lambda: Provider.objects.filter(plain).count())
    return ours, shown, theirs, found


def measure_anew(search: str) -> float:
    """Seconds of a search right after a change, when words are read anew."""
    from warmhand.apps.directory.models import Provider
    from warmhand.apps.directory.queries.written import found_by_words

    first = Provider.objects.order_by("pk")[:1]

    def anew() -> None:
        Provider.objects.filter(pk__in=[first[0].pk]).update(city="Kiel")
        found_by_words(search)

    return cost(anew)


def run(number: int) -> None:
    """Build a workspace, plant the directory and print a line for each search."""
    import django

    os.environ["DJANGO_SETTINGS_MODULE"] = "warmhand.config.settings"
    django.setup()
    from warmhand.apps.accounts.queries import workspace_by_slug
    from warmhand.apps.directory.queries import meaning
    from warmhand.apps.island.scope import workspace_scope
    from warmhand.config.migrations import migrate_everything
    from warmhand.example.build import build_example

    migrate_everything()
    build_example()
    meaning.encoder_or_none = lambda: None  # words alone are measured
    with workspace_scope(workspace_by_slug("harbour").pk):
        plant(number)
        print(f"{'search':<16} {'found':>6} {'ours ms':>8} {'scan ms':>8} {'ratio':>6} {'page':>6}")
        for search in SEARCHES:
            ours, shown, theirs, found = measure(search)
            times = f"{ours * 1000:8.0f} {theirs * 1000:8.0f} {ours / theirs:6.1f}"
            print(f"{search:<16} {found:6} {times} {shown / theirs:6.1f}")
        print(f"a slip right after a change: {measure_anew(SLIP) * 1000:.0f} ms")


def main() -> None:
    """Read the arguments and measure on a database of its own."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--providers", type=int, default=20_000)
    given = parser.parse_args()
    with _data_folder() as data, cluster.running(cluster.Folders(data)):
        run(given.providers)


if __name__ == "__main__":
    main()
