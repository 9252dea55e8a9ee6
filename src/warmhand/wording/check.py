"""Checks somebody's own words for an ask: what is missing, where, and what to say instead.

P8, P12, P13, P17, P18, P20, P24. English.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

from . import rules, words
from .choices import Kind
from .codes import CODES
from .context import Context
from .heads import Encoder
from .reading import MASK, Read, masked, read
from .suggest import suggestion

INTRO, REC, NONE = "intro", "rec", "none"
LONGEST: Final = 10_000
"""Characters of a text that is checked."""
Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Breach:
    """One thing that is wrong: where (in characters of the text), and what to say instead."""

    code: str
    span: Span
    suggestion: str

    @property
    def sentence(self) -> str:
        """What is wrong, for a person."""
        return CODES[self.code].sentence

    @property
    def practice(self) -> str:
        """The practice that it goes against."""
        return CODES[self.code].practice

    @property
    def mend(self) -> str:
        """What to do about it."""
        return CODES[self.code].mend

    def as_dict(self) -> dict[str, Any]:
        """Plain values for JSON."""
        return {
            "code": self.code,
            "span": list(self.span),
            "sentence": self.sentence,
            "suggestion": self.suggestion,
            "practice": self.practice,
        }


@dataclass(frozen=True, slots=True)
class Checked:
    """What a text asks for, what it gets wrong, and what it has.

    `kind`: intro (an introduction), rec (a recommendation, reference or review) or none. `read_by`
    says whether the encoder took part, or rules alone.
    """

    kind: str
    breaches: tuple[Breach, ...]
    we: bool
    reconfirm: bool
    help: bool
    read_by: str

    def as_dict(self) -> dict[str, Any]:
        """Plain values for JSON."""
        return {
            "kind": self.kind,
            "breaches": [each.as_dict() for each in self.breaches],
            "has": {"we": self.we, "reconfirm": self.reconfirm, "help": self.help},
            "read_by": self.read_by,
        }


def check(text: str, context: Context | None = None, *, encoder: Encoder | None = None) -> Checked:
    """Read an ask and say what it gets wrong.

    Without an encoder rules alone decide; they miss more. Nothing is read from anywhere else.
    """
    known = context or Context()
    text = text[:LONGEST].replace(MASK, "*")
    blotted = masked(text, known.ours)
    found = _Found(text, blotted, read(blotted, encoder), known)
    breaches = tuple(
        Breach(code, span, suggestion(code, known))
        for code, span in sorted(found.breaches(), key=_order)
    )
    return Checked(
        kind=found.kind,
        breaches=breaches,
        we=found.we,
        reconfirm=found.reconfirm,
        help=found.help,
        read_by="rules and encoder" if encoder else "rules",
    )


def _order(breach: tuple[str, Span]) -> tuple[int, int]:
    return list(CODES).index(breach[0]), breach[1][0]


class _Found:
    """What was found in one text."""

    def __init__(
        self, text: str, blotted: str, sentences: Sequence[Read], context: Context
    ) -> None:
        self.text, self.blotted, self.all, self.context = text, blotted, sentences, context
        self.kind = self._kind()
        self.asked = self._asked()
        self.reconfirm = any(each.does("reconfirm") for each in sentences)
        self.help = self.kind != NONE and any(self._helps(i) for i in range(len(sentences)))
        self.one = self._one()
        self.we = self.one is None and bool(words.WE.search(rules.TOGETHER.sub(_blot, blotted)))

    def _kind(self) -> str:
        intro = max((each.by["intro"] for each in self.all), default=-1.0)
        rec = max((each.by["rec"] for each in self.all), default=-1.0)
        if rec > 0 and rec >= intro:
            return REC
        return INTRO if intro > 0 or self._offers() else NONE

    def _offers(self) -> bool:
        """We offer to help somebody they know: that asks who it is."""
        return any(
            each.does("help") and _speaks(each.piece.text) and self._helps(i)
            for i, each in enumerate(self.all)
        )

    def _asked(self) -> Read | None:
        """The sentence that asks."""
        name = REC if self.kind == REC else INTRO
        return max(self.all, key=lambda each: each.by[name], default=None)

    def _helps(self, index: int) -> bool:
        """Help counts where somebody else is meant."""
        if not self.all[index].does("help"):
            return False
        return bool(words.SOMEBODY.search(self.blotted))

    def _one(self) -> Span | None:
        """Where one person speaks of themself in what is asked or offered."""
        as_we = bool(self.asked and words.WE.search(_plain(self.asked)))
        for i, each in enumerate(self.all):
            asks = each.does("intro") or each.does("rec") or self._helps(i) or each is self.asked
            if not asks and (as_we or each.does("reconfirm")):
                continue
            match = words.ONE.search(_plain(each))
            if match:
                return each.piece.start + match.start(), each.piece.start + match.end()
        return None

    def breaches(self) -> Iterator[tuple[str, Span]]:
        if self.kind != NONE or self.context.kind:
            yield from self._of_any_ask()
        if self.kind == INTRO or (self.context.kind and self.kind == NONE):
            yield from self._of_an_introduction()
        elif self.kind == REC and self._recommends():
            yield "recommend_not_introduce", self._span()

    def _of_any_ask(self) -> Iterator[tuple[str, Span]]:
        pressing = next((each for each in self.all if each.does("pressure")), None)
        if pressing:
            yield "pressure", _of(pressing)
        if self.one:
            yield "i_not_we", self.one
        yield from self._reward()
        yield from self._others()

    def _of_an_introduction(self) -> Iterator[tuple[str, Span]]:
        if not self.reconfirm:
            yield "no_reconfirmation", self._span()
        if not self.help and self.context.kind is not Kind.MORE:
            yield "no_help", self._span()
        if not self.reconfirm and not rules.EARNED.search(self.blotted):
            bare = next((e for e in self.all if rules.BARE.search(e.piece.text)), None)
            if bare and self.kind == INTRO:
                yield "bare_referrals", _of(bare)

    def _recommends(self) -> bool:
        return bool(self.context.kind) or any(each.does("recommend") for each in self.all)

    def _reward(self) -> Iterator[tuple[str, Span]]:
        given = next((each for each in self.all if each.does("reward")), None)
        if given is None and not self.context.reward:
            return
        span = _of(given) if given else self._span()
        inside = self.kind == INTRO and words.COLLEAGUE.search(self.blotted)
        if self.context.kind is Kind.COWORKER or (inside and self.context.kind is None):
            if given:
                yield "reward_to_coworker", span
        elif not self._disclosed():
            yield "reward_undisclosed", span

    def _disclosed(self) -> bool:
        if self.context.disclosure:
            return _folded(self.context.disclosure) in _folded(self.text)
        return any(each.does("disclose") for each in self.all)

    def _others(self) -> Iterator[tuple[str, Span]]:
        secrets = (*self.context.other_clients, *self.context.facts)
        for secret in secrets:
            place = re.search(rf"(?<!\w){re.escape(secret)}(?!\w)", self.text, re.IGNORECASE)
            if place:
                yield "others_facts", place.span()
                return
        told = next((each for each in self.all if self._tells(each)), None)
        if told:
            yield "others_facts", _of(told)

    def _tells(self, each: Read) -> bool:
        text = each.piece.text
        if rules.RELATION.search(text) and not words.FIGURE.search(text):
            return False
        return each.does("facts") and bool(words.PERSON.search(text))

    def _span(self) -> Span:
        return _of(self.asked) if self.asked else (0, len(self.text))


def _plain(each: Read) -> str:
    """The sentence without politeness and quotations, letter for letter."""
    return rules.POLITE.sub(_blot, _unquoted(each.piece.text))


def _speaks(text: str) -> bool:
    return bool(words.WE.search(text) or words.ONE.search(text))


def _of(each: Read) -> Span:
    return each.piece.start, each.piece.end


def _blot(match: re.Match[str]) -> str:
    return MASK * len(match.group())


def _unquoted(text: str) -> str:
    """The text with what stands in quotation marks blotted out: those are the client's words."""
    return re.sub(r"(?<!\w)['\"“‘„][^'\"“”‘’]{2,}['\"”’“](?!\w)", _blot, text)


def _folded(text: str) -> str:
    return " ".join(text.casefold().split())
