"""HSDS files of our own making in many forms, and what must not get lost of them."""

from __future__ import annotations

import copy
import csv
import io
import json
import uuid
import zipfile
from pathlib import Path
from typing import Any

from warmhand.apps.directory.exchange.report import Report

Thing = dict[str, Any]


def ident(name: str) -> str:
    """A UUID for a name, always the same."""
    return str(uuid.uuid5(uuid.NAMESPACE_URL, name))


def _attribute(name: str, term: str, **more: Any) -> Thing:
    detail = {
        "id": ident("scheme"), "name": "Eligibility", "description": "Who may come",
        "uri": "https://scheme.example", "version": "2",
    }  # fmt: skip
    return {
        "id": ident(f"attribute {name}"), "link_type": "about", "label": f"{name} label",
        "value": f"{name} value",
        "taxonomy_term": {
            "id": ident(f"term {term}"), "code": f"{term}-1", "name": term, "language": "en",
            "description": f"{term} described", "taxonomy": "Eligibility",
            "taxonomy_detail": detail, "parent_id": ident("term above"),
            "term_uri": f"https://scheme.example/{term}",
        },
        **more,
    }  # fmt: skip


def _history(name: str) -> Thing:
    return {
        "id": ident(f"history {name}"), "last_action_date": "2024-02-29",
        "last_action_type": "update", "field_name": f"{name} field",
        "previous_value": f"{name} old",
        "replacement_value": f"{name} new", "updated_by": "Clerk",
    }  # fmt: skip


def _phone(name: str) -> Thing:
    return {
        "id": ident(f"phone {name}"), "number": f"+44 20 {len(name):04d} 11", "extension": 7,
        "type": "voice", "description": f"{name} desk",
        "languages": [
            {"id": ident(f"l {name}"), "name": "Polish", "code": "pl", "note": f"{name} note"}
        ],
    }  # fmt: skip


def _contact(name: str) -> Thing:
    return {
        "id": ident(f"contact {name}"), "name": f"{name} Person", "title": "Head",
        "department": f"{name} office", "email": f"{name.lower()}@firm.example",
        "phones": [_phone(f"{name} contact")],
    }  # fmt: skip


def _schedule(name: str) -> Thing:
    return {
        "id": ident(f"schedule {name}"), "valid_from": "2024-01-01", "valid_to": "2024-12-31",
        "dtstart": "2024-01-02", "timezone": 1, "until": "2024-11-30", "count": 9, "wkst": "MO",
        "freq": "WEEKLY", "interval": 2, "byday": "TU,-1FR", "byweekno": "3,4", "bymonthday": "2",
        "byyearday": "200", "description": f"{name} hours", "opens_at": "09:00Z",
        "closes_at": "17:30Z", "schedule_link": "https://firm.example/hours",
        "attending_type": "in person", "notes": f"{name} closed at noon",
    }  # fmt: skip


def location() -> Thing:
    """A location with every part that can hang on one."""
    return {
        "id": ident("location"), "location_type": "physical", "url": "https://firm.example/here",
        "name": "Old Mill", "alternate_name": "The Mill", "description": "Behind the bridge",
        "transportation": "Bus 4", "latitude": 51.5, "longitude": -0.12,
        "external_identifier": "10093", "external_identifier_type": "UPRN",
        "languages": [{"id": ident("l loc"), "name": "Welsh", "code": "cy", "note": "on Mondays"}],
        "addresses": [
            {"id": ident("a1"), "attention": "c/o Miller", "address_1": "1 Mill Lane",
             "address_2": "Floor 2", "city": "London", "region": "South", "state_province": "LND",
             "postal_code": "SE1 7PB", "country": "GB", "address_type": "physical"},
            {"id": ident("a2"), "address_1": "PO Box 9", "city": "Leeds", "state_province": "WYK",
             "postal_code": "LS1 1AA", "country": "GB", "address_type": "postal"},
        ],
        "contacts": [_contact("Loc")],
        "accessibility": [
            {"id": ident("acc"), "description": "Ramp", "details": "At the back door",
             "url": "https://firm.example/ramp"}
        ],
        "phones": [_phone("loc")],
        "schedules": [_schedule("loc")],
        "attributes": [_attribute("loc", "Wheelchair")],
        "metadata": [_history("loc")],
    }  # fmt: skip


def organization() -> Thing:
    """An organization with every part that can hang on one, without its services."""
    return {
        "id": ident("organization"), "name": "Millers' Aid", "alternate_name": "MA",
        "description": "Helps after floods", "email": "office@firm.example",
        "website": "https://firm.example", "tax_status": "charity", "tax_id": "GB 99",
        "additional_websites": [
            {"id": ident("u1"), "label": "Blog", "url": "https://blog.example"}
        ],
        "year_incorporated": 1988, "legal_status": "Trust", "logo": "https://firm.example/l.png",
        "uri": "https://register.example/77", "parent_organization_id": ident("parent"),
        "funding": [{"id": ident("f1"), "source": "City grant"}],
        "contacts": [_contact("Org"), _contact("Second")],
        "phones": [_phone("org"), _phone("second org")],
        "locations": [location()],
        "programs": [
            {"id": ident("program"), "name": "Flood help", "alternate_name": "FH",
             "description": "After the water"}
        ],
        "organization_identifiers": [
            {"id": ident("oi"), "identifier_scheme": "GB-CHC", "identifier_type": "Charity",
             "identifier": "112233"}
        ],
        "attributes": [_attribute("org", "Charity")],
        "metadata": [_history("org")],
    }  # fmt: skip


