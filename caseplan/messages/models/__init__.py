"""What is written to each other, and what was sent with it."""

from caseplan.messages.models.attachment import Attachment
from caseplan.messages.models.thread import Message, ReadMark, Thread, ThreadKind, WaitsFor

__all__ = [
    "Attachment",
    "Message",
    "ReadMark",
    "Thread",
    "ThreadKind",
    "WaitsFor",
]
