"""A mail leaves by a member's act, once for a cause, to nobody who wants none; by real SMTP."""

from __future__ import annotations

import smtplib

import pytest
from procrastinate.contrib.django.models import ProcrastinateJob

from tests.letterbox import free_port
from warmhand.apps.island.actor import Actor
from warmhand.apps.island.scope import workspace_scope
from warmhand.apps.messaging import services
from warmhand.apps.messaging.models import Message, Suppression
from warmhand.apps.messaging.services import LINK, STOP, Attachment, Parts
from warmhand.apps.people import services as people
from warmhand.apps.people.models import ContactPoint
from warmhand.jobs.mail import send_once
from warmhand.problems import Conflict, Invalid, NotFound, Problem

PAGE, STOP_PAGE = "https://warm.example/p/survey/{token}/", "https://warm.example/p/stop/{token}/"
ADDRESS = "ada@kettle.example"
TEXT = f"Good day, Jürgen,\n\nhow was <it>?\n{LINK}\n\nNo more mails: {STOP}"


def written(world, client, **values) -> Message:
    link = services.link_to(
        by=world.by, purpose="survey", client_id=client.pk, object_id=1, sentence="Made a link."
    )
    ContactPoint.objects.get_or_create(client=client, kind="email", value=ADDRESS)
    given = {
        "by": world.by,
        "address": ADDRESS,
        "template": "survey",
        "cause": "survey 1",
        "parts": Parts("Four questions", TEXT),
        "link": link,
        "page_pattern": PAGE,
        "stop_pattern": STOP_PAGE,
    }
    return services.write(client_id=client.pk, **(given | values))


def sent(world, message: Message, *, last: bool = False) -> Message:
    send_once(workspace_id=world.workspace.pk, message_id=message.pk, last=last)
    message.refresh_from_db()
    return message


def test_it_arrives_with_its_link_the_member_to_answer_to_and_a_way_to_stop(world, letterbox):
    message = written(world, world.client())
    assert (message.state, letterbox.mails) == ("waiting", [])
    [job] = ProcrastinateJob.objects.filter(task_name="warmhand.send_message")
    assert job.args == {"workspace_id": world.workspace.pk, "message_id": message.pk}
    assert sent(world, message).state == "sent"
    [mail] = letterbox.mails
    link = services.address_of(message.link, PAGE)
    assert mail["to"] == ADDRESS
    assert mail["from"] == '"Olga Owner (Harbour Advisers)" <warmhand@localhost>'
    assert mail["reply-to"] == "owner@warmhand.example"
    assert mail["list-unsubscribe-post"] == "List-Unsubscribe=One-Click"
    text = mail.get_body(("plain",)).get_content()
    page = mail.get_body(("html",)).get_content()
    assert link in text
    assert f'<a href="{link}">' in page
    assert "how was &lt;it&gt;?" in page
    stop = mail["list-unsubscribe"].strip(" <>")
    assert f"<{stop}>".encode() in letterbox.raw[0], "as it stands, not encoded: RFC 8058"
    assert stop in text
    assert services.stop_page(stop.split("/")[-2]).message_id == message.pk


def test_lines_end_alike_however_a_browser_sends_them(world, letterbox):
    parts = Parts("Hello", f"One\r\ntwo\r\n\r\n{LINK}")
    message = written(world, world.client(), parts=parts)
    assert message.text == f"One\ntwo\n\n{LINK}"
    assert "<p>One<br>two</p>" in message.html


def test_no_token_lies_in_the_outbox(world, letterbox):
    message = written(world, world.client())
    token = services.address_of(message.link, "{token}")
    kept = " ".join(
        str(value) for value in Message.objects.filter(pk=message.pk).values()[0].values()
    )
    assert LINK in kept
    assert token not in kept


def test_sent_twice_by_two_workers_it_goes_once(world, letterbox):
    message = written(world, world.client())
    sent(world, message)
    sent(world, message)
    assert len(letterbox.mails) == 1
    assert message.tries == 1


def test_one_mail_for_a_cause(world, letterbox):
    client = world.client()
    written(world, client)
    with pytest.raises(Conflict) as refused:
        written(world, client)
    assert refused.value.code == "mail_sent_already"
    assert Message.objects.count() == 1
    assert ProcrastinateJob.objects.filter(task_name="warmhand.send_message").count() == 1


def test_an_attachment_comes_along(world, letterbox):
    parts = Parts(
        "An invitation", f"See {LINK}", (Attachment("day.ics", "text/calendar", "BEGIN"),)
    )
    sent(world, written(world, world.client(), parts=parts))
    [attached] = letterbox.mails[0].iter_attachments()
    assert (attached.get_filename(), attached.get_content_type()) == ("day.ics", "text/calendar")


def test_a_name_with_a_line_in_it_makes_no_header(world, letterbox):
    member = world.members["owner"]
    member.name = "Olga\nBcc: all@else.example"
    member.save()
    parts = Parts("Hello\r\nBcc: all@else.example", TEXT)
    sent(world, written(world, world.client(), parts=parts))
    [mail] = letterbox.mails
    assert mail["bcc"] is None
    assert mail["subject"] == "Hello Bcc: all@else.example"


