"""What stands round every page: navigation, the person, their workspace and theme."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.functional import SimpleLazyObject

from warmhand.apps.accounts import queries
from warmhand.apps.accounts.abilities import Ability, Role, may
from warmhand.apps.accounts.queries import Membership


@dataclass(frozen=True)
class Item:
    """One line of the navigation: a route by name, its label, its icon, what it takes to see it.

    With `short` it stands in the bar at the foot of a phone too. It is `also` the line of lists
    that are tabs of its page.
    """

    route: str
    label: str
    icon: str
    short: str = ""
    ability: Ability = Ability.VIEW
    also: tuple[str, ...] = ()
    url: str = ""
    here: bool = False


@dataclass(frozen=True)
class Group:
    """Lines that belong together, under a name ('' for the first)."""

    name: str
    items: list[Item]


@dataclass(frozen=True)
class Shell:
    """All that the frame templates read."""

    name: str = ""
    role_name: str = ""
    workspace_name: str = ""
    home: str = "/"
    search_url: str = ""
    quick_url: str = ""
    nav: list[Group] = field(default_factory=list)
    bar: list[Item] = field(default_factory=list)
    own: list[Item] = field(default_factory=list)


NAVIGATION = [
    Group(
        "",
        [
            Item("web:today", "Today", "sun", "Today"),
            Item("web:console", "Console", "phone", "Console"),
            Item("web:clients", "Clients", "users", "Clients"),
            Item("web:companies", "Companies", "building-office-2"),
        ],
    ),
    Group(
        "Records",
        [
            Item("web:commitments", "Commitments", "clipboard-document-check"),
            Item("web:cases", "Cases", "lifebuoy"),
            Item(
                "web:surveys",
                "Surveys",
                "chat-bubble-bottom-center-text",
                also=("web:ratings",),
            ),
            Item(
                "web:reviews-due",
                "Reviews",
                "calendar-days",
                also=("web:reviews-invited", "web:reviews-planned", "web:reviews"),
            ),
            Item("web:offers", "Offers", "ticket", also=("web:passes",)),
            Item("web:asks", "Asks", "sparkles"),
            Item("web:referrals", "Referrals", "arrows-right-left"),
            Item("web:thanks", "Thank-yous", "heart"),
        ],
    ),
    Group(
        "Giving",
        [
            Item("web:favours", "Favours", "gift"),
            Item(
                "web:needs",
                "Needs",
                "light-bulb",
                also=("web:introductions", "web:referrals-given", "web:follow-ups"),
            ),
            Item("web:directory", "Directory", "building-storefront", also=("web:expertise",)),
            Item("web:alliances", "Alliances", "link", also=("web:enquiries", "web:ledger")),
            Item("web:giving", "Our giving", "hand-thumb-up"),
        ],
    ),
    Group(
        "Learn",
        [
            Item("web:acceptance", "What works", "chart-bar"),
        ],
    ),
    Group(
        "Set-up",
        [
            Item("web:import", "Import", "arrow-up-tray", ability=Ability.IMPORT),
            Item("web:duplicates", "Duplicates", "square-2-stack", ability=Ability.MERGE),
            Item("web:policy", "Policy", "scale"),
            Item("web:members", "Members", "user-group"),
            Item("web:workspace", "Workspace", "cog-6-tooth", ability=Ability.WORKSPACE),
            Item("web:connections", "Helpdesks", "inbox-arrow-down", ability=Ability.CONNECTIONS),
            Item("web:api_keys", "API keys", "key", ability=Ability.API_KEYS),
            Item("web:journal", "Journal", "book-open"),
        ],
    ),
]
OWN = [
    Item("web:profile", "Profile", "user-circle"),
    Item("mfa_index", "Two-step sign-in", "shield-check"),
]


def _url(route: str) -> str:
    try:
        return reverse(route)
    except NoReverseMatch:
        return ""


def _shown(items: list[Item], role: str, here: str) -> list[Item]:
    """The lines this role sees, with their addresses; a route that is not there has no line."""
    found = [(item, _url(item.route)) for item in items if may(role, item.ability)]
    return [replace(item, url=url, here=url == here) for item, url in found if url]


def _here(path: str) -> str:
    """The address in the navigation under which a path lies: the longest one that begins it."""
    items = [item for group in NAVIGATION for item in group.items] + OWN
    lines = {_url(route): item for item in items for route in (item.route, *item.also)}
    found = max(
        (url for url in lines if url == path or (url not in ("", "/") and path.startswith(url))),
        key=len,
        default="",
    )
    return _url(lines[found].route) if found else ""


def _theme(request: HttpRequest) -> str:
    chosen = request.COOKIES.get("theme", "")
    return chosen if chosen in {"light", "dark"} else ""


def _quick_url(request: HttpRequest) -> str:
    """The quick note; where the page is about a client, it is about them."""
    match = request.resolver_match
    client_id = match.kwargs.get("client_id") if match else None
    told = {"next": request.get_full_path(), **({"client": client_id} if client_id else {})}
    return f"{reverse('web:quick', args=['need'])}?{urlencode(told)}"


def _inside(request: HttpRequest, me: Membership) -> Shell:
    here = _here(request.path)
    groups = [Group(group.name, _shown(group.items, me.role, here)) for group in NAVIGATION]
    return Shell(
        name=me.name,
        role_name=Role(me.role).title,
        workspace_name=me.workspace_name,
        home=_url("web:home") or "/",
        search_url=_url("web:clients"),
        quick_url=_quick_url(request),
        nav=[group for group in groups if group.items],
        bar=[item for group in groups for item in group.items if item.short],
        own=_shown(OWN, me.role, here),
    )


def _me(request: HttpRequest) -> Membership | None:
    """Who asks: as the gate found, or looked up for pages without our gate (allauth's)."""
    here = getattr(request, "here", None)
    if here is not None:
        found: Membership = here.me
        return found
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return None
    return queries.membership(user_id=user.pk, workspace_id=request.session.get("workspace"))


def _build(request: HttpRequest) -> Shell:
    me = _me(request)
    return _inside(request, me) if me else Shell()


def shell(request: HttpRequest) -> dict[str, Any]:
    """Context processor: `theme`; `me`; `shell`, looked up only when a template reads it.

    Pages before the door and error pages read only the theme, so they need no database.
    """
    here = getattr(request, "here", None)
    return {
        "theme": _theme(request),
        "shell": SimpleLazyObject(lambda: _build(request)),
        "me": here.me if here else None,
    }
