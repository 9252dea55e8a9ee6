"""The texts of clients' pages: whole in each language, and named by their words."""

from __future__ import annotations

import ast
import re
from dataclasses import fields
from pathlib import Path

import pytest

import warmhand.wording.public as public
from warmhand.wording import Catalogue, catalogue
from warmhand.wording.public import case_texts, gone_texts, survey_mail, survey_texts, version_of

LANGUAGES = ["de", "es", "fr", "nl"]


def said_in_the_code() -> list[str]:
    """Every text that the module says, read out of its source."""
    tree = ast.parse(Path(public.__file__).read_text())
    return [
        call.args[0].value
        for call in ast.walk(tree)
        if isinstance(call, ast.Call)
        and call.args
        and isinstance(call.args[0], ast.Constant)
        and (getattr(call.func, "id", "") == "say" or getattr(call.func, "attr", "") == "say")
    ]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_text_is_there_with_the_same_places(language):
    texts = said_in_the_code()
    assert len(texts) > 50
    known = catalogue(language).texts
    assert [text for text in texts if not known.get(text)] == []
    for text in texts:
        assert sorted(re.findall(r"{\w+}", text)) == sorted(re.findall(r"{\w+}", known[text])), text


@pytest.mark.parametrize("language", ["en", *LANGUAGES])
def test_a_page_can_be_said_in_each_language(language):
    spoken = catalogue(language)
    page = survey_texts(spoken, workspace="Harbour {Advisers}", keeper="Olga")
    assert [question.name for question in page.questions] == [
        "satisfied",
        "would_recommend",
        "would_be_reference",
        "would_introduce",
    ]
    assert len({question.text for question in page.questions}) == 4
    assert "Harbour {Advisers}" in page.questions[1].text
    assert "Olga" in page.unhappy
    case = case_texts(spoken, title="The parcel", keeper="", workspace="Harbour")
    assert "The parcel" in case.question
    assert "Harbour" in case.was_no
    mail = survey_mail(spoken, name="Ada", workspace="Harbour", member="Olga")
    assert "[[link]]" in mail.text
    assert "[[stop]]" in mail.with_stop


def test_other_words_have_another_name_and_the_same_words_the_same():
    english, german = Catalogue(), catalogue("de")
    page = gone_texts(english)
    assert version_of("gone", english, page) == version_of("gone", english, gone_texts(english))
    assert re.fullmatch(r"gone-en-[0-9a-f]{12}", version_of("gone", english, page))
    names = {version_of("gone", english, page), version_of("gone", german, gone_texts(german))}
    changed = type(page)(**{f.name: getattr(page, f.name) + "!" for f in fields(page)})
    assert len(names | {version_of("gone", english, changed)}) == 3
