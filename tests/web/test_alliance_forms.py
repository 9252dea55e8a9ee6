"""Forms of alliances: lines of business by plain names, what a referral was worth, with Undo."""

from __future__ import annotations

import re

import pytest

from tests.alliances.stories import MOVERS, TAX, ally, general, give, receive
from warmhand.apps.alliances.models import Alliance, Enquiry, Exchange
from warmhand.apps.alliances.services import record_exchange
from warmhand.matching import scheme
from warmhand.problems import Invalid


@pytest.fixture
def partner(closed_world, inside):
    with inside():
        general(closed_world)
        return ally(closed_world, "Hafen")


def page(answer) -> str:
    return answer.content.decode()


def test_lines_are_proposed_by_plain_names_beside_those_ticked(as_member):
    text = page(
        as_member("agent").get(f"/alliances/lines/?categories_words=moving&categories={TAX}")
    )
    assert re.search(rf'value="{TAX}" checked><span>{re.escape(scheme().title(TAX))}<', text)
    proposed = re.findall(r'value="([^"]+)"><span>([^<]+)<', text)
    assert proposed
    assert all(scheme().title(code) for code, _ in proposed)
    assert "<script" not in page(as_member("agent").get("/alliances/lines/?name=<script>"))


def _change(browser, alliance, **sent):
    values = {
        "name": "Hafen", "sector": "general", "at_most": "count", "warn_days": "60",
        "starts_on": "2024-01-01", "company": "Hafen", **sent,
    }  # fmt: skip
    return browser.post(f"/alliances/{alliance.pk}/edit/", values)


def test_a_line_is_ticked_typed_or_refused_with_what_it_may_mean(as_member, inside, partner):
    browser = as_member("agent")
    title = scheme().title(TAX)
    answer = _change(browser, partner, categories=[MOVERS], categories_words=title)
    assert answer.status_code == 302
    with inside():
        changed = Alliance.objects.get()
        assert changed.categories == [MOVERS, TAX]
        assert changed.company.name == "Hafen"
    assert f'value="{MOVERS}" checked' in page(browser.get(f"/alliances/{partner.pk}/edit/"))
    answer = _change(browser, partner, categories=[MOVERS], categories_words="movng")
    assert answer.status_code == 422
    assert "is no line of business" in page(answer)
    assert f'value="{MOVERS}" checked' in page(answer)
    assert 'value="movng"' in page(answer)


def test_a_place_is_said_by_name_and_a_country_that_is_none_at_its_field(
    as_member, inside, partner
):
    browser = as_member("agent")
    for said, kept, shown in (
        ("Germany", "DE", "Germany"),
        ("us-ny", "US-NY", "United States (NY)"),
        ("", "", ""),
        ("gb", "GB", "United Kingdom"),
    ):
        assert _change(browser, partner, place=said).status_code == 302
        with inside():
            assert Alliance.objects.get().place == kept
        assert shown in page(browser.get(f"/alliances/{partner.pk}/"))
    assert 'value="United Kingdom"' in page(browser.get(f"/alliances/{partner.pk}/edit/"))
    for wrong in ("Germoney", "XQ", "XQ-NY", "US-NewYork"):
        answer = _change(browser, partner, place=wrong)
        assert answer.status_code == 422
        assert "is no country we know: write Germany, or DE" in page(answer)
        assert f'value="{wrong}"' in page(answer)


def test_an_enquirys_category_is_one_that_there_is(closed_world, as_member, inside):
    sent = {"words": "Moves a piano", "asker": "Ruth", "category": "99zz"}
    sent["on"] = closed_world.today().isoformat()
    answer = as_member("agent").post("/enquiries/new/", sent)
    assert answer.status_code == 422
    assert answer.context["form"].errors.keys() == {"category"}
    assert "is no code of NAICS 2022" in page(answer)
    with inside():
        assert not Enquiry.objects.exists()
    answer = as_member("agent").post("/enquiries/new/", {**sent, "category": MOVERS})
    assert answer.status_code == 302


@pytest.mark.parametrize("source", ["referral_given", "referral_received"])
def test_what_a_referral_was_worth_is_noted_on_its_line_and_undone(
    closed_world, as_member, inside, partner, source
):
    with inside():
        go = give if source == "referral_given" else receive
        (referral,) = go(closed_world, partner, 1)
    browser, path = as_member("agent"), f"/alliances/{partner.pk}/"
    form = f"{path}worth/{source}/{referral.pk}/"
    assert f'href="{form}"' in page(browser.get(path))
    assert browser.get(form).status_code == 200
    today = closed_world.today().isoformat()
    assert browser.post(form, {"amount": "5", "unit": "QQQ", "on": today}).status_code == 422
    answer = browser.post(form, {"amount": "1200", "unit": "jpy", "on": today}, follow=True)
    assert "¥1,200" in page(answer)
    assert f'href="{form}"' not in page(answer), "it has its worth"
    with inside():
        noted = Exchange.objects.get()
        (other,) = go(closed_world, partner, 1, days=9)
    again = page(browser.get(f"{path}worth/{source}/{other.pk}/"))
    assert 'value="JPY"' in again, "the currency used last stands there"
    assert (other.client.title if go is give else other.new_person) in again, "whose it is"
    undo = f"/alliances/exchanges/{noted.pk}/remove/"
    assert re.search(rf'action="{undo}">.{{0,200}}>Undo<', page(answer))
    assert f'href="{form}"' in page(browser.post(undo, follow=True))
    with inside():
        assert not Exchange.all_objects.exists()


def test_no_worth_of_a_referral_that_is_not_theirs(closed_world, inside, as_member, partner):
    with inside():
        other = ally(closed_world, "Lotsen")
        (given,) = give(closed_world, other, 1)
        with pytest.raises(Invalid) as refused:
            record_exchange(
                by=closed_world.by, alliance_id=partner.pk, incoming=False, value=5, unit="EUR",
                referral_given_id=given.pk,
            )  # fmt: skip
    assert [place.field for place in refused.value.places] == ["referral_given_id"]
    path = f"/alliances/{partner.pk}/worth/nonsense/1/"
    assert as_member("agent").get(path).status_code == 404


def test_where_it_is_only_observed_nobody_is_asked_what_it_was_worth(
    closed_world, inside, as_member
):
    with inside():
        general(closed_world)
        made = ally(closed_world, "Pell", at_most="observe")
        give(closed_world, made, 1)
    assert "Worth?" not in page(as_member("agent").get(f"/alliances/{made.pk}/"))
