"""The door: who gets in, once, and what an owner is told of those who didn't."""

from __future__ import annotations

import datetime as dt
import json

import pytest
from django.db import connection as db
from django.test.utils import CaptureQueriesContext
from procrastinate.contrib.django.models import ProcrastinateJob

from tests.connections.conftest import Desk, plain
from tests.connections.signers import SECRETS, SIGNERS, arrived
from warmhand.apps.connections.door import receive
from warmhand.apps.connections.models import Connection, Delivery
from warmhand.apps.connections.queue import TASK
from warmhand.apps.connections.vault import seal
from warmhand.apps.island.scope import workspace_scope
from warmhand.problems import Problem

pytestmark = pytest.mark.django_db
JSON = "application/json"


def post(client, desk, raw=b"{}", *, address=None, **more):
    sent = arrived(desk.peer, raw, **more)
    return client.post(
        f"/hooks/{address or desk.address}/", raw, content_type=JSON, headers=dict(sent.headers)
    )


def inside(desk, model=Delivery):
    with workspace_scope(desk.world.workspace.pk):
        return list(model.objects.all())


def jobs():
    return ProcrastinateJob.objects.filter(task_name=TASK).count()


def test_a_delivery_is_kept_with_its_job_and_answered(client, desk):
    raw = json.dumps(plain("case.resolved")).encode()
    answer = post(client, desk, raw, id_="msg_7")
    assert (answer.status_code, answer.json()) == (200, {"received": True, "duplicate": False})
    (kept,) = inside(desk)
    assert (kept.key, bytes(kept.body), kept.state) == ("msg_7", raw, "waiting")
    assert kept.headers == {"webhook-id": "msg_7"}  # no signature, no secret
    assert jobs() == 1


def test_told_again_it_is_kept_once(client, desk):
    for _ in range(3):
        answer = post(client, desk)
    assert answer.json() == {"received": True, "duplicate": True}
    (kept,) = inside(desk)
    assert kept.times == 3
    assert jobs() == 1


def test_a_wrong_signature_and_an_unknown_address_are_answered_alike(client, desk):
    wrong = post(client, desk, secret="whsec_" + "QUJD" * 8)
    unknown = post(client, desk, address="nobody-has-this")
    assert wrong.status_code == unknown.status_code == 401
    assert wrong.json() == unknown.json()
    assert wrong.json()["error"]["code"] == "hook_refused"
    assert dict(wrong.headers) == dict(unknown.headers)
    assert inside(desk) == []


def test_they_cost_alike_too(client, desk):
    """Timing: both run the same statements, as many."""

    def statements(**more):
        with CaptureQueriesContext(db) as caught:
            post(client, desk, **more)
        return [q["sql"].split()[0] for q in caught.captured_queries]

    assert statements(secret="whsec_" + "QUJD" * 8) == statements(address="nobody-has-this")


def test_even_the_decoys_own_secret_opens_nothing(client, desk):
    secret = "whsec_ZGVjb3kgZGVjb3kgZGVjb3kgZGVjb3k="
    assert post(client, desk, address="nobody-has-this", secret=secret).status_code == 401


def test_the_owner_is_told_what_was_refused_and_no_body_is_kept(client, desk):
    post(client, desk, secret="whsec_" + "QUJD" * 8)
    old = dt.datetime.now(dt.UTC) - dt.timedelta(hours=1)
    post(client, desk, now=old)
    (made,) = inside(desk, Connection)
    assert (made.refused_count, made.refused_why) == (2, "wrong_time")
    assert made.refused_at is not None
    assert made.last_seen_at is None
    assert inside(desk) == []


@pytest.mark.parametrize("peer", sorted(SIGNERS))
def test_without_a_secret_nothing_gets_in(closed_world, peer):
    desk = Desk(closed_world, peer)
    assert desk.send({}).duplicate is False
    with workspace_scope(closed_world.workspace.pk):
        Connection.objects.update(sealed_secret="")
    with pytest.raises(Problem) as caught:
        desk.send({"a": 1}, id_="msg_2")
    assert caught.value.code == "hook_refused"
    assert len(inside(desk)) == 1


