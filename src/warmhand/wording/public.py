"""The texts of the pages that clients open without an account, in their language.

Every text stands here once; `version_of` names the very words that somebody answered to, which is
kept as proof.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass
from typing import Any

from .catalogue import Catalogue

UNTIL = "[[until]]"
"""Stands in a text for a moment that is known only when the page is shown."""


def version_of(page: str, catalogue: Catalogue, texts: Any) -> str:
    """A name for the words of a page, such as 'survey-de-1f2e3d4c5b6a': other words, other name."""
    plain = json.dumps(asdict(texts), ensure_ascii=False, sort_keys=True)
    digest = hashlib.sha256(plain.encode()).hexdigest()[:12]
    return f"{page}-{catalogue.language}-{digest}"


@dataclass(frozen=True, slots=True)
class GoneTexts:
    """What somebody reads whose link opens nothing; the same for every cause."""

    title: str
    sentence: str
    lift: str


def gone_texts(catalogue: Catalogue) -> GoneTexts:
    """Wrong, cut off, out of time, withdrawn, answered long ago: no telling which."""
    say = catalogue.say
    return GoneTexts(
        title=say("This page isn't open"),
        sentence=say(
            "The link may have been cut off on its way to you, or its time is over, or all is "
            "answered already."
        ),
        lift=say("If you were going to tell us something, please answer the person who sent it."),
    )


def nobody_named(catalogue: Catalogue) -> str:
    """What stands on the page of chosen providers as long as there are none."""
    return catalogue.say("Nobody is named here at the moment. Please look in again later.")


@dataclass(frozen=True, slots=True)
class FrameTexts:
    """What stands round every page of a client, and what is said when a form can't be taken."""

    skip: str
    private: str
    too_quick: str
    once_more: str
    meanwhile: str
    not_taken: str


def frame_texts(catalogue: Catalogue) -> FrameTexts:
    """The frame of every page."""
    say = catalogue.say
    return FrameTexts(
        skip=say("Skip to the content"),
        private=say(
            "This page sets no cookies and notes nothing until you press Send. Your answer is then "
            "kept with its time and the address of the device that it came from."
        ),
        too_quick=say(
            "That was quicker than anybody reads, so we didn't take it: mail scanners press "
            "buttons too. Please look at your answer and press Send once more."
        ),
        once_more=say("This page was open for a long time. Please press Send once more."),
        meanwhile=say(
            "An answer has come in meanwhile. You see it below; correct it if it isn't right."
        ),
        not_taken=say("We couldn't take this yet. Please look at what is marked below."),
    )


@dataclass(frozen=True, slots=True)
class Question:
    """One of the four questions, 0 to 10, with the words at either end."""

    name: str
    text: str
    low: str
    high: str


@dataclass(frozen=True, slots=True)
class SurveyTexts:
    """The page of the four questions (P8), and what follows on it."""

    title: str
    lede: str
    questions: tuple[Question, ...]
    skip: str
    words: str
    words_hint: str
    send: str
    nothing: str
    thanks: str
    happened: str
    unhappy: str
    correct: str
    change: str
    answered: str
    left_out: str


def survey_texts(catalogue: Catalogue, *, workspace: str, keeper: str = "") -> SurveyTexts:
    """The four questions in the name of the workspace; `keeper` is who looks after the client."""
    say = catalogue.say
    who = keeper or workspace
    return SurveyTexts(
        title=say("Four short questions"),
        lede=say(
            "They are four different things, so each stands by itself. Leave out what you like: "
            "every answer helps, none is owed."
        ),
        questions=_questions(catalogue, workspace),
        skip=say("No answer"),
        words=say("In your own words"),
        words_hint=say("What went well? What should we do better? You may leave this empty."),
        send=say("Send"),
        nothing=say("Nothing is filled in yet. Answer one question, or write a few words."),
        thanks=say("Thank you"),
        happened=say("Your answer is with {who} now.", who=who),
        unhappy=sorry_text(catalogue, who),
        correct=say("You can correct your answers on this page until {until}.", until=UNTIL),
        change=say("Correct my answers"),
        answered=say("Your answers"),
        left_out=say("left out"),
    )


def sorry_text(catalogue: Catalogue, who: str) -> str:
    """What an unhappy client reads: making good comes before anything else (P7)."""
    return catalogue.say(
        "We are sorry that it isn't as it should be. {who} will call you to put it right; "
        "until that is done nobody here will ask you for anything.",
        who=who,
    )


