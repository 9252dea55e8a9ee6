"""Which encoding a text file is in, and the exact line where it is not.

Order of belief: what the person said; a byte-order mark; UTF-8 if the whole file obeys it;
UTF-16 if every second byte is empty; else what charset-normalizer finds, with Windows-1252
preferred among the one-byte encodings because that is what office programs write.
"""

from __future__ import annotations

import codecs
from pathlib import Path

from charset_normalizer import from_bytes

from warmhand.apps.people.importing.problems import refused

SAMPLE = 256 * 1024
CHUNK = 1024 * 1024
MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
SIGNATURES = (
    (b"PK\x03\x04", "a zip archive or a workbook"),
    (b"PK\x05\x06", "an empty zip archive"),
    (b"\xd0\xcf\x11\xe0", "an old office document"),
    (b"%PDF", "a PDF"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"\x1f\x8b", "a compressed file"),
    (b"\x7fELF", "a program"),
    (b"SQLite format 3", "a database"),
)
WESTERN = {"cp1250", "cp1252", "latin_1", "iso8859_1", "iso8859_15", "mac_roman", "cp1254"}


def find_encoding(path: Path, stated: str | None = None) -> str:
    """The codec name for `path`, proved on every byte; raises `ImportRefused` with the line."""
    sample = _sample(path)
    _refuse_binary(path, sample)
    encoding = _known(path, stated) if stated else _by_mark(sample) or _by_content(path, sample)
    _prove(path, encoding)
    return encoding


def _sample(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(SAMPLE)


def _refuse_binary(path: Path, sample: bytes) -> None:
    for signature, found in SIGNATURES:
        if sample.startswith(signature):
            raise refused("binary_file", path=path.name, found=found)
    if not _by_mark(sample) and b"\x00" in sample and not _wide(sample):
        raise refused("binary_file", path=path.name, found="bytes that are no text")


def _known(path: Path, stated: str) -> str:
    try:
        name = codecs.lookup(stated).name
        "".encode(name)
    except (LookupError, TypeError):
        raise refused("encoding_unknown", path=path.name, encoding=stated) from None
    return "utf-8-sig" if name == "utf-8" else name


def _by_mark(sample: bytes) -> str | None:
    return next((name for mark, name in MARKS if sample.startswith(mark)), None)


def _by_content(path: Path, sample: bytes) -> str:
    if wide := _wide(sample):
        return wide
    bad = first_bad_byte(path, "utf-8")
    return "utf-8" if bad is None else _one_byte(path, bad)


def _wide(sample: bytes) -> str | None:
    """UTF-16 without a mark: text in which nearly every high byte is zero."""
    pairs = len(sample) // 2
    if pairs < 4:
        return None
    low, high = sample[0 : pairs * 2 : 2].count(0), sample[1 : pairs * 2 : 2].count(0)
    if high > 0.8 * pairs and low < 0.05 * pairs:
        return "utf-16-le"
    return "utf-16-be" if low > 0.8 * pairs and high < 0.05 * pairs else None


def _one_byte(path: Path, bad: int) -> str:
    """Ask charset-normalizer about the neighbourhood of the first byte that is not UTF-8."""
    with path.open("rb") as file:
        file.seek(max(0, bad - SAMPLE // 8))
        near = file.read(SAMPLE // 4)
    found = from_bytes(near).best()
    name = found.encoding if found else "cp1252"
    if name in WESTERN or name in {"ascii", "utf_8"}:
        name = "cp1252"
    return name if first_bad_byte(path, name) is None else "utf-8"


def first_bad_byte(path: Path, encoding: str) -> int | None:
    """Offset of the first byte `encoding` does not allow, or None; reads in chunks."""
    decoder = codecs.getincrementaldecoder(encoding.removesuffix("-sig"))()
    done = 0
    with path.open("rb") as file:
        while True:
            chunk = file.read(CHUNK)
            held = len(decoder.getstate()[0])
            try:
                decoder.decode(chunk, final=not chunk)
            except UnicodeDecodeError as error:
                return max(0, done - held + error.start)
            if not chunk:
                return None
            done += len(chunk)


def _prove(path: Path, encoding: str) -> None:
    bad = first_bad_byte(path, encoding)
    if bad is None:
        return
    line, byte = _place(path, bad)
    raise refused("encoding_wrong", line=line, encoding=encoding, byte=byte)


def _place(path: Path, offset: int) -> tuple[int, str]:
    line = 1
    with path.open("rb") as file:
        left = offset
        while left > 0 and (chunk := file.read(min(CHUNK, left))):
            line += chunk.count(b"\n")
            left -= len(chunk)
        byte = file.read(1)
    return line, f"0x{byte.hex()}" if byte else "at the end"
