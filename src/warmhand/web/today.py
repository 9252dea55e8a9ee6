"""Today: the moves for the clients in one's care, best first, and the answers to them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from itertools import groupby
from typing import Any, Final
from urllib.parse import urlencode, urlsplit

from django.core.paginator import Page, Paginator
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from warmhand.apps.accounts.abilities import Ability, Role, may
from warmhand.apps.accounts.queries import Membership
from warmhand.apps.alliances.queries import ending_soon, open_enquiries
from warmhand.apps.asks.plans import tasks_due
from warmhand.apps.asks.queries import asks_waiting, follow_ups_due
from warmhand.apps.directory.queries import licences_to_look_at
from warmhand.apps.followups.queries import due_count
from warmhand.apps.giving.queries import urgent_needs
from warmhand.apps.insight.queries import teams
from warmhand.apps.moves.day import AllyTurn, Day, the_day
from warmhand.apps.moves.queries import MoveItem, TodayPage
from warmhand.apps.reviews.queries import ahead_of
from warmhand.rulebook import MOVES, Turn
from warmhand.web import gate
from warmhand.web.forms import page_number
from warmhand.web.today_forms import ALL, FilterForm

PER_PAGE: Final = 25
ALLIES: Final = 5
"""So many allies of one turn fit; the others stand in the ledger."""
KEYS: Final = (
    ("a", "do the move of the line in focus"),
    ("s", "snooze it"),
    ("d", "dismiss it"),
    ("h", "hand the client over"),
    ("w", "why this move"),
    ("f", "search these moves"),
    ("[ ]", "previous and next page"),
)


@require_safe
@gate.member()
def home(request: gate.Request) -> HttpResponse:
    """Each role's first page: the console for agents, Today for the others (P27)."""
    return redirect("web:console" if request.here.me.role == Role.AGENT else "web:today")


@require_safe
@gate.member()
def today(request: gate.Request) -> HttpResponse:
    """The moves of today, filtered and paged."""
    return render(request, "today/today.html", list_context(request, request.GET))


def list_after_answer(request: gate.Request) -> HttpResponse:
    """The list anew, for htmx, under the filters of the page that the person is on."""
    where = urlsplit(request.headers.get("HX-Current-URL", ""))
    context = list_context(request, QueryDict(where.query))
    context["undo_next"] = f"{where.path}?{where.query}" if where.path else reverse("web:today")
    return render(request, "today/after_answer.html", {**context, "oob": True})


def list_context(request: gate.Request, sent: QueryDict) -> dict[str, Any]:
    """All that the page shows, for the filters in `sent`."""
    me = request.here.me
    form = FilterForm(sent, me=me, teams=teams())
    day = the_day(form.wanted(), page=page_number(sent.get("page")), per_page=PER_PAGE)
    found = day.page
    blocks = _blocks(day, may(me.role, Ability.HAND_OVER))
    return {
        "filter": form,
        "filtered": found.filter.narrowed,
        "whose": form.cleaned_data.get("whose") or form.data["whose"],
        "found": found,
        "first": [block for block in blocks if block["turn"] is Turn.MEND],
        "blocks": [block for block in blocks if block["turn"] is not Turn.MEND],
        "tabs": _tabs(found, sent),
        "company": _company(found, sent),
        "without_company": _address(sent, company=None),
        "page": _page(found),
        **_own_day(me, found),
        "may_import": may(me.role, Ability.IMPORT),
        "keys": KEYS,
    }


def _own_day(me: Membership, found: TodayPage) -> dict[str, Any]:
    """What else waits for the person: on the first page of a list that isn't narrowed."""
    if found.filter.narrowed or found.page > 1:
        return {}
    member_id, owns = me.member_id, me.role == Role.OWNER
    return {
        "waiting": asks_waiting(member_id),
        "reviews": ahead_of(member_id, today=found.today),
        "ending": ending_soon(member_id, today=found.today),
        "open_enquiries": open_enquiries(),
        "licences": licences_to_look_at(member_id, owns=owns, today=found.today),
        "due": _due(member_id, found.today),
        "follow_ups_due": due_count(member_id, today=found.today),
        "member_id": member_id,
    }


def _due(member_id: int, today: dt.date) -> dict[str, list[Any]]:
    """Steps and promised introductions of one's own clients whose day has come."""
    follow_ups = follow_ups_due(member_id, today=today)
    tasks = tasks_due(member_id, today=today)
    return {"follow_ups": follow_ups, "tasks": tasks, "all": [*follow_ups, *tasks]}


