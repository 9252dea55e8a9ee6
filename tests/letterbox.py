"""A real SMTP server in the test's own process, and what it was handed."""

from __future__ import annotations

import re
import socket
from email import message_from_bytes, policy

import pytest
from aiosmtpd.controller import Controller


class Letterbox:
    """Keeps what an SMTP server is handed; `answer` is what it says to each mail."""

    def __init__(self) -> None:
        self.mails = []
        self.raw = []
        self.answer = "250 taken"

    async def handle_DATA(self, server, session, envelope):  # noqa: N802 - the library's name
        if self.answer.startswith("250"):
            self.raw.append(envelope.content)
            self.mails.append(message_from_bytes(envelope.content, policy=policy.default))
        return self.answer


def free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return taken.getsockname()[1]


@pytest.fixture
def letterbox(settings):
    box = Letterbox()
    controller = Controller(box, hostname="127.0.0.1", port=free_port())
    controller.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST = "127.0.0.1"
    settings.EMAIL_PORT = controller.port
    settings.EMAIL_USE_TLS = False
    yield box
    controller.stop()


def link_in(text: str, of: str) -> str:
    """The path of the first address in a text that begins so."""
    found = re.search(rf"https?://[^/\s]+({of}[^\s>\"]+)", text)
    assert found, text
    return found[1]
