"""Writes docs/reference/openapi.json, the committed copy of the API's document.

.venv/bin/python tools/openapi.py           write it
.venv/bin/python tools/openapi.py --check   say whether it is up to date
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

import django

COPY = Path(__file__).resolve().parent.parent / "docs" / "reference" / "openapi.json"


def main() -> int:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "warmhand.config.settings")
    django.setup()
    from warmhand.api.document import as_text
    from warmhand.api.routes import api

    made = as_text(api)
    if "--check" in sys.argv:
        return 0 if COPY.read_text() == made else 1
    COPY.parent.mkdir(parents=True, exist_ok=True)
    COPY.write_text(made)
    print(f"wrote {COPY}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
