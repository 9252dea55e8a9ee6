"""The panel in the browser, framed by a page of another origin: the configured one, and another."""

from __future__ import annotations

import os
import threading
from contextlib import contextmanager
from pathlib import Path
from wsgiref.simple_server import make_server

import pytest
from playwright.sync_api import expect

from tests.connections.scenes import Scene
from tests.e2e.browser import PATIENCE, axe_check
from tests.e2e.site import _Quiet


@contextmanager
def helpdesk(url: str, width: int):
    """A page of another origin that shows the panel in a frame, as a helpdesk's app does."""
    body = (
        "<!doctype html><html lang=en><title>Ticket</title><body style='margin:0'>"
        f"<h1>Ticket</h1><iframe title=Warmhand src='{url}' width={width} height=900></iframe>"
    ).encode()

    def page(environ, start):
        start("200 OK", [("Content-Type", "text/html; charset=utf-8")])
        return [body]

    server = make_server("127.0.0.1", 0, page, handler_class=_Quiet)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


@pytest.fixture
def page(browser):
    """A page of a browser that is signed in nowhere. What it says is heard."""
    context = browser.new_context(viewport={"width": 480, "height": 1000}, reduced_motion="reduce")
    context.set_default_timeout(PATIENCE)
    opened = context.new_page()
    opened.heard = []
    opened.on("console", lambda message: opened.heard.append(f"{message.text} {message.location}"))
    yield opened
    context.close()


def picture(page, name):
    if folder := os.environ.get("WARMHAND_PICTURES"):
        page.screenshot(path=Path(folder) / f"panel-{name}.png", full_page=True)


def scene_of(site, name, address, theme_ref):
    scene = Scene(site.world, name, address, theme_ref)
    scene.tell("resolved")
    return scene


@pytest.mark.parametrize(("width", "theme"), [(300, "light"), (360, "dark")])
def test_the_configured_origin_shows_it_and_the_agent_acts(site, page, width, theme):
    page.emulate_media(color_scheme=theme)
    scene = scene_of(site, f"Ida {theme.title()}", f"panel-{theme}", f"9{width}")
    with helpdesk(site.url + scene.panel_url(), width) as desk:
        scene.change(panel_origins=[desk])
        page.goto(desk)
        frame = page.frame_locator("iframe")
        expect(frame.get_by_role("heading", name="Confirm, then ask")).to_be_visible()
        inner = page.frames[1]
        over = inner.evaluate("document.documentElement.scrollWidth - window.innerWidth")
        assert over <= 0
        picture(page, f"{width}-{theme}-1")
        frame.get_by_role("button", name="Yes").click()
        expect(frame.get_by_role("heading", name="Ask now")).to_be_visible()
        picture(page, f"{width}-{theme}-2")
        frame.get_by_role("button", name="show me the words").click()
        expect(frame.locator(".say")).to_contain_text("whom we might be able to help")
        picture(page, f"{width}-{theme}-3")
        frame.get_by_role("radio", name="They gave a name").check()
        frame.get_by_role("button", name="Put it on record").click()
        expect(frame.get_by_text("Whose name did they give?")).to_be_visible()
        frame.get_by_label("Whose name?").fill("Zoe")
        frame.get_by_role("button", name="Put it on record").click()
        expect(frame.get_by_role("status")).to_contain_text("Thanks are owed to them")
        picture(page, f"{width}-{theme}-4")
        assert inner.evaluate("document.documentElement.scrollWidth - window.innerWidth") <= 0
    assert page.context.cookies() == []
    refused = [text for text in page.heard if "violates" in text or "Refused" in text]
    # taking a picture puts a style of its own into the page
    assert refused == [] or "WARMHAND_PICTURES" in os.environ, refused


def test_another_origin_is_refused_by_the_browser(site, page):
    scene = scene_of(site, "Ilse Other", "panel-other", "9400")
    scene.change(panel_origins=["https://acme.zendesk.com"])
    with helpdesk(site.url + scene.panel_url(), 360) as desk:
        page.goto(desk)
        page.wait_for_load_state("networkidle")
        assert "Ilse Other" not in page.frames[1].content()
    assert any("frame-ancestors" in text for text in page.heard), page.heard


def test_with_no_origin_no_page_may(site, page):
    scene = scene_of(site, "Ilse None", "panel-none", "9401")
    with helpdesk(site.url + scene.panel_url(), 360) as desk:
        page.goto(desk)
        page.wait_for_load_state("networkidle")
        assert "Ilse None" not in page.frames[1].content()


@pytest.mark.parametrize("agent", ["agent@warmhand.example", "stranger@elsewhere.example"])
def test_axe_finds_nothing(site, page, agent):
    scene = scene_of(site, f"Ivo {agent[:5].title()}", f"panel-axe-{agent[:5]}", "9500")
    page.set_viewport_size({"width": 300, "height": 900})
    page.goto(site.url + scene.panel_url(agent))
    axe_check(page)
    picture(page, f"alone-{agent[:5]}")
    page.goto(site.url + scene.panel_url(agent, sig="0"))
    axe_check(page)
    picture(page, "refused")
