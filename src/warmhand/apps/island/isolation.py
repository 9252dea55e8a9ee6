"""Derives from the models what keeps workspaces apart in the database, and applies it.

Run after every migration, on the owner's connection; repeating it changes nothing.
Per scoped table: row-level security enabled and forced, a policy bound to the transaction's
workspace, a unique key (workspace_id, id), and composite foreign keys for every Link.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.db import models, transaction

from .forgetting import SETTING
from .scoped import FORGOTTEN, Link, Scoped

APP_ROLE = "warmhand_app"
_OPEN = "workspace_id = nullif(current_setting('app.workspace', true), '')::bigint"


def scoped_models() -> list[type[Scoped]]:
    """Every model that belongs to a workspace."""
    return [m for m in apps.get_models() if issubclass(m, Scoped)]


def links(model: type[models.Model]) -> list[Link]:
    """The foreign keys of a model that stay inside the workspace."""
    return [f for f in model._meta.local_fields if isinstance(f, Link)]


def apply_isolation(connection: Any) -> int:
    """Apply everything or nothing; returns how many statements were run.

    `connection` is the owner's.
    """
    count = 0
    with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
        for statement in _statements(cursor):
            cursor.execute(statement)
            count += 1
    return count


def _statements(cursor: Any) -> Iterator[str]:
    known = _existing(cursor)
    for model in scoped_models():
        yield from _unique_key(model, known)
    for model in scoped_models():
        yield from _composite_keys(model, known)
    for model in scoped_models():
        yield from _row_security(model)
    yield _ONLY_FORGETS
    for model in scoped_models():
        yield from _forgetting(model)
    yield from _grants()


_ONLY_FORGETS = f"""
CREATE OR REPLACE FUNCTION only_forgets() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    named text;
    now_is text;
BEGIN
    FOREACH named IN ARRAY TG_ARGV LOOP
        now_is := to_jsonb(NEW) ->> named;
        CONTINUE WHEN now_is IS NOT DISTINCT FROM to_jsonb(OLD) ->> named;
        IF now_is NOT IN ('', '{{}}', '{FORGOTTEN}') THEN
            RAISE EXCEPTION '% of % can be forgotten, not changed', named, TG_TABLE_NAME
                USING ERRCODE = 'insufficient_privilege';
        END IF;
        IF current_setting('{SETTING}', true) IS DISTINCT FROM 'on' THEN
            RAISE EXCEPTION '% of % is emptied only where somebody is forgotten',
                named, TG_TABLE_NAME USING ERRCODE = 'insufficient_privilege';
        END IF;
        NEW.forgotten_at := now();
    END LOOP;
    RETURN NEW;
END $$"""
"""Refuses every change of the named columns but emptying them, and that unless somebody is being
forgotten; stamps what it lets through. The application has no right to that stamp."""


def _forgetting(model: type[Scoped]) -> Iterator[str]:
    table = model._meta.db_table
    yield f'DROP TRIGGER IF EXISTS only_forgets ON "{table}"'
    if model.may_forget:
        named = ", ".join(f"'{column}'" for column in model.may_forget)
        yield (
            f'CREATE TRIGGER only_forgets BEFORE UPDATE ON "{table}" '
            f"FOR EACH ROW EXECUTE FUNCTION only_forgets({named})"
        )


def _existing(cursor: Any) -> set[str]:
    cursor.execute(
        "SELECT conname FROM pg_constraint WHERE connamespace = current_schema()::regnamespace"
    )
    return {row[0] for row in cursor.fetchall()}


def _row_security(model: type[Scoped]) -> Iterator[str]:
    table = model._meta.db_table
    yield f'ALTER TABLE "{table}" ENABLE ROW LEVEL SECURITY'
    yield f'ALTER TABLE "{table}" FORCE ROW LEVEL SECURITY'
    yield f'DROP POLICY IF EXISTS one_workspace ON "{table}"'
    yield f'CREATE POLICY one_workspace ON "{table}" USING ({_OPEN}) WITH CHECK ({_OPEN})'
    yield f'DROP POLICY IF EXISTS before_opening ON "{table}"'
    if model.may_also_see:
        yield f'CREATE POLICY before_opening ON "{table}" FOR SELECT USING ({model.may_also_see})'


def _unique_key(model: type[Scoped], known: set[str]) -> Iterator[str]:
    table = model._meta.db_table
    name = f"{table}_in_workspace"
    if name not in known:
        yield f'ALTER TABLE "{table}" ADD CONSTRAINT "{name}" UNIQUE (workspace_id, id)'


def _composite_keys(model: type[Scoped], known: set[str]) -> Iterator[str]:
    table = model._meta.db_table
    for link in links(model):
        name = f"{table}_{link.column}_in_workspace"
        if name not in known:
            target = link.related_model._meta.db_table
            # Where row security is forced the owner sees no rows, and PostgreSQL takes a key for
            # proven without having looked at any: the force comes back with `_row_security`.
            yield f'ALTER TABLE "{table}" NO FORCE ROW LEVEL SECURITY'
            yield f'ALTER TABLE "{target}" NO FORCE ROW LEVEL SECURITY'
            yield (
                f'ALTER TABLE "{table}" ADD CONSTRAINT "{name}" '
                f'FOREIGN KEY (workspace_id, "{link.column}") '
                f'REFERENCES "{target}" (workspace_id, id) DEFERRABLE INITIALLY DEFERRED'
            )


def _grants() -> Iterator[str]:
    yield f"GRANT USAGE ON SCHEMA public TO {APP_ROLE}"
    yield f"GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {APP_ROLE}"
    yield f"GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {APP_ROLE}"
    yield f"GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA public TO {APP_ROLE}"
    for model in scoped_models():
        if model.append_only:
            yield f'REVOKE UPDATE, DELETE, TRUNCATE ON "{model._meta.db_table}" FROM {APP_ROLE}'
        for column in (*model.may_move, *model.may_forget):
            yield f'GRANT UPDATE ("{column}") ON "{model._meta.db_table}" TO {APP_ROLE}'
