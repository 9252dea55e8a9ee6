"""Whom to send an enquiry to: allies first, then whom of the directory it fits, with reasons.

`introductions.matches` says whom it fits, by the same facts as for a need: also how earlier
referrals went, and what was declined. What an ally gave back changes the order only where the
mode is `count`; that somebody is an ally at all only where it isn't `off`. Where the law of an
alliance's sides forbids exclusivity, the one who asked is offered a choice (P36).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from warmhand.apps.accounts import days
from warmhand.apps.directory.models import Provider
from warmhand.apps.introductions.matches import need_seen, ranked_providers
from warmhand.matching import Ranked

from .known import known_for_enquiry
from .models import Alliance, Enquiry
from .modes import Standing
from .queries.ledger import allied
from .queries.reasons import same_trade

MOST: Final = 6
"""How many are shown."""


@dataclass(frozen=True, slots=True)
class Option:
    """Somebody an enquiry may be sent to; `against` are reasons not to."""

    provider: Provider
    alliance: Alliance | None
    standing: Standing | None
    why: tuple[str, ...]
    against: tuple[str, ...]
    points: int
    available: bool
    let_down: bool
    """Our clients did no business with them, or weren't happy, more often than not."""

    @property
    def exclusive(self) -> bool:
        """Whether we agreed to send nobody else, and the law lets us agree so."""
        return bool(
            self.alliance
            and self.standing
            and self.alliance.exclusive
            and self.standing.ruling.exclusive_allowed
        )

    @property
    def sentence(self) -> str:
        """The reasons in one line."""
        return " ".join(self.why)


@dataclass(frozen=True, slots=True)
class Routing:
    """The options, best first, and whether the one who asked has to be told of their choice."""

    options: tuple[Option, ...]
    must_inform: bool
    because: str

    def option(self, provider_id: int) -> Option | None:
        """The option with this provider, if it is one."""
        return next((each for each in self.options if each.provider.pk == provider_id), None)


def routing_of(enquiry: Enquiry) -> Routing:
    """Everybody it may be sent to; the number of queries doesn't grow with the directory."""
    allies = allied(days.today())
    about = {pk: each for pk, each in allies.alliances.items() if _covers(each, enquiry)}
    ally_of = {provider: about[pk] for pk, provider in reversed(allies.pairs) if pk in about}
    # What an alliance is about counts as what they do.
    lines = {provider: each.categories for provider, each in ally_of.items()}
    known = known_for_enquiry(enquiry, lines, allies)
    seen = need_seen(words=enquiry.words, category=enquiry.category, client=enquiry.client)
    found = ranked_providers(seen, need_id=enquiry.need_id, known=known)
    providers = Provider.objects.in_bulk([each.candidate.id for each in found])
    options = [
        _option(providers[each.candidate.id], ally_of.get(each.candidate.id), allies.modes, each)
        for each in found
    ]
    return _ruled(sorted(options, key=_order)[:MOST])


def _order(o: Option) -> tuple[Any, ...]:
    """Whom nothing bars, then allies, then by fit; the exclusive one first of all.

    An ally who let our clients down stands where its points put it.
    """
    allied = o.standing is not None and o.standing.lists and not o.let_down
    return (not o.available, not o.exclusive, not allied, -o.points, o.provider.name)


def _ruled(options: Sequence[Option]) -> Routing:
    """What the law of the allies among the options asks for."""
    rulings = [o.standing.ruling for o in options if o.standing is not None]
    told = [ruling for ruling in rulings if ruling.client_informed]
    if told:
        return Routing(tuple(options), True, told[0].because.why)
    if len(options) < 2 and not all(ruling.exclusive_allowed for ruling in rulings):
        why = "Only one is known, and for this alliance nobody may be the only one named."
        return Routing(tuple(options), True, why)
    return Routing(tuple(options), False, "")


def _covers(alliance: Alliance, enquiry: Enquiry) -> bool:
    """Whether an alliance is about what was asked for."""
    return any(same_trade(code, enquiry.category) for code in alliance.categories)


def _option(
    it: Provider, alliance: Alliance | None, modes: Mapping[int, Standing], ranked: Ranked
) -> Option:
    standing = modes[alliance.pk] if alliance else None
    # That they are an ally is said once, with since when.
    reasons = [each for each in ranked.reasons if alliance is None or each.code != "ally"]
    return Option(
        provider=it,
        alliance=alliance,
        standing=standing,
        why=(*_ally_words(alliance, standing), *(each.sentence for each in reasons)),
        against=tuple(each.sentence for each in ranked.against),
        points=ranked.points,
        available=ranked.available,
        let_down=any(each.code == "outcome_poor" for each in ranked.against),
    )


def _ally_words(alliance: Alliance | None, standing: Standing | None) -> tuple[str, ...]:
    """That they are an ally speaks for them only where the law lets it."""
    if alliance is None or standing is None or not standing.lists:
        return ()
    said = f"Our ally for this since {alliance.starts_on:%B %Y}."
    if alliance.exclusive and standing.ruling.exclusive_allowed:
        return (said, "We agreed to send nobody else in this line of business.")
    return (said,)
