"""The six people of the example workspace, and how they sign in."""

from __future__ import annotations

import base64
import hmac
from dataclasses import dataclass

from django.conf import settings
from django.contrib.auth.hashers import check_password, make_password

from warmhand.apps.accounts.abilities import Role
from warmhand.apps.accounts.models import Member, User

DOMAIN = "warmhand.example"


@dataclass(frozen=True, slots=True)
class Colleague:
    """A colleague; `care` is how well they look after their clients (0 to 1)."""

    name: str
    mailbox: str
    role: Role
    team: str
    care: float

    @property
    def email(self) -> str:
        """Where nobody ever reads mail."""
        return f"{self.mailbox}@{DOMAIN}"


TEAM = (
    Colleague("Mara Lindqvist", "owner", Role.OWNER, "", 0.9),
    Colleague("Tobias Ferreira", "leader", Role.LEADER, "North", 0.8),
    Colleague("Ruth Adeyemi", "manager", Role.ACCOUNT_MANAGER, "North", 0.85),
    Colleague("Jan Kowalczyk", "jan", Role.ACCOUNT_MANAGER, "South", 0.6),
    Colleague("Leonie Marchetti", "leonie", Role.ACCOUNT_MANAGER, "South", 0.45),
    Colleague("Samir Haddad", "agent", Role.AGENT, "North", 0.5),
)


def password() -> str:
    """The example's password: of this installation alone, always the same, stored nowhere."""
    digest = hmac.digest(settings.SECRET_KEY.encode(), b"example workspace", "sha256")
    letters = base64.b32encode(digest).decode().lower()[:12]
    return "-".join(letters[start : start + 4] for start in (0, 4, 8))


def provide_users() -> dict[str, User]:
    """The users by mailbox, made where absent. They share one hash: hashing is slow on purpose."""
    found = {user.email: user for user in User.objects.filter(email__endswith=f"@{DOMAIN}")}
    hashed = _known_hash({user.password for user in found.values()})
    users = {}
    for colleague in TEAM:
        user = found.get(colleague.email, User(email=colleague.email, name=colleague.name))
        if user.password != hashed:
            user.password = hashed
            user.save()
        users[colleague.mailbox] = user
    return users


def _known_hash(hashes: set[str]) -> str:
    """The hash that is of our password, or a new one where none is."""
    secret = password()
    known = (each for each in hashes if check_password(secret, each))
    return next(known, "") or make_password(secret)


def join_team(users: dict[str, User]) -> list[Member]:
    """The members of the open workspace, in the order of TEAM; the owner is one already."""
    owner = Member.objects.get(user=users["owner"])
    leader = _member(TEAM[1], users, owner)
    return [owner, leader, *(_member(each, users, leader) for each in TEAM[2:])]


def _member(colleague: Colleague, users: dict[str, User], manager: Member) -> Member:
    return Member.objects.create(
        user=users[colleague.mailbox],
        name=colleague.name,
        email=colleague.email,
        role=colleague.role.value,
        team=colleague.team,
        manager=manager,
    )
