"""One provider after the other: whose turn it is, who is silent, and when to stop (P33)."""

from __future__ import annotations

from typing import Final

from warmhand.apps.accounts import days
from warmhand.apps.introductions import eligible
from warmhand.apps.introductions.models import Candidate, Introduction
from warmhand.apps.introductions.queries import candidate_by_id, candidates_of
from warmhand.apps.island.actor import Actor
from warmhand.apps.journal import services as journal
from warmhand.apps.messaging import clock
from warmhand.apps.messaging.models import PublicLink
from warmhand.apps.messaging.services import keep_open, link_to
from warmhand.problems import Conflict

from .common import end, locked, member_of
from .mails import KEPT, mail_brief

MOST_ASKED: Final = 4
"""After so many who didn't take it we stop and tell the member: something else is wrong then."""
State, Stands = Introduction.State, Candidate.State


def next_turn(it: Introduction, *, by: Actor, more: bool = False) -> Candidate | None:
    """Make it the next eligible provider's turn, and mail them where they hear from us.

    Stops the introduction, with its reason, when the need is met meanwhile, enough were asked
    (unless the member wants one `more`), or nobody is left.
    """
    rows = candidates_of(it.pk)
    if why := _smart_stop(it, rows, more):
        _stop(it, by, why)
        return None
    for each in rows:
        if each.state != Stands.WAITING:
            continue
        if reason := eligible.why_not(each.provider, days.today()):
            journal.change(
                each, by=by, sentence=f"Passed over: {reason}", state=Stands.SKIPPED, reason=reason
            )
            continue
        sentence = f"It is the turn of {each.provider.name}."
        journal.change(each, by=by, sentence=sentence, state=Stands.TURN)
        mail_brief(it, each, asked=_asked)
        return each
    _stop(it, by, "Nobody on the list is left to ask.")
    return None


def _smart_stop(it: Introduction, rows: list[Candidate], more: bool) -> str:
    if it.need is not None and it.need.met_on is not None:
        return "The need is met meanwhile."
    asked = [each for each in rows if each.state in (Stands.DECLINED, Stands.SILENT)]
    if len(asked) >= MOST_ASKED and not more:
        return f"{len(asked)} providers were asked and none took it."
    return ""


def _stop(it: Introduction, by: Actor, why: str) -> None:
    sentence = f"The introduction of {it.client.title} stopped: {why}"
    end(it, by=by, state=State.STOPPED, sentence=sentence, why=why)


def _asked(it: Introduction, candidate: Candidate, by: Actor) -> PublicLink:
    """The brief is on its way: from now on the days for an answer count."""
    now = clock.now()
    link = link_to(
        by=by,
        purpose=PublicLink.Purpose.BRIEF,
        client_id=it.client_id,
        object_id=candidate.pk,
        sentence=f"Made the brief for {candidate.provider.name}.",
    )
    keep_open(link=link, until=now + KEPT)
    journal.change(
        candidate,
        by=by,
        sentence=f"Asked {candidate.provider.name}.",
        state=Stands.ASKED,
        asked_at=now,
        answer_by=eligible.answer_by(now),
    )
    return link


@journal.one_act()
def hand_over(*, by: Actor, candidate_id: int) -> PublicLink:
    """A member hands the brief on themself: its link; their days to answer begin."""
    candidate = candidate_by_id(candidate_id)
    it = locked(candidate.introduction_id, among=(State.SEEKING,))
    candidate = candidate_by_id(candidate_id, lock=True)
    if candidate.state != Stands.TURN:
        raise Conflict(
            "not_their_turn",
            f"It isn't the turn of {candidate.provider.name}.",
            lift="Look at the list as it stands now.",
        )
    return _asked(it, candidate, by)


@journal.one_act()
def pass_over(*, by: Actor, candidate_id: int, why: str = "") -> Introduction:
    """A member goes on to the next one without waiting."""
    candidate = candidate_by_id(candidate_id)
    it = locked(candidate.introduction_id, among=(State.SEEKING,))
    candidate = candidate_by_id(candidate_id, lock=True)
    if candidate.state not in (Stands.WAITING, Stands.TURN, Stands.ASKED):
        raise Conflict(
            "candidate_answered",
            f"{candidate.provider.name} has answered already.",
            lift="Look at the list as it stands now.",
        )
    was = candidate.state
    sentence = f"Passed over {candidate.provider.name}."
    journal.change(candidate, by=by, sentence=sentence, state=Stands.SKIPPED, reason=why)
    if was != Stands.WAITING:
        next_turn(it, by=by)
    return it


def move_on() -> int:
    """The clock: whoever let their days pass is silent, and the next one is asked; how many."""
    due = Candidate.objects.filter(state=Stands.ASKED, answer_by__lte=clock.now())
    ids = list(due.order_by("answer_by", "pk").values_list("introduction", "pk"))
    return sum(_fall_silent(introduction, pk) for introduction, pk in ids)


@journal.one_act()
def _fall_silent(introduction_id: int, candidate_id: int) -> bool:
    try:
        it = locked(introduction_id, among=(State.SEEKING,))
    except Conflict:
        return False
    candidate = candidate_by_id(candidate_id, lock=True)
    late = candidate.answer_by is not None and candidate.answer_by <= clock.now()
    if candidate.state != Stands.ASKED or not late:
        return False
    by = member_of(it)
    sentence = f"{candidate.provider.name} didn't answer in time."
    journal.change(candidate, by=by, sentence=sentence, state=Stands.SILENT)
    next_turn(it, by=by)
    return True
