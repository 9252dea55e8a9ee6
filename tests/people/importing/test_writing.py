"""What an import writes, and what it leaves alone."""

import datetime as dt

import pytest

from tests.people.importing.importing_help import counts, run, table
from warmhand.apps.accounts.models import Member
from warmhand.apps.journal import services as journal
from warmhand.apps.people import merging
from warmhand.apps.people.importing import running
from warmhand.apps.people.importing.mapping import mapping_from
from warmhand.apps.people.importing.queries import refused_csv, report
from warmhand.apps.people.models import Client, Company, Consent, ImportRun
from warmhand.apps.work.models import Case, Commitment, Rating
from warmhand.problems import Conflict

PEOPLE = """id,name,company,email,phone,country,title
1,Ada Kettle,Kettle & Sons,ada@kettle.example,030 1234567,Germany,Owner
2,Bo Li,Harbour,bo@harbour.example,,,Clerk
3,Cy Young,Harbour,cy@harbour.example,,,Clerk
"""


def people(folder, text=PEOPLE):
    return table(folder, "people.csv", text)


def test_clients_come_with_company_addresses_and_title(world, tmp_path):
    done = run(world, people(tmp_path))
    assert counts(done) == (3, 3, 0, 0, 0)
    assert done.counts["besides"] == {"companies": 2}
    ada = Client.objects.get(source_ref="1")
    assert (ada.company.name, ada.company.country) == ("Kettle & Sons", "Germany")
    assert sorted(ada.contact_points.values_list("value", "is_primary")) == [
        ("+49301234567", True), ("ada@kettle.example", True),
    ]  # fmt: skip


def test_the_same_file_twice_changes_nothing_and_a_changed_one_updates(world, tmp_path):
    run(world, people(tmp_path))
    assert counts(run(world, people(tmp_path))) == (3, 0, 0, 3, 0)
    changed = PEOPLE.replace("Clerk\n3", "Head clerk\n3") + "4,Di Ota,,di@x.example,,,\n"
    done = run(world, people(tmp_path, changed))
    assert counts(done) == (4, 1, 1, 2, 0)
    assert Client.objects.get(source_ref="2").job_title == "Head clerk"
    assert counts(run(world, people(tmp_path, changed))) == (4, 0, 0, 4, 0)


def test_a_new_address_in_the_file_is_an_update_and_no_address_is_ever_taken_away(world, tmp_path):
    run(world, people(tmp_path))
    moved = PEOPLE.replace("bo@harbour.example", "bo@new.example")
    assert counts(run(world, people(tmp_path, moved))) == (3, 0, 1, 2, 0)
    points = Client.objects.get(source_ref="2").contact_points.values_list("value", "is_primary")
    assert sorted(points) == [("bo@harbour.example", True), ("bo@new.example", False)]


def test_what_a_person_edited_here_is_not_overwritten(world, tmp_path):
    run(world, people(tmp_path))
    bo = Client.objects.get(source_ref="2")
    journal.change(bo, by=world.by, sentence="Promoted.", job_title="Captain")
    assert counts(run(world, people(tmp_path))) == (3, 0, 0, 3, 0)
    both = PEOPLE.replace("Clerk\n3", "Mate\n3")
    done = run(world, people(tmp_path, both))
    bo.refresh_from_db()
    assert bo.job_title == "Captain"
    assert done.counts["besides"]["kept"] == 1
    assert counts(done)[2] == 0


def test_what_a_person_removed_stays_removed(world, tmp_path):
    run(world, people(tmp_path))
    journal.remove(Client.objects.get(source_ref="2"), by=world.by, sentence="Gone.")
    changed = PEOPLE.replace("Clerk\n3", "Mate\n3")
    assert counts(run(world, people(tmp_path, changed))) == (3, 0, 0, 3, 0)
    assert not Client.objects.filter(source_ref="2").exists()


