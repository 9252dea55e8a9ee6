"""`warmhand review-pack`: the file, its summary, and how it ends."""

from __future__ import annotations

import json
from contextlib import nullcontext

import pytest

from tests.asks.earned import earn
from tests.printing.packs import squeezed, text_of
from warmhand.apps.island.scope import workspace_scope
from warmhand.apps.work.models import Rating
from warmhand.cli import database, frame
from warmhand.cli.exits import Exit


@pytest.fixture
def ada(closed_world):
    with workspace_scope(closed_world.workspace.pk):
        return earn(closed_world)


@pytest.fixture
def warmhand(closed_world, ada, monkeypatch, capsys):
    monkeypatch.setattr(database, "ready", nullcontext)

    def call(*arguments):
        code = frame.run(["review-pack", *map(str, arguments), "--workspace", "harbour"])
        told = capsys.readouterr()
        return code, told.out, told.err

    return call


def test_a_pack_is_written_and_summed_up(warmhand, tmp_path):
    out = tmp_path / "ada.pdf"
    code, told, said = warmhand("Ada Kettle", "--out", out)
    assert code == Exit.DONE
    assert "Agreed 1, delivered 1, in time 1" in told
    assert str(out) in said
    assert squeezed("The new roof") in text_of(out.read_bytes())


def test_a_program_gets_one_document(warmhand, tmp_path):
    code, told, _ = warmhand("Ada Kettle", "--json", "--language", "de")
    pack = json.loads(told)
    assert code == Exit.DONE
    assert (pack["favourable"], pack["language"], pack["file"]) == (True, "de", None)
    assert pack["commitments"][0]["state"] == "early"
    assert pack["counts"]["kept"] == 1


def test_a_file_that_is_there_is_kept_unless_forced(warmhand, tmp_path):
    out = tmp_path / "ada.pdf"
    out.write_bytes(b"mine")
    code, _, said = warmhand("Ada Kettle", "--out", out)
    assert (code, out.read_bytes()) == (Exit.NO, b"mine")
    assert "file_exists" in said
    assert "--force" in said
    assert warmhand("Ada Kettle", "--out", out, "--force")[0] == Exit.DONE
    assert out.read_bytes().startswith(b"%PDF")


def test_nothing_favourable_ends_with_no_and_a_recovery_sheet(
    warmhand, tmp_path, ada, closed_world
):
    with workspace_scope(closed_world.workspace.pk):
        Rating.objects.create(client=ada, on=closed_world.days_ago(2), score=1)
    out = tmp_path / "ada.pdf"
    code, told, said = warmhand("Ada Kettle", "--out", out)
    assert code == Exit.NO
    assert "Not yet a pack to show" in told
    assert "unhappy (P7)" in told
    assert "recovery sheet" in said
    assert squeezed("Recovery sheet") in text_of(out.read_bytes())


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (("Nobody",), Exit.NOT_FOUND, "unknown_client"),
        (("Ada Kettle", "--since", "2020-01-05", "--until", "2020-01-01"), Exit.BAD_INPUT, "since"),
        (("Ada Kettle", "--since", "yesterday"), Exit.USAGE, "--since"),
        (("Ada Kettle", "--out", "no/such/folder/x.pdf"), Exit.BAD_INPUT, "no folder"),
        ((), Exit.USAGE, "CLIENT"),
    ],
)
def test_what_cannot_be_done_is_said(warmhand, arguments, code, said):
    ended, _, told = warmhand(*arguments)
    assert ended == code
    assert said in told
