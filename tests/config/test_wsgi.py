"""What a serving process has read before it takes its first request."""

from __future__ import annotations

import os
import subprocess
import sys

LATE = """
import sys
import warmhand.config.wsgi
before = set(sys.modules)
from django.urls import get_resolver
get_resolver().url_patterns
print(*sorted(set(sys.modules) - before))
"""
"""What the first request would still have to import to find its page."""


def test_the_first_request_imports_nothing():
    environment = os.environ | {"DJANGO_SETTINGS_MODULE": "warmhand.config.settings"}
    ran = subprocess.run(
        [sys.executable, "-c", LATE], env=environment, capture_output=True, text=True, check=True
    )
    assert ran.stdout.split() == []
