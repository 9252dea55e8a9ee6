"""What to tell a person after they did something, on the page they see next."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest


def done(request: HttpRequest, sentence: str) -> None:
    """Say that something was done and cannot be taken back here."""
    messages.success(request, sentence)


def undoable(request: HttpRequest, sentence: str, *, entry_id: int) -> None:
    """Say that something was done, with an Undo button for the journal entry `entry_id`."""
    messages.success(request, sentence, extra_tags=f"undo:{entry_id}")


def refused(request: HttpRequest, sentence: str) -> None:
    """Say that something was not done, and why."""
    messages.error(request, sentence)
