"""What belongs to an ask: its kind, the steps inside a company, rewards."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from warmhand.apps.asks import plans
from warmhand.apps.asks import queries as ask_reads
from warmhand.apps.gratitude import rewards
from warmhand.apps.referrals import kinds
from warmhand.web.records import steps
from warmhand.web.records.act import Act, Kind, change
from warmhand.web.records.forms import asking as forms
from warmhand.web.records.forms import fields as fields_forms

KINDS: Final[Mapping[str, Kind]] = {
    "ask": Kind(
        "ask",
        ask_reads.ask_by_id,
        "ask_id",
        {
            "kind": Act(
                "Edit",
                forms.KindForm,
                kinds.change_kind,
                "pencil-square",
                "It was of another kind? The introductions that came of it go with it.",
            ),
            "reward": Act(
                "Promise a reward",
                forms.RewardForm,
                steps.promise_reward,
                "gift-top",
                "Only for an introduction to somebody outside their company, and always disclosed.",
                when=lambda it: it.kind == "ask" and bool(rewards.allowed_forms()),
            ),
        },
    ),
    "coworker-plan": Kind(
        "plan",
        plans.plan_by_id,
        "plan_id",
        {
            "who-and-when": Act(
                "Who and when",
                forms.PlanForm,
                plans.change_plan,
                "calendar-days",
                "The steps that are still to be done take their days from the meeting.",
            ),
            "step": Act("Add a step", forms.TaskForm, plans.add_task, "plus"),
        },
    ),
    "coworker-task": Kind(
        "step",
        plans.task_by_id,
        "task_id",
        {
            "do": Act(
                "Done",
                fields_forms.OnlyDated,
                plans.do_task,
                "check",
                when=lambda it: not it.done_on,
            ),
            "edit": change(forms.TaskForm, plans.change_task),
        },
        plans.remove_task,
    ),
    "reward": Kind(
        "reward",
        rewards.reward_by_id,
        "reward_id",
        {
            "give": Act(
                "Given",
                fields_forms.OnlyDated,
                rewards.give_reward,
                "check",
                when=lambda it: it.state == "promised",
            ),
            "withdraw": Act(
                "Withdraw",
                fields_forms.JustWhy,
                rewards.withdraw_reward,
                "arrow-uturn-left",
                "It is on record that it was promised, and why it won't be given.",
                when=lambda it: it.state == "promised",
            ),
        },
        rewards.remove_reward,
    ),
}
