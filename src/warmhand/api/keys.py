"""Who calls: the API key of a workspace, and what its scopes let it do."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Literal

from django.http import HttpRequest

from warmhand.apps.accounts import queries, services
from warmhand.apps.island.actor import Actor
from warmhand.problems import Problem

Scope = Literal["read", "record", "moments", "import"]
LONGEST = 100


@dataclass(frozen=True, slots=True)
class Caller:
    """A program with a live key: its workspace, its name in the journal, the day it is there."""

    workspace_id: int
    by: Actor
    scopes: frozenset[str]
    today: dt.date


class Call(HttpRequest):
    """A request that has passed the key check."""

    auth: Caller


class Key:
    """Lets in a key that has the scope; the same 401 for none, a wrong and an expired one."""

    def __init__(self, scope: Scope) -> None:
        self.scope = scope

    def __call__(self, request: HttpRequest) -> Caller | None:
        """The caller; None is a 401, a Problem says which scope is lacking."""
        caller = _caller(request.headers.get("Authorization", ""))
        if caller and self.scope not in caller.scopes:
            raise Problem(
                "lacks_scope",
                f"This key doesn't include the scope '{self.scope}'.",
                lift="An owner of the workspace can make a key that does.",
                status=403,
                details={"needs": self.scope, "has": sorted(caller.scopes)},
            )
        return caller


def _caller(header: str) -> Caller | None:
    kind, _, secret = header.partition(" ")
    if kind.lower() != "bearer" or not secret.startswith("wh_") or len(secret) > LONGEST:
        return None
    key = queries.api_key(secret)
    if key is None:
        return None
    if key.last_used_on != key.today:
        services.note_key_use(key=key, on=key.today)
    by = Actor(key.made_by_id, key.name, "api")
    return Caller(key.workspace_id, by, key.scopes, key.today)
