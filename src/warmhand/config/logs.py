"""What must never stand in a log: the tokens in addresses that let people in."""

from __future__ import annotations

import logging
import re

_TOKEN = re.compile(r"(/(?:p/[a-z]+|invitations|password/reset/key|confirm-email)/)[^/\s?'\"]+")


def without_tokens(text: str) -> str:
    """The text with every such token blotted out."""
    return _TOKEN.sub(r"\1…", text)


class WithoutTokens(logging.Filter):
    """Blots tokens out of a record before it is written, in its message and in a traceback."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Keep every record, changed where it has to be."""
        record.msg, record.args = without_tokens(record.getMessage()), ()
        if record.exc_info and not record.exc_text:
            record.exc_text = logging.Formatter().formatException(record.exc_info)
        if record.exc_text:
            record.exc_text = without_tokens(record.exc_text)
        return True
