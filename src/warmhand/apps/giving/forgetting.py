"""A need that was told for somebody who is to be forgotten (GDPR Art. 17)."""

from __future__ import annotations

import datetime as dt

from django.db.models import Max, Q, QuerySet

from warmhand.apps.island.actor import Actor
from warmhand.apps.island.scoped import FORGOTTEN
from warmhand.apps.journal import services as journal
from warmhand.apps.journal.forgetting import forget_all
from warmhand.apps.journal.queries import history_of
from warmhand.apps.messaging import clock
from warmhand.apps.people.importing.fields import Kind
from warmhand.apps.people.importing.forgetting import forget_origins
from warmhand.matching.favour_worth import tells

from .models import Favour, Need, ProposalDismissed, ReferralGiven

QUOTED = 40
"""By so many first letters a favour that names no need is known to quote one."""
TELLING = 20
"""Fewer letters are too few to know it by: “Tax” stands in favours that quote nobody."""


def told_for_others(*, before: dt.datetime) -> QuerySet[Need]:
    """Needs noted before then that a client told for somebody else, not forgotten yet."""
    rows: QuerySet[Need] = Need.all_objects.filter(for_other=True, forgotten_at=None)
    return rows.filter(created_at__lte=before)


def last_about_need(need: Need) -> dt.datetime:
    """When something last happened with a need: it was noted, changed, or somebody sent for it."""
    noted = history_of(Need._meta.label, need.pk).aggregate(last=Max("at"))["last"]
    rows = ReferralGiven.all_objects.filter(need=need)
    sent = rows.aggregate(last=Max("created_at"))["last"]
    last: dt.datetime = max(filter(None, (need.created_at, noted, sent)))
    return last


def forget_need(*, by: Actor, need_id: int) -> None:
    """Empty a need and take it off the lists, with all that quotes it and all that was noted.

    That a need was noted, when and for which client, stays for the figures.
    """
    need = Need.all_objects.select_for_update().get(pk=need_id)
    served = list(_favours_for(need).values_list("pk", flat=True))
    favours = Favour.all_objects.filter(pk__in=served)
    favours.update(what=FORGOTTEN)
    _empty_outcomes(favours)
    proposals = ProposalDismissed.all_objects.filter(about__regex=rf"^need:{need.pk}(:|$)")
    dismissed = list(proposals.values_list("pk", flat=True))
    proposals.update(what=FORGOTTEN, why="")
    need.words, need.category = FORGOTTEN, ""
    need.forgotten_at = clock.now()
    need.removed_at = need.removed_at or need.forgotten_at
    need.save()
    for model, ids in ((Need, [need.pk]), (Favour, served), (ProposalDismissed, dismissed)):
        forget_all(model, ids)
    forget_origins(Kind.NEEDS, [need.pk])
    forget_origins(Kind.FAVOURS, served)
    journal.record(by=by, verb="forgot", of=need, sentence="Forgot a need told for somebody else.")


def _empty_outcomes(favours: QuerySet[Favour]) -> None:
    """That it was told what came of a favour still counts (P35); what told nothing doesn't now."""
    told = favours.exclude(outcome="").exclude(outcome=FORGOTTEN).values_list("pk", "outcome")
    ids: dict[bool, list[int]] = {True: [], False: []}
    for pk, outcome in told:
        ids[tells(outcome)].append(pk)
    Favour.all_objects.filter(pk__in=ids[True]).update(outcome=FORGOTTEN)
    Favour.all_objects.filter(pk__in=ids[False]).update(outcome="")


def _favours_for(need: Need) -> QuerySet[Favour]:
    """What was done or promised for it, whatever its words are now; and what quotes it unasked."""
    start = need.words[:QUOTED].strip()
    quotes = Q(need=None, client=need.client_id, what__icontains=start)
    wanted = Q(need=need.pk) | quotes if len(start) >= TELLING else Q(need=need.pk)
    rows: QuerySet[Favour] = Favour.all_objects.filter(wanted)
    return rows
