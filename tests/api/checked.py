"""A client of the API that holds every answer against the OpenAPI document."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.test import Client
from django.test.client import ClientHandler
from jsonschema import Draft202012Validator, FormatChecker

from warmhand.api.routes import api as ninja_api
from warmhand.apps.accounts.services import KEY_SCOPES, make_api_key
from warmhand.apps.island.actor import Actor
from warmhand.apps.island.scope import workspace_scope

ROOT = "/api/v1"
HANDLER = ClientHandler(enforce_csrf_checks=False)
"""One set of middleware for all: loading it looks at every static file."""
ERROR = "#/components/schemas/ErrorOut"


@cache
def document() -> dict[str, Any]:
    return json.loads(json.dumps(ninja_api.get_openapi_schema(path_prefix="api/v1/")))


@cache
def _templates() -> list[tuple[re.Pattern[str], str]]:
    return [
        (re.compile(re.sub(r"\{[^}]+\}", "[^/]+", path) + "$"), path)
        for path in sorted(document()["paths"], key=lambda path: path.count("{"))
    ]


def _operation(method: str, path: str) -> tuple[str, dict[str, Any]] | None:
    for pattern, template in _templates():
        operation = document()["paths"][template].get(method.lower())
        if pattern.match(path.split("?")[0]) and operation:
            return template, operation
    return None


def _promised(operation: dict[str, Any]) -> set[str]:
    """The kinds of content that an operation answers with; of files only these are checked."""
    return set(operation["responses"].get("200", {}).get("content", {"application/json": {}}))


def validate(pointer: str, value: Any) -> None:
    schema = {**document(), "$ref": pointer}
    Draft202012Validator(schema, format_checker=FormatChecker()).validate(value)


def _escaped(part: str) -> str:
    return part.replace("~", "~0").replace("/", "~1")


def check_against_document(method: str, path: str, status: int, kind: str, body: Any) -> None:
    """The answer is one the document promises; where it knows no operation, an error."""
    found = _operation(method, path)
    if found and status == 200 and _promised(found[1]) != {"application/json"}:
        assert kind in _promised(found[1]), f"{method} {path} answered {kind}"
        return
    assert kind.split(";")[0] == "application/json", f"{method} {path} answered {status} {kind}"
    if found is None:
        assert status in (400, 404, 405), f"{method} {path} isn't in the document"
        validate(ERROR, body)
        return
    template, operation = found
    assert str(status) in operation["responses"], f"{method} {template}: {status} undocumented"
    validate(
        f"#/paths/{_escaped(template)}/{method.lower()}/responses/{status}"
        "/content/application~1json/schema",
        body,
    )


@dataclass(frozen=True)
class Answer:
    status: int
    body: Any
    headers: Any

    @property
    def code(self) -> str:
        return self.body["error"]["code"]

    @property
    def fields(self) -> list[str]:
        return [place["field"] for place in self.body["error"]["places"]]


class Caller:
    """Calls as a program would, and checks every answer."""

    def __init__(self, secret: str | None) -> None:
        self.secret = secret
        self.http = Client(raise_request_exception=False)
        self.http.handler = HANDLER

    def call(self, method: str, path: str, raw: bytes | None = None, **headers: str) -> Answer:
        if self.secret is not None:
            headers.setdefault("Authorization", f"Bearer {self.secret}")
        kind = headers.pop("Content_Type", "application/json")
        found = self.http.generic(
            method,
            ROOT + path,
            raw or b"",
            content_type=kind if raw is not None else "",
            headers={name.replace("_", "-"): value for name, value in headers.items()},
        )
        is_json = found["Content-Type"].startswith("application/json")
        body = json.loads(found.content) if is_json else found.content.decode("latin-1")
        check_against_document(method, ROOT + path, found.status_code, found["Content-Type"], body)
        return Answer(found.status_code, body, found.headers)

    def get(self, path: str, **headers: str) -> Answer:
        return self.call("GET", path, **headers)

    def post(self, path: str, body: Any = None, **headers: str) -> Answer:
        return self.call("POST", path, json.dumps(body or {}).encode(), **headers)

    def patch(self, path: str, body: Any = None, **headers: str) -> Answer:
        return self.call("PATCH", path, json.dumps(body or {}).encode(), **headers)

    def put(self, path: str, body: Any = None, **headers: str) -> Answer:
        return self.call("PUT", path, json.dumps(body or {}).encode(), **headers)


def key_of(workspace_id: int, by: Actor, *scopes: str, **values: Any) -> str:
    """A new key's secret; all scopes unless some are named."""
    with workspace_scope(workspace_id):
        names = list(scopes or KEY_SCOPES)
        return make_api_key(by=by, name="Test program", scopes=names, **values)[1]
