"""What a page refuses is a page, too, in the one error shape: also what the framework refuses."""

from __future__ import annotations

import pytest
from django.test import Client

WITHDRAW = "/members/invitations/1/withdraw/"


@pytest.mark.parametrize("signed_in", [True, False])
def test_an_address_that_only_takes_a_button_says_so(closed_world, signed_in):
    client = Client()
    if signed_in:
        client.force_login(
            closed_world.users["agent"], "allauth.account.auth_backends.AuthenticationBackend"
        )
    answer = client.get(WITHDRAW)
    said = answer.content.decode()
    assert answer.status_code == 405
    assert answer.headers["Allow"] == "POST"
    assert "method_not_allowed" in said
    assert "use its button" in said


def test_a_program_still_gets_json():
    answer = Client().get("/hooks/none/")
    assert answer.status_code == 405
    assert answer.json()["error"]["code"] == "method_not_allowed"


def test_what_only_asks_for_the_head_gets_the_status(closed_world):
    assert Client().head(WITHDRAW).status_code == 405
