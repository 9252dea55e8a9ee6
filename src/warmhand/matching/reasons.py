"""What speaks for and against sending a client to somebody, each with a code and a sentence."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from . import places, room
from .alike import common_words, folded, same_company
from .figures import counted, times
from .named import country_name, language_name, together
from .schemes import Kin, Scheme
from .seen import Candidate, Capacity, Exchange, ExpertiseSeen, NeedSeen, ProviderSeen
from .weights import CLOSE_KM, FAR_KM, MEANING_FROM, SOON_DAYS, Weights

KIN_COUNTS: Final = {Kin.SAME: 1.0, Kin.PARENT: 0.65, Kin.NEAR: 0.3, Kin.NONE: 0.0}
"""What a category counts that is kin to the one that was read from the words."""


@dataclass(frozen=True, slots=True)
class Reason:
    """A stable code, a sentence for a member, and its points (below zero: speaks against).

    `bars`: while it holds they can't be sent anybody; `until` is the first day it may be over.
    """

    code: str
    sentence: str
    points: int = 0
    bars: bool = False
    until: dt.date | None = None

    def as_dict(self) -> dict[str, Any]:
        """As JSON has it."""
        until = self.until.isoformat() if self.until else None
        return {"code": self.code, "sentence": self.sentence, "bars": self.bars, "until": until}


def left_out(need: NeedSeen, one: Candidate) -> Reason | None:
    """Why somebody isn't proposed at all: it is the client themself, or at their competitor's."""
    if need.client_id is not None and one.client_id == need.client_id:
        return Reason("themself", "This is the client themself.", bars=True)
    theirs = tuple(name for name in (one.company, one.name) if name)
    if any(same_company(need.company, name) for name in theirs):
        return Reason("own_company", "This is the client's own company.", bars=True)
    for rival in need.competitors:
        if any(same_company(rival, name) for name in theirs):
            return Reason("competitor", f"{rival} competes with the client.", bars=True)
    return None


def fit(
    need: NeedSeen, one: Candidate, scheme: Scheme, nearness: float, weights: Weights
) -> Iterator[Reason]:
    """What they do, against what is needed: category, words, meaning."""
    yield from _category(need, one, scheme, weights)
    words = common_words(need.words, one.words)[: weights.words_counted]
    if words:
        said = ", ".join(words)
        yield Reason("words", f"The client's own words: {said}.", weights.word * len(words))
    if nearness > MEANING_FROM:
        share = min(1.0, (nearness - MEANING_FROM) / (1 - MEANING_FROM))
        points = max(1, round(weights.meaning * share))
        yield Reason("meaning", "What they do means much the same as the need.", points)


def _category(need: NeedSeen, one: Candidate, scheme: Scheme, weights: Weights) -> Iterator[Reason]:
    if need.category:
        kin = max((scheme.kin(need.category, code) for code in one.categories), default=Kin.NONE)
        title = scheme.title(need.category)
        if kin is Kin.SAME:
            yield Reason("category", f"Does this: {title}.", weights.same_category)
        elif kin is Kin.PARENT:
            yield Reason("category_kin", f"Does this line of work: {title}.", weights.kin_category)
        elif kin is Kin.NEAR:
            yield Reason("category_near", f"Does something near: {title}.", weights.near_category)
        if kin is not Kin.NONE:
            return
    yield from _read(need, one, scheme, weights)


def _read(need: NeedSeen, one: Candidate, scheme: Scheme, weights: Weights) -> Iterator[Reason]:
    """The category that the client's words sound like and that they do, or do something like."""
    fits = (
        (sure * KIN_COUNTS[scheme.kin(code, theirs)], code)
        for code, sure in need.near
        for theirs in one.categories
    )
    share, code = max(fits, default=(0.0, ""))
    if share > 0:
        points = max(1, round(weights.read_category * min(1.0, share)))
        said = f"The client's words sound like: {scheme.title(code)}."
        yield Reason("category_read", said, points)


