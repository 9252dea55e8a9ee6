"""The words of an ask as a page: how they are said, copied, and one's own checked."""

from __future__ import annotations

import pytest

from tests.heart_world import furnish

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}


@pytest.fixture
def ids(closed_world):
    return furnish(closed_world)


def text(answer):
    return answer.content.decode()


def test_the_words_change_with_channel_and_manner(as_member, ids):
    page = as_member("agent")
    path = f"/clients/{ids['ask']}/words/"
    mail = text(page.get(path, {"channel": "email", "formality": "formal"}))
    assert "Yours sincerely," in mail
    assert "<html" in mail
    part = text(page.get(path, {"channel": "chat"}, headers=HTMX))
    assert "<html" not in part
    assert 'value="chat" checked' in part
    assert "Yours sincerely," not in part


def test_what_is_chosen_wrongly_is_left_out(as_member, ids):
    path = f"/clients/{ids['ask']}/words/"
    assert as_member("agent").get(path, {"channel": "pigeon", "case": "x"}).status_code == 200


def test_no_words_where_no_ask_is_earned(as_member, ids):
    answer = as_member("agent").get(f"/clients/{ids['unhappy']}/words/")
    assert answer.status_code == 409
    assert "Not yet." in text(answer)


def test_own_words_are_told_what_is_wrong_where_and_what_instead(as_member, ids):
    path = f"/clients/{ids['ask']}/words/check/"
    sent = {"text": "Can you give me some <b>referrals</b>?", "kind": "ask"}
    told = text(as_member("agent").post(path, sent, headers=HTMX))
    assert "<mark>" in told
    assert "shows nothing that has earned them" in told
    assert "<b>referrals" not in told
    assert "<html" not in told
    page = text(as_member("agent").post(path, sent))
    assert "<html" in page
    assert "Can you give me some" in page


def test_another_clients_name_is_found(as_member, ids):
    path = f"/clients/{ids['ask']}/words/check/"
    sent = {"text": "Bruno Salt is with us, too. Who else do you know?", "kind": "ask"}
    assert "tells something about another client" in text(as_member("agent").post(path, sent))


def test_own_words_in_another_language_are_told_to_be_unread(as_member, ids):
    path = f"/clients/{ids['ask']}/words/check/"
    sent = {"text": "Kennen Sie jemanden, dem wir genauso helfen könnten?", "kind": "ask"}
    told = text(as_member("agent").post(path, sent, headers=HTMX))
    assert "This reads as German; we check English only so far." in told
    assert "This is heard as" not in told
    assert "Nothing to change" not in told
    known = {**sent, "text": f"{sent['text']} Bruno Salt ist auch bei uns."}
    told = text(as_member("agent").post(path, known, headers=HTMX))
    assert "<mark>Bruno Salt</mark>" in told


def test_empty_words_are_asked_for(as_member, ids):
    answer = as_member("agent").post(f"/clients/{ids['ask']}/words/check/", {"text": " "})
    assert answer.status_code == 422
    assert "Write what you mean to say" in text(answer)
