"""Checks of the database: reachable, safe to trust, at this version, islands kept apart."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from warmhand.cli import database
from warmhand.cli.doctor.finding import Finding, of_problem, ok, warning, wrong
from warmhand.config import cluster
from warmhand.config.cluster.binaries import OLDEST_MAJOR
from warmhand.problems import Problem

Row = tuple[Any, ...]
LARGEST_CLOCK_GAP = 5.0  # seconds
AS_SUPERUSER = "As a superuser of that server, run: "
UNGUARDED = """
    SELECT c.relname FROM pg_class c
    JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'workspace_id' AND NOT a.attisdropped
    WHERE c.relkind IN ('r', 'p') AND c.relnamespace = 'public'::regnamespace
    AND NOT (c.relrowsecurity AND c.relforcerowsecurity) ORDER BY 1
"""
OWNED_BY_APP = """
    SELECT c.relname FROM pg_class c JOIN pg_roles r ON r.oid = c.relowner
    WHERE r.rolname = %s AND c.relnamespace = 'public'::regnamespace ORDER BY 1
"""


def check_database() -> Iterator[Finding]:
    """Everything about the database, as far as it can be reached."""
    try:
        with database.unmigrated():
            yield ok("database", _where())
            for check in CHECKS:
                yield check()
            yield from check_django()
    except Problem as problem:
        yield of_problem("database", problem)


def _where() -> str:
    if cluster.database_url():
        return "the server that DATABASE_URL names"
    return f"embedded, in {cluster.folders().pg}"


def ask(alias: str, query: str, values: Sequence[str | list[str]] | None = None) -> list[Row]:
    """The rows that the database answers on this connection."""
    from django.db import connections

    with connections[alias].cursor() as cursor:
        cursor.execute(query, values or [])
        rows: list[Row] = cursor.fetchall()
        return rows


def check_version() -> Finding:
    """The server is new enough."""
    number = int(ask("owner", "SHOW server_version_num")[0][0])
    if number // 10000 < OLDEST_MAJOR:
        lift = f"Use PostgreSQL {OLDEST_MAJOR} or newer."
        return wrong("database_version", f"PostgreSQL {number // 10000} is too old.", lift)
    return ok("database_version", f"PostgreSQL {ask('owner', 'SHOW server_version')[0][0]}")


def check_app_role() -> Finding:
    """The serving role can see no further than row-level security lets it."""
    from django.db import Error

    try:
        role, is_super, may_bypass = ask(
            "default",
            "SELECT rolname, rolsuper, rolbypassrls FROM pg_roles WHERE rolname = current_user",
        )[0]
    except Error as error:
        lift = f"Run 'warmhand migrate'. If that may not: {AS_SUPERUSER}{_grant()}"
        return wrong("app_role", f"The serving role cannot be used: {_first_line(error)}", lift)
    if is_super or may_bypass:
        lift = f"{AS_SUPERUSER}ALTER ROLE {role} NOSUPERUSER NOBYPASSRLS;"
        return wrong("app_role", f"'{role}' can see every workspace.", lift)
    return ok("app_role", f"'{role}' sees one workspace at a time")


def _grant() -> str:
    login = ask("owner", "SELECT current_user")[0][0]
    return f"CREATE ROLE {cluster.APP} NOLOGIN; GRANT {cluster.APP} TO {login};"


def _first_line(error: Exception) -> str:
    return (str(error).strip().splitlines() or [type(error).__name__])[0]


def check_owner_role() -> Finding:
    """The role that migrates owns the tables and is no superuser; the serving role owns none."""
    owned = [row[0] for row in ask("owner", OWNED_BY_APP, [cluster.APP])]
    if owned:
        lift = f"{AS_SUPERUSER}REASSIGN OWNED BY {cluster.APP} TO the role in DATABASE_URL;"
        return wrong("owner_role", f"'{cluster.APP}' owns tables: {', '.join(owned[:5])}.", lift)
    query = "SELECT rolname, rolsuper FROM pg_roles WHERE rolname = session_user"
    role, is_super = ask("owner", query)[0]
    if is_super:
        lift = "Give DATABASE_URL a role that owns its database and is no superuser."
        return warning("owner_role", f"'{role}' is a superuser of that server.", lift)
    return ok("owner_role", f"'{role}' owns the tables and is no superuser")


def check_durability() -> Finding:
    """What was acknowledged is on disk: a crash loses nothing."""
    rows = ask("default", "SELECT name, setting FROM pg_settings WHERE name = ANY(%s)", [DURABLE])
    off = [name for name, setting in rows if setting == "off"]
    if off:
        lift = "Set it to 'on' in that server's configuration."
        return wrong("durability", f"A crash would lose work: {', '.join(off)} is off.", lift)
    return ok("durability", "acknowledged work is on disk")


DURABLE = ["fsync", "synchronous_commit", "full_page_writes"]


def check_migrations() -> Finding:
    """The tables are at this version's state."""
    pending = database.pending_migrations()
    told = f"{len(pending)} migrations are missing, the first is {pending[0] if pending else ''}."
    if pending and cluster.database_url():
        return wrong("migrations", told, "Run 'warmhand migrate'.")
    if pending:
        return warning("migrations", told, "The next command that needs them applies them.")
    return ok("migrations", "the tables are at this version's state")


