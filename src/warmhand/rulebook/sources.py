"""The tables of events that facts are made of: which columns each has, and what may be empty.

A day is a whole number, days since 1970-01-01. A yes is 1. The application says how its own
tables map
to these (see `warmhand.engine`); nothing here knows of a database.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from .tree import Column, Maybe, Today, Words

TODAY: Final = Today()

OUTCOMES: Final = {
    "name": 1,
    "will_introduce": 2,
    "passed_on": 3,
    "later": 4,
    "no": 5,
    "not_asked": 6,
}
"""How an ask ended, as numbers; an ask without an outcome is empty."""

REFERRAL_OUTCOMES: Final = {"pending": 0, "became_client": 1, "not_now": 2, "lost": 3}
"""What became of a referral received, as numbers."""


@dataclass(frozen=True, slots=True)
class Source:
    """A table of events. `numbers` always hold a whole number, `maybe` may be empty, `words`
    are text.

    `keys` are the columns that say whose event it is: `client`, `company` or both; a company
    key may be empty.
    """

    name: str
    sentence: str
    keys: tuple[str, ...]
    numbers: tuple[str, ...] = ()
    maybe: tuple[str, ...] = ()
    words: tuple[str, ...] = ()

    @property
    def columns(self) -> tuple[str, ...]:
        """Every column, keys first."""
        return self.keys + self.numbers + self.maybe + self.words

    def __getitem__(self, name: str) -> Column:
        if name not in self.numbers:
            raise KeyError(f"{self.name}.{name} is not a column that always holds a number")
        return Column(name)

    def any(self, name: str) -> Maybe:
        """A column that may be empty."""
        if name not in self.maybe:
            raise KeyError(f"{self.name}.{name} is not a column that may be empty")
        return Maybe(name)

    def word(self, name: str) -> Words:
        """A column of code words."""
        if name not in self.words:
            raise KeyError(f"{self.name}.{name} is not a column of words")
        return Words(name)


def _source(name: str, sentence: str, *columns: str, keys: str = "client") -> Source:
    """A source out of up to three lists of columns: numbers, maybe empty, words."""
    keyed, *others = (tuple(each.split()) for each in (keys, *columns))
    return Source(name, sentence, keyed, *others)


CLIENT: Final = _source(
    "client",
    "One row for each client.",
    "do_not_ask",
    "since_day do_not_ask_until",
    keys="client company",
)
CONSENT: Final = _source("consent", "Each time consent was given or withdrawn.", "day id given")
COMMITMENT: Final = _source(
    "commitment",
    "What was agreed, and what became of it.",
    "id agreed_day has_evidence cancelled",
    "due_day delivered_day",
)
CASE: Final = _source(
    "case", "Concerns, resolved or not.", "id opened_day", "resolved_day confirmed_day"
)
RATING: Final = _source(
    "rating", "How happy the client said to be, 0 to 10.", "id day score", "recovered_day"
)
SURVEY: Final = _source(
    "survey", "Answered surveys; would they introduce us, 0 to 10.", "id day", "would_introduce"
)
REVIEW: Final = _source("review", "Review meetings that were held.", "held_day", "rating")
BUSY: Final = _source(
    "busy",
    "Busy times of a company: first and last day, never touching each other.",
    "start_day end_day",
    keys="company",
)
FAVOUR: Final = _source(
    "favour", "Unpaid acts, promised or done.", "", "promised_day due_day done_day"
)
NEED: Final = _source(
    "need",
    "Needs the client told us of; for_us when we can serve it, served when somebody in the "
    "directory does the same kind of thing and takes clients, under_way while an introduction or a "
    "referral for it may still come to something.",
    "noted_day met for_us urgent served under_way",
    "may_pass_on",
)
GIVEN: Final = _source(
    "given", "Referrals that we gave the client; heard when either side told us of it.", "day heard"
)
KEY: Final = _source(
    "key", "The key ring: whom the client knows, inside the company or outside.", "inside"
)
ASK: Final = _source(
    "ask",
    "Asks, and how they ended.",
    "id day",
    "outcome outcome_day later_day",
    keys="client company",
)
OVERRIDE: Final = _source(
    "override", "Objections lifted by somebody, until a day.", "until_day", "", "code"
)
REFERRAL: Final = _source(
    "referral", "Referrals received.", "received_day outcome", "hurt_day mended_day"
)
PASS: Final = _source("pass", "Offers handed out to pass on.", "day")
THANKS: Final = _source("thanks", "Thank-yous owed.", "owed_day", "given_day")

SOURCES: Final = {
    each.name: each
    for each in (
        CLIENT, CONSENT, COMMITMENT, CASE, RATING, SURVEY, REVIEW, BUSY, FAVOUR,
        NEED, GIVEN, KEY, ASK, OVERRIDE, REFERRAL, PASS, THANKS,
    )
}  # fmt: skip
"""Every source by name."""
