"""Providers: one by id, and the directory searched by words, meaning, filters and place (P31)."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Mapping
from typing import Any

from django.db.models import (
    BooleanField,
    Case,
    Count,
    DateField,
    Exists,
    ExpressionWrapper,
    FloatField,
    Func,
    JSONField,
    OuterRef,
    Prefetch,
    Q,
    QuerySet,
    TextField,
    Value,
    When,
)
from django.db.models.functions import Cast

from warmhand.apps.accounts import days
from warmhand.apps.directory.models import Provider, Service, Vouch
from warmhand.apps.island.door import one
from warmhand.apps.island.listing import sorted_by
from warmhand.apps.policies.queries import number_in_force
from warmhand.matching import Where
from warmhand.matching.places import distance_km
from warmhand.problems import Invalid, NotFound, Problem

from .meaning import nearness
from .places import place_of, place_of_text, same_area
from .written import found_by_words

KINDS = Provider.Kind.choices
CAPACITIES = Provider.Capacity.choices
PRICES = Provider.Price.choices
BASES = Vouch.Basis.choices
"""Choices, each with its name for a person."""
PROVIDER_ORDERS = {
    "name": ("name",),
    "city": ("city", "name"),
    "price": ("price", "name"),
    "licence": ("licence_until", "name"),
    "vouches": ("-vouch_count", "name"),
    "added": ("created_at",),
}
_MOST_NEAR = 200
_WITHIN = 0.4
"""How much nearness in meaning moves who has the words: within a place, never beyond it."""
_AREA_KM = 5.0
"""Where 'same area' stands among distances; never shown as one."""


def provider_by_id(provider_id: int, *, lock: bool = False) -> Provider:
    """One provider: the one door from an id to it."""
    return one(Provider, provider_id, "provider", lock=lock, related=("client",))


def address_to_mail(provider: Provider | None, name: str = "") -> str:
    """Where a provider may be written to from here: only one of the directory who agreed to it.

    `name` is what they are called where they aren't in the directory (any more). Raises Problem
    `provider_has_not_agreed` or `no_address`.
    """
    gone = provider is None or provider.removed_at is not None
    if provider is None or gone or provider.hears_from_us_since is None:
        raise Problem(
            "provider_has_not_agreed",
            f"{name or provider} hasn't agreed to mails from here.",
            lift="Copy the link and write from your own mail, or call them.",
        )
    if not provider.email:
        raise Problem(
            "no_address",
            f"No e-mail address of {provider.name} is on record.",
            lift="Add one in the directory, or hand them the link another way.",
        )
    return str(provider.email)


def provider_now(provider_id: int) -> Provider:
    """One provider as they stand today, with services and vouches."""
    rows = standing_today(_with_all(), days.today())
    found: Provider | None = rows.filter(pk=provider_id).first()
    if found is None:
        raise NotFound("provider")
    return found


def service_by_id(service_id: int, *, lock: bool = False) -> Service:
    """One service with its provider: the one door from an id to it."""
    return one(Service, service_id, "service", lock=lock, related=("provider",))


def vouch_by_id(vouch_id: int, *, lock: bool = False) -> Vouch:
    """One vouch with its provider and member: the one door from an id to it."""
    return one(Vouch, vouch_id, "vouch", lock=lock, related=("provider", "member"))


def vouches(*, provider_id: int | None = None, member_id: int | None = None) -> QuerySet[Vouch]:
    """Who vouches for whom, latest first."""
    rows = Vouch.objects.select_related("provider", "member").filter(provider__removed_at=None)
    if provider_id is not None:
        rows = rows.filter(provider_id=provider_id)
    return rows if member_id is None else rows.filter(member_id=member_id)


def standing_today(rows: QuerySet[Provider], today: dt.date) -> QuerySet[Provider]:
    """Providers as they stand on a day: `away_now`, `licence_ended`, `licence_ends_soon`, `takes`.

    `takes`: somebody can be sent to them now. Who has come back is no longer away; a licence holds
    on its last day; the policy says from how many days before its end that is soon.
    """
    warned = ExpressionWrapper(
        Value(today, DateField()) + number_in_force("licence_warn_days"), DateField()
    )
    begun = Q(away_from__lte=today) | Q(away_from=None)
    away = (begun & Q(away_until__gte=today)) | Q(away_from__lte=today, away_until=None)
    ended = Q(licence_until__lt=today)
    soon = Q(licence_until__gte=today, licence_until__lte=warned)
    takes = ~Q(capacity=Provider.Capacity.FULL) & Q(away_now=False, licence_ended=False)
    return rows.annotate(
        away_now=_whether(away), licence_ended=_whether(ended), licence_ends_soon=_whether(soon)
    ).annotate(takes=_whether(takes))


def _whether(condition: Q) -> Case:
    """A truth that is never NULL, whatever isn't known."""
    return Case(
        When(condition, then=Value(True)), default=Value(False), output_field=BooleanField()
    )


