"""Writes of threads, messages and their files."""

from caseplan.messages.services.attaching import MAX_BYTES, SentFile
from caseplan.messages.services.writing import (
    mark_read,
    send_message,
    start_thread,
    write_for_client,
)

__all__ = [
    "MAX_BYTES",
    "SentFile",
    "mark_read",
    "send_message",
    "start_thread",
    "write_for_client",
]
