"""A consent taken back travels to everyone who holds the data; a task until it has (P24)."""

from __future__ import annotations

from warmhand.apps.introductions.models import Candidate
from warmhand.apps.introductions.queries import candidate_by_id, introduction_by_id
from warmhand.apps.island.actor import Actor
from warmhand.apps.journal import services as journal
from warmhand.apps.messaging import clock
from warmhand.problems import Conflict


@journal.one_act()
def tell_withdrawal(*, by: Actor, candidate_id: int, via: str = "member") -> Candidate:
    """Somebody told the provider, or the provider has read it on their page and says it is gone."""
    candidate = candidate_by_id(candidate_id)
    introduction_by_id(candidate.introduction_id, lock=True)
    candidate = candidate_by_id(candidate_id, lock=True)
    if not candidate.must_be_told:
        raise Conflict(
            "told_already",
            f"{candidate.provider.name} knows, or never held anything.",
            lift="Look at the list as it stands now.",
        )
    return journal.change(
        candidate,
        by=by,
        sentence=f"{candidate.provider.name} knows that the consent was taken back.",
        told_at=clock.now(),
        told_via=via,
    )
