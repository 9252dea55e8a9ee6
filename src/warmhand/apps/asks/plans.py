"""Introductions inside the client's company: a champion, a joint meeting, small steps (P19).

Each ask for a co-worker has a plan, whoever records the ask and by whatever path. No reward goes
with any of it (P20).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, TypedDict, Unpack

from django.db.models import Q, QuerySet

from warmhand.apps.accounts import days
from warmhand.apps.island.actor import Actor
from warmhand.apps.island.door import one
from warmhand.apps.journal import services as journal
from warmhand.apps.work.queries import busy_times
from warmhand.problems import Conflict, Invalid

from .models import Ask, CoworkerPlan, CoworkerTask

MEETINGS = CoworkerPlan.Meeting.choices
GOES_ON: Final = ("", Ask.Outcome.NAME, Ask.Outcome.WILL_INTRODUCE, Ask.Outcome.PASSED_ON)
"""Outcomes of an ask after which its steps are still to be done."""
SUPPOSED_DAYS: Final = 10
"""While no day is agreed, the meeting is supposed to be so many days ahead (our choice)."""


@dataclass(frozen=True, slots=True)
class Step:
    """One step that is proposed, so many days before (-) or after the meeting (our choice)."""

    code: str
    what: str
    days: int


AGREE_DAY: Final = Step("day", "Agree with {champion} on a day for {meeting}", -9)
STEPS: Final = (
    Step("brief", "Brief {champion}: what we did together, and whom we could help", -7),
    Step("note", "Write the note that {champion} can forward", -5),
    Step("roles", "Agree with {champion} who says what", -2),
    Step("meet", "Meet: {meeting}", 0),
    Step("debrief", "Talk it over with {champion}: what was heard, what comes next", 1),
    Step("thank", "Thank {champion}, whatever comes of it", 2),
)
MEETING_WORDS: Final = {"lunch": "a joint lunch", "call": "a joint call"}


class PlanFields(TypedDict, total=False):
    """What can be said of a plan. An empty champion is the client themself."""

    champion: str
    department: str
    meeting: str
    meeting_on: dt.date | None


def proposed(plan: CoworkerPlan, today: dt.date) -> Iterator[tuple[Step, str, dt.date]]:
    """The steps of a plan with their words and days; none is due before today."""
    meeting_on = plan.meeting_on or today + dt.timedelta(days=SUPPOSED_DAYS)
    words = {"champion": plan.champion_name, "meeting": MEETING_WORDS[plan.meeting]}
    steps = STEPS if plan.meeting_on else (AGREE_DAY, *STEPS)
    for step in steps:
        due_on = max(today, meeting_on + dt.timedelta(days=step.days))
        yield step, step.what.format(**words)[:200], due_on


@journal.one_act()
def make_plan(*, by: Actor, ask: Ask, **fields: Unpack[PlanFields]) -> CoworkerPlan:
    """The plan of an ask for a co-worker, with its steps; the one there is already, if any."""
    known = CoworkerPlan.objects.filter(ask=ask).first()
    if known is not None:
        return known
    _check_meeting(ask, fields.get("meeting_on"))
    plan = journal.create(
        CoworkerPlan,
        by=by,
        sentence=f"Planned an introduction inside the company of {ask.client.title}.",
        client_id=ask.client_id,
        ask=ask,
        **fields,
    )
    for step, what, due_on in proposed(plan, days.today()):
        journal.create(
            CoworkerTask,
            by=by,
            sentence=f"{ask.client.title}: {what}.",
            client_id=ask.client_id,
            plan=plan,
            step=step.code,
            what=what,
            due_on=due_on,
        )
    return plan


@journal.one_act()
def change_plan(
    *, by: Actor, plan_id: int, why: str = "", **fields: Unpack[PlanFields]
) -> CoworkerPlan:
    """Name the champion, the department, the meeting and its day.

    The steps that are still to be done take their words and days from it anew; once a day is
    agreed, the step of agreeing on it is done.
    """
    plan = plan_by_id(plan_id, lock=True)
    before = plan.meeting_on
    if fields.get("meeting_on") != before:
        _check_meeting(plan.ask, fields.get("meeting_on"))
    sentence = f"Changed the plan for an introduction inside, with {plan.client.title}."
    changed = journal.change(plan, by=by, sentence=sentence, why=why, **fields)
    _propose_anew(by, changed)
    return changed


def _propose_anew(by: Actor, plan: CoworkerPlan) -> None:
    today = days.today()
    anew = {step.code: (what, due_on) for step, what, due_on in proposed(plan, today)}
    for task in tasks_of(plan).filter(done_on=None).exclude(step="").select_for_update():
        if task.step in anew:
            what, due_on = anew[task.step]
            journal.change(task, by=by, sentence=f"Now: {what}.", what=what, due_on=due_on)
        else:
            journal.change(task, by=by, sentence=f"Done: {task.what}.", done_on=today)


def _check_meeting(ask: Ask, on: dt.date | None) -> None:
    """The meeting lies ahead, and outside their busy times (P15)."""
    if on is None:
        return
    if on < days.today():
        raise Invalid.at("meeting_on", "Name today or a day still to come.")
    days.planned("meeting_on", on)
    if ask.company_id is None:
        return
    busy = busy_times(company_id=ask.company_id).filter(starts_on__lte=on, ends_on__gte=on).first()
    if busy is not None:
        free = busy.ends_on + dt.timedelta(days=1)
        raise Invalid.at(
            "meeting_on",
            f"That is a busy time of theirs; the first day after it is {free:%-d %B %Y}.",
            code="meeting_in_busy_time",
        )


def add_task(*, by: Actor, plan_id: int, what: str, due_on: dt.date) -> CoworkerTask:
    """A step of our own, beside those proposed."""
    plan = plan_by_id(plan_id)
    if not what.strip():
        raise Invalid.at("what", "Say what is to be done.")
    return journal.create(
        CoworkerTask,
        by=by,
        sentence=f"{plan.client.title}: {what.strip()}.",
        client_id=plan.client_id,
        plan=plan,
        what=what.strip(),
        due_on=days.planned("due_on", due_on),
    )


def do_task(*, by: Actor, task_id: int, on: dt.date | None = None) -> CoworkerTask:
    """A step is done."""
    task = task_by_id(task_id, lock=True)
    if task.done_on is not None:
        raise Conflict(
            "step_done_already",
            f"This was done on {task.done_on:%-d %B %Y}.",
            lift="Reload the page to see how it stands.",
        )
    sentence = f"Done for {task.client.title}: {task.what}."
    return journal.change(task, by=by, sentence=sentence, done_on=days.happened("done_on", on))


def change_task(
    *, by: Actor, task_id: int, what: str, due_on: dt.date, why: str = ""
) -> CoworkerTask:
    """Say a step otherwise, or give it another day; from then on it keeps them."""
    task = task_by_id(task_id, lock=True)
    return journal.change(
        task,
        by=by,
        sentence=f"{task.client.title}: {what}.",
        why=why,
        what=what,
        due_on=days.planned("due_on", due_on),
        step="",
    )


def remove_task(*, by: Actor, task_id: int, why: str = "") -> CoworkerTask:
    """A step that isn't needed."""
    task = task_by_id(task_id, lock=True)
    return journal.remove(task, by=by, sentence=f"Left out: {task.what}.", why=why)


