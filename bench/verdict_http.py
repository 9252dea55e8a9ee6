"""A verdict over HTTP against a hit of pinax-referrals, in one run.

    python -m bench.verdict_http [--clients 100000] [--requests 2000] [--peer-python PATH]

Both are served by granian (one worker, one thread) over the same throw-away PostgreSQL, with
durable commits. Requests go one after the other, in alternating blocks. Time is what the caller
sees; CPU is that of the server's processes and of PostgreSQL's together, from /proc.
"""

from __future__ import annotations

import argparse
import http.client
import json
import os
import shutil
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from warmhand.config import cluster

ROOT = Path(__file__).resolve().parent.parent
TICK = os.sysconf("SC_CLK_TCK")
BLOCK = 100
PEER = ("pinax-referrals==4.5.0", "django~=5.2.0", "psycopg[binary]", "granian")


@dataclass
class Side:
    """One server under measure."""

    name: str
    port: int
    pid: int
    paths: list[str]
    headers: dict[str, str]
    seconds: list[float] = field(default_factory=list)
    cpu: float = 0.0

    def block(self, count: int, postmaster: int) -> None:
        """Send some requests one after the other."""
        before = cpu_of(self.pid) + cpu_of(postmaster)
        link = http.client.HTTPConnection("127.0.0.1", self.port)
        for _ in range(count):
            path = self.paths[len(self.seconds) % len(self.paths)]
            began = time.perf_counter()
            link.request("GET", path, headers=self.headers)
            answer = link.getresponse()
            answer.read()
            self.seconds.append(time.perf_counter() - began)
            if answer.status not in (200, 302):
                raise SystemExit(f"{self.name}: {answer.status} for {path}")
        link.close()
        self.cpu += cpu_of(self.pid) + cpu_of(postmaster) - before

    def figures(self) -> dict[str, float | str | int]:
        """Milliseconds: median, 99th percentile, CPU a request."""
        ordered = sorted(self.seconds)
        return {
            "name": self.name,
            "requests": len(ordered),
            "median_ms": round(statistics.median(ordered) * 1000, 2),
            "p99_ms": round(ordered[int(len(ordered) * 0.99)] * 1000, 2),
            "cpu_ms": round(self.cpu / len(ordered) * 1000, 2),
        }


def cpu_of(pid: int) -> float:
    """CPU seconds of a process and of all below it, living or ended and waited for."""
    total, waiting = 0.0, [pid]
    while waiting:
        each = waiting.pop()
        try:
            words = Path(f"/proc/{each}/stat").read_text().rpartition(")")[2].split()
            for task in Path(f"/proc/{each}/task").iterdir():
                waiting += [int(c) for c in (task / "children").read_text().split()]
        except OSError:
            continue
        total += sum(int(word) for word in words[11:15]) / TICK
    return total


@contextmanager
def served(target: str, port: int, python: str, environment: dict[str, str]) -> Iterator[int]:
    """Granian with one worker and one thread; its process id once it answers."""
    command = [python, "-m", "granian", "--interface", "wsgi", "--workers", "1"]
    command += ["--blocking-threads", "1", "--port", str(port), "--no-access-log", target]
    with subprocess.Popen(command, cwd=ROOT, env=environment, stderr=subprocess.DEVNULL) as server:
        try:
            wait_for(port)
            yield server.pid
        finally:
            server.terminate()


def wait_for(port: int) -> None:
    """Until something answers there; at most 30 s."""
    end = time.monotonic() + 30
    while time.monotonic() < end:
        try:
            link = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
            link.request("GET", "/nothing-here")
            link.getresponse().read()
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise SystemExit(f"nothing answers on port {port}")


