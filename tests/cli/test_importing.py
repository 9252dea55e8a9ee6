"""`warmhand import`, called as a person or a program calls it."""

from __future__ import annotations

import json
from contextlib import contextmanager

import pytest

from tests.people.importing.importing_help import table
from tests.shared_data import shared_path
from warmhand.apps.people.models import Client, ImportRun
from warmhand.cli import database, frame
from warmhand.cli.exits import Exit

PEOPLE = "id,name,email\n1,Ada,ada@kettle.example\n2,Bo,bo@\n"


@pytest.fixture
def warmhand(world, monkeypatch, capsys):
    """Call the command in the test's own transaction; (exit code, output, messages)."""

    @contextmanager
    def ready():
        yield

    monkeypatch.setattr(database, "ready", ready)

    def call(*arguments):
        code = frame.run(["import", "--workspace", "harbour", *map(str, arguments)])
        told = capsys.readouterr()
        return code, told.out, told.err

    return call


def test_a_dry_run_shows_the_guess_and_writes_nothing(warmhand, tmp_path):
    code, out, err = warmhand(table(tmp_path, "people.csv", PEOPLE), "--dry-run")
    assert code == Exit.DONE
    assert "people.csv: 2 rows, as clients" in out
    assert "email            <- email" in out
    assert "line 3 would be refused" in out
    assert "Nothing was written" in err
    assert not ImportRun.objects.exists()


def test_a_dry_run_as_json_holds_a_mapping_that_can_be_used(warmhand, tmp_path):
    path = table(tmp_path, "people.csv", PEOPLE)
    code, out, _ = warmhand(path, "--dry-run", "--json")
    document = json.loads(out)
    kept = tmp_path / "mapping.json"
    kept.write_text(json.dumps(document["mapping"]))
    assert code == Exit.DONE
    assert warmhand(path, "--mapping", kept)[0] == Exit.DONE
    assert Client.objects.filter(source="people").count() == 1


def test_the_report_is_reconciled(warmhand, tmp_path):
    path = table(tmp_path, "people.csv", PEOPLE)
    code, out, err = warmhand(path)
    assert code == Exit.DONE
    assert "2 rows read = 1 created + 0 updated + 0 unchanged + 1 refused" in out
    assert "people.csv, line 3, email: “bo@” is not an e-mail address." in err
    assert "0 created + 0 updated + 1 unchanged + 1 refused" in warmhand(path)[1]


def test_json_is_one_document_and_nothing_else(warmhand):
    code, out, _ = warmhand(shared_path("northwind"), "--set", "northwind", "--json")
    document = json.loads(out)
    assert code == Exit.DONE
    assert (document["state"], document["read"], document["created"]) == ("done", 932, 932)
    assert [each["read"] for each in document["files"]] == [9, 93, 830]


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("x.csv", b"PK\x03\x04...", "binary_file"),
        ("x.csv", b'a,b\n"1,2\n', "quote_not_closed"),
        ("x.xlsx", b"no workbook", "not_a_workbook"),
        ("x.vcf", b"no card", "no_card"),
        ("x.exe", b"MZ", "file_kind_unknown"),
    ],
)
def test_a_file_that_cannot_be_read_is_bad_input_in_the_one_error_shape(
    warmhand, tmp_path, name, content, said
):
    path = tmp_path / name
    path.write_bytes(content)
    code, out, err = warmhand(path, "--json")
    assert code == Exit.BAD_INPUT
    assert json.loads(out)["error"]["code"] == said
    assert said in err


def test_the_place_of_a_problem_is_told(warmhand, tmp_path):
    path = table(tmp_path, "x.csv", 'a,b\n1,2\n"1,2\n')
    assert "line 3, file:" in warmhand(path)[2]


def test_every_row_refused_is_a_no(warmhand, tmp_path):
    path = table(tmp_path, "people.csv", "id,name,email\n1,Ada,ada@\n")
    assert warmhand(path, "--mapping", _mapping(tmp_path))[0] == Exit.NO


def _mapping(folder):
    path = folder / "m.toml"
    path.write_text(
        'source = "x"\n[[table]]\nkind = "clients"\n'
        '[table.fields]\nname = "name"\nemail = "email"\n'
    )
    return path


def test_wrong_calls(warmhand, tmp_path):
    path = table(tmp_path, "people.csv", PEOPLE)
    assert warmhand(path, "--set", "no_such_set")[0] == Exit.BAD_INPUT
    assert warmhand(path, "--set", "x", "--mapping", "y")[0] == Exit.USAGE
    assert warmhand(tmp_path / "none.csv")[0] == Exit.BAD_INPUT
    assert warmhand(path, "--workspace", "nowhere")[0] == Exit.NOT_FOUND


def test_a_source_is_read_again_as_it_was_before(warmhand, tmp_path):
    """A column that is no longer unique would be guessed otherwise; the first mapping holds."""
    path = table(tmp_path, "people.csv", "id,name\n1,Ada\n2,Bo\n")
    warmhand(path, "--source", "crm")
    table(tmp_path, "people.csv", "id,name\n1,Ada\n2,Bo\n2,Bo\n")
    assert "0 created + 0 updated + 3 unchanged" in warmhand(path, "--source", "crm")[1]


def test_dates_can_be_moved_without_a_mapping(warmhand, world, tmp_path):
    path = table(tmp_path, "orders.csv", "order id,title,order date\n1,Ropes,2001-01-01\n")
    warmhand(path, "--shift-to-yesterday")
    from warmhand.apps.work.models import Commitment

    assert Commitment.objects.get().agreed_on == world.days_ago(1)
