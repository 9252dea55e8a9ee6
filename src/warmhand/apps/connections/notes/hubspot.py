"""HubSpot: a note engagement on the record that the case came from.

https://developers.hubspot.com/docs/api-reference/crm-notes-v3/guide
"""

from __future__ import annotations

import datetime as dt
from typing import Final

from warmhand.apps.connections.calling import Call
from warmhand.problems import Invalid
from warmhand.wording.notes import VerdictNote

from .desk import Desk, NotePeer, bearer, in_path, json_call, root

ASSOCIATIONS: Final = {"contact": 202, "company": 190, "deal": 214, "ticket": 228}
"""HubSpot's own numbers of the association of a note with a record of a kind."""


def write(desk: Desk, ref: str, note: VerdictNote) -> Call:
    """`POST /crm/v3/objects/notes`; `ref` is `ticket:17` (or contact, company, deal)."""
    kind, _, number = ref.rpartition(":")
    association = ASSOCIATIONS.get(kind or "ticket")
    if association is None:
        raise Invalid.at("ticket", f"A note can't be put on a record of the kind '{kind}'.")
    types = [{"associationCategory": "HUBSPOT_DEFINED", "associationTypeId": association}]
    return json_call(
        "POST",
        f"{root(desk)}/crm/v3/objects/notes",
        {
            "properties": {"hs_timestamp": _now(), "hs_note_body": note.html},
            "associations": [{"to": {"id": in_path(number)}, "types": types}],
        },
        Authorization=bearer(desk.token),
    )


def _now() -> str:
    return dt.datetime.now(dt.UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


HUBSPOT = NotePeer(
    "hubspot",
    write,
    base="https://api.hubapi.com",
    key_label="Access token of a private app",
)
