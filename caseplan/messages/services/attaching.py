"""Files sent with a message: what is taken, by its content and not by what it says it is."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import PurePath

import filetype
from django.utils.translation import gettext_lazy as _

from caseplan.messages.models import Attachment, Message
from caseplan.messages.scanning import scan
from common.actor import Actor
from common.decision import Refused
from records.services import add_row

MAX_BYTES = 10 * 1024 * 1024
MAX_FILES = 5
_DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
# What is taken, and how the name of such a file may end.
TAKEN: dict[str, tuple[str, ...]] = {
    "application/pdf": (".pdf",),
    "image/jpeg": (".jpg", ".jpeg"),
    "image/png": (".png",),
    _DOCX: (".docx",),
    "application/vnd.oasis.opendocument.text": (".odt",),
}
_MACROS = b"vbaProject.bin"


@dataclass(frozen=True, slots=True)
class SentFile:
    """A file as it came in: its name as the sender has it, and its bytes."""

    name: str
    content: bytes


def attach(
    actor: Actor, message: Message, files: Sequence[SentFile], now: datetime
) -> list[Attachment]:
    """Keep files with a message; :class:`Refused` at ``attached`` for the first not taken."""
    if len(files) > MAX_FILES:
        raise Refused(
            _("Send at most %(count)s files at a time.") % {"count": MAX_FILES}, field="attached"
        )
    return [
        add_row(
            actor,
            Attachment(
                case=message.case,
                category=message.category,
                message=message,
                name=_safe_name(file.name),
                content_type=_type_of(file),
                size=len(file.content),
                content=file.content,
            ),
            now,
        )
        for file in files
    ]


def _type_of(file: SentFile) -> str:
    """What the content shows the file to be, if it is taken. Raises :class:`Refused`."""
    name = {"name": _safe_name(file.name)}
    if not file.content:
        raise Refused(_("%(name)s is empty.") % name, field="attached")
    if len(file.content) > MAX_BYTES:
        raise Refused(_("%(name)s is larger than 10 megabytes.") % name, field="attached")
    guess = filetype.guess(file.content)
    kind = guess.mime if guess else ""
    ending = PurePath(name["name"]).suffix.lower()
    if kind not in TAKEN or _MACROS in file.content:
        raise Refused(
            _("%(name)s is not sent: send a PDF, a picture (JPEG, PNG) or a text document.") % name,
            field="attached",
        )
    if ending not in TAKEN[kind]:
        raise Refused(
            _("%(name)s is not what its name says. Save it again, then send it.") % name,
            field="attached",
        )
    if scan(file.content):
        raise Refused(_("%(name)s looks harmful and is not sent.") % name, field="attached")
    return str(kind)


def _safe_name(name: str) -> str:
    """The last part of a name, without what steers a terminal or a header; never empty."""
    last = re.split(r"[\\/]", name)[-1]
    clean = re.sub(r"[\x00-\x1f\x7f\u202a-\u202e\u2066-\u2069\"]", "", last).strip(" .")
    return clean[-200:] or "file"
