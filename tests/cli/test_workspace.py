"""`warmhand workspace`: the first workspace, its owner, and keys for programs."""

from __future__ import annotations

import json
from contextlib import contextmanager

import pytest

from tests.world import PASSWORD
from warmhand.apps.accounts.models import ApiKey, Member, User, Workspace
from warmhand.apps.accounts.queries import api_key, memberships
from warmhand.apps.island.scope import workspace_scope
from warmhand.cli import database, frame
from warmhand.cli.exits import Exit
from warmhand.cli.workspace import short_name


@pytest.fixture
def warmhand(db, monkeypatch, capsys):
    """Call the command in the test's own transaction; (exit code, output, messages)."""

    @contextmanager
    def ready():
        yield

    monkeypatch.setattr(database, "ready", ready)

    def call(*arguments, typed=""):
        monkeypatch.setattr("sys.stdin", __import__("io").StringIO(typed))
        code = frame.run(["workspace", *arguments])
        told = capsys.readouterr()
        return code, told.out, told.err

    return call


def new(call, *more, typed=f"{PASSWORD}\n"):
    return call("new", *more, "--email", "Ann@Quay.example", "--password-stdin", typed=typed)


def test_a_new_workspace_has_an_owner_who_can_sign_in(warmhand):
    code, out, _ = new(warmhand, "Quay & Söhne", "--owner", "Ann Quay")
    assert (code, out) == (
        Exit.DONE,
        "The workspace 'quay-sohne' is there; ann@quay.example is its owner.\n",
    )
    user = User.objects.get(email="ann@quay.example")
    assert user.check_password(PASSWORD)
    assert [(m.workspace_name, m.role) for m in memberships(user_id=user.pk)] == [
        ("Quay & Söhne", "owner")
    ]


def test_the_same_short_name_is_refused_and_nothing_is_left_behind(warmhand):
    new(warmhand, "Quay")
    code, _, err = new(warmhand, "Other", "--slug", "quay")
    assert code == Exit.NO
    assert "workspace_exists" in err
    assert Workspace.objects.count() == 1


def test_a_second_workspace_of_the_same_owner_wants_their_password(warmhand):
    new(warmhand, "Quay")
    code, _, err = new(warmhand, "Pier", typed="another good passphrase\n")
    assert code == Exit.BAD_INPUT
    assert "give its own password" in err
    assert new(warmhand, "Pier")[0] == Exit.DONE
    assert User.objects.count() == 1


@pytest.mark.parametrize(
    ("more", "typed", "field"),
    [
        ((), "short\n", "password"),
        (("--timezone", "Mars/Olympus"), f"{PASSWORD}\n", "timezone"),
        (("--slug", ""), f"{PASSWORD}\n", None),
    ],
)
def test_what_cannot_be_taken_is_said_with_its_field(warmhand, more, typed, field):
    code, _, err = new(warmhand, "Quay", *more, typed=typed)
    assert code == (Exit.BAD_INPUT if field else Exit.DONE)
    assert field is None or field in err
    assert User.objects.count() == (0 if field else 1)


def test_a_short_name_needs_letters():
    assert short_name("  North—Sea  Advisers ") == "north-sea-advisers"
    with pytest.raises(Exception, match="--slug"):
        short_name("東京")


def test_a_key_works_is_shown_once_and_kept_as_a_hash(warmhand):
    new(warmhand, "Quay")
    code, out, err = warmhand("key", "helpdesk", "--scope", "moments", "--scope", "read")
    secret = out.strip()
    assert code == Exit.DONE
    assert "not shown again" in err
    found = api_key(secret)
    assert found is not None
    assert found.scopes == {"moments", "read"}
    with workspace_scope(found.workspace_id):
        assert secret not in json.dumps(list(ApiKey.objects.values()), default=str)
        assert Member.objects.count() == 1


def test_a_scope_that_is_not_there_is_bad_input(warmhand):
    new(warmhand, "Quay")
    assert warmhand("key", "x", "--scope", "everything")[0] == Exit.BAD_INPUT


def test_the_list_names_them_all(warmhand):
    assert "none yet" in warmhand("list")[2]
    new(warmhand, "Quay", "--timezone", "Europe/Lisbon")
    assert warmhand("list")[1] == "quay                     Quay (Europe/Lisbon)\n"
    found = json.loads(warmhand("list", "--json")[1])
    assert found == {"workspaces": [{"slug": "quay", "name": "Quay", "timezone": "Europe/Lisbon"}]}


def test_the_password_is_asked_for_twice_where_it_is_not_piped(warmhand, monkeypatch):
    monkeypatch.setattr("click.prompt", lambda *a, **k: PASSWORD)
    code, _, _ = warmhand("new", "Quay", "--email", "ann@quay.example", "--json")
    assert code == Exit.DONE