def test_a_merged_client_is_imported_into_the_one_that_stayed(world, tmp_path):
    run(world, people(tmp_path))
    bo, cy = (Client.objects.get(source_ref=ref) for ref in "23")
    merging.merge_clients(by=world.by, kept_id=bo.pk, gone_id=cy.pk)
    assert counts(run(world, people(tmp_path))) == (3, 0, 0, 3, 0)
    orders = table(tmp_path, "orders.csv", "order id,customer id,title\n9,3,Ropes\n")
    run(world, orders, source="people")
    assert Commitment.objects.get().client == bo


def test_refused_rows_are_kept_with_line_field_and_reason(world, tmp_path):
    text = PEOPLE.replace("bo@harbour.example", "bo@").replace("3,Cy", "1,Cy")
    fields = {"source_ref": "id", "name": "name", "email": "email"}
    mapping = {"source": "x", "table": [{"kind": "clients", "fields": fields}]}
    done = run(world, people(tmp_path, text), mapping=mapping_from(mapping))
    assert counts(done) == (3, 1, 0, 0, 2)
    rows = [(row.line, row.field, row.code) for row in report(done.pk).refused_rows]
    assert rows == [(3, "email", "bad_email"), (4, "source_ref", "ref_repeated")]
    written = refused_csv(done.pk).splitlines()
    assert written[0] == '"file","line","field","reason","what to do","code"'
    assert len(written) == 3


def test_an_unknown_client_is_refused_and_the_other_rows_are_kept(world, tmp_path):
    run(world, people(tmp_path))
    orders = table(
        tmp_path, "orders.csv", "order id,customer id,title\n1,1,Ropes\n2,99,Knots\n3,,Sails\n"
    )
    done = run(world, orders, source="people")
    assert counts(done) == (3, 2, 0, 0, 1)
    (row,) = report(done.pk).refused_rows
    assert (row.line, row.field, row.code) == (3, "client", "unknown_link")
    assert "99" in row.sentence


def test_cases_and_ratings_find_their_client_by_address(world, tmp_path):
    run(world, people(tmp_path))
    cases = table(
        tmp_path,
        "tickets.csv",
        "ticket id,requester email,subject,opened,resolved,confirmed\n"
        "1,ada@kettle.example,Frayed,2026-01-02,2026-01-03,2026-01-04\n"
        "2,bo@harbour.example,Wet,2026-01-02,2026-01-01,\n"
        "3,bo@harbour.example,Cold,2026-01-02,,2026-01-05\n",
    )
    done = run(world, cases)
    assert counts(done) == (3, 2, 0, 0, 1)
    assert Case.objects.get(title="Cold").resolved_on == dt.date(2026, 1, 5)
    ratings = table(
        tmp_path,
        "ratings.csv",
        "client,date,score,comment\nada@kettle.example,2026-01-05,9,Lovely\nBo Li,2026-01-05,3,\n",
    )
    assert counts(run(world, ratings)) == (2, 2, 0, 0, 0)
    assert counts(run(world, ratings)) == (2, 0, 0, 2, 0)
    assert [r.score for r in Rating.objects.order_by("score")] == [3, 9]


def test_consents_are_recorded_once(world, tmp_path):
    text = "name,email,consent,consent date,consent text\nAda,a@x.example,yes,2026-01-02,Gladly.\n"
    for _ in range(2):
        run(world, people(tmp_path, text))
    consent = Consent.objects.get()
    assert (consent.given, consent.on, consent.words) == (True, dt.date(2026, 1, 2), "Gladly.")


def test_a_row_that_comes_later_gives_its_identifier_to_a_company_only_named_so_far(
    world, tmp_path
):
    run(world, people(tmp_path), source="crm")
    companies = table(tmp_path, "companies.csv", "account id,name,sector\nA1,Harbour,Ships\n")
    done = run(world, companies, source="crm")
    assert counts(done) == (1, 0, 1, 0, 0)
    assert Company.objects.filter(name="Harbour").count() == 1
    assert Company.objects.get(name="Harbour").sector == "Ships"
    assert counts(run(world, companies, source="crm")) == (1, 0, 0, 1, 0)


