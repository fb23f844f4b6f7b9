"""A real mail server for tests, which can also refuse, be slow, and die after the letter."""

from __future__ import annotations

import asyncio
import socket
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session


class Postbox:
    """What was handed over, by message id; and how the server behaves."""

    def __init__(self) -> None:
        self.letters: list[Any] = []
        self.refuses: set[str] = set()
        self.answers_to_data: list[str] = []
        self.seconds = 0.0
        self.dies_after_data = 0

    def behave(self) -> None:
        """Take whatever comes from now on, at once."""
        self.refuses.clear()
        self.answers_to_data.clear()
        self.seconds, self.dies_after_data = 0.0, 0

    @property
    def ids(self) -> Counter[str]:
        return Counter(letter["Message-ID"] for letter in self.letters)

    async def handle_RCPT(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: Any
    ) -> str:
        if address in self.refuses:
            return "550 no such user"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        if self.seconds:
            await asyncio.sleep(self.seconds)
        if self.answers_to_data:
            return self.answers_to_data.pop(0)
        assert isinstance(envelope.content, bytes)
        self.letters.append(message_from_bytes(envelope.content))
        if self.dies_after_data:
            # The letter is taken; the answer never comes.
            self.dies_after_data -= 1
            assert server.transport is not None
            server.transport.abort()
        return "250 taken"


def free_port() -> int:
    """A port that nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def mail_server(port: int = 0) -> Iterator[tuple[Postbox, int]]:
    """The server, running until the block ends."""
    postbox = Postbox()
    port = port or free_port()
    controller = Controller(postbox, hostname="127.0.0.1", port=port, ready_timeout=30)
    controller.start()
    try:
        yield postbox, port
    finally:
        controller.stop()
