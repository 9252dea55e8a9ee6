"""The whole directory as HSDS 3: one page of services with all they hang on, or tables."""

from __future__ import annotations

import io
import json
import zipfile
from typing import Any

from warmhand.apps.directory.models import Provider

from .flattening import as_data_package, flat
from .folding import folded
from .shape import SHAPES

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
    """The same as a ZIP of the CSV tables that HSDS names, with the `datapackage.json` of them."""
    rows = flat(directory_document()["contents"])
    tables = {entity: rows.columns(entity) for entity in SHAPES if rows.rows[entity]}
    package = json.dumps(as_data_package(tables), ensure_ascii=False, indent=2)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        _add(archive, "datapackage.json", f"{package}\n")
        for entity in tables:
            _add(archive, SHAPES[entity].file, rows.table(entity))
    return out.getvalue()


def _add(archive: zipfile.ZipFile, name: str, content: str) -> None:
    part = zipfile.ZipInfo(name, _DAY_OF_ZIP)
    part.compress_type = zipfile.ZIP_DEFLATED
    archive.writestr(part, content)
