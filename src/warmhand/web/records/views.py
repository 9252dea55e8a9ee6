"""The page of a client and the page of a company."""

from __future__ import annotations

import calendar

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.http import content_disposition_header

from warmhand.apps.asks import queries as asks
from warmhand.apps.people import queries as people
from warmhand.apps.work import queries as work
from warmhand.apps.work.evidence import file_of
from warmhand.web import gate
from warmhand.web.key_ring import sees

TABS = (("", "Records"), ("days", "Time line"), ("journal", "Journal"))
NAMES_SHOWN = 20


@gate.member()
def client(request: gate.Request, client_id: int) -> HttpResponse:
    """All about one client: standing, records, wishes, keys, time line."""
    tab = request.GET.get("tab", "")
    overview = people.client_overview(client_id)
    context = {
        "it": overview,
        "client": overview.client,
        "verdict": asks.verdict_of(client_id),
        "sees_keys": sees(request, overview.client),
        "tab": tab,
        "tabs": [
            {"label": label, "url": f"?tab={code}" if code else "?", "here": code == tab}
            for code, label in TABS
        ],
        "keys": [("e", "edit"), ("w", "why, and what if"), ("n", "record something")],
    }
    return render(request, "records/client.html", context)


@gate.member()
def company(request: gate.Request, company_id: int) -> HttpResponse:
    """All about one company: its clients, busy times and commitments."""
    overview = people.company_overview(company_id)
    found = overview.company
    context = {
        "it": overview,
        "company": found,
        "year_end": calendar.month_name[found.year_end_month] if found.year_end_month else "",
    }
    return render(request, "records/company.html", context)


@gate.member()
def evidence(request: gate.Request, commitment_id: int) -> HttpResponse:
    """The file that shows what was delivered, to be saved: never opened as a page of ours."""
    name, content = file_of(work.commitment_by_id(commitment_id))
    header = content_disposition_header(as_attachment=True, filename=name)
    kind = "application/octet-stream"
    return HttpResponse(content, content_type=kind, headers={"Content-Disposition": header or ""})


@gate.member()
def company_names(request: gate.Request) -> HttpResponse:
    """Names of companies that begin or go on like what is being typed."""
    search = request.GET.get("company", "")
    found = people.companies(search=search)[:NAMES_SHOWN] if search.strip() else []
    return render(request, "records/company_names.html", {"companies": found})
