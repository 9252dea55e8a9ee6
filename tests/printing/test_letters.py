"""Any text can be printed, and is told faithfully where there is a letter for it."""

from __future__ import annotations

from collections import Counter

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.printing.packs import entry, full_pack, read, squeezed, text_of
from warmhand.printing import pack_pdf
from warmhand.printing.letters import LONGEST_WORD, breakable, printable

# Beyond these a letter may be drawn as two shapes, which pypdf reads back as two letters.
WRITTEN = st.text(
    st.characters(categories=["L", "N", "P", "S", "Z"], max_codepoint=0x17F), max_size=60
)


def printed(text: str) -> str:
    return text_of(pack_pdf(full_pack(entries=(entry(text),), cases=(), deeds=())))


@settings(max_examples=60, deadline=None)
@given(WRITTEN)
def test_any_latin_text_stands_in_the_pdf_as_it_was_written(text):
    assert squeezed(printable(text)) in printed(text)


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=40))
def test_any_text_at_all_can_be_printed(text):
    made = pack_pdf(full_pack(entries=(entry(text, proof=text, target=text),)))
    assert len(read(made).pages) >= 1


@given(st.text())
def test_printable_says_the_same_twice(text):
    assert printable(printable(text)) == printable(text)


def test_markup_of_the_typesetter_is_only_text():
    text = '#panic("no") *bold* $x^2$ @ref <label> `raw` \\ // /* = _ ~ [x] {y} #{1+1}'
    assert squeezed(text) in printed(text)


def test_places_of_a_template_are_only_text():
    assert "{client}{0}%(x)s" in printed("{client} {0} %(x)s")


def test_scripts_and_signs_that_the_fonts_have():
    for text in ("Ελληνικά", "Київ", "😀", "✓→", "हिन्दी", "ไทย"):
        assert "\ufffd" not in printable(text)
    for text in ("Ελληνικά", "Київ", "😀", "✓→"):
        assert squeezed(text) in printed(text)


def test_right_to_left_is_printed():
    for text in ("שלום", "مرحبا"):
        found = Counter(printed(text))  # in which order pypdf reads them is its own matter
        assert all(found[letter] >= 2 * count for letter, count in Counter(text).items())


def test_a_letter_that_no_font_has_is_shown_as_unknown():
    assert printable("漢") == "\ufffd"
    assert "\ufffd" in printed("漢")


def test_what_nobody_sees_is_dropped():
    assert printable("a\u202eb\u0000c\u200b\ufeff") == "abc"
    assert printable(" a\n\n b\tc ") == "a b c"


def test_a_word_of_three_hundred_letters_breaks():
    word = "x" * 300
    assert "\u200b" in breakable(word)
    assert breakable(word).replace("\u200b", "") == word
    assert breakable("x" * (LONGEST_WORD - 1)) == "x" * (LONGEST_WORD - 1)
    assert word in printed(word)
    pages = read(pack_pdf(full_pack(entries=(entry(word),)))).pages
    rights: list[float] = []
    for page in pages:
        page.extract_text(
            visitor_text=lambda text, cm, tm, font, size: rights.append(tm[4]) if text else None
        )
    assert max(rights) < 595  # nothing begins beyond the edge of the paper
