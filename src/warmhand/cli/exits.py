"""What a command's exit code says. Programs may rely on these numbers."""

from __future__ import annotations

from enum import IntEnum


class Exit(IntEnum):
    """Exit codes of every `warmhand` command."""

    DONE = 0, "done"
    NO = 1, "the answer is no: refused, or not now"
    USAGE = 2, "the command was not called rightly"
    BAD_INPUT = 3, "the input cannot be read or used"
    NOT_FOUND = 4, "what was named does not exist"
    INSTALLATION = 5, "something about the installation has to be mended first"
    BUG = 70, "our mistake: please report what was printed"
    INTERRUPTED = 130, "interrupted from the keyboard"
    TERMINATED = 143, "asked to end by a signal"

    meaning: str

    def __new__(cls, number: int, meaning: str) -> Exit:
        """An integer that also says what it means."""
        member = int.__new__(cls, number)
        member._value_ = number
        member.meaning = meaning
        return member


# The HTTP status that a problem has elsewhere -> the exit code that it has here.
EXIT_OF_STATUS = {
    400: Exit.BAD_INPUT,
    403: Exit.NO,
    404: Exit.NOT_FOUND,
    409: Exit.NO,
    422: Exit.BAD_INPUT,
    503: Exit.INSTALLATION,
}
