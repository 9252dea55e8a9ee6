"""Directions kept by the thousand: as they are, or, where nearly all numbers are 0, only the rest.

An encoder's directions are dense. Those by spelling have some thirty numbers of 4,096 that aren't
0: kept whole, our own sentences would take 250 MB.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any, Final, Protocol

from .spelled import Spelled

if TYPE_CHECKING:
    from .seen import Directions, Encodes

AT_ONCE: Final = 256
"""Rows of a table that are laid out at a time."""


class Table(Protocol):
    """Directions, one row each."""

    def near(self, rows: Directions) -> Directions:
        """How near each row of the table (column) lies to each of the rows."""

    def parts(self) -> Iterator[Directions]:
        """The rows as they are, some hundred at a time."""


class Dense:
    """Directions with few zeros, kept by columns: so one text is held against all fastest."""

    def __init__(self, rows: Directions) -> None:
        import numpy as np

        self._columns = np.ascontiguousarray(rows.T)

    def near(self, rows: Directions) -> Directions:
        """How near each row of the table (column) lies to each of the rows."""
        near: Directions = rows @ self._columns
        return near

    def parts(self) -> Iterator[Directions]:
        """The rows as they are, some hundred at a time."""
        for at in range(0, self._columns.shape[1], AT_ONCE):
            yield self._columns[:, at : at + AT_ONCE].T


class Sparse:
    """Directions by spelling: which numbers aren't 0, and what they are."""

    def __init__(self, texts: Sequence[str], spelling: Spelled) -> None:
        import numpy as np

        self._texts, self._spelling = texts, spelling
        found = [spelling.features(text) for text in texts]
        counts = np.array([len(places) for places, _ in found], np.intp)
        self._empty = np.flatnonzero(counts == 0)
        self._starts = np.cumsum(counts) - counts
        size = int(counts.sum())
        self._places = np.fromiter((at for places, _ in found for at in places), np.uint16, size)
        self._numbers = np.zeros(size + 1, np.float32)  # one more, for empty rows at the end
        self._numbers[:-1] = np.fromiter((n for _, own in found for n in own), np.float32, size)

    @property
    def nbytes(self) -> int:
        """Bytes that its numbers take."""
        return int(self._places.nbytes + self._numbers.nbytes + self._starts.nbytes)

    def near(self, rows: Directions) -> Directions:
        """How near each row of the table (column) lies to each of the rows."""
        import numpy as np

        near = np.zeros((len(rows), len(self._starts)), np.float32)
        if not len(self._starts):
            return near
        products = np.zeros_like(self._numbers)
        for row, into in zip(rows, near, strict=True):
            np.multiply(self._numbers[:-1], row[self._places], out=products[:-1])
            np.add.reduceat(products, self._starts, out=into)
        near[:, self._empty] = 0
        return near

    def parts(self) -> Iterator[Directions]:
        """The rows as they are, some hundred at a time."""
        for at in range(0, len(self._texts), AT_ONCE):
            yield self._spelling.encode(self._texts[at : at + AT_ONCE])


def table(encoder: Encodes, texts: Sequence[str]) -> Table:
    """The directions of many texts by an encoder."""
    if isinstance(encoder, Spelled):
        return Sparse(texts, encoder)
    return Dense(encoder.encode(texts))


class Shares:
    """How much each title is each kind, where it is at all (0 to 1): a table with few numbers."""

    def __init__(self, parts: Iterator[Directions]) -> None:
        """`parts`: some rows at a time, a column a kind."""
        import numpy as np

        counts, at, numbers = [np.zeros(0, np.intp)], [], []
        for part in parts:
            rows, columns = np.nonzero(part)
            counts.append(np.bincount(rows, minlength=len(part)))
            at.append(columns.astype(np.uint16))
            numbers.append(part[rows, columns].astype(np.float32))
        ends = np.cumsum(np.concatenate(counts), dtype=np.intp)
        self._bounds = np.concatenate([[0], ends])
        self._empty = np.flatnonzero(self._bounds[1:] == self._bounds[:-1])
        self._at = np.concatenate([*at, np.zeros(1, np.uint16)])
        self._numbers = np.concatenate([*numbers, np.zeros(1, np.float32)])

    def most(self, called: Directions) -> tuple[Directions, Any]:
        """What each title has of the kind it has most of, and a function that names that kind."""
        import numpy as np

        products = self._numbers * called[self._at]
        most = np.maximum.reduceat(products, self._bounds[:-1])
        most[self._empty] = 0

        def kind(title: int) -> int:
            first, last = self._bounds[title : title + 2]
            if most[title] <= 0:
                return 0
            return int(self._at[first + products[first:last].argmax()])

        return most, kind
