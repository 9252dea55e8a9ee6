"""The words round a review: the invitation, the page on which a client picks a time, the agenda.

All in the client's language. The agenda keeps the order of P14: thanks, what was agreed and
delivered, what is open, what they need next, how happy they are, and only then the ask.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from babel import Locale, UnknownLocaleError
from babel.dates import format_date, format_time, get_timezone_name

from .catalogue import Catalogue

LUNCH, CALL, VISIT = "lunch", "call", "visit"


def locale_of(language: str) -> Locale:
    """The locale in which days and hours are said; British English where it isn't known."""
    try:
        return Locale.parse(language.replace("-", "_") or "en_GB")
    except (UnknownLocaleError, ValueError):
        return Locale("en", "GB")


def said_day(on: dt.date, language: str) -> str:
    """Such as 'Thursday 3 December 2026'."""
    return format_date(on, "full", locale=_british(language))


def said_time(at: dt.datetime, zone: ZoneInfo, language: str) -> str:
    """Such as 'Thursday 3 December 2026, 10:00', where the client is."""
    local = at.astimezone(zone)
    hour = format_time(local, "short", tzinfo=zone, locale=_british(language))
    return f"{said_day(local.date(), language)}, {hour}"


def said_zone(at: dt.datetime, zone: ZoneInfo, language: str) -> str:
    """The name of the zone on that day, such as 'Central European Standard Time'."""
    local = at.astimezone(zone)
    return str(get_timezone_name(local, locale=_british(language)))


def _british(language: str) -> Locale:
    """Plain 'en' says months first; we say days first, as our texts do."""
    return locale_of("en-GB" if language in ("", "en") else language)


@dataclass(frozen=True, slots=True)
class InvitationWords:
    """Subject and text of an invitation; the times and the page follow the text."""

    subject: str
    text: str


