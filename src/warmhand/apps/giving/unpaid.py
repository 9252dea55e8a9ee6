"""A favour is unpaid by definition (P9): words and fields that put a price on one are refused.

Numbers alone prove nothing: 'found her a flat at 900 a month' is a favour. Refused is only what
says that *we* charge, invoice or discount: in English, and the plainest of it in German and
Spanish. A 'no' in the same clause ('we charged nothing') makes it a favour again.
"""

# ruff: noqa: E501 - a table of phrases reads better with one a line

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final

from warmhand.problems import Invalid, Place

MONEY: Final = r"(?:[€$£]\s?\d[\d.,]*|\d[\d.,]*\s?(?:€|\$|£|(?:eur|euros?|usd|dollars?|gbp|pounds?|chf|francs?)\b))"
_WE: Final = r"(?:^|[.;:!?,]\s+|\b(?:we|i)(?:['’](?:ve|ll))?\s+(?:(?:have|had|will|also|then|just|only)\s+)*)"
"""Who did it: we. At the beginning of a clause it need not be said."""
_THEM: Final = r"(?:them|him|her|the (?:client|company|firm))"
_CHARGE: Final = rf"(?:{MONEY}|for (?:it|this|that|the|our)\b|\w+ (?:usual|hourly|full) (?:fee|rate|price)\b|{_THEM} \d[\d.,]*\b(?!\s*(?:%|hours?|minutes?|times?|days?)))"
_KIND: Final = (
    r"(?:(?:usual|normal|hourly|daily|small|low|fixed|flat|reduced|fair|special|modest|full)\s+)*"
)

PHRASES: Final = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        # we charged 50 euros, billed them, invoiced the hours
        rf"{_WE}charged?\b[^.;!?]{{0,80}}?\s{_CHARGE}",
        rf"{_WE}(?:billed|invoiced|bill|invoice)\s+(?:{_THEM}|{MONEY}|for\b|it\b|the\s+(?:hours?|work|time)\b|\d)",
        # put it on the next invoice, at our usual rate
        r"\b(?:put|added) (?:it|this|that|them) (?:on|to) (?:the|our|their|her|his)(?: \w+)? (?:invoice|bill)\b",
        rf"\b(?:for|at|against|minus|less|plus|paid|pays|sent|issued)\s+(?:{_THEM}\s+)?our\s+{_KIND}(?:invoice|fee|bill|price|rate)\b",
        # a price with its label
        r"\b(?:price|fee|invoice|discount|rate|charge)\s*[:=]\s*[€$£]?\s*(?!0+\b)\d",
        # at a special price, for a fee: unless it is somebody else's
        rf"^(?!.*\b(?:who|that|which|whose|where|how|found|find|got|put|told|showed|recommended|introduced|negotiated|asked|bought|booked)\b).*\b(?:for|against|at) an? {_KIND}(?:fee|price|charge|rate)\b",
        # gave them a discount, 10 % off the next order
        rf"{_WE}(?:gave|give|granted|grant|offered|offer|allowed)\s+(?:{_THEM}\s+)?(?:an?\s+|our\s+)?(?:[\d.,]+\s?(?:%|per ?cent)\s+)?(?:\w+\s+)?(?:discount|rebate|reduction)\b(?!\s+(?:card|code|coupon|voucher))",
        r"^\W*[\d.,]+\s?(?:%|per ?cent)\s+(?:off|discount)\b",
        r"\b(?:off|discount on|rebate on) (?:our|the next|their next) (?:prices?|fees?|rates?|orders?|invoices?|services?)\b",
        # they paid us, we earned
        r"\b(?:paid|pays?|paying|owes?) us\b(?!\s+(?:an? )?(?:\w+ )?(?:visit|compliment|tribute|back|nothing|no)\b)",
        rf"\bwe (?:earned|asked(?: for)?) {MONEY}",
        # German and Spanish
        r"\bin rechnung gestellt\b|\bgegen (?:rechnung|honorar|gebühr|bezahlung)\b|\bunser honorar\b",
        r"\bles? (?:cobramos|facturamos)\b|\bnuestros? honorarios\b",
    )
)
"""What says that we take money for it, or off a price."""
_NOT: Final = re.compile(
    r"\b(?:no|not|never|nothing|nobody|none|without|waived|nicht|nichts|kein\w*|ohne|sin|nada)\b|n['’]t\b",
    re.IGNORECASE,
)
_CLAUSE: Final = re.compile(r"[.;:!?,]")
PRICE_WORDS: Final = frozenset(
    {
        *("price", "fee", "fees", "invoice", "invoiced", "discount", "amount", "charge", "charged"),
        *("cost", "currency", "rate", "bill", "billed", "billable", "rebate", "payment", "paid"),
    }
)
"""Words in the name of a field that would be a price."""


def charge_in(text: str) -> str:
    """The words of a text that say that we charge for it or discount it; '' where none do (P9)."""
    flat = " ".join(text.split())
    for pattern in PHRASES:
        for found in pattern.finditer(flat):
            if not _denied(flat, found):
                return found.group().strip(" .,;:!?")
    return ""


def _denied(text: str, found: re.Match[str]) -> bool:
    """Whether a 'no' stands in the clause of what was found, before it or just after."""
    before = _CLAUSE.split(text[: found.start()])[-1]
    after = _CLAUSE.split(text[found.end() :])[0][:20]
    return any(_NOT.search(part) for part in (before, found.group(), after))


def refuse_price(**texts: str | None) -> None:
    """Refuse words about a favour, by field, that put a price on it (P9)."""
    found = [(field, charge_in(text)) for field, text in texts.items() if text]
    places = [Place(field, sentence_for(words)) for field, words in found if words]
    if places:
        raise has_price(places)


def price_fields(names: Iterable[str]) -> Iterator[str]:
    """Of names of fields, those that would be a price: `price`, `hourly_rate`, `invoice no`."""
    for name in names:
        if PRICE_WORDS & set(re.split(r"[^a-z]+", name.lower())):
            yield name


def sentence_for(words: str) -> str:
    """Why these words are refused, and what to record instead."""
    told = has_price(())
    return f"“{words}” is a price. {told.sentence} {told.lift}"


def has_price(places: Iterable[Place]) -> Invalid:
    """The refusal: why, and what to record instead."""
    return Invalid(
        "favour_has_price",
        "A favour is something we can't be paid for, so it has no price.",
        lift="Record what is paid for as a commitment, and something cheaper or free to pass on as "
        "an offer. If nothing was charged, leave the price out of the words.",
        places=tuple(places),
    )
