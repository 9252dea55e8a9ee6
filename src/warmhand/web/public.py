"""Pages for clients, opened by a link instead of an account: their gate, frame and headers.

GET, HEAD and OPTIONS never write. A POST carries the signed moment at which its form was rendered
(safety.md, control 3); it needs no cookie, so it works where a mail app shows pages by itself.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import wraps
from typing import Any, Concatenate, Generic, ParamSpec, TypeVar

from babel.dates import format_skeleton
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language_from_request
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from warmhand.apps.messaging import stamps
from warmhand.apps.messaging.door import Visit, looked_at_anew, visiting
from warmhand.apps.messaging.services import Proof
from warmhand.problems import NotFound, Problem
from warmhand.wording.catalogue import Catalogue, catalogue
from warmhand.wording.public import UNTIL, FrameTexts, frame_texts, gone_texts, version_of

P = ParamSpec("P")
T = TypeVar("T")
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
        def gated(request: HttpRequest, /, token: str, **kwargs: Any) -> HttpResponse:
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
    stamp: str = "",
    **context: Any,
) -> HttpResponse:
    """A page in the frame; `spoken` is the client's catalogue.

    The form gets a fresh stamp, unless the one that it came with still counts.
    """
    frame: FrameTexts = frame_texts(spoken)
    inside = {
        "frame": frame,
        "language": spoken.language,
        "visit": visit,
        "stamp": stamp or stamps.stamp(visit.page, visit.edition),
    }
    return render(request, template, inside | context, status=status)


@dataclass(frozen=True, slots=True)
class Sheet(Generic[T]):
    """One page for one client: who asks, by which link, in which language, with which texts."""

    request: HttpRequest
    visit: Visit
    spoken: Catalogue
    texts: T

    def show(
        self, template: str, *, problem: Problem | None = None, **context: Any
    ) -> HttpResponse:
        """The page; with a `problem` said over its form, and its status."""
        return page(
            self.request,
            self.visit,
            template,
            self.spoken,
            status=problem.status if problem else 200,
            stamp=kept_stamp(self.request, problem),
            texts=self.texts,
            said=self._said(problem) if problem else "",
            **context,
        )

    def _said(self, problem: Problem) -> str:
        if problem.code == "nothing_said":
            return problem.sentence
        return refusal(frame_texts(self.spoken), problem)

    def anew(self) -> Sheet[T]:
        """The same page as its link stands now, after an answer came in meanwhile."""
        return replace(self, visit=looked_at_anew(self.visit))

    def proof(self, name: str, said: dict[str, Any]) -> Proof:
        """From where an answer comes, to which words, and what it says."""
        return proof_of(self.request, version_of(name, self.spoken, self.texts), said)

    def until(self, text: str) -> str:
        """A text with the moment up to which an answer can be corrected."""
        return text.replace(UNTIL, moment_of(self.visit.correctable_until, self.spoken))


def nothing_said(sentence: str) -> Problem:
    """A form came without an answer: what machines send. `sentence` is in the client's language."""
    return Problem("nothing_said", sentence, lift="Choose an answer and send it.")


def stamped(request: HttpRequest, page: str) -> stamps.Stamp:
    """The stamp that came with the form of `visit.page`; a Problem where it can't be taken."""
    return stamps.read_stamp(request.POST.get("stamp", ""), page)


def refusal(frame: FrameTexts, problem: Problem) -> str:
    """A refusal in the client's language."""
    said = {
        "form_too_quick": frame.too_quick,
        "form_too_old": frame.once_more,
        "form_not_ours": frame.once_more,
        "answered_meanwhile": frame.meanwhile,
    }
    return said.get(problem.code, frame.not_taken)


def kept_stamp(request: HttpRequest, problem: Problem | None) -> str:
    """The stamp that a form keeps when it is shown again: only one that was merely too quick.

    So whoever waits the rest of the three seconds is let through at the second press.
    """
    too_quick = problem is not None and problem.code == "form_too_quick"
    return request.POST.get("stamp", "") if too_quick else ""


def moment_of(when: dt.datetime | None, spoken: Catalogue) -> str:
    """A day and time as it is said in the client's language, in the workspace's zone."""
    if when is None:
        return ""
    local = timezone.localtime(when)
    language = "en_GB" if spoken.language == "en" else spoken.language
    return f"{format_skeleton('MMMMd', local, locale=language)}, {local:%H:%M}"


def proof_of(request: HttpRequest, text_version: str, said: dict[str, Any]) -> Proof:
    """From where an answer comes, to which words, and what it says."""
    return Proof(
        address=request.META.get("REMOTE_ADDR", ""),
        agent=request.headers.get("User-Agent", ""),
        text_version=text_version,
        said=said,
    )


def pattern(request: HttpRequest, path: str) -> str:
    """The whole address of a page whose token is TOKEN, with `{token}` in its place."""
    return request.build_absolute_uri(path).replace("TOKEN", "{token}")
