"""An import and its duplicates in the browser: upload, columns, report, merge."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect
from procrastinate.contrib.django.models import ProcrastinateJob

from tests.e2e.browser import LOOKS, axe_check, fits
from warmhand.apps.people.importing.queue import TASK
from warmhand.jobs.imports import import_uploaded

PEOPLE = (
    "id,name,company,email,since\n1,Ada Kettle,Kettle & Sons,ada@kettle.example,13/02/2026\n"
    "2,Ada Kettel,Kettle and Sons Ltd,ada@kettle.example,01/02/2026\n3,Bo,Harbour,bo@,\n"
)


@pytest.fixture
def file(tmp_path, settings):
    settings.MEDIA_ROOT = tmp_path / "files"
    path = tmp_path / "people.csv"
    path.write_text(PEOPLE)
    return path


WIDTHS = (390, 1280)


def look_at(page):
    """Nothing for axe to say, and nothing wider than the page, on a phone and on a desk."""
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        axe_check(page)
        fits(page)


@pytest.mark.parametrize(("width", "theme"), LOOKS)
@pytest.mark.parametrize("address", ["/import/", "/duplicates/"])
def test_the_pages_one_begins_with(signed_in_page, address, width, theme):
    page = signed_in_page("owner", width, theme)
    page.goto(address)
    axe_check(page)
    fits(page)


def test_from_a_file_to_a_merged_pair(signed_in_page, file):
    page = signed_in_page("owner")
    page.goto("/import/")
    page.get_by_label("File").set_input_files(file)
    page.get_by_role("button", name="Upload and look").click()
    expect(page.get_by_text("1 of 3 rows would be refused")).to_be_visible()
    look_at(page)
    page.get_by_role("button", name="Import 3 rows").click()
    expect(page.get_by_text("Waiting for the background worker")).to_be_visible()
    axe_check(page)
    for job in ProcrastinateJob.objects.filter(task_name=TASK):
        import_uploaded(**job.args)
    expect(page.get_by_text("“bo@” is not an e-mail address.")).to_be_visible()
    look_at(page)
    page.goto("/duplicates/")
    look_at(page)
    page.get_by_role("button", name="Merge and keep Ada Kettle").click()
    expect(page.get_by_role("button", name="Undo the merge")).to_be_visible()
    look_at(page)
