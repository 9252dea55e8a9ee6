"""Whole letters: what the network is taught last, so that it finds an ask among other business.

An ask of one author is put among the paragraphs of a letter in which another asks for nothing:
what the ask does is then what the whole does.
"""

from __future__ import annotations

import random
from collections.abc import Sequence

from tools.wording.asks import Row

MADE = 1500
"""So many letters are made of an ask and of paragraphs of others."""
LEAST, MOST = 40, 190
"""Words of the paragraphs that stand around it."""


def made(asks: Sequence[Row], letters: Sequence[Row], turn: int) -> list[Row]:
    """Asks among the paragraphs of letters in which nothing is asked; others at each turn."""
    chance = random.Random(5 + turn)
    plain = [_paragraphs(each["text"]) for each in letters if _is_plain(each)]
    labelled = [each for each in asks if "breaches" in each]
    return [_put(chance.choice(labelled), chance.choice(plain), chance) for _ in range(MADE)]


def _is_plain(letter: Row) -> bool:
    says = letter["kind"] != "none" or letter["reconfirm"] or letter["help"]
    return not says and not letter["breaches"]


def _paragraphs(text: str) -> list[str]:
    return [each.strip() for each in text.split("\n\n") if each.strip()]


def _put(ask: Row, letter: Sequence[str], chance: random.Random) -> Row:
    """The ask between two of the letter's paragraphs, or before or behind them all."""
    most = chance.uniform(LEAST, MOST)
    around = list(letter)
    while len(around) > 1 and sum(len(each.split()) for each in around) > most:
        around.pop(chance.choice((0, -1)))
    at = chance.randint(0, len(around))
    text = "\n\n".join([*around[:at], ask["text"], *around[at:]])
    return {**ask, "text": text}
