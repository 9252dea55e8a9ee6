"""How much each thing counts when providers are ranked: one declaration, our choice.

Whole points. A thing that speaks against somebody has a negative number. What makes somebody
unavailable has none: they stand below everybody who is available, whatever their points.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Weights:
    """Points for and against; the docstring of each says when it is given."""

    same_category: int = 40
    """They do exactly what is needed."""
    kin_category: int = 26
    """A wider or a narrower category of the same line."""
    near_category: int = 12
    """A neighbour: the same group of the scheme."""
    read_category: int = 30
    """The category was read from the client's words; times how sure that is (0 to 1)."""
    word: int = 5
    """Each word they have in common with the need, at most `words_counted` of them."""
    words_counted: int = 3
    meaning: int = 20
    """What they do means the same; times how near, from `meaning_from` (0) to 1 (all)."""
    close_by: int = 10
    """Within `close_km`, or the same postcode."""
    same_area: int = 6
    """They come that far, or the same city, or their postcodes begin alike."""
    far: int = -12
    """Further than they come, or than `far_km` where it isn't known how far they come."""
    other_country: int = -12
    language: int = 8
    """They speak a language of the client's."""
    no_language: int = -14
    limited: int = -5
    """They take a few new clients only."""
    away_soon: int = -4
    """They go away within `soon_days`."""
    licence_soon: int = -3
    """Their licence ends within `soon_days`."""
    price_fits: int = 4
    price_above: int = -8
    vouch: int = 6
    """Each of us who has worked with them and vouches; half of it where they only know them."""
    vouches_counted: int = 3
    why_confident: int = 3
    """It is written down why one can be confident."""
    outcome: int = 40
    """Times how far the share of good outcomes lies above (or below) one half, shrunk."""
    outcome_cases: int = 2
    """So many made-up cases, half of them good, are added: one happy client isn't a record."""
    declined: int = -4
    """Each earlier need they declined, at most `declined_counted`."""
    silent: int = -3
    """Each earlier need they didn't answer, at most `declined_counted`."""
    declined_counted: int = 3
    ally: int = 10
    """We have an alliance with them (P36)."""
    gave_us: int = 3
    """Each referral they gave us, at most `gave_us_counted`."""
    gave_us_counted: int = 4
    nothing_back: int = -6
    """We gave `nothing_back_from` or more and nothing came back: find out why (P37)."""
    nothing_back_from: int = 3
    call_first: int = -1
    """They haven't agreed to mails from us."""


WEIGHTS: Final = Weights()
MEANING_FROM: Final = 0.28
"""From here on (0 to 1, as needs are read) what they do means something like the need. In a trial
of eight needs and twelve services the right ones had 0.29 and more (one 0.15), the others 0.30 and
less, nearly all below 0.25."""
CLOSE_KM: Final = 10
FAR_KM: Final = 60
SOON_DAYS: Final = 14