def circumstances(
    need: NeedSeen, one: Candidate, today: dt.date, weights: Weights
) -> Iterator[Reason]:
    """Where they are, what they speak, whether they can, and what they cost."""
    yield from _area(need, one, weights)
    yield from _language(need, one, weights)
    if isinstance(one, ProviderSeen):
        yield from _capacity(one, weights)
        yield from _away(one, today, weights)
        yield from _licence(one, today, weights)
        yield from _price(need, one, weights)
        if not one.hears_from_us:
            said = "Hasn't agreed to mails from us: call them."
            yield Reason("call_first", said, weights.call_first)
    else:
        yield from _consent(one)


def _area(need: NeedSeen, one: Candidate, weights: Weights) -> Iterator[Reason]:
    here, there = need.where, one.where
    if places.other_country(here, there):
        said = f"Is in another country ({country_name(there.country)})."
        yield Reason("other_country", said, weights.other_country)
        return
    km = places.distance_km(here, there)
    by_city = places.same_city(here, there) and not here.postcode
    if km is not None and not by_city:  # the middle of a city is near everybody in it
        yield _by_distance(km, getattr(one, "reach_km", None), weights)
    elif places.same_postcode(here, there):
        yield Reason("close_by", f"Has the same postcode ({there.postcode}).", weights.close_by)
    elif places.same_city(here, there):
        yield Reason("same_area", f"Is in the same city ({there.city}).", weights.same_area)
    elif places.alike_postcodes(here, there):
        yield Reason("same_area", "Is in the same postcode area.", weights.same_area)


def _by_distance(km: float, reach: int | None, weights: Weights) -> Reason:
    said = f"{km:.0f} km away" if km >= 1 else "Less than 1 km away"
    if reach is not None and km > reach:
        return Reason("too_far", f"{said}; they come {reach} km.", weights.far)
    if km <= CLOSE_KM:
        return Reason("close_by", f"{said}.", weights.close_by)
    if reach is not None:
        return Reason("same_area", f"{said}; they come that far.", weights.same_area)
    if km > FAR_KM:
        return Reason("too_far", f"{said}.", weights.far)
    return Reason("same_area", f"{said}.", weights.same_area)


def _language(need: NeedSeen, one: Candidate, weights: Weights) -> Iterator[Reason]:
    theirs = {_tongue(code) for code in one.languages}
    wanted = [code for code in need.languages if _tongue(code)]
    if not theirs or not wanted:
        return
    for code in wanted:
        if _tongue(code) in theirs:
            said = f"Works in the client's language ({language_name(_tongue(code))})."
            yield Reason("language", said, weights.language)
            return
    spoken = together(sorted(language_name(each) for each in theirs))
    said = f"Works in {spoken}, not in {together([language_name(_tongue(c)) for c in wanted])}."
    yield Reason("no_language", said, weights.no_language)


def _tongue(code: str) -> str:
    return code.replace("_", "-").partition("-")[0].strip().lower()


def _capacity(one: ProviderSeen, weights: Weights) -> Iterator[Reason]:
    if one.capacity is Capacity.FULL:
        yield Reason("full", "Takes nobody now.", bars=True)
    elif one.capacity is Capacity.LIMITED:
        yield Reason("limited", "Takes only a few new clients.", weights.limited)


def _away(one: ProviderSeen, today: dt.date, weights: Weights) -> Iterator[Reason]:
    back_on = room.back_on(one)
    back = f", back on {say(back_on)}" if back_on else ""
    if room.is_away(one, today):
        yield Reason("away", f"Is away{back}.", bars=True, until=back_on)
    elif one.away_from is not None and 0 < (one.away_from - today).days <= SOON_DAYS:
        yield Reason("away_soon", f"Away from {say(one.away_from)}{back}.", weights.away_soon)


def _licence(one: ProviderSeen, today: dt.date, weights: Weights) -> Iterator[Reason]:
    if one.licence_until is None:
        return
    left = (one.licence_until - today).days
    if room.licence_ended(one, today):
        said = f"Their licence ended on {say(one.licence_until)}."
        yield Reason("licence_ended", said, bars=True)
    elif left <= SOON_DAYS:
        said = f"Their licence ends on {say(one.licence_until)}."
        yield Reason("licence_soon", said, weights.licence_soon)


