"""What is printed, as words: a sweep that reads every address waits for no page to be laid out.

Laying out a PDF takes up to some seconds, and adds no word to what the template said: nothing is
fetched (``pages.printing``). A sweep that uses ``printed_as_written`` reads the page that was given
to be drawn, whole, with what a reader of the PDF would not see too. That each PDF can be drawn is
asked once a route by ``tests/pages/test_routes.py``; what is read in it, by the tests of its room.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

MARK = b"%PDF-"
"""What a PDF begins with."""


class Printing:
    """Whether what is asked for is laid out, as in the product, or left as it was written."""

    laid_out = False

    def __init__(self, real: Callable[..., Any]) -> None:
        self.real = real

    def begin(self, *, string: str, **given: Any) -> Any:
        """In place of ``weasyprint.HTML``."""
        return self.real(string=string, **given) if self.laid_out else _Written(string)


class _Written:
    def __init__(self, words: str) -> None:
        self.words = words

    def write_pdf(self, **_given: Any) -> bytes:
        return MARK + self.words.encode()


def is_written(content: bytes) -> bool:
    """Whether an answer is a PDF that was not laid out, or a file that only begins as one."""
    return content.startswith(MARK) and b"%%EOF" not in content