def service() -> Thing:
    """A service of HSDS 3.1 with every field and part, its organization inside it."""
    firm = organization()
    return {
        "id": ident("service"), "name": "Drying out", "alternate_name": "Dry",
        "description": "Pumps and heaters", "url": "https://firm.example/dry",
        "additional_urls": [{"id": ident("u2"), "label": "Form", "url": "https://form.example"}],
        "email": "dry@firm.example", "status": "active",
        "interpretation_services": "By phone", "application_process": "Call first",
        "fees_description": "Free below an income", "wait_time": "Two days", "fees": "None",
        "accreditations": "ISO 1", "eligibility_description": "Householders",
        "minimum_age": 18, "maximum_age": 99, "assured_date": "2024-03-01",
        "assurer_email": "checks@firm.example", "licenses": "Water board",
        "alert": "Closed in May", "last_modified": "2024-03-01T08:00:00+00:00",
        "phones": [_phone("service")], "schedules": [_schedule("service")],
        "service_areas": [
            {"id": ident("area"), "name": "Both banks", "description": "Up to the weir",
             "extent": '{"type":"Polygon","coordinates":[[[0,51],[1,51],[1,52],[0,51]]]}',
             "extent_type": "geojson", "uri": "https://areas.example/3"}
        ],
        "service_at_locations": [
            {"id": ident("sal"), "description": "Side door",
             "contacts": [_contact("Sal")], "phones": [_phone("sal")],
             "schedules": [_schedule("sal")], "location": firm["locations"][0],
             "service_areas": [{"id": ident("area 2"), "name": "One bank"}],
             "attributes": [_attribute("sal", "Evening")], "metadata": [_history("sal")]}
        ],
        "languages": [{"id": ident("l s"), "name": "Urdu", "code": "ur", "note": "by staff"}],
        "organization": firm,
        "funding": [{"id": ident("f2"), "source": "Lottery"}],
        "cost_options": [
            {"id": ident("cost"), "valid_from": "2024-01-01", "valid_to": "2024-06-30",
             "option": "Adult", "currency": "GBP", "amount": 12.5, "amount_description": "a visit"}
        ],
        "capacities": [
            {"id": ident("cap"), "available": 3, "maximum": 8, "description": "Pumps left",
             "updated": "2024-03-02T08:00:00+00:00",
             "unit": {"id": ident("unit"), "name": "Pump", "scheme": "SI", "identifier": "pmp",
                      "uri": "https://units.example/pump"}}
        ],
        "program": firm["programs"][0],
        "required_documents": [
            {"id": ident("doc"), "document": "Bill", "uri": "https://docs.example/bill"}
        ],
        "contacts": [_contact("Service")],
        "attributes": [_attribute("service", "Flood")],
        "metadata": [_history("service")],
    }  # fmt: skip


def page(*contents: Thing, **more: Any) -> Thing:
    """The envelope of a list."""
    return {
        "total_items": len(contents), "total_pages": 1, "page_number": 1, "size": len(contents),
        "first_page": True, "last_page": True, "empty": False, "contents": list(contents), **more,
    }  # fmt: skip


def as_organization() -> Thing:
    """The same seen from the organization: its services inside it."""
    inner = copy.deepcopy(service())
    firm = inner.pop("organization")
    return {**firm, "services": [inner]}


def as_service_at_location() -> Thing:
    """The same seen from a service at a location."""
    whole = copy.deepcopy(service())
    at = whole["service_at_locations"].pop()
    return {**at, "service": whole}


def renumbered(value: Any, numbers: dict[str, str] | None = None, key: str = "") -> Any:
    """Everything again with ids 1, 2, 3… instead of UUIDs."""
    known = {} if numbers is None else numbers
    if isinstance(value, dict):
        return {name: renumbered(each, known, name) for name, each in value.items()}
    if isinstance(value, list):
        return [renumbered(each, known, key) for each in value]
    if isinstance(value, str) and (key == "id" or key.endswith("_id")) and len(value) == 36:
        return known.setdefault(value, str(len(known) + 1))
    return value


def leaves(value: Any, key: str = "") -> set[str]:
    """Every plain value but identifiers, as text."""
    if isinstance(value, dict):
        return set().union(*(leaves(each, name) for name, each in value.items()))
    if isinstance(value, list):
        return set().union(*(leaves(each, key) for each in value))
    is_id = key == "id" or (key.endswith("_id") and key not in ("tax_id",))
    said = value is not None and value != "" and not isinstance(value, bool)
    return {" ".join(str(value).split())} if said and not is_id else set()


def lost(given: Any, document: Any, report: Report) -> set[str]:
    """What of a file is neither given back nor told in the report."""
    told = " ".join(f"{it.place} {it.field} {it.sentence}" for it in report.left_out)
    told += " ".join(f"{row.name} {row.sentence}" for row in report.rows) + " ".join(report.notes)
    told = " ".join(told.split())
    kept = leaves(document)
    return {each for each in leaves(given) - kept if each not in told}


def table(rows: list[Thing], **form: Any) -> str:
    """Rows as CSV."""
    names = list(dict.fromkeys(name for row in rows for name in row))
    out = io.StringIO()
    writer = csv.DictWriter(out, names, **form)
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()


def folder(path: Path, tables: dict[str, Any], encoding: str = "utf-8") -> Path:
    """A folder of tables; a value may be rows or a text."""
    path.mkdir(exist_ok=True)
    for name, rows in tables.items():
        text = rows if isinstance(rows, str) else table(rows)
        target = path / name
        target.parent.mkdir(exist_ok=True)
        target.write_bytes(text.encode(encoding))
    return path


def zipped(path: Path, parts: dict[str, Any]) -> Path:
    """A ZIP of texts, rows or JSON."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            if name.endswith(".json") and not isinstance(content, str):
                archive.writestr(name, json.dumps(content))
            else:
                archive.writestr(name, content if isinstance(content, str) else table(content))
    return path
