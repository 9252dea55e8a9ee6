"""Every composed ask holds what the articles want of it (P12, P13, P14, P17, P18, P20, P24)."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from warmhand.wording import (
    Channel,
    Formality,
    Kind,
    Moment,
    Shown,
    check,
    compose_ask,
    context_from,
    languages,
)
from warmhand.wording.catalogue import catalogue

WORDS = st.text(st.characters(categories=("L", "Nd", "Zs")), max_size=40)
SHOWN = Shown("the roof", "no leaks", "31 May 2026", "20 May 2026", "Quick and clean")
MANNERS = list(product(Kind, Moment, Channel, Formality))
SAID = {
    "en": (r"\bwe\b", r"help", r"earned", r"\b(I|me|my)\b"),
    "de": (r"\bwir\b", r"helfen", r"verdient", r"\b([Ii]ch|[Mm]ir|[Mm]ich|[Mm]ein\w*)\b"),
    "es": (r"\b(nos|\w+mos)\b", r"ayudar", r"ganado", r"\b([Yy]o|[Mm]í|[Mm]ío|[Cc]onmigo)\b"),
    "fr": (r"\bnous\b", r"aider", r"gagné|mérité", r"\b([Jj]e|[Jj]|[Mm]oi|[Mm]on|[Mm]a|[Mm]es)\b"),
    "nl": (r"\b(we|wij)\b", r"helpen", r"verdiend", r"\b([Ii]k|[Mm]ij|[Mm]ijn)\b"),
}
"""'We', help and leave to ask, as each language says them, and 'I', which none may (P13, P14)."""
REWARD = re.compile(
    r"reward|discount|gift|bonus|voucher|money|Prämie|Rabatt|Geschenk|Gutschein|Geld", re.I
)


def made(manner, language="en"):
    kind, moment, channel, formality = manner
    return compose_ask(
        kind, moment=moment, channel=channel, formality=formality, language=language, shown=SHOWN
    )


@given(
    manner=st.sampled_from(MANNERS),
    language=st.sampled_from(languages()),
    name=WORDS,
    company=WORDS,
    case=WORDS,
    delivered=WORDS,
)
def test_every_ask_reconfirms_first_says_we_asks_leave_offers_help_and_a_way_out(
    manner, language, name, company, case, delivered
):
    if not (case or delivered):
        return
    kind, moment, channel, formality = manner
    wording = compose_ask(
        kind,
        moment=moment,
        channel=channel,
        formality=formality,
        language=language,
        client_name=name,
        company=company,
        case_title=case,
        shown=Shown(delivered) if delivered else None,
    )
    assert wording.steps[0].practice == "P12"
    assert (case or delivered) in wording.steps[0].say
    assert wording.steps[-1].practice == "P18"
    ask = next(step for step in wording.steps if step.practice == "P13").say
    we, help_them, earned, i_me_my = SAID[language]
    assert re.search(we, ask, re.I)
    assert re.search(help_them, ask)
    assert re.search(earned, ask)
    own = made(manner, language)
    assert not re.search(i_me_my, own.text)
    assert not REWARD.search(own.text)


@pytest.mark.parametrize("language", languages())
def test_every_wording_names_what_was_agreed_delivered_and_liked(language):
    for manner in MANNERS:
        wording = made(manner, language)
        shown = next(step for step in wording.steps if step.practice == "P14").say
        assert all(part in shown for part in ("the roof", "20 May 2026", "Quick and clean"))


def test_no_two_manners_share_a_key_and_each_key_is_stable():
    keys = [made(manner).variant for manner in MANNERS]
    assert len(set(keys)) == len(MANNERS)
    assert "ask.case.spoken.neutral" in keys


@pytest.fixture(scope="module")
def reader():
    from warmhand.listening.encoder import encoder

    return encoder()


@pytest.mark.slow
@pytest.mark.parametrize("by_encoder", [True, False])
def test_check_finds_nothing_wrong_with_what_compose_makes(by_encoder, request):
    reader = request.getfixturevalue("reader") if by_encoder else None
    wrong = []
    for (kind, moment, channel, formality), case in product(MANNERS, ("", "the router fails")):
        wording = compose_ask(
            kind,
            moment=moment,
            channel=channel,
            formality=formality,
            client_name="Ada Moll",
            company="Moll & Sons",
            case_title=case,
            shown=SHOWN,
        )
        known = {"kind": kind.value, "client": "Ada Moll", "company": "Moll & Sons"}
        known |= {"case": case, "agreed": SHOWN.what, "liked": SHOWN.liked}
        checked = check(wording.text, context_from(known), encoder=reader)
        if checked.breaches or not (checked.we and checked.reconfirm):
            wrong.append((wording.variant, [each.code for each in checked.breaches]))
    assert wrong == []


def test_nothing_to_show_means_no_ask():
    with pytest.raises(ValueError, match="something to show"):
        compose_ask(Kind.CLIENT, client_name="Ada")


def test_what_was_agreed_delivered_and_liked_is_named():
    text = compose_ask(Kind.CLIENT, client_name="Ada", shown=SHOWN).text
    assert (
        "We agreed on 'the roof' (no leaks) by 31 May 2026, and we delivered it on 20 May 2026. "
        "You told us: 'Quick and clean.'"
    ) in text


def test_days_are_said_in_the_language_of_the_ask():
    shown = Shown("the roof", delivered=dt.date(2026, 5, 20))
    assert "20 May 2026" in compose_ask(Kind.CLIENT, shown=shown).text
    assert "20. Mai 2026" in compose_ask(Kind.CLIENT, shown=shown, language="de-AT").text


def test_words_that_end_by_themselves_get_no_second_stop():
    shown = Shown("the roof", liked="Splendid.")
    assert "'Splendid.' " in compose_ask(Kind.CLIENT, client_name="Ada", shown=shown).text


def test_somebody_without_a_company_is_not_asked_about_one():
    text = compose_ask(Kind.CLIENT, client_name="Ada", shown=Shown("the roof")).text
    assert "Who else do you know whom we might be able to help" in text


def test_an_email_has_subject_greeting_and_closing_and_a_chat_is_shorter_than_what_is_said():
    made = {c: compose_ask(Kind.CLIENT, channel=c, client_name="Ada", shown=SHOWN) for c in Channel}
    mail = made[Channel.EMAIL]
    assert mail.subject == "How is 'the roof' going?"
    assert mail.text.startswith("Hello Ada,\n\n")
    assert mail.text.endswith("Kind regards,")
    assert "tell us and we go on with it" in mail.steps[0].say
    assert len(made[Channel.CHAT].text) < len(made[Channel.SPOKEN].text) < len(mail.text)


@dataclass(frozen=True)
class Somebody:
    """A name as `matching` gives them."""

    name: str
    company: str = ""
    position: str = ""
    inside: bool = False
    grounds: tuple[object, ...] = ()


def test_names_of_the_key_ring_become_one_question_before_the_way_out():
    names = [Somebody("Jo Park", "Elm Ltd"), Somebody("Lee Orr")]
    wording = compose_ask(Kind.CLIENT, shown=SHOWN, names=names)
    assert "Might Jo Park at Elm Ltd or Lee Orr be somebody whom we could help" in wording.text
    assert [step.practice for step in wording.steps[-2:]] == ["P1", "P18"]
    assert wording.variant.endswith(".named")


def test_three_names_are_refused_and_so_are_names_for_more_and_an_offer_for_a_colleague():
    with pytest.raises(ValueError, match="At most 2"):
        compose_ask(Kind.CLIENT, shown=SHOWN, names=[Somebody(each) for each in "ABC"])
    with pytest.raises(ValueError, match="P19"):
        compose_ask(Kind.MORE, shown=SHOWN, names=[Somebody("A")])
    for kind in (Kind.COWORKER, Kind.MORE):
        with pytest.raises(ValueError, match="P20"):
            compose_ask(kind, shown=SHOWN, offer="a free review")
    assert "a free review" in compose_ask(Kind.CLIENT, shown=SHOWN, offer="a free review").text


def test_braces_in_records_are_words_and_nothing_else():
    text = compose_ask(Kind.CLIENT, client_name="{x}", case_title="{0}", shown=Shown("{y}")).text
    assert all(each in text for each in ("{x}", "{0}", "{y}"))


@pytest.mark.parametrize("language", languages()[1:])
def test_a_place_of_the_english_text_stands_in_each_translation(language):
    for english, other in catalogue(language).texts.items():
        assert set(re.findall(r"{\w+}", english)) == set(re.findall(r"{\w+}", other)), english


@pytest.mark.parametrize("language", [each for each in languages() if each != "en"])
def test_what_compose_makes_in_another_language_is_not_found_fault_with(language, reader):
    """It is told apart from English, so that nobody mends a good German ask by English rules."""
    for manner in MANNERS:
        wording = made(manner, language)
        checked = check(wording.text, encoder=reader)
        assert checked.breaches == ()
        assert checked.why_not.code == "other_language"
