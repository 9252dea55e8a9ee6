"""What a stranger's zip archive may unpack to: by its directory, and counted while unpacking."""

from __future__ import annotations

import sys
import zipfile
from pathlib import Path

from warmhand.apps.people.importing.limits import Limits
from warmhand.apps.people.importing.problems import refused

PIECE = 256 * 1024


def excess(
    archive: zipfile.ZipFile, *, packed: int, entries: int, unpacked: int, ratio: int
) -> tuple[str, str] | None:
    """By what an archive goes beyond a limit, and that limit, in words; None where it doesn't.

    Sizes in bytes; a limit of 0 is none.
    """
    parts = archive.infolist()
    size = sum(part.file_size for part in parts)
    if entries and len(parts) > entries:
        return f"{len(parts)} parts", f"{entries} parts"
    if unpacked and size > unpacked:
        return f"{size} bytes", f"{unpacked} bytes"
    if ratio and size / max(1, packed) > ratio:
        return f"{size / max(1, packed):.0f} times its size", f"{ratio} times"
    return None


def unpack_one(path: Path, name: str, into: Path, limits: Limits) -> Path:
    """Unpack the part of `path` that is called `name`, in whatever folder and case of letters.

    Raises `ImportRefused`: too big by its directory or in truth, locked, broken, or not there.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            beyond = excess(
                archive,
                packed=path.stat().st_size,
                entries=limits.zip_entries,
                unpacked=limits.zip_bytes,
                ratio=limits.zip_ratio,
            )
            if beyond:
                raise refused("archive_too_big", path=path.name, found=beyond[0], limit=beyond[1])
            part = _part(archive, name)
            if part is None:
                raise refused("no_connections_inside", path=path.name)
            return _unpacked(archive, part, into / name, path, limits)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError) as error:
        why = f"{type(error).__name__}: {error}"[:100]
        raise refused("archive_unreadable", path=path.name, why=why) from error


def _part(archive: zipfile.ZipFile, name: str) -> zipfile.ZipInfo | None:
    """The part of that name that lies nearest to the top."""
    found = [
        part
        for part in archive.infolist()
        if part.filename.replace("\\", "/").rpartition("/")[2].casefold() == name.casefold()
    ]
    return min(found, key=lambda part: (part.filename.count("/"), part.filename), default=None)


def _unpacked(
    archive: zipfile.ZipFile, part: zipfile.ZipInfo, to: Path, path: Path, limits: Limits
) -> Path:
    """Counted, whatever the directory said of its size."""
    most = limits.zip_bytes or sys.maxsize
    if write_part(archive, part, to, most) > most:
        raise refused("archive_too_big", path=path.name, found="more", limit=f"{most} bytes")
    return to


def write_part(archive: zipfile.ZipFile, part: zipfile.ZipInfo, to: Path, most: int) -> int:
    """Write a part to a file, piece by piece, and stop beyond `most` bytes; returns the bytes read.

    More than `most`: the part goes on, and the file is not the whole of it.
    """
    done = 0
    with archive.open(part) as file, to.open("wb") as out:
        while done <= most and (piece := file.read(PIECE)):
            done += len(piece)
            out.write(piece)
    return done
