"""The review pack and the workspace's brand, as pages: shown, printed, withheld, refused."""

from __future__ import annotations

import io
import re
from pathlib import Path

import pytest
from PIL import Image

from tests.asks.earned import earn
from tests.printing.packs import squeezed, text_of
from warmhand.apps.accounts import queries
from warmhand.apps.accounts.logos import MOST_BYTES, redrawn
from warmhand.apps.journal import queries as journal
from warmhand.apps.people.models import Client
from warmhand.apps.work.models import Case, Rating
from warmhand.problems import Invalid

pytestmark = pytest.mark.django_db


@pytest.fixture
def ada(closed_world, inside):
    with inside():
        client = earn(closed_world, company=closed_world.company())
        for days in (80, 60):
            day = {"opened_on": closed_world.days_ago(days)}
            Case.objects.create(
                client=client, title="Squeaks", resolved_on=closed_world.days_ago(50), **day
            )
        return client


@pytest.fixture(autouse=True)
def own_folder(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def picture(kind="PNG", size=(300, 80), **options) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", size, "#c03020").save(out, kind, **options)
    return out.getvalue()


def test_the_page_shows_what_the_paper_prints(as_member, ada):
    browser = as_member("agent")
    path = f"/clients/{ada.pk}/review-pack/"
    page = browser.get(path)
    said = page.content.decode()
    for each in ("The new roof", "10 days early", "Very pleased", "Found them a notary", "Squeaks"):
        assert each in said
    assert page["Cache-Control"] == "private, no-store"
    assert 'style="' not in said
    paper = browser.get(f"/clients/{ada.pk}/review-pack.pdf")
    assert paper["Content-Type"] == "application/pdf"
    assert paper["Cache-Control"] == "private, no-store"
    assert paper["Content-Disposition"].startswith('inline; filename="review-pack-ada-kettle-')
    words = text_of(paper.content)
    for each in ("The new roof", "10 days early", "Very pleased", "Found them a notary", "Squeaks"):
        assert squeezed(each) in words
    saved = browser.get(f"/clients/{ada.pk}/review-pack.pdf?save")
    assert saved["Content-Disposition"].startswith("attachment;")


def test_every_chart_on_the_page_is_there(as_member, ada):
    browser = as_member("agent")
    said = browser.get(f"/clients/{ada.pk}/review-pack/").content.decode()
    found = set(re.findall(r'src(?:set)?="([^"]+\.svg[^"]*)"', said))
    assert len(found) == 8  # the time line and the bars, wide and narrow, light and dark
    for address in found:
        chart = browser.get(address.replace("&amp;", "&"))
        assert chart["Content-Type"] == "image/svg+xml"
        assert len(chart.content) > 2000
    assert browser.get(f"/clients/{ada.pk}/review-pack/nonsense.svg").status_code == 404


def test_period_and_language_are_chosen_and_go_into_the_paper(as_member, ada, closed_world):
    browser = as_member("agent")
    since = closed_world.days_ago(100).isoformat()
    query = f"?since={since}&language=de"
    said = browser.get(f"/clients/{ada.pk}/review-pack/{query}").content.decode()
    assert "Was vereinbart war und wann es kam" in said
    assert f"review-pack.pdf?since={since}&amp;language=de" in said
    words = text_of(browser.get(f"/clients/{ada.pk}/review-pack.pdf{query}").content)
    assert squeezed("Unser Rückblick") in words


@pytest.mark.parametrize(
    ("query", "told"),
    [
        ("until=2190-01-01", "A pack tells what was"),
        ("since=2020-01-05&until=2020-01-01", "Name a day until 1 January 2020."),
        ("since=nonsense", "Enter a valid date."),
    ],
)
def test_a_period_that_cannot_be_is_said_at_its_field(as_member, ada, query, told):
    page = as_member("agent").get(f"/clients/{ada.pk}/review-pack/?{query}")
    assert page.status_code == 422
    assert told in page.content.decode()
    assert b"The new roof" in page.content


def test_nothing_favourable_is_said_openly_with_what_puts_it_right(
    as_member, ada, inside, closed_world
):
    with inside():
        Rating.objects.create(client=ada, on=closed_world.days_ago(3), score=2, words="No call")
    browser = as_member("agent")
    said = browser.get(f"/clients/{ada.pk}/review-pack/").content.decode()
    assert "Not yet a pack to show" in said
    assert "They rated us 2 of 10 and it was not made good." in said
    assert "“No call”" in said
    assert f"/clients/{ada.pk}/moves/recover/do/" in said
    assert "Very pleased" not in said
    paper = browser.get(f"/clients/{ada.pk}/review-pack.pdf")
    assert "recovery-sheet-ada-kettle" in paper["Content-Disposition"]
    words = text_of(paper.content)
    assert squeezed("For ourselves only. Not for the client.") in words
    assert (
        b"10 days early" not in browser.get(f"/clients/{ada.pk}/review-pack/time_line.svg").content
    )


def test_a_period_too_short_points_to_a_longer_one(as_member, ada, closed_world):
    since = closed_world.days_ago(5).isoformat()
    said = as_member("agent").get(f"/clients/{ada.pk}/review-pack/?since={since}").content.decode()
    assert "Not yet a pack to show" in said
    longer = re.search(r'class="button primary" href="([^"]+)"', said)[1]
    page = as_member("agent").get(f"/clients/{ada.pk}/review-pack/{longer}").content.decode()
    assert "10 days early" in page


def test_it_is_offered_where_one_prepares(as_member, ada):
    browser = as_member("account_manager")
    for page in ("", "verdict/"):
        said = browser.get(f"/clients/{ada.pk}/{page}").content.decode()
        assert f"/clients/{ada.pk}/review-pack/" in said


def test_a_client_without_any_record_has_a_page_that_says_what_is_missing(
    as_member, closed_world, inside
):
    with inside():
        bare = Client.objects.create(name="Bo")
    said = as_member("agent").get(f"/clients/{bare.pk}/review-pack/").content.decode()
    assert "Nothing has been agreed with them yet." in said


# colour and logo


def test_the_colour_goes_through_page_paper_and_preview(as_member, ada, inside):
    browser = as_member("owner")
    assert b"How your papers look" in browser.get("/workspace/").content
    assert b"#aa2200" in browser.get("/workspace/brand/preview.svg?colour=%23AA2200").content
    assert browser.post("/workspace/", {"colour": "#AA2200"}).status_code == 302
    with inside():
        assert queries.brand().colour == "#aa2200"
        assert journal.entries()[0].changes["colour"] == ["", "#aa2200"]
    assert (
        b"--brand-bar: light-dark(#aa2200," in browser.get("/workspace/brand/colours.css").content
    )
    chart = browser.get(f"/clients/{ada.pk}/review-pack/time_line.svg")
    assert b"#aa2200" in chart.content


@pytest.mark.parametrize("colour", ["red", "#12345", "#12345g", "</styl"])
def test_what_is_no_colour_is_refused(as_member, inside, colour):
    page = as_member("owner").post("/workspace/", {"colour": colour})
    assert page.status_code == 422
    assert b"six digits or letters" in page.content
    with inside():
        assert queries.brand().colour == ""


def test_a_logo_is_kept_shown_printed_and_taken_down(as_member, ada, inside):
    browser = as_member("owner")
    assert browser.get("/workspace/brand/logo.png").status_code == 404
    file = io.BytesIO(picture())
    file.name = "our logo.png"
    assert browser.post("/workspace/", {"colour": "#0f5a50", "logo": file}).status_code == 302
    shown = browser.get("/workspace/brand/logo.png")
    assert Image.open(io.BytesIO(shown.content)).size == (300, 80)
    assert b"/workspace/brand/logo.png" in browser.get(f"/clients/{ada.pk}/review-pack/").content
    assert b"/Image" in browser.get(f"/clients/{ada.pk}/review-pack.pdf").content
    browser.post("/workspace/", {"colour": "#0f5a50"})
    with inside():
        assert queries.brand(logo=True).logo  # saving again without a file keeps it
    browser.post("/workspace/", {"colour": "#0f5a50", "no_logo": "on"})
    with inside():
        assert queries.brand(logo=True).logo == b""


def test_nothing_hidden_in_a_picture_is_kept():
    exif = Image.Exif()
    exif[0x010E] = "taken at Harbour Street 7"  # the description
    made = picture("JPEG", exif=exif, comment=b"secret words")
    assert b"Harbour Street 7" in made
    kept = redrawn(made)
    assert kept.startswith(b"\x89PNG")
    assert b"Harbour Street 7" not in kept
    assert b"secret words" not in kept


def test_a_large_picture_is_made_smaller():
    with Image.open(io.BytesIO(redrawn(picture(size=(5000, 1000))))) as kept:
        assert kept.size == (1200, 240)


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"GIF89a" + b"\x00" * 40, "can't be read"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "can't be read"),
        (picture()[:60], "can't be read"),
        (picture(size=(4, 300)), "Each side"),
        (picture(size=(6001, 20)), "Each side"),
        (b"\x89PNG" + b"\x00" * MOST_BYTES, "larger than 512 KB"),
    ],
    ids=["gif", "svg", "cut off", "narrow", "wide", "big"],
)
def test_what_is_no_logo_is_refused(content, told):
    with pytest.raises(Invalid) as refused:
        redrawn(content)
    assert [place.field for place in refused.value.places] == ["logo"]
    assert told in refused.value.places[0].sentence


def test_a_refused_logo_changes_nothing(as_member, inside, settings):
    file = io.BytesIO(b"GIF89a")
    file.name = "logo.png"
    page = as_member("owner").post("/workspace/", {"colour": "#aa2200", "logo": file})
    assert page.status_code == 422
    assert b"PNG or JPEG" in page.content
    with inside():
        assert queries.brand().colour == ""
    assert not list(Path(settings.MEDIA_ROOT).rglob("*.png"))


def test_the_other_settings_are_saved_as_before(as_member, closed_world):
    sent = {"name": "New name", "timezone_name": "Europe/Paris", "language": "en"}
    assert as_member("owner").post("/workspace/", sent).status_code == 302
    closed_world.workspace.refresh_from_db()
    assert closed_world.workspace.name == "New name"
