"""What came of a referral: its page for members, and the page that either side opens (P34)."""

from __future__ import annotations

from typing import Any, Final

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from warmhand.apps.accounts.queries import Membership
from warmhand.apps.directory.queries import language_of_provider
from warmhand.apps.followups import queries, services
from warmhand.apps.messaging.door import Visit
from warmhand.apps.people import queries as people
from warmhand.problems import NotFound, Problem
from warmhand.web import gate, public
from warmhand.web.public import Sheet
from warmhand.web.public_forms import LONGEST_WORDS, Answer
from warmhand.wording.catalogue import Catalogue, catalogue
from warmhand.wording.follow_ups import (
    HAPPY,
    NOT_YET,
    NOTHING,
    UNHAPPY,
    FollowUpTexts,
    follow_up_mail,
    follow_up_texts,
    told_text,
)
from warmhand.wording.public import MailTexts

CLIENT, PROVIDER = "client", "provider"
MEANS: Final[dict[str, dict[str, Any]]] = {
    HAPPY: {"business": "yes", "happy": True},
    UNHAPPY: {"business": "yes", "happy": False},
    NOT_YET: {"business": "not_yet", "happy": None},
    NOTHING: {"business": "no", "happy": None},
    "": {"business": "", "happy": None},
}
"""What each of the page's answers is on record; '' where none was chosen."""
_AGAIN = {"yes": True, "no": False, "": None}


class FollowUpAnswer(Answer):
    """One choice; the rest may be left out. Nothing is chosen beforehand."""

    how = forms.ChoiceField(choices=[(name, "") for name in MEANS], required=False)
    again = forms.ChoiceField(choices=[(name, "") for name in _AGAIN], required=False)
    words = forms.CharField(required=False, max_length=LONGEST_WORDS)
    may_tell = forms.BooleanField(required=False)
    no_more = forms.BooleanField(required=False)

    def clean(self) -> dict[str, Any]:
        """Something has to be said: what a machine sends by itself is empty."""
        found: dict[str, Any] = super().clean() or {}
        said = any(found.get(name) for name in ("how", "again", "words", "no_more"))
        if not self.errors and not said:
            raise forms.ValidationError("nothing", code="nothing")
        return found


def on_record(row: Any) -> dict[str, Any]:
    """What was answered, as the form would send it."""
    felt = {"business": row.business, "happy": row.happy}
    how = next((name for name, means in MEANS.items() if means == felt), "")
    again = next(name for name, means in _AGAIN.items() if means == row.again)
    kept = {name: getattr(row, name) for name in ("words", "may_tell", "no_more")}
    return {"how": how, "again": again, **kept}


@public.visitor("follow_up")
def follow_up(request: HttpRequest, visit: Visit) -> HttpResponse:
    """How is it going? Answered by the side that holds the link; corrected for a day."""
    row = queries.follow_up_by_id(visit.object_id)
    if queries.is_taken_back(row.referral_id):
        raise NotFound("follow_up")  # whoever holds an older link reads no name there
    spoken = catalogue(_language(row, visit.workspace_language))
    referral = queries.given_with_sides(row.referral_id)
    asks = referral.member or referral.client.keeper
    texts = follow_up_texts(
        spoken,
        to_client=row.side == CLIENT,
        other=_other(row),
        given_on=referral.given_on,
        workspace=visit.workspace_name,
        member=asks.name if asks else "",
    )
    sheet = Sheet(request, visit, spoken, texts)
    if request.method == "POST":
        return _answer(sheet)
    if visit.answered_at and "correct" not in request.GET:
        return _thank(sheet, row)
    return _form(sheet, on_record(row))


