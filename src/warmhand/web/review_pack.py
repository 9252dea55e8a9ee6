"""The review pack of a client: its page, its charts, its paper (P14), or why there is none (P5)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final
from urllib.parse import urlencode

from babel import Locale
from dateutil.relativedelta import relativedelta
from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.http import content_disposition_header
from django.utils.text import slugify
from django.views.decorators.http import require_safe

from warmhand.apps.asks.queries import verdict_of
from warmhand.apps.people.queries import client_by_id
from warmhand.apps.reviews.favourable import NOTHING_IN_PERIOD
from warmhand.apps.reviews.pack import pack_of
from warmhand.printing import CHARTS, Pack, chart_svg, lay_out, pack_pdf
from warmhand.problems import Problem
from warmhand.rulebook import RULES
from warmhand.web import gate
from warmhand.web.forms import Day, tell
from warmhand.wording import languages

PRESETS: Final = (3, 6, 12, 24)
"""Months back, as buttons."""


class Period(forms.Form):
    """Which days a pack tells of, and in which language."""

    since = Day(required=False, label="From", help_text="Empty: since the last review.")
    until = Day(required=False, label="Until", help_text="Empty: today.")
    language = forms.ChoiceField(
        required=False,
        choices=[
            ("", "The client's own"),
            *((code, Locale(code).get_display_name("en")) for code in languages()),
        ],
    )


@require_safe
@gate.member()
def review_pack(request: gate.Request, client_id: int) -> HttpResponse:
    """The pack as a page, with the period and the language to choose."""
    form = Period(request.GET)
    pack = _asked(client_id, form)
    presets = list(_presets(request, pack))
    usual = any(each["here"] for each in presets)
    context = {
        "client": client_by_id(client_id),
        "pack": pack,
        "form": form,
        "presets": presets,
        "other_days": not usual or request.GET.get("language") or form.errors,
        "query": _query(form),
        **(_shown(pack) if pack.favourable else _not_shown(client_id, pack)),
    }
    status = 422 if form.errors else 200
    return _private(render(request, "reviews/pack.html", context, status=status))


@require_safe
@gate.member()
def review_pack_pdf(request: gate.Request, client_id: int) -> HttpResponse:
    """The pack on paper; the recovery sheet where there is nothing favourable to show."""
    pack = pack_of(client_id, **_named(Period(request.GET)))
    answer = HttpResponse(pack_pdf(pack), content_type="application/pdf")
    named = content_disposition_header(as_attachment="save" in request.GET, filename=_name(pack))
    answer["Content-Disposition"] = named or ""
    # A policy for pages stops the reader that browsers have for PDF, and this is no page.
    answer._csp_exempt = True  # type: ignore[attr-defined]
    return _private(answer)


@require_safe
@gate.member()
def review_pack_chart(request: gate.Request, client_id: int, chart: str) -> HttpResponse:
    """One chart of the page as SVG; `dark` and `narrow` in the address say for which page."""
    if chart not in CHARTS:
        raise Http404
    pack = pack_of(client_id, **_named(Period(request.GET)))
    look = {each: each in request.GET for each in ("dark", "narrow")}
    drawn = chart_svg(lay_out(pack), chart, pack.brand, **look) if pack.favourable else b""
    return _private(HttpResponse(drawn or _EMPTY, content_type="image/svg+xml"))


_EMPTY: Final = b'<svg xmlns="http://www.w3.org/2000/svg" width="1" height="1"/>'


def _asked(client_id: int, form: Period) -> Pack:
    """The pack for what was chosen, or the usual one where that can't be: the form says why."""
    try:
        return pack_of(client_id, **_named(form))
    except Problem as problem:
        if problem.status != 422:
            raise
        tell(form, problem)
        return pack_of(client_id, language=form.cleaned_data.get("language", ""))


def _named(form: Period) -> dict[str, Any]:
    """What was chosen, as far as it can be taken."""
    form.is_valid()
    return {name: form.cleaned_data.get(name) for name in ("since", "until")} | {
        "language": form.cleaned_data.get("language", "")
    }


def _query(form: Period) -> str:
    """What was chosen, for the addresses of paper and charts."""
    chosen = {name: value for name, value in _named(form).items() if value}
    return urlencode(chosen) if not form.errors else ""


def _presets(request: gate.Request, pack: Pack) -> Iterator[dict[str, Any]]:
    language = request.GET.get("language", "")
    plain = {"language": language} if language else {}
    chosen = request.GET.get("since", "")
    usual = not (chosen or request.GET.get("until"))
    yield {"label": "Since the last review", "url": f"?{urlencode(plain)}", "here": usual}
    for months in PRESETS:
        since = (pack.today - relativedelta(months=months)).isoformat()
        url = f"?{urlencode({'since': since, **plain})}"
        yield {
            "label": f"{months} months",
            "url": url,
            "here": chosen == since and not request.GET.get("until"),
        }


def _shown(pack: Pack) -> dict[str, Any]:
    sheet = lay_out(pack)
    charts = {name: getattr(sheet, name) is not None for name in CHARTS}
    return {"sheet": sheet, "texts": pack.texts, "charts": charts}


def _not_shown(client_id: int, pack: Pack) -> dict[str, Any]:
    """The verdict behind it; `only_days`: all that is wrong is that the period is too short."""
    return {
        "verdict": verdict_of(client_id),
        "reasons": RULES,
        "only_days": all(each.code == NOTHING_IN_PERIOD for each in pack.objections),
    }


def _name(pack: Pack) -> str:
    kind = "review-pack" if pack.favourable else "recovery-sheet"
    whom = slugify(pack.client or pack.company) or "client"
    return f"{kind}-{whom}-{pack.today:%Y-%m-%d}.pdf"


def _private(answer: HttpResponse) -> HttpResponse:
    answer["Cache-Control"] = "private, no-store"
    return answer
