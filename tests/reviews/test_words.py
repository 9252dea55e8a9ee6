"""The words round a review, in the client's language."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from babel.messages.extract import extract_from_file

from warmhand.wording import catalogue
from warmhand.wording import reviews as words

AT = dt.datetime(2026, 12, 3, 9, 0, tzinfo=dt.UTC)


def test_every_text_is_there_in_german():
    """The texts are extracted from the code, so that none is forgotten."""
    said = [
        message
        for _, message, _, _ in extract_from_file("python", words.__file__, keywords={"say": None})
    ]
    assert len(said) > 50
    missing = [text for text in said if text not in catalogue("de").texts]
    assert not missing


@pytest.mark.parametrize(
    ("language", "zone", "said"),
    [
        ("en", "Europe/London", "Thursday, 3 December 2026, 09:00"),
        ("de-AT", "Europe/Berlin", "Donnerstag, 3. Dezember 2026, 10:00"),
        ("en-US", "America/New_York", "Thursday, December 3, 2026, 4:00\u202fAM"),
        ("no such", "UTC", "Thursday, 3 December 2026, 09:00"),
    ],
)
def test_a_time_is_said_where_and_how_the_client_says_it(language, zone, said):
    assert words.said_time(AT, ZoneInfo(zone), language) == said


@pytest.mark.parametrize("kind", ["lunch", "call", "visit"])
def test_an_invitation_says_we_and_what_for_and_asks_for_nothing_else(kind):
    made = words.compose_invitation(
        catalogue("en"),
        client_name="Ada Kettle",
        member_name="Olga Owner",
        workspace="Harbour Advisers",
        kind=kind,
        delivered=["a booking page", "a stock list"],
    )
    assert made.text.startswith("Good day Ada Kettle,\n\nWe would like")
    assert "'a booking page', 'a stock list'" in made.text
    assert "how satisfied you are" in made.text
    assert "referral" not in made.text
    assert "introduce" not in made.text


def test_words_of_others_are_never_read_as_texts():
    made = words.compose_invitation(
        catalogue("de"),
        client_name="{member_name}",
        member_name="Olga",
        workspace="H",
        kind="call",
        delivered=["{0}"],
    )
    assert "Guten Tag {member_name}," in made.text
    assert "'{0}'" in made.text
