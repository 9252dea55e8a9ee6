"""Clients, companies, contact points, wishes and key rings."""

from __future__ import annotations

import pytest

from warmhand.apps.people import queries, services
from warmhand.apps.people.contacts import normal_email, normal_phone
from warmhand.apps.people.models import Client, ContactPoint
from warmhand.apps.work import services as work
from warmhand.problems import Conflict, Invalid, NotFound


def places(refused) -> set[str]:
    return {place.field for place in refused.value.places}


def test_a_client_with_address_and_number(world):
    company = services.add_company(by=world.by, name="Quill", country="Germany")
    made = services.add_client(
        by=world.by,
        name="  Ida   Quill ",
        company_id=company.pk,
        email="Ida@Quill.example",
        phone="030 901820",
    )
    assert made.name == "Ida Quill"
    assert {(p.kind, p.value, p.is_primary) for p in made.contact_points.all()} == {
        ("email", "ida@quill.example", True),
        ("phone", "+4930901820", True),
    }


def test_nothing_stays_of_a_client_whose_address_is_wrong(world):
    with pytest.raises(Invalid) as refused:
        services.add_client(by=world.by, name="Ida", email="ida at quill")
    assert places(refused) == {"value"}
    assert not Client.objects.exists()


@pytest.mark.parametrize(
    ("field", "values"),
    [
        ("name", {"name": "  "}),
        ("name", {"name": "x" * 201}),
        ("timezone", {"name": "Ida", "timezone": "Mars/Base"}),
        ("language", {"name": "Ida", "language": "klingon"}),
    ],
)
def test_what_cannot_be_said_of_a_client(world, field, values):
    with pytest.raises(Invalid) as refused:
        services.add_client(by=world.by, **values)
    assert places(refused) == {field}


def test_keys_lead_into_this_workspace_only(world):
    with pytest.raises(NotFound):
        services.add_client(by=world.by, name="Ida", company_id=10**12)
    with pytest.raises(NotFound):
        services.hand_over_client(by=world.by, client_id=world.client().pk, keeper_id=10**12)


def test_a_contact_not_named_yet_needs_a_company(world):
    made = services.add_client(by=world.by, company_id=world.company().pk)
    assert made.title == "Kettle & Sons (contact not named yet)"


@pytest.mark.parametrize(
    ("text", "country", "normal"),
    [
        ("+49 30 901820", "", "+4930901820"),
        ("030/901820", "Germany", "+4930901820"),
        ("(020) 7946 0018", "GB", "+442079460018"),
        ("020 7946 0018", "UK", "+442079460018"),
    ],
)
def test_numbers_have_one_form(text, country, normal):
    assert normal_phone(text, country) == normal


@pytest.mark.parametrize("text", ["030 901820", "12", "call me", "+49", ""])
def test_numbers_of_no_country_are_refused(text):
    with pytest.raises(Invalid):
        normal_phone(text)


@pytest.mark.parametrize("text", ["", "ida", "ida@", "a b@quill.example", "ida@quill..example"])
def test_what_is_no_address(text):
    with pytest.raises(Invalid):
        normal_email(text)


def test_the_same_address_once_and_one_first_of_a_kind(world):
    client = world.client()
    first = services.add_contact_point(
        by=world.by, client_id=client.pk, kind="email", value="a@x.example", is_primary=True
    )
    with pytest.raises(Conflict):
        services.add_contact_point(
            by=world.by, client_id=client.pk, kind="email", value="A@x.example"
        )
    services.add_contact_point(
        by=world.by, client_id=client.pk, kind="email", value="b@x.example", is_primary=True
    )
    first.refresh_from_db()
    assert not first.is_primary
    services.change_contact_point(by=world.by, contact_point_id=first.pk, is_primary=True)
    primary = ContactPoint.objects.filter(client=client, is_primary=True)
    assert [p.value for p in primary] == ["a@x.example"]
    with pytest.raises(Invalid):
        services.add_contact_point(by=world.by, client_id=client.pk, kind="fax", value="1")


