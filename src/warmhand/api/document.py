"""The OpenAPI document: ninja's, with the key's security scheme and a stable order."""

from __future__ import annotations

import json
from typing import Any

from ninja import NinjaAPI
from ninja.openapi.schema import OpenAPISchema

PREFIX = "api/v1/"
SECURITY = {
    "key": {
        "type": "http",
        "scheme": "bearer",
        "bearerFormat": "wh_…",
        "description": "An API key of the workspace. Its scopes: read, record, moments, import.",
    }
}


def finished(document: OpenAPISchema) -> OpenAPISchema:
    """The document, ready to be served."""
    document["components"]["securitySchemes"] = SECURITY
    document["components"]["schemas"] = dict(sorted(document["components"]["schemas"].items()))
    return document


def as_text(api: NinjaAPI) -> str:
    """The document as it is committed: docs/reference/openapi.json."""
    made: dict[str, Any] = api.get_openapi_schema(path_prefix=PREFIX)
    return json.dumps(made, indent=2, ensure_ascii=False) + "\n"
