"""The verdict as staff read it beside a ticket: short, plain, and about this client alone.

It is made of an allow-list: the headline, the rulebook's own sentences, what to say, a link. Names,
words of other clients and the key ring have no place to stand in it (P1, P24).
"""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from typing import Final

MOST_REASONS: Final = 3

_HEADLINES: Final = {
    ("resolved", True): "Ask them first whether it is solved. If they say yes, you may ask.",
    ("resolved", False): "Ask them whether it is solved. Don't ask for a referral now.",
    ("confirmed", True): "They have confirmed that it is solved: you may ask now.",
    ("confirmed", False): "They have confirmed that it is solved. Don't ask for a referral now.",
    ("open", False): "Not solved after all: go on solving. Nothing is asked of them.",
}
_WORDS: Final = {
    ("resolved", True): "Confirm, then ask",
    ("resolved", False): "Confirm only",
    ("confirmed", True): "Ask now",
    ("confirmed", False): "Don't ask now",
    ("open", False): "Not solved",
}


def headline(state: str, may_ask: bool) -> str:
    """The verdict in one or two sentences; `state` is the case's: open, resolved or confirmed."""
    return _HEADLINES[_key(state, may_ask)]


def verdict_word(state: str, may_ask: bool) -> str:
    """The verdict in two or three words, for a strip or a badge."""
    return _WORDS[_key(state, may_ask)]


def _key(state: str, may_ask: bool) -> tuple[str, bool]:
    """Nothing is asked while a case is open (P12)."""
    return (state, may_ask and state != "open")


@dataclass(frozen=True, slots=True)
class VerdictNote:
    """A note for colleagues. `reasons` are pairs: what stands in the way, and what lifts it."""

    headline: str
    reasons: tuple[tuple[str, str], ...] = ()
    say: tuple[str, ...] = ()
    link: str = ""

    @property
    def plain(self) -> str:
        """The note as text."""
        lines = [f"Warmhand: {self.headline}"]
        lines += [f"- {why} {lift}".rstrip() for why, lift in self.reasons]
        lines += [f"“{words}”" for words in self.say]
        if self.link:
            lines.append(self.link)
        return "\n".join(lines)

    @property
    def html(self) -> str:
        """The same as simple HTML; nothing in it is taken for markup."""
        parts = [f"<p><strong>Warmhand:</strong> {escape(self.headline)}</p>"]
        if self.reasons:
            items = (f"<li>{escape(f'{why} {lift}'.rstrip())}</li>" for why, lift in self.reasons)
            parts.append(f"<ul>{''.join(items)}</ul>")
        parts += [f"<p>“{escape(words)}”</p>" for words in self.say]
        if self.link:
            parts.append(f'<p><a href="{escape(self.link)}">Open in Warmhand</a></p>')
        return "".join(parts)
