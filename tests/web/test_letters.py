"""Handing a client their link: copied, from one's own mail, or sent by a press of the button."""

from __future__ import annotations

from urllib.parse import unquote

import pytest
from django.urls import reverse

from tests.letterbox import link_in
from tests.public_visitor import Visitor, stamp_in
from warmhand.apps.island.scope import workspace_scope
from warmhand.apps.messaging.models import Message, PublicLink, Suppression
from warmhand.apps.people import services as people
from warmhand.apps.policies import services as policies
from warmhand.apps.work import services as work
from warmhand.jobs.mail import send_once

ADDRESS = "ada@kettle.example"


@pytest.fixture
def ada(closed_world, inside):
    with inside():
        made = closed_world.client(company=closed_world.company())
        people.add_contact_point(by=closed_world.by, client_id=made.pk, kind="email", value=ADDRESS)
        return made


@pytest.fixture
def link(closed_world, inside, ada, time) -> PublicLink:
    with inside():
        return work.invite_to_survey(by=closed_world.by, client_id=ada.pk)


def page_of(link: PublicLink) -> str:
    return reverse("web:letter", args=(link.pk,))


def press_send(browser, link: PublicLink, **changes):
    page = browser.get(page_of(link)).context
    form = {name: page["form"].initial[name] for name in ("subject", "text", "number")}
    return browser.post(reverse("web:letter_send", args=(link.pk,)), form | changes)


def deliver_all(world) -> None:
    with workspace_scope(world.workspace.pk):
        waiting = list(Message.objects.filter(state="waiting").values_list("pk", flat=True))
    for pk in waiting:
        send_once(workspace_id=world.workspace.pk, message_id=pk, last=False)


def test_four_questions_lead_to_the_link(as_member, ada, inside, time):
    browser = as_member("agent")
    address = reverse("web:act", args=("client", ada.pk, "four-questions"))
    assert "Nothing is sent before you do" in browser.get(address).content.decode()
    made = browser.post(address)
    with inside():
        link = PublicLink.objects.get()
    assert made.headers["Location"] == page_of(link)
    assert browser.post(address).headers["Location"] == page_of(link), "the one that waits"
    page = browser.get(page_of(link)).content.decode()
    assert Visitor(link_in(page, "/p/survey/")).looks().status_code == 200


def test_a_resolved_case_leads_to_its_question_and_an_open_one_does_not(
    as_member, closed_world, ada, inside, time
):
    with inside():
        case = work.open_case(by=closed_world.by, client_id=ada.pk, title="The parcel was lost")
    browser = as_member("agent")
    address = reverse("web:act", args=("case", case.pk, "question"))
    refused = browser.post(address)
    assert refused.status_code == 422
    assert "there is nothing to ask" in refused.content.decode()
    with inside():
        work.resolve_case(by=closed_world.by, case_id=case.pk)
    assert address in browser.get(f"/console/{ada.pk}/").content.decode()
    page = browser.post(address, follow=True).content.decode()
    assert "The parcel was lost" in page
    assert Visitor(link_in(page, "/p/case/")).looks().status_code == 200


def test_without_a_mail_server_it_is_copied_or_written_in_ones_own_mail(as_member, link):
    page = as_member("agent").get(page_of(link))
    text = page.content.decode()
    assert text.index("Send it yourself") < text.index("Send it from here")
    assert "No mail server is set up here" in text
    mail = unquote(page.context["it"].by_own_mail)
    assert mail.startswith(f"mailto:{ADDRESS}?subject=Four short questions")
    assert link_in(mail, "/p/survey/") in mail
    assert press_send(as_member("agent"), link).status_code == 422


def test_sent_by_a_press_of_the_button_it_arrives_and_leads_to_the_page(
    as_member, closed_world, link, letterbox, inside
):
    browser = as_member("account_manager")
    text = browser.get(page_of(link)).content.decode()
    assert text.index("Send it from here") < text.index("Or send it yourself")
    answer = press_send(browser, link)
    assert answer.headers["Location"] == page_of(link)
    assert letterbox.mails == [], "after the commit, by the background"
    deliver_all(closed_world)
    [mail] = letterbox.mails
    assert mail["to"] == ADDRESS
    assert mail["reply-to"] == "account_manager@warmhand.example"
    body = mail.get_body(("plain",)).get_content()
    assert Visitor(link_in(body, "/p/survey/")).looks().status_code == 200
    assert "sent" in browser.get(page_of(link)).content.decode()


def test_pressed_twice_it_goes_once_and_a_reminder_has_to_wait(
    as_member, closed_world, link, letterbox, inside, time
):
    browser = as_member("agent")
    assert press_send(browser, link).status_code == 302
    assert press_send(browser, link, number=1, subject="x", text="y").status_code == 422
    deliver_all(closed_world)
    assert "only just out" in browser.get(page_of(link)).content.decode()
    time.passes(days=3, hours=1)
    assert "Send a reminder" in browser.get(page_of(link)).content.decode()
    assert press_send(browser, link).status_code == 302
    time.passes(days=3, hours=1)
    assert press_send(browser, link).status_code == 302
    deliver_all(closed_world)
    time.passes(days=3, hours=1)
    assert press_send(browser, link).status_code == 422
    assert "3 mails about this" in browser.get(page_of(link)).content.decode()
    assert len(letterbox.mails) == 3


def test_one_own_words_go_out_but_not_without_the_link(as_member, closed_world, link, letterbox):
    browser = as_member("agent")
    refused = press_send(browser, link, text="How was it?")
    assert refused.status_code == 422
    assert "has to hold the link" in refused.content.decode()
    address = browser.get(page_of(link)).context["it"].address
    press_send(browser, link, text=f"How was it, Ada? {address}")
    deliver_all(closed_world)
    text = letterbox.mails[0].get_body(("plain",)).get_content()
    assert text.startswith("How was it, Ada? http")


