"""Many deliveries shuffled, doubled and late, and many forged ones: one final state, none accepted.

    python -m bench.hook_faults [--deliveries 100000] [--forged 20000] [--seed 1]

Histories of tickets of all seven peers (those of the tests) go through the door, signed by others'
libraries where there are any, and through the work, over a throw-away PostgreSQL. A third come
twice, all in an order drawn by the seed. At the end every case is compared with a second reckoning
of its history. The forged ones are sent to the same addresses: another secret, a changed body, a
changed header, an old and a future time, a header left out. The time is from receipt to verdict,
one after the other, without a queue between them.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import os
import random
import shutil
import statistics
import time
from collections import Counter
from pathlib import Path
from typing import Any

from bench.hooks import prepare
from warmhand.config import cluster

BEGIN = dt.datetime(2026, 3, 2, 9, 0, tzinfo=dt.UTC)
STEPS, TWICE, CLIENTS = 6, 1 / 3, 200


def connected(workspace_id: int) -> dict[str, Any]:
    """A connection of each peer, and the clients, known to each by number and by address."""
    from tests.connections.histories import TELLERS
    from tests.connections.signers import SECRETS
    from warmhand.apps.connections.models import Alias, Connection
    from warmhand.apps.connections.vault import seal
    from warmhand.apps.island.scope import workspace_scope
    from warmhand.apps.people.models import Client, ContactPoint

    with workspace_scope(workspace_id):
        found = {
            peer: Connection.objects.create(
                peer=peer, name=peer, address=f"at-{peer}", sealed_secret=seal(SECRETS[peer])
            )
            for peer in TELLERS
        }
        for n in range(CLIENTS):
            ada = Client.objects.create(name=f"Ada {n}", client_since=dt.date(2024, 1, 1))
            ContactPoint.objects.create(client=ada, kind="email", value=f"ada{n}@kettle.example")
            for connection in found.values():
                for name in (f"u-{n}", str(n)):
                    Alias.objects.create(connection=connection, external_id=name, client=ada)
    return found


def histories(count: int, chance: random.Random) -> list[tuple[str, str, list[Any]]]:
    """(peer, ticket, steps) until they make `count` deliveries, doubles included."""
    from tests.connections.histories import NO_CONFIRMATION, TELLERS, Step

    made, number = [], 0
    while number < count:
        peer = sorted(TELLERS)[len(made) % len(TELLERS)]
        whats = ["resolved", "reopened", "updated", "resolved"]
        whats += [] if peer in NO_CONFIRMATION else ["confirmed"]
        minutes = sorted(chance.sample(range(1, 40_000), STEPS - 1))
        steps = [Step("opened", BEGIN)]
        steps += [Step(chance.choice(whats), BEGIN + dt.timedelta(minutes=m)) for m in minutes]
        made.append((peer, str(10_000 + len(made)), steps))
        number += round(STEPS * (1 + TWICE))
    return made


def of_client(raw: bytes, ticket: str) -> bytes:
    """The same delivery, of one of the clients: by address, by name, by number."""
    n = int(ticket) % CLIENTS
    raw = raw.replace(b"ada@kettle", f"ada{n}@kettle".encode()).replace(b"u-1", f"u-{n}".encode())
    return raw.replace(b'{"id": 1, ', f'{{"id": {n}, '.encode())


def deliver(workspace_id: int, told: list[Any], chance: random.Random) -> list[float]:
    """Send everything in an order of chance, and work on it; seconds of each."""
    from tests.connections.histories import TELLERS
    from tests.connections.signers import arrived
    from warmhand.apps.connections import work
    from warmhand.apps.connections.door import receive
    from warmhand.apps.connections.models import Alias, Connection
    from warmhand.apps.island.scope import workspace_scope

    order = []
    with workspace_scope(workspace_id):
        hubspot = Connection.objects.get(peer="hubspot")
        known = dict(
            Alias.objects.filter(connection=hubspot).values_list("external_id", "client_id")
        )
        for peer, ticket, steps in told:
            if peer == "hubspot":
                Alias.objects.create(
                    connection=hubspot,
                    external_id=f"ticket:{ticket}",
                    client_id=known[str(int(ticket) % CLIENTS)],
                )
            for n, step in enumerate(steps):
                sent = TELLERS[peer](step, ticket, n)
                order += [(peer, of_client(sent.raw, ticket), sent)] * (
                    2 if chance.random() < TWICE else 1
                )
    chance.shuffle(order)
    took = []
    for peer, raw, sent in order:
        request = arrived(peer, raw, id_=sent.id, **dict(sent.headers))
        began = time.perf_counter()
        received = receive(request, f"at-{peer}")
        with workspace_scope(workspace_id):
            work.work_on(received.delivery_id)
        took.append(time.perf_counter() - began)
    return took


def compared(workspace_id: int, told: list[Any]) -> dict[str, int]:
    """How many tickets ended as their history says, and how many otherwise."""
    from tests.connections.histories import reckoned
    from warmhand.apps.island.scope import workspace_scope
    from warmhand.apps.work.models import Case

    with workspace_scope(workspace_id):
        rows = Case.objects.values_list(
            "source_ref", "opened_on", "resolved_on", "confirmed_on", "reopened_times"
        )
        cases: dict[str, list[Any]] = {}
        for ref, *state in rows:
            cases.setdefault(ref, []).append(tuple(state))
    right = Counter(
        cases.get(ticket) == [reckoned(peer, steps, dt.UTC)] for peer, ticket, steps in told
    )
    return {"tickets": len(told), "right": right[True], "wrong": right[False], "cases": len(rows)}


def forged(count: int, chance: random.Random) -> dict[str, int]:
    """How many forged deliveries got in."""
    from tests.connections.signers import SIGN_THE_BODY, SIGN_THE_TIME, SIGNERS, arrived
    from warmhand.apps.connections.door import receive
    from warmhand.apps.connections.peers.kinds import Arrived
    from warmhand.problems import Problem

    now, outcome = dt.datetime.now(dt.UTC), Counter[str]()
    optional = ("x-helpscout-event", "x-chatwoot-delivery")
    for n in range(count):
        peer = chance.choice(sorted(SIGNERS))
        ways = ["secret", "header", "missing"]
        ways += ["body", "body"] if peer in SIGN_THE_BODY else []
        ways += ["old", "future"] if peer in SIGN_THE_TIME else []
        way, raw = chance.choice(ways), json.dumps({"n": n, "x": chance.random()}).encode()
        away = dt.timedelta(seconds=chance.randint(302, 10**6)) * {"old": -1, "future": 1}.get(
            way, 0
        )
        secret = "whsec_" + "QUJD" * 8 if way == "secret" else None
        sent = arrived(peer, raw, now=now + away, secret=secret, id_=f"f{n}")
        headers = dict(sent.headers)
        name = chance.choice(sorted(set(headers) - set(optional)))
        if way == "missing":
            del headers[name]
        elif way == "header":
            place = chance.randrange(len(headers[name]))
            changed = chr(ord(headers[name][place]) ^ (1 << chance.randrange(6)))
            headers[name] = headers[name][:place] + changed + headers[name][place + 1 :]
        elif way == "body":
            place = chance.randrange(len(raw))
            raw = raw[:place] + bytes([raw[place] ^ (1 << chance.randrange(8))]) + raw[place + 1 :]
        try:
            receive(Arrived(raw, headers, "POST", sent.uri), f"at-{peer}")
            outcome["accepted"] += 1
        except Problem:
            outcome["refused"] += 1
    return {"forged": count, "accepted": outcome["accepted"], "refused": outcome["refused"]}


def main() -> None:
    """Run and print one JSON document; a wrong case or an accepted forgery ends it with 1."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--deliveries", type=int, default=100_000)
    parser.add_argument("--forged", type=int, default=20_000)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    data = Path(f"/tmp/warmhand-bench-{os.getpid()}")
    data.mkdir(mode=0o711)
    os.environ["WARMHAND_DATA"] = str(data)
    try:
        with cluster.running(cluster.Folders(data)):
            workspace_id = prepare()
            connected(workspace_id)
            chance = random.Random(asked.seed)
            told = histories(asked.deliveries, chance)
            took = sorted(deliver(workspace_id, told, chance))
            found = compared(workspace_id, told)
            refused = forged(asked.forged, chance)
    finally:
        shutil.rmtree(data, ignore_errors=True)
    receipt = {
        "median_ms": round(statistics.median(took) * 1000, 1),
        "p99_ms": round(took[int(len(took) * 0.99)] * 1000, 1),
    }
    answer = {"seed": asked.seed, "deliveries": len(took), **found, **receipt, **refused}
    print(json.dumps(answer, indent=2))
    raise SystemExit(1 if found["wrong"] or refused["accepted"] else 0)


if __name__ == "__main__":
    main()
