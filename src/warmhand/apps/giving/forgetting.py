"""A need that was told for somebody who is to be forgotten (GDPR Art. 17)."""

from __future__ import annotations

from django.utils import timezone

from warmhand.apps.island.actor import Actor
from warmhand.apps.island.scoped import FORGOTTEN
from warmhand.apps.journal import services as journal
from warmhand.apps.journal.forgetting import forget_all

from .models import Favour, Need, ProposalDismissed

QUOTED = 40
"""By so many first letters a favour that was proposed for a need is known again."""
TELLING = 20
"""Fewer letters are too few to know it by: “Tax” stands in favours that quote nobody."""


def forget_need(*, by: Actor, need_id: int) -> None:
    """Empty a need and take it off the lists, with all that quotes it and all that was noted.

    That a need was noted, when and for which client, stays for the figures.
    """
    need = Need.all_objects.select_for_update().get(pk=need_id)
    start = need.words[:QUOTED].strip()
    favours = Favour.all_objects.filter(client=need.client_id, what__icontains=start)
    quoting = list(favours.values_list("pk", flat=True)) if len(start) >= TELLING else []
    Favour.all_objects.filter(pk__in=quoting).update(what=FORGOTTEN)
    proposals = ProposalDismissed.all_objects.filter(about__regex=rf"^need:{need.pk}(:|$)")
    dismissed = list(proposals.values_list("pk", flat=True))
    proposals.update(what=FORGOTTEN, why="")
    need.words, need.category = FORGOTTEN, ""
    need.removed_at = need.removed_at or timezone.now()
    need.save()
    for model, ids in ((Need, [need.pk]), (Favour, quoting), (ProposalDismissed, dismissed)):
        forget_all(model, ids)
    journal.record(by=by, verb="forgot", of=need, sentence="Forgot a need told for somebody else.")
