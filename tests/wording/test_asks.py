"""Every composed ask holds what the articles want of it (P12, P13, P14, P17, P20)."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from warmhand.wording import Kind, Shown, compose_ask

WORDS = st.text(st.characters(categories=("L", "Nd", "Zs")), max_size=40)


@given(kind=st.sampled_from(Kind), name=WORDS, company=WORDS, case=WORDS, delivered=WORDS)
def test_every_ask_reconfirms_first_says_we_and_offers_help(kind, name, company, case, delivered):
    if not (case or delivered):
        return
    wording = compose_ask(
        kind,
        client_name=name,
        company=company,
        case_title=case,
        shown=Shown(delivered) if delivered else None,
    )
    assert wording.steps[0].practice == "P12"
    ask = next(step for step in wording.steps if step.practice == "P13").say
    assert "we" in ask.split()
    assert "help" in ask
    assert not re.search(r"\b(I|me|my)\b", ask.replace(company, ""))
    assert wording.steps[-1].practice == "P18"


def test_nothing_to_show_means_no_ask():
    with pytest.raises(ValueError, match="something to show"):
        compose_ask(Kind.CLIENT, client_name="Ada")


def test_what_was_agreed_delivered_and_liked_is_named():
    shown = Shown("the roof", "no leaks", "31 May 2026", "20 May 2026", "Quick and clean")
    text = compose_ask(Kind.CLIENT, client_name="Ada", shown=shown).text
    assert (
        "We agreed on 'the roof' (no leaks) by 31 May 2026, and we delivered it on 20 May 2026. "
        "You told us: 'Quick and clean.'"
    ) in text


def test_words_that_end_by_themselves_get_no_second_stop():
    shown = Shown("the roof", liked="Splendid.")
    assert "'Splendid.' " in compose_ask(Kind.CLIENT, client_name="Ada", shown=shown).text


def test_somebody_without_a_company_is_not_asked_about_one():
    text = compose_ask(Kind.CLIENT, client_name="Ada", shown=Shown("the roof")).text
    assert "who else do you know whom we might be able to help" in text


def test_nothing_is_offered_for_a_colleague():
    text = compose_ask(Kind.COWORKER, client_name="Ada", shown=Shown("the roof")).text
    assert not re.search(r"reward|discount|gift|bonus|voucher", text)
