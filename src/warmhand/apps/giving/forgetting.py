"""A need that was told for somebody who is to be forgotten (GDPR Art. 17)."""

from __future__ import annotations

import datetime as dt

from django.db.models import Max, Q, QuerySet

from warmhand.apps.island.actor import Actor
from warmhand.apps.island.scoped import FORGOTTEN
from warmhand.apps.journal import services as journal
from warmhand.apps.journal.forgetting import forget_all, last_about
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


def forgotten_needs() -> QuerySet[Need]:
    """Needs that are forgotten already; what is told about them later has to go as well."""
    rows: QuerySet[Need] = Need.all_objects.filter(forgotten_at__isnull=False)
    return rows


def last_about_need(need: Need) -> dt.datetime:
    """When something last happened with a need: noted, changed, or something done for it."""
    last = (need.created_at, last_about(Need, [need.pk]), last_done_for(need))
    return max(filter(None, last))


def last_done_for(need: Need) -> dt.datetime | None:
    """When somebody was last sent for a need, or a favour promised, done or told of."""
    sent = ReferralGiven.all_objects.filter(need=need)
    served = Favour.all_objects.filter(need=need)
    found = (
        sent.aggregate(last=Max("created_at"))["last"],
        served.aggregate(last=Max("created_at"))["last"],
        last_about(ReferralGiven, list(sent.values_list("pk", flat=True))),
        last_about(Favour, list(served.values_list("pk", flat=True))),
    )
    return max(filter(None, found), default=None)


def forget_need(*, by: Actor, need_id: int) -> None:
    """Empty a need and take it off the lists, with all that quotes it and all that was noted.

    That a need was noted, when and for which client, stays for the figures. A promise still open
    goes off the lists: nobody can keep one whose words are gone. Done again, it empties what was
    told since.
    """
    need = Need.all_objects.select_for_update().get(pk=need_id)
    served = list(_favours_for(need).values_list("pk", flat=True))
    favours = Favour.all_objects.filter(pk__in=served)
    favours.update(what=FORGOTTEN)
    favours.filter(done_on=None, removed_at=None).update(removed_at=clock.now())
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
    start = "" if need.forgotten_at else need.words[:QUOTED].strip()
    quotes = Q(need=None, client=need.client_id, what__icontains=start)
    wanted = Q(need=need.pk) | quotes if len(start) >= TELLING else Q(need=need.pk)
    rows: QuerySet[Favour] = Favour.all_objects.filter(wanted)
    return rows
