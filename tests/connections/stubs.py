"""Stand-ins for the helpdesks' APIs, each checking a note against the peer's public specification.

The real ones can't be called from a test. A stub answers only what the specification says: the
method, the path, who is let in, the shape of the body (the part of the schema that a note needs),
and the statuses. Where each was read:

- Zendesk: developer.zendesk.com/api-reference/ticketing/tickets/tickets/#update-ticket (comment
  object: `body` or `html_body`, `public`), .../introduction/requests (errors, 429 and Retry-After),
  .../introduction/security-and-auth (`{email}/token:{api_token}`)
- Freshdesk: developers.freshdesk.com/api/#add_note_to_a_ticket, #error, #ratelimit
- Intercom: github.com/intercom/Intercom-OpenAPI descriptions/2.14, schema
  `admin_reply_conversation_request`; the same in intercom-client 6 (AdminReplyConversationRequest)
- Chatwoot: github.com/chatwoot/chatwoot 1bfc200d swagger/paths/application/conversation/messages/
  create.yml and 14484755 swagger/definitions/request/conversation/create_message_payload.yml
- Help Scout: github.com/helpscout/helpscout-api-php 0216d736 src/Conversations/Threads/
  NoteThread.php (path, `text`); developer.helpscout.com/mailbox-api, rate limiting
  (X-RateLimit-Retry-After)
- HubSpot: developers.hubspot.com/docs/api-reference/crm-notes-v3/guide; the models of the
  hubspot-api-client package check the body a second time
"""

from __future__ import annotations

import base64
import json
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, make_server

import jsonschema

TEXT = {"type": "string", "minLength": 1}


@dataclass(frozen=True)
class Spec:
    """What a peer's specification says of the one request that we send."""

    method: str
    path: str
    auth: tuple[str, str]  # header, value
    schema: dict[str, Any]
    written: tuple[int, Any]
    unknown: tuple[int, Any]  # the token isn't known
    missing: tuple[int, Any]  # there is no such ticket
    invalid: tuple[int, Any]  # the body isn't taken
    wait: dict[str, str]  # headers of a 429


def _basic(text: str) -> str:
    return "Basic " + base64.b64encode(text.encode()).decode()


def _object(required: list[str], **properties: Any) -> dict[str, Any]:
    return {"type": "object", "required": required, "properties": properties}


SPECS = {
    "zendesk": Spec(
        "PUT",
        r"/api/v2/tickets/(\d+)\.json",
        ("Authorization", _basic("agent@desk.example/token:k3y")),
        _object(
            ["ticket"],
            ticket={
                **_object(
                    ["comment"],
                    comment={
                        **_object([], body=TEXT, html_body=TEXT, public={"const": False}),
                        "required": ["public"],
                        "anyOf": [{"required": ["body"]}, {"required": ["html_body"]}],
                    },
                ),
                # a note must not touch anything else of the ticket
                "additionalProperties": False,
            },
        ),
        (200, {"ticket": {"id": 35436}, "audit": {"id": 1}}),
        (401, {"error": "Couldn't authenticate you"}),
        (404, {"error": "RecordNotFound", "description": "Not found"}),
        (
            422,
            {
                "error": "RecordInvalid",
                "description": "Record validation errors",
                "details": {"status": [{"description": "Status: closed prevents ticket update"}]},
            },
        ),
        {"Retry-After": "93"},
    ),
    "freshdesk": Spec(
        "POST",
        r"/api/v2/tickets/(\d+)/notes",
        ("Authorization", _basic("k3y:X")),
        _object(["body", "private"], body=TEXT, private={"const": True}),
        (201, {"id": 4, "private": True}),
        (401, {"code": "invalid_credentials", "message": "You have to be logged in"}),
        (404, None),
        (
            400,
            {
                "description": "Validation failed",
                "errors": [{"field": "body", "message": "It should not be blank"}],
            },
        ),
        {"Retry-After": "93"},
    ),
    "intercom": Spec(
        "POST",
        r"/conversations/([\w-]+)/reply",
        ("Authorization", "Bearer k3y"),
        _object(
            ["message_type", "type", "admin_id", "body"],
            message_type={"const": "note"},
            type={"const": "admin"},
            admin_id=TEXT,
            body=TEXT,
        ),
        (200, {"type": "conversation", "id": "35436"}),
        (401, {"type": "error.list", "errors": [{"code": "unauthorized"}]}),
        (404, {"type": "error.list", "errors": [{"code": "not_found"}]}),
        (422, {"type": "error.list", "errors": [{"message": "admin_id is invalid"}]}),
        {"X-RateLimit-Reset": "2000000093"},
    ),
    "chatwoot": Spec(
        "POST",
        r"/api/v1/accounts/7/conversations/(\d+)/messages",
        ("api_access_token", "k3y"),
        _object(
            ["content", "private"],
            content=TEXT,
            message_type={"enum": ["outgoing", "incoming"]},
            private={"const": True},
        ),
        (200, {"id": 4, "private": True}),
        (401, {"errors": ["You need to sign in or sign up before continuing."]}),
        (404, {"description": "Resource could not be found"}),
        (422, {"message": "Content is too long"}),
        {"Retry-After": "93"},
    ),
    "helpscout": Spec(
        "POST",
        r"/v2/conversations/(\d+)/notes",
        ("Authorization", "Bearer given-for-two-days"),
        _object(["text"], text=TEXT),
        (201, None),
        (401, {"error": "invalid_token"}),
        (404, {"message": "Not found"}),
        (400, {"_embedded": {"errors": [{"path": "text", "message": "may not be empty"}]}}),
        {"X-RateLimit-Retry-After": "93"},
    ),
    "hubspot": Spec(
        "POST",
        r"/crm/v3/objects/notes",
        ("Authorization", "Bearer k3y"),
        _object(
            ["properties", "associations"],
            properties=_object(
                ["hs_timestamp", "hs_note_body"],
                hs_timestamp={"type": "string", "pattern": r"^\d{4}-\d\d-\d\dT[\d:.]+Z$"},
                hs_note_body={**TEXT, "maxLength": 65536},
            ),
            associations={
                "type": "array",
                "minItems": 1,
                "items": _object(
                    ["to", "types"],
                    to=_object(["id"], id=TEXT),
                    types={
                        "type": "array",
                        "minItems": 1,
                        "items": _object(
                            ["associationCategory", "associationTypeId"],
                            associationCategory={"const": "HUBSPOT_DEFINED"},
                            associationTypeId={"enum": [202, 190, 214, 228]},
                        ),
                    },
                ),
            },
        ),
        (201, {"id": "4"}),
        (401, {"category": "INVALID_AUTHENTICATION"}),
        (404, {"message": "resource not found"}),
        (400, {"category": "VALIDATION_ERROR", "message": "Property values were not valid"}),
        {"Retry-After": "93"},
    ),
}
"""The token is `k3y`, the ticket 35436; Zendesk's person agent@desk.example, Intercom's 991,
Chatwoot's account 7, Help Scout's app `app`."""


