"""The locks in the database that keep a reward to asks from client to client (P20).

A reward refers to its ask, and to the referral that came of it, by number *and kind*; the kind is a
column that the database computes and nobody can write: 'ask', or nothing once the reward is
withdrawn or removed before it was given. A referral in turn is of the kind of its ask. So neither
a row that says otherwise nor a later change of kind can be stored, by whatever path.
"""

from __future__ import annotations

from typing import Any, Final

COLUMNS: Final = (("gratitude_reward", "ask_kind"), ("referrals_referralreceived", "ask_kind"))
"""Computed columns: table and name."""

_ASK = "FOREIGN KEY (workspace_id, ask_id, ask_kind) REFERENCES asks_ask(workspace_id, id, kind)"
_REFERRAL = (
    "FOREIGN KEY (workspace_id, referral_id, ask_kind)"
    " REFERENCES referrals_referralreceived(workspace_id, id, kind)"
)
KEYS: Final = {
    "reward_only_client_to_client": ("gratitude_reward", _ASK),
    "rewarded_referral_is_client_to_client": ("gratitude_reward", _REFERRAL),
    "referral_of_the_kind_of_its_ask": (
        "referrals_referralreceived",
        f"{_ASK} DEFERRABLE INITIALLY DEFERRED",
    ),
}
"""Foreign keys by name: their table, and what they hold, as PostgreSQL itself says it."""


def missing_locks(cursor: Any) -> list[str]:
    """What of the locks isn't in force on this database, as names; empty where all is well."""
    cursor.execute(
        "SELECT c.conname, r.relname, pg_get_constraintdef(c.oid) FROM pg_constraint c"
        " JOIN pg_class r ON r.oid = c.conrelid WHERE c.convalidated AND c.conname = ANY(%s)",
        [list(KEYS)],
    )
    keys = {name: (table, says) for name, table, says in cursor.fetchall()}
    cursor.execute(
        "SELECT table_name::text, column_name::text FROM information_schema.columns"
        " WHERE is_generated = 'ALWAYS' AND column_name = 'ask_kind'"
    )
    columns = set(cursor.fetchall())
    open_keys = [name for name, wanted in KEYS.items() if keys.get(name) != wanted]
    open_columns = [f"{table}.{name}" for table, name in COLUMNS if (table, name) not in columns]
    return open_keys + open_columns
