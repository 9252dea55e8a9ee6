"""Where somebody is, without a map: coordinates that the directory knows, else like postcodes.

No table of the world's postcodes comes with us (decision 32). A place is known where a provider
there has coordinates; the middle of such providers stands for it. Where none has, an equal city
or the same beginning of a postcode still says 'same area'.
"""

from __future__ import annotations

import math
import re
from dataclasses import replace
from functools import cache
from typing import Final

from babel import Locale
from django.db.models import Avg, Max, Min

from warmhand.apps.directory.models import Provider
from warmhand.matching import Where
from warmhand.matching.places import same_area

_DIGIT = re.compile(r"[0-9]")
ONE_PLACE: Final = 0.8
"""Degrees (at most some 90 km): providers that lie further apart are not in one city."""

__all__ = ["is_country", "place_of", "place_of_text", "same_area"]


@cache
def _countries() -> frozenset[str]:
    codes = map(str, Locale("en").territories)
    return frozenset(code for code in codes if len(code) == 2 and code.isalpha())


def is_country(code: str) -> bool:
    """Whether these two capital letters are a country's."""
    return code in _countries()


def place_of(provider: Provider) -> Where:
    """Where a provider is."""
    return Where(
        postcode=provider.postcode,
        city=provider.city,
        country=provider.country,
        latitude=provider.latitude,
        longitude=provider.longitude,
    )


def place_of_text(text: str) -> Where:
    """A postcode or a city as somebody typed it; with coordinates where the directory knows them.

    The words `lat, lon` in degrees are a place too.
    """
    typed = " ".join(text.replace("\x00", " ").split())
    if exact := _degrees(typed):
        return Where(latitude=exact[0], longitude=exact[1])
    is_code = bool(_DIGIT.search(typed))
    place = Where(postcode=typed.upper() if is_code else "", city="" if is_code else typed)
    middle = _middle(place) if typed else None
    if middle is None:
        return place
    return replace(place, latitude=middle[0], longitude=middle[1])


def located(place: Where) -> Where:
    """The place with the coordinates that the directory knows of its postcode, else its city."""
    for part in (replace(place, city=""), replace(place, postcode="")):
        if (part.postcode or part.city) and (middle := _middle(part)):
            return replace(place, latitude=middle[0], longitude=middle[1])
    return place


def _degrees(text: str) -> tuple[float, float] | None:
    parts = text.replace(" ", "").split(",")
    try:
        numbers = tuple(float(part) for part in parts)
    except ValueError:
        return None
    if len(numbers) != 2 or not all(map(math.isfinite, numbers)):
        return None
    return numbers if abs(numbers[0]) <= 90 and abs(numbers[1]) <= 180 else None


def _middle(place: Where) -> tuple[float, float] | None:
    """The middle of the providers there whose coordinates are known.

    None where they lie too far apart to be one place: there is more than one Springfield.
    """
    there = Provider.objects.filter(latitude__isnull=False)
    if place.country:
        there = there.filter(country__in=("", place.country))
    if place.postcode:
        there = there.filter(postcode__iexact=place.postcode)
    else:
        there = there.filter(city__iexact=place.city)
    found = there.aggregate(
        north=Avg("latitude"),
        east=Avg("longitude"),
        high=Max("latitude") - Min("latitude"),
        wide=Max("longitude") - Min("longitude"),
    )
    if found["north"] is None or max(found["high"], found["wide"]) > ONE_PLACE:
        return None
    return float(found["north"]), float(found["east"])