@dataclass
class Stub:
    """A stub that runs: `wrong` holds what broke the specification, `notes` what was taken."""

    spec: Spec
    url: str = ""
    tickets: frozenset[str] = frozenset({"35436"})
    key_known: bool = True
    answers: list[tuple[int, Any, dict[str, str]]] = field(default_factory=list)
    """Answers to give first, instead of looking: a trouble, a limit."""
    notes: list[Any] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)

    def __call__(self, environ: dict[str, Any], start: Any) -> list[bytes]:
        size = int(environ.get("CONTENT_LENGTH") or 0)
        status, body, headers = self._answer(environ, environ["wsgi.input"].read(size))
        sent = b"" if body is None else json.dumps(body).encode()
        named = [("Content-Type", "application/json"), ("Content-Length", str(len(sent)))]
        start(f"{status} -", [*named, *headers.items()])
        return [sent]

    def _answer(self, environ: dict[str, Any], raw: bytes) -> tuple[int, Any, dict[str, str]]:
        method, path = environ["REQUEST_METHOD"], environ["PATH_INFO"]
        if path == "/v2/oauth2/token":
            return self._signed_in(json.loads(raw))
        found = re.fullmatch(self.spec.path, path)
        if method != self.spec.method or found is None:
            self.wrong.append(f"{method} {path}")
            return 405, None, {}
        if self.answers:
            return self.answers.pop(0)
        return (*self._looked_at(environ, raw, found), {})

    def _looked_at(self, environ: Any, raw: bytes, found: re.Match[str]) -> tuple[int, Any]:
        header, value = self.spec.auth
        if environ.get("HTTP_" + header.upper().replace("-", "_")) != value or not self.key_known:
            return self.spec.unknown
        try:
            body = json.loads(raw)
            jsonschema.validate(body, self.spec.schema)
        except (ValueError, jsonschema.ValidationError) as wrong:
            self.wrong.append(str(wrong))
            return self.spec.invalid
        if found.groups() and found[1] not in self.tickets:
            return self.spec.missing
        self.notes.append(body)
        return self.spec.written

    def _signed_in(self, sent: dict[str, str]) -> tuple[int, Any, dict[str, str]]:
        right = {"grant_type": "client_credentials", "client_id": "app", "client_secret": "k3y"}
        if sent != right or not self.key_known:
            return 401, {"error": "invalid_client"}, {}
        given = {"token_type": "bearer", "access_token": "given-for-two-days", "expires_in": 172800}
        return 200, given, {}


class _Quiet(WSGIRequestHandler):
    def log_message(self, *args: Any) -> None:
        """Say nothing."""


@contextmanager
def stub_of(peer: str) -> Iterator[Stub]:
    """A running stand-in of a peer, on loopback."""
    stub = Stub(SPECS[peer])
    server = make_server("127.0.0.1", 0, stub, handler_class=_Quiet)
    stub.url = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield stub
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