def _questions(catalogue: Catalogue, workspace: str) -> tuple[Question, ...]:
    say = catalogue.say
    likely = (say("surely not"), say("surely"))
    return (
        Question(
            "satisfied",
            say("How satisfied are you with what we have done for you?"),
            say("not at all"),
            say("entirely"),
        ),
        Question(
            "would_recommend",
            say(
                "If somebody asked you about {workspace}, would you say good things?",
                workspace=workspace,
            ),
            *likely,
        ),
        Question(
            "would_be_reference",
            say("Would you be a reference: may somebody call you and ask how it was?"),
            *likely,
        ),
        Question(
            "would_introduce",
            say("Would you introduce us to somebody whom we could help too?"),
            *likely,
        ),
    )


@dataclass(frozen=True, slots=True)
class CaseTexts:
    """The page 'is it really solved?' (P12)."""

    title: str
    question: str
    yes: str
    yes_hint: str
    no: str
    no_hint: str
    words: str
    words_hint: str
    satisfied: Question
    skip: str
    send: str
    nothing: str
    thanks: str
    was_yes: str
    was_no: str
    unhappy: str
    correct: str
    change: str


def case_texts(catalogue: Catalogue, *, title: str, keeper: str, workspace: str) -> CaseTexts:
    """`title` is the concern; `keeper` who solves it, or nobody."""
    say = catalogue.say
    who = keeper or workspace
    return CaseTexts(
        title=say("Is it really solved?"),
        question=say("We think that your concern is solved: {title}", title=title),
        yes=say("Yes, it is solved"),
        yes_hint=say("Good to know. We close it."),
        no=say("Not yet"),
        no_hint=say("We open it again and go on at once."),
        words=say("A few words"),
        words_hint=say("What is still missing? Or what was good? You may leave this empty."),
        satisfied=Question(
            "satisfied",
            say("How satisfied are you with how we handled it?"),
            say("not at all"),
            say("entirely"),
        ),
        skip=say("No answer"),
        send=say("Send"),
        nothing=say("Please choose one of the two answers."),
        thanks=say("Thank you"),
        was_yes=say("We are glad that it is solved."),
        was_no=say(
            "We have opened it again. {who} goes on with it and comes back to you.", who=who
        ),
        unhappy=sorry_text(catalogue, who),
        correct=say("You can correct your answer on this page until {until}.", until=UNTIL),
        change=say("Correct my answer"),
    )


@dataclass(frozen=True, slots=True)
class StopTexts:
    """The page on which somebody wants no more mails, or wants them again."""

    title: str
    sentence: str
    stop: str
    stopped: str
    stopped_sentence: str
    again: str


def stop_texts(catalogue: Catalogue, *, workspace: str) -> StopTexts:
    """No more mails of this workspace by Warmhand."""
    say = catalogue.say
    return StopTexts(
        title=say("No more of these mails?"),
        sentence=say(
            "{workspace} then sends you no more mails of this kind. Nothing else changes.",
            workspace=workspace,
        ),
        stop=say("No more mails"),
        stopped=say("You get no more of these mails"),
        stopped_sentence=say("{workspace} can't send you any from here now.", workspace=workspace),
        again=say("That was a mistake: write to me again"),
    )


@dataclass(frozen=True, slots=True)
class MailTexts:
    """A short mail that carries a link; `[[link]]` stands where its address will be."""

    subject: str
    text: str
    stop: str

    @property
    def with_stop(self) -> str:
        """The text as Warmhand sends it: with the way to stop such mails."""
        return f"{self.text}\n\n{self.stop}"


def mail_with_link(
    catalogue: Catalogue, subject: str, name: str, body: str, member: str
) -> MailTexts:
    """A mail with its greeting, its link and its end; `name` may be empty."""
    say = catalogue.say
    hello = say("Good day {name},", name=name) if name else say("Good day,")
    ending = say("Kind regards\n{member}", member=member)
    return MailTexts(
        subject=subject,
        text=f"{hello}\n\n{body}\n\n[[link]]\n\n{ending}",
        stop=say("No more mails of this kind: {address}", address="[[stop]]"),
    )


def survey_mail(catalogue: Catalogue, *, name: str, workspace: str, member: str) -> MailTexts:
    """The mail that asks for the four answers. It holds the link only: a click is no answer."""
    say = catalogue.say
    body = say(
        "how was our work for you? Four short questions, two minutes, and you may leave out what "
        "you like. What you say helps us to put right what isn't."
    )
    subject = say("Four short questions from {workspace}", workspace=workspace)
    return mail_with_link(catalogue, subject, name, body, member)


def case_mail(catalogue: Catalogue, *, name: str, title: str, member: str) -> MailTexts:
    """The mail that asks whether a case is really solved (P12)."""
    say = catalogue.say
    body = say(
        "we think that this is solved: {title}\nIs it, for you? Tell us on the page behind this "
        "link; if something is still missing, we go on at once.",
        title=title,
    )
    return mail_with_link(catalogue, say("Is it really solved?"), name, body, member)
