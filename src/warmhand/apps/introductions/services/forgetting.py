"""Third persons' data go by themselves: a month after the last thing that happened (GDPR 14).

What stays is a row that names nobody: that there was an introduction, when, and how it ended.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from django.db.models import Max, QuerySet

from warmhand.apps.giving.forgetting import (
    forget_need,
    forgotten_needs,
    last_about_need,
    last_done_for,
    told_for_others,
)
from warmhand.apps.giving.models import Need, ReferralGiven
from warmhand.apps.introductions.models import KEPT_UNUSED, Candidate, Introduction
from warmhand.apps.introductions.queries import candidates_of, introduction_by_id
from warmhand.apps.island.actor import Actor
from warmhand.apps.island.scoped import FORGOTTEN
from warmhand.apps.journal import services as journal
from warmhand.apps.journal.forgetting import forget_values
from warmhand.apps.messaging import clock
from warmhand.apps.messaging.queries import standing_link
from warmhand.apps.messaging.services import end_link, forget_reader

from .common import call_off, end

BY: Final = Actor(None, "Warmhand", "job")


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """What apps above ours hold of a forgotten person, emptied in the same transaction."""

    of_need: Callable[[int], None]
    """By the number of the need that was told for them."""
    of_referral: Callable[[int], None]
    """By the number of the referral that came of it."""
    last_of_need: Callable[[int], dt.datetime | None]
    """When something last happened there with a need."""
    last_of_referral: Callable[[int], dt.datetime | None]
    """When something was last said there of a referral."""


def forget_unused(elsewhere: Elsewhere | None = None) -> int:
    """Forget what is known of third persons whose month is over; how many.

    Everywhere: in the introduction, the need that was told for them, mails, the proof of their
    consent (it stays, without address and browser), the journal, and what `elsewhere` empties.
    A need is theirs where it bears that mark (`Need.for_other`), introduced or not; what the client
    told for themself stays.
    """
    before = clock.now() - KEPT_UNUSED
    rows = Introduction.objects.filter(forgotten_at=None, created_at__lte=before)
    ids = rows.exclude(relation="").order_by("pk").values_list("pk", flat=True)
    found = sum(_forget(pk, elsewhere) for pk in ids)
    needs = told_for_others(before=before).order_by("pk").values_list("pk", flat=True)
    found += sum(_forget_need(pk, elsewhere) for pk in needs)
    _forget_what_came_after(elsewhere)
    return found


def _forget_what_came_after(elsewhere: Elsewhere | None) -> None:
    """What was told about somebody who was forgotten already goes the next night."""
    for need in forgotten_needs().order_by("pk"):
        last = (last_done_for(need), _last_elsewhere(need.pk, elsewhere))
        if _is_after(need.forgotten_at, *last):
            _forget_need_again(need.pk, elsewhere)
    if elsewhere is None:
        return
    gone = Introduction.all_objects.filter(forgotten_at__isnull=False, given__isnull=False)
    for it in gone.order_by("pk"):
        if _is_after(it.forgotten_at, elsewhere.last_of_referral(it.given_id)):
            _forget_given_again(it.pk, elsewhere)


def _is_after(day: dt.datetime | None, *last: dt.datetime | None) -> bool:
    return day is not None and any(each > day for each in last if each is not None)


@journal.one_act()
def _forget_need_again(need_id: int, elsewhere: Elsewhere | None) -> None:
    _forget_elsewhere(need_id, elsewhere)
    forget_need(by=BY, need_id=need_id)


@journal.one_act()
def _forget_given_again(introduction_id: int, elsewhere: Elsewhere) -> None:
    it = Introduction.all_objects.select_for_update().get(pk=introduction_id)
    elsewhere.of_referral(it.given_id)
    it.forgotten_at = clock.now()
    it.save()
    journal.record(by=BY, verb="forgot", of=it, sentence="Forgot what was said afterwards.")


def _last_elsewhere(need_id: int, elsewhere: Elsewhere | None) -> dt.datetime | None:
    """When something last happened with a need, or what came of it, in the apps above ours."""
    if elsewhere is None:
        return None
    found = [elsewhere.last_of_need(need_id)]
    found += [elsewhere.last_of_referral(given) for given in _sent_for(need_id)]
    return max(filter(None, found), default=None)


def _forget_elsewhere(need_id: int, elsewhere: Elsewhere | None) -> None:
    if elsewhere is not None:
        elsewhere.of_need(need_id)
        for given in _sent_for(need_id):
            elsewhere.of_referral(given)


def _sent_for(need_id: int) -> list[int]:
    return list(ReferralGiven.all_objects.filter(need=need_id).values_list("pk", flat=True))


@journal.one_act()
def _forget(introduction_id: int, elsewhere: Elsewhere | None) -> bool:
    it = introduction_by_id(introduction_id, lock=True)
    last = max(filter(None, (it.created_at, it.notice_at, it.ended_at)))
    if it.forgotten_at is not None or last + KEPT_UNUSED > clock.now():
        return False
    if it.state in Introduction.OPEN:
        why = "Not used within a month."
        end(it, by=BY, state="stopped", sentence="Stopped the introduction.", why=why)
    call_off(it, by=BY)
    for each in candidates_of(it.pk):
        _end_page("brief", each.pk)
    _end_page("introduction", it.pk)
    _empty(it)
    _empty_around(it, elsewhere)
    journal.record(by=BY, verb="forgot", of=it, sentence="Forgot whom an introduction was about.")
    return True


def _empty(it: Introduction) -> None:
    """Straight in the row: the journal keeps no former value of it."""
    it.person_name = it.phone = it.email = it.context = it.consent_words = it.ended_why = ""
    it.relation = it.need_words = FORGOTTEN
    it.tells, it.forgotten_at = [], clock.now()
    it.save()
    Candidate.all_objects.filter(introduction=it).exclude(reason="").update(reason="")


def _empty_around(it: Introduction, elsewhere: Elsewhere | None) -> None:
    candidates = Candidate.all_objects.filter(introduction=it).values_list("pk", flat=True)
    forget_values(Introduction, [it.pk])
    forget_values(Candidate, list(candidates))
    forget_reader(purpose="introduction", object_id=it.pk)
    if elsewhere is not None and it.given_id is not None:
        elsewhere.of_referral(it.given_id)


@journal.one_act()
def _forget_need(need_id: int, elsewhere: Elsewhere | None) -> bool:
    """Whether somebody was forgotten by it whom no introduction has named."""
    need = Need.all_objects.select_for_update().get(pk=need_id)
    introduced = Introduction.all_objects.filter(need=need_id)
    if need.forgotten_at is not None or not _month_is_over(need, introduced, elsewhere):
        return False
    quoting = list(introduced.filter(relation="").values_list("pk", flat=True))
    Introduction.all_objects.filter(pk__in=quoting).update(need_words=FORGOTTEN, context="")
    forget_values(Introduction, quoting)
    _forget_elsewhere(need_id, elsewhere)
    forget_need(by=BY, need_id=need_id)
    return not introduced.exclude(relation="").exists()


def _month_is_over(
    need: Need, introduced: QuerySet[Introduction], elsewhere: Elsewhere | None
) -> bool:
    """Whether nothing has happened with a need for a month, and nothing is under way for it.

    An introduction that isn't forgotten yet goes first, in its own time.
    """
    theirs = introduced.filter(removed_at=None, forgotten_at=None)
    if theirs.exclude(relation="").exists() or theirs.filter(state__in=Introduction.OPEN).exists():
        return False
    ended = theirs.aggregate(last=Max("ended_at"))["last"]
    last = max(filter(None, (last_about_need(need), ended, _last_elsewhere(need.pk, elsewhere))))
    return bool(last + KEPT_UNUSED <= clock.now())


def _end_page(purpose: str, object_id: int) -> None:
    link = standing_link(purpose, object_id, lock=True)
    if link is not None:
        end_link(by=BY, link=link, why="Forgotten.", sentence="Ended a page.")
