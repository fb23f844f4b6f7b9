"""A channel into a folder: each message a file, for trying out and for a sender that reads folders.

Stands in for a text-message gateway or Suomi.fi messages, whose own addresses an installation
gets with its agreement. A message handed over twice is one file.
"""

from __future__ import annotations

import json
import os
import tempfile
from pathlib import Path
from types import TracebackType
from typing import Self

from followup.channels.base import ChannelUnavailable, DeliveryRefused, Letter


class Folder:
    """Writes ``<id>.json``, whole or not at all."""

    def __init__(self, folder: Path, *, address: str) -> None:
        """``address``: the characters an address may have besides digits."""
        self._folder = folder
        self._address = address

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        pass

    def hand_over(self, letter: Letter) -> None:
        """See :class:`followup.channels.base.Gateway`."""
        if not letter.to or not all(c.isdigit() or c in self._address for c in letter.to):
            raise DeliveryRefused("address")
        content = {"to": letter.to, "subject": letter.subject, "text": letter.text}
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            with tempfile.NamedTemporaryFile(
                "w", dir=self._folder, prefix=".", delete=False, encoding="utf-8"
            ) as file:
                json.dump(content, file, ensure_ascii=False)
                file.flush()
                os.fsync(file.fileno())
            Path(file.name).replace(self._folder / f"{letter.id}.json")
        except OSError as error:
            raise ChannelUnavailable(type(error).__name__) from error
