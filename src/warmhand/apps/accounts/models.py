"""Users, workspaces, members, invitations and API keys."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.contrib.postgres.fields import ArrayField
from django.db import models

from warmhand.apps.island.scope import keep_no_more
from warmhand.apps.island.scoped import Link, Record, Scoped

from .abilities import Role

OPEN_WORKSPACE = "workspace"
"""Under this name a scope keeps the row of its workspace."""
ROLE_CHOICES = [(role.value, role.title) for role in Role]


class UserManager(BaseUserManager["User"]):
    """Makes users; the e-mail address is the name one signs in with."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> User:
        """A user with a hashed password (None: can't sign in with one)."""
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user


class User(AbstractBaseUser, PermissionsMixin):
    """A person who signs in. Personal data: name, e-mail; erased with the account."""

    email = models.EmailField(unique=True)
    name = models.CharField(max_length=200, blank=True)
    language = models.CharField(max_length=12, blank=True)
    is_active = models.BooleanField(default=True)
    is_staff = models.BooleanField(default=False)
    date_joined = models.DateTimeField(auto_now_add=True)

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    objects: ClassVar[UserManager] = UserManager()

    def __str__(self) -> str:
        return self.name or self.email


class WorkspaceQuerySet(models.QuerySet["Workspace"]):
    """Rows of workspaces; what the open scope has kept of its own is forgotten with a change."""

    def update(self, **values: Any) -> int:
        """Change rows; the scope reads its workspace anew."""
        keep_no_more(OPEN_WORKSPACE)
        return super().update(**values)


class Workspace(models.Model):
    """One organisation's island."""

    name = models.CharField(max_length=200)
    slug = models.SlugField(max_length=60, unique=True)
    timezone = models.CharField(max_length=60, default="UTC")
    language = models.CharField(max_length=12, default="en")
    colour = models.CharField("colour of papers", max_length=7, blank=True)
    """As #rrggbb, in lower case; empty: Warmhand's own."""
    logo = models.CharField(max_length=40, blank=True)
    """The name of the picture that is kept in the data folder; empty: none."""
    created_at = models.DateTimeField(auto_now_add=True)

    objects = WorkspaceQuerySet.as_manager()

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save; the scope reads its workspace anew."""
        keep_no_more(OPEN_WORKSPACE)
        super().save(*args, **kwargs)


class Member(Record):
    """A colleague in a workspace; `user` is empty until they've accepted an invitation."""

    user = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.PROTECT, related_name="memberships"
    )
    name = models.CharField(max_length=200)
    email = models.EmailField(blank=True)
    role = models.CharField(max_length=20, choices=ROLE_CHOICES, default=Role.ACCOUNT_MANAGER)
    team = models.CharField(max_length=100, blank=True)
    manager = Link("self", null=True, blank=True, related_name="reports")
    source = models.CharField(max_length=60, blank=True)
    source_ref = models.CharField(max_length=200, blank=True)
    left_on = models.DateField(null=True, blank=True)

    may_also_see: ClassVar[str] = "user_id = nullif(current_setting('app.user', true), '')::bigint"

    class Meta:
        ordering = ("name", "id")
        constraints = (
            models.UniqueConstraint(fields=("workspace", "user"), name="member_once_per_workspace"),
            models.UniqueConstraint(
                fields=("workspace", "source", "source_ref"),
                name="member_source_once",
                condition=~models.Q(source_ref=""),
            ),
        )

    def __str__(self) -> str:
        return self.name


class Invitation(Record):
    """An invitation by e-mail; the token is kept as a hash and works once."""

    email = models.EmailField()
    role = models.CharField(max_length=20, choices=ROLE_CHOICES)
    team = models.CharField(max_length=100, blank=True)
    member = Link(Member, null=True, blank=True, related_name="invitations")
    invited_by = Link(Member, null=True, related_name="+")
    token_hash = models.CharField(max_length=64, unique=True)
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True, blank=True)

    may_also_see: ClassVar[str] = "token_hash = current_setting('app.invitation', true)"

    class Meta:
        ordering = ("-created_at", "-id")


class ApiKey(Record):
    """A key for programs: shown once, kept as a hash, with scopes and an end."""

    name = models.CharField(max_length=100)
    prefix = models.CharField(max_length=12)
    key_hash = models.CharField(max_length=64, unique=True)
    scopes = ArrayField(models.CharField(max_length=20))
    made_by = Link(Member, null=True, related_name="+")
    expires_on = models.DateField(null=True, blank=True)
    last_used_on = models.DateField(null=True, blank=True)

    may_also_see: ClassVar[str] = "key_hash = current_setting('app.api_key', true)"

    class Meta:
        ordering = ("-created_at", "-id")


class IdempotentAnswer(Scoped):
    """The answer given to a key, so that a repeated request has no second effect."""

    key = models.CharField(max_length=200)
    route = models.CharField(max_length=200)
    body_hash = models.CharField(max_length=64)
    status = models.PositiveSmallIntegerField()
    answer = models.JSONField()
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("workspace", "route", "key"), name="answer_once_per_key"
            ),
        )


__all__ = [
    "ApiKey",
    "IdempotentAnswer",
    "Invitation",
    "Member",
    "User",
    "Workspace",
]
