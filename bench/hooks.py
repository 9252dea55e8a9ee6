"""Hooks accepted a second, durably, over HTTP, against a view that does nothing, in one run.

    python -m bench.hooks [--requests 4000] [--connections 16] [--paced 200]

Both are served by granian with four workers of one thread over the same throw-away PostgreSQL with
durable commits; the senders run on the same machine. Each request is another delivery, signed by
`standardwebhooks` beforehand; blocks alternate. Every 200 is then counted in the inbox. Last, with
the worker running, deliveries come at an even pace, and the time from receipt to the end of the
work (case moved, verdict decided) is taken from the database's own stamps.
"""

from __future__ import annotations

import argparse
import datetime as dt
import http.client
import json
import os
import shutil
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from multiprocessing import get_context
from pathlib import Path

from warmhand.config import cluster

ROOT = Path(__file__).resolve().parent.parent
ADDRESS, SECRET = "bench-address", "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
OURS, NOOP = 8721, 8722
BLOCKS, SENDERS = 4, 2


def signed(number: int, *, now: bool = False) -> tuple[bytes, dict[str, str]]:
    """A delivery of a ticket of its own, of one of a hundred clients, solved an hour ago."""
    from standardwebhooks.webhooks import Webhook

    moment = dt.datetime.now(dt.UTC).replace(microsecond=0)
    happened = moment if now else moment - dt.timedelta(hours=1)
    data = {
        "case": {"id": f"T{number}", "title": "The export fails"},
        "client": {"email": f"c{number % 100}@bench.example"},
    }
    raw = json.dumps(
        {"type": "case.resolved", "timestamp": happened.isoformat(), "data": data}
    ).encode()
    headers = {
        "webhook-id": f"msg_{number}",
        "webhook-timestamp": str(int(moment.timestamp())),
        "webhook-signature": Webhook(SECRET).sign(f"msg_{number}", moment, raw.decode()),
        "Content-Type": "application/json",
    }
    return raw, headers


def send_block(port: int, first: int, count: int, links: int) -> list[float]:
    """Send `count` deliveries over `links` connections; how long each took."""
    ready = [signed(first + n) for n in range(count)]

    def one(lane: int) -> list[float]:
        link = http.client.HTTPConnection("127.0.0.1", port)
        took = []
        for raw, headers in ready[lane::links]:
            began = time.perf_counter()
            link.request("POST", f"/hooks/{ADDRESS}/", raw, headers)
            answer = link.getresponse()
            answer.read()
            took.append(time.perf_counter() - began)
            if answer.status != 200:
                raise SystemExit(f"{port}: {answer.status}")
        link.close()
        return took

    with ThreadPoolExecutor(links) as pool:
        return [each for lane in pool.map(one, range(links)) for each in lane]