def test_a_company_with_clients_stays(world):
    company = world.company()
    client = world.client(company=company)
    with pytest.raises(Conflict) as refused:
        services.remove_company(by=world.by, company_id=company.pk)
    assert refused.value.code == "company_has_clients"
    services.remove_client(by=world.by, client_id=client.pk)
    services.remove_company(by=world.by, company_id=company.pk)
    assert not queries.companies().exists()


def test_no_company_stands_above_itself(world):
    top = services.add_company(by=world.by, name="Top", domain="https://www.Top.example/about")
    assert top.domain == "top.example"
    low = services.add_company(by=world.by, name="Low", parent_id=top.pk)
    with pytest.raises(Invalid) as refused:
        services.change_company(by=world.by, company_id=top.pk, parent_id=low.pk)
    assert places(refused) == {"parent_id"}


def test_the_wish_not_to_be_asked(world):
    client = world.client()
    with pytest.raises(Invalid):
        services.set_do_not_ask(by=world.by, client_id=client.pk, until=world.today())
    services.set_do_not_ask(
        by=world.by, client_id=client.pk, until=world.days_ago(-30), why="Baby on the way"
    )
    assert queries.clients(do_not_ask=True).get() == client
    with pytest.raises(Invalid):
        services.lift_do_not_ask(by=world.by, client_id=client.pk, why=" ")
    services.lift_do_not_ask(by=world.by, client_id=client.pk, why="She said so herself")
    client.refresh_from_db()
    assert (client.do_not_ask, client.do_not_ask_until, client.do_not_ask_why) == (False, None, "")


def test_consent_is_followed_never_changed(world):
    client = world.client()
    services.give_consent(by=world.by, client_id=client.pk, on=world.days_ago(9), words="Sure")
    services.withdraw_consent(by=world.by, client_id=client.pk, words="No more, please")
    assert [c.given for c in client.consents.all()] == [False, True]
    with pytest.raises(Invalid):
        services.give_consent(by=world.by, client_id=client.pk, on=world.days_ago(-1))


def test_a_clients_key_stays_out_of_the_journal_sentence(world):
    client = world.client()
    key = services.add_key(by=world.by, client_id=client.pk, name="Bo Secret", inside=True)
    services.remove_key(by=world.by, key_id=key.pk)
    overview = queries.client_overview(client.pk)
    assert not any("Secret" in entry.sentence for entry in overview.entries)


class TestFindingAClient:
    @pytest.fixture
    def ida(self, world):
        company = world.company(country="DE")
        return services.add_client(
            by=world.by,
            name="Ida Quill",
            company_id=company.pk,
            email="ida@quill.example",
            phone="030 901820",
        )

    @pytest.mark.parametrize(
        "text", ["ida@quill.example", "IDA@quill.example", "+49 30 901820", "ida quill", "quill"]
    )
    def test_by_what_identifies_them(self, ida, text):
        assert queries.find_client(text) == ida

    def test_by_number_and_source(self, ida, world):
        assert queries.find_client(str(ida.pk)) == ida
        other = world.client("Bo", source="crm", source_ref="C-17")
        assert queries.find_client("c-17") == other

    def test_an_exact_name_beats_a_part(self, ida, world):
        world.client("Ida Quill-Stone")
        assert queries.find_client("Ida Quill") == ida

    def test_several_are_listed(self, ida, world):
        world.client("Ida Stone")
        with pytest.raises(Conflict) as refused:
            queries.find_client("ida")
        titles = {c["title"] for c in refused.value.details["candidates"]}
        assert titles == {"Ida Quill", "Ida Stone"}

    @pytest.mark.parametrize("text", ["nobody", "99999999999999999999", "\x00x", "%"])
    def test_nobody(self, ida, text):
        with pytest.raises(NotFound):
            queries.find_client(text)

    def test_nothing(self, world):
        with pytest.raises(Invalid):
            queries.find_client("  ")

    def test_a_removed_address_finds_nobody(self, ida, world):
        point = ida.contact_points.get(kind="email")
        services.remove_contact_point(by=world.by, contact_point_id=point.pk)
        with pytest.raises(NotFound):
            queries.find_client("ida@quill.example")


