"""Set Warmhand up in `.venv`: needs only Python >= 3.11 and its standard library.

    python3 tools/setup.py             what the product needs to run
    python3 tools/setup.py --test      and what its tests need
    python3 tools/setup.py --browser   and a Chromium from the system's packages, where it may

Every package is locked with its hashes in `requirements/`. A second run with nothing changed
does nothing. Nothing outside this folder is written, except system packages where this runs as
root on a system with apt (or with a sudo that asks nothing) and one of them is missing.
"""

from __future__ import annotations

import argparse
import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
TOOLS = ROOT / ".tools"
VENV = ROOT / ".venv"
STAMP = VENV / ".set-up"
OLDEST = (3, 11)
NEWER_PYTHONS = ("python3.14", "python3.13", "python3.12", "python3.11")
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
FONT = "fonts-liberation"  # Chromium draws no text where there is none at all
ENVIRONMENT = {**os.environ, "UV_SYSTEM_CERTS": "1", "UV_NO_PROGRESS": "1"}


class SetUpError(Exception):
    """Why the set-up stopped, and what to do about it, as two sentences for a person."""


def say(text: str) -> None:
    """Progress goes to standard error, so that a command's output stays its own."""
    print(f"set-up: {text}", file=sys.stderr, flush=True)


def run(*command: str | Path) -> None:
    """Run a program; its output is shown only if it fails."""
    done = subprocess.run(
        [str(part) for part in command],
        cwd=ROOT,
        env=ENVIRONMENT,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    if done.returncode:
        shown = " ".join(str(part) for part in command)
        raise SetUpError(f"'{shown}' failed with {done.returncode}:\n{done.stdout.strip()}")


def use_a_new_enough_python() -> None:
    """Start again with a newer Python from the PATH where this one is too old."""
    if sys.version_info >= OLDEST:
        return
    for name in NEWER_PYTHONS:
        newer = shutil.which(name)
        if newer:
            os.execv(newer, [newer, *sys.argv])
    have = ".".join(str(part) for part in sys.version_info[:2])
    raise SetUpError(f"Python {have} is too old. Install Python 3.11 or newer.")


def fingerprint(sets: list[str]) -> str:
    """Changes whenever what is in `.venv` should: lock files, interpreter, place."""
    found = hashlib.sha256()
    found.update(f"{sys.version} {sys.executable} {ROOT} {sets}".encode())
    for path in [*lock_files(sets), ROOT / "pyproject.toml", Path(__file__)]:
        found.update(path.read_bytes())
    return found.hexdigest()


def lock_files(sets: list[str]) -> list[Path]:
    return [ROOT / "requirements" / f"{name}.txt" for name in ["tools", *sets]]


def apt_command() -> list[str] | None:
    """How to call apt-get here without asking anybody anything, or None."""
    if not shutil.which("apt-get"):
        return None
    if os.geteuid() == 0:
        return ["apt-get"]
    sudo = shutil.which("sudo")
    if (
        sudo
        and not subprocess.run([sudo, "-n", "true"], capture_output=True, check=False).returncode
    ):
        return [sudo, "-n", "apt-get"]
    return None


def install_system_package(name: str, *others: str) -> None:
    apt = apt_command()
    if apt is None:
        hint = f"Install it (on Debian, as root: apt-get install {name}), then try again."
        raise SetUpError(f"The system package '{name}' is missing. {hint}")
    say(f"installing the system package {name} ...")
    os.environ["DEBIAN_FRONTEND"] = "noninteractive"
    run(*apt, "update", "-qq")
    run(*apt, "install", "-y", "-qq", "--no-install-recommends", name, *others)


def has_module(name: str) -> bool:
    found = importlib.util.find_spec(name)
    return found is not None and found.origin is not None


def uv_program() -> Path:
    """The pinned uv in `.tools`, put there by whichever of venv and pip this Python has."""
    lock = ROOT / "requirements" / "tools.txt"
    mark = TOOLS / f".{hashlib.sha256(lock.read_bytes() + sys.version.encode()).hexdigest()[:16]}"
    program = TOOLS / "bin" / "uv"
    if mark.exists() and program.exists():
        return program
    say("fetching the installer (uv) ...")
    shutil.rmtree(TOOLS, ignore_errors=True)
    if not has_module("ensurepip") and not has_module("pip"):
        version = f"{sys.version_info.major}.{sys.version_info.minor}"
        install_system_package(
            "python3-venv" if sys.executable == "/usr/bin/python3" else f"python{version}-venv"
        )
    locked = ("install", "--quiet", "--no-deps", "--require-hashes", "-r", lock)
    if has_module("pip"):
        run(sys.executable, "-m", "pip", *locked, "--target", TOOLS)
    else:
        run(sys.executable, "-m", "venv", TOOLS)
        run(TOOLS / "bin" / "python", "-m", "pip", *locked)
    mark.touch()
    return program


def install(sets: list[str]) -> None:
    """Bring `.venv` to exactly what the lock files say, with Warmhand itself editable in it."""
    uv = uv_program()
    if not (VENV / "bin" / "python").exists() or not same_python():
        run(uv, "venv", "--quiet", "--clear", "--python", sys.executable, VENV)
    say("installing the locked packages ...")
    python = ("--python", VENV / "bin" / "python")
    newest = ROOT / "requirements" / f"{sets[-1]}.txt"
    run(uv, "pip", "sync", "--quiet", *python, "--require-hashes", newest)
    run(uv, "pip", "install", "--quiet", *python, "--no-deps", "--editable", ROOT)


def same_python() -> bool:
    """Whether `.venv` was made in this very place by this very Python."""
    settings = VENV / "pyvenv.cfg"
    script = VENV / "bin" / "activate"
    if not settings.exists() or not script.exists() or str(VENV) not in script.read_text():
        return False
    home = str(Path(sys.base_prefix) / "bin")
    return home in settings.read_text()


def wanted_sets(test: bool) -> list[str]:
    """Sets to install: once the test set is in, a plain set-up keeps it."""
    stamped = STAMP.read_text().split() if STAMP.exists() else []
    return ["run", "test"] if test or "test" in stamped else ["run"]


def set_up(test: bool) -> None:
    sets = wanted_sets(test)
    stamp = " ".join([fingerprint(sets), *sets])
    if STAMP.exists() and STAMP.read_text() == stamp:
        return
    began = time.monotonic()
    STAMP.unlink(missing_ok=True)
    install(sets)
    STAMP.write_text(stamp)
    say(f"done in {time.monotonic() - began:.0f} s")


def find_browser() -> str | None:
    return next((found for name in BROWSERS if (found := shutil.which(name))), None)


def provide_browser() -> None:
    """A Chromium for the browser tests; without one they are skipped aloud, never in CI."""
    if find_browser():
        return
    try:
        install_system_package("chromium", FONT)
    except SetUpError as error:
        if os.environ.get("CI") == "true":
            raise
        say(f"NO BROWSER: {error}\nset-up: the browser tests WILL BE SKIPPED.")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--test", action="store_true", help="also what the tests need")
    parser.add_argument("--browser", action="store_true", help="also a Chromium for the tests")
    wanted = parser.parse_args()
    try:
        use_a_new_enough_python()
        set_up(wanted.test)
        if wanted.browser:
            provide_browser()
    except SetUpError as error:
        say(f"FAILED. {error}")
        return 5
    return 0


if __name__ == "__main__":
    sys.exit(main())
