"""Sign-in, workspaces and invitations."""

from __future__ import annotations

from allauth.account.adapter import DefaultAccountAdapter
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from warmhand.apps.accounts import queries


class Adapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Nobody signs up from outside: one is invited, or made on the command line."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """No: a stranger can't make an account."""
        return False


@login_required
def workspaces(request: HttpRequest) -> HttpResponse:
    """The workspaces one belongs to, to choose from."""
    found = queries.memberships(user_id=request.user.pk)
    return render(request, "accounts/workspaces.html", {"memberships": found})


@login_required
@require_POST
def open_workspace(request: HttpRequest, workspace_id: int) -> HttpResponse:
    """Choose a workspace for this session; another's looks like none."""
    me = queries.membership(user_id=request.user.pk, workspace_id=workspace_id)
    if me is None or me.workspace_id != workspace_id:
        from warmhand.problems import NotFound
        from warmhand.web.errors import problem_page

        return problem_page(request, NotFound("workspace"))
    request.session["workspace"] = me.workspace_id
    return redirect("web:home")
