"""What a person may send from Today: filters, and the answers to a proposed move."""

from __future__ import annotations

import datetime as dt
from typing import Any, Final

from django import forms

from warmhand.apps.accounts import queries as accounts
from warmhand.apps.accounts.abilities import Role
from warmhand.apps.accounts.queries import Membership
from warmhand.apps.moves.queries import TodayFilter
from warmhand.problems import NotFound
from warmhand.rulebook import MOVES, RULES, Move

MINE, ALL, TEAM = "mine", "all", "team:"
PUT_OFF: Final = (
    ("1", "until tomorrow"),
    ("7", "for a week"),
    ("14", "for two weeks"),
    ("30", "for a month"),
    ("90", "for a quarter"),
)
NOT_NOW: Final = ("They are away", "Waiting for something of ours", "It is a bad moment")
NOT_THIS: Final = ("It doesn't fit them", "Somebody did it already", "We agreed on something else")


class FilterForm(forms.Form):
    """In whose care, which reason, which words; `move` and `company` come by links."""

    q = forms.CharField(label="Search these moves", required=False, max_length=100)
    whose = forms.ChoiceField(label="In whose care", required=False)
    code = forms.ChoiceField(label="Reason", required=False)
    move = forms.ChoiceField(
        required=False,
        widget=forms.HiddenInput,
        choices=[("", ""), *((m.value, m.value) for m in Move)],
    )
    company = forms.IntegerField(required=False, widget=forms.HiddenInput, min_value=1)

    def __init__(self, sent: Any, *, me: Membership, teams: list[str]) -> None:
        super().__init__(_with_default(sent, me), auto_id="filter_%s")
        self.me = me
        named = [(f"{TEAM}{team}", f"Team {team}") for team in teams]
        whose, code = self.fields["whose"], self.fields["code"]
        whose.choices = [(MINE, "Mine"), *named, (ALL, "Everybody's")]  # type: ignore[attr-defined]
        reasons = [(each.code, each.title) for each in RULES.values()]
        code.choices = [("", "Any reason"), *reasons]  # type: ignore[attr-defined]

    def wanted(self) -> TodayFilter:
        """The filter for the list; what can't be read is left out."""
        self.is_valid()
        sent = self.cleaned_data
        whose = sent.get("whose") or default_whose(self.me)
        return TodayFilter(
            member_id=self.me.member_id if whose == MINE else None,
            team=whose.removeprefix(TEAM) if whose.startswith(TEAM) else "",
            company_id=sent.get("company"),
            move=sent.get("move", ""),
            code=sent.get("code", ""),
            search=sent.get("q", "").strip(),
        )


def default_whose(me: Membership) -> str:
    """Whose moves somebody sees first: their own; a leader their team's, an owner everybody's."""
    if me.role == Role.OWNER or (me.role == Role.LEADER and not me.team):
        return ALL
    return f"{TEAM}{me.team}" if me.role == Role.LEADER else MINE


def _with_default(sent: Any, me: Membership) -> Any:
    filled = sent.copy()
    if not filled.get("whose"):
        filled["whose"] = default_whose(me)
    return filled


class AnswerForm(forms.Form):
    """An answer to a proposed move; always with a reason, so that the team learns from it."""

    why = forms.CharField(
        label="Why", max_length=300, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )
    suggestions: tuple[str, ...] = ()

    def __init__(self, sent: Any = None, *, me: Membership) -> None:
        super().__init__(data=sent, auto_id="answer_%s")
        self.me = me
        if self.suggestions:
            self.fields["why"].widget.attrs["list"] = "answer_reasons"
        next(iter(self.fields.values())).widget.attrs["autofocus"] = True


class SnoozeForm(AnswerForm):
    """Later: for some days, or until a day."""

    days = forms.ChoiceField(label="For how long", choices=PUT_OFF, initial="7")
    until = forms.DateField(
        label="Or until a day", required=False, widget=forms.DateInput(attrs={"type": "date"})
    )
    field_order = ("days", "until", "why")
    suggestions = NOT_NOW

    def day(self) -> dt.date:
        """The first day on which the move is proposed again."""
        day: dt.date | None = self.cleaned_data["until"]
        return day or self.me.today() + dt.timedelta(days=int(self.cleaned_data["days"]))


class DismissForm(AnswerForm):
    """Not this."""

    suggestions = NOT_THIS


class HandOverForm(AnswerForm):
    """Into a colleague's care."""

    to_member = forms.TypedChoiceField(label="To", coerce=int)
    field_order = ("to_member", "why")

    def __init__(self, sent: Any = None, *, me: Membership) -> None:
        super().__init__(sent, me=me)
        others = accounts.members().exclude(pk=self.me.member_id).order_by("name")
        choices = [(each.pk, _described(each)) for each in others]
        self.fields["to_member"].choices = choices  # type: ignore[attr-defined]


def _described(member: Any) -> str:
    return f"{member.name} ({member.team})" if member.team else str(member.name)


def move_named(name: str) -> Move:
    """A move by its code; NotFound for any other word."""
    if name not in MOVES:
        raise NotFound("move")
    return Move(name)