def _answer(sheet: Sheet[FollowUpTexts]) -> HttpResponse:
    form, visit = FollowUpAnswer(sheet.request.POST), sheet.visit
    good = form.is_valid()
    try:
        stamp = public.stamped(sheet.request, visit.page)
        if not good:
            raise public.nothing_said(sheet.texts.nothing)
        services.answer_by_link(
            follow_up_id=visit.object_id,
            link_id=visit.link_id,
            edition=stamp.edition,
            proof=sheet.proof("follow_up", form.cleaned_data),
            **_meant(form.cleaned_data),
        )
    except NotFound:
        raise
    except Problem as problem:
        if problem.code == "answered_meanwhile":
            now = on_record(queries.follow_up_by_id(visit.object_id))
            return _form(sheet.anew(), now, problem)
        return _form(sheet, form.sent(), problem)
    return redirect(sheet.request.path)


def _meant(sent: dict[str, Any]) -> Any:
    return {
        **MEANS[sent["how"]],
        "again": _AGAIN[sent["again"]],
        "words": sent["words"],
        "may_tell": sent["may_tell"] and queries.asks_to_tell(),
        "no_more": sent["no_more"],
    }


def _form(
    sheet: Sheet[FollowUpTexts], answer: dict[str, Any], problem: Problem | None = None
) -> HttpResponse:
    return sheet.show(
        "public/follow_up.html",
        problem=problem,
        answer=answer,
        asks_to_tell=queries.asks_to_tell(),
    )


def _thank(sheet: Sheet[FollowUpTexts], row: Any) -> HttpResponse:
    told = queries.told_to(row.side, row.referral_id)
    return sheet.show(
        "public/follow_up_thanks.html",
        unhappy=row.side == CLIENT and row.happy is False,
        told=told_text(sheet.spoken, business=told.business, happy=told.happy) if told else "",
        correct=sheet.until(sheet.texts.correct),
    )


def _language(row: Any, workspace_language: str) -> str:
    if row.side == CLIENT:
        return people.language_of(row.client, workspace_language)
    return language_of_provider(row.referral.listed, workspace_language)


def _other(row: Any) -> str:
    """Who the reader was brought together with."""
    return str(row.referral.provider if row.side == CLIENT else row.client.title)


# The member's side.


def language_of_reader(link: Any, workspace_language: str) -> str:
    """The language of whoever opens the link."""
    return _language(queries.follow_up_by_id(link.object_id), workspace_language)


def letter(link: Any, client: Any, me: Membership, spoken: Catalogue) -> MailTexts:
    """The text that goes with the link."""
    row = queries.follow_up_by_id(link.object_id)
    to_client = row.side == CLIENT
    return follow_up_mail(
        spoken,
        to_client=to_client,
        name=client.name if to_client else _contact(row),
        other=_other(row),
        member=me.name,
    )


def _contact(row: Any) -> str:
    listed = row.referral.listed
    return str(listed.contact_name) if listed else ""


def reader(link: Any, client: Any) -> str:
    """Who reads the page, by name."""
    return queries.follow_up_by_id(link.object_id).speaker


def address(link: Any) -> str:
    """Where a mail from here may go to; a Problem where it may not."""
    return services.address_of_reader(queries.follow_up_by_id(link.object_id))


def again(link: Any) -> tuple[str, int, str]:
    """The act that makes a new link."""
    row = queries.follow_up_by_id(link.object_id)
    return "referral-given", row.referral_id, f"ask-{row.side}"


@require_safe
@gate.member()
def came_of_it(request: gate.Request, referral_given_id: int) -> HttpResponse:
    """What came of a referral: what each side said, what is due, what may be told."""
    referral = queries.given_with_sides(referral_given_id)
    about = queries.about_referral(referral)
    client, provider = referral.client.title, referral.provider
    names = {CLIENT: (client, provider), PROVIDER: (provider, client)}
    context = {
        "referral": referral,
        "client": referral.client,
        "standing": about.standing,
        "rows": about.rows,
        "taken_back": about.taken_back,
        "sides": [
            {"it": side, "name": names[side.code][0], "other": names[side.code][1]}
            for side in about.sides
        ],
        "offers_to_meet": about.standing.both_do_business
        and referral.need is not None
        and referral.need.met_on is None,
        "keys": [("c", "note what the client says"), ("p", "note what the provider says")],
    }
    return render(request, "follow_ups/came_of_it.html", context)
