"""Lists of records: searched, filtered, sorted, in pages. A new list is a few lines here."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from django import forms
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from warmhand.apps.asks import queries as asks
from warmhand.apps.directory import queries as directory
from warmhand.apps.followups import queries as followups
from warmhand.apps.giving import queries as giving
from warmhand.apps.giving.queries import FAVOUR_KINDS, URGENCIES
from warmhand.apps.gratitude import queries as gratitude
from warmhand.apps.introductions import queries as introductions
from warmhand.apps.offers import queries as offers
from warmhand.apps.people import queries as people
from warmhand.apps.policies.queries import current
from warmhand.apps.referrals import queries as referrals
from warmhand.apps.referrals.queries import OUTCOMES
from warmhand.apps.reviews import queries as reviews
from warmhand.apps.work import queries as work
from warmhand.apps.work.queries import COMMITMENT_KINDS
from warmhand.web import gate
from warmhand.web.categories import title_of
from warmhand.web.favour_tabs import favour_tabs
from warmhand.web.records.forms.fields import colleagues

PER_PAGE = 25
KEYS = (("f", "search this list"), ("n", "add"), ("[", "page before"), ("]", "next page"))
Choices = Sequence[tuple[str, str]]


@dataclass(frozen=True)
class Listing:
    """How a kind is listed. `rows` takes `search`, `sort` and each of `filters` by its name.

    The rows are drawn by `templates/records/lists/<name>.html`.
    """

    title: str
    rows: Callable[..., Any]
    lede: str
    empty: str
    icon: str
    filters: Mapping[str, Callable[[], Choices]] = field(default_factory=dict)
    make: str = ""
    tab: str = ""
    """What its tab is called, where the title is too long for one."""
    keys: tuple[tuple[str, str], ...] = ()
    """Keys of its lines, beside those of all lists."""
    tabs: Callable[[str], list[dict[str, Any]]] | None = None
    """Pages beside it that are no lists of records; gets the list's name."""
    texts: Mapping[str, str] = field(default_factory=dict)
    """Filters that are typed, each with what to type."""
    first: tuple[str, str] = ("", "")
    """Where one begins while it is empty: what the button says, and its address by name."""
    above: Callable[[], Any] | None = None
    """What stands over the list: figures for `templates/records/above/<name>.html`."""


def _states(**names: str) -> Callable[[], Choices]:
    return lambda: [("", "In any state"), *names.items()]


def _kinds(choices: Choices) -> Callable[[], Choices]:
    return lambda: [("", "Of any kind"), *choices]


def _yes_no(either: str, yes: str, no: str) -> Callable[[], Choices]:
    return lambda: [("", either), ("yes", yes), ("no", no)]


def _clients(**wanted: Any) -> Any:
    return people.clients(**wanted).prefetch_related("standings")


def _commitments(**wanted: Any) -> Any:
    return work.commitments(**wanted).prefetch_related("ratings")


def _ratings(*, at_most: str = "", **wanted: Any) -> Any:
    return work.ratings(at_most=int(at_most) if at_most else None, **wanted)


def _gap() -> Any:
    """Recommending and introducing, apart (P8), by the policy's own 'willing'."""
    return work.recommending_and_introducing(current().policy.would_introduce_at_least)


def _reviews_due(*, state: str = "ready", **wanted: Any) -> Any:
    return reviews.due(state="" if state == "any" else state, **wanted)


def _due_states() -> Choices:
    return [
        ("", "To be invited now"),
        ("first", "Something else first"),
        ("any", "All who are due"),
    ]


def _reviews_held(**wanted: Any) -> Any:
    return work.reviews(held=True, **wanted)


CONSENT: Final = {
    "allowed": "May be passed on",
    "refused": "Stays between us",
    "not_asked": "Not asked yet",
}


def _needs(*, sort: str = "waiting", **wanted: Any) -> Any:
    return giving.needs(sort=sort, **wanted)


def _need_categories() -> Choices:
    return [("", "In any category"), *((it, title_of(it)) for it in giving.need_categories())]


def _languages() -> Choices:
    codes = directory.languages_in_use()
    return [("", "Any language"), *((it, directory.language_name(it)) for it in codes)]


def _categories() -> Choices:
    return [("", "Any category"), *((it, title_of(it)) for it in directory.categories_in_use())]


