"""Reads of introductions, their candidates, what is next, and how good referrals given were."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.db.models import Prefetch, Q, QuerySet

from warmhand.apps.directory.models import Expertise, Provider
from warmhand.apps.giving.models import Need, ReferralGiven
from warmhand.apps.giving.queries import need_by_id
from warmhand.apps.island.door import one
from warmhand.apps.island.listing import searched, sorted_by
from warmhand.apps.journal.models import Entry
from warmhand.apps.journal.queries import entries
from warmhand.apps.people.queries.records import CLIENT_WORDS, in_state, of_client, with_client
from warmhand.matching.quality import Quality, done_parts, parts_of_words, quality_of

from .models import Candidate, GivenQuality, Introduction

ORDERS = {"client": ("client__name",), "added": ("created_at",), "state": ("state",)}
STATES = {
    "open": Q(state__in=Introduction.OPEN),
    "waiting_for_client": Q(state__in=("draft", "asked")),
    "to_tell": Q(candidates__tell_since__isnull=False, candidates__told_at=None),
    **{state: Q(state=state) for state in Introduction.State.values},
}


def introduction_by_id(introduction_id: int, *, lock: bool = False) -> Introduction:
    """One introduction: the one door from an id to it."""
    related = ("client__company", "need", "member", "given")
    return one(Introduction, introduction_id, "introduction", lock=lock, related=related)


def candidate_by_id(candidate_id: int, *, lock: bool = False) -> Candidate:
    """One candidate: the one door from an id to it."""
    related = ("introduction__client__company", "introduction__need", "provider")
    return one(Candidate, candidate_id, "candidate", lock=lock, related=related)


def candidates_of(introduction_id: int) -> list[Candidate]:
    """The providers of an introduction in their order."""
    rows = Candidate.objects.filter(introduction=introduction_id).select_related("provider")
    return list(rows.order_by("place", "pk"))


def current_of(candidates: Iterable[Candidate]) -> Candidate | None:
    """Whom of its providers an introduction is about now: whose turn it is, or who accepted."""
    return next((each for each in candidates if each.state in Candidate.CURRENT), None)


def introductions(
    *,
    search: str = "",
    client_id: int | None = None,
    state: str = "",
    sort: str = "",
) -> QuerySet[Introduction]:
    """Introductions, newest first, with their candidates; `state` is one of STATES."""
    rows = of_client(with_client(Introduction, "member", "need"), client_id)
    rows = in_state(rows, state, STATES).distinct()
    inside = Candidate.objects.select_related("provider").order_by("place", "pk")
    rows = rows.prefetch_related(Prefetch("candidates", queryset=inside))
    return sorted_by(searched(rows, search, "need_words", *CLIENT_WORDS), sort, ORDERS)


def open_for_need(need_id: int) -> Introduction | None:
    """The introduction that is under way for a need, if there is one."""
    rows = Introduction.objects.filter(need=need_id, state__in=Introduction.OPEN)
    found: Introduction | None = rows.order_by("-pk").first()
    return found


def to_tell() -> QuerySet[Candidate]:
    """Providers who still have to learn that a consent was taken back, oldest first."""
    rows: QuerySet[Candidate] = Candidate.objects.filter(
        tell_since__isnull=False, told_at=None
    ).select_related("provider", "introduction__client")
    return rows.order_by("tell_since")


def qualities(givens: Iterable[ReferralGiven]) -> dict[int, Quality]:
    """The quality of referrals given by their number: as stored, else as their words tell."""
    rows = list(givens)
    stored = {
        given: quality_of(parts)
        for given, parts in GivenQuality.objects.filter(
            given__in=[row.pk for row in rows]
        ).values_list("given", "parts")
    }
    return {row.pk: stored.get(row.pk) or quality_of(_by_words(row)) for row in rows}


def _by_words(given: ReferralGiven) -> set[str]:
    words = given.need.words if given.need_id and given.need else ""
    return parts_of_words(why_confident=given.why_confident, need_words=words)


def quality_of_given(
    *,
    why_confident: str = "",
    need_id: int | None = None,
    need_words: str = "",
    done: Collection[str] = (),
) -> Quality:
    """How good a referral with these words is, of which this was `done`; nothing is kept.

    The need is one on record or in words of its own. The one reckoning: while somebody writes, and
    when it is kept.
    """
    if need_id is not None:
        need_words = need_by_id(need_id).words
    return quality_of(
        parts_of_words(why_confident=why_confident, need_words=need_words) | done_parts(done)
    )


@dataclass(frozen=True, slots=True)
class Next:
    """What happens next with an introduction, and by when, if somebody waits for it."""

    sentence: str
    until: dt.datetime | None = None
    act: str = ""
    """ask, hand, tell or follow, where it is a member's turn."""
    candidate_id: int | None = None