def test_lists_search_filter_and_sort(world):
    quill, stone = world.company("Quill"), world.company("Stone")
    ida = world.client("Ida", company=quill, keeper=world.members["agent"])
    bo = world.client("Bo", company=stone)
    services.add_contact_point(by=world.by, client_id=bo.pk, kind="email", value="b@s.example")
    assert list(queries.clients()) == [bo, ida]
    assert list(queries.clients(sort="-name")) == [ida, bo]
    assert list(queries.clients(search="quill ida")) == [ida]
    assert list(queries.clients(search="b@s.ex")) == [bo]
    assert list(queries.clients(keeper_id=world.members["agent"].pk)) == [ida]
    assert list(queries.clients(team="North", company_id=stone.pk)) == [bo]
    assert [c.client_count for c in queries.companies(sort="-clients")] == [1, 1]


@pytest.mark.parametrize("rows", [1, 20])
def test_the_clients_page_costs_the_same_however_much_there_is(
    world, rows, django_assert_num_queries
):
    client = world.client(company=world.company())
    for number in range(rows):
        services.add_key(by=world.by, client_id=client.pk, name=f"Key {number}")
        case = work.open_case(by=world.by, client_id=client.pk, title=f"Case {number}")
        work.rate(by=world.by, client_id=client.pk, score=9, case_id=case.pk)
        work.agree_commitment(by=world.by, client_id=client.pk, title=f"Thing {number}")
    with django_assert_num_queries(23):
        overview = queries.client_overview(client.pk)
        shown = [c.member.name for c in overview.commitments + overview.cases]
        shown += [r.case.title for r in overview.ratings]
        shown += [f"{e.sentence} {e.is_undone}" for e in overview.entries]
    assert len(overview.events) == 3 * rows
    assert len(shown) >= 3 * rows


@pytest.mark.parametrize("rows", [1, 20])
def test_a_page_of_clients_costs_two_queries(world, rows, django_assert_num_queries):
    company = world.company()
    for number in range(rows):
        services.add_client(
            by=world.by, name=f"C {number}", company_id=company.pk, email=f"c{number}@x.example"
        )
    with django_assert_num_queries(2):
        for client in queries.clients(sort="company"):
            assert client.company.name
            assert len(client.contact_points.all()) == 1


def test_what_was_removed_is_not_on_the_clients_page(world):
    client = world.client()
    case = work.open_case(by=world.by, client_id=client.pk, title="No heat")
    work.remove_case(by=world.by, case_id=case.pk)
    overview = queries.client_overview(client.pk)
    assert overview.cases == []
    assert overview.events == []
    assert [entry.verb for entry in overview.entries] == ["removed", "created"]


def test_events_come_newest_first(world):
    client = world.client()
    work.rate(by=world.by, client_id=client.pk, score=9, on=world.days_ago(3))
    work.open_case(by=world.by, client_id=client.pk, title="No heat", on=world.days_ago(1))
    services.give_consent(by=world.by, client_id=client.pk, on=world.days_ago(2))
    kinds = [event.kind for event in queries.client_overview(client.pk).events]
    assert kinds == ["case_opened", "consent", "rated"]


def test_a_companys_page(world, django_assert_num_queries):
    company = world.company()
    world.client(company=company)
    world.company("Daughter", parent=company)
    work.agree_commitment(by=world.by, company_id=company.pk, title="Frame contract")
    overview = queries.company_overview(company.pk)
    assert [c.name for c in overview.clients] == ["Ada Kettle"]
    assert [c.name for c in overview.subsidiaries] == ["Daughter"]
    assert [c.title for c in overview.commitments] == ["Frame contract"]
    with pytest.raises(NotFound):
        queries.company_overview(10**12)
