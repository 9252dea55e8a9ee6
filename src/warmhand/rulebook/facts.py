"""Every fact about a client: its name, unit, sentence, practice number, default and one definition.

Facts know nothing of a policy: stored with an ask, they can be decided again under any other.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any, Final

from . import sources as s
from .declare import NEVER, FactInfo, age, count, countdown, flag, latest, lowest, workspace
from .sources import OUTCOMES, REFERRAL_OUTCOMES

_open_commitment = s.COMMITMENT["cancelled"].equals(0) & s.COMMITMENT.any("delivered_day").missing
_delivered = s.COMMITMENT["cancelled"].equals(0) & s.COMMITMENT.any("delivered_day").present
_on_time = s.COMMITMENT.any("delivered_day").otherwise(0) <= s.COMMITMENT.any("due_day").otherwise(
    NEVER * 10
)
_solved = s.CASE.any("resolved_day").present
_asked = ~s.ASK.any("outcome").otherwise(0).equals(OUTCOMES["not_asked"])
_refused = s.ASK.any("outcome").otherwise(0).equals(OUTCOMES["no"])
_promised = s.FAVOUR.any("done_day").missing
_noted = s.NEED["met"].equals(0)
_for_others = _noted & s.NEED["for_us"].equals(0)
_idle = s.NEED["under_way"].equals(0)
_urgent = _idle & ~s.NEED["urgent"].equals(0)
_served = _idle & ~s.NEED["served"].equals(0) & ~s.NEED.any("may_pass_on").otherwise(1).equals(0)


_ORDER: Final = ("", "", "second", "third", "fourth", "fifth", "sixth")


def _ask_age(nth: int, by: str) -> Any:
    whom = "this person" if by == "client" else "anybody at the company"
    which = "latest ask" if nth == 1 else f"{_ORDER[nth]} latest ask"
    sentence = f"Days since the {which} of {whom}"
    return age(s.ASK, s.ASK["day"], _asked, nth=nth, by=by, sentence=sentence, practice="P16")


def _busy(nth: int, column: str, sentence: str, plus: int = 0) -> Any:
    # Periods never touch, so the n-th lowest start and the n-th lowest end are of the same period.
    not_over = s.BUSY["end_day"] >= s.TODAY
    return countdown(
        s.BUSY,
        s.BUSY[column],
        not_over,
        nth=nth,
        by="company",
        plus=plus,
        sentence=sentence,
        practice="P15",
    )


def _override(code: str) -> Any:
    return countdown(
        s.OVERRIDE,
        s.OVERRIDE["until_day"],
        s.OVERRIDE.word("code").equals(code),
        highest=True,
        default=-NEVER,
        practice="P16",
        sentence=f"Days for which somebody has lifted {code}",
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What is known of one client on one day. Whole numbers, never null.

    Ages are days since, countdowns days until (negative when past); NEVER or -NEVER where there
    is nothing.
    """

    do_not_ask: int = flag(
        s.CLIENT,
        s.CLIENT["do_not_ask"],
        sentence="The client wishes not to be asked",
        practice="P18",
    )
    do_not_ask_ends_in: int = countdown(
        s.CLIENT,
        s.CLIENT.any("do_not_ask_until"),
        sentence="Days until that wish ends",
        practice="P18",
    )
    tenure: int = age(
        s.CLIENT,
        s.CLIENT.any("since_day"),
        sentence="Days since they became our client (unknown counts as long ago)",
        practice="E9",
    )
    consent: int = latest(
        s.CONSENT,
        s.CONSENT["given"],
        s.CONSENT["day"],
        s.CONSENT["id"],
        sentence="Consent: 1 given, 0 withdrawn, -1 not recorded",
        practice="P24",
    )
    commitments: int = count(
        s.COMMITMENT,
        s.COMMITMENT["cancelled"].equals(0),
        sentence="Things agreed with them",
        practice="P3",
    )
    delivered: int = count(
        s.COMMITMENT, _delivered, sentence="Agreed things delivered", practice="P3"
    )
    delivered_on_time: int = count(
        s.COMMITMENT,
        _delivered & _on_time,
        sentence="Agreed things delivered on or before the day",
        practice="P3",
    )
    days_since_delivery: int = age(
        s.COMMITMENT,
        s.COMMITMENT.any("delivered_day"),
        _delivered,
        sentence="Days since we last delivered",
        practice="P15",
    )
    days_since_proof: int = age(
        s.COMMITMENT,
        s.COMMITMENT.any("delivered_day"),
        _delivered & _on_time & s.COMMITMENT["has_evidence"].equals(1),
        sentence="Days since we last delivered on time with something to show",
        practice="P17",
    )
    next_due_in: int = countdown(
        s.COMMITMENT,
        s.COMMITMENT.any("due_day"),
        _open_commitment,
        sentence="Days until the next agreed thing is due",
        practice="P3",
    )
    open_cases: int = count(
        s.CASE, s.CASE.any("resolved_day").missing, sentence="Cases still open", practice="P11"
    )
    unconfirmed_cases: int = count(
        s.CASE,
        _solved & s.CASE.any("confirmed_day").missing,
        sentence="Solved cases that the client has not confirmed",
        practice="P12",
    )
    days_since_unconfirmed: int = age(
        s.CASE,
        s.CASE.any("resolved_day"),
        s.CASE.any("confirmed_day").missing,
        sentence="Days since the latest of those was solved",
        practice="P12",
    )
    days_since_confirmed: int = age(
        s.CASE,
        s.CASE.any("confirmed_day"),
        _solved,
        sentence="Days since the client confirmed that a case is solved",
        practice="P11",
    )
    last_score: int = latest(
        s.RATING,
        s.RATING["score"],
        s.RATING["day"],
        s.RATING["id"],
        sentence="The latest rating, 0 to 10; -1 for none",
        practice="P14",
    )
    days_since_rating: int = age(
        s.RATING, s.RATING["day"], sentence="Days since the latest rating", practice="P14"
    )
    lowest_open_score: int = lowest(
        s.RATING,
        s.RATING["score"],
        s.RATING.any("recovered_day").missing,
        default=NEVER,
        sentence="The lowest rating that was not made good",
        practice="P7",
    )
    days_since_recovery: int = age(
        s.RATING,
        s.RATING.any("recovered_day"),
        sentence="Days since we last made good",
        practice="P7",
    )
    would_introduce: int = latest(
        s.SURVEY,
        s.SURVEY.any("would_introduce"),
        s.SURVEY["day"],
        s.SURVEY["id"],
        sentence="Latest answer to 'would you introduce us?', 0 to 10; -1 for none",
        practice="P8",
    )
    days_since_review: int = age(
        s.REVIEW,
        s.REVIEW["held_day"],
        sentence="Days since the latest review meeting",
        practice="P14",
    )
    last_review_score: int = latest(
        s.REVIEW,
        s.REVIEW.any("rating"),
        s.REVIEW["held_day"],
        sentence="The rating given in the latest rated review; -1 for none",
        practice="P14",
    )
    busy_starts_in: int = _busy(1, "start_day", "Days until their busy time starts")
    busy_days_left: int = _busy(1, "end_day", "Days until their busy time is over", plus=1)
    next_busy_starts_in: int = _busy(2, "start_day", "Days until the busy time after that starts")
    next_busy_days_left: int = _busy(2, "end_day", "Days until that one is over", plus=1)
    favours: int = count(
        s.FAVOUR,
        s.FAVOUR.any("done_day").present,
        sentence="Unpaid favours done for them",
        practice="P9",
    )
    days_since_favour: int = age(
        s.FAVOUR, s.FAVOUR.any("done_day"), sentence="Days since the latest favour", practice="P9"
    )
    favour_due_in: int = countdown(
        s.FAVOUR,
        s.FAVOUR.any("due_day"),
        _promised,
        sentence="Days until a promised favour is due",
        practice="P9",
    )
    needs: int = count(
        s.NEED,
        _for_others,
        sentence="Needs of theirs that somebody else could serve",
        practice="P29",
    )
    needs_to_pass_on: int = count(
        s.NEED,
        _for_others & s.NEED.any("may_pass_on").otherwise(0).equals(1),
        sentence="Those of them that we may tell others of",
        practice="P32",
    )
    needs_urgent: int = count(
        s.NEED,
        _for_others & _urgent,
        sentence="Those of them that are for now, and for which nothing is under way",
        practice="P29",
    )
    needs_served: int = count(
        s.NEED,
        _for_others & _served,
        sentence="Those of them for which the directory has somebody, and no 'no' from the client",
        practice="P31",
    )
    needs_urgent_served: int = count(
        s.NEED,
        _for_others & _urgent & _served,
        sentence="Those for now for which the directory has somebody",
        practice="P31",
    )
    needs_for_us: int = count(
        s.NEED,
        _noted & ~s.NEED["for_us"].equals(0),
        sentence="Needs of theirs that we could serve",
        practice="P19",
    )
    given: int = count(s.GIVEN, sentence="Referrals we gave them", practice="P28")
    days_since_given: int = age(
        s.GIVEN, s.GIVEN["day"], sentence="Days since we gave them a referral", practice="P28"
    )
    unheard: int = count(
        s.GIVEN,
        s.GIVEN["heard"].equals(0),
        sentence="Referrals we gave them of which neither side has told us",
        practice="P34",
    )
    keys_inside: int = count(
        s.KEY,
        ~s.KEY["inside"].equals(0),
        sentence="People inside their company whom they know",
        practice="P1",
    )
    keys_outside: int = count(
        s.KEY,
        s.KEY["inside"].equals(0),
        sentence="People elsewhere whom they know",
        practice="P1",
    )
    asks: int = count(s.ASK, _asked, sentence="Times they were asked", practice="P16")
    open_asks: int = count(
        s.ASK,
        s.ASK.any("outcome").missing,
        sentence="Asks whose answer is not recorded",
        practice="P21",
    )
    days_since_ask_1: int = _ask_age(1, "client")
    days_since_ask_2: int = _ask_age(2, "client")
    days_since_ask_3: int = _ask_age(3, "client")
    days_since_ask_4: int = _ask_age(4, "client")
    days_since_company_ask_1: int = _ask_age(1, "company")
    days_since_company_ask_2: int = _ask_age(2, "company")
    days_since_company_ask_3: int = _ask_age(3, "company")
    days_since_company_ask_4: int = _ask_age(4, "company")
    days_since_company_ask_5: int = _ask_age(5, "company")
    days_since_company_ask_6: int = _ask_age(6, "company")
    days_since_refusal: int = age(
        s.ASK,
        s.ASK.any("outcome_day"),
        _refused,
        sentence="Days since they said no",
        practice="P18",
    )
    days_since_refusal_2: int = age(
        s.ASK,
        s.ASK.any("outcome_day"),
        _refused,
        nth=2,
        sentence="Days since the no before that",
        practice="P18",
    )
    later_in: int = countdown(
        s.ASK,
        s.ASK.any("later_day"),
        s.ASK.any("outcome").otherwise(0).equals(OUTCOMES["later"]),
        highest=True,
        default=-NEVER,
        sentence="Days until the day for which they put us off",
        practice="P18",
    )
    referrals: int = count(s.REFERRAL, sentence="Referrals they gave us", practice="P2")
    referrals_won: int = count(
        s.REFERRAL,
        s.REFERRAL["outcome"].equals(REFERRAL_OUTCOMES["became_client"]),
        sentence="Their referrals that became clients",
        practice="P2",
    )
    days_since_referral: int = age(
        s.REFERRAL,
        s.REFERRAL["received_day"],
        sentence="Days since their latest referral",
        practice="P2",
    )
    hurts: int = count(
        s.REFERRAL,
        s.REFERRAL.any("hurt_day").present & s.REFERRAL.any("mended_day").missing,
        sentence="Referrals in which we hurt their name and have not mended it",
        practice="P2",
    )
    days_since_pass: int = age(
        s.PASS,
        s.PASS["day"],
        sentence="Days since we gave them something to pass on",
        practice="P22",
    )
    thanks_owed: int = count(
        s.THANKS, s.THANKS.any("given_day").missing, sentence="Thank-yous owed", practice="P26"
    )
    offers_active: int = workspace(
        sentence="Offers of ours that can be passed on now", practice="P22"
    )
    override_asked_recently: int = _override("asked_recently")
    override_ask_budget_spent: int = _override("ask_budget_spent")
    override_company_budget_spent: int = _override("company_budget_spent")
    override_busy_time: int = _override("busy_time")
    override_not_cultivated: int = _override("not_cultivated")
    override_too_new: int = _override("too_new")

    def as_dict(self) -> dict[str, int]:
        """Plain numbers by name, as stored with an ask."""
        return {name: getattr(self, name) for name in FACTS}


FACTS: Final[Mapping[str, FactInfo]] = {
    each.name: FactInfo(name=each.name, **each.metadata) for each in fields(Facts)
}
"""Every fact by name."""

OVERRIDABLE: Final = tuple(
    name.removeprefix("override_") for name in FACTS if name.startswith("override_")
)
"""Codes that somebody may lift: only what is ours to lift."""

_STEPS: Final = {name: info.unit.step for name, info in FACTS.items()}


def advance(facts: Facts, days: int) -> Facts:
    """The same facts so many days later, if nothing happens meanwhile.

    Exact: only ages and countdowns move. Busy times are carried two ahead; what lies behind them
    is not known here.
    """
    return Facts(**moved(facts.as_dict(), days))


def moved(values: Mapping[str, int], days: int) -> dict[str, int]:
    """Some facts by name, so many days later; what never happened stays so."""
    return {
        name: value + _STEPS[name] * days if -NEVER < value < NEVER else value
        for name, value in values.items()
    }


def facts_from(values: Mapping[str, int]) -> Facts:
    """Facts out of stored numbers; a fact that did not exist then keeps its default."""
    return Facts(**{name: value for name, value in values.items() if name in FACTS})