def test_companies_link_to_parents_on_later_lines(world, tmp_path):
    text = "name,parent company\nSmall,Big\nBig,\nOther,Unheard Of\n"
    done = run(world, table(tmp_path, "companies.csv", text))
    assert counts(done) == (3, 3, 0, 0, 0)
    assert Company.objects.get(name="Small").parent.name == "Big"
    assert Company.objects.get(name="Other").parent.name == "Unheard Of"
    assert done.counts["besides"] == {"companies": 1, "contacts": 4}
    again = run(world, table(tmp_path, "companies.csv", text))
    assert counts(again) == (3, 0, 0, 3, 0)
    assert not again.counts["besides"]


def test_members_never_come_with_more_than_an_account_managers_role(world, tmp_path):
    text = "employee id,name,role,email\n1,Eve,owner,e@x.example\n2,Fay,agent,f@x.example\n"
    done = run(world, table(tmp_path, "employees.csv", text))
    assert counts(done) == (2, 1, 0, 0, 1)
    assert Member.objects.get(name="Fay").role == "agent"
    assert not Member.objects.filter(name="Eve").exists()


def test_a_value_needs_its_currency(world, tmp_path):
    orders = table(
        tmp_path,
        "orders.csv",
        "order id,title,amount,currency\n1,Ropes,\"1,200.50\",eur\n2,Knots,7,\n",
    )  # fmt: skip
    run(world, orders)
    assert list(Commitment.objects.order_by("source_ref").values_list("value", "currency")) == [
        (pytest.approx(1200.50), "EUR"),
        (None, ""),
    ]


def test_an_undone_import_of_a_record_is_an_ordinary_undo(world, tmp_path):
    run(world, people(tmp_path))
    bo = Client.objects.get(source_ref="2")
    entry = journal.Entry.objects.get(object_type="people.Client", object_id=bo.pk)
    journal.undo(by=world.by, entry_id=entry.pk)
    assert not Client.objects.filter(pk=bo.pk).exists()


def test_two_sources_do_not_share_identifiers(world, tmp_path):
    run(world, people(tmp_path), source="one")
    assert counts(run(world, people(tmp_path), source="two")) == (3, 3, 0, 0, 0)
    assert merging.open_pairs().count() == 3


def test_a_run_that_breaks_is_failed_and_the_next_one_goes_on(world, tmp_path, monkeypatch):
    monkeypatch.setattr(running, "CHUNK", 1)
    real = running.Writer.write
    seen = []

    def breaks(self, items):
        seen.append(items)
        if len(seen) == 3:
            raise RuntimeError("the lights went out")
        return real(self, items)

    monkeypatch.setattr(running.Writer, "write", breaks)
    with pytest.raises(RuntimeError):
        run(world, people(tmp_path))
    failed = ImportRun.objects.get()
    assert (failed.state, failed.rows_read, failed.problem["code"]) == (
        "failed", 2, "import_broken",
    )  # fmt: skip
    assert counts(run(world, people(tmp_path))) == (3, 1, 0, 2, 0)


def test_only_one_import_at_a_time(world, tmp_path, monkeypatch):
    class Taken:
        def __enter__(self):
            return self

        def __exit__(self, *_):
            return None

        def execute(self, *_):
            return None

        def fetchone(self):
            return (False,)

    with monkeypatch.context() as patched:
        patched.setattr(running.connection, "cursor", Taken)
        with (
            pytest.raises(Conflict) as caught,
            running._alone(world.workspace.pk),
        ):
            pass
    assert caught.value.code == "import_running"


def test_a_mapping_can_be_kept_and_read_back(world):
    from warmhand.apps.people.importing.services import save_mapping

    document = {"source": "x", "table": [{"kind": "clients", "fields": {"name": "Name"}}]}
    kept = save_mapping(by=world.by, name="Ours", document=document)
    again = save_mapping(by=world.by, name="Ours", document=document | {"source": "y"})
    assert kept.pk == again.pk
    assert mapping_from(again.body).source == "y"
