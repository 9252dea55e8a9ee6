"""Introductions inside the company: champion, meeting outside busy times, small steps (P19)."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.asks.earned import earn
from warmhand.apps.asks import plans, services
from warmhand.apps.asks.models import Ask, CoworkerPlan
from warmhand.apps.moves.services import answer_ask
from warmhand.apps.people.models import Client
from warmhand.apps.work.models import BusyTime
from warmhand.problems import Conflict, Invalid

TODAY = dt.date(2026, 3, 2)


@pytest.fixture
def plan(world) -> CoworkerPlan:
    client = earn(world, company=world.company())
    services.record_ask(by=world.by, client_id=client.pk, kind="ask_coworker")
    return plans.plans(client_id=client.pk).get()


def due(plan) -> dict[str, dt.date]:
    return {task.step: task.due_on for task in plans.tasks_of(plan)}


def test_the_steps_are_proposed_before_and_after_the_meeting(world, plan):
    today = world.today()
    assert due(plan)["day"] < due(plan)["brief"]
    meeting = today + dt.timedelta(days=20)
    changed = plans.change_plan(
        by=world.by, plan_id=plan.pk, champion="Ines Prado", department="Purchasing",
        meeting="call", meeting_on=meeting,
    )  # fmt: skip
    found = due(changed)
    assert found["meet"] == meeting
    assert found["brief"] < found["note"] < found["roles"] < meeting
    assert meeting < found["debrief"] < found["thank"]
    words = {task.step: task for task in plans.tasks_of(changed)}
    assert words["meet"].what == "Meet: a joint call"
    assert words["note"].what == "Write the note that Ines Prado can forward"
    assert words["day"].done_on == today  # a day is agreed


def test_a_step_that_was_changed_by_hand_keeps_its_words_and_day(world, plan):
    own = plans.tasks_of(plan).get(step="note")
    day = world.today() + dt.timedelta(days=3)
    plans.change_task(by=world.by, task_id=own.pk, what="Draft it with Ines", due_on=day)
    added = plans.add_task(by=world.by, plan_id=plan.pk, what="Book a table", due_on=day)
    later = world.today() + dt.timedelta(days=30)
    plans.change_plan(by=world.by, plan_id=plan.pk, meeting_on=later)
    for task, what in ((own, "Draft it with Ines"), (added, "Book a table")):
        task.refresh_from_db()
        assert (task.what, task.due_on) == (what, day)


def test_no_meeting_in_their_busy_time_nor_in_the_past(world, plan):
    starts = world.today() + dt.timedelta(days=10)
    ends = starts + dt.timedelta(days=4)
    BusyTime.objects.create(company=plan.client.company, starts_on=starts, ends_on=ends)
    for day in (starts, ends):
        with pytest.raises(Invalid) as told:
            plans.change_plan(by=world.by, plan_id=plan.pk, meeting_on=day)
        assert told.value.code == "meeting_in_busy_time"
        free = ends + dt.timedelta(days=1)
        assert f"{free:%-d %B %Y}" in told.value.sentence
    with pytest.raises(Invalid):
        plans.change_plan(by=world.by, plan_id=plan.pk, meeting_on=world.days_ago(1))
    changed = plans.change_plan(by=world.by, plan_id=plan.pk, meeting_on=free)
    assert changed.meeting_on == free


def test_a_step_is_done_once(world, plan):
    task = plans.tasks_of(plan).first()
    assert plans.do_task(by=world.by, task_id=task.pk).done_on == world.today()
    with pytest.raises(Conflict):
        plans.do_task(by=world.by, task_id=task.pk)
    with pytest.raises(Invalid):
        plans.add_task(by=world.by, plan_id=plan.pk, what=" ", due_on=world.today())


def test_due_steps_are_lines_for_the_keeper(world, plan):
    keeper, other = world.members["account_manager"].pk, world.members["agent"].pk
    assert plans.tasks_due(keeper) == []
    task = plans.tasks_of(plan).first()
    plans.change_task(by=world.by, task_id=task.pk, what="Book", due_on=world.days_ago(2))
    assert [each.pk for each in plans.tasks_due(keeper)] == [task.pk]
    assert plans.tasks_due(other) == []
    Client.objects.update(keeper=None)  # in nobody's care: whoever asked
    assert plans.tasks_due(keeper) == []
    assert [each.pk for each in plans.tasks_due(world.members["owner"].pk)] == [task.pk]


@pytest.mark.parametrize(
    ("outcome", "goes_on"),
    [("name", True), ("will_introduce", True), ("no", False), ("later", False)],
)
def test_no_step_is_due_of_an_ask_that_was_refused_or_put_off(world, plan, outcome, goes_on):
    task = plans.tasks_of(plan).first()
    plans.change_task(by=world.by, task_id=task.pk, what="Book", due_on=world.today())
    more = {"name": {"new_person": "Zoe"}, "later": {"later_on": world.days_ago(-9)}}
    answer_ask(by=world.by, ask_id=plan.ask_id, outcome=outcome, **more.get(outcome, {}))
    assert bool(plans.tasks_due(world.members["account_manager"].pk)) is goes_on


@given(st.none() | st.integers(0, 400), st.text(max_size=300), st.sampled_from(["lunch", "call"]))
def test_no_step_is_due_before_today_and_all_keep_their_order(days, champion, meeting):
    on = None if days is None else TODAY + dt.timedelta(days=days)
    plan = CoworkerPlan(
        client=Client(name="Ada"), ask=Ask(), champion=champion, meeting=meeting, meeting_on=on
    )
    found = list(plans.proposed(plan, TODAY))
    assert [step.code for step, *_ in found][-6:] == [
        "brief", "note", "roles", "meet", "debrief", "thank",
    ]  # fmt: skip
    dues = [due_on for *_, due_on in found]
    assert dues == sorted(dues)
    assert min(dues) >= TODAY
    assert all(0 < len(what) <= 200 for _, what, _ in found)
    assert not any("reward" in what and "reward" not in champion for _, what, _ in found)
