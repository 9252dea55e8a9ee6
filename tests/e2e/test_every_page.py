"""Every page that a GET answers, from the table of routes: no page is left out of the look.

Each is opened over one record of every kind, in one of the two looks by turns (the main pages are
opened in both by tests of their own): axe finds nothing, nothing overflows sideways.
"""

from __future__ import annotations

import pytest

from tests.contracts.planted import plant
from tests.contracts.route_table import PAGES
from tests.contracts.test_routes import address
from tests.e2e.browser import LOOKS, axe_check, fits

NO_PAGES = {
    "mfa_download_recovery_codes": "a text file",
    "web:import_refused": "a CSV file",
    "web:evidence": "a file",
    "web:company_names": "part of a page",
    "web:brand_preview": "a picture",
    "web:logo": "a picture",
    "web:brand_colours": "a stylesheet",
    "web:review_pack_pdf": "a PDF file",
    "web:review_pack_chart": "a picture",
    "web:what_if": "part of a page",
    "web:arrivals": "part of a page",
    "web:favours-none-csv": "a CSV file",
    "web:directory_export": "a CSV file",
    "web:giving_csv": "a CSV file",
    "web:ledger_csv": "a CSV file",
    "web:alliance_paper_file": "a file",
    "web:public_directory_look": "a stylesheet",
    "web:public_directory_logo": "a picture",
    "web:category_choices": "part of a page",
    "web:line_choices": "part of a page",
    "web:need_categories": "part of a page",
    "web:quick_clients": "part of a page",
    "web:panel": "the helpdesk has to sign it; tests/e2e/test_panel looks at it",
    "web:home": "leads on to another page",
    "web:review_ics": "a file",
    "web:review_invitation_ics": "a file",
    "web:public_review_ics": "a file",
    "account_logout": "asks whether to, and the test of signing in looks at it",
    "web:import_columns": "leads on: the planted upload is no file",
}
ROWS = [row for row in PAGES if "GET" in row.methods and row.name not in NO_PAGES]
SAYS_NO = {
    "web:accept_invitation",
    "web:public_survey",
    "web:public_case",
    "web:public_stop",
    "web:public_review",
    "web:public_directory",
    "web:public_introduction",
    "web:public_brief",
    "web:public_follow_up",
}
"""Pages that, with what is planted, kindly say that there is nothing: looked at all the same."""


@pytest.fixture(scope="module")
def planted(running_site, django_db_blocker):
    with django_db_blocker.unblock(), running_site.in_use():
        return plant(running_site.world.workspace.pk, "Planted")


@pytest.mark.slow
@pytest.mark.parametrize("turn", [0, 1], ids=["-".join(look) for look in LOOKS])
def test_every_page(signed_in_page, planted, turn):
    page = signed_in_page("owner", *LOOKS[turn])
    for row in ROWS[turn::2]:
        answer = page.goto(address(row, planted))
        right = {404} if row.name in SAYS_NO else {200, *row.ok}
        assert answer.status in right, row.name
        axe_check(page)
        fits(page)
