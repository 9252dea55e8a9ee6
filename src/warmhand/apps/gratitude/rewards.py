"""Rewards: none until an owner chooses so, only for client to client, always disclosed (P20).

Never for an introduction inside the client's own company: there it is a conflict of interest of
theirs. The database holds that by itself (`locks.py`); here it is said in words. What the law of a
place allows beyond that is the owner's to choose; not legal advice.
"""

from __future__ import annotations

import datetime as dt
from typing import Any, Final

from babel.numbers import get_currency_precision, is_currency
from django.db.models import Q, QuerySet

from warmhand.apps.accounts import days
from warmhand.apps.asks.models import Ask
from warmhand.apps.island.actor import Actor
from warmhand.apps.island.door import one
from warmhand.apps.island.listing import searched, sorted_by
from warmhand.apps.journal import services as journal
from warmhand.apps.people.queries.records import CLIENT_WORDS, in_state, of_client, with_client
from warmhand.apps.policies.law import law_for_us
from warmhand.apps.policies.queries import current
from warmhand.problems import Conflict, Invalid
from warmhand.rulebook.policy import REWARD_FORMS

from .models import Reward

FORMS = Reward.Form.choices
PARTIES = Reward.Party.choices
DISCLOSURE_PACK: Final = "us-ftc-255"
"""The policy pack that asks for a disclosure line with every rewarded introduction."""
DISCLOSURE: Final = "We give a small reward for this introduction."
"""What the line says unless somebody says it otherwise."""
ORDERS = {"client": ("client__name",), "promised": ("promised_on",), "given": ("given_on",)}
STATES = {
    "promised": Q(given_on=None, withdrawn_on=None),
    "given": Q(given_on__isnull=False),
    "withdrawn": Q(withdrawn_on__isnull=False),
}


def check_rewardable(kind: str) -> None:
    """Refuse any kind of ask but client to client (P20), and say what to do instead."""
    if kind == Ask.Kind.COWORKER:
        raise Conflict(
            "no_reward_for_coworkers",
            "No reward goes with an introduction inside the client's own company: "
            "it would be a conflict of interest for them (P20).",
            lift="Thank them, or do them a favour. A reward may go with an introduction elsewhere.",
            details={"practice": "P20"},
        )
    if kind != Ask.Kind.CLIENT:
        raise Conflict(
            "no_reward_for_more_business",
            "A reward goes only with an introduction to somebody outside the client's company.",
            lift="Thank them, or do them a favour.",
            details={"practice": "P20"},
        )


def check_unrewarded(kind: str, **of: int) -> None:
    """Refuse that a rewarded ask or referral (`ask_id=`, `referral_id=`) becomes of another kind
    (P20).
    """
    if kind != Ask.Kind.CLIENT and Reward.held(**of).exists():
        raise Conflict(
            "no_reward_for_coworkers",
            "A reward goes with this introduction, and none may go with one inside their company "
            "or with more business (P20).",
            lift="Withdraw the reward first. One that was given stays on record with its ask.",
            details={"practice": "P20"},
        )


def promise_reward(
    *,
    by: Actor,
    ask_id: int,
    what: str,
    form: str = "in_kind",
    party: str = "giver",
    amount: int | None = None,
    currency: str = "",
    disclosure: str = "",
    pack: str = DISCLOSURE_PACK,
    referral_id: int | None = None,
    on: dt.date | None = None,
) -> Reward:
    """Promise something for an introduction to somebody outside the client's company.

    `amount` is in minor units of the ISO `currency` (2500 with EUR is 25 euros). Refused for any
    other kind of ask, where the workspace's policy allows no such reward, and without the line
    that discloses it.
    """
    ask = one(Ask, ask_id, "ask", lock=True)
    check_rewardable(ask.kind)
    _check_lawful()
    _check_allowed(form)
    _check_referral(ask, referral_id)
    _check_amount(form, amount, currency)
    for field, text in (("what", what), ("disclosure", disclosure), ("pack", pack)):
        if not text.strip():
            raise Invalid.at(field, _NEEDED[field])
    return journal.create(
        Reward,
        by=by,
        sentence=f"Promised for an introduction by {ask.client.title}: {what.strip()}.",
        client_id=ask.client_id,
        ask=ask,
        referral_id=referral_id,
        party=party,
        form=form,
        what=what.strip(),
        amount=amount,
        currency=currency if amount else "",
        disclosure=disclosure.strip(),
        pack=pack.strip(),
        promised_on=days.happened("promised_on", on),
        member_id=by.member_id,
    )


_NEEDED: Final = {
    "what": "Say what is promised.",
    "disclosure": "Write the line that tells the person introduced of the reward.",
    "pack": "Name the policy pack that asks for the line.",
}


