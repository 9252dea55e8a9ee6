"""What a client says by their own page to 'is it really solved?' (P12)."""

from __future__ import annotations

from typing import Any

from warmhand.apps.island.actor import Actor
from warmhand.apps.journal import services as journal
from warmhand.apps.messaging import services as messaging
from warmhand.apps.work import services as work
from warmhand.apps.work.models import Case, Rating
from warmhand.apps.work.queries import case_by_id

from .moments import CaseRef, tell


@journal.one_act()
def answer_question(
    *,
    case_id: int,
    link_id: int,
    edition: int,
    proof: messaging.Proof,
    solved: bool,
    words: str = "",
    score: int | None = None,
) -> Case:
    """The client confirms that a case is solved, or says that it isn't yet; told as a moment (P11).

    `score`, 0 to 10, becomes a rating of the case. Within 24 hours the same link corrects all of
    it. Locks case, then link, as all who write to them do.
    """
    case = case_by_id(case_id, lock=True)
    link = messaging.take_outcome(link_id=link_id, edition=edition, proof=proof)
    by = Actor(None, case.client.title, "client")
    what = "confirmed" if solved else "reopened"
    answer = tell(by=by, ref=CaseRef(case_id=case_id), what=what, words=words)
    rating_id = _rated(by, answer.case, link.made_id, score, words)
    messaging.remember_made(link, rating_id)
    return answer.case


def _rated(
    by: Actor, case: Case, known_id: int | None, score: int | None, words: str
) -> int | None:
    """The rating that this link has made, as it should be now; its number, if there is one."""
    known: Any = Rating.objects.filter(pk=known_id).first() if known_id else None
    if score is None:
        if known is not None:
            work.remove_rating(by=by, rating_id=known.pk, why="Taken back by the client.")
        return None
    if known is not None:
        return work.change_rating(by=by, rating_id=known.pk, score=score, words=words).pk
    rated = work.rate(by=by, client_id=case.client_id, score=score, words=words, case_id=case.pk)
    return rated.pk
