"""Third persons' data go by themselves: a month after the last thing that happened (GDPR 14).

What stays is a row that names nobody: that there was an introduction, when, and how it ended.
"""

from __future__ import annotations

from typing import Final

from warmhand.apps.introductions.models import KEPT_UNUSED, Candidate, Introduction
from warmhand.apps.introductions.queries import candidates_of, introduction_by_id
from warmhand.apps.island.actor import Actor
from warmhand.apps.journal import services as journal
from warmhand.apps.messaging import clock
from warmhand.apps.messaging.queries import standing_link
from warmhand.apps.messaging.services import end_link

from .common import call_off, end

BY: Final = Actor(None, "Warmhand", "job")
_NOBODY: Final = "(forgotten)"


def forget_unused() -> int:
    """Forget what is known of third persons whose month is over; how many."""
    rows = Introduction.objects.filter(forgotten_at=None).exclude(relation="")
    old = rows.filter(created_at__lte=clock.now() - KEPT_UNUSED)
    return sum(_forget(pk) for pk in old.order_by("pk").values_list("pk", flat=True))


@journal.one_act()
def _forget(introduction_id: int) -> bool:
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
    journal.record(by=BY, verb="forgot", of=it, sentence="Forgot whom an introduction was about.")
    return True


def _empty(it: Introduction) -> None:
    """Straight in the row: the journal keeps no former value of it."""
    it.person_name = it.phone = it.email = it.context = it.consent_words = it.ended_why = ""
    it.relation = it.need_words = _NOBODY
    it.tells, it.forgotten_at = [], clock.now()
    it.save()
    Candidate.objects.filter(introduction=it).exclude(reason="").update(reason="")


def _end_page(purpose: str, object_id: int) -> None:
    link = standing_link(purpose, object_id, lock=True)
    if link is not None:
        end_link(by=BY, link=link, why="Forgotten.", sentence="Ended a page.")
