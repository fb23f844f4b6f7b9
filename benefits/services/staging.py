"""The lines of an extract's two large files, laid down in the database block by block.

Each block is a transaction of its own that also notes how far the file has been read, so that
an import that was killed goes on where it stopped and everybody sees its progress. Lines are
kept as they are, a quoted one with its cells between separators; ``register`` reads them there.
A line that is no record is kept as a fault: where, why, and whose it may be, never its words.
One import at a time uses the tables.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection, transaction

from benefits.models import RegisterImport
from benefits.services.extract import (
    COLUMNS,
    ExtractFile,
    ExtractRow,
    InvalidRow,
    codes_in,
    codes_near,
)
from benefits.services.extract_rows import CodeReader, parse_payment, parse_spell
from common.crypto import search_hash
from common.extract_lines import LONGEST_LINE

TABLES = {
    "unemployment.csv": "benefits_stagedspell",
    "benefits.csv": "benefits_stagedpayment",
}
_READ: dict[str, Callable[[ExtractRow, date], Any]] = {
    "unemployment.csv": parse_spell,
    "benefits.csv": parse_payment,
}
_FAULTS = "benefits_stagedfault"
_BLOCK = 8 << 20
# What a plain line of the block does not hold: it is read by itself.
_ODD = bytes({*range(32), 0x7F, ord('"')} - {*b"\t\r\n"})


class Cancelled(Exception):
    """Somebody stopped the import between two blocks."""


@dataclass(frozen=True, slots=True)
class AffectedPeople:
    """Whom a line that was not taken may be about, by the hashes of their identity codes.

    ``sure``: it names them. ``maybe``: it names somebody nearly so called. ``anybody``: whose it
    is cannot be told.
    """

    sure: frozenset[str] = frozenset()
    maybe: frozenset[str] = frozenset()
    anybody: bool = False


@dataclass(frozen=True, slots=True)
class Staged:
    """A file laid down: how its cells are separated there, and the place of each column."""

    file: str
    table: str
    separator: str
    places: dict[str, int]

    def cell(self, column: str) -> str:
        """SQL: the trimmed text of a column."""
        separator = f"chr({ord(self.separator)})"
        return f"btrim(split_part(text, {separator}, {self.places[column]}), E' \\t\\u00a0')"


def stage(
    run: RegisterImport, file: ExtractFile, today: date, said: Callable[[str, int], None]
) -> Staged:
    """Lay down the lines of a file after those already there. Raises :class:`Cancelled`."""
    table = TABLES[file.name]
    was = run.progress.get(file.name)
    stamp = file.stamp()
    if was is None or was["stamp"] != stamp or not _holds(file.name, was):
        was = {"stamp": stamp, "offset": 0, "line": 1, "lines": 0, "faults": 0, "done": False}
        with connection.cursor() as cursor:
            cursor.execute(f"TRUNCATE {table}")
            cursor.execute(f"DELETE FROM {_FAULTS} WHERE file = %s", [file.name])
    while not was["done"]:
        with transaction.atomic():
            if RegisterImport.objects.filter(pk=run.pk, cancelled=True).exists():
                raise Cancelled
            was = {**was, **_lay_down(file, was, today)}
            run.progress = {**run.progress, file.name: was, "size": run.progress.get("size", 0)}
            RegisterImport.objects.filter(pk=run.pk).update(progress=run.progress)
        said(file.name, was["lines"] + was["faults"])
    places = {column: file.header.index(column) + 1 for column in COLUMNS[file.name]}
    return Staged(file.name, table, file.separator, places)


def faults_of(file: str) -> list[tuple[int, str, str, str, AffectedPeople]]:
    """The lines of a file that are no record: line, column, reason, what may be told, whose."""
    with connection.cursor() as cursor:
        cursor.execute(
            f'SELECT line, "column", reason, value, sure, maybe, anybody FROM {_FAULTS}'
            " WHERE file = %s ORDER BY line",
            [file],
        )
        return [
            (
                line,
                column,
                reason,
                value,
                AffectedPeople(frozenset(sure), frozenset(maybe), anybody),
            )
            for line, column, reason, value, sure, maybe, anybody in cursor.fetchall()
        ]


def affected_by(hetu: str, line: str) -> AffectedPeople:
    """Whom a line may be about: its identity code as written, and the whole line as written."""
    named = codes_in(line)
    sure = frozenset(map(search_hash, named))
    if codes_in(hetu):
        return AffectedPeople(sure)
    maybe = frozenset(map(search_hash, codes_near(hetu)))
    return AffectedPeople(sure, maybe, anybody=not sure and not maybe)


def clear() -> None:
    """Forget every line laid down: they are personal data, of no use once judged."""
    with connection.cursor() as cursor:
        cursor.execute(f"TRUNCATE {', '.join([*TABLES.values(), _FAULTS])}")
    RegisterImport.objects.exclude(progress={}).update(progress={})


def _holds(name: str, was: dict[str, Any]) -> bool:
    """Whether all lines noted are there: a crash of the server empties an unlogged table."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT (SELECT count(*) FROM {TABLES[name]}),"
            f" (SELECT count(*) FROM {_FAULTS} WHERE file = %s)",
            [name],
        )
        found = cursor.fetchone()
    return tuple(found) == (was["lines"], was.get("faults"))


