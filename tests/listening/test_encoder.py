"""The encoder: offline, checked before it is read, the same for a text wherever it stands."""

from __future__ import annotations

import numpy as np
import pytest

from warmhand.listening import encoder as module
from warmhand.listening.encoder import WIDTH, EncoderMissing, encoder


def test_alike_texts_lie_close_and_a_direction_has_length_one():
    same, also, other = encoder().encode(
        ["Is your problem solved?", "Has that fixed the issue for you?", "Nice weather today."]
    )
    assert same.shape == (WIDTH,)
    assert np.linalg.norm(same) == pytest.approx(1, abs=1e-5)
    assert same @ also > 0.4 > same @ other


def test_a_text_has_one_direction_whatever_stands_beside_it():
    alone = encoder().encode(["Hello."])[0]
    beside = encoder().encode(["A much longer text that stands beside it, for once.", "Hello."])[1]
    assert np.array_equal(alone, beside)


def test_pieces_have_not_looked_at_each_other_yet():
    short, long = encoder().pieces("Hello."), encoder().pieces("Hello. Who else do you know?")
    assert short.shape == (4, WIDTH)
    assert len(long) > len(short)
    assert np.allclose(short[:3], long[:3], atol=1e-6)


def test_no_text_and_a_very_long_one():
    assert encoder().encode([]).shape == (0, WIDTH)
    assert np.isfinite(encoder().encode(["", "word " * 5000])).all()


def test_a_direction_is_of_the_first_pieces_and_more_of_them_can_be_had():
    many, more = encoder().encode(["word " * (module.LONGEST - 2), "word " * 5000])
    assert np.array_equal(many, more)
    assert len(encoder().pieces("word " * 400)) == 402
    assert len(encoder().pieces("word " * 5000)) == module.MOST


def test_a_file_that_is_not_the_known_one_is_refused():
    package, name, sha = module.WORD_PIECES
    assert module._checked(package, name, sha).is_file()
    with pytest.raises(EncoderMissing, match="not the file that we know"):
        module._checked(package, name, "0" * 64)


def test_a_package_or_file_that_is_not_there_is_named():
    with pytest.raises(EncoderMissing, match="no_such_package is not installed"):
        module._checked("no_such_package", "x", "")
    with pytest.raises(EncoderMissing, match="has no x"):
        module._checked(module.MODEL[0], "x", "")
