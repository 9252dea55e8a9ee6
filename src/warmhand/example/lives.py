"""Two years with an ordinary client: work, concerns, favours, asks, as chance will have it."""

from __future__ import annotations

import datetime as dt
import random
from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

from warmhand.apps.accounts.models import Member
from warmhand.apps.asks.models import Ask, CoworkerPlan, CoworkerTask
from warmhand.apps.asks.plans import proposed
from warmhand.apps.giving.models import Favour, Need, ReferralGiven
from warmhand.apps.gratitude.models import ThankYou
from warmhand.apps.offers.models import OfferPass
from warmhand.apps.people.models import Client, Consent, KeyRingEntry
from warmhand.apps.referrals.models import ReferralReceived
from warmhand.apps.work.models import Case, Commitment, Rating, Review, Survey
from warmhand.wording import Channel, Formality, Kind, Moment, Wording

from . import words
from .giving import outcome_of, said_of
from .ledger import Draft, Ledger

HISTORY_DAYS = 730
ASK_REST = 100
COMPANY_ASK_REST = 190


@dataclass(slots=True)
class Setting:
    """What all lives share: the ledger, chance, the day it is, the offers, who was asked when."""

    ledger: Ledger
    chance: random.Random
    today: dt.date
    offers: list[Any]
    asked: dict[int, list[dt.date]] = field(default_factory=lambda: defaultdict(list))


@dataclass(slots=True)
class Life:
    """One client's life: `care` (0 to 1) is how well they are looked after."""

    setting: Setting
    client: Client
    keeper: Member
    care: float
    since: dt.date

    @property
    def chance(self) -> random.Random:
        """The one source of chance."""
        return self.setting.chance

    def happens(self, share: float) -> bool:
        """Whether something of this likelihood happens."""
        return self.chance.random() < share

    def add(self, model: Any, on: dt.date, sentence: str, /, **values: Any) -> Draft:
        """A record of this client."""
        client = self.client
        return self.setting.ledger.add(model, on, self.keeper, sentence, client=client, **values)

    def later(self, day: dt.date, low: int, high: int) -> dt.date:
        """Some working day so many days later."""
        return working(day + dt.timedelta(days=self.chance.randint(low, high)))

    def past(self, day: dt.date) -> bool:
        """Whether the day is over."""
        return day < self.setting.today


def working(day: dt.date) -> dt.date:
    """The day, or the Friday before a weekend."""
    return day - dt.timedelta(days=max(0, day.weekday() - 4))


def live(life: Life) -> None:
    """Write one client's life into the ledger."""
    if life.happens(0.85):
        consent(life)
    work(life)
    concerns(life)
    know(life)
    give(life)
    answer(life)
    meet(life)
    ask(life)
    if life.happens(0.3 * life.care):
        introduced(life, life.later(life.since, 100, 720))


def consent(life: Life) -> None:
    """A yes at the start; now and then taken back."""
    on = life.later(life.since, 10, 90)
    if not life.past(on):
        return
    name = life.client.name
    words_said = "You may ask me, if it helps somebody."
    life.add(Consent, on, f"{name} gave consent.", given=True, on=on, words=words_said)
    withdrawn = life.later(on, 100, 500)
    if life.happens(0.03) and life.past(withdrawn):
        life.add(Consent, withdrawn, f"{name} withdrew consent.", given=False, on=withdrawn)


def work(life: Life) -> None:
    """Agreed, delivered, rated; what is due next lies ahead, seldom behind."""
    day = life.later(life.since, 5, 40)
    agreed = life.chance.sample(words.AGREED, len(words.AGREED))
    while life.past(day) and agreed:
        kind, title, target = agreed.pop()
        due = life.later(day, 20, 75)
        commitment = life.add(
            Commitment, day, f"Agreed: {title}.", kind=kind, title=title, target=target,
            agreed_on=day, agreed_by=life.client.name, due_on=due, member=life.keeper,
        )  # fmt: skip
        deliver(life, commitment, day, due)
        day = life.later(due, 60, 230)


def deliver(life: Life, commitment: Draft, agreed: dt.date, due: dt.date) -> None:
    """Mostly on time, sometimes late, seldom forgotten or cancelled."""
    title = commitment.record.title
    luck = life.chance.random()
    if luck < 0.03 and life.past(due):
        commitment.then(due, life.keeper, f"Cancelled: {title}.", cancelled_on=due)
        return
    late = luck > 0.9
    on = life.later(due, 1, 20) if late else max(agreed, life.later(due, -12, 0))
    forgotten = not late and luck > 0.78 and (life.setting.today - due).days < 60
    if forgotten or not life.past(on):
        return
    values: dict[str, Any] = {"delivered_on": on}
    if life.happens(0.5 + life.care / 2):
        values["evidence_kind"], values["evidence"] = life.chance.choice(words.EVIDENCE)
    commitment.then(on, life.keeper, f"Delivered: {title}.", **values)
    if life.happens(0.55 + life.care / 2):
        rate(life, life.later(on, 2, 14), late, source="commitment", commitment=commitment.record)


