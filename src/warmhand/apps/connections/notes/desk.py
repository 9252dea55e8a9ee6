"""What the API of a helpdesk needs to take a private note, whichever helpdesk it is."""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import quote

from warmhand.apps.connections.calling import Call
from warmhand.problems import Invalid
from warmhand.wording.notes import VerdictNote

_REF: Final = re.compile(r"[A-Za-z0-9_-]{1,100}")


@dataclass(frozen=True, slots=True)
class Desk:
    """One account at a helpdesk: where its API answers, and as whom we write there.

    `user` is whatever stands beside the token: an e-mail address, a person's id, an app's id;
    `account` the number of the account, where the path names one.
    """

    base: str
    token: str
    user: str = ""
    account: str = ""


@dataclass(frozen=True, slots=True)
class NotePeer:
    """How one peer takes a private note. A label that is empty: nothing of the kind is needed."""

    name: str
    write: Callable[[Desk, str, VerdictNote], Call]
    """(the desk, the peer's own number of the ticket, the note) -> the request."""
    base: str = ""
    """Where the API answers for everybody; empty: each account has an address of its own."""
    key_label: str = "API token"
    user_label: str = ""
    account_label: str = ""
    sign_in: Callable[[Desk], Call] | None = None
    """The request that changes the desk's secret for a token (`access_token` in its answer)."""

    def lacks(self, desk: Desk) -> str:
        """What is missing before a note can be written, in words; empty: nothing."""
        wanted = (
            (desk.base, "Address of its API"),
            (desk.token, self.key_label),
            (desk.user, self.user_label),
            (desk.account, self.account_label),
        )
        return ", ".join(label for value, label in wanted if label and not value)


def in_path(ref: str) -> str:
    """A ticket's number as part of a path; Invalid for anything that could lead elsewhere."""
    if not _REF.fullmatch(ref):
        raise Invalid.at("ticket", "The number of this ticket can't stand in an address.")
    return quote(ref, safe="")


def json_call(method: str, url: str, body: Any, **headers: str) -> Call:
    """A request with a JSON body; `Content_Type` in a keyword stands for Content-Type."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    sent = json.dumps(body, ensure_ascii=False).encode()
    return Call(method, url, {"Content-Type": "application/json", **named}, sent)


def basic(user: str, secret: str) -> str:
    """The value of a basic Authorization header."""
    return "Basic " + base64.b64encode(f"{user}:{secret}".encode()).decode()


def bearer(token: str) -> str:
    """The value of a bearer Authorization header."""
    return f"Bearer {token}"


def root(desk: Desk) -> str:
    """The desk's base address without a slash at its end."""
    return desk.base.rstrip("/")
