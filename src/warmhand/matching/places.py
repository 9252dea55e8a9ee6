"""How far two places lie apart, as far as that is known."""

from __future__ import annotations

import re
from math import asin, ceil, cos, radians, sin, sqrt
from typing import Final

from .alike import folded
from .seen import Where

EARTH_KM: Final = 6_371.0088
LEAST_ALIKE: Final = 2
"""So many first signs of two postcodes are equal, at least, where they are one area."""
_APART: Final = re.compile(r"[^0-9A-Z]+")


def distance_km(one: Where, other: Where) -> float | None:
    """Kilometres as the crow flies (haversine); None where a place has no coordinates."""
    if None in (one.latitude, one.longitude, other.latitude, other.longitude):
        return None
    north, south = radians(one.latitude or 0), radians(other.latitude or 0)
    across = radians((other.longitude or 0) - (one.longitude or 0))
    half = sin((south - north) / 2) ** 2 + cos(north) * cos(south) * sin(across / 2) ** 2
    return 2 * EARTH_KM * asin(sqrt(min(1.0, half)))


def same_postcode(one: Where, other: Where) -> bool:
    """Whether both have one and the same postcode, spaces aside."""
    return bool(one.postcode) and _bare(one.postcode) == _bare(other.postcode)


def same_city(one: Where, other: Where) -> bool:
    """Whether both are in the city of one name."""
    return bool(one.city.strip()) and folded(one.city) == folded(other.city)


def same_area(one: Where, other: Where) -> bool:
    """Whether they are in one city, or their postcodes begin alike, in no two countries."""
    return not other_country(one, other) and (same_city(one, other) or alike_postcodes(one, other))


def alike_postcodes(one: Where, other: Where) -> bool:
    """An outward code or the first digits in common: half of the shorter one, two at least."""
    a, b = _area(one.postcode), _area(other.postcode)
    shorter = min(len(a), len(b))
    need = max(LEAST_ALIKE, ceil(shorter / 2))
    return shorter >= LEAST_ALIKE and a[:need] == b[:need]


def _area(postcode: str) -> str:
    """What of a postcode names the area: the part before the space, where letters are in it."""
    parts = [part for part in _APART.split(postcode.upper()) if part]
    if len(parts) > 1 and any(sign.isalpha() for sign in parts[0]):
        return parts[0]
    return "".join(parts)


def other_country(one: Where, other: Where) -> bool:
    """Whether both countries are known and differ."""
    first, second = one.country.strip().upper(), other.country.strip().upper()
    return bool(first and second) and first != second


def _bare(postcode: str) -> str:
    return "".join(postcode.split()).upper()