def plan_by_id(plan_id: int, *, lock: bool = False) -> CoworkerPlan:
    """One plan: the one door from an id to it."""
    related = ("ask", "client", "client__company")
    return one(CoworkerPlan, plan_id, "coworker_plan", lock=lock, related=related)


def task_by_id(task_id: int, *, lock: bool = False) -> CoworkerTask:
    """One step: the one door from an id to it."""
    return one(CoworkerTask, task_id, "coworker_task", lock=lock, related=("client", "plan"))


def tasks_of(plan: CoworkerPlan) -> QuerySet[CoworkerTask]:
    """The steps of a plan, by their days."""
    return CoworkerTask.objects.filter(plan=plan).select_related("client")


def plans(*, client_id: int | None = None, ask_id: int | None = None) -> QuerySet[CoworkerPlan]:
    """Plans with their steps, newest first, in two queries."""
    rows = CoworkerPlan.objects.select_related("client", "client__company", "ask")
    rows = rows.filter(client__removed_at=None).prefetch_related("tasks")
    wanted = {"client_id": client_id, "ask_id": ask_id}
    return rows.filter(**{name: value for name, value in wanted.items() if value is not None})


def tasks_due(member_id: int, *, today: dt.date | None = None) -> list[CoworkerTask]:
    """Steps whose day has come, of clients in a member's care, earliest first.

    Of an ask that was refused, put off or never made, no step is due.
    """
    due = CoworkerTask.objects.filter(done_on=None, due_on__lte=today or days.today())
    due = due.filter(plan__removed_at=None, plan__ask__removed_at=None, client__removed_at=None)
    due = due.filter(plan__ask__outcome__in=GOES_ON).filter(in_care_of(member_id, "plan__ask__"))
    return list(due.select_related("client", "client__company", "plan").order_by("due_on", "pk"))


def in_care_of(member_id: int, ask: str = "") -> Q:
    """Asks of clients in a member's care; in nobody's care, those that the member made."""
    keeper = f"{ask}client__keeper"
    return Q(**{keeper: member_id}) | Q(**{keeper: None, f"{ask}member": member_id})
