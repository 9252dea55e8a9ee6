"""Papers and charts by typst: offline, in hundredths of a second, as a tagged PDF (PDF/UA-1).

A paper's values go in as a file of their own (JSON), never as markup, so that no text of a record
can be read as a command.
"""

from __future__ import annotations

import base64
import datetime as dt
import json
import struct
from collections.abc import Mapping
from dataclasses import asdict
from functools import cache
from importlib.resources import files
from typing import Any, Literal

import typst

from .colour import palette
from .letters import FAMILIES, breakable, fonts, printable
from .pack import Brand, Pack
from .sheet import Sheet, Words, lay_out, point_row

ChartName = Literal["time_line", "bars", "curve"]
CHARTS: tuple[ChartName, ...] = ("time_line", "bars", "curve")
WIDE, NARROW = 620, 262
"""Widths of a chart on a page, in points."""


def pack_pdf(pack: Pack, sheet: Sheet | None = None) -> bytes:
    """The pack as a PDF; where there is nothing favourable to show, the recovery sheet (P5)."""
    if not pack.favourable:
        return _pdf("recovery.typ", {**_recovery(pack), **_made(pack)})
    laid = sheet or lay_out(pack)
    return _pdf("pack.typ", {**_paper(laid, pack.brand), **_made(pack)}, logo=pack.brand.logo)


def chart_svg(sheet: Sheet, name: ChartName, brand: Brand, *, dark: bool, narrow: bool) -> bytes:
    """One chart of a pack as SVG, drawn by what draws it on paper; empty where there is none."""
    chart = getattr(sheet, name)
    if chart is None:
        return b""
    values = {
        "name": name,
        "chart": asdict(chart),
        "texts": dict(sheet.texts),
        "look": asdict(palette(brand.colour, dark=dark)),
        "width": NARROW if narrow else WIDE,
        "narrow": narrow,
    }
    return _compiled("chart.typ", _clean(values), {}, "svg")


def head_svg(brand: Brand, values: Mapping[str, str]) -> bytes:
    """How the head of a pack will look; `values` has title, whom, period, figure and label."""
    shown = {
        **_clean(values),
        "brand_name": printable(brand.name),
        "logo_alt": "",
        "logo": bool(brand.logo),
        "look": asdict(palette(brand.colour)),
    }
    return _compiled("head.typ", shown, _logo(brand.logo), "svg")


def _made(pack: Pack) -> dict[str, int]:
    """The day it is made, for the file's own notes: the same pack is the same file."""
    noon = dt.datetime.combine(pack.today, dt.time(12), dt.UTC)
    return {"made_at": int(noon.timestamp())}


def _paper(sheet: Sheet, brand: Brand) -> dict[str, Any]:
    whom = ", ".join(filter(None, (sheet.client, sheet.company)))
    values = {
        **asdict(sheet),
        "texts": dict(sheet.texts),
        "whom": sheet.texts["for_client"].format(client=whom),
        "running": f"{sheet.title} · {whom}",
        "full_title": f"{sheet.title} {sheet.texts['for_client'].format(client=whom)}",
        "logo_alt": sheet.texts["alt_logo"].format(name=brand.name),
    }
    return {
        **_clean(values),
        "logo": bool(brand.logo),
        "look": asdict(palette(brand.colour)),
    }


def _recovery(pack: Pack) -> dict[str, Any]:
    words = Words(pack)
    whom = ", ".join(filter(None, (pack.client, pack.company)))
    values = {
        "language": words.language,
        "texts": dict(pack.texts),
        "brand_name": pack.brand.name,
        "full_title": f"{pack.texts['title']}: {whom}",
        "whom": whom,
        "prepared": words.prepared(pack.prepared_by),
        "reasons": [asdict(each) for each in pack.objections],
        "put_right": [asdict(point_row(item, words)) for item in pack.put_right],
    }
    return {**_clean(values), "look": asdict(palette(pack.brand.colour))}


def _clean(value: Any, key: str = "") -> Any:
    """Values with every text made printable; an address keeps its letters."""
    if isinstance(value, str):
        return value if key == "link" else breakable(printable(value))
    if isinstance(value, Mapping):
        return {name: _clean(each, name) for name, each in value.items()}
    if isinstance(value, (list, tuple)):
        return [_clean(each) for each in value]
    return value


def _logo(logo: bytes) -> dict[str, bytes]:
    """The logo as a file for typst: it takes texts alone, so the PNG goes inside an SVG."""
    if not logo:
        return {}
    width, height = struct.unpack(">II", logo[16:24])
    picture = base64.b64encode(logo).decode()
    drawn = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}">'
        f'<image width="{width}" height="{height}" href="data:image/png;base64,{picture}"/></svg>'
    )
    return {"logo.svg": drawn.encode()}


def _pdf(template: str, values: dict[str, Any], logo: bytes = b"") -> bytes:
    try:
        return _compiled(template, values, _logo(logo), "pdf", "ua-1")
    except typst.TypstError as refused:
        if "could not be displayed" not in refused.message:
            raise
        # Letters that have a shape each, but none together: tagged all the same.
        return _compiled(template, values, _logo(logo), "pdf")


def _compiled(
    template: str,
    values: dict[str, Any],
    more: dict[str, bytes],
    kind: Literal["pdf", "svg"],
    *standards: Literal["ua-1"],
) -> bytes:
    sources = _templates()
    given: Any = {
        **sources,
        "main": sources[template],
        "data.json": json.dumps(values).encode(),
        **more,
    }
    made: bytes = typst.compile(
        given,
        format=kind,
        font_paths=fonts(),
        pdf_standards=list(standards),
        timestamp=values.get("made_at", 0),
    )
    return made


@cache
def _templates() -> dict[str, bytes]:
    folder = files(__package__) / "templates"
    found = {
        each.name: each.read_bytes() for each in folder.iterdir() if each.name.endswith(".typ")
    }
    return {**found, "families.json": json.dumps(FAMILIES).encode()}
