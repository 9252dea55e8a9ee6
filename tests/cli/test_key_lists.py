"""`warmhand import-keys`: nobody silently, and the same file twice changes nothing."""

from __future__ import annotations

import json
from contextlib import contextmanager

import pytest

from tests.people.test_keys import HEAD, ROWS
from warmhand.apps.people.models import KeyList, KeyRingEntry
from warmhand.cli import database, frame
from warmhand.cli.exits import Exit


@pytest.fixture
def warmhand(world, monkeypatch, capsys, tmp_path):
    @contextmanager
    def ready():
        yield

    monkeypatch.setattr(database, "ready", ready)
    world.client(company=world.company())
    path = tmp_path / "Connections.csv"
    path.write_text(HEAD + ROWS + "Di,Low,,,,,32 Mar 2023\n")

    def call(*arguments):
        code = frame.run(["import-keys", "--workspace", "harbour", "Ada", str(path), *arguments])
        told = capsys.readouterr()
        return code, told.out, told.err

    return call


def test_whom_to_take_has_to_be_said(warmhand):
    code, _, err = warmhand("--they-gave-it")
    assert code == Exit.USAGE
    assert "Say whom to take" in err
    assert KeyRingEntry.objects.count() == 0


def test_without_their_word_nothing_is_read(warmhand):
    code, _, err = warmhand("--all")
    assert code == Exit.BAD_INPUT
    assert "gave us themselves" in err
    assert KeyList.objects.count() == 0


def test_a_dry_run_tells_and_writes_nothing(warmhand):
    code, out, err = warmhand("--they-gave-it", "--dry-run")
    assert code == Exit.DONE
    assert "3 new, 0 changed, 0 known, 0 left out, 1 not readable" in out
    assert "line 5, Connected On" in err
    assert KeyList.objects.count() == KeyRingEntry.objects.count() == 0


def test_only_the_found_are_taken_and_a_second_time_changes_nothing(warmhand):
    code, out, _ = warmhand("--they-gave-it", "--find", "marl owner")
    assert code == Exit.DONE
    assert "1 chosen, 1 taken" in out
    assert KeyRingEntry.objects.get().name == "Ines Marl"
    assert KeyList.objects.get().rows == []
    code, out, _ = warmhand("--they-gave-it", "--all", "--json")
    told = json.loads(out)
    assert (told["new"], told["known"], told["taken"]) == (2, 1, 2)
    before = list(KeyRingEntry.objects.values())
    told = json.loads(warmhand("--they-gave-it", "--all", "--json")[1])
    assert (told["known"], told["taken"]) == (3, 0)
    assert list(KeyRingEntry.objects.values()) == before
