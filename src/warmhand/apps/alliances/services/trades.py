"""A trade and its place, as they are kept: whose law it is hangs on them."""

from __future__ import annotations

import re
from typing import Final

from warmhand.apps.directory.queries.spoken import country_code
from warmhand.apps.policies.packs import SECTORS
from warmhand.problems import Invalid

_STATE: Final = re.compile(r"[A-Z0-9]{1,3}")


def trade_of(sector: str, place: str) -> tuple[str, str]:
    """A sector that we know and a place by its code; Invalid at `sector` or `place`."""
    if sector not in SECTORS:
        raise Invalid.at("sector", f"Choose one of: {', '.join(SECTORS)}.")
    return sector, _place_code(place)


def _place_code(place: str) -> str:
    """A country by its name or two letters, or a state such as US-NY; Invalid at `place`."""
    said = place.strip()
    country, _, state = said.upper().partition("-")
    if not said or country_code(said):
        return country_code(said)
    if country_code(country) and _STATE.fullmatch(state):
        return f"{country_code(country)}-{state}"
    sentence = f"'{said[:30]}' is no country we know: write Germany, or DE; a state as US-NY."
    raise Invalid.at("place", sentence)
