"""Signatures that no library covers: HMAC over the raw bytes, compared in constant time.

Rule 3 of every signed time: it may differ from ours by five minutes, in either direction.
"""

from __future__ import annotations

import base64
import datetime as dt
import hmac
from collections.abc import Callable

from .kinds import Arrived, Refusal
from .reading import moment

WINDOW_SECONDS = 300

Maker = Callable[[str], str]
"""The signature that a secret makes."""


def b64(secret: str, message: bytes, digest: str = "sha256") -> str:
    """HMAC as base64."""
    return base64.b64encode(hmac.digest(secret.encode(), message, digest)).decode()


def hexed(secret: str, message: bytes, digest: str = "sha256") -> str:
    """HMAC in hexadecimal."""
    return hmac.digest(secret.encode(), message, digest).hex()


def judged(given: str, secrets: tuple[str, ...], made: Maker) -> Refusal | None:
    """None where the signature given is one of the secrets'. Every secret is tried, every time."""
    if not secrets:
        return Refusal.NONE_SET
    if not given:
        return Refusal.NO_SIGNATURE
    right = [hmac.compare_digest(made(secret).encode(), given.encode()) for secret in secrets]
    return None if any(right) else Refusal.WRONG_SIGNATURE


def in_time(stamp: dt.datetime | None, now: dt.datetime) -> bool:
    """Whether a signed time is now, five minutes give or take."""
    return stamp is not None and abs((now - stamp).total_seconds()) <= WINDOW_SECONDS


def judged_in_time(
    arrived: Arrived,
    secrets: tuple[str, ...],
    now: dt.datetime,
    *,
    signature: str,
    stamp: str,
    made: Callable[[str, str], str],
    per_second: int = 1,
) -> Refusal | None:
    """The same for a signature over a time too: `made(secret, stamp)`, headers by name."""
    said = arrived.headers.get(stamp, "")
    wrong = judged(arrived.headers.get(signature, ""), secrets, lambda secret: made(secret, said))
    if wrong:
        return wrong
    return None if in_time(_stamp(said, per_second), now) else Refusal.WRONG_TIME


def _stamp(said: str, per_second: int) -> dt.datetime | None:
    """Digits are a count since 1970, anything else is spelled out."""
    digits = said.isascii() and said.isdigit() and len(said) < 19
    return moment(int(said) if digits else said, per_second=per_second)
