"""What can be printed: any text becomes one that the fonts at hand can show.

A PDF that people with a screen reader can use (PDF/UA) must not hold a letter without a shape. So a
letter that no font has becomes U+FFFD, marks that turn the direction of a text or that no reader
sees are dropped, and very long words get places to break.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from pathlib import Path

import fontpkg_source_sans_3
import manimgx_fonts
import typst

FAMILIES = (
    "Source Sans 3", "Noto Sans", "Noto Sans Arabic", "Noto Sans Hebrew", "Noto Sans Devanagari",
    "Noto Sans Bengali", "Noto Sans Gujarati", "Noto Sans Gurmukhi", "Noto Sans Kannada",
    "Noto Sans Malayalam", "Noto Sans Oriya", "Noto Sans Sinhala", "Noto Sans Tamil",
    "Noto Sans Telugu", "Noto Sans Thai", "Noto Sans Lao", "Noto Sans Khmer", "Noto Sans Myanmar",
    "Noto Sans Armenian", "Noto Sans Georgian", "Noto Sans Ethiopic", "Noto Sans Symbols",
    "Noto Emoji",
)  # fmt: skip
"""In the order in which a letter is looked for."""
UNKNOWN = "\ufffd"
BREAK, NO_BREAK = "\u200b", "\u00a0"
LONGEST_WORD, PIECE = 28, 14
_FOLDERS = (
    Path(fontpkg_source_sans_3.__file__).parent / "files",
    Path(manimgx_fonts.__file__).parent,
)
# Letters that join their neighbours are kept; all else that has no shape of its own goes.
_KEPT = frozenset(("\u200c", "\u200d", NO_BREAK))
_LONG = re.compile(rf"\S{{{LONGEST_WORD},}}")


@cache
def fonts() -> typst.Fonts:
    """The fonts that are printed with: always the same, whatever the machine has."""
    return typst.Fonts(include_system_fonts=False, font_paths=[str(each) for each in _FOLDERS])


@cache
def _covered(main_only: bool) -> frozenset[int]:
    """The numbers of the letters that the fonts have; reading all of them takes 0.2 s, once."""
    from fontTools.ttLib import TTFont  # only where a letter beyond ASCII is met

    folders = _FOLDERS[:1] if main_only else _FOLDERS
    found: set[int] = set()
    for path in (path for folder in folders for path in folder.glob("*.ttf")):
        with TTFont(path, lazy=True) as font:
            found.update(font.getBestCmap())
    return frozenset(found)


def printable(text: str) -> str:
    """The text as it can be printed: one line, composed, every letter one that has a shape."""
    if text.isascii() and text.isprintable():
        return " ".join(text.split())
    composed = unicodedata.normalize("NFC", text)
    shown = "".join(_shown(letter) for letter in composed)
    return re.sub(" +", " ", shown).strip()


def _shown(letter: str) -> str:
    if letter in _KEPT:
        return letter
    if letter.isspace():
        return " "
    kind = unicodedata.category(letter)
    if kind in ("Cc", "Cf") or 0xFE00 <= ord(letter) <= 0xFE0F:
        return ""
    known = ord(letter) in _covered(True) or ord(letter) in _covered(False)
    return letter if known else UNKNOWN


def breakable(text: str) -> str:
    """The same text with places to break inside words too long for a line."""
    return _LONG.sub(_with_breaks, text)


def _with_breaks(found: re.Match[str]) -> str:
    word = found[0]
    return BREAK.join(word[at : at + PIECE] for at in range(0, len(word), PIECE))
