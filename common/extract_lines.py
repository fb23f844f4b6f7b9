"""A table written as text: one line is one record, whatever stands in the lines around it.

A value holds no line break. A quote still open where its line ends therefore spoils that line and
no other: read otherwise, it would swallow the records of other people. Neither does a byte broken
in one line change how the others are read; and what is told of a value holds nobody's words.
"""

from __future__ import annotations

import csv
import re
import unicodedata
from collections.abc import Iterable

LONGEST_LINE = 64 * 1024
"""Characters a line may have. No record is as long; what is, has lost its line ends."""
TRIMMED_CHARACTERS = " \t\u00a0"
"""What may stand around a cell and is no part of it."""
BOM = "\ufeff".encode()
CONTROL_CHARACTERS = re.compile(
    "[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060\u2066-\u2069\ufeff]"
)
"""What no cell that is read may hold: it would break the line where it is shown, or hide in it."""
CODE_PATTERN = re.compile(
    r"(?<!\d)(\d\s*\d\s*\d\s*\d\s*\d\s*\d)(\s*[-+\u2010-\u2015\u2212A-Za-z]?\s*)"
    r"\d\s*\d\s*\d(\s*[0-9A-Za-z])?",
)
"""An identity code as people and systems write it: either case, spaces in it, its sign left out."""
_UTF8 = re.compile(
    rb"[\xc2-\xdf][\x80-\xbf]|\xe0[\xa0-\xbf][\x80-\xbf]|[\xe1-\xec\xee\xef][\x80-\xbf]{2}"
    rb"|\xed[\x80-\x9f][\x80-\xbf]|\xf0[\x90-\xbf][\x80-\xbf]{2}|[\xf1-\xf3][\x80-\xbf]{3}"
    rb"|\xf4[\x80-\x8f][\x80-\xbf]{2}"
)
_WORD = re.compile(r"[A-Za-zÅÄÖåäö_][A-Za-zÅÄÖåäö0-9_ ]{0,39}")


class BadLine(ValueError):
    """The line is no record: ``reason`` says why, ``cell`` in which cell, counted from 0."""

    def __init__(self, reason: str, cell: int = 0) -> None:
        super().__init__(reason)
        self.reason = reason
        self.cell = cell


def split_cells(line: str, separator: str) -> list[str]:
    """The cells of one line without its line end, trimmed; a cell may stand in quotes.

    A quote inside a cell that does not begin with one is a character like others. Raises
    :class:`BadLine`: ``line_too_long``, ``line_break``, ``quote``.
    """
    if len(line) > LONGEST_LINE:
        raise BadLine("line_too_long")
    if "\r" in line or "\n" in line:
        at = min(at for at in (line.find("\r"), line.find("\n")) if at >= 0)
        raise BadLine("line_break", line.count(separator, 0, at))
    if '"' not in line:
        return [cell.strip(TRIMMED_CHARACTERS) for cell in line.split(separator)]
    try:
        (cells,) = csv.reader([line], delimiter=separator, strict=True, skipinitialspace=True)
    except csv.Error:
        begins = (cell.strip(TRIMMED_CHARACTERS).startswith('"') for cell in line.split(separator))
        raise BadLine("quote", next((n for n, quoted in enumerate(begins) if quoted), 0)) from None
    return [cell.strip(TRIMMED_CHARACTERS) for cell in cells]


def line_end_of(block: bytes) -> bytes:
    """Which line end comes first: a newline (with or without a return before it), or a return."""
    newline, lone = block.find(b"\n"), block.find(b"\r")
    if lone >= 0 and (newline < 0 or lone < newline - 1):
        return b"\r"
    return b"\n" if newline >= 0 else b""


class EncodingCounter:
    """Counts the lines that tell how a file is written.

    A file that holds letters of UTF-8 is in UTF-8, unless they stand in a single line, against
    three or more with letters that UTF-8 cannot have: one line does not move the encoding of the
    others.
    """

    def __init__(self, *, has_mark: bool) -> None:
        self._has_mark = has_mark
        self._letters = self._broken = 0

    def count(self, lines: Iterable[bytes]) -> None:
        for line in lines:
            if line.isascii():
                continue
            if _UTF8.search(line):
                self._letters += 1
            else:
                self._broken += 1

    @property
    def encoding(self) -> str:
        few = self._letters == 1 and self._broken < 3
        is_utf8 = self._has_mark or self._letters > 1 or few or not self._broken
        return "utf-8" if is_utf8 else "iso-8859-1"


def decode_line(line: bytes, ends: bytes, encoding: str, separator: str) -> str:
    """A line as text, without its end. Raises BadLine ``encoding`` for a broken byte in it."""
    line = line.removesuffix(ends)
    line = line.rstrip(b"\r") if ends == b"\n" else line
    try:
        if encoding != "utf-8" and (found := _UTF8.search(line)):
            raise UnicodeDecodeError("latin-1", line, *found.span(), "letters of another encoding")
        return line.decode(encoding)
    except UnicodeDecodeError as bad:
        raise BadLine("encoding", line[: bad.start].count(separator.encode())) from None


def one_line(text: str) -> str:
    """A value without what would break or hide the line in which it is told."""
    return " ".join(CONTROL_CHARACTERS.sub(" ", text).split())


def masked_shape(text: str) -> str:
    """What is told of a value that may be anybody's: ``x`` for a letter, ``9`` for a digit.

    Of an identity code its first seven characters.
    """
    line = one_line(text)
    if found := CODE_PATTERN.fullmatch(line):
        return f"{''.join(found[1].split())}{found[2].strip().upper()[:1]}****"
    return "".join(
        "9" if c.isdigit() else "x" if unicodedata.category(c)[0] in "LM" else c for c in line[:30]
    ) + ("…" if len(line) > 30 else "")


def masked_column_name(column: str) -> str:
    """What is told of a column's own name: itself where it is a word, else its shape."""
    line = one_line(column)
    return line if _WORD.fullmatch(line) and not CODE_PATTERN.search(line) else masked_shape(line)