def rate(life: Life, on: dt.date, annoyed: bool = False, **about: Any) -> None:
    """How they liked it. Who is unhappy is won back, save for some of the latest."""
    if not life.past(on):
        return
    scores = (2, 3, 3, 4, 6, 7) if annoyed else (2, 4, 6, 7, 8, 8, 8, 9, 9, 9, 9, 9, 10, 10, 10)
    score = life.chance.choice(scores)
    said = words.HAPPY_WORDS if score > 7 else words.SO_SO_WORDS
    rating = life.add(
        Rating, on, f"{life.client.name} rated us {score} of 10.", on=on, score=score,
        words=life.chance.choice(said if score > 4 else words.UNHAPPY_WORDS), **about,
    )  # fmt: skip
    mended = life.later(on, 10, 60)
    if score <= 4 and life.past(mended):
        sentence = f"Made good with {life.client.name} after a rating of {score}."
        rating.then(mended, life.keeper, sentence, recovered_on=mended)


def concerns(life: Life) -> None:
    """Cases: opened, resolved, mostly confirmed; the latest may be under way."""
    day = life.later(life.since, 30, 300)
    while life.past(day):
        title = life.chance.choice(words.CASES)
        case = life.add(
            Case, day, f"Opened the case '{title}' of {life.client.name}.", title=title,
            opened_on=day, member=life.keeper,
        )  # fmt: skip
        resolve(life, case, life.later(day, 1, 12))
        day = life.later(day, 90, 500)


def resolve(life: Life, case: Draft, on: dt.date) -> None:
    """We resolve it; they confirm, if somebody asks them."""
    title = case.record.title
    if not life.past(on):
        return
    case.then(on, life.keeper, f"Resolved: the case '{title}'.", resolved_on=on)
    confirmed = life.later(on, 1, 9)
    if life.past(confirmed) and life.happens(0.86 + life.care / 8):
        sentence = f"The client confirmed as solved: the case '{title}'."
        case.then(confirmed, life.keeper, sentence, confirmed_on=confirmed)


def know(life: Life) -> None:
    """Whom they know, as far as we have heard."""
    for _ in range(life.chance.choice((0, 0, 1, 1, 2, 3))):
        on = life.later(life.since, 60, 600)
        if life.past(on):
            place = life.chance.choice(words.PLACES)
            name = f"{life.chance.choice(place.given)} {life.chance.choice(place.family)}"
            life.add(
                KeyRingEntry, on, f"Added a key to the ring of {life.client.name}.", name=name,
                inside=life.happens(0.5), closeness=life.chance.randint(2, 5),
                relation=life.chance.choice(words.HOW_THEY_KNOW), confirmed_on=on,
            )  # fmt: skip


def give(life: Life) -> None:
    """Favours, in the rhythm of who looks after them; needs, met now and then."""
    day = life.later(life.since, 30, 200)
    while life.past(day):
        if life.happens(life.care):
            favour(life, day)
        day = life.later(day, 60, 170)
    for _ in range(life.chance.choice((0, 0, 1, 1, 2))):
        need(life, life.later(life.since, 60, 700))


def favour(life: Life, on: dt.date) -> None:
    """Something unpaid; some were promised first."""
    kind, what = life.chance.choice(words.FAVOURS)
    minutes = life.chance.choice((10, 15, 30, 45, 60, 90))
    done = {"done_on": on, "minutes": minutes, "outcome": outcome_of(what, on)}
    name = life.client.name
    if life.happens(0.2):
        promised = working(on - dt.timedelta(days=life.chance.randint(5, 20)))
        draft = life.add(
            Favour, promised, f"Promised {name}: {what}.", what=what, kind=kind,
            promised_on=promised, due_on=life.later(on, 0, 6), member=life.keeper,
        )  # fmt: skip
        draft.then(on, life.keeper, f"Did for {name} as promised: {what}.", **done)
    else:
        sentence = f"Did for {name}: {what}."
        life.add(Favour, on, sentence, what=what, kind=kind, member=life.keeper, **done)


