"""Handing an uploaded file to the background, in the transaction that puts its run on record."""

from __future__ import annotations

import shutil
from collections.abc import Iterable
from pathlib import Path

from django.conf import settings
from procrastinate.contrib.django import app

TASK = "warmhand.import_uploaded"


def uploads_of(workspace_id: int) -> Path:
    """The folder of a workspace's uploads that wait to be imported."""
    return Path(settings.MEDIA_ROOT) / "imports" / str(workspace_id)


def keep_upload(
    *, workspace_id: int, key: str, name: str, pieces: Iterable[bytes], most: int
) -> Path:
    """Write an upload to a folder of its own; its path.

    `most` bytes are kept and one more, so that reading refuses the file by its size.
    """
    folder = uploads_of(workspace_id) / key
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / Path(name).name
    left = most + 1
    with path.open("wb") as file:
        for piece in pieces:
            file.write(piece[:left])
            left -= len(piece)
            if left <= 0:
                break
    return path


def forget_upload(workspace_id: int, folder: str) -> None:
    """Delete an upload, if it is one of this workspace's."""
    path = Path(folder)
    if path.is_relative_to(uploads_of(workspace_id)) and path != uploads_of(workspace_id):
        shutil.rmtree(path, ignore_errors=True)


def enqueue(*, workspace_id: int, run_id: int, member_id: int) -> None:
    """Have the background write a run."""
    app.configure_task(TASK, lock=f"import {workspace_id}").defer(
        workspace_id=workspace_id, run_id=run_id, member_id=member_id
    )