def _page(found: TodayPage) -> Page[int]:
    """The page as the paging component knows it; the list itself was cut by the query."""
    return Paginator(range(found.total), PER_PAGE).page(found.page)


def _blocks(day: Day, may_hand_over: bool) -> list[dict[str, Any]]:
    """Clients' moves and allies' in the order of the day, each under its own head."""
    groups, allies, blocks, shown = _groups(day.page, may_hand_over), list(day.allies), [], 0
    for group in [*groups, None]:
        while allies and (group is None or allies[0].after <= shown):
            blocks.append(_ally_block(allies.pop(0)))
        if group is not None:
            blocks.append(group)
            shown += len(group["cards"])
    return blocks


def _ally_block(group: AllyTurn) -> dict[str, Any]:
    return {
        "turn": group.turn,
        "allies": group.items[:ALLIES],
        "more": max(0, len(group.items) - ALLIES),
        "count": len(group.items),
        "title": group.items[0].title,
        "family": "thank" if group.turn is Turn.OWE else "give",
    }


def _groups(found: TodayPage, may_hand_over: bool) -> list[dict[str, Any]]:
    """The lines by move, in the list's own order; in a list of others' clients with the keeper."""
    others = found.filter.member_id is None
    urgent = urgent_needs([item.client_id for item in found.items]) if found.items else {}
    return [
        {
            "move": move,
            "turn": MOVES[items[0].explanation.decision.move].turn,
            "count": found.by_move.get(move, 0),
            "cards": [
                {**_card(item, others, may_hand_over), "urgent": _words(urgent, item)}
                for item in items
            ],
        }
        for move, group in groupby(found.items, key=lambda item: item.move)
        for items in [list(group)]
    ]


def _words(urgent: Mapping[int, Any], item: MoveItem) -> str:
    """What they need now, whatever the move is: it must not be overlooked (P29)."""
    return urgent[item.client_id].words if item.client_id in urgent else ""


def _card(item: MoveItem, others: bool, may_hand_over: bool) -> dict[str, Any]:
    """A line of the list, as the component wants it."""
    return {
        "id": item.client_id,
        "move": item.move,
        "client": {"name": item.title, "company": {"name": _beside(item)}},
        "company_url": _same_company(item),
        "keeper": item.keeper if others else "",
        "client_url": reverse("web:client", args=[item.client_id]),
        "why": item.explanation.why,
        "evidence": item.explanation.evidence,
        "alternatives": [each.move.value for each in item.explanation.decision.runners_up[:3]],
        "why_url": reverse("web:verdict", args=[item.client_id]),
        "urls": _answers(item, may_hand_over),
    }


def _beside(item: MoveItem) -> str:
    """The company, unless it stands in the client's title already."""
    return "" if item.company and item.title.startswith(item.company) else item.company


def _same_company(item: MoveItem) -> str:
    """The moves for all clients of the company, in whosever care."""
    return (
        f"{reverse('web:today')}?whose={ALL}&company={item.company_id}" if item.company_id else ""
    )


def _answers(item: MoveItem, may_hand_over: bool) -> dict[str, str]:
    where = [item.client_id, item.move]
    urls = {name: reverse(f"web:move_{name}", args=where) for name in ("do", "snooze", "dismiss")}
    if may_hand_over:
        urls["hand_over"] = reverse("web:move_hand_over", args=where)
    return urls


def _tabs(found: TodayPage, sent: QueryDict) -> list[dict[str, Any]]:
    """One tab for all moves and one for each that is proposed, with its count."""
    wanted = found.filter.move
    every = {
        "label": "All",
        "url": _address(sent, move=None),
        "here": not wanted,
        "count": sum(found.by_move.values()),
    }
    return [every] + [
        {
            "label": info.title,
            "url": _address(sent, move=move.value),
            "here": wanted == move.value,
            "count": found.by_move.get(move.value, 0),
        }
        for move, info in MOVES.items()
        if move.value in found.by_move or move.value == wanted
    ]


def _address(sent: QueryDict, **changes: str | None) -> str:
    """This page with some filters changed; always its first page."""
    values = {name: value for name, value in sent.items() if value and name != "page"}
    values.update({name: value for name, value in changes.items() if value})
    for name in [name for name, value in changes.items() if not value]:
        values.pop(name, None)
    address = reverse("web:today")
    return f"{address}?{urlencode(values)}" if values else address


def _company(found: TodayPage, sent: QueryDict) -> str:
    """The company that the list is narrowed to, by name."""
    if not found.filter.company_id:
        return ""
    return found.items[0].company if found.items else "one company"
