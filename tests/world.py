"""A small world for tests: two workspaces, a member of each role, and a few records."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from django.contrib.auth.hashers import make_password

from warmhand.apps.accounts import services as accounts
from warmhand.apps.accounts.abilities import Role
from warmhand.apps.accounts.models import Member, User, Workspace
from warmhand.apps.accounts.queries import today
from warmhand.apps.island.actor import Actor
from warmhand.apps.island.scope import workspace_scope
from warmhand.apps.people.models import Client, Company

PASSWORD = "a good long passphrase"


@dataclass
class World:
    workspace: Workspace
    users: dict[str, User]
    members: dict[str, Member]
    other: Workspace
    outsider: User
    extra: dict[str, Any] = field(default_factory=dict)

    @property
    def by(self) -> Actor:
        return self.actor("owner")

    def actor(self, role: str) -> Actor:
        member = self.members[role]
        return Actor(member.pk, member.name, "web")

    def today(self) -> dt.date:
        return today(self.workspace)

    def days_ago(self, days: int) -> dt.date:
        return self.today() - dt.timedelta(days=days)

    def company(self, name: str = "Kettle & Sons", **values: Any) -> Company:
        return Company.objects.create(name=name, **values)

    def client(self, name: str = "Ada Kettle", **values: Any) -> Client:
        values.setdefault("client_since", self.days_ago(400))
        values.setdefault("keeper", self.members["account_manager"])
        return Client.objects.create(name=name, **values)


def make_user(email: str, name: str) -> User:
    return User.objects.create(email=email, name=name, password=_hashed())


@cache
def _hashed() -> str:
    """Hashed once a run: hashing is slow on purpose and isn't what these tests are about."""
    return make_password(PASSWORD)


def make_world() -> World:
    owner = make_user("owner@warmhand.example", "Olga Owner")
    workspace, first = accounts.found_workspace(
        name="Harbour Advisers", slug="harbour", timezone_name="Europe/Berlin", owner=owner
    )
    users, members = {"owner": owner}, {"owner": first}
    with workspace_scope(workspace.pk):
        for role in (Role.LEADER, Role.ACCOUNT_MANAGER, Role.AGENT):
            name = f"{role.title.split()[0]} Colleague"
            users[role] = make_user(f"{role}@warmhand.example", name)
            members[role] = Member.objects.create(
                user=users[role], name=name, email=users[role].email, role=role, team="North"
            )
    outsider = make_user("outsider@elsewhere.example", "Otto Outsider")
    other, _ = accounts.found_workspace(
        name="Elsewhere", slug="elsewhere", timezone_name="UTC", owner=outsider
    )
    return World(workspace, users, members, other, outsider)
