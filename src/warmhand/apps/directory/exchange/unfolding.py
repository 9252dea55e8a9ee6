"""A provider out of HSDS objects: fields of ours, and the rest to be carried (see `folding`)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from warmhand.apps.directory.models import Provider
from warmhand.apps.directory.queries.spoken import country_code
from warmhand.apps.people.categories import why_no_category

from .drafts import Draft, service_draft
from .fitting import fitted, on_one_line, shown
from .folding import (
    ADDRESS,
    CATEGORY,
    FACTS,
    NO_SERVICE,
    OWN_KEYS,
    PLAIN,
    SOURCE_ID,
    SOURCE_SCHEME,
    TAXONOMY,
    Thing,
    language_of,
    numbered,
    plain_code,
    spoken_code,
)
from .markup import plain
from .shape import identifier, is_identifier, own_id, own_id_of
from .tables import Tables

LARGEST: Final = 200_000
"""Signs that may be carried of one object."""
LONGEST_CODE: Final = 12


def unfolded(tables: Tables, organization_id: str, service_ids: Sequence[str], place: str) -> Draft:
    """A provider and what they do out of an organization and its services."""
    locations = _where(tables, organization_id, service_ids)
    for key in locations:
        tables.hang("organization", organization_id, "location", key)
    given = tables.nested("organization", organization_id, without=("services",))
    services = [
        (key, tables.nested("service", key, without=("organization",))) for key in service_ids
    ]
    name = _name_of(given) or next(filter(None, (_name_of(it) for _, it in services)), "")
    ref = _ref("organization", organization_id, name)
    draft = Draft(place, ref)
    held = fitted("organization", {**given, "id": ref}, ref, draft.tell_at)
    if not draft.take("name", name[:200]):
        draft.refused = "Neither the organization nor a service of it has a name."
    if len(name) > 200:
        draft.tell("name", f"Only the first 200 signs are kept of “{name}”.")
    held.pop("id"), held.pop("name")
    _keep_number(held, "organization", organization_id, ref)
    _set_aside(draft, held)
    if _name_of(given) and held.get("alternate_name") == name:
        held.pop("alternate_name")
    _take_organization(draft, held, ref)
    draft.values["carried"] = _bounded(draft, held)
    _take_services(draft, services, draft.values["carried"], tables)
    return draft


def _set_aside(draft: Draft, held: Thing) -> None:
    """Keys of others that we use ourselves: a plain phone is one, the rest is told."""
    for name in OWN_KEYS:
        value = held.pop(name, None)
        if name == "phone" and isinstance(value, str | int) and not held.get("phones"):
            held["phones"] = [{"id": own_id(draft.ref, "phone"), "number": str(value)}]
        elif value not in (None, "", [], {}):
            draft.tell(name, "HSDS knows no such field; it is left out.")


def _where(tables: Tables, organization_id: str, service_ids: Sequence[str]) -> list[str]:
    """Locations that only the services tell of."""
    found = []
    for key in service_ids:
        for each in tables.of("service", key, "service_at_location"):
            location = tables.rows["service_at_location"][each].values.get("location_id")
            if location in tables.rows["location"]:
                found.append(str(location))
        own = tables.rows["service"][key].values.get("location_id") if key else None
        if own in tables.rows["location"]:
            found.append(str(own))
    return found


def _name_of(given: Thing) -> str:
    said = given.get("name") or given.get("alternate_name") or ""
    return "" if isinstance(said, list | dict) else " ".join(plain(str(said)).split())


def _ref(entity: str, key: str, name: str) -> str:
    """Where ids are no UUIDs the name tells two publishers' number 1 apart."""
    if is_identifier(key):
        return key.lower()
    number = "" if key.startswith("~") else key
    return identifier(f"{number}|{name.casefold()}", entity)


def _keep_number(held: Thing, entity: str, key: str, ref: str) -> None:
    """An identifier that is no UUID can't stay one in HSDS 3: it is kept beside the one made."""
    if key.startswith("~") or is_identifier(key):
        return
    if entity == "organization":
        number = {"identifier_scheme": SOURCE_SCHEME, "identifier_type": SOURCE_ID}
        number |= {"id": own_id(ref, "number"), "identifier": key}
        held["organization_identifiers"] = [*held.get("organization_identifiers", []), number]
    else:
        held["attributes"] = [*held.get("attributes", []), numbered(ref, key)]


def _take_organization(draft: Draft, held: Thing, ref: str) -> None:
    for ours, theirs in PLAIN:
        said = str(held.get(theirs, ""))
        value = plain(said)
        if (not value or draft.take(ours, value)) and value == said:
            held.pop(theirs, None)
    _take_first(draft, held, "phones", "phone", ref, "number", "phone")
    _take_first(draft, held, "contacts", "contact", ref, "name", "contact_name")
    _take_location(draft, held, ref)
    held["attributes"] = [each for each in held.get("attributes", []) if not _fact(draft, each)]
    _drop_empty(held)