@pytest.mark.parametrize(
    ("what", "code"),
    [
        ("withdrawn", "took their consent back"),
        ("unrecorded", "writes to nobody without it"),
        ("wish", "wishes not to be asked"),
        ("stopped", "asked us not to send mails"),
        ("no address", "No e-mail address"),
    ],
)
def test_nobody_is_written_to_who_has_not_agreed(
    as_member, closed_world, ada, link, letterbox, inside, what, code
):
    by = closed_world.by
    with inside():
        if what == "withdrawn":
            people.withdraw_consent(by=by, client_id=ada.pk)
        elif what == "unrecorded":
            policies.save_policy(by=by, values={"require_recorded_consent": True}, why="Law")
        elif what == "wish":
            people.set_do_not_ask(by=by, client_id=ada.pk)
        elif what == "stopped":
            from warmhand.apps.messaging.tokens import address_hashes

            Suppression.objects.create(
                address_hash=address_hashes(closed_world.workspace.pk, ADDRESS)[0],
                at="2026-11-26T00:00Z",
            )
        else:
            point = ada.contact_points.get()
            people.remove_contact_point(by=by, contact_point_id=point.pk)
    browser = as_member("owner")
    assert code in browser.get(page_of(link)).content.decode()
    assert press_send(browser, link).status_code == 422
    with inside():
        assert not Message.objects.exists()
    assert letterbox.mails == []


def test_a_question_about_a_case_may_go_to_who_wishes_not_to_be_asked(
    as_member, closed_world, ada, letterbox, inside, time
):
    """It asks nothing of them; it is our duty to ask whether it is solved (P12)."""
    with inside():
        people.set_do_not_ask(by=closed_world.by, client_id=ada.pk)
        case = work.open_case(by=closed_world.by, client_id=ada.pk, title="The parcel")
        work.resolve_case(by=closed_world.by, case_id=case.pk)
        link = work.ask_if_solved(by=closed_world.by, case_id=case.pk)
    assert press_send(as_member("agent"), link).status_code == 302


def test_withdrawn_with_an_undo(as_member, closed_world, link, time):
    browser = as_member("agent")
    answer = browser.post(reverse("web:letter_withdraw", args=(link.pk,)), follow=True)
    page = answer.content.decode()
    assert "opens nothing any more" in page
    assert "Undo" in page
    assert "Send it yourself" not in page
    assert reverse("web:act", args=("client", link.client_id, "four-questions")) in page


def test_what_came_of_it_is_shown(as_member, closed_world, link, time):
    browser = as_member("agent")
    visitor = Visitor(link_in(browser.get(page_of(link)).content.decode(), "/p/survey/"))
    visitor.looks()
    time.passes(seconds=4)
    visitor.sends(satisfied=9, would_recommend=9, would_introduce=2)
    assert "They answered" in browser.get(page_of(link)).content.decode()
    shown = " ".join(browser.get("/surveys/").content.decode().split())
    assert "Of <strong>1</strong> client who answered both" in shown
    assert "<strong>1</strong> would say good things" in shown
    assert "<strong>0</strong> would introduce us (8 of 10 or more)" in shown


def test_another_workspace_never_sees_it(closed_world, client, link):
    client.force_login(closed_world.outsider)
    for name, method in (("letter", "get"), ("letter_send", "post"), ("letter_withdraw", "post")):
        answer = getattr(client, method)(reverse(f"web:{name}", args=(link.pk,)))
        assert answer.status_code == 404


def stop_path(mail) -> str:
    return link_in(mail["list-unsubscribe"], "/p/stop/").rstrip(">")


@pytest.fixture
def mail(as_member, closed_world, link, letterbox):
    press_send(as_member("agent"), link)
    deliver_all(closed_world)
    return letterbox.mails[0]


def stopped(world) -> bool:
    with workspace_scope(world.workspace.pk):
        return Suppression.objects.exists()


def test_a_mail_program_stops_them_by_one_click(closed_world, mail):
    reader = Visitor(stop_path(mail))
    answer = reader.client.post(reader.path, {"List-Unsubscribe": "One-Click"})
    assert answer.status_code == 200
    assert stopped(closed_world)


def test_looking_or_pressing_blindly_stops_nothing_and_a_person_does_and_undoes(
    closed_world, mail, time
):
    reader = Visitor(stop_path(mail))
    assert "No more of these mails?" in reader.looks().content.decode()
    assert reader.client.head(reader.path).status_code == 200
    assert reader.client.post(reader.path, {"act": "stop"}).status_code == 409
    assert reader.sends(act="stop").status_code == 422
    assert not stopped(closed_world)
    time.passes(seconds=4)
    assert reader.sends(act="stop").status_code == 302
    assert stopped(closed_world)
    assert "You get no more" in reader.looks().content.decode()
    time.passes(seconds=4)
    reader.sends(act="again")
    assert not stopped(closed_world)


def test_the_way_to_stop_outlives_the_link(closed_world, mail, link, inside, time):
    time.passes(days=400)
    assert Visitor(stop_path(mail)).looks().status_code == 200


def test_a_stop_page_of_another_text_is_none(mail):
    wrong = Visitor("/p/stop/nonsense/").looks()
    cut = Visitor(stop_path(mail)[:-3] + "/").looks()
    assert (wrong.status_code, cut.status_code) == (404, 404)
    assert wrong.content == cut.content
    assert stamp_in(wrong.content.decode()) == ""
