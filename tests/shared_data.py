"""Real data that lies beside the repository; a clone without it skips those tests, saying so."""

from pathlib import Path

import pytest

SHARED = Path(__file__).resolve().parents[2] / "shared"


def shared_path(name: str) -> Path:
    """The folder `name` of the shared data, else of the shared fixtures; skips when missing."""
    for part in ("data", "fixtures"):
        found = SHARED / part / name
        if found.exists():
            return found
    pytest.skip(f"the shared data set {name!r} is not beside this repository")
