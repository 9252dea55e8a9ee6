"""From the helpdesk's POST to the verdict on the agent's screen, in a real browser (P11).

    python -m bench.arrival [--tickets 20]

Served as `warmhand serve --work` does it (granian, two workers of four threads, one job worker),
over a throw-away PostgreSQL with durable commits, with the example workspace. A console is open in
a headless Chromium; nobody touches it. The yardstick, in turns with it: a case that a colleague
resolves in this very process, without hook, inbox or job; so it is the console's own looking, and
the difference is what the hook's whole way costs.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import statistics
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from typing import Any

from bench.verdict_http import ROOT, _data_folder, wait_for
from warmhand.config import cluster

PORT = 8713
URL = f"http://127.0.0.1:{PORT}"
SECRET = "bench-secret-of-zendesk"
FLAGS = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"]


@dataclass
class Bench:
    """What is set up: a connection, clients by their number there, and somebody signed in."""

    workspace_id: int
    member_id: int
    address: str
    clients: list[int]
    cookie: str
    hook: list[float] = field(default_factory=list)
    yardstick: list[float] = field(default_factory=list)


def prepared(tickets: int) -> Bench:
    """Migrate, build the example, connect a helpdesk, sign somebody in."""
    import django

    os.environ["DJANGO_SETTINGS_MODULE"] = "warmhand.config.settings"
    django.setup()
    from warmhand.apps.accounts.models import Member
    from warmhand.apps.accounts.queries import workspace_by_slug
    from warmhand.apps.connections.models import Alias, Connection
    from warmhand.apps.connections.vault import seal
    from warmhand.apps.island.scope import workspace_scope
    from warmhand.apps.people.models import Client
    from warmhand.config.migrations import migrate_everything
    from warmhand.example.build import build_example

    migrate_everything()
    workspace = workspace_by_slug(build_example().slug)
    with workspace_scope(workspace.pk):
        connection = Connection.objects.create(
            peer="zendesk", name="Bench", address="bench", sealed_secret=seal(SECRET)
        )
        ids = list(Client.objects.order_by("pk").values_list("pk", flat=True)[: 2 * tickets])
        for client_id in ids:
            Alias.objects.create(
                connection=connection, external_id=f"r{client_id}", client_id=client_id
            )
        member = Member.objects.filter(role="agent", user__isnull=False).first()
    return Bench(workspace.pk, member.pk, connection.address, ids, _signed_in(member, workspace))


def _signed_in(member: Any, workspace: Any) -> str:
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.contrib.sessions.backends.db import SessionStore

    session = SessionStore()
    session[SESSION_KEY] = str(member.user_id)
    session[BACKEND_SESSION_KEY] = "allauth.account.auth_backends.AuthenticationBackend"
    session[HASH_SESSION_KEY] = member.user.get_session_auth_hash()
    session["workspace"] = workspace.pk
    session.save()
    return str(session.session_key)


@contextmanager
def running(*command: str) -> Iterator[None]:
    """A program beside us, ended at the end."""
    with subprocess.Popen(command, cwd=ROOT, stderr=subprocess.DEVNULL) as program:
        try:
            yield
        finally:
            program.terminate()


def knock(bench: Bench, ticket: str, client_id: int) -> None:
    """Zendesk tells that a ticket is solved; back when the door has answered."""
    from django.utils import timezone

    from warmhand.apps.connections.peers import ADAPTERS

    now = timezone.now()
    told = now.strftime("%Y-%m-%dT%H:%M:%S.%f000Z")
    detail = {"id": ticket, "status": "SOLVED", "requester_id": f"r{client_id}"}
    body = {
        "type": "zen:event-type:ticket.status_changed",
        "id": f"bench-{ticket}",
        "time": told,
        "subject": f"zen:ticket:{ticket}",
        "detail": detail | {"subject": "Bench", "created_at": told, "updated_at": told},
        "event": {"current": "SOLVED", "previous": "OPEN"},
    }
    raw = json.dumps(body).encode()
    uri = f"{URL}/hooks/{bench.address}/"
    headers = ADAPTERS["zendesk"].sign(raw, SECRET, uri, body["id"], now)
    with urllib.request.urlopen(urllib.request.Request(uri, raw, headers)) as answer:
        answer.read()


def resolve_here(bench: Bench, ticket: str, client_id: int) -> None:
    """A case with a ticket is resolved by a colleague: committed when this is back."""
    from warmhand.apps.connections.models import Connection, Ticket
    from warmhand.apps.island.actor import Actor
    from warmhand.apps.island.scope import workspace_scope
    from warmhand.apps.moves import moments
    from warmhand.apps.work import services as work

    by = Actor(None, "Bench", "cli")  # nobody's own, or it would stand before all others
    with workspace_scope(bench.workspace_id):
        connection = Connection.objects.get(address=bench.address)
        case = work.open_case(by=by, client_id=client_id, title="Bench")
        Ticket.objects.create(connection=connection, ref=ticket, case=case)
        moments.tell(by=by, ref=moments.CaseRef(case_id=case.pk), what="resolved")


WATCH = """ticket => {
  window.seen = new Promise(resolve => {
    new MutationObserver((_, watcher) => {
      if (!document.querySelector("#arrivals").textContent.includes(ticket)) return;
      watcher.disconnect();
      resolve(Date.now());
    }).observe(document.body, { childList: true, subtree: true });
  });
}"""
"""The page itself notes when the ticket stands on it: Playwright's own looks come in steps."""


