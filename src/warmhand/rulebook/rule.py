"""What a rule is: a traced permission with a code, and all that people need to know about its
'no'.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Final, NotRequired, TypedDict, Unpack

from .facts import FACTS, OVERRIDABLE, Facts
from .policy import SETTINGS, Policy
from .tree import Fact, Num, Objects, Setting, Truth, walk


class Lift(StrEnum):
    """Who or what can lift an objection."""

    TIME = "time"
    CLIENT = "client"
    US = "us"
    NEVER = "never"


class Move(StrEnum):
    """What may be done next with a client."""

    RECOVER = "recover"
    THANK = "thank"
    CONFIRM_RESOLUTION = "confirm_resolution"
    KEEP_PROMISE = "keep_promise"
    FAVOUR = "favour"
    GIVE_REFERRAL = "give_referral"
    OFFER = "offer"
    INVITE_TO_REVIEW = "invite_to_review"
    ASK = "ask"
    ASK_COWORKER = "ask_coworker"
    ASK_MORE = "ask_more"
    WAIT = "wait"


ASKS: Final = (Move.ASK, Move.ASK_COWORKER, Move.ASK_MORE)
"""Moves that ask for something."""

GIVES: Final = (Move.FAVOUR, Move.GIVE_REFERRAL)
"""Moves that give, and ask for nothing."""

SERVICE: Final = (Move.RECOVER, Move.THANK, Move.CONFIRM_RESOLUTION, Move.KEEP_PROMISE)
"""Moves that we owe; they stay possible when consent is withdrawn."""


class FactNames:
    """Stands for the facts while a rule is traced: `f.open_cases` is the fact, not yet a number."""

    def __getattr__(self, name: str) -> Num:
        if name not in FACTS:
            raise AttributeError(f"no fact is called {name}")
        return Fact(name)


class SettingNames:
    """Stands for the policy while a rule is traced."""

    def __getattr__(self, name: str) -> Num:
        if name not in SETTINGS:
            raise AttributeError(f"no setting is called {name}")
        return Setting(name)


class Objections:
    """Stands for the verdicts of the rules, after overrides, while a move is traced."""

    def __getattr__(self, code: str) -> Truth:
        return Objects(code)

    def of(self, code: str) -> Truth:
        """The verdict of the rule with this code."""
        return Objects(code)


F = FactNames
P = SettingNames
Sentence = str | Callable[[Facts, Policy], str]


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule. `permits` is traced: where it is not true, the rule objects.

    `sentence` and `mend` may hold figures, as in {rest_days:day}; see `sentences.fill`.
    """

    code: str
    title: str
    practice: str
    article: str
    lift: Lift
    mended_by: Move
    sentence: Sentence
    mend: Sentence
    meaning: str
    permits: Truth
    settings: tuple[str, ...]
    facts: tuple[str, ...]
    starts: str = ""
    """An age that begins on the day this is put right: what mending itself sets going."""

    @property
    def overridable(self) -> bool:
        """Whether a member may lift it for a while, with a reason."""
        return self.code in OVERRIDABLE


class About(TypedDict):
    """What a rule says of itself, beside its code, meaning and condition."""

    starts: NotRequired[str]
    title: str
    practice: str
    article: str
    lift: Lift
    mended_by: Move
    sentence: Sentence
    mend: Sentence


def rule(**about: Unpack[About]) -> Callable[[Callable[[F, P], Truth]], Rule]:
    """Trace the function below; its name is the code, its docstring the meaning."""

    def trace(permits: Callable[[F, P], Truth]) -> Rule:
        truth = permits(FactNames(), SettingNames())
        return Rule(
            code=permits.__name__,
            meaning=" ".join((permits.__doc__ or "").split()),
            permits=truth,
            settings=_names(truth, Setting),
            facts=_names(truth, Fact),
            **about,
        )

    return trace


def _names(truth: Truth, kind: type[Fact] | type[Setting]) -> tuple[str, ...]:
    """The facts or settings that a tree uses, each once, in order."""
    found = (
        node.name
        for node in walk(truth)
        if isinstance(node, (Fact, Setting)) and isinstance(node, kind)
    )
    return tuple(dict.fromkeys(found))