def _take_first(
    draft: Draft, held: Thing, key: str, kept: str, ref: str, theirs: str, ours: str
) -> None:
    """The first of its like goes into our field; what else is said of it is carried."""
    if not (some := held.pop(key, [])):
        return
    first, rest = some[0], some[1:]
    value = on_one_line(kept, theirs, str(first.get(theirs, "")))
    if draft.take(ours, value, f"{draft.place}.{key}[0]"):
        first.pop(theirs)
    if first.get("id") in (own_id(ref, kept), own_id_of(f"{ref}/{key}/0")):
        first.pop("id")
    held |= {kept: first, key: rest}


def _take_location(draft: Draft, held: Thing, ref: str) -> None:
    """The first location that says where it is goes into our fields."""
    locations = held.pop("locations", [])
    main = next((it for it in locations if it.get("addresses") or "latitude" in it), None)
    if main is None:
        held["locations"] = locations
        return
    held["locations"] = [it for it in locations if it is not main]
    place = f"{draft.place}.locations[{locations.index(main)}]"
    addresses = main.pop("addresses", [])
    address = addresses[0] if addresses else {}
    _take_address(draft, address, place)
    _take_point(draft, main, place)
    main["addresses"] = addresses[1:]
    _drop_generated(main, own_id(ref, "location"), "location_type")
    _drop_generated(address, own_id(ref, "address"), "address_type")
    held |= {"place": main, "address": address}
    _drop_empty(main)


def _take_address(draft: Draft, address: Thing, place: str) -> None:
    for ours, theirs in ADDRESS:
        said = " ".join(str(address.get(theirs, "")).split())
        value = country_code(said) if ours == "country" else said
        if said and not value:
            draft.tell("country", f"“{said[:80]}” is no country that we know.", place)
        if draft.take(ours, value, place) or not said:
            address.pop(theirs, None)


def _take_point(draft: Draft, location: Thing, place: str) -> None:
    """Both numbers or none; (0, 0) is a form left empty, in the sea."""
    north, east = location.get("latitude"), location.get("longitude")
    if north is None or east is None or (north == 0 and east == 0):
        return
    probe = Draft(place, "")
    if probe.take("latitude", north) & probe.take("longitude", east):
        draft.values |= probe.values
        location.pop("latitude"), location.pop("longitude")
    draft.told.extend(probe.told)


def _drop_generated(thing: Thing, own: str, kind: str) -> None:
    if thing.get("id") == own:
        thing.pop("id")
    if thing.get(kind) == "physical":
        thing.pop(kind)
    for name in [name for name, value in thing.items() if value == ""]:
        thing.pop(name)


def _drop_empty(held: Thing) -> None:
    for name in [name for name, value in held.items() if value in ("", [], {}, None)]:
        held.pop(name)


def _fact(draft: Draft, attribute: Thing) -> bool:
    """Whether an attribute is a fact of ours; it is taken then."""
    term = attribute.get("taxonomy_term", {})
    code = str(term.get("code", ""))
    if term.get("taxonomy") != TAXONOMY or code not in FACTS:
        return False
    draft.take(code, str(attribute.get("value", "")), f"{draft.place}.attributes")
    return True


def _take_services(
    draft: Draft, services: list[tuple[str, Thing]], held: Thing, tables: Tables
) -> None:
    languages: list[str] = []
    states: list[str] = []
    told = {it["id"] for it in (*held.get("locations", []), *_told_main(draft, held))}
    for key, given in services:
        ref = _service_ref(draft.ref, key, given)
        thing = fitted("service", {**given, "id": ref}, ref, draft.tell_at)
        _keep_number(thing, "service", key, ref)
        place = tables.rows["service"][key].place
        spoken = [(spoken_code(it), it) for it in thing.get("languages", [])]
        languages += [code for code, _ in spoken if code]
        _fall_back(draft, thing)
        if _is_placeholder(thing):
            continue
        states.append(thing["status"])
        _take_service(draft, thing, ref, place, told)
    for each in [*held.get("locations", []), held.get("place", {})]:
        languages += [code for it in each.get("languages", []) if (code := spoken_code(it))]
    draft.take("languages", list(dict.fromkeys(languages))[:30])
    if states and "active" not in states and "capacity" not in draft.values:
        draft.values["capacity"] = Provider.Capacity.FULL.value


def _told_main(draft: Draft, held: Thing) -> list[Thing]:
    """The main location under the identifier that it will have outside."""
    return [{"id": held.get("place", {}).get("id") or own_id(draft.ref, "location")}]