def test_without_a_mail_server_the_member_sends_it_themself(world, settings):
    settings.EMAIL_HOST = ""
    with pytest.raises(Problem) as refused:
        written(world, world.client())
    assert refused.value.code == "mail_not_set_up"
    assert "your own mail" in refused.value.lift


def test_no_program_of_its_own_writes_to_a_client(world, letterbox):
    with pytest.raises(Problem) as refused:
        written(world, world.client(), by=Actor(None, "A hook", "hook"))
    assert refused.value.code == "mail_without_member"


def test_a_text_without_the_link_is_refused(world, letterbox):
    with pytest.raises(Invalid):
        written(world, world.client(), parts=Parts("Hello", "How was it?"))


def test_who_stops_mails_gets_none_until_they_take_it_back(world, letterbox):
    client = world.client()
    first = sent(world, written(world, client))
    services.suppress(message_id=first.pk)
    services.suppress(message_id=first.pk)
    assert Suppression.objects.count() == 1
    assert ADDRESS not in str(Suppression.objects.values()[0])
    with pytest.raises(Problem) as refused:
        written(world, client, cause="survey 2", address=ADDRESS.upper())
    assert refused.value.code == "mail_stopped"
    services.let_write_again(message_id=first.pk)
    assert written(world, client, cause="survey 2").state == "waiting"


def test_a_stop_outlives_a_change_of_the_key(world, letterbox, settings):
    client = world.client()
    services.suppress(message_id=written(world, client).pk)
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "another key, as long as it has to be for this test"
    with pytest.raises(Problem, match="not to send"):
        written(world, client, cause="survey 2")


def test_stopped_while_it_waits_it_is_not_sent(world, letterbox):
    message = written(world, world.client())
    services.suppress(message_id=message.pk)
    assert sent(world, message).state == "refused"
    assert letterbox.mails == []


def test_withdrawn_while_it_waits_it_is_not_sent(world, letterbox):
    message = written(world, world.client())
    services.withdraw_link(by=world.by, link_id=message.link_id)
    assert sent(world, message).state == "refused"
    assert letterbox.mails == []


def test_consent_taken_back_while_it_waits_it_is_not_sent(world, letterbox):
    client = world.client()
    message = written(world, client)
    people.withdraw_consent(
        by=world.by, client_id=client.pk, on=world.today(), words="No more.", source="a call"
    )
    assert sent(world, message).state == "refused"
    assert "took their consent back" in message.why
    assert letterbox.mails == []


def test_whose_client_was_removed_while_it_waits_is_not_sent(world, letterbox):
    client = world.client()
    message = written(world, client)
    people.remove_client(by=world.by, client_id=client.pk)
    assert sent(world, message).state == "refused"
    assert message.why
    assert letterbox.mails == []


def test_in_another_workspace_the_address_is_written_to(closed_world, letterbox):
    with workspace_scope(closed_world.workspace.pk):
        services.suppress(message_id=written(closed_world, closed_world.client()).pk)
    with workspace_scope(closed_world.other.pk):
        by = Actor(closed_world.other.pk and _member(), "Otto", "web")
        client = closed_world.client(keeper=None)
        message = services.write(
            by=by,
            client_id=client.pk,
            address=ADDRESS,
            template="note",
            cause="1",
            parts=Parts("Hello", "Good day"),
        )
        assert message.state == "waiting"


def _member() -> int:
    from warmhand.apps.accounts.models import Member

    return Member.objects.get().pk


def test_a_server_that_is_away_is_tried_again_and_at_last_said(world, letterbox, settings):
    settings.EMAIL_PORT = free_port()
    message = written(world, world.client())
    with pytest.raises(OSError, match="refused"):
        sent(world, message)
    message.refresh_from_db()
    assert message.state == "waiting"
    assert sent(world, message, last=True).state == "failed"
    assert message.why == "The mail server can't be reached."


def test_a_refusal_for_good_is_not_tried_again(world, letterbox):
    letterbox.answer = "550 no such person"
    message = sent(world, written(world, world.client()))
    assert message.state == "failed"
    assert "550" in message.why
    letterbox.answer = "250 taken"
    assert sent(world, message).state == "failed"


def test_a_mistake_of_ours_is_said_and_goes_on_to_the_log(world, letterbox, monkeypatch):
    message = written(world, world.client())
    monkeypatch.setattr("warmhand.apps.messaging.services.outbox._mail", lambda message: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        sent(world, message)
    message.refresh_from_db()
    assert (message.state, message.why[:20]) == ("failed", "Something went wrong")


def test_a_refusal_for_now_is_tried_again(world, letterbox):
    letterbox.answer = "451 later"
    message = written(world, world.client())
    with pytest.raises(smtplib.SMTPDataError):
        sent(world, message)
    letterbox.answer = "250 taken"
    assert sent(world, message).state == "sent"


def test_a_forged_stop_page_is_none(world, letterbox):
    message = written(world, world.client())
    for token in ("nonsense", f"{message.workspace_id}.{message.pk}", ""):
        with pytest.raises(NotFound):
            services.stop_page(token)
