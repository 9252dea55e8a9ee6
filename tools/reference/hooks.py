"""What a plain hook may tell, from its own registry; and which helpdesks may be connected."""

from __future__ import annotations

from warmhand.apps.connections.models import Peer
from warmhand.apps.connections.peers.plain import EVENT_TYPES, ID, SIGNATURE, STAMP

from .text import NOTICE, code, table

INTRODUCTION = f"""\
# Hooks

An owner connects a helpdesk under **Helpdesks**; each connection has an address of its own,
`/hooks/…/`, and a secret. How, is in [Connect a helpdesk](../how-to/connect-a-helpdesk.md).

## The plain hook
Any system may send by [Standard Webhooks](https://www.standardwebhooks.com): POST JSON, signed in
the headers `{ID}`, `{STAMP}` and `{SIGNATURE}` with the secret `whsec_…` of the connection. The
time may differ from ours by five minutes. Sending again with the same `{ID}` has no second effect.

```json
{{"type": "case.resolved",
 "timestamp": "2026-04-02T09:30:00Z",
 "data": {{"case": {{"id": "4711", "title": "The export fails"}},
          "client": {{"email": "ada@kettle.example", "name": "Ada Kettle"}}}}}}
```

`timestamp` is when it happened: events are put in order by it, never by their arrival. What
happened at the same moment is ordered by `data.sequence`, a whole number, where it is given.

"""

AFTER = """\

The answer is 200 `{"received": true, "duplicate": false}` once it is kept; the work comes after.
401 `hook_refused` is the answer to an unknown address and to a signature that doesn't fit. What
isn't understood is kept and shown to the owner, who may replay it.

## Helpdesks
"""


def page() -> str:
    """The types of the plain hook with their fields, and the helpdesks."""
    rows = (
        (
            code(each.what.value),
            each.sentence,
            ", ".join(code(f"data.{name}") for name in each.needs) or "–",
            ", ".join(code(f"data.{name}") for name in each.may) or "–",
        )
        for each in EVENT_TYPES
    )
    told = table(("type", "means", "needs", "may have"), rows)
    peers = "\n".join(f"- {label}" for label in Peer.labels)
    return f"{NOTICE}{INTRODUCTION}{told}{AFTER}\n{peers}\n"
