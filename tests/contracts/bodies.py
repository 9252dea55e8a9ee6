"""The smallest body that an operation's schema allows, with planted records where it names some."""

from __future__ import annotations

import datetime as dt
from typing import Any

from tests.api.checked import document
from tests.contracts.planted import Planted


def body_of(operation: dict[str, Any], planted: Planted, *, full: bool = False) -> Any:
    """A body; with `full`, every field that names a record is there too."""
    content = operation.get("requestBody", {}).get("content", {}).get("application/json")
    return _made(content["schema"], planted, "", full) if content else None


def _made(schema: dict[str, Any], planted: Planted, name: str, full: bool) -> Any:
    if "$ref" in schema:
        schema = document()["components"]["schemas"][schema["$ref"].rsplit("/", 1)[1]]
    if "anyOf" in schema:
        schema = schema["anyOf"][0]
    if name in ("client", "case") or name.endswith("_id"):
        return planted.of(name)
    if name.endswith("_ids"):
        return [planted.of(name.removesuffix("s"))]
    if schema.get("enum"):
        return schema["enum"][-1 if name == "outcome" else 0]  # 'not_asked' needs no name
    return _by_type(schema, planted, full)


def _by_type(schema: dict[str, Any], planted: Planted, full: bool) -> Any:
    kind = schema.get("type")
    if kind == "object":
        needed = set(schema.get("required", []))
        return {
            field: _made(inner, planted, field, full)
            for field, inner in schema.get("properties", {}).items()
            if field in needed or (full and field.endswith("_id"))
        }
    if kind == "string":
        day = schema.get("format") == "date"
        return dt.date.today().isoformat() if day else "Something"
    return {"integer": schema.get("minimum", 1), "boolean": True, "array": []}.get(str(kind))
