"""The side panel inside a helpdesk: who may open it, signed by the helpdesk, without cookies.

The address of the panel carries the ticket, the agent's e-mail address, the time and a signature:

    sig = hex(HMAC-SHA256(secret, ts + "\\n" + ticket + "\\n" + agent))

It is good for 300 seconds either way. What the page needs to act is a value of our own signing,
good for half an hour from the last act, which stands in the page and is sent with each act.
"""

from __future__ import annotations

import datetime as dt
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import urlsplit

from django.core import signing
from django.db.models import Q
from django.utils import timezone

from warmhand.apps.accounts.models import Member
from warmhand.apps.accounts.queries import Membership, as_membership
from warmhand.apps.island.actor import Actor
from warmhand.apps.journal import services as journal
from warmhand.problems import Invalid, Problem

from .door import row_at
from .models import Connection, PanelKey, Peer, Ticket
from .peers.signing import hexed, judged
from .vault import seal

SECONDS: Final = 300
"""A signed address is good for so long, before and after its time."""
VISIT_SECONDS: Final = 1800
"""An open panel may act for so long after it was opened or has last acted."""
ROTATION: Final = dt.timedelta(hours=24)
"""The secret before the last one is good for so long after the change."""
_SALT: Final = "warmhand.panel"
_LONGEST: Final = 254


@dataclass(frozen=True, slots=True)
class Asked:
    """What the address of a panel says."""

    ticket: str
    agent: str
    ts: str
    sig: str


@dataclass(frozen=True, slots=True)
class Place:
    """Whose panel it is: known from its address alone, before anything is believed."""

    workspace_id: int
    connection_id: int
    peer: str
    active: bool
    origins: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Visit:
    """Somebody at a panel. `me` is None for an agent who is no member here."""

    place: Place
    peer: str
    ticket_ref: str
    agent: str
    me: Membership | None
    ticket: Ticket | None


def signature(secret: str, *, ticket: str, agent: str, ts: str) -> str:
    """The signature of a panel's address, as small hex digits."""
    return hexed(secret, f"{ts}\n{ticket}\n{agent}".encode())


_PLACE = """
SELECT workspace_id, id, peer, active, panel_origins FROM connections_connection
WHERE address = %s AND removed_at IS NULL
"""


def place_of(address: str) -> Place | None:
    """Whose address it is; None where it is nobody's."""
    row = row_at(_PLACE, address)
    if row is None:
        return None
    workspace_id, connection_id, peer, active, origins = row
    return Place(workspace_id, connection_id, peer, active, tuple(origins))


def refused() -> Problem:
    """The one answer to an address nobody has, a wrong signature and a wrong time."""
    return Problem(
        "panel_refused",
        "This panel can't be opened: its address, signature or time doesn't fit.",
        lift="Load the ticket again. If it stays, compare the panel's secret, and the clock.",
        status=403,
    )


def over() -> Problem:
    """The panel was open for too long."""
    return Problem(
        "panel_over",
        "This panel has been open for too long.",
        lift="Load the ticket again.",
        status=403,
    )


def enter(place: Place, asked: Asked) -> Visit:
    """Somebody opens the panel by a signed address, inside the place's workspace."""
    now = timezone.now()
    if not (_in_time(asked.ts, now) and _plain(asked.ticket) and _plain(asked.agent)):
        raise refused()
    key = PanelKey.objects.filter(connection_id=place.connection_id).first()
    found = key.secrets_at(now) if key else ()
    if not _fits(asked, found) or not place.active:
        raise refused()
    return _visit(place, asked.ticket, asked.agent)


def _in_time(ts: str, now: dt.datetime) -> bool:
    return (
        len(ts) <= 12
        and ts.isascii()
        and ts.isdecimal()
        and abs(now.timestamp() - int(ts)) <= SECONDS
    )


def _plain(text: str) -> bool:
    """Something, not too long, and without the line break that parts what is signed."""
    return 0 < len(text) <= _LONGEST and text.isprintable()


def _fits(asked: Asked, found: tuple[str, ...]) -> bool:
    def made(secret: str) -> str:
        return signature(secret, ticket=asked.ticket, agent=asked.agent, ts=asked.ts)

    return judged(asked.sig, found, made) is None


def _visit(place: Place, ticket_ref: str, agent: str) -> Visit:
    rows = Ticket.objects.filter(
        connection_id=place.connection_id, ref=ticket_ref, case__removed_at=None
    )
    ticket = rows.select_related("case__client__company").first()
    return Visit(place, Peer(place.peer).label, ticket_ref, agent, _member(agent), ticket)


def _member(agent: str) -> Membership | None:
    """The colleague with this address; None where there is none, or more than one."""
    theirs = Q(email__iexact=agent) | Q(user__email__iexact=agent)
    found = list(
        Member.objects.filter(theirs, left_on__isnull=True).select_related("workspace")[:2]
    )
    return as_membership(found[0]) if len(found) == 1 else None


def pass_for(visit: Visit, address: str) -> str:
    """What the page sends with each act: who, at which ticket, signed by us, with its time."""
    told = {"t": visit.ticket_ref, "a": visit.agent, "m": visit.me.member_id if visit.me else 0}
    return signing.dumps(told, salt=f"{_SALT}:{address}", compress=True)


def again(place: Place, address: str, sent: str) -> Visit:
    """Somebody acts in an open panel, inside the place's workspace."""
    try:
        told: dict[str, Any] = signing.loads(sent, salt=f"{_SALT}:{address}", max_age=VISIT_SECONDS)
    except signing.SignatureExpired:
        raise over() from None
    except signing.BadSignature:
        raise refused() from None
    visit = _visit(place, str(told["t"]), str(told["a"]))
    if not place.active or visit.me is None or visit.me.member_id != told["m"]:
        raise refused()
    return visit


def make_panel_secret(*, by: Actor, connection: Connection) -> str:
    """Make the panel's secret, or a new one; it is shown once. The old one is good for a day."""
    secret, now = secrets.token_urlsafe(32), timezone.now()
    key = PanelKey.objects.select_for_update().filter(connection=connection).first()
    if key is None:
        PanelKey.objects.create(connection=connection, sealed=seal(secret))
    else:
        key.sealed_before, key.before_until = key.sealed, now + ROTATION
        key.sealed, key.made_at = seal(secret), now
        key.save()
    journal.record(
        by=by,
        verb="made_panel_secret",
        of=connection,
        sentence=f"Made a new secret for the side panel of '{connection.name}'.",
    )
    return secret


def origins_from(text: str, *, inside: Iterable[str] = ()) -> list[str]:
    """Origins as they were typed, one a line or with commas between; Invalid for any other.

    http:// only for hosts that the operator has named (`inside`).
    """
    said = text.replace(",", " ").split()
    return list(dict.fromkeys(_origin(each, frozenset(inside)) for each in said))


def _origin(text: str, inside: frozenset[str]) -> str:
    sentence = f"'{text}' isn't an origin: write it like https://ours.zendesk.com, no path, no *."
    try:
        parts = urlsplit(text.lower().rstrip("/"))
        host, port = parts.hostname or "", parts.port
    except ValueError:
        raise Invalid.at("panel_origins", sentence) from None
    named = {host, f"{host}:{port}"} & inside
    good = parts.scheme == "https" or (parts.scheme == "http" and named)
    rest = parts.path or parts.query or parts.fragment or parts.username is not None
    clean = bool(host) and all(sign.isalnum() or sign in "-." for sign in host) and host.isascii()
    if not good or rest or not clean:
        raise Invalid.at("panel_origins", sentence)
    return f"{parts.scheme}://{host}{f':{port}' if port else ''}"
