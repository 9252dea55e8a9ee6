"""What is said round an introduction: to the person, to the provider, in mails (P24, P32, P33).

The list of facts is the allow-list: what isn't in BEFORE or AFTER can't be told to a provider.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from .catalogue import Catalogue
from .public import UNTIL, MailTexts, mail_with_link
from .reviews import locale_of

BEFORE: Final[tuple[str, ...]] = (
    "need",
    "context",
    "company",
    "place",
    "language",
    "urgency",
    "name",
)
"""Facts that may be told before a provider accepts, where they are allowed."""
AFTER: Final[tuple[str, ...]] = ("phone", "email")
"""Facts that are told only afterwards; with the name, which then comes in any case."""


@dataclass(frozen=True, slots=True)
class IntroductionTexts:
    """The page on which a person decides, and what it says afterwards."""

    title: str
    lede: str
    need: str
    why: str
    facts_title: str
    facts_hint: str
    all_of_it: str
    beside: str
    facts: tuple[tuple[str, str], ...]
    yes: str
    yes_hint: str
    card: str
    card_hint: str
    no: str
    no_hint: str
    words: str
    wants_mail: str
    send: str
    nothing: str
    no_way: str
    name: str
    name_needed: str
    phone: str
    email: str
    notice_title: str
    notice: str
    seeking_title: str
    seeking: str
    connected_title: str
    connected: str
    card_title: str
    card_text: str
    declined_title: str
    change: str
    back_title: str
    back_hint: str
    back_tick: str
    back_send: str
    withdrawn_title: str
    withdrawn: str
    stopped_title: str
    stopped: str


def fact_labels(spoken: Catalogue) -> dict[str, str]:
    """What each fact is called to the person whose it is."""
    say = spoken.say
    return {
        "need": say("What you need, in your words"),
        "context": say("What helps them to help"),
        "company": say("Where you work"),
        "place": say("The city"),
        "language": say("Your language"),
        "urgency": say("How soon it is needed"),
        "name": say("Your name, already before they accept"),
        "phone": say("Your phone number, once they have accepted"),
        "email": say("Your e-mail address, once they have accepted"),
    }


def introduction_texts(
    spoken: Catalogue,
    *,
    provider: str,
    workspace: str,
    member: str,
    expects_call: bool,
    source: str = "",
) -> IntroductionTexts:
    """`source` is the client through whom we heard of a person who isn't one of ours."""
    say = spoken.say
    who = member or workspace
    return IntroductionTexts(
        title=say("May we introduce you to {provider}?", provider=provider),
        lede=(
            say("{source} told us that you could use some help.", source=source)
            if source
            else say(
                "{member} of {workspace} knows somebody who can help.",
                member=who,
                workspace=workspace,
            )
        ),
        need=say("What you need"),
        why=say("Why you can be confident"),
        facts_title=say("What {provider} would be told", provider=provider),
        facts_hint=say(
            "Tick what they may know: nothing else is told, but your name once they have "
            "accepted. If they can't take it, the next one whom we trust gets the same, and "
            "nothing else."
        ),
        all_of_it=say("All of this"),
        beside=say("Only if you want it told"),
        facts=tuple(fact_labels(spoken).items()),
        yes=say("Yes, introduce us"),
        yes_hint=(
            say("They call you and set it up.")
            if expects_call
            else say("You then get each other's details.")
        ),
        card=say("I'd rather call myself"),
        card_hint=say("You get their card, and they learn nothing from us."),
        no=say("No, thank you"),
        no_hint=say("Nobody is told anything."),
        words=say("A few words"),
        wants_mail=say("Send me a mail when it is arranged"),
        send=say("Send"),
        nothing=say("Please choose one of the three answers."),
        no_way=say("Allow one way to reach you, or take the card and call."),
        name=say("Your name"),
        name_needed=say("Please say what you are called."),
        phone=say("Your phone number"),
        email=say("Your e-mail address"),
        notice_title=say("About your data"),
        notice=_notice(spoken, source, workspace, provider) if source else "",
        seeking_title=say("Thank you. We ask for you now."),
        seeking=say("As soon as somebody takes care, you see their details here. Keep this link."),
        connected_title=say("{provider} takes care of you", provider=provider),
        connected=(
            say("They call you. Here is how to reach them too.")
            if expects_call
            else say("You have each other's details now; the rest is between the two of you.")
        ),
        card_title=say("The card of {provider}", provider=provider),
        card_text=say("Call them whenever it suits you. We have told them nothing."),
        declined_title=say("Nobody is told anything"),
        change=say("I have thought it over"),
        back_title=say("Take my yes back"),
        back_hint=say(
            "What they see of you disappears from their page at once, and whoever has read it is "
            "told to delete it."
        ),
        back_tick=say("Yes, I take it back"),
        back_send=say("Take it back"),
        withdrawn_title=say("Your yes is taken back"),
        withdrawn=say(
            "Nothing of you is shown any more. Whoever has read it is told to delete it."
        ),
        stopped_title=say("Nobody could take it this time"),
        stopped=say("{member} comes back to you. Nothing more is told to anybody.", member=who),
    )


def _notice(spoken: Catalogue, source: str, workspace: str, provider: str) -> str:
    """What GDPR Art. 14 wants told: whence, what for, to whom, how long, which rights."""
    return spoken.say(
        "What you read here came from {source}; nobody has your name or number from us. What you "
        "enter here {workspace} keeps to introduce you, and tells it to {provider} or to whoever "
        "takes their place, nobody else. You can take it back here at any time, and it is deleted "
        "30 days after the last thing that happened. You may ask {workspace} what is kept of you, "
        "have it corrected or deleted, and complain to a data protection authority.",
        source=source,
        workspace=workspace,
        provider=provider,
    )