def block(pool: object, port: int, first: int, count: int, links: int) -> tuple[float, list[float]]:
    """One block by several sending processes: seconds on the clock, and each request's."""
    share = count // SENDERS
    began = time.perf_counter()
    jobs = [(port, first + n * share, share, links // SENDERS) for n in range(SENDERS)]
    took = pool.starmap(send_block, jobs)  # type: ignore[attr-defined]
    return time.perf_counter() - began, [each for some in took for each in some]


def figures(name: str, seconds: float, took: list[float]) -> dict[str, object]:
    """Requests a second; milliseconds."""
    ordered = sorted(took)
    return {
        "name": name,
        "requests": len(took),
        "per_second": round(len(took) / seconds),
        "median_ms": round(statistics.median(ordered) * 1000, 1),
        "p99_ms": round(ordered[int(len(ordered) * 0.99)] * 1000, 1),
    }


def prepare() -> int:
    """Migrate, and connect one system in a workspace with a hundred clients; its workspace."""
    import django

    os.environ["DJANGO_SETTINGS_MODULE"] = "warmhand.config.settings"
    django.setup()
    from django.db import connections

    from warmhand.apps.accounts import services
    from warmhand.apps.accounts.models import User
    from warmhand.apps.connections.models import Connection
    from warmhand.apps.connections.vault import seal
    from warmhand.apps.island.scope import workspace_scope
    from warmhand.apps.people.models import Client, ContactPoint
    from warmhand.config.migrations import migrate_everything

    migrate_everything()
    user = User.objects.create_user("bench@warmhand.example", None, name="Bench")
    workspace, _ = services.found_workspace(
        name="Bench", slug="bench", timezone_name="UTC", owner=user
    )
    with workspace_scope(workspace.pk):
        Connection.objects.create(
            peer="plain", name="Bench", address=ADDRESS, sealed_secret=seal(SECRET)
        )
        for n in range(100):
            client = Client.objects.create(name=f"Client {n}", client_since=dt.date(2024, 1, 1))
            ContactPoint.objects.create(client=client, kind="email", value=f"c{n}@bench.example")
    connections.close_all()
    return workspace.pk


@contextmanager
def served(target: str, port: int, **more: str) -> Iterator[None]:
    """Granian with four workers of one thread."""
    command = [sys.executable, "-m", "granian", "--interface", "wsgi", "--workers", "4"]
    command += ["--blocking-threads", "1", "--port", str(port), "--no-access-log", target]
    environment = {**os.environ, **more}
    with subprocess.Popen(command, cwd=ROOT, env=environment, stderr=subprocess.DEVNULL) as server:
        try:
            _wait_for(port)
            yield
        finally:
            server.terminate()


def _wait_for(port: int) -> None:
    end = time.monotonic() + 60
    while time.monotonic() < end:
        try:
            link = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
            link.request("GET", "/hooks/x/")
            link.getresponse().read()
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise SystemExit(f"nothing answers on port {port}")


def kept(workspace_id: int) -> int:
    """How many deliveries the inbox holds."""
    from warmhand.apps.connections.models import Delivery
    from warmhand.apps.island.scope import workspace_scope

    with workspace_scope(workspace_id):
        return Delivery.objects.count()


def paced(workspace_id: int, first: int, count: int) -> dict[str, object]:
    """Deliveries at four a second with the worker running: receipt to verdict, by the stamps.

    What the blocks before have left in the queue is dropped: this is about a queue that keeps up.
    """
    from django.db import connections

    from warmhand.apps.connections.models import Delivery
    from warmhand.apps.island.scope import workspace_scope

    with connections["owner"].cursor() as cursor:
        cursor.execute("DELETE FROM procrastinate_jobs")
    connections.close_all()
    worker = subprocess.Popen(
        [sys.executable, "-m", "warmhand", "work"], cwd=ROOT, stderr=subprocess.DEVNULL
    )
    try:
        send_block(OURS, first, 1, 1)
        _until_worked_on(workspace_id, f"msg_{first}")  # the worker is up
        for n in range(count):
            time.sleep(0.25)
            send_block(OURS, first + 1 + n, 1, 1)
        _until_worked_on(workspace_id, f"msg_{first + count}")
    finally:
        worker.terminate()
        worker.wait()
    with workspace_scope(workspace_id):
        rows = Delivery.objects.order_by("-pk")[:count]
        took = sorted(
            (each.worked_at - each.received_at).total_seconds() for each in rows if each.worked_at
        )
    return {
        "deliveries": count,
        "worked_on": len(took),
        "median_ms": round(statistics.median(took) * 1000, 1),
        "p99_ms": round(took[int(len(took) * 0.99)] * 1000, 1),
    }


def _until_worked_on(workspace_id: int, key: str) -> None:
    """At most two minutes."""
    from warmhand.apps.connections.models import Delivery
    from warmhand.apps.island.scope import workspace_scope

    end = time.monotonic() + 120
    while time.monotonic() < end:
        with workspace_scope(workspace_id):
            if Delivery.objects.filter(key=key, worked_at__isnull=False).exists():
                return
        time.sleep(0.2)
    raise SystemExit(f"{key} was not worked on")


def measured(asked: argparse.Namespace, workspace_id: int) -> dict[str, object]:
    """Blocks of both in turn, the first of each thrown away."""
    found: dict[int, tuple[float, list[float]]] = {OURS: (0.0, []), NOOP: (0.0, [])}
    size, number = asked.requests // BLOCKS, 0
    with get_context("spawn").Pool(SENDERS) as pool:
        for turn in range(BLOCKS + 1):
            for port in (OURS, NOOP):
                seconds, took = block(pool, port, number, size, asked.connections)
                number += size
                if turn:
                    found[port] = (found[port][0] + seconds, found[port][1] + took)
    ours = figures("hook, kept durably", *found[OURS])
    noop = figures("a view that does nothing", *found[NOOP])
    return {
        "sides": [ours, noop],
        "answered_200": size * (BLOCKS + 1),
        "kept": kept(workspace_id),
        "share_of_noop": round(int(str(ours["per_second"])) / int(str(noop["per_second"])), 2),
        "receipt_to_verdict": paced(workspace_id, number, asked.paced) if asked.paced else None,
    }


def main() -> None:
    """Measure and print one JSON document."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--requests", type=int, default=4_000)
    parser.add_argument("--connections", type=int, default=16)
    parser.add_argument("--paced", type=int, default=200)
    asked = parser.parse_args()
    data = Path(f"/tmp/warmhand-bench-{os.getpid()}")
    data.mkdir(mode=0o711)
    os.environ["WARMHAND_DATA"] = str(data)
    try:
        with ExitStack() as stack:
            stack.enter_context(cluster.running(cluster.Folders(data)))
            workspace_id = prepare()
            stack.enter_context(served("warmhand.config.wsgi:application", OURS))
            stack.enter_context(served("bench.noop:application", NOOP, WARMHAND_BENCH_NOOP="1"))
            print(json.dumps(measured(asked, workspace_id), indent=2))
    finally:
        shutil.rmtree(data, ignore_errors=True)


if __name__ == "__main__":
    main()
