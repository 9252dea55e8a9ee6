"""Small pieces of Markdown that several pages are made of."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence

NOTICE = "<!-- Written from the code by tools/reference; changes here are lost. -->\n\n"

MARK = r"\b(?:P[1-9]\d?|E[1-9]\d?|H[1-4])\b"
"""A number of the practice, a row of the evidence, or a hypothesis."""

ARTICLES = {
    "000": "Referrals: The Secret to Building a Sustainable Business",
    "001": "Why you Don't Get the Customer Referrals you Should",
    "002": "Referrals: Getting the most from the 'low-hanging fruit' of sales",
    "003": "Give and ye shall receive",
    "004": "Customer Service Alone Won't Ensure Referrals",
}


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A Markdown table."""
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(_cell(cell) for cell in line)} |" for line in lines) + "\n"


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ")


def fields(pairs: Iterable[tuple[str, str]]) -> str:
    """A two-column list of names and what they are."""
    return "\n".join(f":{name}: {value}" for name, value in pairs) + "\n"


def code(value: object) -> str:
    """A value as code."""
    return f"`{value}`"


def value(of: object) -> str:
    """A setting's value as it is written in JSON."""
    return json.dumps(of).strip('"')


def sources(text: str) -> str:
    """Practice numbers, evidence rows and hypotheses in a text as links to where they stand."""
    return re.sub(
        MARK,
        lambda mark: f"[{mark[0]}](#{mark[0].lower()})",
        text,
    )


def words(template: str) -> str:
    """A sentence with figures, its figures shown as code: {rest_days:day} -> `rest_days` days."""

    def figure(found: re.Match[str]) -> str:
        name, _, spec = found[1].partition(":")
        if "/" in spec:
            return spec
        return f"`{name}` {spec}s" if spec else f"`{name}`"

    return re.sub(r"\{([^{}]+)\}", figure, template)
