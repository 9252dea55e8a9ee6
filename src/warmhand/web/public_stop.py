"""No more mails: by the button of a mail program (RFC 8058), or by the one on our page."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language_from_request
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from warmhand.apps.accounts.queries import workspace_by_id
from warmhand.apps.directory.queries import language_of_provider
from warmhand.apps.island.scope import workspace_scope
from warmhand.apps.messaging import queries as messaging
from warmhand.apps.messaging import services, stamps
from warmhand.apps.messaging.services import StopPage
from warmhand.apps.people import queries as people
from warmhand.problems import NotFound, Problem
from warmhand.web import public
from warmhand.wording.catalogue import catalogue
from warmhand.wording.public import frame_texts, stop_texts


@csrf_exempt  # mail programs send the one-click request without any cookie
@require_http_methods(["GET", "HEAD", "POST"])
def stop(request: HttpRequest, token: str) -> HttpResponse:
    """Looking changes nothing; a mail program's one click does, and a person's button."""
    try:
        found = services.stop_page(token)
        with workspace_scope(found.workspace_id):
            return public.sealed(_answer(request, found))
    except NotFound:
        return public.gone_page(request)


def _answer(request: HttpRequest, found: StopPage) -> HttpResponse:
    if request.method != "POST":
        return _page(request, found)
    if request.POST.get("List-Unsubscribe") == "One-Click":
        services.suppress(message_id=found.message_id)
        return HttpResponse("OK", content_type="text/plain")
    return _pressed(request, found)


def _pressed(request: HttpRequest, found: StopPage) -> HttpResponse:
    acts = {"stop": services.suppress, "again": services.let_write_again}
    act = acts.get(request.POST.get("act", ""))
    try:
        public.stamped(request, _stamped_as(found))
    except Problem as problem:
        return _page(request, found, problem)
    if act is not None:
        act(message_id=found.message_id)
    return redirect(request.path)


def _stamped_as(found: StopPage) -> str:
    return f"stop {found.message_id}"


def _language_of_reader(request: HttpRequest, message: Any, found: StopPage) -> str:
    """Of whoever got the mail, as the mail was: a provider's page tells nothing of its client."""
    if message.provider_id is not None:
        ours = workspace_by_id(found.workspace_id).language
        return language_of_provider(message.provider, ours)
    return people.language_of(message.client, get_language_from_request(request))


def _page(request: HttpRequest, found: StopPage, problem: Problem | None = None) -> HttpResponse:
    message = messaging.message_by_id(found.message_id)
    spoken = catalogue(_language_of_reader(request, message, found))
    frame = frame_texts(spoken)
    context = {
        "frame": frame,
        "language": spoken.language,
        "texts": stop_texts(spoken, workspace=found.workspace_name),
        "stopped": services.stopped_by(found.message_id),
        "stamp": public.kept_stamp(request, problem) or stamps.stamp(_stamped_as(found)),
        "said": public.refusal(frame, problem) if problem else "",
        "workspace_name": found.workspace_name,
    }
    return render(request, "public/stop.html", context, status=problem.status if problem else 200)
