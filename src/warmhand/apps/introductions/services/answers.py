"""What a provider says to a brief: they take it, or not, and why (P33)."""

from __future__ import annotations

from warmhand.apps.introductions.models import Candidate, Introduction
from warmhand.apps.introductions.queries import candidate_by_id
from warmhand.apps.island.actor import Actor
from warmhand.apps.journal import services as journal
from warmhand.apps.messaging import clock
from warmhand.problems import Conflict

from .common import called, end, for_good, locked, member_of
from .consent import record_given
from .mails import mail_connected
from .sequence import next_turn

State, Stands = Introduction.State, Candidate.State


@journal.one_act()
def accept(*, by: Actor, candidate_id: int, words: str = "") -> Introduction:
    """They take it: both get each other's details, the referral is on record, we step back.

    Conflict `introduction_moved_on` or `brief_over` where somebody was quicker: a withdrawal, the
    clock, or another answer.
    """
    it, candidate = _asked(candidate_id)
    now = clock.now()
    sentence = f"{candidate.provider.name} takes care of {called(it)}."
    for_good(it, by=by, verb="connected", sentence=sentence)
    journal.change(
        candidate,
        by=by,
        sentence=f"{candidate.provider.name} takes care of {called(it)}.",
        state=Stands.ACCEPTED,
        answered_at=now,
        reason=words,
    )
    sentence = f"Connected {called(it)} and {candidate.provider.name}."
    end(it, by=by, state=State.CONNECTED, sentence=sentence)
    record_given(it, candidate)
    mail_connected(it)
    return it


@journal.one_act()
def decline(*, by: Actor, candidate_id: int, why: str) -> Introduction:
    """They don't take it; their reason is remembered, and the next one is asked."""
    it, candidate = _asked(candidate_id)
    sentence = f"{candidate.provider.name} can't take it."
    for_good(it, by=by, verb="declined", sentence=sentence)
    journal.change(
        candidate,
        by=by,
        sentence=f"{candidate.provider.name} declined.",
        state=Stands.DECLINED,
        answered_at=clock.now(),
        reason=why,
    )
    next_turn(it, by=member_of(it))
    return it


def _asked(candidate_id: int) -> tuple[Introduction, Candidate]:
    """Both, locked in their order, where this provider's answer is waited for."""
    it = locked(candidate_by_id(candidate_id).introduction_id, among=(State.SEEKING,))
    candidate = candidate_by_id(candidate_id, lock=True)
    if candidate.state != Stands.ASKED:
        raise Conflict(
            "brief_over",
            "This brief is answered, or its time is over.",
            lift="Look at it as it stands now.",
        )
    return it, candidate
