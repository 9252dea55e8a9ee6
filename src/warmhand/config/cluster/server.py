"""Making, starting and stopping the private server. Callers hold the cluster's lock."""

from __future__ import annotations

import os
import shutil
import stat
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

from warmhand.config.cluster import binaries
from warmhand.config.cluster.identity import Identity, server_identity
from warmhand.config.cluster.places import PORT, SUPERUSER, Folders
from warmhand.config.problems import InstallationProblem

START_WITHIN = 120.0  # seconds; recovery after a crash may replay a lot
STOP_WITHIN = 60.0
POLL = 0.005
HBA = (
    "# Only this folder's socket; the folder is closed to every other user.\nlocal all all trust\n"
)
SETTINGS = {
    "listen_addresses": "",
    "port": str(PORT),
    "unix_socket_permissions": "0700",
    "max_connections": "100",
    "synchronous_commit": "on",
    "jit": "off",  # our queries are short; compiling them costs more than it saves
    "timezone": "UTC",
    "log_timezone": "UTC",
    "lc_messages": "C",
    "logging_collector": "on",
    "log_filename": "postgresql-%a.log",
    "log_truncate_on_rotation": "on",
    "log_rotation_age": "1d",
    "log_rotation_size": "0",
    "log_line_prefix": "%m [%p] %u ",
}
THROWAWAY_SETTINGS = {"fsync": "off", "full_page_writes": "off", "autovacuum": "off"}


@dataclass(frozen=True)
class Server:
    """The server of one cluster: its folders, its programs and whom it runs as."""

    where: Folders
    programs: Path
    identity: Identity

    @classmethod
    def of(cls, where: Folders) -> Server:
        """Find programs and user for these folders. Raises InstallationProblem."""
        programs = binaries.find(where.data)
        return cls(where, programs, server_identity(where.pg, programs))

    def start(self) -> None:
        """Make the cluster if there is none, start it, and wait until it takes connections."""
        self._prepare()
        forget_dead_server(self.where)
        deadline = time.monotonic() + START_WITHIN
        while not self._try_to_start(deadline):
            time.sleep(0.05)

    def stop(self) -> None:
        """End the server: sessions are cut, everything acknowledged is on disk."""
        mode = "immediate" if self.where.throwaway.exists() else "fast"
        self._run("pg_ctl", "stop", "-W", "-s", "-m", mode, "-D", self.where.data)
        deadline = time.monotonic() + STOP_WITHIN
        while is_running(self.where):
            if time.monotonic() > deadline:
                raise self._failed("did not stop")
            time.sleep(POLL)

    def _prepare(self) -> None:
        self._make_folders()
        if binaries.major_of_data(self.where.data) is None:
            self._make_cluster()
        self._write("pg_hba.conf", HBA)
        self._write("warmhand.conf", self._settings())

    def _make_folders(self) -> None:
        self.where.pg.mkdir(mode=0o700, exist_ok=True)
        self.identity.own_all(self.where.pg)
        for folder in (self.where.log, self.where.socket):
            folder.mkdir(mode=0o700, exist_ok=True)
            self._check_private(folder)

    def _check_private(self, folder: Path) -> None:
        """A socket folder under /tmp could have been laid there by somebody else."""
        found = folder.lstat()
        ours = found.st_uid in (os.geteuid(), self.identity.uid)
        if not stat.S_ISDIR(found.st_mode) or not ours or found.st_mode & 0o077:
            raise InstallationProblem(
                "folder_not_private",
                f"{folder} is not a folder of ours that is closed to others.",
                "Remove it, or name another folder with WARMHAND_DATA.",
            )
        self.identity.own(folder)

    def _make_cluster(self) -> None:
        """Into a folder beside it first, so that a half-made cluster is never taken for one."""
        new = self.where.pg / "data.new"
        shutil.rmtree(new, ignore_errors=True)
        self._run("initdb", "-D", new, "-U", SUPERUSER, "-E", "UTF8", *self._initdb_options())
        with (new / "postgresql.conf").open("a") as conf:
            conf.write("\ninclude 'warmhand.conf'\n")
        new.rename(self.where.data)

    def _initdb_options(self) -> list[str]:
        options = ["--auth=trust"]
        if self.where.throwaway.exists():
            options.append("--no-sync")
        if binaries.major_of_programs(self.programs) >= 17:
            return [*options, "--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C"]
        return [*options, "--locale=C.UTF-8"]

    def _settings(self) -> str:
        settings = SETTINGS | {
            "unix_socket_directories": str(self.where.socket),
            "log_directory": str(self.where.log),
        }
        if self.where.throwaway.exists():
            settings |= THROWAWAY_SETTINGS
        quoted = {key: value.replace("'", "''") for key, value in settings.items()}
        return "".join(f"{key} = '{value}'\n" for key, value in quoted.items())

    def _write(self, name: str, text: str) -> None:
        path = self.where.data / name
        path.write_text(text)
        path.chmod(0o600)
        self.identity.own(path)

    def _try_to_start(self, deadline: float) -> bool:
        """One try. False where remains of a killed server are still going; raises on failure."""
        log = self.where.pg / "start.log"
        log.write_text("")
        self.identity.own(log)
        self._run("pg_ctl", "start", "-W", "-s", "-D", self.where.data, "-l", log)
        appeared = False
        while time.monotonic() < deadline:
            status = server_status(self.where)
            if status == "ready":
                return True
            appeared = appeared or status is not None
            said = log.read_text(errors="replace")
            if "FATAL" in said or (appeared and status is None):
                if "still in use" in self.last_words():
                    return False
                break
            time.sleep(POLL)
        raise self._failed("did not start")

    def _run(self, program: str, *arguments: str | Path) -> None:
        done = subprocess.run(
            self.identity.command(self.programs / program, *arguments),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
            cwd="/",
            env=_clean_environment(),
            check=False,
            **self.identity.switch(),
        )
        if done.returncode:
            raise self._failed(f"failed ({program}: {done.stdout.strip()[-800:]})")

    def last_words(self) -> str:
        """The end of what the server wrote when it was last started."""
        early = _tail(self.where.pg / "start.log")
        return _tail(_newest(self.where.log)) if "redirecting" in early or not early else early

    def _failed(self, what: str) -> InstallationProblem:
        return InstallationProblem(
            "database_failed",
            f"The embedded PostgreSQL in {self.where.pg} {what}.",
            f"It said: {self.last_words() or 'nothing'} (more in {self.where.log})",
        )


