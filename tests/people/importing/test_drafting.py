import datetime
from decimal import Decimal

import pytest

from warmhand.apps.people.importing.drafting import Draft, Drafter, Link
from warmhand.apps.people.importing.mapping import mapping_from
from warmhand.apps.people.importing.profiling import survey
from warmhand.apps.people.importing.reading import open_table


def drafts(folder, text, kind, **fields):
    path = folder / "table.csv"
    path.write_text(text, "utf-8")
    (mapping,) = mapping_from({"source": "x", "table": [{"kind": kind, "fields": fields}]}).tables
    with open_table(path) as table:
        drafter = Drafter.of(mapping, survey(table))
        return list(drafter.drafts(table.rows()))


CLIENT = {"name": "name", "email": "email", "client_since": "since"}


def test_a_row_becomes_typed_values(tmp_path):
    (draft,) = drafts(
        tmp_path,
        'id,who,what,agreed,sum,mail\n7,C1,Table,13/01/2026,"1.200,50",x\n',
        "commitments",
        source_ref="id",
        client="who",
        title="what",
        agreed_on="agreed",
        value="sum",
        currency={"value": "EUR"},
    )
    assert draft.ref == "7"
    assert draft.values == {
        "source_ref": "7", "client": Link("C1"), "title": "Table", "value": Decimal("1200.50"),
        "agreed_on": datetime.date(2026, 1, 13), "currency": "EUR",
    }  # fmt: skip


def test_a_bad_date_refuses_its_row_with_line_column_and_reason(tmp_path):
    found = drafts(
        tmp_path, "name,email,since\nAda,,31/02/2026\nBo,,28/02/2026\n", "clients", **CLIENT
    )
    (bad,) = found[0].problems
    assert (bad.code, bad.line, bad.field) == ("bad_date", 2, "since")
    assert "31/02/2026" in bad.sentence
    assert found[1].values["client_since"] == datetime.date(2026, 2, 28)


def test_every_problem_of_a_row_is_told(tmp_path):
    (found,) = drafts(tmp_path, "name,email,since\n,ada@,soon\n", "clients", **CLIENT)
    assert [(p.code, p.field) for p in found.problems] == [
        ("bad_email", "email"), ("bad_date", "since"), ("value_missing", "name"),
    ]  # fmt: skip


def test_a_formula_is_kept_as_text_and_refused_as_a_value(tmp_path):
    found = drafts(
        tmp_path,
        'name,email,since\n"=HYPERLINK(""http://x"")",,\nBo,,=TODAY()\n',
        "clients",
        **CLIENT,
    )
    assert found[0].values["name"] == '=HYPERLINK("http://x")'
    assert found[1].problems[0].code == "formula"


def test_a_required_field_that_is_empty(tmp_path):
    found = drafts(tmp_path, "on,n\n2026-01-01,\n", "cases", client="n", title="n", opened_on="on")
    assert [(p.code, p.field) for p in found[0].problems] == [("value_missing", "n")] * 2


@pytest.mark.parametrize(("score", "code"), [("11", "number_out_of_range"), ("4.5", "bad_number")])
def test_a_score_outside_its_scale(tmp_path, score, code):
    text = f"who,on,score\nAda,2026-01-01,{score}\n"
    (found,) = drafts(tmp_path, text, "ratings", client="who", on="on", score="score")
    assert found.problems[0].code == code


def test_rows_without_identifier_are_known_by_what_tells_them_apart(tmp_path):
    text = "name,email,since\nAda,a@x.org,2026-01-01\nADA,A@x.org,2026-02-02\nBo,b@x.org,\n"
    first, second, third = drafts(tmp_path, text, "clients", **CLIENT)
    assert first.ref == second.ref != third.ref


def test_a_set_moves_as_a_whole_and_a_due_date_is_not_its_last_day():
    day = datetime.date(2020, 2, 28)
    draft = Draft("commitments", 2, "1", {"agreed_on": day, "due_on": day.replace(year=2030)})
    assert draft.last_day() == day
    moved = draft.shifted(2).values
    assert (moved["agreed_on"], moved["due_on"]) == (
        datetime.date(2020, 3, 1),
        datetime.date(2030, 3, 2),
    )
