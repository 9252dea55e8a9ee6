"""Colleagues, their roles, and inviting them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from warmhand.apps.accounts import queries, services
from warmhand.apps.accounts.abilities import Ability, Role, may
from warmhand.problems import NotFound, Problem
from warmhand.web import errors, flash, gate
from warmhand.web.forms import saved, sent, tell

ROLES = [(role.value, role.title) for role in Role]


class Colleague(forms.Form):
    """A colleague on record."""

    name = forms.CharField(max_length=200)
    role = forms.ChoiceField(choices=ROLES, initial=Role.ACCOUNT_MANAGER)
    team = forms.CharField(max_length=100, required=False)


class Invite(forms.Form):
    """Whom to invite, and as what."""

    email = forms.EmailField(label="E-mail", help_text="They get a link that works for 14 days.")
    role = forms.ChoiceField(choices=ROLES, initial=Role.ACCOUNT_MANAGER)
    team = forms.CharField(max_length=100, required=False)
    member_id = forms.TypedChoiceField(
        label="On record as",
        required=False,
        coerce=int,
        empty_value=None,
        help_text="A colleague who came with an import keeps their clients.",
    )

    def __init__(self, data: Any, known: Iterable[tuple[int, str]]) -> None:
        super().__init__(data)
        choice = self.fields["member_id"]
        choice.choices = [("", "Nobody yet"), *known]  # type: ignore[attr-defined]


class Accept(forms.Form):
    """What somebody who was invited tells."""

    name = forms.CharField(max_length=200, widget=forms.TextInput({"autocomplete": "name"}))
    password = forms.CharField(
        widget=forms.PasswordInput({"autocomplete": "new-password"}),
        help_text="At least ten characters. If you have an account here already, its password.",
    )


@gate.member()
def members(request: gate.Request) -> HttpResponse:
    """All colleagues; an owner sees open invitations too."""
    manages = may(request.here.me.role, Ability.MEMBERS)
    context = {
        "members": queries.members().select_related("user"),
        "invitations": queries.open_invitations() if manages else [],
        "manages": manages,
    }
    return render(request, "accounts/members.html", context)


def _page(request: HttpRequest, form: forms.Form, **context: Any) -> HttpResponse:
    context = {"form": form, "back": reverse("web:members"), "back_to": "Members", **context}
    status = 422 if form.errors else 200
    return render(request, "records/form.html", context, status=status)


@gate.member(Ability.MEMBERS)
def invite(request: gate.Request) -> HttpResponse:
    """Invite somebody by e-mail."""
    form = Invite(sent(request), queries.members_to_invite().values_list("pk", "name"))
    address = request.build_absolute_uri(reverse("web:accept_invitation", args=("TOKEN",)))

    def save(**values: Any) -> object:
        by = request.here.me.actor("web")
        return services.invite(by=by, accept_address=address.replace("TOKEN", "{token}"), **values)

    if saved(form, save):
        flash.done(request, f"Invited {form.cleaned_data['email']}.")
        return redirect("web:members")
    return _page(request, form, heading="Invite a colleague", submit="Send the invitation")


@gate.member(Ability.MEMBERS)
def member_edit(request: gate.Request, member_id: int) -> HttpResponse:
    """Change a colleague's name, role or team."""
    member = queries.member_by_id(member_id)
    initial = {"name": member.name, "role": member.role, "team": member.team}
    form = Colleague(sent(request), initial=initial)

    def save(**values: str) -> object:
        by = request.here.me.actor("web")
        return services.change_member(by=by, member_id=member_id, **values)

    if saved(form, save):
        flash.done(request, f"Changed {form.cleaned_data['name']}.")
        return redirect("web:members")
    return _page(request, form, heading=member.name, submit="Save")


@require_POST
@gate.member(Ability.MEMBERS)
def member_leave(request: gate.Request, member_id: int) -> HttpResponse:
    """A colleague leaves; what they did stays on record."""
    me = request.here.me
    member = services.let_member_leave(by=me.actor("web"), member_id=member_id, on=me.today())
    flash.done(request, f"{member.name} has left.")
    return redirect("web:members")


@require_POST
@gate.member(Ability.MEMBERS)
def invitation_withdraw(request: gate.Request, invitation_id: int) -> HttpResponse:
    """Make an invitation's link worthless."""
    by = request.here.me.actor("web")
    withdrawn = services.withdraw_invitation(by=by, invitation_id=invitation_id)
    flash.undoable(request, f"Withdrew the invitation of {withdrawn.email}.", about=withdrawn)
    return redirect("web:members")


def accept_invitation(request: HttpRequest, token: str) -> HttpResponse:
    """Accept an invitation: the one page that is open to strangers who hold its token."""
    found = queries.invitation(token)
    if found is None:
        gone = NotFound("invitation", "This invitation was used, withdrawn, or has expired.")
        return errors.problem_page(request, gone)
    form = Accept(sent(request))
    if form.is_valid() and _accepted(form, token):
        flash.done(request, f"You belong to {found.workspace.name} now. Sign in to begin.")
        return redirect("account_login")
    context = {"form": form, "invitation": found}
    return render(request, "accounts/accept.html", context, status=422 if form.errors else 200)


def _accepted(form: Accept, token: str) -> bool:
    """Whether the service took it; a refusal stands on the form."""
    try:
        services.accept_invitation(token=token, **form.cleaned_data)
    except Problem as problem:
        tell(form, problem)
        return False
    return True
