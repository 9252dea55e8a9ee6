"""The key ring: typed in, taken from a list that the client gave us, and nobody silently (P1)."""

from __future__ import annotations

import datetime as dt
import json

import pytest

from warmhand.apps.journal import services as journal
from warmhand.apps.journal.models import Entry
from warmhand.apps.journal.queries import newest_about
from warmhand.apps.people import queries, services
from warmhand.apps.people.models import KeyList, KeyRingEntry
from warmhand.apps.people.services.key_lists import forget_old_lists
from warmhand.problems import Conflict, Invalid, NotFound

HEAD = "First Name,Last Name,URL,Email Address,Company,Position,Connected On\n"
ROWS = (
    "Ines,Marl,https://linkedin.com/in/inesmarl,ines@marl.example,Marl Design,Owner,14 Mar 2015\n"
    "Bo,Li,https://linkedin.com/in/boli,bo@li.example,Kettle and Sons Ltd,Founder,1 Jan 2020\n"
    "Cy,Day,,,,,2 Jan 2020\n"
)


@pytest.fixture
def ada(world):
    return world.client(company=world.company())


@pytest.fixture
def received(world, ada, tmp_path):
    def receive(content=HEAD + ROWS, **more):
        path = tmp_path / "Connections.csv"
        path.write_text(content)
        options = {"by": world.by, "client_id": ada.pk, "path": path, "theirs": True}
        return services.receive_list(**{**options, **more})

    return receive


def fates(key_list):
    return {row.name: str(row.fate) for row in queries.plan_of(key_list).rows}


def test_several_are_added_in_one_act_and_undone_together(world, ada):
    made = services.add_keys(
        by=world.by,
        client_id=ada.pk,
        keys=[
            {"name": " Ines  Marl ", "company_name": "Marl Design", "closeness": 4},
            {"name": "Bo Li", "company_name": "KETTLE & SONS LTD"},
        ],
    )
    ines, bo = made
    assert (ines.name, ines.inside, ines.source, ines.confirmed_on) == (
        "Ines Marl", False, "typed", world.today(),
    )  # fmt: skip
    assert bo.inside, "a colleague by the name of the company"
    journal.undo(by=world.by, entry_id=newest_about(bo).pk)
    assert KeyRingEntry.objects.count() == 0


def test_none_or_too_many_at_once_are_refused(world, ada):
    for keys in ([], [{"name": "A"}] * 31):
        with pytest.raises(Invalid):
            services.add_keys(by=world.by, client_id=ada.pk, keys=keys)
    with pytest.raises(Invalid):
        services.add_keys(by=world.by, client_id=ada.pk, keys=[{"name": "A"}, {"name": ""}])
    assert KeyRingEntry.objects.count() == 0


@pytest.mark.parametrize(
    ("field", "text"),
    [
        ("notes", "Write to ines@marl.example"),
        ("notes", "Her number is +49 30 1234567"),
        ("relation", "see linkedin.com/in/ines"),
        ("company_name", "https://marl.example"),
        ("name", "ines@marl.example"),
    ],
)
def test_nothing_by_which_a_third_person_is_reached_is_kept(world, ada, field, text):
    fields = {"name": "Ines Marl", field: text}
    with pytest.raises(Invalid) as caught:
        services.add_key(by=world.by, client_id=ada.pk, **fields)
    assert caught.value.code == "third_person_contact"
    assert caught.value.places[0].field == field


@pytest.mark.parametrize("text", ["worked together 2010-2020", "3 of 5, since 1.1.1990", "A & B"])
def test_years_and_marks_are_no_numbers_to_dial(world, ada, text):
    assert services.add_key(by=world.by, client_id=ada.pk, name="Ines", relation=text).pk


def test_a_change_counts_as_confirmed(world, ada):
    key = services.add_key(by=world.by, client_id=ada.pk, name="Ines")
    KeyRingEntry.objects.update(confirmed_on=world.days_ago(500))
    assert services.confirm_key(by=world.by, key_id=key.pk).confirmed_on == world.today()
    KeyRingEntry.objects.update(confirmed_on=world.days_ago(500))
    changed = services.change_key(by=world.by, key_id=key.pk, closeness=5)
    assert (changed.closeness, changed.confirmed_on) == (5, world.today())


