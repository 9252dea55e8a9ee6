"""`warmhand directory`: out and in, with a report of every row."""

from __future__ import annotations

import json
from contextlib import contextmanager

import pytest

from warmhand.apps.directory import services
from warmhand.apps.directory.models import Provider, Service
from warmhand.cli import database, frame
from warmhand.cli.exits import Exit


@pytest.fixture
def warmhand(world, monkeypatch, capfdbinary):
    @contextmanager
    def ready():
        yield

    monkeypatch.setattr(database, "ready", ready)

    def call(*arguments):
        code = frame.run(["directory", *map(str, arguments), "--workspace", "harbour"])
        told = capfdbinary.readouterr()
        return code, told.out.decode(), told.err.decode()

    return call


@pytest.mark.parametrize("form", ["hsds", "csv", "hsds-tables"])
def test_out_and_in_again(world, warmhand, tmp_path, form):
    services.add_provider(by=world.by, name="Nordlicht", city="Kiel", offers=["Notary"])
    path = tmp_path / {"hsds": "a.json", "csv": "a.csv", "hsds-tables": "a.zip"}[form]
    code, out, _ = warmhand("export", "--format", form, "-o", path)
    assert (code, out) == (Exit.DONE, "")
    code, out, _ = warmhand("import", path)
    assert (code, "1 unchanged" in out) == (Exit.DONE, True)
    Service.all_objects.all().delete()
    Provider.all_objects.all().delete()
    code, out, _ = warmhand("import", path, "--json")
    told = json.loads(out)
    assert (code, told["read"], told["created"]) == (Exit.DONE, 1, 1)
    assert Provider.objects.get().services.get().name == "Notary"


def test_what_is_printed_is_the_document_alone(world, warmhand):
    services.add_provider(by=world.by, name="Grüße")
    code, out, err = warmhand("export")
    assert (code, err) == (Exit.DONE, "")
    assert json.loads(out)["contents"][0]["organization"]["name"] == "Grüße"
    assert warmhand("export", "--format", "csv")[1].startswith('"id","name"')


def test_how_it_ends(warmhand, tmp_path):
    assert warmhand("export", "--format", "hsds-tables")[0] == Exit.USAGE
    code, _, err = warmhand("import", tmp_path / "nothing.json")
    assert code == Exit.BAD_INPUT
    assert "directory_unreadable" in err
    path = tmp_path / "ours.csv"
    path.write_text("name,city\n,Kiel\n")
    code, out, err = warmhand("import", path)
    assert code == Exit.NO
    assert "1 refused" in out
    assert "line 2" in err
