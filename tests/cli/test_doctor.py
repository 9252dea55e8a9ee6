"""The doctor finds what is wrong, and says how to mend it."""

from __future__ import annotations

import datetime as dt
import json
import os
import socket
from pathlib import Path

import pytest
from django.db import connections

from warmhand.cli import frame
from warmhand.cli.doctor import database as its_database
from warmhand.cli.doctor import machine
from warmhand.cli.exits import Exit
from warmhand.config import cluster


@pytest.fixture
def as_owner(fresh_database):
    """Changes something in a database of the test's own, as the owner of its tables."""

    def do(command):
        with connections["owner"].cursor() as cursor:
            cursor.execute(command)

    return do


def test_a_sound_machine_has_nothing_wrong():
    assert [found for found in machine.check_machine() if found.state == "wrong"] == []


def test_a_sound_database_has_nothing_wrong(fresh_database, monkeypatch):
    monkeypatch.setattr(its_database, "DURABLE", ["synchronous_commit"])
    found = [check() for check in its_database.CHECKS]
    assert [(one.code, one.sentence) for one in found if one.state == "wrong"] == []


@pytest.mark.django_db(databases=["default", "owner"])
def test_fsync_off_is_found():
    if os.environ.get("DATABASE_URL"):
        pytest.skip("a server of one's own is not ours to unsettle")
    found = its_database.check_durability()
    assert found.state == "wrong"
    assert "fsync" in found.sentence


def test_a_table_without_forced_row_security_is_found(as_owner):
    as_owner("ALTER TABLE people_client NO FORCE ROW LEVEL SECURITY")
    found = its_database.check_isolation()
    assert found.state == "wrong"
    assert "people_client" in found.sentence
    assert "warmhand migrate" in found.lift


@pytest.mark.parametrize(
    ("url", "state"), [("postgresql://somebody@somewhere/theirs", "wrong"), ("", "warning")]
)
def test_a_missing_migration_is_found_and_named(as_owner, monkeypatch, url, state):
    as_owner("DELETE FROM django_migrations WHERE app = 'sessions'")
    monkeypatch.setenv("DATABASE_URL", url)
    found = its_database.check_migrations()
    assert found.state == state
    assert "sessions.0001_initial" in found.sentence


def test_a_serving_role_that_owns_tables_is_found(monkeypatch, as_owner):
    owner = its_database.ask("owner", "SELECT current_user")[0][0]
    monkeypatch.setattr(cluster, "APP", owner)
    found = its_database.check_owner_role()
    assert found.state == "wrong"
    assert "owns tables" in found.sentence


def test_a_clock_that_was_never_set_is_found():
    assert machine.check_clock(dt.datetime(1970, 1, 1, tzinfo=dt.UTC)).state == "wrong"


def test_a_readable_secret_key_is_found_with_the_command_that_mends_it(tmp_path, monkeypatch):
    monkeypatch.delenv("WARMHAND_SECRET_KEY", raising=False)
    key = tmp_path / "secret_key"
    key.write_text("k")
    key.chmod(0o644)
    found = machine.check_secret_key(key)
    assert found.state == "wrong"
    assert f"chmod 600 {key}" in found.lift
    key.chmod(0o600)
    assert machine.check_secret_key(key).state == "ok"


def test_a_data_folder_that_is_a_file_is_found(tmp_path):
    (tmp_path / "var").touch()
    assert machine.check_data_folder(tmp_path / "var").state == "wrong"
    assert machine.check_data_folder(tmp_path / "new" / "var").state == "ok"


@pytest.mark.parametrize(
    ("free", "state"), [(10 * 2**20, "wrong"), (2**30, "warning"), (20 * 2**30, "ok")]
)
def test_little_room_is_found(tmp_path, monkeypatch, free, state):
    class Usage:
        def __init__(self) -> None:
            self.free = free

    monkeypatch.setattr(machine.shutil, "disk_usage", lambda _: Usage())
    assert machine.check_space(tmp_path).state == state


def test_a_missing_package_is_found(monkeypatch):
    monkeypatch.setattr(machine.importlib.metadata, "requires", lambda _: ["no-such-thing>=1"])
    found = machine.check_packages()
    assert found.state == "wrong"
    assert "no-such-thing" in found.sentence


def test_a_mail_server_that_does_not_answer_is_found(settings):
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port
    found = its_database.check_mail()
    assert found.state == "wrong"
    assert "WARMHAND_MAIL_HOST" in found.lift


def test_printed_mails_are_a_warning(settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"
    assert its_database.check_mail().state == "warning"


def test_a_database_that_cannot_be_had_is_one_line_of_the_report(monkeypatch, capsys):
    monkeypatch.setenv("DATABASE_URL", "mysql://somewhere")
    monkeypatch.setattr(its_database.database, "_set_up_django", cluster.database_settings)
    assert frame.run(["doctor", "--json"]) == Exit.INSTALLATION
    report = json.loads(capsys.readouterr().out)
    assert not report["well"]
    wrong = [check for check in report["checks"] if check["state"] == "wrong"]
    assert [check["code"] for check in wrong] == ["database"]
    assert "postgresql://" in wrong[0]["lift"]


def test_the_report_for_a_person_has_a_line_for_each_check(monkeypatch, capsys):
    monkeypatch.setenv("DATABASE_URL", "mysql://somewhere")
    monkeypatch.setattr(its_database.database, "_set_up_django", cluster.database_settings)
    assert frame.run(["doctor"]) == Exit.INSTALLATION
    lines = capsys.readouterr().out.splitlines()
    assert any(line.startswith("ok") and "python" in line for line in lines)
    assert any(line.startswith("WRONG") and "database" in line for line in lines)


def test_the_console_script_is_installed():
    assert (Path(os.sys.executable).parent / "warmhand").exists()