def measured(bench: Bench, page: Any) -> None:
    """Hook and yardstick by turns; seconds from the first byte to the words on the screen."""
    page.goto(f"{URL}/console/")
    page.locator("#arrivals [data-mark]").wait_for(state="attached")
    for number, client_id in enumerate(bench.clients):
        ticket = f"{7_000_000 + number}"
        act, times = (knock, bench.hook) if number % 2 == 0 else (resolve_here, bench.yardstick)
        # not in step with the looks: each begins somewhere else in the half second
        time.sleep(0.5 + (number * 0.137) % 0.5)
        page.evaluate(WATCH, ticket)
        began = time.time()
        act(bench, ticket, client_id)
        times.append(page.evaluate("() => window.seen") / 1000 - began)


def _let_go() -> None:
    """The cluster ends when nobody speaks to it any more."""
    from django.db import connections

    connections.close_all()


def figures(times: list[float]) -> dict[str, float]:
    """Milliseconds."""
    ms = sorted(each * 1000 for each in times)
    return {
        "tickets": len(ms),
        "median_ms": round(statistics.median(ms)),
        "p95_ms": round(ms[int(len(ms) * 0.95) - 1]),
        "worst_ms": round(ms[-1]),
    }


def main() -> None:
    """Measure and print one JSON document."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--tickets", type=int, default=20)
    asked = parser.parse_args()
    from playwright.sync_api import sync_playwright

    with ExitStack() as stack:
        data = stack.enter_context(_data_folder())
        stack.enter_context(cluster.running(cluster.Folders(data)))
        stack.callback(_let_go)
        bench = prepared(asked.tickets)
        granian = [sys.executable, "-m", "granian", "--interface", "wsgi", "--workers", "2"]
        granian += ["--blocking-threads", "4", "--port", str(PORT), "--no-access-log"]
        stack.enter_context(running(*granian, "warmhand.config.wsgi:application"))
        stack.enter_context(running(sys.executable, "-m", "warmhand", "work"))
        wait_for(PORT)
        os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "yes"  # Playwright keeps a loop in this thread
        playwright = stack.enter_context(sync_playwright())
        path = shutil.which("chromium") or shutil.which("chromium-browser")
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        context = browser.new_context()
        context.add_cookies([{"name": "sessionid", "value": bench.cookie, "url": URL}])
        try:
            measured(bench, context.new_page())
        finally:
            browser.close()
    hook, yardstick = figures(bench.hook), figures(bench.yardstick)
    ratio = round(hook["median_ms"] / yardstick["median_ms"], 2)
    load = round(os.getloadavg()[0], 1)
    print(
        json.dumps(
            {
                "hook to screen": hook,
                "yardstick: resolved here to screen": yardstick,
                "ratio of medians": ratio,
                "load average of the machine": load,
                "cores": os.cpu_count(),
            },
            indent=2,
        )
    )


if __name__ == "__main__":
    main()
