"""Writes about workspaces, members, invitations and API keys."""

from __future__ import annotations

import datetime as dt
import secrets
from functools import cache
from typing import Any
from zoneinfo import ZoneInfo, available_timezones

from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction
from django.utils import timezone

from warmhand.apps.island.actor import Actor
from warmhand.apps.island.scope import current_workspace_id, workspace_scope
from warmhand.apps.journal import services as journal
from warmhand.printing import is_colour
from warmhand.problems import Conflict, Invalid, NotFound

from .abilities import Role
from .logos import keep_logo
from .models import ApiKey, Invitation, Member, User, Workspace
from .queries import LiveKey, hashed, invitation, member_by_id, members

INVITATION_DAYS = 14
KEY_SCOPES = ("read", "record", "moments", "import")


def found_workspace(
    *, name: str, slug: str, timezone_name: str, owner: User, via: str = "cli"
) -> tuple[Workspace, Member]:
    """Make a workspace with its first owner."""
    check_timezone(timezone_name)
    if Workspace.objects.filter(slug=slug).exists():
        raise Conflict(
            "workspace_exists", f"There is a workspace '{slug}' already.", lift="Take another name."
        )
    with transaction.atomic():
        workspace = Workspace.objects.create(name=name, slug=slug, timezone=timezone_name)
        with workspace_scope(workspace.pk):
            by = Actor(None, "Warmhand", "cli" if via == "cli" else "example")
            member = journal.create(
                Member,
                by=by,
                sentence=f"{owner} founded the workspace.",
                user=owner,
                name=owner.name or owner.email,
                email=owner.email,
                role=Role.OWNER.value,
            )
    return workspace, member


@cache
def known_timezones() -> frozenset[str]:
    """The names of all time zones: asked of the disk once a process, not for every workspace."""
    return frozenset(available_timezones())


def check_timezone(name: str) -> ZoneInfo:
    """A time zone by its name; Invalid with the field when unknown."""
    if name not in known_timezones():
        raise Invalid.at("timezone", f"'{name}' isn't a known time zone, such as Europe/Berlin.")
    return ZoneInfo(name)


def change_workspace(*, by: Actor, name: str, timezone_name: str, language: str) -> Workspace:
    """Rename the open workspace, or move it to another zone or language."""
    check_timezone(timezone_name)
    workspace = Workspace.objects.select_for_update().get(pk=current_workspace_id())
    before = (workspace.name, workspace.timezone, workspace.language)
    workspace.name, workspace.timezone, workspace.language = name, timezone_name, language
    workspace.save()
    after = (name, timezone_name, language)
    pairs = zip(("name", "timezone", "language"), before, after, strict=True)
    changes = {field: [old, new] for field, old, new in pairs if old != new}
    journal.record(
        by=by,
        verb="set",
        of=workspace,
        sentence="Changed the workspace's settings.",
        changes=changes,
    )
    return workspace


def change_brand(*, by: Actor, colour: str, logo: bytes = b"", no_logo: bool = False) -> Workspace:
    """Choose the colour of papers (#rrggbb; empty: ours), and put up or take down the logo.

    `logo` is a PNG or JPEG; empty leaves the one there is. Raises Invalid at `colour` or `logo`.
    """
    colour = colour.strip().lower()
    if colour and not is_colour(colour):
        raise Invalid.at("colour", "Give the colour as # and six digits or letters, as #0f5a50.")
    workspace = Workspace.objects.select_for_update().get(pk=current_workspace_id())
    before = {"colour": workspace.colour, "logo": workspace.logo}
    workspace.colour = colour
    if logo:
        workspace.logo = keep_logo(workspace.pk, logo)
    elif no_logo:
        workspace.logo = ""
    workspace.save(update_fields=["colour", "logo"])
    after = {"colour": workspace.colour, "logo": workspace.logo}
    changes = {name: [before[name], after[name]] for name in before if before[name] != after[name]}
    sentence = "Changed the colour or the logo of papers."
    journal.record(by=by, verb="set", of=workspace, sentence=sentence, changes=changes)
    return workspace


def add_member(*, by: Actor, name: str, role: str, email: str = "", team: str = "") -> Member:
    """A colleague on record who can't sign in until invited."""
    return journal.create(
        Member,
        by=by,
        sentence=f"Added the colleague {name}.",
        name=name,
        email=email,
        role=Role(role).value,
        team=team,
    )


def change_member(*, by: Actor, member_id: int, role: str, team: str, name: str) -> Member:
    """Change a colleague's name, role or team; the last owner stays one."""
    member = member_by_id(member_id)
    if member.role == Role.OWNER and role != Role.OWNER:
        _keep_an_owner(member)
    return journal.change(
        member,
        by=by,
        sentence=f"Changed the colleague {name}.",
        role=Role(role).value,
        team=team,
        name=name,
    )


def let_member_leave(*, by: Actor, member_id: int, on: dt.date) -> Member:
    """A colleague leaves: can't sign in any more; what they did stays on record."""
    member = member_by_id(member_id)
    if member.role == Role.OWNER:
        _keep_an_owner(member)
    return journal.change(member, by=by, sentence=f"{member.name} left.", left_on=on)