def test_a_removed_connection_is_an_unknown_address(client, desk):
    from django.utils import timezone

    with workspace_scope(desk.world.workspace.pk):
        Connection.objects.update(removed_at=timezone.now())
    assert post(client, desk).status_code == 401


def test_a_paused_one_keeps_and_waits(client, desk):
    with workspace_scope(desk.world.workspace.pk):
        Connection.objects.update(active=False)
    assert post(client, desk).status_code == 200
    assert jobs() == 0
    assert [each.state for each in inside(desk)] == ["waiting"]


def test_both_secrets_fit_until_the_first_one_ends(client, desk):
    from django.utils import timezone

    new = "whsec_" + "QUJD" * 8

    def rotate(until):
        with workspace_scope(desk.world.workspace.pk):
            Connection.objects.update(
                sealed_secret=seal(new), sealed_before=seal(SECRETS["plain"]), before_until=until
            )

    rotate(timezone.now() + dt.timedelta(hours=1))
    assert post(client, desk, id_="a", secret=new).status_code == 200
    assert post(client, desk, id_="b").status_code == 200
    rotate(timezone.now() - dt.timedelta(seconds=1))
    assert post(client, desk, id_="c").status_code == 401


@pytest.mark.parametrize("method", ["get", "head", "put", "delete", "options"])
def test_only_post(client, desk, method):
    answer = getattr(client, method)(f"/hooks/{desk.address}/")
    assert answer.status_code == 405
    assert answer["Allow"] == "POST"
    assert inside(desk) == []


def test_a_large_body_is_refused_unread(client, desk):
    answer = post(client, desk, b"x" * 1_048_577)
    assert answer.status_code == 413
    assert answer.json()["error"]["code"] == "body_too_big"


def test_an_address_that_is_none_is_answered_in_the_one_shape(client):
    for path in ("/hooks/", "/hooks/a/b/"):
        answer = client.post(path, b"{}", content_type=JSON)
        assert answer.status_code == 404
        assert answer.json()["error"]["code"] == "not_found"


def test_a_csrf_check_is_not_in_the_way(desk):
    from django.test import Client

    assert post(Client(enforce_csrf_checks=True), desk).status_code == 200


def test_hubspot_signs_the_public_address_behind_a_proxy(client, closed_world, settings):
    desk = Desk(closed_world, "hubspot", address="abc")
    assert post(client, desk, b"[]").status_code == 401  # signed for https://warm.example
    settings.CSRF_TRUSTED_ORIGINS = ["https://warm.example"]
    assert post(client, desk, b"[]").status_code == 200


def test_a_deep_body_is_kept_and_does_no_harm(desk):
    """A peer that has signed it gets its 200: it is kept, and listed as not understood."""
    raw = b'{"data":' * 5_000 + b"1" + b"}" * 5_000
    assert desk.tell(raw).state == "not_understood"


def test_nothing_secret_is_logged(client, desk, caplog):
    caplog.set_level("DEBUG")
    post(client, desk)
    post(client, desk, secret="whsec_" + "QUJD" * 8)
    for secret in (SECRETS["plain"], desk.address, "webhook-signature"):
        assert secret not in caplog.text


def test_the_neighbour_sees_nothing(desk):
    desk.send({})
    with workspace_scope(desk.world.other.pk):
        assert not Delivery.objects.exists()
        assert not Connection.objects.exists()


def test_being_heard_is_noted_once_a_minute(desk):
    desk.send({}, id_="a")
    (first,) = inside(desk, Connection)
    desk.send({}, id_="b")
    (second,) = inside(desk, Connection)
    assert first.last_seen_at is not None
    assert second.last_seen_at == first.last_seen_at


def test_receive_is_the_same_door_without_http(desk):
    sent = arrived("plain", b"{}", id_="m")
    assert receive(sent, desk.address).duplicate is False
