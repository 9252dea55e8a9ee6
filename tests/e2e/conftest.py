"""Tests in a real browser: one Chromium per process, one server per module, a page per test.

`site` is the running product over a database of its own, with the world of `tests.world` in it.
`open_page` opens a page in a width and a theme; `signed_in_page` the same for a member of a role.
Each page is watched: at the end of the test nothing may have been said on the console as an error,
and nothing may have been asked from another host.
"""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from tests.e2e.browser import FLAGS, PATIENCE, Opener
from tests.e2e.site import Site, serve_site


def _chromium() -> str:
    """Chromium from the system's packages; without it these tests are skipped aloud, not in CI."""
    for name in ("chromium", "chromium-browser", "google-chrome"):
        if found := shutil.which(name):
            return found
    if os.environ.get("CI"):
        pytest.fail("CI has no Chromium: `make install-test` installs it where it can")
    return pytest.skip("no Chromium here: `apt-get install chromium` and run the tests again")


def pytest_collection_modifyitems(items):
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def browser():
    """One headless Chromium that talks to nobody but us.

    Playwright's synchronous interface keeps an event loop in this thread, which Django takes for
    a view of its own that must not wait for the database: it is told that this is meant.
    """
    from playwright.sync_api import expect, sync_playwright

    expect.set_options(timeout=PATIENCE)
    path = _chromium()
    with pytest.MonkeyPatch.context() as patch, sync_playwright() as playwright:
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "yes")
        started = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield started
        started.close()


@pytest.fixture(scope="module")
def running_site(django_db_setup, django_db_blocker) -> Site:
    """The product, served from this process over a copy of the migrated template.

    Each module has its own, so that what one records is no surprise to another.
    """
    with django_db_blocker.unblock(), serve_site() as site:
        yield site


@pytest.fixture
def site(running_site, django_db_blocker) -> Site:
    """The running product; while the test runs, Django itself sees the site's database too."""
    with django_db_blocker.unblock(), running_site.in_use():
        yield running_site


@pytest.fixture
def open_page(browser, site):
    """`open_page("phone", "dark")` gives a watched page of a stranger; path "" is the door."""
    opener = Opener(browser, site)
    yield opener.open
    opener.finish()


@pytest.fixture
def signed_in_page(open_page, site):
    """`signed_in_page("agent", "phone", "dark")`: a page of a member of that role."""

    def sign_in(role="owner", width="desk", theme="light"):
        page = open_page(width, theme)
        page.context.add_cookies([site.session_cookie(role)])
        return page

    return sign_in
