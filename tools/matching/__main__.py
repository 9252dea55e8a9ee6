"""Encode our sentences, names and the titles of the scheme into `matching/directions.npz`.

    python -m tools.matching

To be run whenever the folder `kinds`, `idle.txt` or the scheme changes; a test says when it wasn't.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np

from warmhand.listening.encoder import encoder
from warmhand.matching.directions import STEPS, key
from warmhand.matching.schemes import narrowest, scheme
from warmhand.matching.starters import idle, starters

PATH = Path(__file__).resolve().parents[2] / "src" / "warmhand" / "matching" / "directions.npz"


def texts() -> list[str]:
    """Every text whose direction is shipped, each once."""
    ours = [text for each in starters() for text in (*each.names, *each.told)]
    titles = [each.title for each in narrowest(scheme())]
    return list(dict.fromkeys([*ours, *idle(), *titles]))


def main() -> None:
    said = texts()
    rows = encoder().encode(said)
    largest = np.abs(rows).max(axis=1, keepdims=True)
    whole = np.rint(rows / largest * STEPS).astype(np.int8)
    keys = np.array([list(key(each)) for each in said], np.uint8)
    np.savez_compressed(PATH, keys=keys, rows=whole)
    print(f"{len(said)} directions, {PATH.stat().st_size / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