def providers(
    *,
    search: str = "",
    category: str = "",
    language: str = "",
    takes: bool | None = None,
    price_at_most: int | str | None = None,
    licence: str = "",
    vouched: bool | None = None,
    vouched_by_id: int | None = None,
    is_public: bool | None = None,
    near: str = "",
    within_km: int | str | None = None,
    client_id: int | None = None,
    sort: str = "",
) -> QuerySet[Provider]:
    """The directory as it stands today, each with its services, vouches and `vouch_count`.

    `search`: by words, and by meaning where the encoder is installed: those with all the words
    first, then the nearest. `category`: the beginning of a code. `takes`: free now, at home,
    licence not ended. `licence`: valid, soon, ended or none. `near`: a postcode, a city or
    `lat, lon`: the nearest first, then the same area, each with `km`; with `within_km` nobody
    farther away (who comes that far, by their reach, stays). `price_at_most`: 1 to 4; who names no
    price stays. Raises Invalid at the filter that isn't one of these.
    """
    rows = standing_today(_with_all(), days.today())
    rows = _filtered(rows, category, language, price_at_most, licence)
    for name, wanted in (("takes", takes), ("is_public", is_public)):
        if wanted is not None:
            rows = rows.filter(**{name: wanted})
    if client_id is not None:
        rows = rows.filter(client_id=client_id)
    rows = _vouched(rows, vouched, vouched_by_id)
    words = search.strip()
    if words:
        rows = _found(rows, words)
    if near.strip():
        rows = _near(rows, place_of_text(near), _number("within_km", within_km))
    if sort or not (words or near.strip()):
        return sorted_by(rows, sort or "name", PROVIDER_ORDERS)
    return rows


def _with_all() -> QuerySet[Provider]:
    live = Q(vouches__removed_at=None)
    return (
        Provider.objects.select_related("client")
        .annotate(vouch_count=Count("vouches", filter=live, distinct=True))
        .prefetch_related("services", Prefetch("vouches", Vouch.objects.select_related("member")))
    )


def _number(field: str, value: int | str | None) -> int | None:
    if value in (None, ""):
        return None
    try:
        return int(value)
    except ValueError:
        raise Invalid.at(field, "Give a whole number.") from None


def _filtered(
    rows: QuerySet[Provider], category: str, language: str, price: Any, licence: str
) -> QuerySet[Provider]:
    if category:
        rows = rows.filter(_offers(Q(category__startswith=category)))
    if language:
        rows = rows.filter(languages__contains=[language.lower()])
    if (most := _number("price_at_most", price)) is not None:
        rows = rows.filter(Q(price__lte=most) | Q(price=None))
    if licence:
        rows = rows.filter(_licence(licence))
    return rows


def _offers(condition: Q) -> Exists:
    return Exists(Service.objects.filter(condition, provider=OuterRef("pk")))


_LICENCES = {
    "valid": Q(licence_ended=False) & ~Q(licence=""),
    "soon": Q(licence_ends_soon=True),
    "ended": Q(licence_ended=True),
    "none": Q(licence="", licence_until=None),
}


def _licence(state: str) -> Q:
    if state not in _LICENCES:
        raise Invalid.at("licence", f"Choose one of: {', '.join(_LICENCES)}.")
    return _LICENCES[state]


def _vouched(rows: QuerySet[Any], vouched: bool | None, member_id: int | None) -> QuerySet[Any]:
    if vouched is not None:
        rows = rows.filter(vouch_count__gt=0) if vouched else rows.filter(vouch_count=0)
    if member_id is not None:
        ours = Vouch.objects.filter(provider=OuterRef("pk"), member_id=member_id)
        rows = rows.filter(Exists(ours))
    return rows