def _lay_down(file: ExtractFile, was: dict[str, Any], today: date) -> dict[str, int | bool]:
    """The next block of whole lines, numbered as in the file."""
    with file.path.open("rb") as stream:
        stream.seek(was["offset"])
        if not was["offset"]:
            file.read_line(stream)
        block = stream.read(_BLOCK) + file.read_line(stream)
        offset = stream.tell()
        is_last = not stream.read(1)
    lines = block.split(file.ends)
    if block.endswith(file.ends):
        lines.pop()
    first = was["line"] + 1
    separator, width = file.separator.encode(), len(file.header) - 1
    empty = separator + b" \t\r"
    kept: list[bytes] = []
    odd: list[tuple[int, bytes]] = []
    if _is_plain(block, file) and max(map(len, lines), default=0) < LONGEST_LINE:
        kept = [
            b"%d\x01%b" % (n, line)
            for n, line in enumerate(lines, first)
            if line.count(separator) == width and line.strip(empty)
        ]
        if len(kept) != len(lines):
            odd = [
                (n, line)
                for n, line in enumerate(lines, first)
                if line.count(separator) != width and line.strip(empty)
            ]
    else:
        for n, line in enumerate(lines, first):
            if not line.strip(empty):
                continue
            is_plain = _is_plain(line, file) and len(line) < LONGEST_LINE
            if is_plain and line.count(separator) == width:
                kept.append(b"%d\x01%b" % (n, line))
            else:
                odd.append((n, line))
    faults = []
    read = _Odd(file, today)
    for n, line in odd:
        found = read(line)
        if isinstance(found, bytes):
            kept.append(b"%d\x01%b" % (n, found))
        elif found:
            faults.append((file.name, n, *found))
    _copy(TABLES[file.name], b"\n".join(kept).replace(b"\r\n", b"\n").removesuffix(b"\r"))
    _note(faults)
    return {
        "offset": offset,
        "line": was["line"] + len(lines),
        "lines": was["lines"] + len(kept),
        "faults": was["faults"] + len(faults),
        "done": is_last,
    }


def _is_plain(data: bytes, file: ExtractFile) -> bool:
    """Whether these lines are plain cells between separators, in ASCII, and end as the file's."""
    if not data.isascii() or len(data.translate(None, _ODD)) != len(data):
        return False
    if file.ends == b"\r":
        return b"\n" not in data
    # A line that has been cut out of its block may end in the return of its line end.
    return data.removesuffix(b"\r").count(b"\r") == data.removesuffix(b"\r").count(b"\r\n")


class _Odd:
    """Reads a line by itself: into its plain form, or into what is wrong with it."""

    def __init__(self, file: ExtractFile, today: date) -> None:
        self.file = file
        self.today = today
        self.read = CodeReader(today)

    def __call__(self, line: bytes) -> bytes | tuple[Any, ...] | None:
        """The plain line; None for one with nothing in it; else column, reason and the rest."""
        try:
            row = self.file.row(line)
            if row is None:
                return None
            if row.ends_before or row.is_longer:
                self.read(row["hetu"])
                _READ[self.file.name](row, self.today)
            row.require_whole()
        except InvalidRow as bad:
            text = line.decode(self.file.encoding, "replace")
            whose = affected_by(self.file.told(line), text)
            sure, maybe = sorted(whose.sure), sorted(whose.maybe)
            return bad.column, bad.reason, bad.value, sure, maybe, whose.anybody
        cells = [""] * len(self.file.header)
        for column, text in row.items():
            # No cell that is read holds a separator, or what a line cannot hold, and is right.
            plain = "".join(c if c.isprintable() else "\ufffd" for c in text)
            cells[self.file.header.index(column)] = plain.replace(self.file.separator, "\ufffd")
        return self.file.separator.join(cells).encode()


def _note(faults: Iterable[tuple[Any, ...]]) -> None:
    columns = 'file, line, "column", reason, value, sure, maybe, anybody'
    with (
        connection.cursor() as cursor,
        cursor.copy(f"COPY {_FAULTS} ({columns}) FROM STDIN") as copy,
    ):
        for fault in faults:
            copy.write_row(fault)


def _copy(table: str, data: bytes) -> None:
    # A quote that no text file has: where a line is laid down, nothing in it is one.
    into = (
        f"COPY {table} (line, text) FROM STDIN"
        " (FORMAT csv, DELIMITER E'\\x01', QUOTE E'\\x02', ENCODING 'UTF8')"
    )
    with connection.cursor() as cursor, cursor.copy(into) as copy:
        copy.write(data)
