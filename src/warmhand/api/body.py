"""Reading bodies: JSON only, with the place of what is wrong, and nothing PostgreSQL can't keep."""

from __future__ import annotations

import json
import math
from typing import Any, NoReturn

from django.http import HttpRequest
from ninja.parser import Parser

from warmhand.api.problems import JSON
from warmhand.problems import Place, Problem

DEEPEST = 20
"""Our own bodies are three deep; the reader's stack isn't there for a program to use up."""

LARGEST = 2**63 - 1


class JsonParser(Parser):
    """What ninja reads bodies with; ninja wraps a Problem raised here, `problems` unwraps it."""

    def parse_body(self, request: HttpRequest) -> dict[str, Any]:
        """The body as Python values; a Problem (400, 415) that names the place otherwise."""
        if request.content_type != JSON:
            raise _not_json(request.content_type or "")
        return read_json(request.body)  # type: ignore[no-any-return]


def read_json(raw: bytes) -> Any:
    """JSON out of bytes, checked; Problem 400 with its place where it isn't."""
    try:
        found = json.loads(raw.decode(), parse_constant=_no_constant, parse_float=_finite)
    except json.JSONDecodeError as wrong:
        raise _bad_at(f"Column {wrong.colno}: {wrong.msg}.", wrong.lineno) from wrong
    except UnicodeDecodeError as wrong:
        raise _bad_at(f"Byte {wrong.start} isn't UTF-8.") from wrong
    except RecursionError as wrong:
        raise _too_deep() from wrong
    except ValueError as wrong:
        raise _bad_at(f"{wrong}.") from wrong
    _check(found)
    return found


def _check(found: Any) -> None:
    """Refuse depth, NUL, half characters and numbers that no column of ours could hold."""
    level, depth = [found], 0
    while level:
        depth += 1
        if depth > DEEPEST:
            raise _too_deep()
        following: list[Any] = []
        for each in level:
            _check_one(each)
            if isinstance(each, dict):
                following += [*each.keys(), *each.values()]
            elif isinstance(each, list):
                following += each
        level = following


def _check_one(value: Any) -> None:
    if isinstance(value, str):
        if "\x00" in value:
            raise _bad_at("Text can't hold the NUL character.")
        if any("\ud800" <= char <= "\udfff" for char in value):
            raise _bad_at("Text holds half a character (a lone surrogate).")
    elif isinstance(value, int) and abs(value) > LARGEST:
        raise _bad_at(f"A whole number is at most {LARGEST}.")


def _no_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is no JSON")


def _finite(text: str) -> float:
    number = float(text)
    if not math.isfinite(number):
        raise ValueError(f"{text[:40]} is too large a number")
    return number


def _bad_at(sentence: str, line: int | None = None) -> Problem:
    return Problem(
        "body_not_json",
        "The body can't be read as JSON.",
        lift="Send one JSON object, in UTF-8, as the document of the API describes it.",
        places=(Place("body", sentence, line),),
        status=400,
    )


def _too_deep() -> Problem:
    return _bad_at(f"It is nested deeper than {DEEPEST} levels.")


def _not_json(given: str) -> Problem:
    return Problem(
        "content_type",
        f"The body must be {JSON}, not '{given[:60]}'.",
        lift=f"Send it with 'Content-Type: {JSON}'.",
        places=(Place("header.Content-Type", "This names another kind of body."),),
        status=415,
    )
