"""Whatever colour is chosen, the text is readable (WCAG AA)."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from warmhand.printing import PINE, contrast, is_colour, palette

COLOURS = st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06x}")


def test_contrast_is_that_of_the_standard():
    assert contrast("#000000", "#ffffff") == 21
    assert contrast("#777777", "#777777") == 1
    assert round(contrast("#767676", "#ffffff"), 2) == 4.54  # the palest grey that passes
    assert contrast("#777777", "#ffffff") < 4.5


@given(COLOURS, st.booleans())
def test_text_and_shapes_can_be_seen_in_every_colour(colour, dark):
    found = palette(colour, dark=dark)
    for text in (found.ink, found.text, found.soft):
        assert contrast(text, found.paper) >= 4.5
        assert contrast(text, found.wash) >= 4.5
    assert contrast(found.on_bar, found.bar) >= 4.5
    assert contrast(found.edge, found.paper) >= 3


def test_a_pale_colour_fills_but_does_not_write():
    found = palette("#ffe135")
    assert found.bar == "#ffe135"
    assert found.ink != "#ffe135"


def test_a_dark_enough_colour_is_taken_as_it_is():
    found = palette("#0f5a50")
    assert (found.bar, found.ink, found.edge) == ("#0f5a50",) * 3


def test_what_is_no_colour_gives_ours():
    assert not is_colour("red")
    assert not is_colour("#FFF")
    assert palette("red;}") == palette(PINE) == palette("")