def compose_invitation(
    spoken: Catalogue,
    *,
    client_name: str,
    member_name: str,
    workspace: str,
    kind: str,
    delivered: Sequence[str] = (),
) -> InvitationWords:
    """The words of an invitation: what for, what we bring, how long; no ask is in them (P14)."""
    say = spoken.say
    greeting = say("Good day {name},", name=client_name) if client_name else say("Good day,")
    what = {
        LUNCH: say("We would like to invite you to lunch and look back with you on our work."),
        CALL: say("We would like to look back with you on our work, in a call."),
        VISIT: say("We would like to visit you and look back with you on our work."),
    }[kind]
    shown = ", ".join(f"'{each}'" for each in delivered[:3])
    bring = (
        say("We bring an overview of what we agreed on and delivered: {what}.", what=shown)
        if shown
        else say("We bring an overview of what we agreed on and delivered.")
    )
    hear = say("Above all we would like to hear how satisfied you are, and what you need next.")
    return InvitationWords(
        say("A look back on our work: when does it suit you?"),
        f"{greeting}\n\n{what} {bring} {hear}\n\n{member_name}\n{workspace}",
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """What a mail about a review is made of; days and times are texts as they are to be said."""

    words: InvitationWords
    times: Sequence[str] = ()
    zone: str = ""
    place: str = ""
    link: str = ""
    stop: str = ""


def proposing_mail(spoken: Catalogue, letter: Letter) -> InvitationWords:
    """The invitation: the words, the times, the page on which one is picked."""
    say = spoken.say
    times = "\n".join(f"- {each}" for each in letter.times)
    parts = [
        letter.words.text,
        say("These times are free for you ({zone}):", zone=letter.zone) + f"\n{times}",
        say("Where: {place}", place=letter.place) if letter.place else "",
        say("Take one of them, or wish for another:") + f"\n{letter.link}",
    ]
    return InvitationWords(letter.words.subject, _mail(spoken, parts, letter.stop))


def agreed_mail(spoken: Catalogue, letter: Letter) -> InvitationWords:
    """The time is agreed; the calendar file goes with it."""
    say = spoken.say
    when = ", ".join(letter.times)
    parts = [
        say("We meet on {when} ({zone}).", when=when, zone=letter.zone),
        say("Where: {place}", place=letter.place) if letter.place else "",
        say("Should something come up, you can change it here until the day before:")
        + f"\n{letter.link}",
    ]
    return InvitationWords(say("We meet on {when}", when=when), _mail(spoken, parts, letter.stop))


def called_off_mail(spoken: Catalogue, letter: Letter) -> InvitationWords:
    """The meeting is off; the calendar file takes it out."""
    say = spoken.say
    when = ", ".join(letter.times)
    parts = [say("Our meeting on {when} ({zone}) is called off.", when=when, zone=letter.zone)]
    return InvitationWords(
        say("Called off: our meeting on {when}", when=when), _mail(spoken, parts, letter.stop)
    )


def _mail(spoken: Catalogue, parts: Sequence[str], stop: str) -> str:
    end = spoken.say("No more mails of this kind: {address}", address=stop) if stop else ""
    return "\n\n".join(filter(None, (*parts, end)))


@dataclass(frozen=True, slots=True)
class SlotPage:
    """All that the page says on which a client picks a time."""

    title: str
    lede: str
    choose: str
    times_in: str
    pick: str
    wish_title: str
    wish_hint: str
    wish_send: str
    picked: str
    wished: str
    called_off: str
    none_left: str
    download: str
    other: str
    call_off: str
    call_off_why: str
    until: str
    too_late: str
    taken: str
    place: str
    kind: str


def slot_page(
    spoken: Catalogue, *, workspace: str, member_name: str, kind: str, minutes: int, zone: str
) -> SlotPage:
    """The texts of that page."""
    say = spoken.say
    what = {
        LUNCH: say("Lunch with {name}", name=member_name),
        CALL: say("A call with {name}", name=member_name),
        VISIT: say("{name} visits you", name=member_name),
    }[kind]
    return SlotPage(
        title=say("When does it suit you?"),
        lede=say(
            "{workspace} would like to look back with you on the work. It takes about {minutes} "
            "minutes.",
            workspace=workspace,
            minutes=minutes,
        ),
        choose=say("Times that we keep free for you"),
        times_in=say("All times are in {zone}.", zone=zone),
        pick=say("Take this time"),
        wish_title=say("None of these suits me"),
        wish_hint=say("When would it suit you better? Or would you rather not meet at all?"),
        wish_send=say("Send"),
        picked=say("Thank you. The time is yours."),
        wished=say("Thank you. {name} reads it and comes back to you.", name=member_name),
        called_off=say("The meeting is called off. Thank you for telling us."),
        none_left=say("These times have passed. Write when it would suit you."),
        download=say("Put it into your calendar"),
        other=say("Take another time"),
        call_off=say("Call the meeting off"),
        call_off_why=say("Would you like to say why?"),
        until=say("You can change it here until the day before."),
        too_late=say("It is too close to change it here. Please call us."),
        taken=say("This time was taken a moment ago. Please take another."),
        place=say("Where"),
        kind=what,
    )


@dataclass(frozen=True, slots=True)
class CalendarWords:
    """What the calendar shows of the meeting."""

    summary: str
    description: str


def calendar_words(
    spoken: Catalogue, *, workspace: str, client_name: str, tentative: bool
) -> CalendarWords:
    """The entry in a calendar; `tentative` while the client hasn't picked it."""
    say = spoken.say
    summary = say("{workspace} and {name}: review", workspace=workspace, name=client_name)
    if tentative:
        summary = say("{summary} (proposed)", summary=summary)
    points = say("What we delivered, what is open, what you need next, how satisfied you are.")
    return CalendarWords(summary, points)


@dataclass(frozen=True, slots=True)
class Done:
    """Something agreed and delivered; `proof` is what shows it."""

    title: str
    due: dt.date | None = None
    delivered: dt.date | None = None
    proof: str = ""


@dataclass(frozen=True, slots=True)
class Promised:
    """Something that is open, and the day agreed for it."""

    title: str
    due: dt.date | None = None


@dataclass(frozen=True, slots=True)
class Solved:
    """A concern that was resolved, and in how many days."""

    title: str
    days: int


@dataclass(frozen=True, slots=True, kw_only=True)
class AgendaFacts:
    """What the records hold for the meeting, latest first."""

    client_name: str = ""
    done: Sequence[Done] = ()
    solved: Sequence[Solved] = ()
    favours: Sequence[str] = ()
    promised: Sequence[Promised] = ()
    concerns: Sequence[str] = ()
    needs: Sequence[str] = ()
    happy_at_least: int = 8


@dataclass(frozen=True, slots=True)
class Point:
    """One point of the agenda: what to say, and the lines that the records give.

    `for_us`: meant for whoever holds the meeting, not for the paper that the client gets.
    """

    part: str
    title: str
    say: str
    lines: tuple[str, ...]
    practice: str
    for_us: bool = False


def compose_agenda(spoken: Catalogue, language: str, facts: AgendaFacts) -> tuple[Point, ...]:
    """The points in the order of P14: the rating comes before the ask, and decides over it."""
    say = spoken.say
    name = facts.client_name
    thanks = (
        say("Thank you for your time, {name}, and for working with us.", name=name)
        if name
        else say("Thank you for your time, and for working with us.")
    )
    return (
        Point("thanks", say("Thanks"), thanks, tuple(facts.favours), "P14"),
        Point(
            "delivered",
            say("What we agreed and delivered"),
            say("This is what we agreed on, and this is what we delivered. Do you see it so, too?"),
            (*_done(spoken, language, facts.done), *_solved(spoken, facts.solved)),
            "P14",
        ),
        Point(
            "open",
            say("What is open"),
            say("This is still open on our side. What else should be on this list?"),
            (*_promised(spoken, language, facts.promised), *facts.concerns),
            "P3",
        ),
        Point(
            "next",
            say("What you need next"),
            say("What is coming up for you? What would help you, from us or from anybody else?"),
            tuple(facts.needs),
            "P29",
        ),
        Point(
            "rating",
            say("How satisfied you are"),
            say("From 0 to 10: how satisfied are you with what we delivered? And why?"),
            (),
            "P14",
        ),
        Point(
            "earned",
            say("Have we earned the right to ask?"),
            say(
                "Only from {score} on: have we earned the right to ask whom else we might help? "
                "Below that: what is missing? And nothing is asked today.",
                score=facts.happy_at_least,
            ),
            (),
            "P14",
            for_us=True,
        ),
    )


def _done(spoken: Catalogue, language: str, done: Sequence[Done]) -> tuple[str, ...]:
    return tuple(_one_done(spoken, language, each) for each in done)


def _one_done(spoken: Catalogue, language: str, done: Done) -> str:
    parts = []
    if done.due:
        parts.append(spoken.say("agreed for {day}", day=_day(done.due, language)))
    if done.delivered:
        parts.append(spoken.say("delivered on {day}", day=_day(done.delivered, language)))
    if done.proof:
        parts.append(done.proof)
    return f"{done.title}: {'; '.join(parts)}" if parts else done.title


def _solved(spoken: Catalogue, solved: Sequence[Solved]) -> tuple[str, ...]:
    return tuple(
        spoken.say("Solved on the same day: {title}", title=each.title)
        if each.days < 1
        else spoken.say("Solved in one day: {title}", title=each.title)
        if each.days == 1
        else spoken.say("Solved in {days} days: {title}", days=each.days, title=each.title)
        for each in solved
    )


def _promised(spoken: Catalogue, language: str, promised: Sequence[Promised]) -> tuple[str, ...]:
    return tuple(
        spoken.say("{title}: agreed for {day}", title=each.title, day=_day(each.due, language))
        if each.due
        else each.title
        for each in promised
    )


def _day(on: dt.date, language: str) -> str:
    return format_date(on, "long", locale=_british(language))
