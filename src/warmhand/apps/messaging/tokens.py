"""Tokens of links, and hashes of addresses: made with the installation's key, never kept plain.

When the key is changed, the old one is named as a fallback: what was hashed with it is still found.
"""

from __future__ import annotations

import base64
import secrets
from collections.abc import Iterator

from django.conf import settings
from django.utils.crypto import salted_hmac

from warmhand.apps.accounts.queries import hashed
from warmhand.problems import NotFound

_TOKEN_BYTES = 24  # 192 bits: 32 characters of an address


def nothing_behind() -> NotFound:
    """What a wrong link is told, and one that ended: who guesses learns nothing."""
    return NotFound("public_link", "This link opens nothing, or not any more.")


def new_seed() -> str:
    """256 random bits, from which a token is made."""
    return secrets.token_urlsafe(32)


def tokens_of(seed: str) -> Iterator[str]:
    """The token that a seed makes, by the present key and by those before it."""
    for key in _keys():
        mac = salted_hmac("warmhand.public_link", seed, secret=key, algorithm="sha256")
        yield base64.urlsafe_b64encode(mac.digest()[:_TOKEN_BYTES]).decode()


def token_for(seed: str, token_hash: str) -> str | None:
    """The token of this hash; None where the key has changed and isn't known any more."""
    return next((token for token in tokens_of(seed) if hashed(token) == token_hash), None)


def address_hashes(workspace_id: int, address: str) -> list[str]:
    """What an address is kept as on the list of those who want no mail; the present key first."""
    plain = f"{workspace_id}:{address.strip().lower()}"
    return [
        salted_hmac("warmhand.suppression", plain, secret=key, algorithm="sha256").hexdigest()
        for key in _keys()
    ]


def _keys() -> list[str]:
    return [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
