import pytest

from tests.shared_data import shared_path
from warmhand.apps.people.importing.fields import Kind
from warmhand.apps.people.importing.guessing import guess_set, guess_table
from warmhand.apps.people.importing.profiling import survey
from warmhand.apps.people.importing.reading import open_table
from warmhand.apps.people.importing.values import DateOrder, DecimalMark


def guess(path, kind=None):
    with open_table(path) as table:
        return guess_table(table, survey(table), kind)


def guess_text(folder, name, text):
    path = folder / name
    path.write_text(text, "utf-8")
    return guess(path)


def chosen(found):
    return {each.field: each.column for each in found.columns}


@pytest.mark.parametrize(
    ("folder", "name", "kind", "columns"),
    [
        ("northwind", "customers", "clients",
         {"source_ref": "CustomerID", "name": "ContactName", "company": "CompanyName",
          "job_title": "ContactTitle", "phone": "Phone", "country": "Country"}),
        ("northwind", "employees", "members",
         {"source_ref": "EmployeeID", "given_name": "FirstName", "family_name": "LastName",
          "manager": "ReportsTo", "team": "Region"}),
        ("northwind", "orders", "commitments",
         {"source_ref": "OrderID", "client": "CustomerID", "agreed_on": "OrderDate",
          "due_on": "RequiredDate", "delivered_on": "ShippedDate", "keeper": "EmployeeID"}),
        ("crm_sales", "accounts", "companies",
         {"name": "account", "sector": "sector", "parent": "subsidiary_of",
          "country": "office_location"}),
        ("crm_sales", "sales_teams", "members",
         {"name": "sales_agent", "manager": "manager", "team": "regional_office"}),
        ("crm_sales", "sales_pipeline", "commitments",
         {"source_ref": "opportunity_id", "company": "account", "title": "product",
          "agreed_on": "engage_date", "delivered_on": "close_date", "value": "close_value",
          "keeper": "sales_agent"}),
        ("ohana", "contacts", "clients",
         {"source_ref": "id", "name": "name", "company": "organization_id", "email": "email",
          "job_title": "title", "department": "department"}),
    ],
)  # fmt: skip
def test_real_tables_are_guessed(folder, name, kind, columns):
    found = guess(shared_path(folder) / f"{name}.csv")
    assert found.kind == kind
    assert chosen(found) == columns
    assert all(each.reason and 0.5 <= each.confidence <= 0.99 for each in found.columns)


def test_german_headers(tmp_path):
    found = guess_text(
        tmp_path,
        "kunden.csv",
        "Kundennummer;Vorname;Nachname;Firma;Funktion;E-Mail-Adresse;Telefonnummer;Land\n"
        "1;Ada;Groß;Groß GmbH;Einkauf;ada@gross.de;030 123456;Deutschland\n"
        "2;Bo;Klein;Klein AG;Vertrieb;bo@klein.de;030 654321;Deutschland\n",
    )
    assert found.kind is Kind.CLIENTS
    assert list(chosen(found)) == [
        "source_ref", "given_name", "family_name", "company", "job_title", "email", "phone",
        "country",
    ]  # fmt: skip


def test_spanish_headers(tmp_path):
    found = guess_text(
        tmp_path,
        "pedidos.csv",
        "ID pedido,Cliente,Producto,Fecha de pedido,Fecha límite,Fecha de entrega,Importe,Moneda\n"
        "7,Ana,Mesa,13/01/2026,20/01/2026,19/01/2026,\"1.200,50\",EUR\n",
    )  # fmt: skip
    assert found.kind is Kind.COMMITMENTS
    assert list(chosen(found)) == [
        "source_ref", "client", "title", "agreed_on", "due_on", "delivered_on", "value", "currency",
    ]  # fmt: skip


def test_content_speaks_where_the_header_is_silent(tmp_path):
    found = guess_text(tmp_path, "x.csv", "name,zz\nAda Lovelace,ada@x.org\nBo Li,bo@x.org\n")
    (mail,) = [each for each in found.columns if each.field == "email"]
    assert (mail.column, mail.confidence) == ("zz", 0.8)
    assert "100% of the values look like e-mail" in mail.reason


def test_content_contradicts_a_header(tmp_path):
    found = guess_text(
        tmp_path, "x.csv", "name,email,phone\nAda,none,030 123456\nBo,-,030 123457\n"
    )
    assert "email" not in chosen(found)


def test_a_fax_number_is_not_taken_for_a_telephone(tmp_path):
    found = guess_text(tmp_path, "c.csv", "name,phone,fax\nAda,030 123456,030 123457\n")
    assert "phone_2" not in chosen(found)


def test_the_person_says_what_the_rows_are():
    found = guess(shared_path("northwind") / "customers.csv", Kind.COMPANIES)
    assert found.kind is Kind.COMPANIES
    assert chosen(found)["name"] == "CompanyName"


def test_a_set_is_put_in_an_order_in_which_links_find_their_target():
    folder = shared_path("northwind")
    paths = [folder / f"{name}.csv" for name in ("orders", "customers", "employees")]
    mapping = guess_set("northwind", [(path, guess(path)) for path in paths])
    assert [table.kind for table in mapping.tables] == ["members", "clients", "commitments"]
    assert mapping.tables[2].fields["title"].template == "Order {OrderID}"
    assert mapping.tables[2].fields["client"].by == "source_ref"


def profile(folder, text):
    path = folder / "x.csv"
    path.write_text(text, "utf-8")
    with open_table(path) as table:
        return survey(table)


def test_the_order_of_dates_is_settled_by_the_whole_column(tmp_path):
    text = "a,b,c,d\n" + "01/02/2026,01/02/2026,2026-01-02,03/04/2026\n" * 3000
    found = profile(tmp_path, text + "13/02/2026,01/13/2026,2026-01-02,03/04/2026\n").profiles
    assert [found[name].date_order()[:2] for name in "abcd"] == [
        (DateOrder.DAY_FIRST, True),
        (DateOrder.MONTH_FIRST, True),
        (DateOrder.YEAR_FIRST, True),
        (DateOrder.DAY_FIRST, False),
    ]
    assert "assumed" in found["d"].date_order()[2]


def test_the_decimal_mark_is_settled_by_the_whole_column(tmp_path):
    found = profile(tmp_path, 'a;b;c\n1.000;1.000;"1,000"\n2.500,5;2.5;7\n3;3;1,000,000\n').profiles
    assert [found[name].decimal_mark() for name in "abc"] == [
        DecimalMark.COMMA, DecimalMark.POINT, DecimalMark.POINT,
    ]  # fmt: skip
