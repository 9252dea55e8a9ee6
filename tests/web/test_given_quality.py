"""The form of a referral given tells, while one writes, how good it is and what would raise it."""

from __future__ import annotations

import re

import pytest
from django.urls import reverse

from warmhand.apps.giving.models import ReferralGiven
from warmhand.apps.giving.services import note_need
from warmhand.apps.introductions import queries

WHY = "They moved two of our clients without a scratch."
WORDS = "A mover for the second of June"


def figure(answer):
    return int(re.search(r"<strong>(\d+)</strong> of 100", answer.content.decode())[1])


def live_part(page):
    """The address of the part that answers while one writes."""
    return re.search(r'class="live"[^>]* hx-post="([^"]+)"', page.content.decode())[1]


@pytest.fixture
def need(closed_world, inside):
    with inside():
        client = closed_world.client("Ada Kettle")
        return note_need(by=closed_world.by, client_id=client.pk, words=WORDS)


def test_the_clients_form_tells_it_and_keeps_the_same(as_member, inside, need):
    browser = as_member("agent")
    act = reverse("web:act", args=["client", need.client_id, "referral-given"])
    form = browser.get(act)
    assert f'<option value="{need.pk}">{WORDS}</option>' in form.content.decode()
    live = live_part(form)
    assert figure(browser.post(live)) == 0
    said = {"why_confident": WHY, "need_id": need.pk, "done": ["consent", "direct_contact"]}
    shown = browser.post(live, said)
    assert figure(shown) == 70
    assert "the provider to call and set it up" in shown.content.decode()
    with inside():
        assert not ReferralGiven.objects.exists()
    sent = said | {"provider": "Swift Movers", "on": need.noted_on}
    assert browser.post(act, sent).status_code == 302
    with inside():
        [given] = ReferralGiven.objects.all()
        assert queries.qualities([given])[given.pk].score == 70
    assert "70 of 100" in browser.get(reverse("web:referrals-given")).content.decode()


def test_the_form_about_a_need_knows_its_words(as_member, need):
    browser = as_member("agent")
    form = browser.get(reverse("web:act", args=["need", need.pk, "refer"]))
    assert "need_words" not in form.content.decode()
    assert figure(browser.post(live_part(form), {"why_confident": WHY})) == 35


def test_the_form_of_the_move_tells_it_too(as_member, need):
    browser = as_member("agent")
    form = browser.get(reverse("web:move_do", args=[need.client_id, "give_referral"]))
    assert figure(browser.post(live_part(form), {"need_id": need.pk})) == 10


def test_without_open_needs_there_is_nothing_to_choose(as_member, closed_world, inside):
    with inside():
        client = closed_world.client("Otto Holm")
    form = as_member("agent").get(reverse("web:act", args=["client", client.pk, "referral-given"]))
    assert 'name="need_id"' not in form.content.decode()
    assert 'name="need_words"' in form.content.decode()


def test_a_need_of_nobody_is_not_there(as_member):
    assert (
        as_member("agent").post(reverse("web:given_quality"), {"need_id": "99"}).status_code == 404
    )
