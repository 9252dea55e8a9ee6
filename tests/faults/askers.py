"""Processes that ask again and again, each one colleague or one program over HTTP.

    python -m tests.faults.askers < ORDERS

ORDERS is a JSON list (see `Order`): a process for each, forked from one that has loaded the
product and opened nothing. All begin at once, end each ask that they are granted, and what became
of every try is printed as one JSON list.
"""

from __future__ import annotations

import http.client
import json
import multiprocessing
import sys
from dataclasses import dataclass
from typing import Any

FORK = multiprocessing.get_context("fork")
PATIENCE = 120


@dataclass(frozen=True)
class Order:
    """What one process is to do; with `url` and `secret` it comes in by the API."""

    database: str
    workspace: int
    member: int
    name: str
    clients: list[int]
    tries: int
    guarded: bool = True
    url: str = ""
    secret: str = ""


Tried = dict[str, Any]
"""`code` is granted or the refusal's; with `reasons`, `ask`, `by`, `at`, `sentence`, `whom`."""


def told(error: dict[str, Any]) -> Tried:
    details = error["details"]
    reasons = [reason["code"] for reason in details.get("reasons", [])]
    return {"code": error["code"], "sentence": error["sentence"], **details, "reasons": reasons}


class Colleague:
    """Asks by the service, over a database connection of this process's own."""

    def __init__(self, order: Order) -> None:
        from warmhand.apps.island.actor import Actor

        self.order = order
        self.by = Actor(order.member, order.name, "web")

    def ask(self, client_id: int) -> Tried:
        from warmhand.apps.asks import services
        from warmhand.apps.island.scope import workspace_scope
        from warmhand.problems import Problem

        try:
            with workspace_scope(self.order.workspace):
                made = services.record_ask(by=self.by, client_id=client_id)
        except Problem as problem:
            return told(problem.as_dict()["error"])
        with workspace_scope(self.order.workspace):
            services.record_outcome(by=self.by, ask_id=made.pk, outcome="will_introduce")
        return {"code": "granted", "ask": made.pk}


class Program:
    """Asks over HTTP, with a key."""

    def __init__(self, order: Order) -> None:
        self.order = order
        self.host = order.url.removeprefix("http://")

    def ask(self, client_id: int) -> Tried:
        status, body = self.post("/asks", {"client_id": client_id})
        if status != 201:
            return told(body["error"])
        status, ended = self.post(f"/asks/{body['id']}/outcome", {"outcome": "will_introduce"})
        assert status == 200, ended
        return {"code": "granted", "ask": body["id"]}

    def post(self, path: str, body: dict[str, Any]) -> tuple[int, Any]:
        link = http.client.HTTPConnection(self.host, timeout=60)
        headers = {
            "Authorization": f"Bearer {self.order.secret}",
            "Content-Type": "application/json",
        }
        link.request("POST", f"/api/v1{path}", json.dumps(body), headers)
        answer = link.getresponse()
        found = json.loads(answer.read())
        link.close()
        return answer.status, found


def take_the_guard_away(all_looked: Any) -> None:
    """No lock, no look for an open ask; and everybody has looked before anybody writes."""
    from warmhand.apps.asks import services
    from warmhand.apps.people.models import Client

    decide, looks = services.verdict_of, []

    def unhurried(client_id: int) -> Any:
        verdict = decide(client_id)
        if not looks:
            looks.append(client_id)
            all_looked.wait(PATIENCE)
        return verdict

    services._lock = lambda client_id: Client.objects.get(pk=client_id)
    services._nobody_asks_already = lambda client: None
    services.verdict_of = unhurried


def run(order: Order, together: Any, answer: Any) -> None:
    """What one process does: meet the others, ask in turn, tell."""
    if not order.guarded:
        take_the_guard_away(together)
    asker = Program(order) if order.url else Colleague(order)
    together.wait(PATIENCE)
    turns = (order.clients[n % len(order.clients)] for n in range(order.tries))
    answer.send([asker.ask(client_id) for client_id in turns])
    answer.close()


def run_all(orders: list[Order]) -> list[Tried]:
    """A process for each order, all begun; what became of every try."""
    together = FORK.Barrier(len(orders))
    pipes = [FORK.Pipe(duplex=False) for _ in orders]
    started = [
        FORK.Process(target=run, args=(order, together, answer), daemon=True)
        for order, (_, answer) in zip(orders, pipes, strict=True)
    ]
    for each in started:
        each.start()
    for _, answer in pipes:
        answer.close()  # ours; a process that ends without an answer is then seen
    return [tried for told_by, _ in pipes for tried in told_by.recv()]


def main() -> None:
    import django

    django.setup()
    from django.db import connections

    from tests.databases import point_django_at
    from warmhand.apps.asks import services  # noqa: F401 - loaded once, before the forks

    orders = [Order(**each) for each in json.load(sys.stdin)]
    point_django_at(orders[0].database)
    connections["default"].settings_dict["CONN_MAX_AGE"] = None  # one connection for all tries
    json.dump(run_all(orders), sys.stdout)


if __name__ == "__main__":
    main()
