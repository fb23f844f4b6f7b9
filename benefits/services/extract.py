"""Reads the three extract files, line by line: form, dates, codes. Knows no database.

One line is one record: a line that is wrong in itself is rejected here, and no other with it.
What needs other lines or the database (unknown persons, overlaps) is judged in ``register``.
What is not understood is refused, never taken for something else; what is told of it never
holds an identity code whole, nor anybody's words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import BinaryIO, NoReturn

from benefits.models.faults import FileFault, RowFault
from common.extract_lines import (
    BOM,
    CODE_PATTERN,
    TRIMMED_CHARACTERS,
    BadLine,
    EncodingCounter,
    decode_line,
    line_end_of,
    masked_column_name,
    masked_shape,
    one_line,
    split_cells,
)
from common.identity_code import BadIdentityCode, mask, parse

COLUMNS = {
    "persons.csv": (
        "hetu",
        "last_name",
        "first_names",
        "language",
        "municipality",
        "email",
        "phone",
        "non_disclosure",
    ),
    "unemployment.csv": ("hetu", "start", "end"),
    "benefits.csv": ("hetu", "benefit", "start", "end", "paid_days", "basis"),
}
FORMER, DIED = "former_hetu", "died_on"
OPTIONAL = {"persons.csv": (FORMER, DIED)}
_MOST_WITHOUT_A_LINE = 16 << 20


class BadExtract(Exception):
    """A file that cannot be read at all: none of the three is imported."""

    def __init__(self, file: str, fault: FileFault, column: str = "") -> None:
        self.file = file
        self.reason = f"{fault.value} {column}".strip()
        super().__init__(f"{file}: {self.reason}")


@dataclass(frozen=True, slots=True)
class Rejection:
    """A row not taken; ``line`` from 1, with the header, ``value`` as of :func:`masked_value`."""

    file: str
    line: int
    column: str
    reason: str
    value: str = ""


class InvalidRow(Exception):
    """The row is wrong: which column and why. ``value`` is what may be told of it."""

    def __init__(self, column: str, fault: RowFault, value: str = "") -> None:
        self.column = column
        self.reason: str = fault.value
        super().__init__(self.reason)
        self.value = masked_value(column, value)

    def at(self, file: str, line: int) -> Rejection:
        return Rejection(file, line, self.column, self.reason, self.value)


class ExtractRow(dict[str, str]):
    """The cells of a line by column. A cell that the line ends before is not understood.

    ``ends_before``: the last column the line does not reach. ``is_longer``: it has more cells
    than there are columns, so that some of them stand where they do not belong.
    """

    __slots__ = ("ends_before", "is_longer")

    def __init__(self, cells: dict[str, str], ends_before: str = "", is_longer: bool = False):
        super().__init__(cells)
        self.ends_before = ends_before
        self.is_longer = is_longer

    def __missing__(self, column: str) -> NoReturn:
        raise InvalidRow(self.ends_before or column, RowFault.LINE_ENDS_BEFORE)

    def require_whole(self) -> None:
        """Asked last, when each cell has been read: a fault of a cell says more."""
        if self.ends_before:
            raise InvalidRow(self.ends_before, RowFault.LINE_ENDS_BEFORE)
        if self.is_longer:
            raise InvalidRow(next(reversed(self)), RowFault.MORE_CELLS)


@dataclass(slots=True)
class ExtractFile:
    """One file of an extract, checked as a file; :meth:`lines` are its records, one each."""

    path: Path
    name: str
    encoding: str = "utf-8"
    ends: bytes = b"\n"
    separator: str = ";"
    unknown_columns: list[str] = field(default_factory=list)
    header: list[str] = field(default_factory=list)

    @classmethod
    def open(cls, folder: Path, name: str) -> ExtractFile:
        """Check that the file is there, is text, and has its columns. Raises BadExtract."""
        path = folder / name
        if not path.is_file():
            raise BadExtract(name, FileFault.MISSING_FILE)
        file = cls(path, name, *_look_through(path, name))
        with path.open("rb") as stream:
            first = file.read_line(stream)
        file.separator, file.header = file._names(first.removeprefix(BOM))
        known = (*COLUMNS[name], *OPTIONAL.get(name, ()))
        for needed in known:
            if needed in COLUMNS[name] and needed not in file.header:
                raise BadExtract(name, FileFault.MISSING_COLUMN, needed)
            if file.header.count(needed) > 1:
                raise BadExtract(name, FileFault.COLUMN_TWICE, needed)
        strange = [column for column in file.header if column and column not in known]
        file.unknown_columns = [masked_value("", column, words=True) for column in strange[:50]]
        return file

    def _names(self, first: bytes) -> tuple[str, list[str]]:
        """The separator and the columns of the first line: under which most columns are found."""
        read = []
        for separator in (";", ","):
            try:
                read.append((separator, split_cells(self.text_of(first), separator)))
            except BadLine:
                continue
        needed = {*COLUMNS[self.name]}
        best = max(read, key=lambda found: len(needed & {*found[1]}), default=None)
        if best is None or (len(read) < 2 and not needed & {*best[1]}):
            raise BadExtract(self.name, FileFault.HEADER)
        return best

    def stamp(self) -> str:
        """What tells whether the file is still the one that was read: size and time of change."""
        found = self.path.stat()
        return f"{found.st_size}:{found.st_mtime_ns}"

    def columns(self) -> list[str]:
        """The columns that are read, those that a file may leave out where it has them."""
        return [*COLUMNS[self.name], *(c for c in OPTIONAL.get(self.name, ()) if c in self.header)]

    def read_line(self, stream: BinaryIO) -> bytes:
        """The rest of the line a stream stands in, with its end. Empty at the file's end."""
        if self.ends == b"\n":
            return stream.readline()
        found = b""
        while block := stream.read(1 << 14):
            at = block.find(self.ends) + 1
            if at:
                stream.seek(at - len(block), 1)
                return found + block[:at]
            found += block
        return found

    def lines(self) -> Iterator[tuple[int, bytes]]:
        """Each line after the header with its number, without its end."""
        with self.path.open("rb") as stream:
            self.read_line(stream)
            number = 1
            while line := self.read_line(stream):
                number += 1
                yield number, line

    def text_of(self, line: bytes) -> str:
        """A line as text, without its end. Raises BadLine ``encoding`` for a broken byte in it."""
        return decode_line(line, self.ends, self.encoding, self.separator)

    def row(self, line: bytes) -> ExtractRow | None:
        """The row of a line; None for a line without anything in it. Raises :class:`InvalidRow`."""
        try:
            cells = split_cells(self.text_of(line), self.separator)
        except BadLine as bad:
            raise InvalidRow(self._column(bad.cell), RowFault(bad.reason)) from None
        if not any(cells):
            return None
        count = len(cells)
        places = [(column, self.header.index(column)) for column in self.columns()]
        found = {column: cells[at] for column, at in places if at < count}
        missing = [column for column, at in places if at >= count]
        return ExtractRow(found, missing[-1] if missing else "", count > len(self.header))

    def told(self, line: bytes) -> str:
        """The identity code's cell of a line that is no record, as far as it can be made out."""
        cells = line.decode(self.encoding, "replace").split(self.separator)
        at = self.header.index("hetu")
        return cells[at].strip(' \t"\r\n') if at < len(cells) else ""

    def _column(self, at: int) -> str:
        name = self.header[min(at, len(self.header) - 1)]
        return name if name in self.columns() else masked_value("", name, words=True)