def test_a_list_is_only_read_with_the_word_that_they_gave_it(received):
    with pytest.raises(Invalid, match="gave us themselves") as caught:
        received(theirs=False)
    assert caught.value.places[0].field == "theirs"
    assert KeyList.objects.count() == 0


def test_nothing_is_added_before_somebody_chose(world, received):
    key_list = received()
    assert KeyRingEntry.objects.count() == 0
    assert fates(key_list) == {"Ines Marl": "new", "Bo Li": "new", "Cy Day": "new"}
    assert "gave us this list themselves, says Olga Owner" in key_list.their_word
    entry = newest_about(key_list)
    assert entry.sentence == "Read a list of 3 people that Ada Kettle gave us."
    assert entry.why == key_list.their_word


def test_addresses_and_profiles_are_kept_nowhere(world, received):
    services.take_keys(by=world.by, list_id=received().pk, numbers=[0, 1, 2])
    held = [*KeyList.objects.values(), *KeyRingEntry.objects.values(), *Entry.objects.values()]
    text = json.dumps(held, default=str)
    assert "Ines Marl" in text
    for secret in ("marl.example", "li.example", "linkedin.com", "inesmarl"):
        assert secret not in text


def test_only_the_chosen_come_onto_the_ring(world, ada, received):
    key_list = received()
    taken = services.take_keys(by=world.by, list_id=key_list.pk, numbers=[0, 99])
    assert taken.rows_taken == 1
    [ines] = queries.keys_of(ada.pk)
    assert (ines.name, ines.company_name, ines.position) == ("Ines Marl", "Marl Design", "Owner")
    assert (ines.connected_on, ines.source) == (dt.date(2015, 3, 14), "linkedin")
    assert ines.key_list_id == key_list.pk
    assert not ines.inside
    services.take_keys(by=world.by, list_id=key_list.pk, numbers=[1])
    assert KeyRingEntry.objects.get(name="Bo Li").inside


def test_taking_is_one_act_and_undone_as_one(world, received):
    key_list = received()
    services.take_keys(by=world.by, list_id=key_list.pk, numbers=[0, 1])
    entry = newest_about(key_list)
    assert entry.sentence == "Took 2 people from the list that Ada Kettle gave us."
    assert "themselves" in entry.why
    journal.undo(by=world.by, entry_id=entry.pk)
    assert KeyRingEntry.objects.count() == 0
    assert KeyList.objects.get().rows_taken == 0


def test_a_second_upload_changes_nothing(world, received):
    services.take_keys(by=world.by, list_id=received().pk, numbers=[0, 1, 2])
    before = list(KeyRingEntry.objects.order_by("pk").values())
    again = received()
    assert set(fates(again).values()) == {"known"}
    with pytest.raises(Invalid):
        services.take_keys(by=world.by, list_id=again.pk, numbers=[0, 1, 2])
    assert list(KeyRingEntry.objects.order_by("pk").values()) == before


def test_a_new_company_is_an_update_that_can_be_undone(world, received):
    services.take_keys(by=world.by, list_id=received().pk, numbers=[0])
    moved = received(HEAD + ROWS.replace("Marl Design,Owner", "Kettle & Sons,Buyer"))
    row = queries.plan_of(moved).rows[0]
    assert str(row.fate) == "changed"
    assert row.changes == {"company_name": "Kettle & Sons", "position": "Buyer", "inside": True}
    services.take_keys(by=world.by, list_id=moved.pk, numbers=[0])
    key = KeyRingEntry.objects.get()
    assert (key.company_name, key.inside) == ("Kettle & Sons", True)
    journal.undo(by=world.by, entry_id=newest_about(key).pk)
    key.refresh_from_db()
    assert (key.company_name, key.position, key.inside) == ("Marl Design", "Owner", False)


def test_a_typed_key_learns_its_day_and_keeps_what_was_said(world, ada, received):
    services.add_key(by=world.by, client_id=ada.pk, name="ines marl", relation="at school")
    key_list = received()
    assert fates(key_list)["Ines Marl"] == "changed"
    services.take_keys(by=world.by, list_id=key_list.pk, numbers=[0])
    key = KeyRingEntry.objects.get()
    assert (key.name, key.relation, key.company_name) == ("ines marl", "at school", "Marl Design")
    assert key.connected_on == dt.date(2015, 3, 14)


