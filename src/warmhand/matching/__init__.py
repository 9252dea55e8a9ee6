"""Who fits what, in plain Python: no framework, no database, no clock."""

from .alike import LEGAL, bare_company, common_words, same_company, same_person
from .keys import (
    MOST,
    About,
    Fitting,
    Ground,
    Key,
    Offered,
    Side,
    Why,
    Without,
    fitting,
)

__all__ = [
    "LEGAL",
    "MOST",
    "About",
    "Fitting",
    "Ground",
    "Key",
    "Offered",
    "Side",
    "Why",
    "Without",
    "bare_company",
    "common_words",
    "fitting",
    "same_company",
    "same_person",
]
