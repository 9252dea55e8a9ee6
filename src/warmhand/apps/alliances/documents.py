"""Signed papers of alliances: checked by their first bytes, kept in the data folder."""

from __future__ import annotations

import secrets
from pathlib import Path
from typing import Final

from django.conf import settings

from warmhand.apps.island.scope import current_workspace_id
from warmhand.problems import Invalid, NotFound

from .models import Alliance

MOST_BYTES: Final = 10_000_000
KINDS: Final = {
    "pdf": (b"%PDF-", "application/pdf"),
    "png": (b"\x89PNG\r\n\x1a\n", "image/png"),
    "jpg": (b"\xff\xd8\xff", "image/jpeg"),
}
"""What a paper may be: its ending, the bytes it begins with, its media type."""


def keep_paper(content: bytes) -> str:
    """Keep a paper of the open workspace; the name under which it is kept.

    Raises Invalid at `document` for what is too large, empty, or no PDF, PNG or JPEG.
    """
    if len(content) > MOST_BYTES:
        raise Invalid.at("document", f"The file is larger than {MOST_BYTES // 1_000_000} MB.")
    ending = next((e for e, (head, _) in KINDS.items() if content.startswith(head)), "")
    if not ending:
        raise Invalid.at("document", "This is no PDF, PNG or JPEG.")
    folder = _folder()
    folder.mkdir(parents=True, exist_ok=True)
    name = f"{secrets.token_hex(16)}.{ending}"
    (folder / name).write_bytes(content)
    return name


def paper_of(alliance: Alliance) -> tuple[str, bytes]:
    """The name it came with and its content; NotFound where none is kept."""
    path = _folder() / Path(alliance.document or "none").name
    if not alliance.document or not path.is_file():
        raise NotFound("document", "No signed paper is kept with this alliance.")
    stem = Path(alliance.document_name).stem or "agreement"
    return f"{stem}{path.suffix}", path.read_bytes()


def _folder() -> Path:
    return Path(settings.MEDIA_ROOT) / "alliances" / str(current_workspace_id())