def check_isolation() -> Finding:
    """Every table of a workspace has row-level security, forced on its owner too."""
    open_tables = [row[0] for row in ask("owner", UNGUARDED)]
    if open_tables:
        told = f"No forced row-level security on: {', '.join(open_tables[:5])}."
        return wrong("isolation", told, "Run 'warmhand migrate'.")
    return ok("isolation", "row-level security is forced on every table of a workspace")


def check_reward_lock() -> Finding:
    """No reward can go with an introduction inside the client's own company (P20)."""
    from django.db import connections

    from warmhand.apps.gratitude.locks import missing_locks

    with connections["owner"].cursor() as cursor:
        missing = missing_locks(cursor)
    if missing:
        told = f"A reward could be attached to a co-worker: not in force are {', '.join(missing)}."
        return wrong("reward_lock", told, "Run 'warmhand migrate'; if that is not enough, restore.")
    return ok("reward_lock", "no reward can go with an introduction inside a client's company")


def check_clocks_agree() -> Finding:
    """The database's clock and ours say the same."""
    gap = abs(float(ask("owner", "SELECT extract(epoch FROM now())")[0][0]) - time.time())
    if gap > LARGEST_CLOCK_GAP:
        lift = "Let both machines set their clocks from the same source."
        return warning("clocks_agree", f"The database's clock differs by {gap:.0f} s.", lift)
    return ok("clocks_agree", "the database's clock and ours agree")


CHECKS: list[Callable[[], Finding]] = [
    check_version,
    check_owner_role,
    check_app_role,
    check_durability,
    check_migrations,
    check_isolation,
    check_reward_lock,
    check_clocks_agree,
]


def check_django() -> Iterator[Finding]:
    """What Django itself finds in our settings, and the mail settings."""
    from django.core import checks

    serious = [found for found in checks.run_checks() if found.level >= checks.WARNING]
    for found in serious:
        make = wrong if found.is_serious() else warning
        yield make(f"settings.{found.id}", str(found.msg), str(found.hint or ""))
    if not serious:
        yield ok("settings", "Django finds nothing wrong with the settings")
    yield check_mail()


def check_mail() -> Finding:
    """Mails (invitations, password resets) have somewhere to go."""
    from django.conf import settings
    from django.core.mail import get_connection

    if "smtp" not in settings.EMAIL_BACKEND:
        lift = "Name a mail server: WARMHAND_MAIL_HOST (see the settings in the documentation)."
        return warning("mail", "Mails are printed on the console, not sent.", lift)
    try:
        get_connection(timeout=5).open()
    except OSError as error:
        lift = "Check WARMHAND_MAIL_HOST, _PORT, _USER, _PASSWORD and _TLS."
        return wrong("mail", f"The mail server cannot be used: {_first_line(error)}", lift)
    return ok("mail", f"by {settings.EMAIL_HOST}")
