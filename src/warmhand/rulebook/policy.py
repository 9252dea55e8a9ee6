"""The settings that a workspace may tune, each with its range, default and what the default
rests on.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields, replace
from functools import cached_property
from typing import Any, Final

SettingValue = int | bool | str
H1_CHOICES: Final = ("mixed", "ask", "offer", "need_prompt")
REWARD_FORMS: Final = ("none", "in_kind", "credit", "cash")
"""Forms of reward, each allowing those before it as well."""
OUTCOME_VISIBILITY: Final = ("with_consent", "never")


@dataclass(frozen=True, slots=True)
class SettingInfo:
    """What people and pages know about one setting. `basis` is a practice number, an evidence
    row or 'our choice'.
    """

    name: str
    title: str
    unit: str
    default: SettingValue
    sentence: str
    basis: str
    minimum: int | None = None
    maximum: int | None = None
    choices: tuple[str, ...] = ()

    @property
    def kind(self) -> str:
        """`whole number`, `yes or no` or `choice`."""
        if self.choices:
            return "choice"
        return "yes or no" if isinstance(self.default, bool) else "whole number"

    @property
    def allowed(self) -> str:
        """The allowed values, in words."""
        if self.choices:
            return "one of " + ", ".join(self.choices)
        if self.kind == "yes or no":
            return "true or false"
        return f"a whole number from {self.minimum} to {self.maximum}"

    def accepts(self, value: object) -> bool:
        """Whether `value` is allowed."""
        if self.choices:
            return value in self.choices
        if isinstance(value, bool) or self.kind == "yes or no":
            return isinstance(value, bool) and self.kind == "yes or no"
        low, high = self.minimum or 0, self.maximum or 0
        return isinstance(value, int) and low <= value <= high

    def as_number(self, value: SettingValue) -> int:
        """The number that stands for `value` in a rule: yes is 1, a choice is its place."""
        return self.choices.index(str(value)) if self.choices else int(value)


@dataclass(frozen=True, slots=True)
class PolicyProblem:
    """One thing that is wrong with proposed settings."""

    field: str
    problem: str
    allowed: str


class PolicyError(ValueError):
    """Proposed settings were refused; `problems` says which and why."""

    def __init__(self, problems: tuple[PolicyProblem, ...]) -> None:
        self.problems = problems
        parts = (f"{each.field}: {each.problem} (allowed: {each.allowed})" for each in problems)
        super().__init__("; ".join(parts))


def days(
    default: int, low: int, high: int, title: str, sentence: str, basis: str, unit: str = "days"
) -> Any:
    """Declare a setting that is a whole number."""
    return _declare(default, title, unit, sentence, basis, minimum=low, maximum=high)


def yes_no(default: bool, title: str, sentence: str, basis: str) -> Any:
    """Declare a setting that is yes or no."""
    return _declare(default, title, "yes or no", sentence, basis)


def choice(options: tuple[str, ...], title: str, sentence: str, basis: str) -> Any:
    """Declare a setting that is one of several words; the first is the default."""
    return _declare(options[0], title, "choice", sentence, basis, choices=options)


def _declare(
    default: SettingValue, title: str, unit: str, sentence: str, basis: str, **limits: Any
) -> Any:
    info = dict(title=title, unit=unit, default=default, sentence=sentence, basis=basis, **limits)
    return field(default=default, metadata=info)


@dataclass(frozen=True, kw_only=True)
class Policy:
    """The settings of one workspace at one version. Days are calendar days, scores are 0 to 10."""

    rest_days: int = days(
        90,
        30,
        365,
        "Rest between asks",
        "After an ask, the same person is not asked again for this long.",
        "P16; section 4, vendor practice (180 is the cautious preset)",
    )
    asks_per_period: int = days(
        2,
        0,
        4,
        "Asks of one person",
        "So many asks of one person fit into a period; 0 means nobody is asked.",
        "P16",
        unit="asks",
    )
    period_days: int = days(
        365, 30, 730, "Period of the ask budget", "The length of that period.", "P16"
    )
    company_asks_per_period: int = days(
        2,
        0,
        6,
        "Asks at one company",
        "So many asks fit into a period for all people at one company together, by the whole team.",
        "P16",
        unit="asks",
    )
    refusal_rest_days: int = days(
        180,
        30,
        730,
        "Rest after a no",
        "After somebody said no, they are not asked again for this long, and never for less than "
        "the usual rest.",
        "E26; the length is our choice",
    )
    second_refusal_rest_days: int = days(
        365,
        30,
        1460,
        "Rest after a second no",
        "After a second no within the period of the ask budget they are not asked again for this "
        "long. The further apart the two, the sooner it ends.",
        "P16, P18; E26; the length is our choice",
    )
    happy_at_least: int = days(
        8,
        7,
        10,
        "Happy from",
        "A rating of at least this says that the client is happy.",
        "P14; our choice",
        unit="points of 10",
    )
    unhappy_at_most: int = days(
        4,
        0,
        6,
        "Unhappy up to",
        "A rating of at most this is an unhappy signal: it stops asks until we have made good.",
        "P7; our choice",
        unit="points of 10",
    )
    recovery_rest_days: int = days(
        30,
        0,
        365,
        "Rest after making good",
        "After an unhappy client was won back, nothing is asked for this long.",
        "P7; our choice",
    )
    evidence_days: int = days(
        365,
        30,
        1095,
        "Evidence is good for",
        "What we delivered counts as something to show for this long.",
        "P17; our choice",
    )
    rating_valid_days: int = days(
        365,
        30,
        1095,
        "A rating is good for",
        "After this long without a new rating we do not know whether the client is happy.",
        "P14; our choice",
    )
    min_tenure_days: int = days(
        182, 0, 730, "Known for at least", "Newer clients are not asked.", "E9"
    )
    new_clients_may_prove: bool = yes_no(
        True,
        "Three parts instead of time",
        "Agreed, delivered with something to show, and happy together stand in for the time.",
        "P4; H4",
    )
    cultivation_days: int = days(
        365,
        30,
        1095,
        "Something given within",
        "A client for whom we have done nothing unpaid for this long has not been cultivated.",
        "P6, P9; our choice",
    )
    favour_rhythm_days: int = days(
        90,
        14,
        365,
        "Rhythm of favours",
        "A client with no favour for this long is proposed for the next one.",
        "P9; half-life of favour credit, our choice (E20)",
    )
    review_rhythm_days: int = days(
        180,
        30,
        730,
        "Rhythm of reviews",
        "After a review meeting, the next one is not proposed for this long.",
        "P14; our choice",
    )
    recent_review_days: int = days(
        90,
        7,
        365,
        "A good review carries",
        "For this long after a review that was rated happy, an ask is comfortable.",
        "P14; our choice",
    )
    offer_rest_days: int = days(
        90,
        14,
        365,
        "Rest between offers",
        "After something to pass on was offered, nothing is offered again for this long.",
        "P22; our choice",
    )
    confirm_window_days: int = days(
        180,
        7,
        730,
        "Ask whether it is solved for",
        "A resolved case that the client never confirmed stands in the way for this long.",
        "P12; our choice",
    )
    would_introduce_at_least: int = days(
        8,
        5,
        10,
        "Willing to introduce from",
        "Somebody who answered at least this to 'would you introduce us?' is asked before offered.",
        "P8; our choice",
        unit="points of 10",
    )
    quarter_end_days: int = days(
        10,
        0,
        31,
        "Busy at quarter end",
        "The last so many days of a client's quarter count as a busy time.",
        "P15; the number is our choice",
    )
    thanks_due_days: int = days(
        1,
        0,
        14,
        "Thank within",
        "A thank-you is due so many days after it is owed.",
        "P26; E21, our choice",
    )
    follow_up_first_days: int = days(
        7,
        2,
        20,
        "First follow-up after",
        "So many days after a referral given, both sides are asked whether they do business.",
        "P34; the number is our choice",
    )
    follow_up_second_days: int = days(
        30,
        21,
        59,
        "Second follow-up after",
        "So many days after the referral they are asked again, where it isn't over.",
        "P34; the number is our choice",
    )
    follow_up_third_days: int = days(
        90,
        60,
        365,
        "Third follow-up after",
        "So many days after the referral they are asked for the last time.",
        "P34; the number is our choice",
    )
    licence_warn_days: int = days(
        60,
        0,
        365,
        "Warn before a licence ends",
        "So many days before a provider's licence ends, who vouches for them is told on Today; "
        "the owners, where nobody does.",
        "P31; the number is our choice",
    )
    outcome_visibility: str = choice(
        OUTCOME_VISIBILITY,
        "What one side hears of the other",
        "with_consent: what came of a referral is told to the other side only where it was agreed "
        "to; never: it isn't told at all, as in banking, health or law.",
        "P24, P34; base policy pack",
    )
    rewards: str = choice(
        REWARD_FORMS,
        "Rewards",
        "none: no rewards, the default; in_kind: something in kind may be promised for an "
        "introduction; credit: that, or credit; cash: that, or money. Never for a co-worker.",
        "P20; E12; base policy pack",
    )
    require_recorded_consent: bool = yes_no(
        False,
        "Consent must be recorded",
        "Only people whose consent is on record are asked, offered or invited.",
        "P24; our choice",
    )
    h1_move: str = choice(
        H1_CHOICES,
        "Ask or match (H1)",
        "mixed: an offer comes before an ask unless the client is known to be willing; "
        "ask: an ask comes before an offer; offer: an offer comes before an ask; "
        "need_prompt: meeting a need comes first, then an offer.",
        "H1; E3, E4",
    )
    h2_resolved_moment: bool = yes_no(
        False,
        "A solved case opens the door (H2)",
        "For a week after a client confirmed that a case is solved, an ask comes before an offer.",
        "H2; P11 for, E16 against",
    )

    def __post_init__(self) -> None:
        problems = tuple(_problems(self.to_values()))
        if problems:
            raise PolicyError(problems)

    @classmethod
    def from_values(cls, values: Mapping[str, object]) -> Policy:
        """A policy out of stored or typed values; what is left out keeps its default.

        Raises `PolicyError` that names every wrong field, what is wrong and what is allowed.
        """
        problems = tuple(_problems(values))
        if problems:
            raise PolicyError(problems)
        return cls(**dict(values))  # type: ignore[arg-type]

    def to_values(self) -> dict[str, SettingValue]:
        """Plain values, as stored; `from_values` reads them back."""
        return asdict(self)

    def changed(self, **values: SettingValue) -> Policy:
        """This policy with some settings changed; refuses like `from_values`."""
        unknown = tuple(_problems(values))
        if unknown:
            raise PolicyError(unknown)
        return replace(self, **values)  # type: ignore[arg-type]

    @cached_property
    def numbers(self) -> dict[str, int]:
        """Every setting as the number that rules see."""
        return {name: info.as_number(getattr(self, name)) for name, info in SETTINGS.items()}


def _problems(values: Mapping[str, object]) -> list[PolicyProblem]:
    found = []
    for name, value in values.items():
        info = SETTINGS.get(name)
        if info is None:
            found.append(PolicyProblem(name, "no such setting", ", ".join(SETTINGS)))
        elif not info.accepts(value):
            found.append(PolicyProblem(name, f"{value!r} is not allowed", info.allowed))
    return found + _clashes(values)


def _clashes(values: Mapping[str, object]) -> list[PolicyProblem]:
    high = values.get("unhappy_at_most", SETTINGS["unhappy_at_most"].default)
    low = values.get("happy_at_least", SETTINGS["happy_at_least"].default)
    if isinstance(high, int) and isinstance(low, int) and high >= low:
        return [PolicyProblem("unhappy_at_most", "reaches into happy", f"less than {low}")]
    return []


SETTINGS: Final[Mapping[str, SettingInfo]] = {
    each.name: SettingInfo(name=each.name, **each.metadata) for each in fields(Policy)
}
"""Every setting by name, in the order in which pages show them."""
