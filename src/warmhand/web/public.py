"""Pages for clients, opened by a link instead of an account: their gate, frame and headers.

GET, HEAD and OPTIONS never write. A POST carries the signed moment at which its form was rendered
(safety.md, control 3); it needs no cookie, so it works where a mail app shows pages by itself.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language_from_request
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from warmhand.apps.messaging import stamps
from warmhand.apps.messaging.door import Visit, visiting
from warmhand.apps.messaging.services import Proof
from warmhand.problems import NotFound, Problem
from warmhand.wording.catalogue import Catalogue, catalogue
from warmhand.wording.public import FrameTexts, frame_texts, gone_texts

P = ParamSpec("P")
Page = Callable[Concatenate[HttpRequest, Visit, P], HttpResponse]
HEADERS = {
    "Referrer-Policy": "no-referrer",
    "X-Robots-Tag": "noindex, nofollow",
    "Cache-Control": "no-store",
}


def visitor(purpose: str) -> Callable[[Page[P]], Callable[..., HttpResponse]]:
    """Let in whoever holds a link for this purpose; the page runs in its workspace's transaction.

    The view gets `visit` instead of the token. Every link that opens nothing gets one and the
    same answer; so does a NotFound raised inside, since then its subject is gone.
    """

    def gate(view: Page[P]) -> Callable[..., HttpResponse]:
        @csrf_exempt  # the stamp and the unguessable address do its work, without a cookie
        @require_http_methods(["GET", "HEAD", "POST"])
        @wraps(view)
        def gated(request: HttpRequest, token: str, /, **kwargs: Any) -> HttpResponse:
            try:
                with visiting(token, purpose) as visit:
                    answer = view(request, visit, **kwargs)  # type: ignore[call-arg]
            except NotFound:
                answer = gone_page(request)
            return sealed(answer)

        return gated

    return gate


def sealed(answer: HttpResponse) -> HttpResponse:
    """An answer that no search engine, cache or other site learns of."""
    for name, value in HEADERS.items():
        answer.headers[name] = value
    return answer


def gone_page(request: HttpRequest) -> HttpResponse:
    """The one answer to a link that opens nothing, in the language of the browser."""
    spoken = catalogue(get_language_from_request(request))
    context = {"texts": gone_texts(spoken), "language": spoken.language}
    return sealed(render(request, "public/gone.html", context, status=404))


def page(
    request: HttpRequest,
    visit: Visit,
    template: str,
    spoken: Catalogue,
    *,
    status: int = 200,
    **context: Any,
) -> HttpResponse:
    """A page in the frame; `spoken` is the client's catalogue. The form gets a fresh stamp."""
    frame: FrameTexts = frame_texts(spoken, workspace=visit.workspace_name)
    inside = {
        "frame": frame,
        "language": spoken.language,
        "visit": visit,
        "stamp": stamps.stamp(visit.page, visit.edition),
    }
    return render(request, template, inside | context, status=status)


def stamped(request: HttpRequest, visit: Visit) -> stamps.Stamp:
    """The stamp that came with the form; a Problem where it can't be taken (see `stamps`)."""
    return stamps.read_stamp(request.POST.get("stamp", ""), visit.page)


def refusal(frame: FrameTexts, problem: Problem) -> str:
    """A refusal in the client's language."""
    said = {
        "form_too_quick": frame.too_quick,
        "form_too_old": frame.once_more,
        "form_not_ours": frame.once_more,
        "answered_meanwhile": frame.meanwhile,
    }
    return said.get(problem.code, frame.not_taken)


def proof_of(request: HttpRequest, text_version: str) -> Proof:
    """From where an answer comes, and to which words."""
    return Proof(
        address=request.META.get("REMOTE_ADDR", ""),
        agent=request.headers.get("User-Agent", ""),
        text_version=text_version,
    )


def pattern(request: HttpRequest, path: str) -> str:
    """The whole address of a page whose token is TOKEN, with `{token}` in its place."""
    return request.build_absolute_uri(path).replace("TOKEN", "{token}")
