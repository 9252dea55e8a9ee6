"""The API, from the document that every answer is checked against."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from .text import NOTICE, code, table

DOCUMENT = Path(__file__).resolve().parent.parent.parent / "docs" / "reference" / "openapi.json"
Json = dict[str, Any]

INTRODUCTION = """\
# API

{description} The whole of it as OpenAPI 3.1: {download}`openapi.json`, also at
`/api/v1/openapi.json` of a running installation. Keys are made under “API keys” by an owner of
the workspace, shown once and kept as a hash. What each error code means is in
[Errors](errors.md).

"""


def document() -> Json:
    """The committed document; a test of the API keeps it true."""
    found: Json = json.loads(DOCUMENT.read_text())
    return found


def operations(made: Json) -> Iterator[tuple[str, str, Json]]:
    """Every method and path with what it does."""
    for path, methods in made["paths"].items():
        for method, operation in methods.items():
            yield method.upper(), path, operation


def page() -> str:
    """All routes, then each with its parameters, body and answers."""
    made = document()
    found = list(operations(made))
    rows = [
        (f"[{code(f'{method} {path}')}](#{each['operationId']})", each["summary"], _scope(each))
        for method, path, each in found
    ]
    head = INTRODUCTION.replace("{description}", made["info"]["description"].strip())
    routes = table(("route", "what it does", "scope"), rows)
    told = "\n".join(_operation(made, *each) for each in found)
    return f"{NOTICE}{head}{routes}\n{told}\n{_shapes(made)}"


def _shapes(made: Json) -> str:
    """What the named types are made of."""
    parts = ["## Shapes\n"]
    for name, schema in made["components"]["schemas"].items():
        parts.append(f"({_label(name)})=\n### {name}\n")
        parts.append(f"{' '.join(schema.get('description', '').split())}\n\n{_shape(made, schema)}")
    return "\n".join(parts)


def _label(name: str) -> str:
    return f"shape-{name.lower()}"


def _scope(operation: Json) -> str:
    return ", ".join(code(s) for way in operation.get("security", []) for s in way.get("key", []))


def _operation(made: Json, method: str, path: str, operation: Json) -> str:
    parts = [
        f"({operation['operationId']})=",
        f"## {method} {path}\n",
        f"{operation['summary']}\n",
        f"{_more(operation)}\n",
        _parameters(operation),
        _body(made, operation),
        _answers(made, operation),
    ]
    return "\n".join(part for part in parts if part.strip())


def _more(operation: Json) -> str:
    """The description, where it says more than the summary."""
    told: str = operation.get("description", "")
    return "" if told.strip() == operation["summary"].strip() else told


def _parameters(operation: Json) -> str:
    rows = [
        (code(each["name"]), each["in"], _kind(each["schema"]), each.get("description", ""))
        for each in operation.get("parameters", [])
    ]
    return table(("parameter", "in", "type", "meaning"), rows) if rows else ""


def _body(made: Json, operation: Json) -> str:
    content = operation.get("requestBody", {}).get("content", {})
    if "application/json" not in content:
        return ""
    return f"Body:\n\n{_shape(made, content['application/json']['schema'])}"


def _answers(made: Json, operation: Json) -> str:
    parts = []
    for status, answer in operation["responses"].items():
        schema = answer.get("content", {}).get("application/json", {}).get("schema")
        if schema and int(status) < 400:
            parts.append(f"Answer {status}:\n\n{_shape(made, schema)}")
    errors = ", ".join(str(s) for s in sorted(map(int, operation["responses"])) if s >= 400)
    return "\n".join((*parts, f"Errors: {errors}.\n"))


def _shape(made: Json, schema: Json) -> str:
    """The fields of an object, by name; of a named one within something else, its name."""
    found = _resolved(made, schema)
    if "properties" not in found:
        return f"{_kind(found)}\n"
    needed = set(found.get("required", ()))
    rows = [
        (code(name), _kind(each), "yes" if name in needed else "", each.get("description", ""))
        for name, each in found["properties"].items()
    ]
    return table(("field", "type", "always there", "meaning"), rows)


def _resolved(made: Json, schema: Json) -> Json:
    if "$ref" in schema:
        found: Json = made["components"]["schemas"][schema["$ref"].rpartition("/")[2]]
        return found
    return schema


def _kind(schema: Json) -> str:
    """The type of a value, in a few words."""
    if "$ref" in schema:
        name = schema["$ref"].rpartition("/")[2]
        return f"[{name}](#{_label(name)})"
    if "anyOf" in schema:
        return " or ".join(dict.fromkeys(map(_kind, schema["anyOf"])))
    if "enum" in schema:
        return "one of " + ", ".join(code(value) for value in schema["enum"])
    if "const" in schema:
        return code(schema["const"])
    if schema.get("type") == "array":
        return f"list of {_kind(schema.get('items', {}))}"
    return str(schema.get("format") or schema.get("type", "anything"))
