"""What HSDS 3 calls things: entities, their fields, what hangs on what; and older names for them.

Facts of the published standard (Open Referral, HSDS 3.0), said once; everything that reads or
writes it derives from here. `fitted` makes any object one that the published schemas accept.
"""

from __future__ import annotations

import datetime as dt
import re
import uuid
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

OURS: Final = uuid.UUID("6f1c9c2e-52c0-5d0b-9d35-1f7b8f4c1a20")
"""The space of the identifiers that we make, where something has none of its own."""
DEEPEST: Final = 10
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
_URI = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\s<>\"{}|\\^`]+")
_WORD = re.compile(r"[^a-z0-9]+")


@dataclass(frozen=True, slots=True)
class Shape:
    """One entity: its file in the tabular form, its fields by kind, and what hangs on it."""

    file: str
    text: str
    other: Mapping[str, str] = field(default_factory=dict)
    needs: str = ""
    many: Mapping[str, str] = field(default_factory=dict)
    one: Mapping[str, str] = field(default_factory=dict)
    belongs: str = ""
    """Entities that it can belong to: a column `<entity>_id` for each in the tabular form."""

    def kinds(self) -> dict[str, str]:
        """Every field of its own with its kind, the id first."""
        return {"id": "id"} | dict.fromkeys(self.text.split(), "text") | dict(self.other)


