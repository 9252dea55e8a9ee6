"""A pack with something of everything, and how to read a PDF back."""

from __future__ import annotations

import datetime as dt
import io
import re
from decimal import Decimal
from typing import Any

from pypdf import PdfReader

from warmhand.printing import Brand, Concern, Deed, Entry, Item, Pack, Point, Said, Score
from warmhand.wording.pack_texts import pack_texts

TODAY = dt.date(2026, 11, 26)


def ago(days: int) -> dt.date:
    return TODAY - dt.timedelta(days=days)


def entry(what: str = "The new roof", agreed=90, due=40, delivered=40, **values: Any) -> Entry:
    days = {"agreed": agreed, "due": due, "delivered": delivered}
    known = {name: None if n is None else ago(n) for name, n in days.items()}
    return Entry(what, **{**known, **values})


def full_pack(**changes: Any) -> Pack:
    values: dict[str, Any] = {
        "brand": Brand("Harbour Advisers", "#0f5a50"),
        "client": "Ada Kettle",
        "company": "Kettle & Sons",
        "since": ago(365),
        "until": TODAY,
        "today": TODAY,
        "texts": pack_texts("en"),
        "prepared_by": "Ruth Adeyemi",
        "entries": (
            entry(proof="Counting takes 38 % less time", target="a third faster"),
            entry("The pay run", 200, 150, 142, proof="https://proof.example/pay"),
            entry("The gate", 100, 60, 55, value=Decimal("1200.50"), currency="EUR"),
            entry("The portal", 30, -20, None),
            entry("The shed", 120, 100, None, cancelled=ago(110)),
        ),
        "cases": (
            Concern("Printed twice", ago(70), ago(60), ago(58)),
            Concern("Slow on Mondays", ago(50), ago(48)),
            Concern("Cannot sign in", ago(3)),
        ),
        "ratings": (Score(ago(150), 7), Score(ago(30), 9)),
        "said": Said("You kept every date.", ago(30)),
        "deeds": (Deed("Found a notary", ago(20)), Deed("Brodersen Movers", ago(15), True)),
        "open_points": (Item(Point.CASE, "Cannot sign in", ago(3)), Item(Point.NEED, "A mover")),
        "next_steps": (Item(Point.REVIEW, "", ago(-9)), Item(Point.FAVOUR, "A list", ago(-4))),
        "agenda": ("How satisfied are you?",),
    }
    return Pack(**{**values, **changes})


def read(pdf: bytes) -> PdfReader:
    return PdfReader(io.BytesIO(pdf))


def text_of(pdf: bytes) -> str:
    """All the words, without spaces and places to break: how lines fall is not what is tested."""
    return squeezed("".join(page.extract_text() for page in read(pdf).pages))


def squeezed(text: str) -> str:
    return re.sub(r"[\s\u200b\u00ad-]+", "", text)
