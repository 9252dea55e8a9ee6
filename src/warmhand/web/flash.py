"""What to tell a person after they did something, on the page they see next."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest

from warmhand.apps.journal import queries


def done(request: HttpRequest, sentence: str) -> None:
    """Say that something was done and cannot be taken back here."""
    messages.success(request, sentence)


def undoable(request: HttpRequest, sentence: str, *, about: object) -> None:
    """Say that something was done to the record `about`, with a button that undoes just that."""
    entry = queries.newest_about(about)
    messages.success(request, sentence, extra_tags=f"undo:{entry.pk}" if entry else "")


def undoable_at(request: HttpRequest, sentence: str, path: str) -> None:
    """Say that something was done, with a button that posts to `path` to take it back."""
    messages.success(request, sentence, extra_tags=f"undo-at:{path}")


def told(request: HttpRequest, *, about: object) -> None:
    """Say what the journal says was done to a record, with Undo where it can be undone."""
    entry = queries.newest_about(about)
    if entry is None:
        messages.success(request, "Saved.")
        return
    tags = f"undo:{entry.pk}" if entry.verb in queries.UNDOABLE else ""
    messages.success(request, entry.sentence, extra_tags=tags)


def refused(request: HttpRequest, sentence: str) -> None:
    """Say that something was not done, and why."""
    messages.error(request, sentence)
