"""The colours of a paper out of one: text derived from it is always readable (WCAG AA).

Contrast as WCAG 2.2 defines it: 4.5 for text, 3 for what is drawn.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

Rgb = tuple[int, int, int]
FOR_TEXT, FOR_SHAPES = 4.5, 3.0
PINE = "#0f5a50"
"""The colour of a workspace that has chosen none: Warmhand's own."""
WHITE, INK, NIGHT = "#ffffff", "#26201a", "#211e1b"
_HEX = re.compile(r"#[0-9a-f]{6}")


@dataclass(frozen=True, slots=True)
class Palette:
    """What is drawn in which colour, each as #rrggbb.

    `ink` is for text, `bar` for what is filled, `edge` the outline that a filled shape needs to be
    seen, `wash` a ground for text, `on_bar` text upon `bar`.
    """

    paper: str
    text: str
    soft: str
    line: str
    bar: str
    edge: str
    ink: str
    wash: str
    on_bar: str


def is_colour(text: str) -> bool:
    """Whether this is a colour as we keep it: # and six digits or letters a to f, in lower case."""
    return bool(_HEX.fullmatch(text))


def contrast(one: str, other: str) -> float:
    """The contrast of two colours: 1 (the same) to 21 (black and white)."""
    dark, light = sorted((_luminance(_rgb(one)), _luminance(_rgb(other))))
    return (light + 0.05) / (dark + 0.05)


def palette(colour: str = "", *, dark: bool = False) -> Palette:
    """The colours of a paper, light as it is printed, or dark as on a dark page."""
    own = colour if is_colour(colour) else PINE
    paper, text, toward = (NIGHT, "#f0e9df", WHITE) if dark else (WHITE, INK, "#000000")
    bar = _moved(own, WHITE, lambda c: contrast(c, paper) >= FOR_SHAPES) if dark else own
    wash = _mixed(own, paper, 0.86 if dark else 0.9)
    ink = _moved(own, toward, lambda c: min(contrast(c, paper), contrast(c, wash)) >= FOR_TEXT)
    return Palette(
        paper=paper,
        text=text,
        soft="#bfb4a6" if dark else "#5d5348",
        line="#4c453d" if dark else "#d5ccc0",
        bar=bar,
        edge=_moved(bar, toward, lambda c: contrast(c, paper) >= FOR_SHAPES),
        ink=ink,
        wash=wash,
        on_bar=next(c for c in (WHITE, INK, "#000000") if contrast(c, bar) >= FOR_TEXT),
    )


def _moved(colour: str, toward: str, enough: Callable[[str], bool]) -> str:
    """The colour, moved toward black or white no further than it takes."""
    steps = (_mixed(colour, toward, step / 50) for step in range(51))
    return next((each for each in steps if enough(each)), toward)


def _mixed(one: str, other: str, share: float) -> str:
    """One colour with a share (0 to 1) of another."""
    pairs = zip(_rgb(one), _rgb(other), strict=True)
    return "#" + "".join(f"{round(a + (b - a) * share):02x}" for a, b in pairs)


def _rgb(colour: str) -> Rgb:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def _luminance(rgb: Rgb) -> float:
    red, green, blue = (_linear(each / 255) for each in rgb)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else float(((part + 0.055) / 1.055) ** 2.4)