def _service_ref(whose: str, key: str, given: Thing) -> str:
    if is_identifier(key):
        return key.lower()
    number = "" if key.startswith("~") else key
    return own_id(whose, f"service/{number}|{_name_of(given).casefold()}")


def _fall_back(draft: Draft, thing: Thing) -> None:
    """What only a service says of how to reach them holds for the provider."""
    contacts = [*thing.get("contacts", [])]
    phones = [*thing.get("phones", []), *(it for c in contacts for it in c.get("phones", []))]
    for each in thing.get("service_at_locations", []):
        phones += [*each.get("phones", []), *each.get("location", {}).get("phones", [])]
        contacts += [*each.get("contacts", []), *each.get("location", {}).get("contacts", [])]
    found = {
        "email": thing.get("email"),
        "website": thing.get("url"),
        "phone": " ".join(str(phones[0]["number"]).strip(' "').split()) if phones else "",
        "contact_name": contacts[0].get("name") if contacts else "",
        "licence": thing.get("licenses") if len(str(thing.get("licenses"))) <= 120 else "",
    }
    for name, value in found.items():
        if value and name not in draft.values:
            draft.take(name, value)


def _is_placeholder(thing: Thing) -> bool:
    terms = (it.get("taxonomy_term", {}) for it in thing.get("attributes", []))
    return any(it.get("taxonomy") == TAXONOMY and it.get("code") == NO_SERVICE for it in terms)


def _take_service(draft: Draft, thing: Thing, ref: str, place: str, told: set[str]) -> None:
    name, words = _name_of(thing), plain(thing.get("description", ""))
    category, others = _category(thing.get("attributes", []))
    carried = {
        key: value
        for key, value in thing.items()
        if key not in ("id", "name", "organization", "status", "languages")
    }
    if carried.get("description") == words:
        carried.pop("description")
    carried["attributes"] = others
    carried["languages"] = [
        it for it in thing.get("languages", []) if it != language_of(ref, spoken_code(it))
    ]
    if thing["status"] != "active":
        carried["status"] = thing["status"]
    for each in carried.get("service_at_locations", []):
        if (named := each.get("location", {}).get("id")) in told:
            each["location"] = {"id": named}
    _drop_empty(carried)
    if len(name) > 200:
        draft.tell("service name", f"Only the first 200 signs are kept of “{name}”.", place)
    values = {
        "name": name[:200],
        "words": words,
        "category": category,
        "carried": _bounded(draft, carried, place),
    }
    service_draft(draft, ref, values, place)


def _category(attributes: list[Thing]) -> tuple[str, list[Thing]]:
    """The code of a service, in full where an export of ours told it so, and all other attributes.

    Our own part counts only beside the code that it divides: whoever changed that meant to.
    """
    code, full, others = "", "", []
    for each in attributes:
        naics, ours = _naics(each), _full_code(each)
        if naics and not code:
            code = naics
        elif ours and not full:
            full = ours
        else:
            others.append(each)
    return full if code and plain_code(full) == code else code, others


def _full_code(attribute: Thing) -> str:
    """Our own code in an attribute of ours; '' in any other."""
    term = attribute.get("taxonomy_term", {})
    ours = term.get("taxonomy") == TAXONOMY and term.get("code") == CATEGORY
    value = str(attribute.get("value", "")).strip() if ours else ""
    return value if len(value) <= LONGEST_CODE else ""


def _naics(attribute: Thing) -> str:
    term = attribute.get("taxonomy_term", {})
    scheme = f"{term.get('taxonomy', '')} {term.get('taxonomy_detail', {}).get('name', '')}"
    code = str(term.get("code", "")).strip()
    known = (
        "naics" in scheme.casefold()
        and code.replace("-", "").isdigit()
        and not why_no_category(code)
    )
    return code if known else ""


def _bounded(draft: Draft, carried: Thing, place: str = "") -> Thing:
    """What is carried, within the bound; the largest parts go first, and are told."""
    sizes = {name: len(str(value)) for name, value in carried.items()}
    while sum(sizes.values()) > LARGEST:
        name = max(sizes, key=lambda each: sizes[each])
        sentence = f"{sizes.pop(name)} signs are more than is kept; it begins with"
        draft.tell(name, f"{sentence} “{shown(carried[name])}”.", place)
        carried = {key: value for key, value in carried.items() if key != name}
    draft.aside.update(_named_aside(carried))
    return carried


def _named_aside(carried: Thing) -> Iterator[str]:
    """What is carried, by the names that the standard has for it."""
    for name, value in carried.items():
        if name in OWN_KEYS:
            yield from (f"{name} {each}" for each in value if each != "id")
        else:
            yield name
