"""Error pages: the one error shape, as HTML."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from warmhand.problems import Problem

BAD_REQUEST = Problem(
    "bad_request",
    "This request can't be read.",
    lift="Go back, reload the page and try again.",
    status=400,
)
FORBIDDEN = Problem(
    "forbidden", "This isn't open to you.", lift="Ask an owner of the workspace.", status=403
)
NOT_FOUND = Problem(
    "not_found", "There is no such page.", lift="Check the link, or search for it.", status=404
)
FORM_EXPIRED = Problem(
    "form_expired",
    "This form was opened too long ago, or in another session.",
    lift="Go back, reload the page and send it again.",
    status=403,
)
WRONG_METHOD = Problem(
    "method_not_allowed",
    "This address is for a button, not for opening.",
    lift="Go back to the page that you came from, and use its button.",
    status=405,
)
OUR_FAULT = Problem(
    "our_fault",
    "Something went wrong on our side; nothing was written.",
    lift="Try again; if it stays, tell whoever runs this installation.",
    status=500,
)


def problem_page(request: HttpRequest, problem: Problem) -> HttpResponse:
    """A page that says what is wrong and what to do next."""
    return render(request, "error.html", {"problem": problem}, status=problem.status)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Answer 400."""
    return problem_page(request, BAD_REQUEST)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Answer 403."""
    return problem_page(request, FORBIDDEN)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Answer 404."""
    return problem_page(request, NOT_FOUND)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Answer 403: the form was opened in another session, or too long ago."""
    return problem_page(request, FORM_EXPIRED)


def server_error(request: HttpRequest) -> HttpResponse:
    """Answer 500: our fault; nothing was written."""
    return problem_page(request, OUR_FAULT)


class NoBareRefusal:
    """Middleware: what Django answers with nothing but a status (405) is a page, too."""

    def __init__(self, inner: Callable[[HttpRequest], HttpResponse]) -> None:
        self.inner = inner

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass on what says something; only who opens an address by hand reads a page."""
        found = self.inner(request)
        if request.method != "GET" or found.status_code != WRONG_METHOD.status or found.content:
            return found
        page = problem_page(request, WRONG_METHOD)
        page["Allow"] = found["Allow"]
        return page