def need(life: Life, on: dt.date) -> None:
    """They need something: from us, or from somebody we know."""
    if not life.past(on):
        return
    for_us = life.happens(0.3)
    said = life.chance.choice(words.NEEDS_FOR_US if for_us else words.NEEDS)
    sentence = f"{life.client.name} needs: {said}."
    told = {} if for_us else said_of(on, life.setting.today)
    noted = life.add(Need, on, sentence, words=said, noted_on=on, for_us=for_us, **told)
    met = life.later(on, 10, 60)
    if not life.past(met) or not life.happens(0.2 + life.care / 2):
        return
    noted.then(met, life.keeper, f"Met the need of {life.client.name}: {said}.", met_on=met)
    if not for_us:
        provider = life.chance.choice(words.PROVIDERS)
        life.add(
            ReferralGiven, met, f"Referred {life.client.name} to {provider}.", provider=provider,
            given_on=met, need=noted.record, member=life.keeper,
            why_confident="They did the same for two other clients of ours.",
        )  # fmt: skip


def answer(life: Life) -> None:
    """A survey a year; half of them are answered. Recommending isn't introducing (P8)."""
    day = life.later(life.since, 120, 365)
    while life.past(day):
        survey = life.add(Survey, day, f"Sent a survey to {life.client.name}.", sent_on=day)
        on = life.later(day, 1, 12)
        if life.past(on) and life.happens(0.5):
            satisfied = life.chance.choice((6, 7, 8, 8, 9, 9, 9, 10, 10))
            survey.then(
                on, life.keeper, f"{life.client.name} answered a survey.", answered_on=on,
                satisfied=satisfied, would_recommend=max(0, satisfied - life.chance.randint(0, 2)),
                would_be_reference=max(0, satisfied - life.chance.randint(0, 5)),
                would_introduce=max(0, satisfied - life.chance.randint(0, 8)),
            )  # fmt: skip
            life.add(
                Rating, on, f"{life.client.name} rated us {satisfied} of 10.", on=on,
                score=satisfied, source="survey", survey=survey.record,
            )  # fmt: skip
        day = life.later(day, 340, 400)


def meet(life: Life) -> None:
    """Review meetings with those who are looked after."""
    day = life.later(life.since, 150, 400)
    while life.past(day):
        if life.happens(life.care * 0.8):
            rating = life.chance.choice((6, 7, 8, 8, 9, 9, 10))
            review = life.add(
                Review, day, f"Held a review with {life.client.name}.", held_on=day, rating=rating
            )
            life.add(
                Rating, day, f"{life.client.name} rated us {rating} of 10.", on=day, score=rating,
                source="review", review=review.record,
            )  # fmt: skip
        day = life.later(day, 180, 300)


def ask(life: Life) -> None:
    """Asks and offers, with room between them for the person and their company."""
    day = life.later(life.since, 150, 380)
    while life.past(day):
        if life.happens(0.5 * life.care):
            offer = life.chance.choice(life.setting.offers)
            sentence = f"Gave {life.client.name} to pass on: {offer.title}."
            life.add(OfferPass, day, sentence, offer=offer, member=life.keeper, given_on=day)
        elif life.happens(0.8 * life.care) and _company_rested(life, day):
            asked(life, day)
        day = life.later(day, ASK_REST, 190)


def _company_rested(life: Life, day: dt.date) -> bool:
    known = life.setting.asked[id(life.client.company)]
    return all(abs((day - other).days) >= COMPANY_ASK_REST for other in known)


OUTCOMES = ("name", "name", "will_introduce", "passed_on", "later", "no", "not_asked")
SAID = {
    "no": "Not my way, but thank you for asking.",
    "later": "Ask me again when the audit is over.",
    "not_asked": "They were in a hurry; it was not the moment.",
}


def asked(life: Life, on: dt.date) -> None:
    """One ask, its outcome, and what came of it."""
    life.setting.asked[id(life.client.company)].append(on)
    told = life.later(on, 0, 6)
    draft = _ask(life, on)
    outcome = life.chance.choice(OUTCOMES)
    inside = draft.record.kind == "ask_coworker"
    if inside:
        meet_inside(life, draft.record, told, goes_on=outcome not in ("later", "no", "not_asked"))
    if life.past(told):
        _end(life, draft, outcome, told)


def _ask(life: Life, on: dt.date) -> Draft:
    """How it was asked: each moment has its wordings, and some find their own words."""
    moment = life.chance.choice(("case", "case", "review", "other"))
    own = life.happens(0.25)
    formality = life.chance.choice(("relaxed", "neutral", "neutral", "formal"))
    kind = life.chance.choice(("ask", "ask", "ask_coworker", "ask_more"))
    channel = life.chance.choice(("spoken", "spoken", "email"))
    made = Wording((), Kind(kind), Moment(moment), Channel(channel), Formality(formality))
    return life.add(
        Ask, on, f"Asked {life.client.name}.", company=life.client.company, member=life.keeper,
        kind=kind, asked_on=on, channel=channel, asked_at=_noon(on),
        moment=moment, formality="" if own else formality,
        variant="own" if own else made.variant,
        words=life.chance.choice(words.ASK_WORDS),
    )  # fmt: skip


