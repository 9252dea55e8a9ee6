"""The page on which anybody sees the providers a workspace has chosen: read only, no cookie.

Off, it is not there: its address answers as one that was never anybody's.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from warmhand.apps.accounts import queries as accounts
from warmhand.apps.directory import queries
from warmhand.problems import NotFound
from warmhand.web.brand import brand_css
from warmhand.web.public import gone_page
from warmhand.wording.catalogue import catalogue
from warmhand.wording.public import frame_texts, nobody_named

HEADERS = {"Referrer-Policy": "no-referrer", "Cache-Control": "no-store"}
View = Callable[[HttpRequest, queries.PublicPage], HttpResponse]


def anybody(view: View) -> Callable[..., HttpResponse]:
    """Let anybody in by the address of an open page; every other address is gone."""

    @require_safe
    @wraps(view)
    def gated(request: HttpRequest, /, slug: str) -> HttpResponse:
        try:
            with queries.opened_to_anybody(slug) as head:
                answer = view(request, head)
        except NotFound:
            return gone_page(request)
        for name, value in HEADERS.items():
            answer.headers[name] = value
        return answer

    return gated


@anybody
def page(request: HttpRequest, head: queries.PublicPage) -> HttpResponse:
    """The providers chosen, and what may be read of them."""
    return showing(request, head)


@anybody
def look(request: HttpRequest, head: queries.PublicPage) -> HttpResponse:
    """The workspace's colours, for light and dark."""
    return HttpResponse(brand_css(accounts.brand()), content_type="text/css")


@anybody
def logo(request: HttpRequest, head: queries.PublicPage) -> HttpResponse:
    """The workspace's logo."""
    found = accounts.brand(logo=True).logo
    if not found:
        raise NotFound("logo", "This workspace has no logo.")
    return HttpResponse(found, content_type="image/png")


def showing(
    request: HttpRequest, head: queries.PublicPage, *, preview: bool = False
) -> HttpResponse:
    """The page in the workspace's language; a preview is for no search engine."""
    spoken = catalogue(head.language)
    context: dict[str, Any] = {
        "head": head,
        "frame": frame_texts(spoken),
        "nobody": nobody_named(spoken),
        "language": spoken.language,
        "preview": preview,
        "has_logo": bool(accounts.brand(logo=True).logo),
        "providers": [
            {
                "it": it,
                "site": urlsplit(it.website).netloc.removeprefix("www."),
                "languages": [
                    queries.language_name(code, spoken.language) for code in it.languages
                ],
            }
            for it in queries.public_providers()
        ],
    }
    answer = render(request, "directory/public.html", context)
    if preview:
        answer.headers["X-Robots-Tag"] = "noindex, nofollow"
    return answer