_WITHIN = (("", "However far"), *((str(km), f"Within {km} km") for km in (10, 25, 50, 100)))
_PRICES = (("", "At any price"), ("1", "Low"), ("2", "Fair or less"), ("3", "High or less"))
_LICENCES = (
    ("", "Licence or not"),
    ("valid", "Licence holds"),
    ("soon", "Licence ends soon"),
    ("ended", "Licence has ended"),
)


def _offers() -> Choices:
    return [("", "Of any offer"), *((str(it.pk), it.title) for it in offers.offers())]


FOLLOW_UP_STATES: Final = {
    "today": "Due today",
    "overdue": "Overdue",
    "waiting": "Asked, no answer yet",
    "coming": "To come",
    "any": "All of them",
}


LISTINGS: Final[Mapping[str, Listing]] = {
    "clients": Listing(
        "Clients",
        _clients,
        "The people we serve, and what is right to do next with each.",
        "Add the first one, or import them from what you have: a CSV, an XLSX or a vCard file.",
        "users",
        {
            "keeper_id": colleagues("In anybody's care"),
            "do_not_ask": _yes_no("Asked or not", "Not to be asked", "May be asked"),
        },
        make="client",
    ),
    "companies": Listing(
        "Companies",
        people.companies,
        "Where our clients work, and when they are too busy to be asked.",
        "A company comes with its first client, or is added here.",
        "building-office-2",
        make="company",
    ),
    "commitments": Listing(
        "Commitments",
        _commitments,
        "Agreed, delivered, happy: the three parts that earn the right to ask.",
        "Record one on a client's page. It need not be a sale: information promised counts too.",
        "clipboard-document-check",
        {
            "state": _states(
                open="Open",
                overdue="Overdue",
                delivered="Delivered",
                late="Delivered late",
                cancelled="Cancelled",
            ),
            "kind": _kinds(COMMITMENT_KINDS),
        },
        first=("Choose a client", "clients"),
    ),
    "cases": Listing(
        "Cases",
        work.cases,
        "Concerns of clients. A case ends when the client says so.",
        "Open one on a client's page when they have a concern.",
        "lifebuoy",
        {
            "state": _states(
                open="Open", resolved="Resolved, not confirmed", confirmed="Confirmed by the client"
            )
        },
        first=("Choose a client", "clients"),
    ),
    "surveys": Listing(
        "Surveys",
        work.surveys,
        "Four answers kept apart: to recommend, be a reference and introduce are three things.",
        "Ask a client four questions, or record what they answered, on their page.",
        "chat-bubble-bottom-center-text",
        {"answered": _yes_no("Answered or not", "Answered", "Waiting for answers")},
        above=_gap,
        first=("Choose a client", "clients"),
    ),
    "ratings": Listing(
        "Ratings",
        _ratings,
        "How happy clients are, in their own words. An unhappy one stands until made good.",
        "Record how happy a client is on their page, or rate a commitment or a case.",
        "star",
        {
            "at_most": lambda: [("", "Any score"), *((str(n), f"{n} or less") for n in (8, 6, 3))],
            "not_made_good": lambda: [("", "Made good or not"), ("yes", "Not made good yet")],
        },
    ),
    "reviews-due": Listing(
        "Due for a review",
        _reviews_due,
        "Whom to invite next, why, and the first day outside their busy time.",
        "Nobody is due. A review is due when something was delivered that none has looked at.",
        "calendar-days",
        {"keeper_id": colleagues("In anybody's care"), "state": _due_states},
        tab="Due",
        keys=(("i", "invite the client in focus"),),
    ),
    "reviews-invited": Listing(
        "Invited to a review",
        reviews.invitations,
        "Who has to pick a time yet, and who wishes for another.",
        "Invite somebody who is due; until they pick a time, they stand here.",
        "paper-airplane",
        {
            "member_id": colleagues("In anybody's care"),
            "state": _states(wish="Wish for another time", open="Waiting for their answer"),
        },
        tab="Invited",
        first=("See who is due", "reviews-due"),
    ),
    "reviews-planned": Listing(
        "Planned reviews",
        reviews.planned,
        "Meetings to come, and those that nobody has recorded yet.",
        "A meeting stands here once a client has picked a time, or you have planned it.",
        "calendar-date-range",
        {
            "member_id": colleagues("In anybody's care"),
            "past": _yes_no("To come or over", "Over, to be recorded", "To come"),
        },
        tab="Planned",
        keys=(("r", "record the meeting in focus"),),
    ),
    "reviews": Listing(
        "Reviews held",
        _reviews_held,
        "Meetings in which we showed what was delivered and asked how happy they are.",
        "Record one after the meeting: the rating decides whether we may ask.",
        "check-badge",
        tab="Held",
    ),
    "favours": Listing(
        "Favours",
        giving.favours,
        "What we do for clients that we cannot be paid for.",
        "Do something for a client that you cannot be paid for, and record it on their page.",
        "gift",
        {
            "state": _states(
                promised="Promised",
                overdue="Overdue",
                done="Done",
                without_outcome="Done, and nothing said of what came of it",
            ),
            "kind": _kinds(FAVOUR_KINDS),
            "member_id": colleagues("By anybody"),
        },
        tabs=favour_tabs,
        first=("Note a favour", "quick:favour"),
    ),
    "needs": Listing(
        "Needs",
        _needs,
        "What clients said they need, from others or from us; what has waited longest comes first.",
        "Listen for needs in every conversation, and note them on the spot: press q, anywhere.",
        "light-bulb",
        {
            "state": _states(open="Open", met="Met"),
            "urgency": lambda: [("", "However urgent"), *URGENCIES],
            "consent": lambda: [("", "To be passed on or not"), *CONSENT.items()],
            "category": _need_categories,
        },
        first=("Note a need", "quick:need"),
    ),
    "directory": Listing(
        "Directory",
        directory.providers,
        "Whom we could send a client to, and why one can be confident.",
        "Add somebody you would send your best client to, or import a list you have.",
        "building-storefront",
        {
            "takes": _yes_no("Free or not", "Takes somebody now", "Full, away, no licence"),
            "category": _categories,
            "language": _languages,
            "price_at_most": lambda: _PRICES,
            "licence": lambda: _LICENCES,
            "vouched_by_id": colleagues("Vouched or not"),
            "within_km": lambda: _WITHIN,
        },
        make="provider",
        tab="Providers",
        texts={"near": "Postcode or city"},
        above=directory.look_after,
    ),
    "expertise": Listing(
        "What clients do well",
        directory.expertise,
        "What our clients do for theirs: could it help another client of ours?",
        "Ask a client what they do for their own clients, and note it on their page.",
        "academic-cap",
        {
            "state": lambda: [
                ("", "Asked or not"),
                ("yes", "We may tell others"),
                ("no", "For us alone"),
                ("unasked", "Not asked yet"),
            ]
        },
        tab="What clients do well",
        first=("Choose a client", "clients"),
    ),
    "referrals-given": Listing(
        "Referrals given",
        giving.referrals_given,
        "Whom we sent clients to, and why they can be confident.",
        "Refer a client to somebody good for a need of theirs, or record it on their page.",
        "arrow-up-right",
        {"for_need": _yes_no("For any reason", "For a need noted", "For no need noted")},
        first=("Look at the needs", "needs"),
    ),
    "follow-ups": Listing(
        "Follow-ups due",
        followups.due,
        "Both sides of each referral we gave: are they doing business, are they happy?",
        "Nobody is to be asked now. Who is sent to somebody good is asked after some days, and so "
        "is the other side; the policy says after how many.",
        "chat-bubble-left-right",
        {
            "state": lambda: [("", "To be asked now"), *FOLLOW_UP_STATES.items()],
            "side": lambda: [("", "Both sides"), ("client", "Clients"), ("provider", "Providers")],
            "member_id": colleagues("In anybody's care"),
        },
        tab="Follow-ups",
        keys=(("r", "note what the one in focus says"), ("l", "make their link")),
    ),
    "introductions": Listing(
        "Introductions",
        introductions.introductions,
        "Two people in touch only when both have said yes; what happens next with each.",
        "Note a need on a client's page, pick who could help, and ask the client.",
        "user-plus",
        {
            "state": _states(
                open="Under way",
                waiting_for_client="The client answers",
                seeking="Asking providers",
                connected="Connected",
                card="They call themselves",
                declined="Client said no",
                withdrawn="Taken back",
                to_tell="Somebody has to be told",
                stopped="Stopped",
            )
        },
        first=("Look at the needs", "needs"),
    ),
    "asks": Listing(
        "Asks",
        asks.ask_list,
        "Every ask, by whom, and what it brought. One chance, perhaps two.",
        "Today proposes an ask when a client has earned it.",
        "sparkles",
    ),
    "referrals": Listing(
        "Referrals",
        referrals.referrals,
        "Whom our clients introduced to us, and what came of it.",
        "When a client introduces somebody, record it on their page: thanks are owed at once.",
        "arrows-right-left",
        {"state": lambda: [("", "In any state"), *OUTCOMES, ("hurt", "Hurt the giver's name")]},
    ),
    "thanks": Listing(
        "Thank-yous",
        gratitude.thank_yous,
        "Owed for every referral, whatever came of it.",
        "A referral received owes its thanks by itself; others are recorded on a client's page.",
        "heart",
        {"state": _states(owed="Owed", overdue="Overdue", given="Given")},
    ),
    "offers": Listing(
        "Offers",
        offers.offers,
        "Something valuable that clients like to pass on.",
        "A free assessment, an invitation, an extra: the more valuable, the further it travels.",
        "ticket",
        {"active": _yes_no("Open or closed", "Open", "Closed")},
        make="offer",
    ),
    "passes": Listing(
        "Passes",
        offers.passes,
        "Which offers were put into whose hands to pass on.",
        "Give a client an offer to pass on, and record it on their page.",
        "ticket",
        {"offer_id": _offers},
    ),
}
BESIDE: Final = (
    ("surveys", "ratings"),
    ("reviews-due", "reviews-invited", "reviews-planned", "reviews"),
    ("needs", "introductions", "referrals-given", "follow-ups"),
    ("directory", "expertise"),
    ("offers", "passes"),
)
"""Lists that stand side by side, as tabs; the first one has the line in the navigation."""


