"""The peers: one module each, pure; this table is all that the rest knows of them."""

from . import chatwoot, freshdesk, helpscout, hubspot, intercom, plain, zendesk
from .kinds import Adapter

ADAPTERS: dict[str, Adapter] = {
    "zendesk": zendesk.ADAPTER,
    "freshdesk": freshdesk.ADAPTER,
    "intercom": intercom.ADAPTER,
    "chatwoot": chatwoot.ADAPTER,
    "helpscout": helpscout.ADAPTER,
    "hubspot": hubspot.ADAPTER,
    "plain": plain.ADAPTER,
}
