"""`warmhand match`: which kind of provider a text asks for."""

from __future__ import annotations

import hashlib
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from warmhand.cli.answers import json_option, note, tell_problem, wants_json
from warmhand.cli.exits import Exit
from warmhand.config.cluster import data_folder
from warmhand.problems import Invalid, Place

if TYPE_CHECKING:
    from warmhand.matching import Reading
    from warmhand.matching.needs import Reader
    from warmhand.matching.schemes import Category

TOLD = 3
LARGEST = 20_000_000


@click.command()
@click.option(
    "--categories",
    "path",
    metavar="FILE",
    type=click.Path(path_type=Path),
    help="A CSV with the columns code (or id) and title; the installation's own when left out.",
)
@json_option
def match(path: Path | None) -> int:
    """Which kind of provider does somebody need who says this?

    Reads lines of JSON from standard input, each {"text": ...}, and answers each with one line:
    the ten nearest categories, with why, and whether it abstains, with the reason: there seems to
    be no need, or the text isn't English, which is all that is read so far. Needs no database. A
    line that can't be read is told with its number, and the others still go; then it ends with 3.
    The categories of a FILE are learnt once and kept in the data folder.
    """
    reader = _reader(path)
    refused = 0
    for text in _texts():
        if isinstance(text, Invalid):
            refused += 1
            _refuse(text)
        else:
            _tell(text, reader.read([text])[0])
    return Exit.BAD_INPUT if refused else Exit.DONE


def _reader(path: Path | None) -> Reader:
    from warmhand.listening.encoder import EncoderMissing, encoder
    from warmhand.matching.needs import Reader
    from warmhand.matching.schemes import narrowest, scheme

    categories = narrowest(scheme()) if path is None else _of(path)
    try:
        by = encoder()
    except EncoderMissing as missing:
        note(f"Only spelling is compared, which finds far less: {missing}")
        return Reader(categories, None)
    titles = None if path is None else _directions([each.title for each in categories], by)
    return Reader(categories, by, titles)


def _of(path: Path) -> list[Category]:
    """The categories of a file. Raises Invalid."""
    from warmhand.matching.lists import read_categories

    try:
        if path.stat().st_size > LARGEST:
            raise Invalid.at("categories", f"{path.name} is larger than a list of categories.")
        raw = path.read_bytes()
    except OSError as wrong:
        said = f"{path} can't be read: {wrong.strerror}."
        raise Invalid.at("categories", said, code="unreadable_file") from wrong
    return list(read_categories(raw, path.name))


def _directions(titles: list[str], by: Any) -> Any:
    """The directions of the titles: kept from an earlier call, or made now and kept."""
    import numpy as np

    from warmhand.listening.encoder import MODEL, WIDTH, WORD_PIECES
    from warmhand.matching.directions import remembering

    sort = json.dumps([MODEL, WORD_PIECES, titles])
    name = hashlib.sha256(sort.encode()).hexdigest()[:24]
    path = data_folder() / "directions" / f"{name}.npy"
    try:
        kept = np.load(path, allow_pickle=False)
        if kept.shape == (len(titles), WIDTH):
            return kept
    except (OSError, ValueError, EOFError):
        pass  # not kept yet, or half written: made below
    found = (remembering(by) or by).encode(titles)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        half = path.with_suffix(f".{hashlib.sha256(found.tobytes()).hexdigest()[:8]}.part.npy")
        np.save(half, found)
        half.replace(path)
    except OSError as wrong:
        note(f"The directions of these categories aren't kept for the next time: {wrong}")
    return found


def _texts() -> Iterator[str | Invalid]:
    """Each line's text, or what is wrong with it."""
    for number, line in enumerate(sys.stdin.buffer, start=1):
        if line.strip():
            try:
                yield _text(line, number)
            except Invalid as problem:
                yield problem


def _text(line: bytes, number: int) -> str:
    try:
        given = json.loads(line)
    except (ValueError, RecursionError):
        raise _wrong(number, "text", "This line is not JSON.") from None
    if not isinstance(given, dict) or not isinstance(given.get("text"), str):
        raise _wrong(number, "text", 'A line is {"text": "..."}.')
    for key in given.keys() - {"text"}:
        raise _wrong(number, key, "There is no such key. Known is: text.")
    text: str = given["text"]
    try:
        text.encode()
    except UnicodeEncodeError:
        raise _wrong(number, "text", "This isn't text: half of a pair of code units.") from None
    return text


def _wrong(number: int, field: str, sentence: str) -> Invalid:
    return Invalid(
        "invalid_line",
        f"Line {number} can't be taken as it is.",
        lift="Correct the places named and send the line again.",
        places=(Place(field, sentence, number),),
    )


def _refuse(problem: Invalid) -> None:
    if wants_json():
        _line(problem.as_dict())
    else:
        tell_problem(problem, as_json=False)


def _tell(text: str, reading: Reading) -> None:
    if wants_json():
        _line(reading.as_dict())
        return
    click.echo(click.style(text, bold=True))
    if reading.why_not:
        click.echo(f"  {reading.why_not.sentence} {reading.why_not.lift}")
        if reading.ranking:
            click.echo("  The nearest:")
    for each in reading.ranking[:TOLD]:
        click.echo(f"  {each.category} ({each.code}): {each.why}")


def _line(document: object) -> None:
    sys.stdout.write(json.dumps(document, ensure_ascii=False) + "\n")
    sys.stdout.flush()
