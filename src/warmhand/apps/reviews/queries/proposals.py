"""What an invitation starts from: the first good day, three times, and its words."""

from __future__ import annotations

from dataclasses import dataclass
from zoneinfo import ZoneInfo

from django.utils import timezone

from warmhand.apps.accounts import days
from warmhand.apps.accounts.queries import our_workspace
from warmhand.apps.people.models import Client
from warmhand.apps.people.queries import client_by_id
from warmhand.apps.policies.queries import current
from warmhand.apps.reviews.good_day import GoodDay, first_good_day, good_days
from warmhand.apps.reviews.slots import Slot, propose_slots
from warmhand.apps.work.models import Commitment
from warmhand.apps.work.services.reviews import MINUTES
from warmhand.wording.reviews import InvitationWords, compose_invitation

from .due import busy_of
from .meetings import taken_times
from .places import language_of, spoken_by, zone_of

_NAMED = 3


@dataclass(frozen=True, slots=True)
class Proposal:
    """What the form of an invitation shows at first."""

    client: Client
    good_day: GoodDay
    slots: tuple[Slot, ...]
    there: ZoneInfo
    here: ZoneInfo
    language: str
    words: InvitationWords


def proposal_for(
    client_id: int,
    *,
    member_id: int,
    member_name: str,
    kind: str = "call",
    minutes: int = MINUTES,
) -> Proposal:
    """Three times on good days, free for this member, and the invitation in the client's words."""
    client, now = client_by_id(client_id), timezone.now()
    there, here = zone_of(client), days.zone()
    busy = busy_of([client], current().policy, days.today())[client.pk]
    spoken, language = spoken_by(language_of(client))
    return Proposal(
        client=client,
        good_day=first_good_day(busy, now=now, zone=there),
        slots=propose_slots(
            good_days(busy, now=now, zone=there),
            kind=kind,
            minutes=minutes,
            there=there,
            here=here,
            taken=taken_times(member_id, now),
        ),
        there=there,
        here=here,
        language=language,
        words=compose_invitation(
            spoken,
            client_name=client.name,
            member_name=member_name,
            workspace=our_workspace().name,
            kind=kind,
            delivered=_delivered(client_id),
        ),
    )


def _delivered(client_id: int) -> list[str]:
    rows = Commitment.objects.filter(
        client_id=client_id, delivered_on__isnull=False, cancelled_on=None
    )
    return list(rows.order_by("-delivered_on").values_list("title", flat=True)[:_NAMED])
