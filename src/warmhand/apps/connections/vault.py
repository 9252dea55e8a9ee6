"""Secrets of others that we have to read again: sealed with a key derived from ours.

Our own keys and tokens are kept as hashes; the secret of a signature can't be, since it takes the
secret to check one. Sealed by Fernet (AES-128-CBC with HMAC-SHA256) of the cryptography library.
"""

from __future__ import annotations

import base64
import datetime as dt
from functools import lru_cache

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings


def seal(secret: str) -> str:
    """The secret as it may be kept; empty stays empty."""
    return _box().encrypt(secret.encode()).decode() if secret else ""


def unseal(sealed: str) -> str:
    """The secret again; empty where there is none, or where the installation's key has changed.

    Keys used before still open what they sealed. Without a secret everything is refused, so a
    key that was dropped fails closed.
    """
    try:
        return _box().decrypt(sealed.encode()).decode() if sealed else ""
    except InvalidToken:
        return ""


def good_at(
    now: dt.datetime, sealed: str, before: str, until: dt.datetime | None
) -> tuple[str, ...]:
    """The secrets that are good now, the current one first; none: refuse everything."""
    old = before if until and until > now else ""
    return tuple(filter(None, (unseal(sealed), unseal(old))))


def _box() -> MultiFernet:
    keys = (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
    return MultiFernet([_fernet(key) for key in keys])


@lru_cache(maxsize=8)
def _fernet(key: str) -> Fernet:
    derived = HKDF(algorithm=SHA256(), length=32, salt=None, info=b"warmhand connections")
    return Fernet(base64.urlsafe_b64encode(derived.derive(key.encode())))
