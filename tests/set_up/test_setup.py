"""The set-up script: what makes it run again, and what it says when it cannot go on."""

from __future__ import annotations

import importlib.util
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def setup() -> ModuleType:
    """The script as a module (it is not part of the package)."""
    spec = importlib.util.spec_from_file_location("setup_script", ROOT / "tools" / "setup.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_it_imports_nothing_but_the_standard_library():
    code = "import sys, runpy; runpy.run_path('tools/setup.py'); print(*sys.modules)"
    done = subprocess.run(
        [sys.executable, "-I", "-S", "-c", code], cwd=ROOT, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    loaded = {name.partition(".")[0] for name in done.stdout.split()}
    assert loaded - set(sys.stdlib_module_names) <= {"__main__", "__mp_main__"}


def test_changed_locks_another_set_or_another_place_ask_for_a_new_run(setup, monkeypatch, tmp_path):
    before = setup.fingerprint(["run"])
    assert setup.fingerprint(["run"]) == before
    assert setup.fingerprint(["run", "test"]) != before
    requirements = tmp_path / "requirements"
    requirements.mkdir()
    for name in ("tools", "run"):
        (requirements / f"{name}.txt").write_text("six==1.17.0\n")
    (tmp_path / "pyproject.toml").touch()
    monkeypatch.setattr(setup, "ROOT", tmp_path)
    moved = setup.fingerprint(["run"])
    (requirements / "run.txt").write_text("six==1.16.0\n")
    assert len({before, moved, setup.fingerprint(["run"])}) == 3


def test_a_plain_set_up_keeps_the_test_set(setup, monkeypatch, tmp_path):
    monkeypatch.setattr(setup, "STAMP", tmp_path / "stamp")
    assert setup.wanted_sets(test=False) == ["run"]
    (tmp_path / "stamp").write_text("abc run test")
    assert setup.wanted_sets(test=False) == ["run", "test"]


@pytest.fixture
def nothing_to_be_had(setup, monkeypatch):
    """A machine without a browser, where no system package can be installed."""
    monkeypatch.setattr(setup, "find_browser", lambda: None)
    monkeypatch.setattr(setup, "apt_command", lambda: None)


def test_without_a_browser_it_says_aloud_that_tests_will_be_skipped(
    setup, nothing_to_be_had, monkeypatch, capsys
):
    monkeypatch.setenv("CI", "")
    setup.provide_browser()
    told = capsys.readouterr().err
    assert "WILL BE SKIPPED" in told
    assert "apt-get install chromium" in told


def test_without_a_browser_ci_fails(setup, nothing_to_be_had, monkeypatch):
    monkeypatch.setenv("CI", "true")
    with pytest.raises(setup.SetUpError):
        setup.provide_browser()


def test_a_python_that_is_too_old_looks_for_a_newer_one_and_says_so(setup, monkeypatch):
    monkeypatch.setattr(setup, "OLDEST", (99, 0))
    monkeypatch.setattr(setup.shutil, "which", lambda _: None)
    with pytest.raises(setup.SetUpError, match=r"Install Python 3\.11"):
        setup.use_a_new_enough_python()


def test_what_a_failed_program_said_is_shown(setup):
    with pytest.raises(setup.SetUpError, match="no such luck"):
        setup.run(sys.executable, "-c", "import sys; sys.exit('no such luck')")
