"""Password reset and invitations by a real SMTP server, as the mail settings say."""

from __future__ import annotations

from django.test import Client
from django.urls import reverse

from tests.letterbox import link_in as path_in
from tests.world import PASSWORD
from warmhand.apps.accounts.models import User
from warmhand.apps.accounts.queries import memberships

NEW = "another long passphrase"


def link_in(mail, of: str) -> str:
    return path_in(mail.get_content(), of)


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
