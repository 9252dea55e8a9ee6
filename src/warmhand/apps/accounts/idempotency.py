"""The same request twice has one effect: answers kept by key (safety.md section 1)."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.utils import timezone

from warmhand.apps.island.scope import current_workspace_id
from warmhand.problems import Conflict

from .models import IdempotentAnswer

KEPT_DAYS = 7


@dataclass(frozen=True, slots=True)
class Answered:
    """A status and a body, and whether they were given before."""

    status: int
    body: dict[str, Any]
    repeated: bool


def once(
    *, route: str, key: str, body: Any, act: Callable[[], tuple[int, dict[str, Any]]]
) -> Answered:
    """Act once per key: the same key and body get the same answer, another body is refused.

    Runs in the open transaction, so effect and answer are kept together or not at all. Two
    requests with one key at the same moment wait for each other.
    """
    digest = hashlib.sha256(json.dumps(body, sort_keys=True, default=str).encode()).hexdigest()
    _one_at_a_time(route, key)
    known = IdempotentAnswer.objects.filter(route=route, key=key).first()
    if known is None:
        status, answer = act()
        IdempotentAnswer.objects.create(
            route=route, key=key, body_hash=digest, status=status, answer=answer
        )
        return Answered(status, answer, repeated=False)
    if known.body_hash != digest:
        raise Conflict(
            "key_used_for_other_body",
            "This Idempotency-Key was used for another request.",
            lift="Use a new key for a new request.",
        )
    return Answered(known.status, known.answer, repeated=True)


def forget_old() -> int:
    """Delete answers older than they are kept; how many."""
    oldest = timezone.now() - dt.timedelta(days=KEPT_DAYS)
    return IdempotentAnswer.objects.filter(created_at__lt=oldest).delete()[0]


def _one_at_a_time(route: str, key: str) -> None:
    """Hold a lock of the database named by workspace, route and key until the commit."""
    name = f"{current_workspace_id()}:{route}:{key}"
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [name])
