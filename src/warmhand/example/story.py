"""A dozen clients with names, each the story of one move; the tutorial meets some of them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from warmhand.apps.asks.models import Ask, CoworkerPlan, CoworkerTask
from warmhand.apps.asks.plans import proposed
from warmhand.apps.giving.models import Favour, Need
from warmhand.apps.gratitude.models import ThankYou
from warmhand.apps.people.models import Consent, KeyRingEntry
from warmhand.apps.referrals.models import ReferralReceived
from warmhand.apps.work.models import Case, Commitment, Rating, Survey

from . import giving, meetings
from .lives import Life, pass_on
from .served import well_served


@dataclass(frozen=True, slots=True)
class Character:
    """A named client: the move that is right today, and what made it so."""

    name: str
    company: str
    job: str
    move: str
    parts: tuple[Callable[[Life], None], ...]


def ago(life: Life, days: int) -> dt.date:
    """So many days before today: stories keep to the day, weekends or not."""
    return life.setting.today - dt.timedelta(days=days)


def says_yes(life: Life) -> None:
    """Consent, long ago."""
    on = ago(life, 480)
    said = "Of course you may ask me."
    life.add(Consent, on, f"{life.client.name} gave consent.", given=True, on=on, words=said)


def delivered(life: Life) -> None:
    """Agreed, delivered ten days early, with something to show."""
    agreed, on = ago(life, 120), ago(life, 50)
    title = "Stock control with hand scanners"
    commitment = life.add(
        Commitment, agreed, f"Agreed: {title}.", kind="project", title=title,
        target="count a third faster", agreed_on=agreed, agreed_by=life.client.name,
        due_on=ago(life, 40), member=life.keeper,
    )  # fmt: skip
    commitment.then(
        on, life.keeper, f"Delivered: {title}.", delivered_on=on, evidence_kind="figure",
        evidence="Counting takes 38 % less time; ten days early",
    )  # fmt: skip


def happy(life: Life) -> None:
    """And happy with it."""
    _rated(life, 45, 9, "You kept every date, and my team noticed.")


def unhappy(life: Life) -> None:
    """Something went wrong last week."""
    _rated(life, 6, 2, "Nobody called back for three days.")


def _rated(life: Life, days: int, score: int, said: str) -> None:
    on = ago(life, days)
    sentence = f"{life.client.name} rated us {score} of 10."
    life.add(Rating, on, sentence, on=on, score=score, words=said, source="note")


def given_to(life: Life) -> None:
    """A favour three weeks ago."""
    on, what = ago(life, 21), "Found them a notary within a day"
    life.add(
        Favour, on, f"Did for {life.client.name}: {what}.", what=what, done_on=on, minutes=30,
        member=life.keeper,
    )  # fmt: skip


def promised(life: Life) -> None:
    """A favour promised, and five days overdue."""
    on, what = ago(life, 20), "Send them the checklist for the move"
    life.add(
        Favour, on, f"Promised {life.client.name}: {what}.", what=what, promised_on=on,
        due_on=ago(life, 5), member=life.keeper,
    )  # fmt: skip


def willing(life: Life) -> None:
    """Said in a survey that they would introduce us."""
    sent, on = ago(life, 70), ago(life, 64)
    survey = life.add(Survey, sent, f"Sent a survey to {life.client.name}.", sent_on=sent)
    survey.then(
        on, life.keeper, f"{life.client.name} answered a survey.", answered_on=on, satisfied=9,
        would_recommend=10, would_be_reference=9, would_introduce=9,
        words="Tell me whom you are looking for.",
    )  # fmt: skip


def solved(life: Life) -> None:
    """A case that we think is solved."""
    _case(life).then(
        ago(life, 2), life.keeper, "Resolved: the case 'Invoices are printed twice'.",
        resolved_on=ago(life, 2),
    )  # fmt: skip


def concerned(life: Life) -> None:
    """A case that is still open: the moment it is resolved and confirmed, the ask is right."""
    _case(life)


def _case(life: Life) -> Any:
    on, title = ago(life, 9), "Invoices are printed twice"
    sentence = f"Opened the case '{title}' of {life.client.name}."
    return life.add(Case, on, sentence, title=title, opened_on=on, member=life.keeper)


def introduced(life: Life) -> None:
    """Introduced somebody three days ago, and nobody has said thank you."""
    on, what = ago(life, 3), "for introducing Bram Postma"
    name = life.client.name
    referral = life.add(
        ReferralReceived, on, f"{name} introduced Bram Postma.", new_person="Bram Postma",
        received_on=on, words="He runs the yard next door and has the same trouble.",
    )  # fmt: skip
    life.add(
        ThankYou, on, f"We owe {name} thanks {what}.", words=what, referral=referral.record,
        occasion="receipt", owed_on=on, due_on=ago(life, 2),
    )  # fmt: skip


def needs_a_mover(life: Life) -> None:
    """Needs something that somebody else could serve."""
    _needs(life, "A good mover for the warehouse, before the spring", for_us=False)


def needs_us(life: Life) -> None:
    """Needs something that we offer."""
    _needs(life, "The second branch wants the same hand scanners", for_us=True)


def _needs(life: Life, said: str, *, for_us: bool) -> None:
    on = ago(life, 12)
    sentence = f"{life.client.name} needs: {said}."
    life.add(Need, on, sentence, words=said, noted_on=on, for_us=for_us)


def knows_outside(life: Life) -> None:
    """Knows two people at other firms, neither of them a client of ours."""
    _knows(
        life,
        "Marta Ellingsen",
        inside=False,
        company_name="Saltwick Dental",
        relation="same rowing club",
    )
    _knows(
        life,
        "Owen Pritchard",
        inside=False,
        company_name="Fernhill Orthodontics",
        relation="studied together",
    )


def knows_inside(life: Life) -> None:
    """Knows two colleagues well."""
    _knows(life, "Hanna Kubiak", inside=True, relation="sits next door")
    _knows(life, "Rui Couto", inside=True, relation="started on the same day")


def _knows(life: Life, name: str, **values: Any) -> None:
    on = ago(life, 90)
    sentence = f"Added a key to the ring of {life.client.name}."
    life.add(KeyRingEntry, on, sentence, name=name, closeness=4, confirmed_on=on, **values)


def asked_lately(life: Life) -> None:
    """Asked a month ago, and given an offer: now they rest."""
    on, told = ago(life, 30), ago(life, 28)
    noon = dt.datetime.combine(on, dt.time(12), tzinfo=dt.UTC)
    ask = life.add(
        Ask, on, f"Asked {life.client.name}.", company=life.client.company, member=life.keeper,
        asked_on=on, asked_at=noon, words="Who else might we help?",
    )  # fmt: skip
    ask.then(
        told, life.keeper, f"{life.client.name}: passed on an offer.", outcome="passed_on",
        outcome_on=told, offer=life.setting.offers[0], resolved_confirmed=True, trust_confirmed=True, help_offered=True,
    )  # fmt: skip
    pass_on(life, told)


def opens_doors_inside(life: Life) -> None:
    """Will introduce us to a colleague; a lunch is agreed, and steps are due."""
    on, name = ago(life, 12), life.client.name
    noon = dt.datetime.combine(on, dt.time(12), tzinfo=dt.UTC)
    ask = life.add(
        Ask, on, f"Asked {name}.", company=life.client.company, member=life.keeper,
        kind="ask_coworker", moment="review", variant="own", asked_on=on, asked_at=noon,
        words="Is there a colleague in another part of the house whom we might help?",
    )  # fmt: skip
    ask.then(
        on, life.keeper, f"{name}: will introduce.", outcome="will_introduce", outcome_on=on,
        follow_up_on=ago(life, 1), resolved_confirmed=True, trust_confirmed=True,
        help_offered=True, outcome_words="Ines in purchasing should see this. Come to lunch.",
    )  # fmt: skip
    plan = life.add(
        CoworkerPlan, on, f"Planned an introduction inside the company of {name}.",
        ask=ask.record, department="Purchasing", meeting_on=ago(life, -5),
    )  # fmt: skip
    for step, what, due_on in proposed(plan.record, on):
        task = life.add(
            CoworkerTask, on, f"{name}: {what}.", plan=plan.record, step=step.code, what=what,
            due_on=due_on,
        )  # fmt: skip
        if step.code == "brief":
            task.then(ago(life, 2), life.keeper, f"Done: {what}.", done_on=ago(life, 2))


_EARNED = (says_yes, delivered, happy, given_to)
CAST = (
    Character("Nadia Okafor", "Saltmarsh Marine", "Yard manager", "recover", (*_EARNED, unhappy, meetings.told_us_in_a_review, giving.keeps_it_to_themselves)),
    Character("Jonas Petersen", "Larkspur Foods", "Head of operations", "confirm_resolution", (*_EARNED, willing, solved)),
    Character("Freja Winther", "Kestrel Instruments", "Managing director", "thank", (*_EARNED, introduced, giving.was_not_asked)),
    Character("Callum Ainsworth", "Longacre Housing", "Office manager", "keep_promise", (*_EARNED, promised)),
    Character("Sanne Dijkstra", "Quayside Hotels", "Head of people", "favour", (says_yes, delivered, happy, giving.tells_of_a_daughter)),
    Character("Marek Sobczak", "Thistledown Logistics", "Site manager", "give_referral", (says_yes, delivered, happy, needs_a_mover, giving.needs_it_now, meetings.met_yesterday)),
    Character("Itziar Zubiri", "Brightmoor Energy", "Head of finance", "offer", (*_EARNED, meetings.meets_soon)),
    Character("Aoife Mannion", "Dovetail Joinery", "Purchasing manager", "invite_to_review", (says_yes, delivered, given_to)),
    Character("Priya Rahman", "Bellwether Dental", "Practice manager", "ask", (*_EARNED, willing, knows_outside, well_served, giving.came_of_it)),
    Character("Tiago Moura", "Windrush Schools", "IT manager", "ask_coworker", (*_EARNED, willing, knows_inside, meetings.was_invited)),
    Character("Birte Lorenzen", "Oldharbour Bookshops", "Managing director", "ask_more", (*_EARNED, willing, needs_us, meetings.wishes_for_another_time)),
    Character("Ciarán Folan", "Glasswater Veterinary", "Accountant", "wait", (*_EARNED, willing, asked_lately, meetings.was_met)),
    Character("Henrike Lund", "Amberley Foods", "Head of quality", "offer", (*_EARNED, willing, opens_doors_inside)),
    Character("Leire Aguirre", "Stonebridge Joinery", "Team lead", "wait", (*_EARNED, willing, knows_outside, concerned)),
)  # fmt: skip
# ruff: noqa: E501 - a table reads better with one character a line
