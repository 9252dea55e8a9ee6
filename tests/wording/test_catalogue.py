"""The texts for clients: in their language where there is one, in English else."""

from __future__ import annotations

from pathlib import Path

import pytest
from babel.messages.extract import extract_from_dir

import warmhand
from warmhand.wording import Catalogue, catalogue, languages

SOURCE = Path(warmhand.__file__).parent


def in_the_code() -> set[str]:
    """Every text that the code says to clients."""
    found = extract_from_dir(
        str(SOURCE), [("**.py", "python")], keywords={"say": None, "_": None}, comment_tags=()
    )
    return {message for _, _, message, _, _ in found if isinstance(message, str) and message}


def test_texts_are_found_in_the_code():
    assert "Who else do you know whom we might be able to help in the same way?" in in_the_code()


@pytest.mark.parametrize("language", languages()[1:])
def test_no_text_lacks_its_translation_and_no_translation_its_text(language):
    code, translated = in_the_code(), set(catalogue(language).texts)
    assert code - translated == set()
    assert translated - code == set()


def test_english_is_first_and_always_there():
    assert languages()[0] == "en"
    assert "de" in languages()


def test_a_region_is_the_language_and_an_unknown_one_english():
    assert catalogue("de-AT") is not None
    assert catalogue("de-AT").language == "de"
    assert catalogue("xx").language == "en"
    assert catalogue("xx").say("Good day, {name}.", name="Ada {x}") == "Good day, Ada {x}."


def test_a_translation_is_used_and_a_missing_one_is_english():
    texts = Catalogue("de", {"Good day, {name}.": "Guten Tag, {name}.", "Yes": ""})
    assert texts.say("Good day, {name}.", name="Ada") == "Guten Tag, Ada."
    assert texts.say("Yes") == "Yes"