def allowed_forms() -> tuple[str, ...]:
    """Which forms of reward the workspace's policy allows now; none until an owner chooses."""
    upto = REWARD_FORMS.index(current().policy.rewards)
    return REWARD_FORMS[1 : upto + 1]


def _check_lawful() -> None:
    """Refuse a reward where the law of our own trade and place forbids it; no setting lifts it."""
    pack = law_for_us(days.today()).no_rewards
    if pack is not None:
        raise Conflict(
            "reward_unlawful",
            f"No reward can be promised ({pack.title}): {pack.why}",
            lift="Thank them, or do them a favour. Your own counsel knows what else is lawful.",
            details={"pack": pack.id},
        )


def _check_allowed(form: str) -> None:
    if form not in Reward.Form.values:
        raise Invalid.at("form", f"Choose one of: {', '.join(Reward.Form.values)}.")
    allowed = allowed_forms()
    if form in allowed:
        return
    told = "No rewards" if not allowed else f"No reward of this form ({Reward.Form(form).label})"
    raise Conflict(
        "reward_not_allowed",
        f"{told}: that is what this workspace's policy says.",
        lift="An owner can allow it under Policy, after looking at the law that holds for you.",
    )


def _check_referral(ask: Ask, referral_id: int | None) -> None:
    """The referral came of this ask."""
    if referral_id is None:
        return
    came: Any = Ask._meta.get_field("referrals").related_model  # kept by `referrals`, above
    if one(came, referral_id, "referral").ask_id != ask.pk:
        raise Invalid.at("referral_id", "This referral did not come of that ask.")


def _check_amount(form: str, amount: int | None, currency: str) -> None:
    if form != Reward.Form.IN_KIND and not amount:
        raise Invalid.at("amount", "Say how much.")
    if amount is not None and amount < 1:
        raise Invalid.at("amount", "An amount is at least 1, in the currency's smallest unit.")
    if amount and not is_currency(currency):
        raise Invalid.at("currency", "Name the currency by its three letters, such as EUR.")


def minor_digits(currency: str) -> int:
    """How many digits the smallest unit of a currency has: 2 for EUR, 0 for JPY."""
    return int(get_currency_precision(currency))


def give_reward(*, by: Actor, reward_id: int, on: dt.date | None = None) -> Reward:
    """What was promised is given."""
    reward = reward_by_id(reward_id, lock=True)
    _check_open(reward)
    sentence = f"Given for an introduction by {reward.client.title}: {reward.what}."
    given_on = days.happened("given_on", on)
    return journal.change(reward, by=by, sentence=sentence, given_on=given_on)


def withdraw_reward(*, by: Actor, reward_id: int, why: str, on: dt.date | None = None) -> Reward:
    """What was promised won't be given, and why; the ask is free of it from then on."""
    reward = reward_by_id(reward_id, lock=True)
    _check_open(reward)
    if not why.strip():
        raise Invalid.at("why", "Say why; somebody counted on it.")
    sentence = f"Withdrawn: {reward.what}, promised to {reward.client.title}."
    withdrawn_on = days.happened("withdrawn_on", on)
    return journal.change(reward, by=by, sentence=sentence, why=why, withdrawn_on=withdrawn_on)


def _check_open(reward: Reward) -> None:
    if reward.state != "promised":
        raise Conflict(
            "reward_settled",
            f"This reward is {reward.state} already.",
            lift="Reload the page to see how it stands.",
        )


def remove_reward(*, by: Actor, reward_id: int, why: str = "") -> Reward:
    """Take a promise off the record, as entered by mistake; what was given stays."""
    reward = reward_by_id(reward_id, lock=True)
    if reward.given_on is not None:
        raise Conflict(
            "reward_was_given",
            "What was given stays on record.",
            lift="If it never was given, undo that first.",
        )
    sentence = f"Removed a reward of {reward.client.title}: {reward.what}."
    return journal.remove(reward, by=by, sentence=sentence, why=why)


def reward_by_id(reward_id: int, *, lock: bool = False) -> Reward:
    """One reward: the one door from an id to it."""
    related = ("client", "ask", "referral", "member")
    return one(Reward, reward_id, "reward", lock=lock, related=related)


def rewards(
    *,
    search: str = "",
    client_id: int | None = None,
    ask_id: int | None = None,
    state: str = "",
    sort: str = "",
) -> QuerySet[Reward]:
    """Rewards, latest promise first; `state` is promised, given or withdrawn."""
    rows = of_client(with_client(Reward, "ask", "referral", "member"), client_id)
    if ask_id is not None:
        rows = rows.filter(ask_id=ask_id)
    rows = in_state(rows, state, STATES)
    return sorted_by(searched(rows, search, "what", *CLIENT_WORDS), sort, ORDERS)
