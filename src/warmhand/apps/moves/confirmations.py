"""What a client says by their own page to 'is it really solved?' (P12)."""

from __future__ import annotations

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
    rating = work.settle_rating(
        by=by,
        known=Rating.objects.filter(pk=link.made_id).first() if link.made_id else None,
        score=score,
        words=words,
        client_id=case.client_id,
        case_id=case.pk,
    )
    messaging.remember_made(link, rating.pk if rating else None)
    return answer.case
