"""`warmhand compose-ask CLIENT` and `warmhand check-wording`."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from typing import Any

import click

from warmhand.cli.answers import json_option, note, print_json, tell_problem, wants_json
from warmhand.cli.exits import Exit
from warmhand.cli.here import opened, workspace_option
from warmhand.problems import Invalid, Place
from warmhand.wording import Channel, Checked, Formality, Kind, Moment, Wording


def _one_of(choices: type[Kind | Moment | Channel | Formality]) -> click.Choice[str]:
    return click.Choice([each.value for each in choices])


@click.command("compose-ask")
@click.argument("client")
@click.option("--kind", type=_one_of(Kind), help="Which kind of ask; the verdict's when left out.")
@click.option("--moment", type=_one_of(Moment), help="When; of a case if one is named.")
@click.option("--channel", type=_one_of(Channel), default="spoken", show_default=True, help="How.")
@click.option(
    "--formality",
    type=_one_of(Formality),
    default="neutral",
    show_default=True,
    help="How formal the words are.",
)
@click.option("--language", default="", help="Such as 'de'; the client's own when left out.")
@click.option("--case", "case_id", type=int, help="Number of the case that was just resolved.")
@workspace_option
@json_option
def compose_ask(
    client: str,
    kind: str | None,
    moment: str | None,
    channel: str,
    formality: str,
    language: str,
    case_id: int | None,
    slug: str,
) -> None:
    """The words of an ask for a client who may be asked.

    CLIENT is a number, an e-mail address, a phone number or a name. Where no ask is earned yet,
    it says why and ends with 1.
    """
    with opened(slug):
        from warmhand.apps.moves.moments import Manner, words_of
        from warmhand.apps.people.queries import find_client

        manner = Manner(
            Channel(channel), Formality(formality), language, Moment(moment) if moment else None
        )
        found = words_of(
            find_client(client).pk,
            kind=Kind(kind) if kind else None,
            case_id=case_id,
            manner=manner,
        )
        if wants_json():
            print_json(found.as_dict())
        else:
            _say(found)


def _say(found: Wording) -> None:
    if found.subject:
        click.echo(f"Subject: {found.subject}\n")
    if found.channel is not Channel.SPOKEN:
        click.echo(found.text)
        return
    for number, step in enumerate(found.steps, start=1):
        click.echo(click.style(f"{number}. {step.title} ({step.practice})", bold=True))
        click.echo(f"   {step.say}")


@click.command("check-wording")
@json_option
def check_wording() -> int:
    """Check anybody's own words for an ask.

    Reads lines of JSON from standard input, each {"text": ..., "context": {...}}, and answers each
    with one line. English is read; of a text in another language it says so. Needs no database. A
    line that can't be read is told with its number, and the others still go; then it ends with 3.
    What a context may hold is told in the documentation.
    """
    encoder = _encoder()
    refused = 0
    for number, line in enumerate(sys.stdin.buffer, start=1):
        if not line.strip():
            continue
        try:
            text, checked = _checked(line, number, encoder)
        except Invalid as problem:
            refused += 1
            _refuse(problem)
        else:
            _tell(text, checked)
    return Exit.BAD_INPUT if refused else Exit.DONE


def _encoder() -> Any:
    from warmhand.listening.encoder import EncoderMissing, encoder

    try:
        return encoder()
    except EncoderMissing as missing:
        note(f"Words alone are looked at, which misses more: {missing}")
        return None


def _checked(line: bytes, number: int, encoder: Any) -> tuple[str, Checked]:
    """One line read and checked. Raises Invalid with the line's number."""
    from warmhand.wording import check, context_from

    try:
        given = json.loads(line)
    except (ValueError, RecursionError):
        raise _wrong(number, "text", "This line is not JSON.") from None
    if not isinstance(given, dict) or not isinstance(given.get("text"), str):
        raise _wrong(number, "text", 'A line is {"text": "...", "context": {...}}.')
    for key in given.keys() - {"text", "context"}:
        raise _wrong(number, key, "There is no such key. Known are: text, context.")
    context = given.get("context") or {}
    if not isinstance(context, dict):
        raise _wrong(number, "context", "An object, {...}.")
    try:
        known = context_from(context)
    except Invalid as wrong:
        places = tuple(Place(each.field, each.sentence, number) for each in wrong.places)
        raise _invalid(number, places) from wrong
    return given["text"], check(given["text"], known, encoder=encoder)


def _wrong(number: int, field: str, sentence: str) -> Invalid:
    return _invalid(number, (Place(field, sentence, number),))


def _invalid(number: int, places: tuple[Place, ...]) -> Invalid:
    return Invalid(
        "invalid_line",
        f"Line {number} can't be taken as it is.",
        lift="Correct the places named and send the line again.",
        places=places,
    )


def _refuse(problem: Invalid) -> None:
    if wants_json():
        _line(problem.as_dict())
    else:
        tell_problem(problem, as_json=False)


def _tell(text: str, checked: Checked) -> None:
    if wants_json():
        _line(checked.as_dict())
        return
    click.echo(click.style(text, bold=True))
    asks = {"intro": "an introduction", "rec": "a recommendation", "none": "nothing"}
    if checked.why_not:
        click.echo(f"  {checked.why_not.sentence} {checked.why_not.lift}")
    else:
        click.echo(f"  asks for {asks[checked.kind]}")
    for said in _breaches(text, checked):
        click.echo(said)
    if checked.kind != "none" and not checked.breaches:
        click.echo("  + nothing to change")


def _breaches(text: str, checked: Checked) -> Iterator[str]:
    for each in checked.breaches:
        start, end = each.span
        yield f"  - {each.code} ({each.practice}): {each.sentence} «{text[start:end]}»"
        yield f"      {each.suggestion}"


def _line(document: object) -> None:
    sys.stdout.write(json.dumps(document, ensure_ascii=False) + "\n")
    sys.stdout.flush()
