"""What a wording can get wrong, and what may be told around a text."""

from __future__ import annotations

from warmhand.wording import CODES, KEYS, Channel, Formality, Kind, Moment, compose_ask
from warmhand.wording.asks import Shown

from .text import NOTICE, code, sources, table

INTRODUCTION = """\
# Wording

What `check` finds in anybody's own words: on the pages, by `warmhand check-wording` and by
`POST /wording/check`. [How to use it](../how-to/ask-in-your-own-words.md) is told elsewhere.
English.

"""
CONTEXT = {
    "kind": f"the kind of ask the text is meant as: {', '.join(map(code, Kind))}",
    "moment": f"one of {', '.join(map(code, Moment))}; for the suggestions",
    "channel": f"one of {', '.join(map(code, Channel))}; for the suggestions",
    "formality": f"one of {', '.join(map(code, Formality))}; for the suggestions",
    "client": "the client's name",
    "company": "their company",
    "case": "the concern that was resolved",
    "agreed": "what was agreed and delivered",
    "delivered": "the day it was delivered, as it is to be said",
    "liked": "the client's own words on it",
    "other_clients": "a list of names that may not be said",
    "facts": "a list of facts of others that may not be said",
    "reward": "`true` where something is given for it",
    "disclosure": "what must then stand in the text",
}


def page() -> str:
    """The codes, the context, and the key of a wording."""
    codes = table(
        ("code", "what is wrong", "what to do", "practice"),
        [(f"`{c.code}`", c.sentence, c.mend, sources(c.practice)) for c in CODES.values()],
    )
    context = table(("key", "what it is"), [(code(key), CONTEXT[key]) for key in KEYS])
    variant = compose_ask(Kind.CLIENT, moment=Moment.CASE, shown=Shown("x")).variant
    return (
        f"{NOTICE}{INTRODUCTION}## Codes\n\n{codes}\n{CONTEXT_HEAD}{context}\n{variants(variant)}"
    )


CONTEXT_HEAD = """\
## Context

All of it may be left out; a key that isn't here is refused.

"""


def variants(example: str) -> str:
    """What the key of a wording is made of."""
    return (
        "## Variants\n\n"
        "Each composed wording has a key made of kind, moment, channel and formality, such as "
        f"{code(example)}; `.named` follows where it asks about somebody by name.\n"
    )
