"""Every error code with what it says and what to do."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from http import HTTPStatus

from warmhand.apps.people.importing.problems import PROBLEMS
from warmhand.cli.exits import EXIT_OF_STATUS, Exit

from .problems_found import Found, Reader
from .text import NOTICE, code

INTRODUCTION = """\
# Errors

A page, the API and the command line say the same about an error, in one shape:

```json
{"error": {"code": "unknown_client", "sentence": "There is no such client in this workspace.",
           "lift": "Check the link or the number, or search for it.",
           "until": null, "places": [], "details": {}}}
```

`code` is stable: programs may rely on it. `sentence` is for a person, `lift` says what to do,
`until` names the first day on which the error is gone by itself, `places` say where in the
input it stands (a field; the line of a file). An ellipsis below stands for what is filled in.
The reasons why an ask is not earned are not errors; they have [pages of their
own](rules/index.md).

"""

IMPORT = """\
## When a file is imported

A problem with the whole file or its mapping stops the import before anything is written. A
problem with a row refuses that row only; it is in the list of refused rows with its line and
column.

"""

OWN_EXITS = {"usage": Exit.USAGE, "bug": Exit.BUG}


def found() -> list[Found]:
    """Every place in the source where a problem is made, by code."""
    return sorted(Reader().found(), key=lambda each: (each.code, each.status, each.sentence))


def page() -> str:
    """Every code, by its name, then those of imports."""
    by_code: dict[str, list[Found]] = defaultdict(list)
    for each in found():
        by_code[each.code].append(each)
    told = "\n".join(_code(name, places) for name, places in by_code.items())
    rows = "\n".join(
        f"(error-{name})=\n### {name}\n\n> {_shown(kind.sentence)}\n\n{_shown(kind.mend)}\n"
        for name, kind in PROBLEMS.items()
        if name not in by_code  # told above, with what it says of a row
    )
    return NOTICE + INTRODUCTION + told + "\n" + IMPORT + rows


def _code(name: str, places: list[Found]) -> str:
    sentences = dict.fromkeys(each.sentence for each in places if each.sentence)
    lifts = dict.fromkeys(each.lift for each in places if each.lift)
    said = "\n>\n".join(f"> {_shown(sentence)}" for sentence in sentences)
    row = PROBLEMS.get(name)
    in_file = f"In a file: {_shown(row.sentence)} {_shown(row.mend)}\n\n" if row else ""
    http = "" if name in OWN_EXITS else f":HTTP: {_statuses(places)}\n"
    return (
        f"(error-{name})=\n## {name}\n\n{said}\n\n{' · '.join(map(_shown, lifts))}\n\n"
        f"{in_file}{http}:Exit code: {_exit(name, places[0])}\n"
    )


def _statuses(places: Iterable[Found]) -> str:
    numbers = sorted({each.status for each in places})
    return ", ".join(f"{number} {HTTPStatus(number).phrase}" for number in numbers)


def _exit(name: str, found: Found) -> str:
    number = OWN_EXITS.get(name) or EXIT_OF_STATUS.get(found.status, Exit.NO)
    return f"{code(int(number))}, {number.meaning}"


def _shown(sentence: str) -> str:
    """A sentence with what is filled in as an ellipsis, safe in Markdown."""
    parts, open_ = [], 0
    for letter in sentence:
        open_ += letter == "{"
        parts.append("…" if letter == "{" else "" if open_ else letter)
        open_ -= letter == "}"
    return "".join(parts).replace("<", "\\<").replace("*", "\\*").replace("_", "\\_")
