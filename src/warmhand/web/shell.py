"""What the frame around every page needs: who is signed in, and where they can go."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest


def shell(request: HttpRequest) -> dict[str, Any]:
    """Context of the frame; empty of a workspace before one is open."""
    here = getattr(request, "here", None)
    return {"me": here.me if here else None}
