"""Whether a text is English, which is all that matching and wording read so far.

Told by `py3langid` (naive Bayes over pieces of bytes, offline, always the same answer). A text that
is wrongly called foreign loses a need, so it is believed only where it is sure; and a text with
enough words that only English has is never asked about, which also spares loading its table.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from py3langid.langid import LanguageIdentifier

ENGLISH: Final = "en"
NAMES: Final = {
    "ar": "Arabic", "bg": "Bulgarian", "cs": "Czech", "da": "Danish", "de": "German",
    "el": "Greek", "en": "English", "es": "Spanish", "fi": "Finnish", "fr": "French",
    "he": "Hebrew", "hi": "Hindi", "hr": "Croatian", "hu": "Hungarian", "id": "Indonesian",
    "it": "Italian", "ja": "Japanese", "ko": "Korean", "nl": "Dutch", "no": "Norwegian",
    "pl": "Polish", "pt": "Portuguese", "ro": "Romanian", "ru": "Russian", "sk": "Slovak",
    "sl": "Slovenian", "sv": "Swedish", "tr": "Turkish", "uk": "Ukrainian", "vi": "Vietnamese",
    "zh": "Chinese",
}  # fmt: skip
"""The languages that are told apart; each one more makes mistakes about short texts likelier."""
LEAST_ENGLISH: Final = 0.05
"""A text is foreign where English is less likely than this (0 to 1)…"""
ANY: Final = 0.5
"""… and another at least so likely (where nothing can be told all are equally likely)."""
SURE: Final = 0.75
"""From here on the other language is named."""
ANOTHER: Final = "another language than English"
FEWEST_WORDS: Final = 3
"""A word or two are a name, a trade, a place: they are in no language."""
TELLING: Final = 0.2
"""With such a share of words that only English has a text is English."""
LONGEST: Final = 2000
"""Characters that are looked at."""
_WORD: Final = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_ONLY_ENGLISH: Final = frozenset(
    """
    about and any anybody anyone anything are aren't because been being can can't could couldn't
    did didn't do does doesn't doing don't don every everyone everything find from get getting give
    going got have haven't having hello help here how i'd i'll i'm i've isn't it it's its just know
    let's looking make me more my need needs never new nobody only our out please should since some
    somebody someone something still than thank thanks that that's the their them there there's
    these they they're this those through too until us very wasn't we'd we'll we're we've were what
    what's when where which while who who's whom whose why will with without won't would you you'd
    you'll you're you've your yours
    """.split()  # noqa: SIM905 - a list of words reads best as words
) - {"do", "me", "more", "will"}  # Portuguese, Spanish, German have these too


@lru_cache(maxsize=1024)
def foreign(text: str) -> str:
    """The language a text reads as, such as 'German', where that isn't English; else ''.

    '' too where it can't be told: what we aren't sure of is taken for English. `ANOTHER` where it
    surely isn't English, but which language it is can't be told.
    """
    text = text[:LONGEST]
    words = _WORD.findall(text.lower().replace("’", "'"))
    latin = _latin(text)
    if not words or (latin and len(words) < FEWEST_WORDS):
        return ""
    if sum(word in _ONLY_ENGLISH for word in words) >= TELLING * len(words):
        return ""
    likely = dict(_identifier().rank(text))
    best = max(likely, key=lambda code: likely[code])
    if latin and (likely[ENGLISH] >= LEAST_ENGLISH or likely[best] < ANY):
        return ""
    return NAMES[best] if likely[best] >= SURE and best != ENGLISH else ANOTHER


def _latin(text: str) -> bool:
    """Whether most letters are those that English is written with, or kin to them."""
    letters = [each for each in text if each.isalpha()]
    latin = sum(unicodedata.name(each, "").startswith("LATIN") for each in letters)
    return 2 * latin >= len(letters)


@cache
def _identifier() -> LanguageIdentifier:
    """What tells languages apart: about half a second when first asked for, and 60 MB.

    Only the columns of our languages are kept of its table.
    """
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    every = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    every.set_languages(NAMES)
    return LanguageIdentifier(
        every.nb_ptc,
        every.nb_pc,
        every.nb_classes,
        every.tk_nextmove,
        every.tk_output,
        norm_probs=True,
        tk_row=every.tk_row,
    )
