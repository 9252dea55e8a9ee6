"""What a person answers to a favour that was proposed: yes, we promise it; or no, not this (P9)."""

from __future__ import annotations

from warmhand.apps.accounts import days
from warmhand.apps.island.actor import Actor
from warmhand.apps.journal import services as journal
from warmhand.apps.people.queries import client_by_id

from .known import proposal_of
from .models import ProposalDismissed


def dismiss_proposal(*, by: Actor, client_id: int, about: str, why: str = "") -> ProposalDismissed:
    """Not this one: it is not proposed again as long as what it rests on stands; can be undone.

    Raises NotFound (`unknown_proposal`) where it isn't proposed any more.
    """
    client, proposal = client_by_id(client_id), proposal_of(client_id, about)
    return journal.create(
        ProposalDismissed,
        by=by,
        sentence=f"Put aside for {client.title}: {proposal.what}.",
        why=why,
        client=client,
        member_id=by.member_id,
        about=about,
        what=proposal.what[:300],
        dismissed_on=days.today(),
    )