def _price(need: NeedSeen, one: ProviderSeen, weights: Weights) -> Iterator[Reason]:
    if need.price is None or one.price is None:
        return
    if one.price <= need.price:
        yield Reason("price", "Their prices suit the client.", weights.price_fits)
    else:
        yield Reason("price_above", "Dearer than suits the client.", weights.price_above)


def _consent(one: ExpertiseSeen) -> Iterator[Reason]:
    if one.may_pass_on is None:
        yield Reason("not_asked", "Ask them first whether we may name them.", bars=True)
    elif not one.may_pass_on:
        yield Reason("no_consent", "They don't want to be named to others.", bars=True)


def trust(one: Candidate, weights: Weights) -> Iterator[Reason]:
    """Who vouches, how earlier referrals went, and what they declined."""
    if one.vouches:
        yield _vouches(one, weights)
    if one.why_confident.strip():
        yield Reason("why_confident", f"“{one.why_confident.strip()}”", weights.why_confident)
    yield from _outcome(one, weights)
    yield from _declined(one, weights)


def _vouches(one: Candidate, weights: Weights) -> Reason:
    known = sorted(one.vouches, key=lambda each: (not each.worked, folded(each.member)))
    points = sum(
        weights.vouch if each.worked else weights.vouch // 2
        for each in known[: weights.vouches_counted]
    )
    names = " and ".join(each.member for each in known[: weights.vouches_counted])
    more = len(known) - weights.vouches_counted
    others = f" and {more} more" if more > 0 else ""
    verb = "vouches" if len(known) == 1 else "vouch"
    return Reason("vouch", f"{names}{others} {verb} for them.", points)


def good_share(followed_up: int, good: int, weights: Weights) -> float:
    """The share of good outcomes, drawn towards one half while there are few cases (0 to 1)."""
    good = min(good, followed_up)
    return (good + weights.outcome_cases / 2) / (followed_up + weights.outcome_cases)


def _outcome(one: Candidate, weights: Weights) -> Iterator[Reason]:
    cases, good = one.outcome.followed_up, min(one.outcome.good, one.outcome.followed_up)
    if cases <= 0:
        return
    points = round(weights.outcome * (good_share(cases, good, weights) - 0.5))
    said = f"{good} of {cases} we sent before did business and were happy."
    yield Reason("outcome_good" if points >= 0 else "outcome_poor", said, points)


def _declined(one: Candidate, weights: Weights) -> Iterator[Reason]:
    for each in one.declined:
        if each.this_need:
            verb = "Didn't answer" if each.silent else "Declined"
            yield Reason("declined_this", f"{verb} this very need{_because(each.why)}.", bars=True)
            break
    before = [each for each in one.declined if not each.this_need]
    noes = [each for each in before if not each.silent]
    if noes:
        points = weights.declined * min(len(noes), weights.declined_counted)
        said = f"Declined {times(len(noes))} before{_because(noes[0].why)}."
        yield Reason("declined_before", said, points)
    silent = len(before) - len(noes)
    if silent:
        points = weights.silent * min(silent, weights.declined_counted)
        yield Reason("silent_before", f"Didn't answer {times(silent)} before.", points)


def _because(why: str) -> str:
    return f": “{why.strip()}”" if why.strip() else ""


def reciprocity(one: Candidate, weights: Weights) -> Iterator[Reason]:
    """What they gave us: said only where the law of the sector lets it count (P37)."""
    if isinstance(one, ProviderSeen) and one.ally:
        yield Reason("ally", "We have an alliance with them.", weights.ally)
    back: Exchange = one.exchange
    if back.received > 0:
        points = weights.gave_us * min(back.received, weights.gave_us_counted)
        yield Reason("gave_us", f"They gave us {counted(back.received, 'referral')}.", points)
    elif back.given >= weights.nothing_back_from:
        said = f"We gave them {back.given}, and nothing came back: find out why."
        yield Reason("nothing_back", said, weights.nothing_back)


def say(day: dt.date) -> str:
    """A day in English, as members read it."""
    return f"{day.day} {day:%B %Y}"
