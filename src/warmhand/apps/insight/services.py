"""Setting and removing targets for giving (P35)."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db.models import Min

from warmhand.apps.accounts import days
from warmhand.apps.accounts.abilities import Role
from warmhand.apps.accounts.models import Member
from warmhand.apps.accounts.queries import member_by_id
from warmhand.apps.giving.models import Favour, ReferralGiven
from warmhand.apps.island.actor import Actor
from warmhand.apps.journal import services as journal
from warmhand.problems import Conflict, Invalid, Problem

from .law import targets_allowed
from .models import GivingTarget
from .targets import target_by_id

OWN_DATA_DAYS = 90
"""No target before there are three months of own data (evidence section 4, our choice)."""


def set_target(
    *,
    by: Actor,
    measure: str,
    amount: int,
    every: str = GivingTarget.Every.QUARTER,
    member_id: int | None = None,
    team: str = "",
) -> GivingTarget:
    """Set what each member is to give, or one, or each of a team; it takes the place of the last.

    Refused where targets on referrals are unlawful, and before there are three months of own data.
    """
    _require_lawful()
    _require_data()
    member = member_by_id(member_id) if member_id is not None else None
    _require_theirs(by, member, team)
    scope: dict[str, Any] = {"member_id": member_id, "team": team, "measure": measure}
    whose = GivingTarget(member=member, team=team).whose
    return journal.create(
        GivingTarget,
        by=by,
        sentence=f"Set a target: {whose}, {amount} {_unit(measure)}.",
        instead_of=list(GivingTarget.objects.filter(**scope).select_for_update()),
        **scope,
        amount=amount,
        every=every,
        set_by_id=by.member_id,
    )


def remove_target(*, by: Actor, target_id: int, why: str = "") -> GivingTarget:
    """Take a target away."""
    target = target_by_id(target_id, lock=True)
    _require_theirs(by, target.member, target.team)
    return journal.remove(
        target, by=by, sentence=f"Removed the target of {target.whose.lower()}.", why=why
    )


def _unit(measure: str) -> str:
    if measure not in GivingTarget.Measure.values:
        raise Invalid.at("measure", f"Choose one of: {', '.join(GivingTarget.Measure.values)}.")
    return {"points": "points", "favours": "favours", "coverage": "per cent"}[measure]


def _require_lawful() -> None:
    permission = targets_allowed()
    if not permission.allowed:
        raise Conflict("targets_not_allowed", permission.why, lift=permission.lift)


def _require_data() -> None:
    first = _first_day()
    if first is None:
        raise Conflict(
            "no_giving_yet",
            "Nothing was given yet, so nobody knows what is within reach.",
            lift="Give first; after three months a target has something to rest on.",
        )
    from_day = first + dt.timedelta(days=OWN_DATA_DAYS)
    if from_day > days.today():
        raise Conflict(
            "too_early_for_targets",
            "There are no three months of your own giving on record yet.",
            lift=f"From {from_day:%-d %B %Y} on a target has something to rest on.",
            until=from_day,
        )


def _first_day() -> dt.date | None:
    """The day on which the first referral was given or the first favour done."""
    given = ReferralGiven.objects.aggregate(day=Min("given_on"))["day"]
    done = Favour.objects.aggregate(day=Min("done_on"))["day"]
    return min((day for day in (given, done) if day), default=None)


def _require_theirs(by: Actor, member: Member | None, team: str) -> None:
    """A leader of a team sets targets for it and its members; an owner for everybody."""
    if by.member_id is None:
        return
    me = member_by_id(by.member_id)
    if me.role == Role.OWNER or (me.role == Role.LEADER and not me.team):
        return
    whose = member.team if member is not None else team
    if me.role != Role.LEADER or whose != me.team:
        raise Problem(
            "targets_of_another_team",
            "A leader sets targets for their own team and its members.",
            lift="Ask an owner, or whoever leads that team.",
            status=403,
        )
