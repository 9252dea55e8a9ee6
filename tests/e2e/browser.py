"""Pages that are watched, and the look of an accessibility checker."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page

from tests.e2e.site import Site

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
WIDTHS = {"phone": {"width": 390, "height": 844}, "desk": {"width": 1440, "height": 900}}
PATIENCE = 20_000
"""Milliseconds that a look may wait on a busy machine; what must be quick says so in its test."""
LOOKS = [("desk", "dark"), ("phone", "light")]
"""Each width and each theme once: what axe sees depends on either, hardly on the pair."""


class Opener:
    """Opens pages, and tells at the end what was wrong on any of them."""

    def __init__(self, browser: Browser, site: Site) -> None:
        self.browser = browser
        self.site = site
        self.contexts: list[BrowserContext] = []
        self.wrong: list[str] = []

    def open(self, width: str = "desk", theme: str = "light") -> Page:
        context = self.browser.new_context(
            base_url=self.site.url,
            viewport=WIDTHS[width],  # type: ignore[arg-type]
            color_scheme=theme,  # type: ignore[arg-type]
            reduced_motion="reduce",
        )
        context.set_default_timeout(PATIENCE)
        self.contexts.append(context)
        page = context.new_page()
        page.on("console", self._heard)
        page.on("pageerror", lambda error: self.wrong.append(f"script: {error}"))
        page.on("request", lambda request: self._asked(request.url))
        return page

    def _heard(self, message: ConsoleMessage) -> None:
        # the browser itself notes every answer of 400 and above; tests expect some of them
        if message.type == "error" and "the server responded with a status" not in message.text:
            self.wrong.append(f"console: {message.text}")

    def _asked(self, url: str) -> None:
        if urlsplit(url).scheme != "data" and not url.startswith(self.site.url):
            self.wrong.append(f"another host: {url}")

    def finish(self) -> None:
        for context in self.contexts:
            context.close()
        assert not self.wrong, self.wrong


def axe_check(page: Page) -> None:
    """No violation of the accessibility rules on the page, once it's there.

    A click waits until the next page has begun; that page has no element yet, which axe can't bear.
    """
    page.wait_for_load_state()
    found = Axe().run(page).response["violations"]
    assert not found, f"{page.url}: {[_brief(violation) for violation in found]}"


def _brief(violation: dict[str, Any]) -> str:
    where = "; ".join(
        f"{' '.join(map(str, node['target']))}: {node['failureSummary']}"
        for node in violation["nodes"][:4]
    )
    return f"{violation['id']} at {where}"


def fits(page: Page) -> None:
    """Nothing sticks out sideways: a page scrolls one way."""
    page.wait_for_load_state()
    over = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
    assert over <= 0, f"{page.url} is {over} pixels too wide"
