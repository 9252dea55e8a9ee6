"""Write the lock files in `requirements/` anew from `pyproject.toml` (newest allowed versions).

The files hold versions and hashes but no address of any package index, so that whoever installs
uses the index that their own machine is set to.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
UV = ROOT / ".tools" / "bin" / "uv"
LOCK = "pip compile --quiet --upgrade --universal --generate-hashes --no-annotate --no-header"
PLAIN = "--no-emit-index-url --python-version 3.11"


def lock(name: str, *source: str) -> None:
    """Compile one set into `requirements/NAME.txt`, and refuse a file that names an address."""
    target = ROOT / "requirements" / f"{name}.txt"
    environment = {**os.environ, "UV_SYSTEM_CERTS": "1"}
    subprocess.run(
        [UV, *LOCK.split(), *PLAIN.split(), *source, "-o", target],
        cwd=ROOT,
        env=environment,
        check=True,
    )
    if "://" in target.read_text():
        sys.exit(f"{target} names an address; lock files must not")


def main() -> None:
    lock("tools", "requirements/tools.in")
    lock("run", "pyproject.toml")
    lock("test", "pyproject.toml", "--group", "test", "-c", "requirements/run.txt")


if __name__ == "__main__":
    main()
