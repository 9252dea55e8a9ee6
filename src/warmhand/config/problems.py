"""What can be wrong with an installation, said the same way everywhere."""

from __future__ import annotations


class Problem(Exception):
    """This installation cannot do the work: a stable code, a sentence, how to mend it."""

    def __init__(self, code: str, sentence: str, mend: str) -> None:
        super().__init__(f"{sentence} {mend}".strip())
        self.code = code
        self.sentence = sentence
        self.mend = mend
