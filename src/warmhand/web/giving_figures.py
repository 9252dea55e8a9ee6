"""Giving: one's own, the team's for those who lead it, targets, and a table to take away (P35)."""

from __future__ import annotations

from typing import Any, Final
from urllib.parse import urlencode

from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from warmhand.apps.accounts import queries as accounts
from warmhand.apps.accounts.abilities import Ability, may
from warmhand.apps.insight import queries, services, targets
from warmhand.problems import Problem
from warmhand.web import flash, gate
from warmhand.web.files import csv_answer
from warmhand.web.forms import saved, sent

HELPS: Final = {
    "needs_served": "web:needs",
    "needs_open": "web:needs",
    "favours": "web:favours",
    "ask_how_it_went": "web:referrals-given",
    "tell_what_came": "web:favours",
    "note_the_time": "web:favours",
    "raise_quality": "web:referrals-given",
}
"""Where each hint leads."""


@require_safe
@gate.member()
def mine(request: gate.Request) -> HttpResponse:
    """One's own giving, what would help next, and the team's total; no colleague's figures."""
    me = request.here.me
    found = queries.my_giving(me.member_id)
    context = {
        "found": found,
        "figures": found.me.figures,
        "months": _bars(found.me.figures),
        "hints": [(each.sentence, _leads_to(each.code)) for each in found.me.hints],
        "tabs": _tabs(me.role, here="mine"),
    }
    return render(request, "giving/mine.html", context)


@require_safe
@gate.member(Ability.COACH)
def team(request: gate.Request) -> HttpResponse:
    """The people of a team by name, with what would help each; and the targets."""
    chosen, form = _chosen(request)
    found = queries.team_giving(chosen)
    context = {
        "found": found,
        "form": form,
        "months": _bars(found.total.figures),
        "targets": [
            (each, _change(each)) for each in targets.targets(found.targets) if _of(each, chosen)
        ],
        "csv": f"{reverse('web:giving_csv')}?team={chosen}"
        if chosen
        else reverse("web:giving_csv"),
        "tabs": _tabs(request.here.me.role, here="team"),
    }
    return render(request, "giving/team.html", context)


@require_safe
@gate.member(Ability.COACH)
def team_csv(request: gate.Request) -> HttpResponse:
    """The same as a table for a spreadsheet."""
    chosen, _ = _chosen(request)
    return csv_answer("giving.csv", queries.as_csv(queries.team_giving(chosen)))


class TeamForm(forms.Form):
    """Which team."""

    team = forms.ChoiceField(label="Team", required=False)

    def __init__(self, data: Any, own_team: str, may_all: bool) -> None:
        super().__init__(data, auto_id="giving_%s")
        named = [(each, each) for each in queries.teams() if may_all or each == own_team]
        every = [("", "Everybody")] if may_all else []
        self.fields["team"].choices = [*every, *named]  # type: ignore[attr-defined]


def _chosen(request: gate.Request) -> tuple[str, TeamForm]:
    """The team that is looked at; a leader of one isn't shown another's."""
    me = request.here.me
    may_all = queries.may_see_team(me.role, me.team, "")
    chosen = request.GET.get("team") or ("" if may_all else me.team)
    if not queries.may_see_team(me.role, me.team, chosen):
        raise Problem(
            "giving_of_another_team",
            "This is another team's giving.",
            lift="Ask an owner, or whoever leads that team.",
            status=403,
        )
    form = TeamForm({"team": chosen}, me.team, may_all)
    return (chosen if form.is_valid() else ""), form


class TargetForm(forms.Form):
    """How much of what, and for whom."""

    whose = forms.ChoiceField(label="For whom?")
    measure = forms.ChoiceField(
        label="What?",
        choices=targets.MEASURES,
        widget=forms.RadioSelect,
        initial="points",
        help_text="Ten points are one referral given well whose client is happy. Numbers alone "
        "bring few.",
    )
    amount = forms.IntegerField(label="How much for each?", min_value=1, max_value=10_000)
    every = forms.ChoiceField(
        label="How often?",
        choices=targets.EVERY,
        widget=forms.RadioSelect,
        initial="quarter",
        help_text="A share of clients is looked at as it stands, whatever is chosen here.",
    )

    def __init__(self, data: Any, me: Any, shown: Any = None) -> None:
        super().__init__(data, initial={name: shown[name] for name in shown or () if shown[name]})
        self.fields["whose"].choices = _whose(me)  # type: ignore[attr-defined]


def _whose(me: Any) -> list[Any]:
    may_all = queries.may_see_team(me.role, me.team, "")
    people = [each for each in accounts.members() if may_all or each.team == me.team]
    teams = [each for each in queries.teams() if may_all or each == me.team]
    every = [("all", "Every member")] if may_all else []
    of_teams = [(f"team:{each}", f"Each member of {each}") for each in teams]
    return [*every, *of_teams, ("One member", [(f"member:{m.pk}", m.name) for m in people])]


@gate.member(Ability.COACH)
def target_new(request: gate.Request) -> HttpResponse:
    """Set a target; it takes the place of the one that stood for the same."""
    form = TargetForm(sent(request), request.here.me, request.GET)

    def save(whose: str, **values: Any) -> Any:
        kind, _, which = whose.partition(":")
        whom: dict[str, Any] = {"team": which} if kind == "team" else {}
        if kind == "member":
            whom = {"member_id": int(which)}
        return services.set_target(by=request.here.me.actor("web"), **whom, **values)

    if target := saved(form, save):
        flash.told(request, about=target)
        return redirect("web:giving_team")
    context = {
        "form": form,
        "heading": "Set a target",
        "lede": "Something to aim for together; it takes the place of what stood for the same. "
        "What is unlawful in your trade can't be set here.",
        "submit": "Set it",
        "back": reverse("web:giving_team"),
        "back_to": "Giving of the team",
    }
    status = 422 if form.errors else 200
    return render(request, "records/form.html", context, status=status)


@require_POST
@gate.member(Ability.COACH)
def target_remove(request: gate.Request, target_id: int) -> HttpResponse:
    """Take a target away, with Undo."""
    gone = services.remove_target(by=request.here.me.actor("web"), target_id=target_id)
    flash.told(request, about=gone)
    return redirect("web:giving_team")


def _change(target: Any) -> str:
    """The form with this target filled in; what is saved takes its place."""
    whose = f"team:{target.team}" if target.team else "all"
    if target.member_id:
        whose = f"member:{target.member_id}"
    shown = {"whose": whose, "measure": target.measure, "amount": target.amount}
    return f"{reverse('web:target_new')}?{urlencode({**shown, 'every': target.every})}"


def _leads_to(code: str) -> str:
    return reverse(HELPS[code]) if code in HELPS else ""


def _of(target: Any, team_name: str) -> bool:
    """Whether a target holds for somebody of the team that is looked at."""
    theirs = target.member.team if target.member else target.team
    return not team_name or not theirs or theirs == team_name


def _bars(figures: Any) -> list[dict[str, Any]]:
    """The months with the most points of them all, as a meter needs it."""
    most = max((each.points for each in figures.months), default=0) or 1
    return [{"it": each, "most": most} for each in figures.months]


def _tabs(role: str, *, here: str) -> list[dict[str, Any]]:
    """One's own page, and the team's for those who lead."""
    if not may(role, Ability.COACH):
        return []
    return [
        {"label": "Mine", "url": reverse("web:giving"), "here": here == "mine"},
        {"label": "Team", "url": reverse("web:giving_team"), "here": here == "team"},
    ]
