"""Who somebody is and where: reads of users, workspaces, members and keys."""

from __future__ import annotations

import datetime as dt
import hashlib
from copy import copy
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from django.db.models import Q, QuerySet
from django.utils import timezone
from django_scopes import scopes_disabled

from warmhand.apps.island.actor import Actor, Via
from warmhand.apps.island.raw import one_row
from warmhand.apps.island.scope import bound, current_workspace_id, kept
from warmhand.printing import Brand
from warmhand.problems import NotFound, Problem

from .logos import logo_of
from .models import OPEN_WORKSPACE, ApiKey, Invitation, Member, Workspace


@dataclass(frozen=True, slots=True)
class Membership:
    """A member in their workspace: all a surface needs to know of who asks."""

    member_id: int
    name: str
    role: str
    team: str
    workspace_id: int
    workspace_name: str
    workspace_slug: str
    timezone: str
    language: str

    def actor(self, via: Via) -> Actor:
        """This member as the author of a write."""
        return Actor(self.member_id, self.name, via)

    def today(self) -> dt.date:
        """The day it is in the workspace's time zone."""
        return day_in(self.timezone)


def membership(*, user_id: int | None, workspace_id: int | None) -> Membership | None:
    """A user's membership of one workspace, or of their only (first) one when none is named."""
    found = memberships(user_id=user_id)
    if workspace_id is None:
        return found[0] if len(found) == 1 else None
    return next((m for m in found if m.workspace_id == workspace_id), None)


def memberships(*, user_id: int | None) -> list[Membership]:
    """Every workspace a user belongs to, by name. Read before any workspace is open."""
    with bound("app.user", str(user_id or "")), scopes_disabled():
        found = (
            Member.objects.filter(user_id=user_id or 0, left_on__isnull=True)
            .select_related("workspace")
            .order_by("workspace__name")
        )
        return [as_membership(member) for member in found]


def as_membership(member: Member) -> Membership:
    """A member, read with their workspace, as surfaces know them."""
    workspace = member.workspace
    return Membership(
        member_id=member.pk,
        name=member.name,
        role=member.role,
        team=member.team,
        workspace_id=workspace.pk,
        workspace_name=workspace.name,
        workspace_slug=workspace.slug,
        timezone=workspace.timezone,
        language=workspace.language,
    )


def hashed(secret: str) -> str:
    """How keys and tokens are kept: SHA-256, since they are random and long."""
    return hashlib.sha256(secret.encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class LiveKey:
    """An API key that works today, and the workspace that it opens."""

    id: int
    name: str
    scopes: frozenset[str]
    made_by_id: int | None
    last_used_on: dt.date | None
    workspace_id: int
    today: dt.date


_KEY = """
SELECT k.id, k.name, k.scopes, k.made_by_id, k.last_used_on, k.workspace_id, w.timezone,
       k.expires_on
FROM accounts_apikey k JOIN accounts_workspace w ON w.id = k.workspace_id
WHERE k.key_hash = %s AND k.removed_at IS NULL
"""


def api_key(secret: str) -> LiveKey | None:
    """The live key a program presents; None for any other. One prepared statement."""
    key_hash = hashed(secret)
    with bound("app.api_key", key_hash):
        row = one_row(_KEY, [key_hash])
    if row is None:
        return None
    number, name, scopes, made_by_id, last_used_on, workspace_id, zone, expires_on = row
    now = day_in(zone)
    if expires_on and expires_on < now:
        return None
    return LiveKey(number, name, frozenset(scopes), made_by_id, last_used_on, workspace_id, now)


def invitation(token: str) -> Invitation | None:
    """The open invitation behind a token; None when used, expired, withdrawn or unknown."""
    token_hash = hashed(token)
    with bound("app.invitation", token_hash), scopes_disabled():
        found: Invitation | None = (
            Invitation.objects.filter(
                token_hash=token_hash, accepted_at__isnull=True, expires_at__gt=timezone.now()
            )
            .select_related("workspace")
            .first()
        )
    return found


def all_workspaces() -> list[Workspace]:
    """Every workspace of the installation: for jobs, which open them one by one."""
    return list(Workspace.objects.order_by("pk"))


def workspace_by_id(workspace_id: int) -> Workspace:
    """A workspace by its number: for jobs, which are told of one."""
    found = Workspace.objects.filter(pk=workspace_id).first()
    if found is None:
        raise NotFound("workspace")
    return found


def our_workspace() -> Workspace:
    """The open workspace: read once in a scope, and again once it was changed in it.

    Each caller has a copy of their own: what one sets on it, no other reads.
    """
    return copy(kept(OPEN_WORKSPACE, lambda: workspace_by_id(current_workspace_id())))


def workspace_by_slug(slug: str) -> Workspace:
    """A workspace by its short name."""
    found = Workspace.objects.filter(slug=slug).first()
    if found is None:
        raise NotFound("workspace", f"There is no workspace '{slug}'.")
    return found


def only_workspace() -> Workspace:
    """The installation's only workspace, for the command line; a Problem when not exactly one."""
    found = list(Workspace.objects.order_by("slug")[:20])
    if len(found) == 1:
        return found[0]
    names = ", ".join(w.slug for w in found) or "none yet"
    raise Problem(
        "which_workspace",
        f"This installation has {len(found)} workspaces ({names}).",
        lift="Name one with --workspace, or make one with 'warmhand workspace new'.",
    )


def brand(*, logo: bool = False) -> Brand:
    """The name and colour of the open workspace, and its logo as PNG if that is wanted.

    For papers and for pages that clients see. At most one query; one read of a file
    with `logo`.
    """
    workspace = our_workspace()
    return Brand(workspace.name, workspace.colour, logo_of(workspace) if logo else b"")


def today(workspace: Workspace) -> dt.date:
    """The day it is in the workspace's time zone: the day all facts speak of."""
    return day_in(workspace.timezone)


def day_in(zone: str) -> dt.date:
    """The day it is in a time zone, by its name."""
    return timezone.now().astimezone(ZoneInfo(zone)).date()


def members() -> QuerySet[Member]:
    """The colleagues in the open workspace who haven't left."""
    found: QuerySet[Member] = Member.objects.filter(left_on__isnull=True)
    return found


def members_to_invite() -> QuerySet[Member]:
    """The colleagues on record who can't sign in yet, as they come with an import."""
    return members().filter(user__isnull=True).order_by("name")


def member_by_id(member_id: int) -> Member:
    """One colleague of the open workspace: the one door from an id to a member."""
    found: Member | None = Member.objects.filter(pk=member_id).first()
    if found is None:
        raise NotFound("member")
    return found


def api_keys() -> QuerySet[ApiKey]:
    """The keys of the open workspace; their secrets aren't kept."""
    found: QuerySet[ApiKey] = ApiKey.objects.all()
    return found


def open_invitations() -> QuerySet[Invitation]:
    """Invitations nobody has accepted yet."""
    found: QuerySet[Invitation] = Invitation.objects.filter(accepted_at__isnull=True)
    return found


def member_by_name(text: str) -> Member:
    """One colleague by name or e-mail address, as typed on the command line."""
    found = list(members().filter(Q(name__iexact=text) | Q(email__iexact=text))[:2])
    if len(found) != 1:
        raise NotFound("member", f"{len(found)} colleagues are called '{text}'.")
    return found[0]
