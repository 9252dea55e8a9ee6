"""The one table of who may do what: ability -> roles."""

from __future__ import annotations

from enum import StrEnum

from warmhand.problems import Forbidden


class Role(StrEnum):
    """A member's role; each has its own first page (P27)."""

    AGENT = "agent"
    ACCOUNT_MANAGER = "account_manager"
    LEADER = "leader"
    OWNER = "owner"

    @property
    def title(self) -> str:  # type: ignore[override]
        """The role in words."""
        return self.value.replace("_", " ").capitalize()


class Ability(StrEnum):
    """What a member or an API key may do."""

    VIEW = "view"
    RECORD = "record"
    HAND_OVER = "hand_over"
    OVERRIDE = "override"
    IMPORT = "import"
    MERGE = "merge"
    POLICY = "policy"
    COACH = "coach"
    MEMBERS = "members"
    API_KEYS = "api_keys"
    CONNECTIONS = "connections"
    WORKSPACE = "workspace"

    @property
    def said(self) -> str:
        """What one does with it, in words: "Your role doesn't let you change the policy"."""
        return _SAID[self]


_SAID: dict[Ability, str] = {
    Ability.VIEW: "look at this",
    Ability.RECORD: "put things on record",
    Ability.HAND_OVER: "hand clients over",
    Ability.OVERRIDE: "override a rule",
    Ability.IMPORT: "bring in and take out files",
    Ability.MERGE: "merge duplicates",
    Ability.POLICY: "change the policy",
    Ability.COACH: "see the whole team and set its targets",
    Ability.MEMBERS: "manage members",
    Ability.API_KEYS: "manage API keys",
    Ability.CONNECTIONS: "connect helpdesks",
    Ability.WORKSPACE: "change the workspace",
}

_ALL = frozenset(Role)
_CARERS = frozenset({Role.ACCOUNT_MANAGER, Role.LEADER, Role.OWNER})
_LEADERS = frozenset({Role.LEADER, Role.OWNER})
_OWNERS = frozenset({Role.OWNER})

ROLES: dict[Ability, frozenset[Role]] = {
    Ability.VIEW: _ALL,
    Ability.RECORD: _ALL,
    Ability.HAND_OVER: _CARERS,
    Ability.OVERRIDE: _CARERS,
    Ability.IMPORT: _LEADERS,
    Ability.MERGE: _LEADERS,
    Ability.POLICY: _LEADERS,
    Ability.COACH: _LEADERS,
    Ability.MEMBERS: _OWNERS,
    Ability.API_KEYS: _OWNERS,
    Ability.CONNECTIONS: _OWNERS,
    Ability.WORKSPACE: _OWNERS,
}


def may(role: str, ability: Ability) -> bool:
    """Whether a role has an ability."""
    return Role(role) in ROLES[ability]


def require(role: str, ability: Ability) -> None:
    """Raise Forbidden, naming the roles that have the ability, when this one hasn't."""
    if not may(role, ability):
        names = ", ".join(r.title for r in Role if r in ROLES[ability])
        raise Forbidden(ability.said, names)


_UNDOING: dict[str, Ability] = {
    "accounts.ApiKey": Ability.API_KEYS,
    "accounts.Invitation": Ability.MEMBERS,
    "connections.Connection": Ability.CONNECTIONS,
    "insight.GivingTarget": Ability.COACH,
    "people.DuplicatePair": Ability.MERGE,
    "people.Merge": Ability.MERGE,
    "policies.PolicyVersion": Ability.POLICY,
}


def ability_to_undo(object_type: str) -> Ability:
    """What it takes to undo something done to a record of this kind: as much as to do it."""
    return _UNDOING.get(object_type, Ability.RECORD)