def _keep_an_owner(member: Member) -> None:
    owners = members().select_for_update().filter(role=Role.OWNER, user__isnull=False)
    if not owners.exclude(pk=member.pk).exists():
        raise Conflict(
            "last_owner",
            "A workspace keeps at least one owner.",
            lift="Make somebody else an owner first.",
        )


def invite(
    *,
    by: Actor,
    email: str,
    role: str,
    accept_address: str,
    team: str = "",
    member_id: int | None = None,
) -> Invitation:
    """Invite somebody by e-mail; `accept_address` holds `{token}`. Works once, 14 days."""
    email = email.strip().lower()
    if members().filter(user__email=email).exists():
        raise Conflict("member_already", f"{email} is a member already.", lift="See Members.")
    token = secrets.token_urlsafe(32)
    made = journal.create(
        Invitation,
        by=by,
        sentence=f"Invited {email}.",
        email=email,
        role=Role(role).value,
        team=team,
        member_id=member_by_id(member_id).pk if member_id else None,
        invited_by_id=by.member_id,
        token_hash=hashed(token),
        expires_at=timezone.now() + dt.timedelta(days=INVITATION_DAYS),
    )
    address = accept_address.replace("{token}", token)
    transaction.on_commit(lambda: _send_invitation(email, by.name, address))
    return made


def _send_invitation(email: str, inviter: str, address: str) -> None:
    send_mail(
        f"{inviter} invites you to Warmhand",
        f"{inviter} invites you to work together in Warmhand.\n\n"
        f"Open this page to accept; the link works for {INVITATION_DAYS} days:\n{address}\n\n"
        "If you don't know what this is about, you can leave it unanswered.",
        settings.DEFAULT_FROM_EMAIL,
        [email],
    )


def accept_invitation(*, token: str, name: str, password: str) -> tuple[User, Member]:
    """Accept an invitation: an account (or the one of that address) becomes a member."""
    found = invitation(token)
    if found is None:
        raise NotFound("invitation", "This invitation was used, withdrawn, or has expired.")
    with workspace_scope(found.workspace_id):
        row = Invitation.objects.select_for_update().filter(pk=found.pk, accepted_at=None).first()
        if row is None:
            raise NotFound("invitation", "This invitation was used a moment ago.")
        user = account_for(email=row.email, name=name, password=password)
        by = Actor(None, user.name or user.email, "web")
        member = _join(row, user, by)
        row.accepted_at = timezone.now()
        row.save(update_fields=["accepted_at"])
    return user, member


def account_for(*, email: str, name: str, password: str) -> User:
    """The account of an address, made where there is none; an existing one wants its password."""
    user = User.objects.filter(email=email).first()
    if user is None:
        return User.objects.create_user(email, password, name=name)
    if not user.check_password(password):
        raise Invalid.at(
            "password", "There is an account with this address: give its own password."
        )
    return user


def _join(row: Invitation, user: User, by: Actor) -> Member:
    sentence = f"{user} accepted the invitation."
    fields: dict[str, Any] = {"user": user, "role": row.role, "email": user.email}
    if row.member_id:
        return journal.change(member_by_id(row.member_id), by=by, sentence=sentence, **fields)
    name = user.name or user.email
    return journal.create(Member, by=by, sentence=sentence, name=name, team=row.team, **fields)


def withdraw_invitation(*, by: Actor, invitation_id: int) -> Invitation:
    """Make an invitation's link worthless."""
    row: Invitation | None = Invitation.objects.filter(pk=invitation_id, accepted_at=None).first()
    if row is None:
        raise NotFound("invitation")
    return journal.remove(row, by=by, sentence=f"Withdrew the invitation of {row.email}.")


def make_api_key(
    *, by: Actor, name: str, scopes: list[str], expires_on: dt.date | None = None
) -> tuple[ApiKey, str]:
    """A key for a program, and its secret: shown this once, kept as a hash."""
    unknown = [s for s in scopes if s not in KEY_SCOPES]
    if unknown or not scopes:
        raise Invalid.at("scopes", f"Choose at least one of: {', '.join(KEY_SCOPES)}.")
    secret = f"wh_{secrets.token_urlsafe(32)}"
    key = journal.create(
        ApiKey,
        by=by,
        sentence=f"Made the API key '{name}'.",
        name=name,
        prefix=secret[:8],
        key_hash=hashed(secret),
        scopes=scopes,
        made_by_id=by.member_id,
        expires_on=expires_on,
    )
    return key, secret


def revoke_api_key(*, by: Actor, key_id: int) -> ApiKey:
    """Make a key worthless at once."""
    key: ApiKey | None = ApiKey.objects.filter(pk=key_id).first()
    if key is None:
        raise NotFound("api_key")
    return journal.remove(key, by=by, sentence=f"Revoked the API key '{key.name}'.")


def note_key_use(*, key: LiveKey, on: dt.date) -> None:
    """Note the day a key was last used: called once a day at most, journaled never."""
    with workspace_scope(key.workspace_id):
        ApiKey.objects.filter(pk=key.id).update(last_used_on=on)
