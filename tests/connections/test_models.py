"""Secrets are sealed, never journaled, and two are good during a rotation."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils import timezone

from warmhand.apps.connections.models import Connection
from warmhand.apps.connections.vault import seal, unseal

pytestmark = pytest.mark.django_db


def test_a_sealed_secret_comes_back_and_does_not_show():
    sealed = seal("whsec_abc")
    assert "abc" not in sealed
    assert unseal(sealed) == "whsec_abc"
    assert seal("") == ""
    assert unseal("") == ""


def test_with_another_key_of_the_installation_nothing_opens(settings):
    sealed = seal("whsec_abc")
    settings.SECRET_KEY = "another one"
    assert unseal(sealed) == ""


def test_a_key_of_the_installation_used_before_still_opens(settings):
    sealed, before = seal("whsec_abc"), settings.SECRET_KEY
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "another one", [before]
    assert unseal(sealed) == "whsec_abc"


def test_the_secret_before_is_good_until_its_end(world):
    now = timezone.now()
    made = Connection(
        peer="plain",
        name="Ours",
        sealed_secret=seal("new"),
        sealed_before=seal("old"),
        before_until=now + dt.timedelta(hours=24),
    )
    assert made.secrets_at(now) == ("new", "old")
    assert made.secrets_at(now + dt.timedelta(hours=24)) == ("new",)
    assert Connection(peer="plain").secrets_at(now) == ()
