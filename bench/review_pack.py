"""A review pack from records to PDF, against an empty page of typst, in one run.

    python -m bench.review_pack [--rounds 15]

For the richest client of the example workspace, and for one with 1,000 commitments and 1,000
cases. Pack and empty page are made by turns in one process; the first pack, which reads the fonts,
is told apart. The database is a throw-away PostgreSQL.
"""

from __future__ import annotations

import argparse
import io
import json
import os
import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import typst
from pypdf import PdfReader

from bench.verdict_http import _data_folder
from warmhand.config import cluster

EMPTY = {"main": b'#set document(title: "Empty")\n#set text(lang: "en")\n#title()'}
RECORDS = 1_000


@dataclass(frozen=True)
class Measured:
    """One client: seconds of the first pack, then of packs and of empty pages by turns."""

    name: str
    first: float
    packs: list[float]
    empty: list[float]
    pages: int

    def figures(self) -> dict[str, Any]:
        """Milliseconds, and the ratio of the medians."""
        pack, empty = statistics.median(self.packs), statistics.median(self.empty)
        return {
            "client": self.name,
            "pages": self.pages,
            "first_ms": round(self.first * 1000, 1),
            "median_ms": round(pack * 1000, 1),
            "slowest_ms": round(max(self.packs) * 1000, 1),
            "empty_page_ms": round(empty * 1000, 2),
            "ratio": round(pack / empty, 1),
        }


def seconds(act: Callable[[], object]) -> float:
    """How long something takes."""
    began = time.perf_counter()
    act()
    return time.perf_counter() - began


def measured(name: str, client_id: int, rounds: int) -> Measured:
    """Packs of one client and empty pages, by turns."""
    from warmhand.apps.reviews.pack import pack_of
    from warmhand.printing import pack_pdf
    from warmhand.printing.letters import fonts

    made = b""

    def pack() -> None:
        nonlocal made
        found = pack_of(client_id)
        assert found.favourable, found.objections
        made = pack_pdf(found)

    def empty() -> None:
        typst.compile(EMPTY, format="pdf", font_paths=fonts(), pdf_standards=["ua-1"])

    first = seconds(pack)
    turns = [(seconds(pack), seconds(empty)) for _ in range(rounds)]
    pages = len(PdfReader(io.BytesIO(made)).pages)
    return Measured(name, first, [a for a, _ in turns], [b for _, b in turns], pages)


def richest() -> tuple[str, int]:
    """The client of the example with most commitments and cases, of those with a pack to show."""
    from django.db.models import Count

    from warmhand.apps.people.models import Client
    from warmhand.apps.reviews.pack import pack_of

    held = Count("commitments", distinct=True) + Count("cases", distinct=True)
    for client in Client.objects.annotate(held=held).order_by("-held", "pk"):
        if pack_of(client.pk).favourable:
            return f"{client.name}, {client.held} commitments and cases", client.pk
    raise SystemExit("nobody in the example has a pack to show")


def burdened() -> tuple[str, int]:
    """A client with a thousand commitments and a thousand cases in the last year."""
    import datetime as dt

    from warmhand.apps.accounts.days import today
    from warmhand.apps.island.scope import current_workspace_id
    from warmhand.apps.people.models import Client
    from warmhand.apps.work.models import Case, Commitment

    workspace, now = current_workspace_id(), today()
    client = Client.objects.create(name="A Thousand", client_since=now - dt.timedelta(days=900))

    def ago(n: int) -> dt.date:
        return now - dt.timedelta(days=n % 330)

    held = {"workspace_id": workspace, "client": client}
    Commitment.objects.bulk_create(
        Commitment(
            **held,
            title=f"Commitment number {n}, with a title as long as titles are",
            target="as agreed",
            agreed_on=ago(n) - dt.timedelta(days=30),
            due_on=ago(n),
            delivered_on=ago(n),
            evidence_kind="figure",
            evidence="shown",
        )
        for n in range(RECORDS)
    )
    Case.objects.bulk_create(
        Case(
            **held,
            title=f"Case number {n}",
            opened_on=ago(n) - dt.timedelta(days=n % 9),
            resolved_on=ago(n),
            confirmed_on=ago(n),
        )
        for n in range(RECORDS)
    )
    return f"{RECORDS} commitments and {RECORDS} cases", client.pk


def run(rounds: int) -> list[dict[str, Any]]:
    """Build the example and measure both clients."""
    import django

    os.environ["DJANGO_SETTINGS_MODULE"] = "warmhand.config.settings"
    django.setup()
    from warmhand.apps.accounts.queries import workspace_by_slug
    from warmhand.apps.island.scope import workspace_scope
    from warmhand.config.migrations import migrate_everything
    from warmhand.example import build_example

    migrate_everything()
    build_example()
    with workspace_scope(workspace_by_slug("harbour").pk):
        clients = (richest(), burdened())
        return [measured(name, number, rounds).figures() for name, number in clients]


def main() -> None:
    """Read the arguments, print one JSON document."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=15)
    rounds = parser.parse_args().rounds
    with _data_folder() as data, cluster.running(cluster.Folders(data)):
        print(json.dumps(run(rounds), indent=2, ensure_ascii=False))


if __name__ == "__main__":
    main()
