"""A provider as HSDS objects; `unfolding` is the other half of the mapping (decision 32).

What we have fields for stands in them; the rest of an imported object is `carried` and given back
by the next export. What HSDS has no field for travels as attributes of our own taxonomy. Not told:
vouches (they are members'), whether a provider is on our public page, or agreed to our mails.
"""

from __future__ import annotations

import copy
from collections.abc import Iterator
from typing import Any, Final

from warmhand.apps.directory.models import Provider, Service
from warmhand.apps.directory.queries.spoken import language_code, language_name

from .fitting import fitted
from .markup import plain
from .shape import SHAPES, identifier, is_identifier, own_id

TAXONOMY: Final = "Warmhand"
SCHEME: Final = "NAICS 2022"
NO_SERVICE: Final = "no_service"
SOURCE_ID: Final = "source_id"
SOURCE_SCHEME: Final = "source"
"""What the file that something came from called it, where that is no UUID."""
CATEGORY: Final = "category"
"""Our full code of a service, where it divides a code of the scheme (`238220.1`)."""
FACTS: Final = (
    "kind", "capacity", "away_from", "away_until", "licence", "licence_until", "price", "reach_km",
    "why_confident", "public_words",
)  # fmt: skip
"""Facts of a provider that HSDS has no field for."""
ADDRESS: Final = (
    ("street", "address_1"), ("city", "city"), ("postcode", "postal_code"), ("country", "country"),
)  # fmt: skip
PLAIN: Final = (("about", "description"), ("email", "email"), ("website", "website"))
WHOLE: Final = 100
"""With so many services each is told with the whole organization; with more only the first one, or
the file would grow with their square."""
OWN_KEYS: Final = ("phone", "contact", "place", "address")
"""Where what is carried keeps the rest of what has fields of ours."""
Thing = dict[str, Any]
_UNSAID: Final = Provider()
"""A provider of whom nothing is said: facts that it has too need not be told."""


def hsds_id(provider: Provider) -> str:
    """The identifier of a provider outside: as it came, else its own, always the same."""
    if is_identifier(provider.source_ref):
        return provider.source_ref
    return identifier(f"{provider.pk}/{provider.created_at.isoformat()}", "provider")


def service_id(service: Service, whose: str) -> str:
    """The identifier of a service outside."""
    if is_identifier(service.source_ref):
        return service.source_ref
    return own_id(whose, f"{service.pk}/{service.created_at.isoformat()}")


def folded(provider: Provider) -> list[Thing]:
    """A provider as HSDS services, each with its organization: one at least, so that it is there.

    `services` must be at hand (prefetched).
    """
    ref = hsds_id(provider)
    organization = _organization(provider, ref)
    services = list(provider.services.all())
    if not services:
        return [_nothing_yet(provider, ref, organization)]
    short = organization if len(services) <= WHOLE else _in_short(organization)
    places = {it["id"]: it for it in organization.get("locations", [])}
    return [
        _service(provider, each, ref, short if number else organization, places)
        for number, each in enumerate(services)
    ]


def _in_short(organization: Thing) -> Thing:
    """What the standard wants at least; whoever reads the list has met the whole of it before."""
    needed = ("id", *SHAPES["organization"].needs.split())
    return {name: organization[name] for name in needed}


def _organization(provider: Provider, ref: str) -> Thing:
    held: Thing = copy.deepcopy(provider.carried)
    first = {name: held.pop(name, {}) for name in OWN_KEYS}
    held |= {"id": ref, "name": provider.name}
    held |= {
        theirs: as_it_came(held, theirs, value)
        for ours, theirs in PLAIN
        if (value := getattr(provider, ours))
    }
    _lead(held, "phones", first["phone"], ref, "phone", number=provider.phone)
    _lead(held, "contacts", first["contact"], ref, "contact", name=provider.contact_name)
    if location := _location(provider, ref, first["place"], first["address"]):
        held["locations"] = [location, *held.get("locations", [])]
    held["attributes"] = [*held.get("attributes", []), *_facts(provider, ref)]
    return fitted("organization", held, ref)


def as_it_came(carried: Thing, name: str, value: str) -> str:
    """Our text; where it still says what came with markup, that."""
    before = carried.get(name)
    return before if isinstance(before, str) and plain(before) == value else value


def _lead(held: Thing, key: str, extras: Thing, ref: str, what: str, **values: str) -> None:
    """Put the one that we have a field for in front of its like."""
    said = {name: value for name, value in values.items() if value}
    if said or extras:
        held[key] = [{"id": own_id(ref, what), **extras, **said}, *held.get(key, [])]


