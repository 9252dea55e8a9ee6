"""The words round a follow-up: how is it going with those we brought together? (P34)

Both sides read the same page: one choice and Send. What each may hear of the other is asked for
on it, and never their own words.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from .catalogue import Catalogue
from .public import UNTIL, MailTexts, mail_with_link, sorry_text
from .reviews import said_day

HAPPY, UNHAPPY, NOT_YET, NOTHING = "happy", "unhappy", "not_yet", "no"


@dataclass(frozen=True, slots=True)
class Choice:
    """One of the four answers: its value, its words, what it means."""

    name: str
    text: str
    hint: str


@dataclass(frozen=True, slots=True)
class FollowUpTexts:
    """The page of a follow-up, and what follows on it."""

    title: str
    lede: str
    choices: tuple[Choice, ...]
    more: str
    again: str
    yes: str
    no: str
    words: str
    words_hint: str
    may_tell: str
    no_more: str
    send: str
    nothing: str
    thanks: str
    happened: str
    unhappy: str
    told: str
    correct: str
    change: str


def follow_up_texts(
    catalogue: Catalogue,
    *,
    to_client: bool,
    other: str,
    given_on: dt.date,
    workspace: str,
    member: str = "",
) -> FollowUpTexts:
    """`other` is the side that the reader was brought together with; `member` who asks."""
    say = catalogue.say
    who = member or workspace
    return FollowUpTexts(
        title=say("How is it going with {other}?", other=other),
        lede=_lede(catalogue, to_client, other, said_day(given_on, catalogue.language)),
        choices=_choices(catalogue),
        more=say("More, if you like"),
        again=(
            say("Would you like us to introduce you to somebody again?")
            if to_client
            else say("Would you like us to send you somebody again?")
        ),
        yes=say("Yes"),
        no=say("No"),
        words=say("A few words"),
        words_hint=say("They stay with us, whatever you choose."),
        may_tell=say(
            "You may tell {other} what I chose. Without this it stays between us.", other=other
        ),
        no_more=say("It is settled: please don't ask me about this again."),
        send=say("Send"),
        nothing=say("Please choose one of the answers."),
        thanks=say("Thank you"),
        happened=say("Your answer is with {who} now.", who=who),
        unhappy=sorry_text(catalogue, who) if to_client else "",
        told=say("What {other} lets us tell you:", other=other),
        correct=say("You can correct your answer on this page until {until}.", until=UNTIL),
        change=say("Correct my answer"),
    )


def _lede(catalogue: Catalogue, to_client: bool, other: str, day: str) -> str:
    say = catalogue.say
    if to_client:
        return say(
            "We sent you to {other} on {day}. Are you doing business with each other?",
            other=other,
            day=day,
        )
    return say(
        "We sent {other} to you on {day}. Are you doing business with each other?",
        other=other,
        day=day,
    )


def _choices(catalogue: Catalogue) -> tuple[Choice, ...]:
    say = catalogue.say
    return (
        Choice(HAPPY, say("Yes, and I am happy with it"), say("We do business with each other.")),
        Choice(
            UNHAPPY,
            say("Yes, but I am not happy with it"),
            say("We do business, and it isn't as it should be."),
        ),
        Choice(NOT_YET, say("Not yet"), say("We haven't spoken, or are still talking.")),
        Choice(NOTHING, say("Nothing came of it"), say("That is all right: good to know.")),
    )


def told_text(catalogue: Catalogue, *, business: str, happy: bool | None) -> str:
    """What the other side lets us tell, in a word or two; '' where there is nothing to tell."""
    if business == "yes" and happy is None:
        return catalogue.say("We do business with each other.")
    chosen = NOTHING if business == "no" else NOT_YET if business == "not_yet" else ""
    if business == "yes":
        chosen = HAPPY if happy else UNHAPPY
    return next((each.text for each in _choices(catalogue) if each.name == chosen), "")


def follow_up_mail(
    catalogue: Catalogue, *, to_client: bool, name: str, other: str, member: str
) -> MailTexts:
    """The mail that asks how it goes. It holds the link only: a click is no answer."""
    say = catalogue.say
    body = (
        say(
            "some time ago we sent you to {other}. Are you doing business with them, and are you "
            "happy? Two clicks on the page behind this link tell us; if something isn't right, we "
            "would like to know.",
            other=other,
        )
        if to_client
        else say(
            "some time ago we sent {other} to you. Are you doing business with them, and does it "
            "go well? Two clicks on the page behind this link tell us.",
            other=other,
        )
    )
    subject = say("How is it going with {other}?", other=other)
    return mail_with_link(catalogue, subject, name, body, member)