def next_of(it: Introduction, candidates: Iterable[Candidate]) -> Next:
    """The next step, in a sentence: whose turn it is, and until when."""
    rows = list(candidates)
    untold = next((each for each in rows if each.must_be_told), None)
    if untold is not None:
        said = f"Tell {untold.provider.name} that the consent was taken back."
        return Next(said, act="tell", candidate_id=untold.pk)
    if it.state == Introduction.State.DRAFT:
        said = "Make the page to hand on." if it.for_other else f"Ask {it.client.title}."
        return Next(said, act="ask")
    if it.state == Introduction.State.ASKED:
        return Next("They answer on their page, or tell you.")
    turn = next((each for each in rows if each.state in ("turn", "asked")), None)
    if it.state == Introduction.State.SEEKING and turn is not None:
        if turn.state == "turn":
            said = f"Hand {turn.provider.name} the brief."
            return Next(said, act="hand", candidate_id=turn.pk)
        said = f"{turn.provider.name} answers; after that the next one is asked."
        return Next(said, until=turn.answer_by)
    return Next(_ENDED.get(it.state, ""), act="follow" if it.state in _BROUGHT else "")


_BROUGHT = ("connected", "card")
"""Ends that brought the two together: both are followed up (P34)."""

_ENDED = {
    "connected": "Both have each other's details. Follow up with both.",
    "card": "They have the card. Ask how it went when you speak next.",
    "declined": "They said no. Nobody was told anything.",
    "withdrawn": "The consent was taken back, and everybody who held something knows.",
    "stopped": "It stopped. Add another provider, or leave it.",
}


def time_line(it: Introduction, candidates: Iterable[Candidate]) -> QuerySet[Entry]:
    """What happened with an introduction, newest first: whole acts, and each provider's steps."""
    mine = Q(object_type="introductions.Introduction", object_id=it.pk, part_of=None)
    theirs = Q(
        object_type="introductions.Candidate", object_id__in=[each.pk for each in candidates]
    )
    # Where the card was taken nobody on the list was asked: the introduction's own line says it.
    steps = mine if it.state == Introduction.State.CARD else mine | theirs & ~Q(verb="created")
    found: QuerySet[Entry] = entries().filter(steps)
    return found


def needs_to_introduce(client_id: int) -> list[Need]:
    """A client's open needs that others could serve, newest first."""
    rows = Need.objects.filter(client=client_id, met_on=None, for_us=False)
    return list(rows.select_related("client").order_by("-noted_on", "-pk"))


def needs_for_provider(provider: Provider, *, most: int) -> tuple[list[Need], list[Need]]:
    """Open needs that others could serve: first those of what this provider does, then the rest.

    Of both together at most `most`, the newest first; two statements. What a client doesn't want
    passed on isn't among them.
    """
    does = set(provider.services.exclude(category="").values_list("category", flat=True))
    rows = Need.objects.filter(met_on=None, for_us=False, client__removed_at=None)
    rows = rows.exclude(may_pass_on=False).select_related("client__company")
    if provider.client_id:
        rows = rows.exclude(client=provider.client_id)
    fits = list(rows.filter(category__in=does).order_by("-noted_on", "-pk")[:most])
    others = rows.exclude(category__in=does).order_by("-noted_on", "-pk")
    return fits, list(others[: most - len(fits)])


def providers_to_add(introduction_id: int) -> QuerySet[Provider]:
    """Providers who don't stand on the list yet, by name."""
    there = Candidate.objects.filter(introduction=introduction_id).values("provider")
    rows: QuerySet[Provider] = Provider.objects.exclude(pk__in=there)
    return rows.order_by("name", "pk")


def providers_by_ids(ids: Iterable[int]) -> list[Provider]:
    """These providers, in this order; numbers of none are left out."""
    wanted = list(dict.fromkeys(ids))
    found = {each.pk: each for each in Provider.objects.filter(pk__in=wanted)}
    return [found[each] for each in wanted if each in found]


def confident_words(provider: Provider) -> str:
    """What we know already of why one can be confident: their own line, else a colleague's."""
    if provider.why_confident:
        return str(provider.why_confident)
    vouch = provider.vouches.order_by("-since", "-pk").first()
    return str(vouch.why) if vouch else ""


def names_of_experts(ids: Iterable[int]) -> dict[int, str]:
    """Whose expertise it is, by its number."""
    rows = Expertise.objects.filter(pk__in=list(ids)).select_related("client__company")
    return {each.pk: each.client.title for each in rows}