def test_two_people_of_one_name_stay_two(world, received):
    twice = HEAD + "Bo,Li,,,Hull,,1 Jan 2020\nBo,Li,,,Leeds,,2 Jan 2020\nBo,Li,,,Hull,,1 Jan 2020\n"
    key_list = received(twice)
    plan = queries.plan_of(key_list)
    assert [str(row.fate) for row in plan.rows] == ["new", "new", "left_out"]
    assert plan.rows[2].why == "stands on line 2 already"
    services.take_keys(by=world.by, list_id=key_list.pk, numbers=[0, 1, 2])
    assert sorted(KeyRingEntry.objects.values_list("company_name", flat=True)) == ["Hull", "Leeds"]
    assert set(fates(received(twice)).values()) <= {"known", "left_out"}


def test_who_stands_on_our_own_lists_is_left_out_and_why(world, received):
    world.client("Ines Marl")
    plan = queries.plan_of(
        received(HEAD + ROWS + "Ada,Kettle,,,,,\nOlga,Owner,,,,,\n,,,,,,3 Jan 2020\n")
    )
    assert {row.name: row.why for row in plan.rows if row.why} == {
        "Ines Marl": "a client of ours already",
        "Ada Kettle": "the client themself",
        "Olga Owner": "a colleague of ours",
    }
    assert plan.counts == {"new": 2, "left_out": 3}


def test_refused_rows_are_told_with_line_and_field(received):
    key_list = received(HEAD + "Bo,Li,,,,,32 Mar 2023\n")
    [problem] = key_list.refused
    assert (problem["line"], problem["field"], problem["code"]) == (2, "Connected On", "bad_date")
    assert key_list.rows_read == 1


def test_whoever_was_not_taken_is_forgotten(world, received):
    key_list = received()
    services.take_keys(by=world.by, list_id=key_list.pk, numbers=[0])
    services.forget_list(by=world.by, list_id=key_list.pk)
    assert KeyList.objects.get().rows == []
    assert "Cy Day" not in json.dumps(list(Entry.objects.values()), default=str)
    with pytest.raises(Conflict) as caught:
        services.take_keys(by=world.by, list_id=key_list.pk, numbers=[1])
    assert caught.value.code == "list_forgotten"
    assert queries.open_lists_of(key_list.client_id) == []


def test_a_new_list_takes_the_place_of_the_one_before(world, ada, received):
    first, second = received(), received()
    assert queries.open_lists_of(ada.pk) == [second]
    first.refresh_from_db()
    assert first.rows == []


def test_lists_are_forgotten_after_a_day(received):
    key_list = received()
    assert forget_old_lists() == 0
    old = key_list.created_at - dt.timedelta(days=1, minutes=1)
    KeyList.objects.update(created_at=old)
    assert forget_old_lists() == 1
    assert KeyList.objects.get().rows == []


def test_the_plan_of_a_long_list_asks_a_fixed_number_of_times(
    received, django_assert_max_num_queries
):
    many = HEAD + "".join(f"N{n},Li,,,Firm {n % 50},,1 Jan 2020\n" for n in range(3_000))
    key_list = queries.key_list_by_id(received(many).pk)
    with django_assert_max_num_queries(3):
        assert len(queries.plan_of(key_list).to_choose) == 3_000


@pytest.mark.parametrize(
    ("role", "mine", "kept", "sees"),
    [
        ("agent", False, True, False),
        ("account_manager", False, True, False),
        ("account_manager", True, True, True),
        ("agent", True, True, True),
        ("leader", False, True, True),
        ("owner", False, True, True),
        ("agent", False, False, True),
    ],
)
def test_whoever_cares_for_the_client_sees_the_ring(role, mine, kept, sees):
    keeper = (1 if mine else 2) if kept else None
    assert queries.sees_keys(member_id=1, role=role, keeper_id=keeper) is sees


def test_a_list_of_another_workspace_is_not_there(world, received):
    with pytest.raises(NotFound):
        queries.key_list_by_id(received().pk + 1)
