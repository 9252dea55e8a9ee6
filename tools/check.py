"""Every check of `make test`, one after the other, each with its name and its time.

    python tools/check.py all       everything; pytest last, so that its counts close the run
    python tools/check.py lint      style, layout, types, layers
    python tools/check.py docs      the documentation, strictly
    python tools/check.py STEP...   single steps by name

All steps run even when an early one fails; the exit code says whether any did.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BIN = Path(sys.executable).parent
STEPS: dict[str, list[str]] = {
    "style": [f"{BIN}/ruff", "check", "."],
    "layout": [f"{BIN}/ruff", "format", "--check", "."],
    "types": [f"{BIN}/mypy"],
    "layers": [f"{BIN}/lint-imports", "--no-logo"],
    "migrations": [f"{BIN}/django-admin", "makemigrations", "--check", "--dry-run"],
    "docs": [
        f"{BIN}/sphinx-build",
        "-W",
        "--keep-going",
        "-q",
        "-b",
        "html",
        "docs",
        "docs/_build",
    ],
    "tests": [f"{BIN}/pytest", "-n", "2", "--dist", "worksteal"],
}
GROUPS = {
    "all": list(STEPS),
    "lint": ["style", "layout", "types", "layers"],
}
ENVIRONMENT = {**os.environ, "DJANGO_SETTINGS_MODULE": "warmhand.config.settings"}


def run(name: str) -> bool:
    """Run one step; True when it passed."""
    print(f"── {name}: {' '.join(Path(p).name for p in STEPS[name])}", flush=True)
    began = time.monotonic()
    done = subprocess.run(STEPS[name], cwd=ROOT, env=ENVIRONMENT, check=False)
    verdict = "ok" if done.returncode == 0 else f"FAILED ({done.returncode})"
    if name != "tests":
        print(f"── {name}: {verdict} in {time.monotonic() - began:.1f} s", flush=True)
    return done.returncode == 0


def main() -> int:
    asked = sys.argv[1:] or ["all"]
    names = [name for word in asked for name in GROUPS.get(word, [word])]
    unknown = [name for name in names if name not in STEPS]
    if unknown:
        print(f"no such step: {', '.join(unknown)}. Steps: {', '.join(STEPS)}", file=sys.stderr)
        return 2
    failed = [name for name in names if not run(name)]
    if failed:
        print(f"FAILED: {', '.join(failed)}", file=sys.stderr)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
