"""A table written as text with its names on the first line; each line is one record.

The separator is the one that gives the first line most of the names asked for: home-made files have
semicolons, commas, tabs or bars. What is wrong with a line is that line's alone.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from common.extract_lines import (
    BOM,
    CONTROL_CHARACTERS,
    BadLine,
    EncodingCounter,
    decode_line,
    line_end_of,
    split_cells,
)

SEPARATORS = (";", ",", "\t", "|")


class NoTable(ValueError):
    """The text is no table of these columns: ``column`` lacks, stands twice, or is empty."""

    def __init__(self, reason: str, column: str = "") -> None:
        super().__init__(reason)
        self.reason = reason
        self.column = column


@dataclass(frozen=True, slots=True)
class TableLine:
    """One line: its number, the header's being 1, and its cells by column or what is wrong."""

    number: int
    cells: Mapping[str, str]
    fault: str = ""
    column: str = ""


class LineTable:
    """The file, whose columns are called as ``names`` says: each by one of its own names.

    Raises :class:`NoTable`: ``binary``, ``header``, ``missing``, ``twice``. ``optional``: columns
    that a file may leave out. A column of another name is passed over.
    """

    def __init__(
        self, file: bytes, names: Mapping[str, tuple[str, ...]], *, optional: frozenset[str]
    ) -> None:
        if b"\0" in file:
            raise NoTable("binary")
        self._ends = line_end_of(file) or b"\n"
        first, *self._lines = file.removeprefix(BOM).split(self._ends)
        letters = EncodingCounter(has_mark=file.startswith(BOM))
        letters.count([first, *self._lines])
        self._encoding = letters.encoding
        known = {called: column for column, calls in names.items() for called in calls}
        read = [(s, found) for s in SEPARATORS if (found := self._header(first, s, known))]
        if not read:
            raise NoTable("header")
        self._separator, self._columns = max(read, key=lambda row: len(set(row[1]) - {""}))
        for column in names:
            if self._columns.count(column) > 1:
                raise NoTable("twice", column)
            if column not in self._columns and column not in optional:
                raise NoTable("missing", column)

    def _header(self, first: bytes, separator: str, known: Mapping[str, str]) -> list[str]:
        try:
            cells = self._cells(first, separator)
        except BadLine:
            return []
        named = [known.get(cell.casefold(), "") for cell in cells]
        return named if any(named) else []

    def lines(self) -> Iterator[TableLine]:
        """Each line that has anything in it."""
        empty = self._separator.encode() + b' \t\r"'
        for number, line in enumerate(self._lines, 2):
            if line.strip(empty):
                yield self._line(number, line)

    def _line(self, number: int, line: bytes) -> TableLine:
        try:
            cells = self._cells(line, self._separator)
        except BadLine as bad:
            return TableLine(number, {}, bad.reason, self._column(bad.cell))
        if len(cells) < len(self._columns) and any(self._columns[len(cells) :]):
            return TableLine(number, {}, "line_ends_before", self._column(len(cells)))
        if any(cells[len(self._columns) :]):
            return TableLine(number, {}, "more_cells", self._column(len(cells)))
        row = {name: cell for name, cell in zip(self._columns, cells, strict=False) if name}
        for name, cell in row.items():
            if CONTROL_CHARACTERS.search(cell):
                return TableLine(number, {}, "control_character", name)
        return TableLine(number, row)

    def _column(self, at: int) -> str:
        return self._columns[min(at, len(self._columns) - 1)]

    def _cells(self, line: bytes, separator: str) -> list[str]:
        return split_cells(decode_line(line, self._ends, self._encoding, separator), separator)
