"""Logos of workspaces: checked, drawn anew and kept in the data folder, as evidence is."""

from __future__ import annotations

import io
import secrets
from pathlib import Path

from django.conf import settings

from warmhand.problems import Invalid

from .models import Workspace

MOST_BYTES = 512 * 1024
LEAST_SIDE, MOST_SIDE = 16, 6_000
"""Pixels: smaller is no logo, larger is a photograph."""
_KEPT_SIZE = (1_200, 400)
_KINDS = ("PNG", "JPEG")


def logo_of(workspace: Workspace) -> bytes:
    """The workspace's logo as PNG; empty where there is none, or its file is gone."""
    path = _folder(workspace.pk) / Path(workspace.logo).name
    return path.read_bytes() if workspace.logo and path.is_file() else b""


def keep_logo(workspace_id: int, picture: bytes) -> str:
    """Keep a PNG or JPEG for a workspace; the name under which it is kept.

    It is drawn anew, so that nothing but what one sees is kept of it. Raises Invalid at `logo`.
    """
    drawn = redrawn(picture)
    folder = _folder(workspace_id)
    folder.mkdir(parents=True, exist_ok=True)
    name = f"{secrets.token_hex(16)}.png"
    (folder / name).write_bytes(drawn)
    return name


def redrawn(picture: bytes) -> bytes:
    """A PNG or JPEG as a PNG of at most 1200 by 400 pixels, without anything hidden in it.

    Raises Invalid at `logo` for what is too big, no such picture, or out of shape.
    """
    from PIL import Image, ImageOps  # read only where a picture comes: it takes its time

    if len(picture) > MOST_BYTES:
        raise Invalid.at("logo", f"The file is larger than {MOST_BYTES // 1024} KB.")
    try:
        with Image.open(io.BytesIO(picture), formats=_KINDS) as opened:
            _check_size(*opened.size)
            made = ImageOps.exif_transpose(opened).convert("RGBA")
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError) as wrong:
        raise Invalid.at("logo", "This can't be read as a PNG or JPEG picture.") from wrong
    made.thumbnail(_KEPT_SIZE)
    clean = Image.new("RGBA", made.size)
    clean.paste(made)
    out = io.BytesIO()
    clean.save(out, "PNG", optimize=True)
    return out.getvalue()


def _check_size(width: int, height: int) -> None:
    if min(width, height) < LEAST_SIDE or max(width, height) > MOST_SIDE:
        sides = f"between {LEAST_SIDE} and {MOST_SIDE} pixels"
        raise Invalid.at("logo", f"Each side has to be {sides}; this is {width} by {height}.")


def _folder(workspace_id: int) -> Path:
    return Path(settings.MEDIA_ROOT) / "logos" / str(workspace_id)
