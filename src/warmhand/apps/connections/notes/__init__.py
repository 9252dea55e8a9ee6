"""The verdict back to where the agent works: as a private note, for each peer that takes one."""

from __future__ import annotations

from typing import Final

from .answers import Outcome, outcome_of
from .chatwoot import CHATWOOT
from .desk import Desk, NotePeer
from .freshdesk import FRESHDESK
from .helpscout import HELPSCOUT
from .hubspot import HUBSPOT
from .intercom import INTERCOM
from .zendesk import ZENDESK

NOTE_PEERS: Final = {
    peer.name: peer for peer in (ZENDESK, FRESHDESK, INTERCOM, CHATWOOT, HELPSCOUT, HUBSPOT)
}
"""By the peer's name; the plain one has no API, so the side panel is its way."""

__all__ = ["NOTE_PEERS", "Desk", "NotePeer", "Outcome", "outcome_of"]