_ATTRIBUTES = {"attributes": "attribute", "metadata": "metadata"}
SHAPES: Final[Mapping[str, Shape]] = {
    "organization": Shape(
        "organizations.csv",
        "name alternate_name description tax_status tax_id legal_status logo",
        {
            "email": "email",
            "website": "uri",
            "uri": "uri",
            "year_incorporated": "number",
            "parent_organization_id": "id",
        },
        "name description",
        {
            "funding": "funding",
            "contacts": "contact",
            "phones": "phone",
            "locations": "location",
            "programs": "program",
            "organization_identifiers": "organization_identifier",
            "services": "service",
            **_ATTRIBUTES,
        },
    ),
    "service": Shape(
        "services.csv",
        "name alternate_name description interpretation_services application_process "
        "fees_description wait_time fees accreditations eligibility_description assured_date "
        "licenses alert",
        {
            "url": "uri",
            "email": "email",
            "status": "active|inactive|defunct|temporarily closed",
            "minimum_age": "number",
            "maximum_age": "number",
            "assurer_email": "email",
            "last_modified": "moment",
        },
        "name status",
        {
            "phones": "phone",
            "schedules": "schedule",
            "service_areas": "service_area",
            "service_at_locations": "service_at_location",
            "languages": "language",
            "funding": "funding",
            "cost_options": "cost_option",
            "required_documents": "required_document",
            "contacts": "contact",
            **_ATTRIBUTES,
        },
        {"organization": "organization", "program": "program"},
        "organization program",
    ),
    "program": Shape(
        "programs.csv",
        "name alternate_name description",
        needs="name description",
        many=_ATTRIBUTES,
        belongs="organization",
    ),
    "service_at_location": Shape(
        "service_at_location.csv",
        "description",
        many={
            "contacts": "contact",
            "phones": "phone",
            "schedules": "schedule",
            **_ATTRIBUTES,
        },
        one={"location": "location", "service": "service"},
        belongs="service location",
    ),
    "location": Shape(
        "locations.csv",
        "name alternate_name description transportation external_identifier "
        "external_identifier_type",
        {
            "location_type": "physical|postal|virtual",
            "url": "uri",
            "latitude": "number",
            "longitude": "number",
        },
        "location_type",
        {
            "languages": "language",
            "addresses": "address",
            "contacts": "contact",
            "accessibility": "accessibility",
            "phones": "phone",
            "schedules": "schedule",
            **_ATTRIBUTES,
        },
        belongs="organization",
    ),
    "phone": Shape(
        "phones.csv",
        "number type description",
        {"extension": "number"},
        "number",
        {"languages": "language", **_ATTRIBUTES},
        belongs="location service organization contact service_at_location",
    ),
    "contact": Shape(
        "contacts.csv",
        "name title department",
        {"email": "email"},
        many={"phones": "phone", **_ATTRIBUTES},
        belongs="organization service service_at_location location",
    ),
    "address": Shape(
        "addresses.csv",
        "attention address_1 address_2 city region state_province postal_code country",
        {"address_type": "physical|postal|virtual"},
        "address_1 city state_province postal_code country address_type",
        _ATTRIBUTES,
        belongs="location",
    ),
    "schedule": Shape(
        "schedules.csv",
        "valid_from valid_to dtstart until byday byweekno bymonthday byyearday description "
        "opens_at closes_at attending_type notes",
        {
            "timezone": "number",
            "count": "number",
            "wkst": "MO|TU|WE|TH|FR|SA|SU",
            "freq": "WEEKLY|MONTHLY",
            "interval": "number",
            "schedule_link": "uri",
        },
        many=_ATTRIBUTES,
        belongs="service location service_at_location",
    ),
    "funding": Shape("funding.csv", "source", many=_ATTRIBUTES, belongs="organization service"),
    "service_area": Shape(
        "service_areas.csv",
        "name description extent extent_type uri",
        many=_ATTRIBUTES,
        belongs="service",
    ),
    "required_document": Shape(
        "required_documents.csv", "document", {"uri": "uri"}, many=_ATTRIBUTES, belongs="service"
    ),
    "language": Shape(
        "languages.csv", "name code note", many=_ATTRIBUTES, belongs="service location phone"
    ),
    "accessibility": Shape(
        "accessibility.csv",
        "description details",
        {"url": "uri"},
        many=_ATTRIBUTES,
        belongs="location",
    ),
    "cost_option": Shape(
        "cost_options.csv",
        "valid_from valid_to option currency amount_description",
        {"amount": "number"},
        many=_ATTRIBUTES,
        belongs="service",
    ),
    "organization_identifier": Shape(
        "organization_identifiers.csv",
        "identifier_scheme identifier_type identifier",
        needs="identifier_type identifier",
        many=_ATTRIBUTES,
        belongs="organization",
    ),
    "attribute": Shape(
        "attributes.csv",
        "link_type link_entity value",
        {"link_id": "id"},
        many={"metadata": "metadata"},
        one={"taxonomy_term": "taxonomy_term"},
        belongs="taxonomy_term",
    ),
    "taxonomy_term": Shape(
        "taxonomy_terms.csv",
        "code name description taxonomy language",
        {"parent_id": "id", "term_uri": "uri"},
        "name description",
        {"metadata": "metadata"},
        {"taxonomy_detail": "taxonomy"},
        "taxonomy",
    ),
    "taxonomy": Shape(
        "taxonomies.csv",
        "name description version",
        {"uri": "uri"},
        "name description",
        {"metadata": "metadata"},
    ),
    "metadata": Shape(
        "metadata.csv",
        "resource_type last_action_date last_action_type field_name previous_value "
        "replacement_value updated_by",
        {"resource_id": "id"},
        "last_action_date last_action_type field_name previous_value replacement_value updated_by",
    ),
}
WORTHLESS_WITHOUT: Final = {"phone": "number"}
"""What says nothing at all without one of its fields."""

ALSO_CALLED: Final = {
    "org": "organization",
    "agency": "organization",
    "provider": "organization",
    "site": "location",
    "physical_address": "address",
    "postal_address": "address",
    "mail_address": "address",
    "regular_schedule": "schedule",
    "holiday_schedule": "schedule",
    "services_at_location": "service_at_location",
    "service_attribute": "attribute",
    "service_taxonomy": "attribute",
    "other_attribute": "attribute",
    "accessibility_for_disabilities": "accessibility",
    "accessibility_for_disability": "accessibility",
    "fee": "cost_option",
    "taxonomy_terms": "taxonomy_term",
}
"""Names of tables in HSDS 2 and in files of others."""


