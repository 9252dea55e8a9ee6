"""The texts for clients: in their language where there is one, in English else."""

from __future__ import annotations

from warmhand.wording import Catalogue, catalogue, languages


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
