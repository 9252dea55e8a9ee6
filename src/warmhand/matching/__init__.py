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
from .needs import Found, Reading, rank_categories
from .providers import Ranked, rank
from .reasons import Reason, left_out
from .schemes import Category, Kin, Scheme, scheme, suggest
from .seen import (
    Candidate,
    Capacity,
    Declined,
    Encodes,
    Exchange,
    ExpertiseSeen,
    NeedSeen,
    Outcome,
    ProviderSeen,
    Urgency,
    VouchSeen,
    Where,
)
from .weights import WEIGHTS, Weights

__all__ = [
    "LEGAL",
    "MOST",
    "WEIGHTS",
    "About",
    "Candidate",
    "Capacity",
    "Category",
    "Declined",
    "Encodes",
    "Exchange",
    "ExpertiseSeen",
    "Fitting",
    "Found",
    "Ground",
    "Key",
    "Kin",
    "NeedSeen",
    "Offered",
    "Outcome",
    "ProviderSeen",
    "Ranked",
    "Reading",
    "Reason",
    "Scheme",
    "Side",
    "Urgency",
    "VouchSeen",
    "Weights",
    "Where",
    "Why",
    "Without",
    "bare_company",
    "common_words",
    "fitting",
    "left_out",
    "rank",
    "rank_categories",
    "same_company",
    "same_person",
    "scheme",
    "suggest",
]
