"""Writes about providers, their services and vouches, and what clients do well (P30, P31)."""

from .expertise import change_expertise, note_expertise, remove_expertise
from .providers import (
    ProviderFields,
    add_provider,
    add_service,
    change_provider,
    change_service,
    remove_provider,
    remove_service,
)
from .public import set_public_page
from .vouches import change_vouch, remove_vouch, vouch

__all__ = [
    "ProviderFields",
    "add_provider",
    "add_service",
    "change_expertise",
    "change_provider",
    "change_service",
    "change_vouch",
    "note_expertise",
    "remove_expertise",
    "remove_provider",
    "remove_service",
    "remove_vouch",
    "set_public_page",
    "vouch",
]