def said_fact(spoken: Catalogue, code: str, value: str) -> str:
    """A fact as a person reads it: a language by its name, how soon in words."""
    if code == "urgency":
        return dict(_urgencies(spoken)).get(value, value)
    if code == "language" and value:
        return str(locale_of(value).get_display_name(spoken.language) or value)
    return value


def _urgencies(spoken: Catalogue) -> tuple[tuple[str, str], ...]:
    say = spoken.say
    return (
        ("now", say("Now")),
        ("soon", say("In the coming weeks")),
        ("some_day", say("Some day")),
    )


@dataclass(frozen=True, slots=True)
class BriefTexts:
    """The page on which a provider reads what they may, and answers."""

    title: str
    lede: str
    facts: tuple[tuple[str, str], ...]
    yes: str
    yes_hint: str
    no: str
    no_hint: str
    why: str
    reasons: tuple[tuple[str, str], ...]
    words: str
    send: str
    nothing: str
    answer_by: str
    accepted_title: str
    accepted: str
    declined_title: str
    over_title: str
    over: str
    withdrawn_title: str
    withdrawn: str
    gone_tick: str
    known: str


def brief_texts(
    spoken: Catalogue, *, workspace: str, member: str, expects_call: bool
) -> BriefTexts:
    """The brief holds what the person allowed; these are the words round it."""
    say = spoken.say
    return BriefTexts(
        title=say("Somebody could use your help"),
        lede=say(
            "{member} of {workspace} would like to introduce somebody to you. They agreed that "
            "you read this.",
            member=member or workspace,
            workspace=workspace,
        ),
        facts=(
            ("need", say("What is needed")),
            ("context", say("What helps to know")),
            ("urgency", say("How soon")),
            ("name", say("Name")),
            ("company", say("Company")),
            ("place", say("City")),
            ("language", say("Language")),
            ("phone", say("Phone")),
            ("email", say("E-mail")),
        ),
        yes=say("Yes, I take care of it"),
        yes_hint=(
            say("You get their details and call them.")
            if expects_call
            else say("You get each other's details.")
        ),
        no=say("Not this time"),
        no_hint=say("We ask somebody else, and hold nothing against you."),
        why=say("Why not?"),
        reasons=(
            ("no_time", say("No time at present")),
            ("not_my_field", say("Not my field")),
            ("too_far", say("Too far away")),
            ("other", say("Another reason")),
        ),
        words=say("A few words"),
        send=say("Send"),
        nothing=say("Please choose one of the two answers."),
        answer_by=say("Please answer by {until}; after that we ask somebody else.", until=UNTIL),
        accepted_title=say("Thank you. Here is how to reach them."),
        accepted=(
            say("Please call them soon: they expect it.")
            if expects_call
            else say("They have your details too.")
        ),
        declined_title=say("Thank you for telling us"),
        over_title=say("This brief is over"),
        over=say("Somebody else is asked, or it isn't needed any more."),
        withdrawn_title=say("They took their yes back"),
        withdrawn=say("Please delete what you noted of them, and don't call them."),
        gone_tick=say("It is deleted"),
        known=say("Thank you. Nothing more is needed."),
    )


REASONS: Final = {
    "no_time": "No time at present",
    "not_my_field": "Not my field",
    "too_far": "Too far away",
    "other": "",
}
"""A provider's reason as the members read it."""


def ask_mail(
    spoken: Catalogue, *, name: str, provider: str, member: str, relation: str = ""
) -> MailTexts:
    """The mail with which a member hands a client the link; also for the client to hand on."""
    say = spoken.say
    subject = say("May we introduce you to {provider}?", provider=provider)
    body = say(
        "we know somebody who can help with what you told us. On the page behind this link you "
        "read whom we mean, and you decide what they are told. Looking at it decides nothing."
    )
    if relation:
        subject = say("A page to hand on")
        body = say(
            "please hand this link on to the person you spoke of. On the page they read whom we "
            "mean, and they alone decide. We don't write to them, and keep nothing of them until "
            "they have answered."
        )
    return mail_with_link(spoken, subject, name, body, member)


def brief_mail(spoken: Catalogue, *, member: str) -> MailTexts:
    """The mail that brings a provider the brief: no fact about anybody is in it."""
    say = spoken.say
    body = say(
        "we would like to introduce somebody to you. What they need stands on the page behind "
        "this link; there you say whether you can take it. Please answer within three working "
        "days, else we ask somebody else."
    )
    return mail_with_link(spoken, say("Somebody could use your help"), "", body, member)


def connected_mail(spoken: Catalogue, *, name: str, member: str) -> MailTexts:
    """The mail that a client wished for: it is arranged, the page says with whom."""
    say = spoken.say
    body = say("somebody takes care of what you need. Who it is stands on your page:")
    return mail_with_link(spoken, say("It is arranged"), name, body, member)


def taken_back_mail(spoken: Catalogue, *, member: str) -> MailTexts:
    """The mail that tells a provider that the consent was taken back, without saying whose."""
    say = spoken.say
    body = say(
        "somebody whom we introduced to you took their yes back. Please delete what you noted of "
        "them and don't call them; the page says the same."
    )
    return mail_with_link(spoken, say("An introduction was taken back"), "", body, member)
