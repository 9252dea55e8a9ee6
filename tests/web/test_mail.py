"""Password reset and invitations by a real SMTP server, as the mail settings say."""

from __future__ import annotations

import re
import socket
from email import message_from_bytes, policy

import pytest
from aiosmtpd.controller import Controller
from django.test import Client
from django.urls import reverse

from tests.world import PASSWORD
from warmhand.apps.accounts.models import User
from warmhand.apps.accounts.queries import memberships

NEW = "another long passphrase"


class Letterbox:
    """Keeps what an SMTP server is handed."""

    def __init__(self) -> None:
        self.mails = []

    async def handle_DATA(self, server, session, envelope):  # noqa: N802 - the library's name
        self.mails.append(message_from_bytes(envelope.content, policy=policy.default))
        return "250 taken"


def free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return taken.getsockname()[1]


@pytest.fixture
def letterbox(settings):
    box = Letterbox()
    controller = Controller(box, hostname="127.0.0.1", port=free_port())
    controller.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST = "127.0.0.1"
    settings.EMAIL_PORT = controller.port
    settings.EMAIL_USE_TLS = False
    yield box
    controller.stop()


def link_in(mail, of: str) -> str:
    found = re.search(rf"https?://[^/\s]+({of}\S+)", mail.get_content())
    assert found, mail.get_content()
    return found[1]


def test_a_forgotten_password_is_set_anew_by_the_link_in_a_mail(
    closed_world, letterbox, django_capture_on_commit_callbacks
):
    client = Client()
    email = closed_world.users["agent"].email
    with django_capture_on_commit_callbacks(execute=True):
        client.post(reverse("account_reset_password"), {"email": email})
    (mail,) = letterbox.mails
    assert mail["to"] == email
    form = client.get(link_in(mail, "/accounts/password/reset/key/"), follow=True)
    where = form.redirect_chain[-1][0]
    client.post(where, {"password1": NEW, "password2": NEW})
    user = User.objects.get(email=email)
    assert user.check_password(NEW)
    assert not user.check_password(PASSWORD)


def test_nobody_learns_whether_an_address_has_an_account(closed_world, letterbox):
    known = Client().post(
        reverse("account_reset_password"), {"email": closed_world.users["agent"].email}
    )
    unknown = Client().post(reverse("account_reset_password"), {"email": "no@body.example"})
    assert (known.status_code, known.headers["Location"]) == (
        unknown.status_code,
        unknown.headers["Location"],
    )


def test_an_invitation_arrives_and_lets_one_in(
    closed_world, letterbox, django_capture_on_commit_callbacks
):
    owner = Client()
    owner.force_login(
        closed_world.users["owner"], "allauth.account.auth_backends.AuthenticationBackend"
    )
    with django_capture_on_commit_callbacks(execute=True):
        owner.post(reverse("web:invite"), {"email": "new@warmhand.example", "role": "agent"})
    (mail,) = letterbox.mails
    where = link_in(mail, "/invitations/")
    newcomer = Client()
    assert newcomer.get(where).status_code == 200
    assert not User.objects.filter(email="new@warmhand.example").exists(), "a GET decides nothing"
    newcomer.post(where, {"name": "Nia New", "password": NEW})
    (membership,) = memberships(user_id=User.objects.get(email="new@warmhand.example").pk)
    assert (membership.role, membership.workspace_id) == ("agent", closed_world.workspace.pk)
    assert newcomer.get(where).status_code == 404
