"""Bars of what went both ways, period by period: places of a picture, drawn by a template."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from warmhand.apps.alliances.queries import Period

WIDTH: Final = 720
HALF: Final = 84
"""Pixels above and below the middle line."""


@dataclass(frozen=True, slots=True)
class Bar:
    """One period: a bar up for what we gave, one down for what we received."""

    x: int
    width: int
    up: int
    up_y: int
    down: int
    given: int
    received: int
    label: str
    short: str
    middle: int
    is_labelled: bool


@dataclass(frozen=True, slots=True)
class Chart:
    """All bars, and what they say in words."""

    bars: tuple[Bar, ...]
    width: int
    middle: int
    height: int
    most: int
    alt: str


def chart_of(periods: Sequence[Period]) -> Chart | None:
    """The bars, or None where nothing went either way."""
    most = max((n for p in periods for n in (p.given.number, p.received.number)), default=0)
    if not most:
        return None
    step = WIDTH // len(periods)
    scale = (HALF - 18) / most
    middle = HALF
    bars = tuple(_bar(p, n, step, scale, middle, len(periods)) for n, p in enumerate(periods))
    given = sum(p.given.number for p in periods)
    received = sum(p.received.number for p in periods)
    alt = f"From {periods[0].label} to {periods[-1].label}: {given} given, {received} received."
    return Chart(bars, WIDTH, middle, 2 * HALF + 22, most, alt)


def _bar(period: Period, n: int, step: int, scale: float, middle: int, count: int) -> Bar:
    up, down = (round(flow.number * scale) for flow in (period.given, period.received))
    return Bar(
        x=n * step + step // 6,
        width=step * 2 // 3,
        up=up,
        up_y=middle - up,
        down=down,
        given=period.given.number,
        received=period.received.number,
        label=period.label,
        short=period.label.replace(" 20", " '"),
        middle=n * step + step // 2,
        is_labelled=count <= 8 or (count - 1 - n) % 3 == 0,
    )
