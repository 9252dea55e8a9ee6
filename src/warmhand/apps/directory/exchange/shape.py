"""What HSDS 3 calls things: entities, their fields, what hangs on what; and older names for them.

Facts of the published standard (Open Referral, HSDS 3.0 and what 3.1 added), said once; everything
that reads or writes it derives from here.
"""

from __future__ import annotations

import re
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any, Final

OURS: Final = uuid.UUID("6f1c9c2e-52c0-5d0b-9d35-1f7b8f4c1a20")
"""The space of the identifiers that we make, where something has none of its own."""
DEEPEST: Final = 10
_UUID = re.compile(r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")
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
            "additional_websites": "url",
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
            "additional_urls": "url",
            "capacities": "service_capacity",
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
            "service_areas": "service_area",
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
        belongs="service service_at_location",
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
        "link_type link_entity value label",
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
    "url": Shape(
        "url.csv",
        "label",
        {"url": "uri"},
        many=_ATTRIBUTES,
        belongs="organization service",
    ),
    "service_capacity": Shape(
        "service_capacity.csv",
        "description",
        {"available": "number", "maximum": "number", "updated": "moment"},
        many=_ATTRIBUTES,
        one={"unit": "unit"},
        belongs="service unit",
    ),
    "unit": Shape("units.csv", "name scheme identifier", {"uri": "uri"}, "name", _ATTRIBUTES),
    "metadata": Shape(
        "metadata.csv",
        "resource_type last_action_date last_action_type field_name previous_value "
        "replacement_value updated_by",
        {"resource_id": "id"},
        "last_action_date last_action_type field_name previous_value replacement_value updated_by",
    ),
}
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
    "additional_url": "url",
    "additional_website": "url",
    "capacity": "service_capacity",
    "holiday_schedule_collection": "schedule",
}
"""Names of tables in HSDS 2 and in files of others."""


def own_id_of(path: str) -> str:
    """An identifier for what stands at a place and has none."""
    return str(uuid.uuid5(OURS, path))


@cache
def part_called(entity: str, name: str) -> str:
    """The key of the parts of an entity that are called so, also in older files; '' for none."""
    many = SHAPES[entity].many
    if name in many:
        return name
    called = entity_called(name)
    return next((key for key, part in many.items() if part == called), "")


@cache
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
    return bool(_UUID.fullmatch(value))


def own_id(whose: str, what: str) -> str:
    """The identifier of a part that has none of its own: the same one each time."""
    return str(uuid.uuid5(uuid.UUID(whose), what))
