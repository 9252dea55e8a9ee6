"""What the writes share: the lock, who acts, the end of an introduction."""

from __future__ import annotations

from typing import Any

from warmhand.apps.introductions.models import Candidate, Introduction
from warmhand.apps.introductions.queries import candidates_of, introduction_by_id
from warmhand.apps.island.actor import Actor
from warmhand.apps.journal import services as journal
from warmhand.apps.messaging import clock
from warmhand.problems import Conflict


def locked(introduction_id: int, *, among: tuple[str, ...]) -> Introduction:
    """The introduction, locked, in one of these states; else Conflict `introduction_moved_on`."""
    it = introduction_by_id(introduction_id, lock=True)
    if it.state not in among:
        raise Conflict(
            "introduction_moved_on",
            f"This introduction has moved on: {it.get_state_display().lower()}.",
            lift="Look at the introduction as it stands now.",
        )
    return it


def member_of(it: Introduction, via: Any = "job") -> Actor:
    """The member in whose name an introduction goes on by itself."""
    return Actor(it.member_id, it.member.name if it.member else "Warmhand", via)


def end(it: Introduction, *, by: Actor, state: str, sentence: str, why: str = "") -> Introduction:
    """Bring an introduction to a state in which nothing happens by itself any more.

    What a third person says is kept beside the journal, so that it can be forgotten.
    """
    if it.for_other:
        it.ended_why = why[:300]
        it.save(update_fields=["ended_why"])
    return journal.change(
        it, by=by, sentence=sentence, state=state, ended_at=clock.now(), ended_why=why[:300]
    )


def call_off(it: Introduction, *, by: Actor, **said: str) -> None:
    """Nobody is asked any more; `said` may hold the `reason`."""
    for each in candidates_of(it.pk):
        if each.state in (Candidate.State.TURN, Candidate.State.ASKED):
            sentence = f"{each.provider.name} isn't asked any more."
            journal.change(each, by=by, sentence=sentence, state=Candidate.State.SKIPPED, **said)


def for_good(it: Introduction, *, by: Actor, verb: str, sentence: str) -> None:
    """Head an act with what can't be undone by us: a yes, a connection, a withdrawal.

    The journal undoes an act whole or not at all, so nobody revives a consent by an Undo.
    """
    journal.record(by=by, verb=verb, of=it, sentence=sentence)


def said_first(it: Introduction) -> str:
    """The same at the head of a sentence."""
    name = called(it)
    return name[:1].upper() + name[1:]


def called(it: Introduction) -> str:
    """How the journal names whom it is about: never a third person by name."""
    return f"somebody {it.client.title} knows" if it.for_other else it.client.title
