"""Handing a client the link to their page: copied, from one's own mail, or sent from here."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import quote, urlencode

from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from warmhand.apps.accounts.abilities import Ability
from warmhand.apps.accounts.queries import Membership
from warmhand.apps.followups import services as follow_up_services
from warmhand.apps.messaging import clock, services
from warmhand.apps.messaging import queries as messaging
from warmhand.apps.people import queries as people
from warmhand.apps.people import services as people_services
from warmhand.apps.work import queries as work
from warmhand.problems import NotFound, Problem
from warmhand.web import flash, follow_ups, gate, public
from warmhand.web.forms import Words, saved
from warmhand.wording.catalogue import Catalogue, catalogue
from warmhand.wording.public import MailTexts, case_mail, survey_mail

Write = Callable[[Any, Any, Membership, Catalogue], MailTexts]


def _client_by_name(link: Any, client: Any) -> str:
    return str(client.title)


def _clients_language(link: Any, workspace_language: str) -> str:
    return people.language_of(people.client_by_id(link.client_id), workspace_language)


def _clients_address(link: Any) -> str:
    return people.address_to_write_to(link.client_id, asks=people_services.asks_something(link))


@dataclass(frozen=True)
class Letter:
    """What goes with the link to one kind of page: its route, what a person calls it, its text."""

    route: str
    title: str
    lede: str
    write: Write
    again: Callable[[Any], tuple[str, int, str]]
    """The act that makes a new link where this one is over: kind of record, number, act."""
    reader: Callable[[Any, Any], str] = _client_by_name
    """Who opens the page, by name; a client, unless it is said here."""
    language: Callable[[Any, str], str] = _clients_language
    address: Callable[[Any], str] = _clients_address
    send: Callable[..., Any] = people_services.send_link


def _survey(link: Any, client: Any, me: Membership, spoken: Catalogue) -> MailTexts:
    return survey_mail(spoken, name=client.name, workspace=me.workspace_name, member=me.name)


def _case(link: Any, client: Any, me: Membership, spoken: Catalogue) -> MailTexts:
    title = work.case_by_id(link.object_id).title
    return case_mail(spoken, name=client.name, title=title, member=me.name)


LETTERS: Final[Mapping[str, Letter]] = {
    "survey": Letter(
        "web:public_survey",
        "Four questions",
        "Satisfied, would recommend, would be a reference, would introduce: their answers come "
        "here by themselves.",
        _survey,
        lambda link: ("client", link.client_id, "four-questions"),
    ),
    "confirmation": Letter(
        "web:public_case",
        "Is it really solved?",
        "Their yes confirms the case, their “not yet” opens it again.",
        _case,
        lambda link: ("case", link.object_id, "question"),
    ),
    "follow_up": Letter(
        "web:public_follow_up",
        "How is it going?",
        "One choice and Send: their answer comes here by itself.",
        follow_ups.letter,
        follow_ups.again,
        follow_ups.reader,
        follow_ups.language_of_reader,
        follow_ups.address,
        follow_up_services.send_follow_up,
    ),
}
"""By the purpose of a link. A new kind of page for clients is one line here."""


class SendForm(forms.Form):
    """A mail about a link, as the member wants it said."""

    subject = forms.CharField(max_length=200)
    text = Words(label="Text", widget=forms.Textarea(attrs={"rows": 11}), max_length=5000)
    number = forms.IntegerField(min_value=1, max_value=99, widget=forms.HiddenInput)


@dataclass(frozen=True)
class Desk:
    """All that the page of a link shows."""

    link: Any
    client: Any
    letter: Letter
    texts: MailTexts
    address: str
    mails: list[Any]
    hindrance: Problem | None
    mail_to: str
    reader: str

    @property
    def again(self) -> str:
        """Where a new link is made when this one is over."""
        return reverse("web:act", args=self.letter.again(self.link))

    @property
    def text(self) -> str:
        """The text with the real address in it."""
        return self.texts.text.replace(services.LINK, self.address)

    @property
    def by_own_mail(self) -> str:
        """The same for the member's own mail program."""
        return by_own_mail(self.mail_to, subject=self.texts.subject, body=self.text)


def by_own_mail(to: str, **words: str) -> str:
    """An address that opens the member's own mail program with everything filled in.

    `words` are its `subject` and `body`; `to` may be empty.
    """
    return f"mailto:{quote(to)}?{urlencode(words, quote_via=quote)}"


def _desk(request: gate.Request, link_id: int) -> Desk:
    link = messaging.link_by_id(link_id)
    letter = LETTERS.get(link.purpose)
    if letter is None:
        raise NotFound("public_link")
    client, me = people.client_by_id(link.client_id), request.here.me
    spoken = catalogue(letter.language(link, me.language))
    mails = messaging.messages_about([link.pk]).get(link.pk, [])
    mail_to = people_services.may_mail(lambda: letter.address(link), earlier=mails)
    return Desk(
        link=link,
        client=client,
        letter=letter,
        texts=letter.write(link, client, me, spoken),
        address=_address(request, link, letter),
        mails=mails,
        hindrance=mail_to.hindrance,
        mail_to=mail_to.address,
        reader=letter.reader(link, client),
    )


def _address(request: gate.Request, link: Any, letter: Letter) -> str:
    """The address of the client's page; empty where it can't be shown any more."""
    try:
        return services.address_of(link, _pattern(request, letter.route))
    except Problem:
        return ""


def _pattern(request: gate.Request, route: str) -> str:
    return public.pattern(request, reverse(route, args=("TOKEN",)))


def _page(request: gate.Request, desk: Desk, form: forms.Form | None = None) -> HttpResponse:
    first = {
        "subject": desk.texts.subject,
        "text": desk.text,
        "number": len(desk.mails) + 1,
    }
    context = {
        "it": desk,
        "state": desk.link.state(clock.now()),
        "form": form or SendForm(initial=first),
        "can_send": messaging.can_send(),
    }
    status = 422 if form is not None else 200
    return render(request, "letters/letter.html", context, status=status)


@gate.member()
def letter(request: gate.Request, link_id: int) -> HttpResponse:
    """A client's link: copy it, send it, see what came of it."""
    return _page(request, _desk(request, link_id))


@require_POST
@gate.member(Ability.RECORD)
def send(request: gate.Request, link_id: int) -> HttpResponse:
    """Send the link by mail, in the member's name."""
    desk = _desk(request, link_id)
    form = SendForm(request.POST)

    def write(subject: str, text: str, number: int) -> object:
        marked = text.replace(desk.address, services.LINK) if desk.address else text
        return desk.letter.send(
            by=request.here.me.actor("web"),
            link_id=link_id,
            parts=services.Parts(subject, f"{marked}\n\n{desk.texts.stop}"),
            number=number,
            page_pattern=_pattern(request, desk.letter.route),
            stop_pattern=_pattern(request, "web:public_stop"),
        )

    if not saved(form, write):
        return _page(request, desk, form)
    flash.done(request, f"On its way to {desk.mail_to}.")
    return redirect("web:letter", link_id)


@require_POST
@gate.member(Ability.RECORD)
def withdraw(request: gate.Request, link_id: int) -> HttpResponse:
    """Make the link worthless."""
    gone = services.withdraw_link(by=request.here.me.actor("web"), link_id=link_id)
    flash.undoable(request, "The link opens nothing any more.", about=gone)
    return redirect("web:letter", link_id)
