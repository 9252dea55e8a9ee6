"""Forms of introductions: its words, and what the client said on the spot."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any, Final

from django import forms

from warmhand.apps.introductions import facts
from warmhand.web.forms import Words
from warmhand.wording.introductions import AFTER, BEFORE

FACTS = {
    "need": "The need, in their words",
    "context": "The context",
    "company": "Their company",
    "place": "The city",
    "language": "Their language",
    "urgency": "How soon",
    "name": "Their name, already before the provider accepts",
    "phone": "Phone, after the provider has accepted",
    "email": "E-mail, after the provider has accepted",
}
"""The facts as members read them; a test compares with the allow-list."""


LONGEST: Final = 2_000


def cleaned(text: str, longest: int = LONGEST) -> str:
    """Words as they came with a form of one line, fit to be kept."""
    return text.replace("\x00", "").strip()[:longest]


class Facts(forms.MultipleChoiceField):
    """Which facts the provider may be told."""

    needed = True
    """None is an answer too: the field isn't marked as optional."""

    def __init__(self, **options: Any) -> None:
        super().__init__(
            choices=[(code, FACTS[code]) for code in (*BEFORE, *AFTER)],
            widget=forms.CheckboxSelectMultiple,
            required=False,
            **options,
        )


ALL: Final = "all"
"""The tick that stands for every fact proposed: one touch on a phone, and still theirs."""


def there_is(it: Any) -> dict[str, str]:
    """Every fact there is; a third person's number and address are what they enter themselves."""
    if it.for_other:
        return facts.values(it) | {"name": it.person_name, "phone": "", "email": ""}
    return facts.values(it) | facts.ways_to_reach(it.client_id)


def proposed(it: Any, there: Collection[str]) -> list[str]:
    """Of the facts `there` are, those that we propose to tell; the person decides about each."""
    return [code for code in it.tells or facts.USUAL if code in there]


def ticked(it: Any, sent: list[str]) -> list[str]:
    """What was ticked; one tick for all of it stands for what is proposed, as it was listed."""
    return facts.known([*sent, *(proposed(it, there_is(it)) if ALL in sent else ())])


class IntroduceForm(forms.Form):
    """What an introduction says; the client sees it all before they say yes."""

    need_words = Words(
        label="The need, in their own words",
        help_text="The provider reads this. Say nothing they needn't know.",
    )
    why_confident = Words(
        label="Why they can be confident",
        help_text="What this provider did, and from where you know it.",
        required=False,
    )
    context = Words(
        label="What helps the provider to help",
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    expects_call = forms.BooleanField(
        label="The provider calls and sets it up", required=False, initial=True
    )
    tells = Facts(label="What the provider would be told", initial=list(facts.USUAL))
    relation = forms.CharField(
        label="Is it for somebody they know? Who is it to them?",
        help_text="Such as 'my sister'. No name: of people who aren't clients we keep nothing "
        "until they act.",
        required=False,
        max_length=80,
    )
    need_for_other = forms.TypedChoiceField(
        label="If it is for somebody they know: whose need is it?",
        help_text="What was told for somebody else is forgotten with them; what the client needs "
        "too stays.",
        choices=[("theirs", "Theirs alone"), ("own", "The client's own as well")],
        coerce=lambda said: said == "theirs",
        empty_value=None,
        widget=forms.RadioSelect,
        required=False,
    )


def introduce_form(need: Any, data: Any, initial: dict[str, Any]) -> IntroduceForm:
    """The form for a need: whose it is isn't asked where it is marked, only who that is."""
    form = IntroduceForm(data, initial=initial)
    if need.for_other:
        del form.fields["need_for_other"]
        form.fields["relation"].label = "For whom is it? Who is it to them?"
        form.fields["relation"].required = True
    return form


class SpokenYes(forms.Form):
    """What the client said on the spot; nothing is ticked that they didn't hear."""

    tells = Facts(label="They agree that the provider learns")
    words = forms.CharField(label="In their words", required=False, max_length=LONGEST)
    wants_mail = forms.BooleanField(label="They want a mail when it is arranged", required=False)


def spoken_yes(it: Any, data: Any = None) -> SpokenYes:
    """The form about an introduction: only the facts there are, and none ticked beforehand."""
    form, there = SpokenYes(data), there_is(it)
    choices = [(ALL, "All that is proposed"), *((c, FACTS[c]) for c in FACTS if c in there)]
    form.fields["tells"].choices = choices  # type: ignore[attr-defined]
    return form
