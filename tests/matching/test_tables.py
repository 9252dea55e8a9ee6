"""Directions kept sparsely say the same as the whole rows, in a small part of the room."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from warmhand.matching.spelled import WIDTH, Spelled
from warmhand.matching.starters import starters
from warmhand.matching.tables import AT_ONCE, Dense, Shares, Sparse, table

TEXTS = st.lists(st.text(max_size=40), max_size=8)


def every(parts):
    return np.concatenate([np.zeros((0, WIDTH), np.float32), *parts])


@settings(max_examples=60)
@given(TEXTS, TEXTS)
def test_a_sparse_table_lies_as_near_as_a_dense_one(texts, asked):
    spelling = Spelled()
    dense, sparse = Dense(spelling.encode(texts)), Sparse(texts, spelling)
    rows = spelling.encode(asked)
    assert sparse.near(rows).shape == (len(asked), len(texts))
    np.testing.assert_allclose(sparse.near(rows), dense.near(rows), atol=1e-5)
    np.testing.assert_array_equal(every(sparse.parts()), every(dense.parts()))


@given(st.text(max_size=60))
def test_a_direction_has_length_1_or_is_empty(text):
    length = float(np.linalg.norm(Spelled().encode([text])[0]))
    assert length == pytest.approx(1.0, abs=1e-5) or length == 0.0


def test_our_sayings_by_spelling_take_a_small_part_of_their_room():
    """Whole they would take 150 MB, of which nearly all are noughts."""
    said = [told for each in starters() for told in each.told]
    sparse = table(Spelled(), said)
    assert isinstance(sparse, Sparse)
    assert sparse.nbytes < len(said) * WIDTH * 4 / 40
    assert sum(map(len, sparse.parts())) == len(said) > AT_ONCE


@given(
    st.lists(st.lists(st.sampled_from([0.0, 0.25, 0.5, 1.0]), min_size=5, max_size=5), max_size=12),
    st.lists(st.sampled_from([0.0, 0.5, 2.0]), min_size=5, max_size=5),
)
def test_shares_say_the_same_as_the_whole_table(rows, called):
    """The most of any kind, and the first kind that has it."""
    whole = np.array(rows, np.float32).reshape(len(rows), 5)
    calls = np.array(called, np.float32)
    most, kind = Shares(iter([whole[:3], whole[3:]])).most(calls)
    by_kind = whole * calls
    np.testing.assert_array_equal(most, by_kind.max(axis=1, initial=0))
    assert [kind(at) for at in range(len(rows))] == by_kind.argmax(axis=1).tolist()
