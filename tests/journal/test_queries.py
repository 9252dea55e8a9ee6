"""Reading the journal: who, what, why, and what can still be undone."""

from __future__ import annotations

from warmhand.apps.journal import queries, services
from warmhand.apps.people import services as people
from warmhand.apps.work import services as work


def test_entries_are_found_by_words_author_and_way_in(world):
    client = people.add_client(by=world.by, name="Ida Quill")
    leader = world.actor("leader")
    work.open_case(by=leader, client_id=client.pk, title="No heat")
    people.remove_client(by=leader, client_id=client.pk, why="Entered twice")
    assert [e.verb for e in queries.entries(search="ida")] == ["removed", "created", "created"]
    assert [e.verb for e in queries.entries(search="twice leader")] == ["removed"]
    assert queries.entries(member_id=leader.member_id).count() == 2
    assert not queries.entries(via="cli", search="ida").exists()


def test_what_was_undone_says_so_and_parts_are_not_undone_alone(world):
    client = people.add_client(by=world.by, name="Ida", email="ida@quill.example")
    head, part = queries.timeline_of(client.pk).order_by("pk")
    assert (head.can_undo, part.can_undo) == (True, False)
    services.undo(by=world.by, entry_id=head.pk)
    told = [(e.verb, e.is_undone, e.can_undo) for e in queries.timeline_of(client.pk)]
    assert told == [
        ("undid", False, False),
        ("undid", False, False),
        ("created", True, False),
        ("created", True, False),
    ]


def test_a_time_line_holds_what_concerns_the_whole_company(world):
    company = world.company()
    client, colleague = world.client(company=company), world.client("Bo", company=company)
    work.set_busy_time(
        by=world.by, company_id=company.pk, starts_on=world.today(), ends_on=world.today()
    )
    work.open_case(by=world.by, client_id=colleague.pk, title="Not mine")
    assert not queries.timeline_of(client.pk).exists()
    found = queries.timeline_of(client.pk, company_id=company.pk)
    assert [entry.object_type for entry in found] == ["work.BusyTime"]


def test_the_journal_costs_two_queries_however_long(world, django_assert_num_queries):
    for number in range(5):
        people.add_client(by=world.by, name=f"C {number}")
    with django_assert_num_queries(2):
        assert all(entry.can_undo for entry in queries.entries(search="added"))