def _end(life: Life, draft: Draft, outcome: str, told: dt.date) -> None:
    """How it ended, with what that end needs, and the three things that asking brought."""
    values: dict[str, Any] = {
        "outcome": outcome, "outcome_on": told, "outcome_words": SAID.get(outcome, ""),
    }  # fmt: skip
    if outcome == "later":
        values["later_on"] = life.later(told, 20, 120)
    if outcome == "will_introduce" and (life.setting.today - told).days < 40:
        values["follow_up_on"] = life.later(told, 8, 30)
    if outcome == "passed_on":
        values["offer"] = life.setting.offers[0]
        pass_on(life, told)
    benefits = ("resolved_confirmed", "trust_confirmed", "help_offered")
    values |= {name: life.happens(0.7) for name in benefits}
    label = Ask.Outcome(outcome).label.lower()
    draft.then(told, life.keeper, f"{life.client.name}: {label}.", **values)
    if outcome == "name":
        introduced(life, told, draft.record)


def pass_on(life: Life, on: dt.date) -> None:
    """The open offer, put into their hands."""
    offer = life.setting.offers[0]
    sentence = f"Gave {life.client.name} to pass on: {offer.title}."
    life.add(OfferPass, on, sentence, offer=offer, member=life.keeper, given_on=on)


def meet_inside(life: Life, ask_record: Any, on: dt.date, *, goes_on: bool) -> None:
    """The plan of an introduction inside the company; its steps are done, save for the latest."""
    plan = life.add(
        CoworkerPlan, on, f"Planned an introduction inside the company of {life.client.name}.",
        ask=ask_record, department=life.chance.choice(("Purchasing", "Operations", "Finance")),
        meeting=life.chance.choice(("lunch", "lunch", "call")),
        meeting_on=life.later(on, 10, 20) if goes_on else None,
    )  # fmt: skip
    for step, what, due_on in proposed(plan.record, on):
        sentence = f"{life.client.name}: {what}."
        task = life.add(
            CoworkerTask, on, sentence, plan=plan.record, step=step.code, what=what, due_on=due_on
        )
        if goes_on and life.past(due_on) and (life.setting.today - due_on).days > 5:
            task.then(due_on, life.keeper, f"Done: {what}.", done_on=due_on)


def _noon(day: dt.date) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(12), tzinfo=dt.UTC)


def introduced(life: Life, on: dt.date, ask_record: Any = None) -> None:
    """Somebody new, asked for or not, thanked for at receipt and at the outcome (P26)."""
    if not life.past(on):
        return
    place = life.chance.choice(words.PLACES)
    person = f"{life.chance.choice(place.given)} {life.chance.choice(place.family)}"
    name = life.client.name
    referral = life.add(
        ReferralReceived, on, f"{name} introduced {person}.", new_person=person,
        received_on=on, ask=ask_record, kind=ask_record.kind if ask_record else "ask",
    )  # fmt: skip
    thank(life, on, f"for introducing {person}", referral.record, "receipt")
    known = life.later(on, 25, 120)
    if not life.past(known):
        return
    outcome = life.chance.choice(("became_client", "became_client", "not_now", "lost"))
    label = ReferralReceived.Outcome(outcome).label.lower()
    sentence = f"{person}, introduced by {name}: {label}."
    referral.then(known, life.keeper, sentence, outcome=outcome, outcome_on=known)
    thank(life, known, f"at the outcome of introducing {person}", referral.record, "outcome")


def thank(life: Life, on: dt.date, what: str, referral: Any, occasion: str) -> None:
    """Owed at once; given soon, save for some of the latest."""
    owed = life.add(
        ThankYou, on, f"We owe {life.client.name} thanks {what}.", words=what, referral=referral,
        occasion=occasion, owed_on=on, due_on=on + dt.timedelta(days=1),
    )  # fmt: skip
    given = life.later(on, 0, 7)
    if life.past(given) and (life.happens(0.7) or (life.setting.today - on).days > 45):
        how = life.chance.choice(words.THANKS)
        sentence = f"Thanked {life.client.name} {what}."
        owed.then(given, life.keeper, sentence, given_on=given, how=how, member=life.keeper)