def our_side(clients: int) -> tuple[list[str], dict[str, str]]:
    """Migrate, populate; the paths of verdicts and the header that opens them.

    No clients to write means the example workspace.
    """
    import django

    os.environ["DJANGO_SETTINGS_MODULE"] = "warmhand.config.settings"
    django.setup()
    from django.db import connections

    from warmhand.config.migrations import migrate_everything

    migrate_everything()
    workspace_id, ids = populated(clients) if clients else the_example()
    with connections["owner"].cursor() as cursor:
        cursor.execute("ANALYZE")
    secret = a_key(workspace_id)
    connections.close_all()
    step = max(1, len(ids) // 997)
    paths = [f"/api/v1/clients/{client}/verdict" for client in ids[::step]]
    return paths, {"Authorization": f"Bearer {secret}"}


def populated(clients: int) -> tuple[int, list[int]]:
    """A workspace with that many clients."""
    from bench.population import populate
    from warmhand.apps.accounts import services
    from warmhand.apps.accounts.models import User

    user = User.objects.create_user("bench@warmhand.example", None, name="Bench")
    workspace, _ = services.found_workspace(
        name="Bench", slug="bench", timezone_name="UTC", owner=user
    )
    return workspace.pk, populate(workspace.pk, clients)


def the_example() -> tuple[int, list[int]]:
    """The example workspace and its clients."""
    from warmhand.apps.accounts.queries import workspace_by_slug
    from warmhand.apps.island.scope import workspace_scope
    from warmhand.apps.people.models import Client
    from warmhand.example.build import build_example

    workspace = workspace_by_slug(build_example().slug)
    with workspace_scope(workspace.pk):
        return workspace.pk, list(Client.objects.order_by("pk").values_list("pk", flat=True))


def a_key(workspace_id: int) -> str:
    """A key that may read."""
    from warmhand.apps.accounts import services
    from warmhand.apps.island.actor import Actor
    from warmhand.apps.island.scope import workspace_scope

    with workspace_scope(workspace_id):
        by = Actor(None, "Bench", "cli")
        return services.make_api_key(by=by, name="bench", scopes=["read"])[1]


def peer_python(given: str) -> str:
    """A Python with the peer in it; made in var/ where none is given."""
    if given:
        return given
    home = ROOT / "var" / "bench-peer"
    if not (home / "bin" / "granian").exists():
        shutil.rmtree(home, ignore_errors=True)
        subprocess.run([sys.executable, "-m", "venv", home], check=True)
        subprocess.run([home / "bin" / "pip", "install", "-q", *PEER], check=True)
    return str(home / "bin" / "python")


def peer_side(python: str, place: cluster.Place) -> tuple[str, dict[str, str]]:
    """The peer's database and one referral; its path and the environment to serve it in."""
    import psycopg

    with psycopg.connect(place.owner_url, autocommit=True) as owner:
        owner.execute("CREATE DATABASE bench_peer")
    environment = {
        **os.environ,
        "PEER_NAME": "bench_peer",
        "PEER_HOST": place.host,
        "PEER_USER": place.owner,
        "DJANGO_SETTINGS_MODULE": "bench.peer.settings",
        "PYTHONPATH": str(ROOT),
    }
    made = subprocess.run(
        [python, "-m", "bench.peer.prepare"],
        cwd=ROOT,
        env=environment,
        check=True,
        capture_output=True,
        text=True,
    )
    return f"/referrals/{made.stdout.strip()}/", environment


def main() -> None:
    """Measure and print one JSON document."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--clients", type=int, default=100_000, help="0: the example workspace")
    parser.add_argument("--requests", type=int, default=2_000)
    parser.add_argument("--peer-python", default="")
    asked = parser.parse_args()
    with ExitStack() as stack:
        data = stack.enter_context(_data_folder())
        place = stack.enter_context(cluster.running(cluster.Folders(data)))
        sides = _sides(stack, asked, place)
        postmaster = int((data / "pg" / "data" / "postmaster.pid").read_text().split()[0])
        print(json.dumps(_measured(sides, postmaster, asked), indent=2))


@contextmanager
def _data_folder() -> Iterator[Path]:
    """A folder of its own for a cluster that commits durably, unlike the tests' one."""
    data = Path(f"/tmp/warmhand-bench-{os.getpid()}")
    data.mkdir(mode=0o711)
    os.environ["WARMHAND_DATA"] = str(data)
    try:
        yield data
    finally:
        shutil.rmtree(data, ignore_errors=True)


def _sides(stack: ExitStack, asked: argparse.Namespace, place: cluster.Place) -> list[Side]:
    paths, headers = our_side(asked.clients)
    python = peer_python(asked.peer_python)
    peer_path, environment = peer_side(python, place)
    ours = stack.enter_context(
        served("warmhand.config.wsgi:application", 8711, sys.executable, dict(os.environ))
    )
    theirs = stack.enter_context(served("bench.peer.wsgi:application", 8712, python, environment))
    return [
        Side(
            f"verdict, {asked.clients} clients" if asked.clients else "verdict, example",
            8711,
            ours,
            paths,
            headers,
        ),
        Side("pinax-referrals 4.5.0 hit", 8712, theirs, [peer_path], {}),
    ]


def _measured(sides: list[Side], postmaster: int, asked: argparse.Namespace) -> dict[str, object]:
    for side in sides:
        side.block(BLOCK, postmaster)
        side.seconds.clear()
        side.cpu = 0.0
    for _ in range(asked.requests // BLOCK):
        for side in sides:
            side.block(BLOCK, postmaster)
    figures = [side.figures() for side in sides]
    ratio = float(figures[0]["cpu_ms"]) / float(figures[1]["cpu_ms"])
    return {"sides": figures, "cpu_ratio_to_peer": round(ratio, 2)}


if __name__ == "__main__":
    main()
