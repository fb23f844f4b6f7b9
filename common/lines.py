"""A table written as text: one line is one record, whatever stands in the lines around it.

A value holds no line break. A quote still open where its line ends therefore spoils that line and
no other: read otherwise, it would swallow the records of other people.
"""

from __future__ import annotations

import csv

LONGEST = 64 * 1024
"""Characters a line may have. No record is as long; what is, has lost its line ends."""
AROUND = " \t\u00a0"
"""What may stand around a cell and is no part of it."""


class BadLine(ValueError):
    """The line is no record: ``reason`` says why, ``cell`` in which cell, counted from 0."""

    def __init__(self, reason: str, cell: int = 0) -> None:
        super().__init__(reason)
        self.reason = reason
        self.cell = cell


def cells_of(line: str, separator: str) -> list[str]:
    """The cells of one line without its line end, trimmed; a cell may stand in quotes.

    A quote inside a cell that does not begin with one is a character like others. Raises
    :class:`BadLine`: ``line_too_long``, ``line_break``, ``quote``.
    """
    if len(line) > LONGEST:
        raise BadLine("line_too_long")
    if "\r" in line or "\n" in line:
        at = min(at for at in (line.find("\r"), line.find("\n")) if at >= 0)
        raise BadLine("line_break", line.count(separator, 0, at))
    if '"' not in line:
        return [cell.strip(AROUND) for cell in line.split(separator)]
    try:
        (cells,) = csv.reader([line], delimiter=separator, strict=True, skipinitialspace=True)
    except csv.Error:
        begins = (cell.strip(AROUND).startswith('"') for cell in line.split(separator))
        raise BadLine("quote", next((n for n, quoted in enumerate(begins) if quoted), 0)) from None
    return [cell.strip(AROUND) for cell in cells]
