"""Texts with markup as plain ones: descriptions come as HTML from many a system."""

from __future__ import annotations

import html
import re
from html.parser import HTMLParser
from typing import Final

_TAG = re.compile(
    r"</?(?:p|br|div|span|b|i|em|strong|u|ul|ol|li|a|h[1-6]|table|tbody|tr|td|th|font|hr|pre|img|"
    r"blockquote|section|article|small|sup|sub|script|style)(?:\s[^<>]*)?/?>",
    re.IGNORECASE,
)
_SIGN = re.compile(r"&(?:#\d{2,6}|#[xX][0-9a-fA-F]{2,5}|[a-zA-Z]{2,8}\d{0,2});")
_BREAKS: Final = re.compile(r"p|br|div|ul|ol|li|h[1-6]|table|tr|hr|pre|blockquote|section|article")
_SILENT: Final = frozenset(("script", "style"))


class _Words(HTMLParser):
    """What a reader would see."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.said: list[str] = []
        self._silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._silent += tag in _SILENT
        if _BREAKS.fullmatch(tag):
            self.said.append("\n")
        if tag == "li":
            self.said.append("- ")

    def handle_endtag(self, tag: str) -> None:
        self._silent = max(0, self._silent - (tag in _SILENT))
        if _BREAKS.fullmatch(tag) and tag != "li":
            self.said.append("\n")

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self.said.append(data)


def plain(text: str) -> str:
    """A text as a reader sees it: without tags, with the signs that entities stand for.

    One that holds no markup stays as it is, letter by letter.
    """
    if not _TAG.search(text):
        return html.unescape(text).replace("\xa0", " ") if _SIGN.search(text) else text
    reader = _Words()
    try:
        reader.feed(" ".join(text.split()))
        reader.close()
    except AssertionError:  # what the library says to some broken markup
        return text
    lines = (" ".join(line.split()) for line in "".join(reader.said).splitlines())
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()
