"""Records in, prints out: a review pack as PDF, its charts as SVG. Pure: no framework, no clock."""

from .charts import Bars, Curve, TimeLine
from .colour import PINE, Palette, contrast, is_colour, palette
from .pack import (
    Brand,
    Concern,
    Deed,
    Entry,
    Item,
    Objection,
    Pack,
    Point,
    Said,
    Score,
    State,
)
from .sheet import Sheet, lay_out
from .typeset import CHARTS, chart_svg, head_svg, pack_pdf

__all__ = [
    "CHARTS",
    "PINE",
    "Bars",
    "Brand",
    "Concern",
    "Curve",
    "Deed",
    "Entry",
    "Item",
    "Objection",
    "Pack",
    "Palette",
    "Point",
    "Said",
    "Score",
    "Sheet",
    "State",
    "TimeLine",
    "chart_svg",
    "contrast",
    "head_svg",
    "is_colour",
    "lay_out",
    "pack_pdf",
    "palette",
]
