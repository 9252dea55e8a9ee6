"""The gate of every page: who is it, which workspace, may they, and what if not."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Concatenate, ParamSpec
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme

from warmhand.apps.accounts import queries
from warmhand.apps.accounts.abilities import Ability, require
from warmhand.apps.accounts.queries import Membership
from warmhand.apps.island.scope import workspace_scope
from warmhand.problems import Problem
from warmhand.web import errors

P = ParamSpec("P")


@dataclass(slots=True)
class Here:
    """Who asks, in which workspace: what `request.here` holds behind the gate."""

    me: Membership


class Request(HttpRequest):
    """A request that has passed the gate."""

    here: Here


View = Callable[Concatenate[Request, P], HttpResponse]
_GATES: dict[str, Ability | None] = {}


def member(
    ability: Ability = Ability.VIEW,
) -> Callable[[View[P]], Callable[Concatenate[HttpRequest, P], HttpResponseBase]]:
    """Let members with an ability in; the page runs inside their workspace's transaction.

    Strangers are sent to sign in, people without a workspace to the list of theirs. A Problem
    raised inside rolls everything back and is shown in the one error shape.
    """

    def gate(view: View[P]) -> Callable[Concatenate[HttpRequest, P], HttpResponseBase]:
        _GATES[f"{view.__module__}.{view.__qualname__}"] = ability

        @wraps(view)
        def gated(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
            if not request.user.is_authenticated:
                return redirect_to_login(_page_to_come_back_to(request))
            me = queries.membership(
                user_id=request.user.pk, workspace_id=request.session.get("workspace")
            )
            if me is None:
                return redirect("web:workspaces")
            return _enter(view, request, me, ability, *args, **kwargs)

        return gated

    return gate


def _page_to_come_back_to(request: HttpRequest) -> str:
    """Where one goes on after signing in: of what was sent, the page on which it was filled in."""
    if request.method in ("GET", "HEAD"):
        return request.get_full_path()
    page = request.headers.get("Referer", "")
    if not url_has_allowed_host_and_scheme(page, {request.get_host()}):
        return "/"
    return urlsplit(page)._replace(scheme="", netloc="", fragment="").geturl() or "/"


def _enter(
    view: View[P],
    request: HttpRequest,
    me: Membership,
    ability: Ability,
    *args: P.args,
    **kwargs: P.kwargs,
) -> HttpResponse:
    request.here = Here(me)  # type: ignore[attr-defined]
    try:
        require(me.role, ability)
        with workspace_scope(me.workspace_id), timezone.override(ZoneInfo(me.timezone)):
            return view(request, *args, **kwargs)  # type: ignore[arg-type]
    except Problem as problem:
        return errors.problem_page(request, problem)
