"""The door of every route: key, scope, unknown parameters, the workspace's transaction, answer.

A route parses, calls one service or query and returns what it got; everything here happens
around it, once. The answer is made inside the transaction and sent after its commit.
"""

from __future__ import annotations

import inspect
import json
from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any, TypeVar

from django.http import HttpResponse
from ninja import Router
from pydantic import TypeAdapter

from warmhand.api.body import read_json
from warmhand.api.keys import Call, Key, Scope
from warmhand.api.problems import JSON, ErrorOut
from warmhand.apps.accounts.idempotency import once
from warmhand.apps.island.scope import settle_now, workspace_scope
from warmhand.problems import Invalid, Place

View = TypeVar("View", bound=Callable[..., Any])
KEY_HEADER, LONGEST_KEY = "Idempotency-Key", 200
IDEMPOTENCY = {
    "in": "header",
    "name": KEY_HEADER,
    "required": False,
    "description": "Makes a repeated request have one effect and get the same answer for 7 days.",
    "schema": {"type": "string", "maxLength": LONGEST_KEY, "pattern": "^[ -~]*$"},
}
READ_ERRORS = (401, 403, 404, 422, 500, 503)
WRITE_ERRORS = (400, 401, 403, 404, 409, 413, 415, 422, 500, 503)


def route(
    router: Router,
    method: str,
    path: str,
    answer: Any,
    *,
    scope: Scope | None = None,
    status: int = 200,
    kept: bool = True,
    media: str = JSON,
) -> Callable[[View], View]:
    """Register a route; `answer` is the type of what it returns.

    Reading needs the scope 'read' and writing 'record', unless another is named. What isn't `kept`
    takes no Idempotency-Key: its answer holds a secret that must not be stored. With another
    `media` type than JSON the answer is a file: the bytes that the view returns.
    """
    needed: Scope = scope or ("read" if method == "GET" else "record")
    errors = READ_ERRORS if method == "GET" else WRITE_ERRORS

    def register(view: View) -> View:
        writes = method == "POST" and needed != "read" and kept
        is_file = media != JSON
        made = _Answer(TypeAdapter(answer), status, media)
        opened = _opened(view, made, repeatable=writes)
        router.api_operation(
            [method],
            path,
            auth=Key(needed),
            response={status: None if is_file else answer, frozenset(errors): ErrorOut},
            operation_id=view.__name__,
            summary=_first_line(view),
            description=_rest(view),
            openapi_extra={
                "security": [{"key": [needed]}],
                "parameters": [IDEMPOTENCY] if writes else [],
                **({"responses": {status: _file_of(media)}} if is_file else {}),
            },
        )(opened)
        opened.known = _query_names(opened)
        return view

    return register


def _file_of(media: str) -> dict[str, Any]:
    """A file in the document."""
    return {"content": {media: {"schema": {"type": "string", "format": "binary"}}}}


@dataclass(frozen=True, slots=True)
class _Answer:
    kind: TypeAdapter[Any]
    status: int
    media: str = JSON

    def body(self, value: Any) -> bytes:
        """The value as JSON, by the type that the document promises; a file as it is."""
        if self.media != JSON:
            return bytes(value)
        return self.kind.dump_json(self.kind.validate_python(value))


def _opened(view: Callable[..., Any], answer: _Answer, *, repeatable: bool) -> Any:
    @wraps(view)
    def inside(request: Call, **given: Any) -> HttpResponse:
        _check_query(request, opened.known)
        key = _key_of(request) if repeatable else ""

        def act() -> bytes:
            found = view(request, **given)
            settle_now()
            return answer.body(found)

        with workspace_scope(request.auth.workspace_id):
            if key:
                return _once(view.__name__, key, request, answer.status, act)
            body = act()
        return HttpResponse(body, status=answer.status, content_type=answer.media)

    opened: Any = inside
    # Ninja would look names of annotations up in this module.
    opened.__signature__ = inspect.signature(view, eval_str=True)
    return opened


def _once(
    name: str, key: str, request: Call, status: int, act: Callable[[], bytes]
) -> HttpResponse:
    """Act once per key; what is answered is kept with the effect, or neither is."""
    answered = once(
        route=name,
        key=key,
        body=[request.path, read_json(request.body)],
        act=lambda: (status, json.loads(act())),
    )
    body = json.dumps(answered.body, sort_keys=True)
    made = HttpResponse(body, status=answered.status, content_type=JSON)
    if answered.repeated:
        made["Idempotent-Replayed"] = "true"
    return made


def _key_of(request: Call) -> str:
    key = request.headers.get(KEY_HEADER, "")
    if len(key) > LONGEST_KEY or not (key.isascii() and key.isprintable()):
        raise Invalid.at(f"header.{KEY_HEADER}", f"At most {LONGEST_KEY} plain characters.")
    return key


def _check_query(request: Call, known: frozenset[str]) -> None:
    """A misspelt filter would silently show everything: say so instead."""
    places = [
        Place(f"query.{n}", "There is no such filter.") for n in request.GET if n not in known
    ]
    for name, values in request.GET.lists():
        if any("\x00" in value for value in values):
            places.append(Place(f"query.{name}", "Text can't hold the NUL character."))
        if len(values) > 1:
            places.append(Place(f"query.{name}", "This is given more than once."))
    if places:
        raise Invalid(
            "invalid_input",
            "Some of the address can't be taken as it is.",
            lift="Correct the places named and send it again.",
            places=tuple(places),
        )


def _query_names(opened: Any) -> frozenset[str]:
    models = opened._ninja_operation.models
    found = (m for m in models if m.__ninja_param_source__ == "query")
    return frozenset(name for model in found for name in model.__ninja_flatten_map__)


def _first_line(view: Callable[..., Any]) -> str:
    return inspect.getdoc(view).splitlines()[0]  # type: ignore[union-attr]


def _rest(view: Callable[..., Any]) -> str:
    return "\n".join((inspect.getdoc(view) or "").splitlines()[1:]).strip()
