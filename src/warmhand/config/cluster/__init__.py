"""The private PostgreSQL of an installation, started when needed and stopped by its last user.

`running()` is all that commands need: with `DATABASE_URL` it starts nothing; else it starts the
cluster under `WARMHAND_DATA` unless somebody has it running already. Users are counted by locks
of the operating system, so a user that is killed is no longer counted.
"""

from __future__ import annotations

import fcntl
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from warmhand.config.cluster.places import (
    APP,
    DATABASE,
    OWNER,
    Folders,
    Place,
    data_folder,
    database_settings,
    database_url,
    folders,
    parse_url,
    private_place,
)
from warmhand.config.cluster.server import Server, is_running

__all__ = [
    "APP",
    "DATABASE",
    "OWNER",
    "Folders",
    "Place",
    "data_folder",
    "database_settings",
    "database_url",
    "ensure_roles",
    "folders",
    "is_running",
    "running",
    "throwaway",
]

THROWAWAY_PREFIX = "warmhand-test-"


@contextmanager
def running(where: Folders | None = None) -> Iterator[Place | None]:
    """A database that takes connections for as long as the block lasts.

    Yields how to reach the private cluster, or None where `DATABASE_URL` names another server.
    The first user starts it, the last one to leave stops it. Raises Problem.
    """
    if where is None and database_url():
        yield None
        return
    where = where or folders()
    server = _prepared(where)
    with _joined(server):
        yield private_place(where)


def _prepared(where: Folders) -> Server:
    """The server of these folders, whose outermost folders exist from now on."""
    _make_data_folder(where.root)
    server = Server.of(where)
    where.pg.mkdir(mode=0o700, exist_ok=True)
    server.identity.own_all(where.pg)
    return server


def _make_data_folder(root: Path) -> None:
    """A new folder may be looked through, not listed, by the server's unprivileged user."""
    root.parent.mkdir(parents=True, exist_ok=True)
    with suppress(FileExistsError):
        root.mkdir(mode=0o711)


@contextmanager
def _joined(server: Server) -> Iterator[None]:
    with _open_lock(server, "users.lock") as users:
        try:
            with _only_one(server):
                fcntl.flock(users, fcntl.LOCK_SH)
                _start(server)
            yield
        finally:
            with _only_one(server):
                _stop_unless_used(server, users)


def _start(server: Server) -> None:
    if is_running(server.where):
        return
    from warmhand.config.cluster import roles

    server.start()
    roles.provide(server.where)


def _stop_unless_used(server: Server, users: int) -> None:
    """Nobody else holds the shared lock exactly when we can have it alone."""
    with suppress(BlockingIOError):
        fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
        if is_running(server.where):
            server.stop()


@contextmanager
def _only_one(server: Server) -> Iterator[None]:
    """Starting and stopping are done by one process at a time."""
    with _open_lock(server, "start.lock") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


@contextmanager
def _open_lock(server: Server, name: str) -> Iterator[int]:
    path = server.where.pg / name
    lock = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        server.identity.own(path)
        yield lock
    finally:
        os.close(lock)


@contextmanager
def throwaway() -> Iterator[Path]:
    """A cluster of its own for one test run, in a short temporary folder, without fsync.

    Sets `WARMHAND_DATA` to that folder for the block and yields the folder; afterwards nothing
    is left of it. With `DATABASE_URL` nothing is started: the tests use that server.
    """
    _sweep()
    folder = Path(tempfile.mkdtemp(prefix=THROWAWAY_PREFIX, dir="/tmp"))
    folder.chmod(0o711)
    where = Folders(folder)
    try:
        with _environment("WARMHAND_DATA", str(folder)):
            if database_url():
                yield folder
                return
            server = _prepared(where)
            where.throwaway.touch()
            with _joined(server):
                yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def _environment(name: str, value: str) -> Iterator[None]:
    before = os.environ.get(name)
    os.environ[name] = value
    try:
        yield
    finally:
        if before is None:
            del os.environ[name]
        else:
            os.environ[name] = before


def _sweep() -> None:
    """End and remove throw-away clusters whose test run was killed before it could."""
    for folder in Path("/tmp").glob(f"{THROWAWAY_PREFIX}*"):  # noqa: S108 - our own folders
        with suppress(OSError):
            _sweep_one(Folders(folder))


def _sweep_one(where: Folders) -> None:
    lock = where.pg / "users.lock"
    if not where.throwaway.exists() or where.pg.stat().st_uid not in _our_uids(where):
        return
    with lock.open("r+") as users:
        fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
        if is_running(where):
            Server.of(where).stop()
    shutil.rmtree(where.root, ignore_errors=True)


def _our_uids(where: Folders) -> tuple[int, ...]:
    me = os.geteuid()
    return (me,) if me else (where.pg.stat().st_uid,)


def ensure_roles() -> None:
    """Make sure the application role exists and may be used.

    The private cluster gets it at its first start; on a server of one's own it is created and
    granted where the login role may. Raises Problem `app_role_missing` where it may not.
    """
    url = database_url()
    if url:
        from warmhand.config.cluster import roles

        parse_url(url)
        roles.provide_app_role(url)
