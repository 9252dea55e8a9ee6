"""The exported tables against the published tabular schema, row by row."""

from __future__ import annotations

import csv
import io
import json
import zipfile

from tests.directory import hsds_files as files
from tests.directory.hsds_files import ident, page
from tests.directory.test_exchange import brought, file, schema
from warmhand.apps.directory.exchange import directory_tables


def table_faults(parts: dict[str, bytes]) -> list[str]:
    """What the published tabular schema says against our tables, and links to rows that aren't."""
    published = schema("tabular.json")
    known, found, rows = published.schema["properties"], [], {}
    for each in json.loads(parts["datapackage.json"])["resources"]:
        name, kinds = each["name"], {it["name"]: it["type"] for it in each["schema"]["fields"]}
        needed = known.get(name, {}).get("items", {}).get("required", ())
        read = csv.DictReader(io.StringIO(parts[each["path"]].decode()))
        rows[name] = [
            {
                key: float(it) if kinds[key] == "number" else it
                for key, it in row.items()
                if it or key in needed  # a table has no other way to say that a text is empty
            }
            for row in read
        ]
        if name in known and known[name]["items"]["path"] != each["path"]:
            found.append(f"{name} is published as {known[name]['items']['path']}")
    ids = {name: {row["id"] for row in held} for name, held in rows.items()}
    for name, held in rows.items():
        found += [f"{name}: {row['id']} twice"[:90] for row in held if len(held) != len(ids[name])]
        found += [
            f"{name}.{key}: no {row[key]}"
            for row in held
            for key in row
            if key.endswith("_id") and key[:-3] in ids and row[key] not in ids[key[:-3]]
        ]
    return found + [f"{it.json_path}: {it.message[:90]}" for it in published.iter_errors(rows)]


def test_the_tables_are_what_the_published_tabular_schema_accepts(world, tmp_path):
    brought(world, file(tmp_path, page(files.service(), {"name": "Brief", "id": ident("brief")})))
    with zipfile.ZipFile(io.BytesIO(directory_tables())) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    assert table_faults(parts) == []
    broken = parts["services.csv"].replace(ident("organization").encode(), b"nobody")
    assert len(table_faults({**parts, "services.csv": broken})) >= 2