def entity_called(name: str) -> str:
    """The entity that a table, a file or a key of this name holds; '' for none."""
    plain = _WORD.sub("_", name.rpartition("/")[2].lower().removesuffix(".csv")).strip("_")
    for guess in (plain, plain.removesuffix("s"), f"{plain[:-3]}y", plain.removesuffix("es")):
        found = ALSO_CALLED.get(guess, guess)
        if found in SHAPES:
            return found
    return ""


def identifier(value: Any, entity: str = "") -> str:
    """A UUID as HSDS wants one: the value itself where it is one, else always the same for it."""
    try:
        return str(uuid.UUID(str(value)))
    except ValueError:
        return str(uuid.uuid5(OURS, f"{entity}:{value}"))


def is_identifier(value: str) -> bool:
    """Whether the text is a UUID already."""
    try:
        return str(uuid.UUID(value)) == value.lower()
    except ValueError:
        return False


def own_id(whose: str, what: str) -> str:
    """The identifier of a part that has none of its own: the same one each time."""
    return str(uuid.uuid5(uuid.UUID(whose), what))


def fitted(entity: str, given: Mapping[str, Any], path: str, depth: int = 0) -> dict[str, Any]:
    """The object as the schemas accept it: values of the right kind, what is needed filled in.

    What the standard doesn't know is kept as it is; a value of the wrong kind is left out.
    """
    shape = SHAPES[entity]
    kinds = shape.kinds()
    found = {
        name: value
        for name, kind in kinds.items()
        if (value := _as_kind(kind, given.get(name))) is not None
    }
    found["id"] = identifier(given["id"], entity) if given.get("id") else own_id_of(path)
    for name in shape.needs.split():
        found.setdefault(name, kinds[name].partition("|")[0] if "|" in kinds[name] else "")
    found |= dict(_parts(shape, given, found["id"], depth))
    found |= {
        name: value
        for name, value in given.items()
        if name not in found and name not in kinds and name not in (*shape.many, *shape.one)
    }
    return found


def own_id_of(path: str) -> str:
    """An identifier for what stands at a place and has none."""
    return str(uuid.uuid5(OURS, path))


def _parts(
    shape: Shape, given: Mapping[str, Any], whose: str, depth: int
) -> Iterator[tuple[str, Any]]:
    if depth >= DEEPEST:
        return
    for name, entity in shape.many.items():
        held = given.get(name)
        parts = [
            fitted(entity, each, f"{whose}/{name}/{number}", depth + 1)
            for number, each in enumerate(held if isinstance(held, list) else ())
            if isinstance(each, Mapping) and _says_something(entity, each)
        ]
        if parts:
            yield name, parts
    for name, entity in shape.one.items():
        if isinstance(held := given.get(name), Mapping):
            yield name, fitted(entity, held, f"{whose}/{name}", depth + 1)


def _says_something(entity: str, given: Mapping[str, Any]) -> bool:
    needed = WORTHLESS_WITHOUT.get(entity)
    return needed is None or bool(given.get(needed))


def _as_kind(kind: str, value: Any) -> Any:
    """The value as one of this kind; None where it can't be."""
    if value is None or value == "" or isinstance(value, list | dict):
        return None
    if kind == "number":
        return number_of(value)
    text = str(value).strip() if not isinstance(value, bool) else str(value).lower()
    if kind == "id":
        return identifier(text)
    if kind == "text":
        return text
    return text if _holds(kind, text) else None


def _holds(kind: str, text: str) -> bool:
    if kind == "email":
        return bool(_EMAIL.fullmatch(text))
    if kind == "uri":
        return bool(_URI.fullmatch(text))
    if kind == "moment":
        return _is_moment(text)
    return text in kind.split("|")


def _is_moment(text: str) -> bool:
    try:
        return dt.datetime.fromisoformat(text).tzinfo is not None and "T" in text
    except ValueError:
        return False


def number_of(value: Any) -> int | float | None:
    """A finite number, also out of a text; None for anything else."""
    if isinstance(value, bool):
        return None
    try:
        found = float(value)
    except (TypeError, ValueError, OverflowError):
        return None
    if found != found or found in (float("inf"), float("-inf")):
        return None
    return int(found) if found.is_integer() and abs(found) < 2**53 else found