class Filters(forms.Form):
    """Search, order and the filters of one listing."""

    q = forms.CharField(required=False, label="Search", help_text="Search", max_length=200)

    def __init__(self, listing: Listing, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for name, choices in listing.filters.items():
            label = name.removesuffix("_id").replace("_", " ").capitalize()
            self.fields[name] = forms.ChoiceField(choices=choices, required=False, label=label)
        for name, label in listing.texts.items():
            hint = forms.TextInput(attrs={"placeholder": label})
            title = name.replace("_", " ").capitalize()
            self.fields[name] = forms.CharField(
                required=False, label=title, max_length=120, widget=hint
            )
        self.fields["sort"] = forms.CharField(required=False, widget=forms.HiddenInput)

    def wanted(self) -> dict[str, Any]:
        """What the query gets: empty values are left out, yes and no are truths."""
        given = {**self.cleaned_data, "search": self.cleaned_data["q"]} if self.is_valid() else {}
        given.pop("q", None)
        return {
            name: int(value) if name.endswith("_id") else _meant(name, value)
            for name, value in given.items()
            if value
        }


def _meant(name: str, value: Any) -> Any:
    """Yes and no are truths, but where they are the name of a state."""
    truths: dict[str, Any] = {"yes": True, "no": False}
    return value if name == "state" else truths.get(value, value)


def _tabs(name: str) -> list[dict[str, Any]]:
    """The lists beside this one and itself; none if it stands alone."""
    if beside := LISTINGS[name].tabs:
        return beside(name)
    names = next((names for names in BESIDE if name in names), ())
    return [
        {
            "label": LISTINGS[it].tab or LISTINGS[it].title,
            "url": reverse(f"web:{it}"),
            "here": it == name,
        }
        for it in names
    ]


def _address(route: str) -> str:
    """The address of a route; `quick:need` is a quick note of that kind."""
    name, _, kind = route.partition(":")
    return reverse(f"web:{name}", args=[kind] if kind else None) if route else ""


@gate.member()
def show(request: gate.Request, name: str) -> HttpResponse:
    """One page of a list; an answer for htmx is the same page, of which it takes the list."""
    listing = LISTINGS[name]
    form = Filters(listing, request.GET)
    wanted = form.wanted()
    page = Paginator(listing.rows(**wanted), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "listing": listing,
        "name": name,
        "begin": listing.first[0],
        "begin_at": _address(listing.first[1]),
        "tabs": _tabs(name),
        "form": form,
        "filtered": any(key != "sort" for key in wanted),
        "sort": wanted.get("sort", ""),
        "page": page,
        "above": listing.above() if listing.above else None,
        "above_template": f"records/above/{name}.html",
        "rows": f"records/lists/{name}.html",
        "keys": [*listing.keys, *KEYS],
    }
    return render(request, "records/list.html", context)