def _look_through(path: Path, name: str) -> tuple[str, bytes]:
    """The encoding and the line end. Raises BadExtract for what is no text.

    The line end is the header's.
    """
    ends, without = b"", 0
    with path.open("rb") as stream:
        letters = EncodingCounter(has_mark=stream.read(len(BOM)) == BOM)
        stream.seek(0)
        while block := stream.read(1 << 20):
            if b"\0" in block:
                raise BadExtract(name, FileFault.NUL_BYTES)
            if not ends:
                ends = line_end_of(block + stream.peek(1)[:1])
            without = 0 if ends and ends in block else without + len(block)
            if without > _MOST_WITHOUT_A_LINE:
                raise BadExtract(name, FileFault.NO_LINES)
            rest = b"" if not ends or block.endswith(ends) else _until(stream, ends)
            if not (block.isascii() and rest.isascii()):
                letters.count((block + rest).split(ends or b"\n"))
    return letters.encoding, ends or b"\n"


def _until(stream: BinaryIO, ends: bytes) -> bytes:
    """The rest of the line that a block has cut, not more than a block of it."""
    if ends == b"\n":
        return stream.readline(1 << 20)
    rest = stream.read(1 << 14)
    at = rest.find(ends) + 1
    if at:
        stream.seek(at - len(rest), 1)
        return rest[:at]
    return rest


_IN_LINE = re.compile(r"\d{6}[-+A-FU-Y]\d{3}[0-9A-FHJ-NPR-Y]", re.ASCII)
# What a column's words look like: only such a value is told as it is.
_TOLD = {
    **dict.fromkeys(
        ("start", "end", DIED), re.compile(r"\d{1,4}[-./]\d{1,2}[-./]\d{1,4}", re.ASCII)
    ),
    **dict.fromkeys(("benefit", "basis"), re.compile(r"[a-zåäö_]{1,30}")),
    "language": re.compile(r"[\w.]{1,2}"),
    "municipality": re.compile(r"\d{1,4}", re.ASCII),
    "non_disclosure": re.compile(r"[\w.?-]{1,3}"),
    "paid_days": re.compile(r"[-+]?\d{1,5}([.,]\d{1,2})?", re.ASCII),
}


def masked_value(column: str, text: str, *, words: bool = False) -> str:
    """What may be told of a value that was not understood.

    An identity code keeps its first seven characters. A value that looks like what the column
    holds is told as it is; of anything else, which may be a name out of another column, only the
    shape: ``x`` for a letter, ``9`` for a digit. ``words``: a column's own name.
    """
    line = one_line(text)
    if column in {"hetu", FORMER}:
        return mask(line)
    if words:
        return masked_column_name(line)
    if column in _TOLD and _TOLD[column].fullmatch(line) and not CODE_PATTERN.search(line):
        return line
    return masked_shape(line)


def codes_in(text: str) -> set[str]:
    """Every identity code that stands in a text, wherever: whom a spoilt line may be about."""
    found = set()
    for written in _IN_LINE.findall(text.upper()):
        try:
            found.add(parse(written))
        except BadIdentityCode:
            continue
    return found


@lru_cache(maxsize=1024)
def codes_near(text: str) -> frozenset[str]:
    """The codes that one slip makes into what was written: a character wrong, lost or added.

    Whoever has one of them may be whom the line is about.
    """
    written = text.strip(TRIMMED_CHARACTERS).upper()
    if not 9 < len(written) < 13:
        return frozenset()
    signs = "0123456789ABCDEFHJKLMNPRSTUVWXY-+"
    tried: set[str] = set()
    for at in range(len(written) + 1):
        head, tail = written[:at], written[at:]
        if len(written) == 10:
            tried.update(head + sign + tail for sign in signs)
        elif len(written) == 12:
            tried.add(head + tail[1:])
        else:
            tried.update(head + sign + tail[1:] for sign in signs if tail)
            if len(tail) > 1:
                tried.add(head + tail[1] + tail[0] + tail[2:])
    return frozenset(code for text in tried for code in codes_in(text))