def _location(provider: Provider, ref: str, place: Thing, address: Thing) -> Thing:
    said = {theirs: value for ours, theirs in ADDRESS if (value := getattr(provider, ours))}
    if said or address:
        address = {"id": own_id(ref, "address"), **address, **said}
        place = {**place, "addresses": [address, *place.get("addresses", [])]}
    if provider.latitude is not None:
        place |= {"latitude": provider.latitude, "longitude": provider.longitude}
    return {"id": own_id(ref, "location"), **place} if place else {}


def _facts(provider: Provider, ref: str) -> Iterator[Thing]:
    for name in FACTS:
        value = getattr(provider, name)
        if value not in (None, "", getattr(_UNSAID, name)):
            yield _attribute(ref, name, "organization", str(value))


def _attribute(whose: str, code: str, entity: str, value: str) -> Thing:
    return {
        "id": own_id(whose, f"attribute/{code}"),
        "link_type": "attribute",
        "link_entity": entity,
        "value": value,
        "taxonomy_term": {
            "id": identifier(code, TAXONOMY),
            "code": code,
            "name": code.replace("_", " ").capitalize(),
            "description": f"{code.replace('_', ' ').capitalize()} of a provider in Warmhand.",
            "taxonomy": TAXONOMY,
        },
    }


def numbered(whose: str, number: str) -> Thing:
    """An attribute with the identifier that a service had where it came from."""
    return _attribute(whose, SOURCE_ID, "service", number)


def _service(
    provider: Provider, service: Service, ref: str, organization: Thing, places: dict[str, Thing]
) -> Thing:
    own = service_id(service, ref)
    held: Thing = {"status": "active", **copy.deepcopy(service.carried)}
    held |= {"id": own, "name": service.name}
    if service.words:
        held["description"] = as_it_came(held, "description", service.words)
    held["languages"] = list(_languages(provider, own, held.pop("languages", [])))
    if service.category:
        category = _category(own, service.category)
        held["attributes"] = [*category, *held.get("attributes", [])]
    for each in held.get("service_at_locations", []):
        _fill_in(each, places)
    return {**fitted("service", held, own), "organization": organization}


def _nothing_yet(provider: Provider, ref: str, organization: Thing) -> Thing:
    """A provider who offers nothing in particular is told as one service of their name."""
    own = own_id(ref, NO_SERVICE)
    held = {
        "id": own,
        "name": provider.name,
        "description": provider.about,
        "status": "active",
        "organization": organization,
        "languages": list(_languages(provider, own, [])),
        "attributes": [_attribute(own, NO_SERVICE, "service", "true")],
    }
    return fitted("service", held, own)


def _languages(provider: Provider, whose: str, carried: list[Thing]) -> Iterator[Thing]:
    known = {spoken_code(each): each for each in reversed(carried)}
    for code in provider.languages:
        yield known.get(code) or language_of(whose, code)
    yield from (each for each in carried if not spoken_code(each))


def language_of(whose: str, code: str) -> Thing:
    """A language as an export tells it."""
    return {"id": own_id(whose, f"language/{code}"), "name": language_name(code), "code": code}


def spoken_code(language: Thing) -> str:
    """The code of a language that a file tells of; '' where it isn't known."""
    code = language_code(str(language.get("code", "")))
    return code or language_code(str(language.get("name", "")))


def _category(whose: str, code: str) -> list[Thing]:
    """A code as the scheme has it; our own part after the dot stands in an attribute of ours."""
    plain = plain_code(code)
    ours = [] if plain == code else [_attribute(whose, CATEGORY, "service", code)]
    return [_term(whose, plain), *ours]


def plain_code(code: str) -> str:
    """A code without our own part: `238220` of `238220.1`."""
    return code.partition(".")[0]


def _term(whose: str, code: str) -> Thing:
    return {
        "id": own_id(whose, "category"),
        "link_type": "taxonomy_term",
        "link_entity": "service",
        "taxonomy_term": {
            "id": identifier(code, SCHEME),
            "code": code,
            "name": f"{SCHEME} {code}",
            "description": f"Code {code} of the North American Industry Classification System.",
            "taxonomy": SCHEME,
        },
    }


def _fill_in(at_location: Thing, places: dict[str, Thing]) -> None:
    """A location that the organization tells of in full is told the same way here."""
    named = at_location.get("location", {}).get("id")
    if named in places:
        at_location["location"] = places[named]
