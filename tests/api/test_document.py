"""The committed copy of the OpenAPI document is the one that is served."""

from __future__ import annotations

from pathlib import Path

from jsonschema import Draft202012Validator

from tests.api.checked import document
from warmhand.api.document import as_text
from warmhand.api.routes import api

COPY = Path(__file__).resolve().parents[2] / "docs" / "reference" / "openapi.json"


def test_the_committed_copy_is_up_to_date():
    assert COPY.read_text() == as_text(api), "refresh it: .venv/bin/python tools/openapi.py"


def test_every_schema_of_the_document_is_a_schema():
    for schema in document()["components"]["schemas"].values():
        Draft202012Validator.check_schema(schema)


def test_operations_have_names_of_their_own():
    names = [
        operation["operationId"]
        for methods in document()["paths"].values()
        for operation in methods.values()
    ]
    assert len(names) == len(set(names))
