"""Forms of a key ring: finding, several lines to add, the upload of a list, choosing from it."""

from __future__ import annotations

from typing import Any, Final

from django import forms

from warmhand.problems import Problem
from warmhand.web.records.forms.fields import Line

LINES: Final = 3
CLOSENESS: Final = [
    ("", "How well?"),
    ("5", "5 · very well"),
    ("4", "4 · well"),
    ("3", "3 · fairly"),
    ("2", "2 · a little"),
    ("1", "1 · hardly"),
]


class FindKeys(forms.Form):
    """Words to look for on a ring."""

    q = forms.CharField(label="Find on the ring", required=False, max_length=100)

    def words(self) -> str:
        """What to look for; nothing where the form can't be read."""
        return str(self.cleaned_data["q"]) if self.is_valid() else ""


class KeyRow(forms.Form):
    """One person of several to add: a line that stays empty is left out."""

    use_required_attribute = False
    name = Line(label="Name")
    company_name = Line(label="At")
    relation = Line(label="How they know each other")
    closeness = forms.TypedChoiceField(
        label="How well", choices=CLOSENESS, coerce=int, empty_value=None, required=False
    )

    def clean(self) -> dict[str, Any]:
        """Whoever is described has a name."""
        given: dict[str, Any] = super().clean() or {}
        if any(given.values()) and not given.get("name"):
            self.add_error("name", "Who is it?")
        return given


class KeyRows:
    """A few lines to fill in at once; `refused` where something is wrong with them."""

    def __init__(self, data: Any = None) -> None:
        self.lines = [KeyRow(data, prefix=f"r{number}") for number in range(LINES)]
        self.bound = data is not None
        self.refused = False
        self.error = ""

    def keys(self) -> list[Any] | None:
        """The people who were filled in; None where a line can't be taken as it is."""
        valid = [line.is_valid() for line in self.lines]  # each says what is wrong with it
        if not all(valid):
            self.refused = True
            return None
        return [line.cleaned_data for line in self.lines if line.cleaned_data.get("name")]

    def tell(self, problem: Problem) -> None:
        """Put a refusal on the lines it fits, or over them."""
        self.refused = True
        self.error = " ".join([*(place.sentence for place in problem.places), problem.sentence][:1])


class GaveUs(forms.Form):
    """A list that a client gave us themselves."""

    file = forms.FileField(
        label="Their list",
        help_text="Connections.csv, or the zip that LinkedIn sends; at most 30,000 people.",
        widget=forms.FileInput({"accept": ".csv,.zip,.txt,.tsv"}),
    )
    theirs = forms.BooleanField(
        error_messages={"required": "Only a list that they gave us themselves may be read."}
    )

    def __init__(self, *arguments: Any, client: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.fields["theirs"].label = f"{client.title} gave us this list themselves"


class ChoosingForm(forms.Form):
    """Which rows of a list to show."""

    q = forms.CharField(label="Find by name, company or position", required=False, max_length=100)
    fits = forms.ChoiceField(
        label="Show",
        required=False,
        choices=[("", "Everybody new"), ("yes", "Only those that fit what we did")],
    )

    def wanted(self) -> dict[str, Any]:
        """The filters by the names that the query knows."""
        given = self.cleaned_data if self.is_valid() else {}
        return {"search": given.get("q", ""), "only_fitting": given.get("fits") == "yes"}
