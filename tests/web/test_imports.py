"""An import in the browser: upload, columns, the background, the report."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from procrastinate.contrib.django.models import ProcrastinateJob

from warmhand.apps.people.importing.queue import TASK
from warmhand.apps.people.models import Client, ImportMapping, ImportRun
from warmhand.jobs.imports import import_uploaded

pytestmark = pytest.mark.django_db
PEOPLE = b"id,name,email,since\n1,Ada,ada@kettle.example,13/02/2026\n2,Bo,bo@,01/02/2026\n"


@pytest.fixture(autouse=True)
def files(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def upload(as_member):
    def send(content=PEOPLE, name="people.csv", role="owner", **more):
        file = SimpleUploadedFile(name, content)
        return as_member(role).post("/import/", {"file": file, **more})

    return send


def chosen(**changes):
    """The form of columns as a browser sends it."""
    return {
        "was": "clients", "kind": "clients", "source": "people", "act": "look",
        "f_source_ref": "id", "f_name": "name", "f_email": "email", "f_client_since": "since",
    } | changes  # fmt: skip


def the_run(inside):
    with inside():
        return ImportRun.objects.get()


def work_off():
    """Do what the worker would do with the jobs that wait."""
    for job in ProcrastinateJob.objects.filter(task_name=TASK):
        import_uploaded(**job.args)


def test_an_upload_is_looked_at_and_nothing_is_written(upload, client, inside):
    answer = upload()
    run = the_run(inside)
    assert answer.url == f"/import/{run.pk}/columns/"
    page = client.get(answer.url).content.decode()
    assert "Taken for clients" in page
    assert "1 dates have a first number above 12" in page
    assert "1 of 2 rows would be refused" in page
    assert "“bo@” is not an e-mail address." in page
    with inside():
        assert not Client.objects.exists()


def looks_again(page: str) -> bool:
    """Whether the page asks by itself how far the import is."""
    return 'hx-get="/import/' in page


def test_columns_can_be_changed_kept_and_begun(upload, client, inside):
    run_id = int(upload().url.split("/")[2])
    address = f"/import/{run_id}/columns/"
    look = client.post(address, chosen(f_email="", save_as="Ours"))
    assert look.status_code == 302
    page = client.get(address).content.decode()
    assert "would be refused" not in page
    begun = client.post(address, chosen(f_email="", act="begin"))
    assert begun.url == f"/import/{run_id}/"
    assert looks_again(client.get(begun.url).content.decode())
    work_off()
    page = client.get(begun.url).content.decode()
    assert not looks_again(page)
    run = the_run(inside)
    assert (run.state, run.rows_read, run.rows_created) == ("done", 2, 2)
    assert not Path(run.file_path).exists()
    with inside():
        assert str(Client.objects.get(name="Ada").client_since) == "2026-02-13"
        assert ImportMapping.objects.get().name == "Ours"


def test_refused_rows_are_shown_and_downloaded(upload, client, inside):
    run_id = int(upload().url.split("/")[2])
    client.post(f"/import/{run_id}/columns/", chosen(act="begin"))
    work_off()
    page = client.get(f"/import/{run_id}/").content.decode()
    assert "“bo@” is not an e-mail address." in page
    answer = client.get(f"/import/{run_id}/refused.csv")
    assert "attachment" in answer["Content-Disposition"]
    assert '"people.csv","3","email"' in answer.content.decode()


def test_the_part_that_renews_itself_is_a_part(upload, client):
    run_id = int(upload().url.split("/")[2])
    part = client.get(f"/import/{run_id}/", headers={"HX-Request": "true"}).content.decode()
    assert part.lstrip().startswith("<div")
    assert "<html" not in part


def test_another_kind_of_rows_is_guessed_anew(upload, client):
    run_id = int(upload().url.split("/")[2])
    page = client.post(f"/import/{run_id}/columns/", chosen(kind="members"))
    assert page.status_code == 200
    assert 'name="f_manager"' in page.content.decode()


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("x.csv", b"%PDF-1.7", "holds a PDF"),
        ("x.csv", b'a,b\n"1,2\n', "opened on line 2"),
        ("x.csv", b",".join(b"c%d" % n for n in range(300)) + b"\n", "300 columns"),
        ("x.xlsx", b"nothing", "cannot be read as a workbook"),
        ("x.vcf", b"hello", "holds no vCard"),
        ("x.exe", b"MZ", "not a kind of file"),
    ],
)
def test_a_file_that_cannot_be_read_is_told_on_the_form(
    upload, inside, tmp_path, name, content, said
):
    answer = upload(content, name)
    assert answer.status_code == 422
    assert said in answer.content.decode()
    with inside():
        assert not ImportRun.objects.exists()
    assert not list(tmp_path.rglob("x.*"))


def test_a_column_that_is_needed(upload, client):
    run_id = int(upload(b"order id,title\n1,Ropes\n", "orders.csv").url.split("/")[2])
    answer = client.post(
        f"/import/{run_id}/columns/",
        {"was": "commitments", "kind": "commitments", "source": "x", "f_source_ref": "order id"},
    )
    assert answer.status_code == 422
    assert "No column is chosen for" in answer.content.decode()


def test_an_upload_can_be_discarded_but_not_once_begun(
    upload, client, inside, django_capture_on_commit_callbacks, tmp_path
):
    run_id = int(upload().url.split("/")[2])
    with django_capture_on_commit_callbacks(execute=True):
        assert client.post(f"/import/{run_id}/discard/").status_code == 302
    assert not list(tmp_path.rglob("people.csv"))
    again = int(upload().url.split("/")[2])
    client.post(f"/import/{again}/columns/", chosen(act="begin"))
    assert client.post(f"/import/{again}/discard/").status_code == 409


def test_a_kept_mapping_is_used_for_a_file_of_another_name(upload, client, inside):
    run_id = int(upload().url.split("/")[2])
    client.post(f"/import/{run_id}/columns/", chosen(f_email="", save_as="Ours", source="crm"))
    with inside():
        kept = ImportMapping.objects.get().pk
    upload(name="other name.csv", mapping=str(kept))
    with inside():
        run = ImportRun.objects.latest("pk")
    assert (run.name, run.source) == ("other name.csv", "crm")
    assert "email" not in run.mapping["table"][0]["fields"]


def test_a_file_that_is_gone_when_the_worker_comes_fails_the_run(upload, client, inside):
    run_id = int(upload().url.split("/")[2])
    client.post(f"/import/{run_id}/columns/", chosen(act="begin"))
    next(Path(the_run(inside).file_path).iterdir()).unlink()
    work_off()
    assert the_run(inside).state == "failed"
    assert "There is no file" in client.get(f"/import/{run_id}/").content.decode()


def test_an_agent_may_not_import(upload):
    assert upload(role="agent").status_code == 403
