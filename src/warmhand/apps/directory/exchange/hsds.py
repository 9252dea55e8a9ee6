"""The whole directory as HSDS 3: one page of services with all they hang on, or tables."""

from __future__ import annotations

import csv
import io
import zipfile
from typing import Any

from warmhand.apps.directory.models import Provider

from .folding import folded
from .shape import SHAPES
from .tables import Tables

_DAY_OF_ZIP = (1980, 1, 1, 0, 0, 0)
"""The same directory makes the same file."""


def directory_document() -> dict[str, Any]:
    """Every provider, by name, as the one page of an HSDS 3 list of services.

    Each service is whole (`service.json`), with its organization. Vouches are not told.
    """
    rows = Provider.objects.prefetch_related("services").order_by("name", "id")
    contents = [each for provider in rows for each in folded(provider)]
    return {
        "total_items": len(contents),
        "total_pages": 1,
        "page_number": 1,
        "size": len(contents),
        "first_page": True,
        "last_page": True,
        "empty": not contents,
        "contents": contents,
    }


def directory_tables() -> bytes:
    """The same as a ZIP of the CSV tables that HSDS names, ids instead of nesting."""
    tables = Tables()
    for number, each in enumerate(directory_document()["contents"]):
        tables.take("service", each, f"contents[{number}]")
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for entity, rows in tables.flat():
            part = zipfile.ZipInfo(SHAPES[entity].file, _DAY_OF_ZIP)
            part.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(part, _table(entity, rows))
    return out.getvalue()


def _table(entity: str, rows: list[dict[str, Any]]) -> str:
    shape = SHAPES[entity]
    belongs = [f"{parent}_id" for parent in shape.belongs.split()]
    columns = list(dict.fromkeys([*shape.kinds(), *belongs]))
    out = io.StringIO()
    writer = csv.DictWriter(out, columns, extrasaction="ignore", lineterminator="\r\n")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()
