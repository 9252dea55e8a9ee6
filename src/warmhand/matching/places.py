"""How far two places lie apart, as far as that is known."""

from __future__ import annotations

from math import asin, cos, radians, sin, sqrt
from typing import Final

from .alike import folded
from .seen import Where

EARTH_KM: Final = 6_371.0088


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


def same_start(one: Where, other: Where, length: int) -> bool:
    """Whether the first `length` characters of the postcodes are the same."""
    first, second = _bare(one.postcode)[:length], _bare(other.postcode)[:length]
    return len(first) == length and first == second


def same_city(one: Where, other: Where) -> bool:
    """Whether both are in the city of one name."""
    return bool(one.city.strip()) and folded(one.city) == folded(other.city)


def other_country(one: Where, other: Where) -> bool:
    """Whether both countries are known and differ."""
    first, second = one.country.strip().upper(), other.country.strip().upper()
    return bool(first and second) and first != second


def _bare(postcode: str) -> str:
    return "".join(postcode.split()).upper()
