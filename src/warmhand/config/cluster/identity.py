"""Whom the server runs as: ourselves, or somebody unprivileged when we are root.

PostgreSQL refuses to run as root. Where a folder above the data or the programs is closed to the
unprivileged user (a checkout under /root, say), that folder's permissions are never changed:
the server gets the one capability of looking through closed folders, and nothing else.
"""

from __future__ import annotations

import os
import pwd
import shutil
import stat
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from warmhand.config.problems import InstallationProblem

UNPRIVILEGED_USERS = ("postgres", "nobody")
CAPABILITY = "dac_read_search"
CAPABILITY_BIT = 2
SETPCAP_BIT = 8


@dataclass(frozen=True)
class Identity:
    """A user to run PostgreSQL's programs as; `other` says that this is not ourselves."""

    uid: int
    gid: int
    other: bool
    through_closed_folders: bool = False

    def command(self, *command: str | Path) -> list[str]:
        """The command as it has to be started for this identity."""
        plain = [str(part) for part in command]
        if not self.through_closed_folders:
            return plain
        only = f"-all,+{CAPABILITY}"
        return [
            "setpriv",
            f"--reuid={self.uid}",
            f"--regid={self.gid}",
            "--clear-groups",
            f"--inh-caps={only}",
            f"--ambient-caps={only}",
            f"--bounding-set={only}",
            # Else access(2), by which initdb looks for its sister programs, heeds no capability.
            "--securebits=+no_setuid_fixup",
            "--",
            *plain,
        ]

    def switch(self) -> dict[str, Any]:
        """What `subprocess.run` needs besides `command` to become this identity."""
        if not self.other or self.through_closed_folders:
            return {}
        return {"user": self.uid, "group": self.gid, "extra_groups": []}

    def own(self, path: Path) -> None:
        """Give a file or folder of the cluster to this identity."""
        if self.other:
            os.chown(path, self.uid, self.gid, follow_symlinks=False)

    def own_all(self, top: Path) -> None:
        """Give a whole tree to this identity, where its top is not theirs yet."""
        if not self.other or top.stat().st_uid == self.uid:
            return
        for folder, _, files in os.walk(top):
            self.own(Path(folder))
            for name in files:
                self.own(Path(folder) / name)


def server_identity(pg: Path, programs: Path) -> Identity:
    """Who runs the cluster in folder `pg` with these programs.

    As root: whoever owns the folder already, else the system's unprivileged user.
    Raises InstallationProblem `data_not_ours`, `no_unprivileged_user` or `closed_folder`.
    """
    if os.geteuid() != 0:
        _check_ours(pg)
        return Identity(os.geteuid(), os.getegid(), other=False)
    uid, gid = _owner(pg) or _unprivileged_user()
    closed = closed_folder(pg, uid, gid) or closed_folder(programs / "postgres", uid, gid)
    if closed:
        _check_capable(closed)
    return Identity(uid, gid, other=True, through_closed_folders=closed is not None)


def _check_ours(pg: Path) -> None:
    if pg.exists() and pg.stat().st_uid != os.geteuid():
        raise InstallationProblem(
            "data_not_ours",
            f"The database in {pg} belongs to {user_name(pg.stat().st_uid)}, not to you.",
            "Run this as that user or as root, or name another folder with WARMHAND_DATA.",
        )


def user_name(uid: int) -> str:
    """The name of a user for a sentence."""
    try:
        return pwd.getpwuid(uid).pw_name
    except KeyError:
        return f"user {uid}"


def _owner(pg: Path) -> tuple[int, int] | None:
    """Whoever owns the folder already, so that a cluster keeps its user."""
    if not pg.exists() or pg.stat().st_uid == 0:
        return None
    return pg.stat().st_uid, pg.stat().st_gid


def _unprivileged_user() -> tuple[int, int]:
    for name in UNPRIVILEGED_USERS:
        try:
            found = pwd.getpwnam(name)
        except KeyError:
            continue
        return found.pw_uid, found.pw_gid
    raise InstallationProblem(
        "no_unprivileged_user",
        "PostgreSQL does not run as root, and there is no user 'postgres' or 'nobody' for it.",
        "Create one (useradd --system postgres), run this as another user, or set DATABASE_URL.",
    )


def closed_folder(path: Path, uid: int, gid: int) -> Path | None:
    """The first existing folder above `path` that this user may not look through, if any."""
    real = path.resolve()
    for folder in reversed(real.parents):
        if folder.exists() and not _may_enter(folder.stat(), uid, gid):
            return folder
    return None


def _may_enter(found: os.stat_result, uid: int, gid: int) -> bool:
    if found.st_uid == uid:
        return bool(found.st_mode & stat.S_IXUSR)
    if found.st_gid == gid:
        return bool(found.st_mode & stat.S_IXGRP)
    return bool(found.st_mode & stat.S_IXOTH)


def _check_capable(closed: Path) -> None:
    if shutil.which("setpriv") and _have_capability():
        return
    raise InstallationProblem(
        "closed_folder",
        f"PostgreSQL does not run as root, and {closed} is closed to every other user.",
        "Keep the program and its data in a folder that others may look through (such as /srv),"
        " name one for the data with WARMHAND_DATA, run this as another user, or set DATABASE_URL.",
    )


def _have_capability() -> bool:
    """Whether this process may hand the capability on (a container's root may lack it)."""
    needed = 1 << CAPABILITY_BIT | 1 << SETPCAP_BIT
    for line in Path("/proc/self/status").read_text().splitlines():
        if line.startswith("CapPrm:"):
            return int(line.split()[1], 16) & needed == needed
    return False
