"""Middleware: no HTML ever comes out of /api/ and /hooks/, whichever layer noticed the error."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from warmhand.api.problems import JSON, answer, by_status

PREFIXES = ("/api/", "/hooks/")


class OneErrorShape:
    """Turns errors that Django or a middleware answered (404, 405, wrong host) into the shape."""

    def __init__(self, inner: Callable[[HttpRequest], HttpResponse]) -> None:
        self.inner = inner

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass on what isn't an error of the API, and what has the shape already."""
        found = self.inner(request)
        if not request.path_info.startswith(PREFIXES) or found.status_code < 400:
            return found
        if found.headers.get("Content-Type", "").startswith(JSON):
            return found
        made = answer(by_status(found.status_code))
        made.status_code = found.status_code
        if "Allow" in found.headers:
            made["Allow"] = found["Allow"]
        return made