def _found(rows: QuerySet[Any], words: str) -> QuerySet[Any]:
    """Those that have all the words, best place first; then the near ones in meaning.

    Within one place the nearer in meaning comes first.
    """
    ranks = found_by_words(words)
    near = nearness(words, lambda: _meanings(ranks)).by_key
    rest = [key for key in sorted(near, key=lambda key: -near[key]) if key not in ranks]
    place = {key: 7.0 - near[key] for key in rest[:_MOST_NEAR]}
    place |= {key: rank - near.get(key, 0.0) * _WITHIN for key, rank in ranks.items()}
    return _placed(rows.filter(pk__in=place), "far", place).order_by("far", "name", "id")


def _meanings(first: Mapping[int, float]) -> dict[int, str]:
    """What each provider is good at, in one text; those that have the words come `first`.

    So where not all is read at once, the order of what is shown is right the soonest.
    """
    found: dict[int, list[str]] = {
        key: [about, name]
        for key, name, about in Provider.objects.order_by("pk").values_list("pk", "name", "about")
    }
    done = Service.objects.order_by("pk").values_list("provider_id", "name", "words")
    for key, name, words in done:
        if key in found:
            found[key].insert(0, f"{name}. {words}".strip())
    keys = sorted(found, key=lambda key: first.get(key, math.inf))
    return {key: " ".join(filter(None, found[key])) for key in keys}


def _placed(rows: QuerySet[Any], name: str, values: Mapping[int, float]) -> QuerySet[Any]:
    """Rows with a number of their own each; NULL where there is none.

    The numbers go as one object: a CASE of twenty thousand branches is tried branch by branch.
    """
    by_key = Value({str(key): value for key, value in values.items()}, JSONField())
    text = Func(by_key, Cast("pk", TextField()), function="jsonb_extract_path_text")
    placed: QuerySet[Any] = rows.annotate(**{name: Cast(text, FloatField())})
    return placed


def _near(rows: QuerySet[Any], here: Where, within: int | None) -> QuerySet[Any]:
    """The nearest first, with `km`; whoever is in the `same_area` stands among the near ones.

    With a distance asked for, whoever is farther away is left out, and so is who is anywhere.
    """
    away, area = _distances(here)
    if within is not None:
        reach = dict(rows.values_list("pk", "reach_km"))
        away = {key: km for key, km in away.items() if km <= max(within, reach.get(key) or 0)}
        rows = rows.filter(pk__in=[*away, *area])
    rows = _placed(rows, "km", away).annotate(same_area=_whether(Q(pk__in=area)))
    near = _placed(rows, "nearness", away | dict.fromkeys(area, _AREA_KM))
    known = Case(When(nearness=None, then=Value(1)), default=Value(0))
    return near.order_by(known, "nearness", "name", "id")


def _distances(here: Where) -> tuple[dict[int, float], list[int]]:
    """Kilometres to each provider whose coordinates are known; who else is in the same area."""
    away: dict[int, float] = {}
    area: list[int] = []
    for provider in Provider.objects.order_by("pk").iterator():
        there = place_of(provider)
        if (km := distance_km(here, there)) is not None:
            away[provider.pk] = km
        elif same_area(here, there):
            area.append(provider.pk)
    return away, area


def languages_in_use() -> list[str]:
    """Codes of the languages that some provider works in."""
    found = Provider.objects.exclude(languages=[]).values_list("languages", flat=True)
    return sorted({code for codes in found for code in codes})


def categories_in_use() -> list[str]:
    """Codes of the categories that some service has."""
    rows = Service.objects.exclude(category="").filter(provider__removed_at=None)
    return sorted(set(rows.order_by().values_list("category", flat=True).distinct()))


def licences_that_end() -> list[Provider]:
    """Providers whose licence has ended or ends soon, the earliest first: to be looked at."""
    return list(_licences_that_end(days.today()))


def licences_to_look_at(member_id: int, *, owns: bool, today: dt.date) -> list[Provider]:
    """The same, of those for whom a member vouches; an owner's also those nobody here vouches for.

    Gone once a later day stands, or the licence is taken off. One statement.
    """
    standing = Vouch.objects.filter(provider=OuterRef("pk"), member__left_on=None)
    wanted = Q(Exists(standing.filter(member_id=member_id)))
    if owns:
        wanted |= ~Q(Exists(standing))
    return list(_licences_that_end(today).filter(wanted))


def _licences_that_end(today: dt.date) -> QuerySet[Provider]:
    rows = standing_today(Provider.objects.all(), today)
    due = rows.filter(Q(licence_ended=True) | Q(licence_ends_soon=True))
    return due.order_by("licence_until", "id")