def _clean_environment() -> dict[str, str]:
    """Without PGDATA, PGHOST and the like, which would lead the programs elsewhere."""
    kept = {key: value for key, value in os.environ.items() if not key.startswith(("PG", "LC_"))}
    return {**kept, "LC_ALL": "C"}


def _newest(folder: Path) -> Path | None:
    return max(folder.glob("*.log"), key=lambda path: path.stat().st_mtime, default=None)


def _tail(path: Path | None) -> str:
    if path is None or not path.exists():
        return ""
    return path.read_text(errors="replace").strip()[-800:]


def server_status(where: Folders) -> str | None:
    """What the server says of itself ('starting', 'ready', 'stopping'), or None without one."""
    lines = _pid_file(where)
    if not lines or not _is_server(lines, where):
        return None
    return lines[7].strip() if len(lines) > 7 else "starting"


def is_running(where: Folders) -> bool:
    """Whether this cluster's server is there, ready or not."""
    return server_status(where) is not None


def server_pid(where: Folders) -> int | None:
    """The process number of this cluster's server, or None."""
    lines = _pid_file(where)
    return int(lines[0]) if lines and _is_server(lines, where) else None


def forget_dead_server(where: Folders) -> None:
    """Remove the marks of a server that was killed: its number may be somebody else's by now."""
    if is_running(where):
        return
    (where.data / "postmaster.pid").unlink(missing_ok=True)
    for mark in where.socket.glob(".s.PGSQL.*"):
        mark.unlink(missing_ok=True)


def _pid_file(where: Folders) -> list[str]:
    try:
        return (where.data / "postmaster.pid").read_text().splitlines()
    except FileNotFoundError:
        return []


def _is_server(lines: list[str], where: Folders) -> bool:
    """Whether that process is a server on this very data folder (it works in it)."""
    pid = int(lines[0])
    if sys.platform != "linux":
        return _is_alive(pid)
    process = Path("/proc") / str(pid)
    try:
        return process.joinpath("cwd").resolve(strict=True) == where.data.resolve()
    except PermissionError:  # a container's root may not look; the program's name must do
        return _is_named_postgres(process)
    except OSError:
        return False


def _is_named_postgres(process: Path) -> bool:
    try:
        found = process.joinpath("stat").read_text()
    except OSError:
        return False
    return "(postgres)" in found and ") Z " not in found


def _is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
