"""The ledger's pages and file: each currency in its own digits, and by itself."""

from __future__ import annotations

import csv
import io

import pytest

from tests.alliances.stories import ally, general
from warmhand.apps.alliances.models import Exchange


@pytest.fixture
def partner(closed_world, inside):
    with inside():
        general(closed_world)
        return ally(closed_world, "Hafen")


def _record(browser, alliance, day, amount, unit):
    sent = {"incoming": "yes", "kind": "work", "what": "Work", "on": day.isoformat(),
            "amount": amount, "unit": unit}  # fmt: skip
    return browser.post(f"/alliances/{alliance.pk}/exchanges/", sent)


def test_pages_and_file_keep_currencies_apart(closed_world, inside, as_member, partner):
    browser, day = as_member("owner"), closed_world.today()
    for amount, unit in (("12.50", "eur"), ("1200", "JPY"), ("1.234", "KWD")):
        assert _record(browser, partner, day, amount, unit).status_code == 302
    assert _record(browser, partner, day, "1.5", "JPY").status_code == 422
    with inside():
        kept = dict(Exchange.objects.values_list("unit", "value"))
    assert kept == {"EUR": 1250, "JPY": 1200, "KWD": 1234}
    for path in (f"/alliances/{partner.pk}/", "/ledger/", "/ledger/return/"):
        text = browser.get(path).content.decode()
        assert "never added together" in text
        assert all(said in text for said in ("€12.50", "¥1,200", "KWD\xa01.234")), path
    file = browser.get("/ledger/ledger.csv").content.decode("utf-8-sig")
    (row,) = csv.DictReader(io.StringIO(file))
    assert row["worth received"] == "€12.50, ¥1,200, KWD\xa01.234"
    assert row["worth balance"] == "−€12.50, −¥1,200, −KWD\xa01.234"
