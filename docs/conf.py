"""How the documentation is built: `make docs`, strictly (a warning is an error)."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import django

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "warmhand.config.settings")
os.environ.setdefault("WARMHAND_SECRET_KEY", "signs nothing: only the documentation is built")
django.setup()  # the reference of hooks reads which helpdesks there are

from tools import reference
from warmhand import __version__

project = "Warmhand"
author = "Warmhand contributors"
copyright = f"2026, {author}"
release = __version__
extensions = ["myst_parser"]
source_suffix = {".md": "markdown"}
exclude_patterns = ["_build", "README.md"]
myst_enable_extensions = ["colon_fence", "deflist", "fieldlist"]
myst_heading_anchors = 3
nitpicky = True
html_theme = "furo"
html_title = f"Warmhand {release}"
html_static_path: list[str] = []
html_show_sphinx = False

reference.write_all()
