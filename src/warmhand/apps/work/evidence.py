"""Files that show what was delivered: kept in the data folder, one folder each, by workspace."""

from __future__ import annotations

import re
import secrets
from collections.abc import Iterable
from pathlib import Path

from django.conf import settings

from warmhand.apps.island.scope import current_workspace_id
from warmhand.problems import NotFound

from .models import Commitment

MOST_BYTES = 20_000_000
_KEPT = re.compile(r"([0-9a-f]{32})/(.+)")


def _folder() -> Path:
    return Path(settings.MEDIA_ROOT) / "evidence" / str(current_workspace_id())


def keep_file(*, name: str, pieces: Iterable[bytes]) -> str:
    """Keep a file of the open workspace; what a commitment notes as its evidence."""
    key = secrets.token_hex(16)
    name = Path(name).name[:200]
    folder = _folder() / key
    folder.mkdir(parents=True)
    with (folder / name).open("wb") as file:
        file.writelines(pieces)
    return f"{key}/{name}"


def file_of(commitment: Commitment) -> tuple[str, bytes]:
    """The name and the content of a commitment's file; NotFound where none is kept."""
    known = _KEPT.fullmatch(commitment.evidence)
    if commitment.evidence_kind != Commitment.Evidence.FILE or known is None:
        raise NotFound("file", "No file is kept with this commitment.")
    path = _folder() / known[1] / Path(known[2]).name
    if not path.is_file():
        raise NotFound("file", "The file is no longer in the data folder.")
    return path.name, path.read_bytes()
