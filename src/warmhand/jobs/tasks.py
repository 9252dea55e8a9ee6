"""The tasks a worker knows; each opens the workspace it was told of."""

from __future__ import annotations
