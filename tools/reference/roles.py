"""Who may do what."""

from __future__ import annotations

from warmhand.apps.accounts.abilities import ROLES, Ability, Role

from .text import NOTICE, code, table

INTRODUCTION = """\
# Roles and abilities

A member has one role in a workspace. What a role may not do is neither shown nor accepted: the
same table is asked by the pages, the API and the command line.

"""

MEANINGS = {
    Ability.VIEW: "see the clients, the moves, the verdicts and the journal",
    Ability.RECORD: "record what happens, ask, and answer moves",
    Ability.HAND_OVER: "hand a client over to a colleague",
    Ability.OVERRIDE: "lift an objection that is ours to lift, for a time and with a reason",
    Ability.IMPORT: "import files",
    Ability.MERGE: "merge duplicates and undo a merge",
    Ability.POLICY: "change the policy",
    Ability.COACH: "see what colleagues gave, and set targets for giving",
    Ability.MEMBERS: "invite members and change their roles",
    Ability.API_KEYS: "make and revoke API keys",
    Ability.CONNECTIONS: "connect helpdesks, look at what they delivered",
    Ability.WORKSPACE: "change the workspace",
}


def page() -> str:
    """The table of abilities."""
    rows = [
        (
            MEANINGS[ability],
            code(ability),
            *("yes" if role in ROLES[ability] else "" for role in Role),
        )
        for ability in Ability
    ]
    head = ("may", "ability", *(role.title for role in Role))
    return NOTICE + INTRODUCTION + table(head, rows)
