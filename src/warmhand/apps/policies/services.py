"""Saving rule settings: always a new version, always with a reason."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from warmhand.apps.accounts.abilities import Role
from warmhand.apps.accounts.queries import member_by_id
from warmhand.apps.island.actor import Actor
from warmhand.apps.island.scope import touch
from warmhand.apps.journal import services as journal
from warmhand.problems import Conflict, Invalid

from .models import PolicyVersion
from .queries import checked, current


def save_policy(
    *, by: Actor, values: Mapping[str, Any], why: str, base: int | None = None
) -> PolicyVersion:
    """Put settings in force; what isn't named keeps its default.

    `base` is the version the person saw: where another came in between, Conflict. Everybody's
    standing is decided anew before the commit.
    """
    if not why.strip():
        raise Invalid.at("why", "Say why the settings change; the team will read it.")
    before = current()
    if base is not None and base != before.number:
        raise Conflict(
            "policy_changed_since",
            f"Version {before.number} was saved meanwhile.",
            lift="Look at it, and save again.",
        )
    old, new = before.policy.to_values(), checked(values).to_values()
    if old["rewards"] != new["rewards"]:
        _only_an_owner(by)
    made = PolicyVersion.objects.create(
        number=before.number + 1, values=new, saved_by_id=by.member_id, why=why
    )
    journal.record(
        by=by,
        verb="set",
        of=made,
        sentence=f"Saved version {made.number} of the rule settings.",
        why=why,
        changes={name: [old[name], new[name]] for name in new if old[name] != new[name]},
    )
    touch(everyone=True)
    return made


def _only_an_owner(by: Actor) -> None:
    """Rewards stay off until an owner chooses: the law that holds for them is theirs to know."""
    if by.member_id is not None and member_by_id(by.member_id).role != Role.OWNER:
        raise Invalid.at("rewards", "Only an owner decides on rewards.", code="owner_decides")
