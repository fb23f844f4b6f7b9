"""The lines of an extract's two large files, laid down in the database block by block.

Each block is a transaction of its own that also notes how far the file has been read, so that
an import that was killed goes on where it stopped and everybody sees its progress. Lines are
kept as they are; ``register`` reads them there. One import at a time uses the tables.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.db import connection, transaction

from benefits.models import RegisterImport
from benefits.services.extract import COLUMNS, ExtractFile

TABLES = {
    "unemployment.csv": "benefits_stagedspell",
    "benefits.csv": "benefits_stagedpayment",
}
# What no text file has: between line number and text, between cells, and for COPY's quote.
LINE, CELL, QUOTE = "\x01", "\x1f", "\x02"
_BLOCK = 8 << 20
_ROWS = 20_000


class Cancelled(Exception):
    """Somebody stopped the import between two blocks."""


@dataclass(frozen=True, slots=True)
class Staged:
    """A file laid down: how its cells are separated there, and the place of each column."""

    table: str
    separator: str
    places: dict[str, int]

    def cell(self, column: str) -> str:
        """SQL: the trimmed text of a column; empty where the line ends before it."""
        separator = f"chr({ord(self.separator)})"
        return f"btrim(split_part(text, {separator}, {self.places[column]}), E' \\t\\u00a0')"


def stage(run: RegisterImport, file: ExtractFile, said: Callable[[str, int], None]) -> Staged:
    """Lay down the lines of a file after those already there. Raises :class:`Cancelled`."""
    table = TABLES[file.name]
    was = run.progress.get(file.name)
    stamp = file.stamp()
    if was is None or was["stamp"] != stamp or not _holds(table, was["lines"]):
        was = {"stamp": stamp, "offset": 0, "line": 1, "lines": 0, "done": False}
        with connection.cursor() as cursor:
            cursor.execute(f"TRUNCATE {table}")
    while not was["done"]:
        with transaction.atomic():
            if RegisterImport.objects.filter(pk=run.pk, cancelled=True).exists():
                raise Cancelled
            was = {**was, **(_plain(file, was) if file.is_plain else _quoted(file))}
            run.progress = {**run.progress, file.name: was, "size": run.progress.get("size", 0)}
            RegisterImport.objects.filter(pk=run.pk).update(progress=run.progress)
        said(file.name, was["lines"])
    names = file.header if file.is_plain else list(COLUMNS[file.name])
    places = {column: names.index(column) + 1 for column in COLUMNS[file.name]}
    return Staged(table, file.separator if file.is_plain else CELL, places)


def clear() -> None:
    """Forget every line laid down: they are personal data, of no use once judged."""
    with connection.cursor() as cursor:
        cursor.execute(f"TRUNCATE {', '.join(TABLES.values())}")
    RegisterImport.objects.exclude(progress={}).update(progress={})


def _holds(table: str, lines: int) -> bool:
    """Whether all lines noted are there: a crash of the server empties an unlogged table."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM {table}")
        found: int = cursor.fetchone()[0]
    return found == lines


def _plain(file: ExtractFile, was: dict[str, int]) -> dict[str, int | bool]:
    """The next block of whole lines, numbered as in the file."""
    with file.path.open("rb") as stream:
        stream.seek(was["offset"])
        if not was["offset"]:
            stream.readline()
        block = stream.read(_BLOCK) + stream.readline()
        offset = stream.tell()
        is_last = not stream.read(1)
    lines = block.split(b"\n")
    if block.endswith(b"\n"):
        lines.pop()
    first = was["line"] + 1
    empty = (file.separator + " \t\r").encode()
    kept = [b"%d\x01%b" % (n, line) for n, line in enumerate(lines, first) if line.strip(empty)]
    encoding = "UTF8" if file.encoding == "utf-8-sig" else "LATIN1"
    data = b"\n".join(kept).replace(b"\r\n", b"\n").removesuffix(b"\r")
    _copy(TABLES[file.name], encoding, [data])
    return {
        "offset": offset,
        "line": was["line"] + len(lines),
        "lines": was["lines"] + len(kept),
        "done": is_last,
    }


def _quoted(file: ExtractFile) -> dict[str, int | bool]:
    """A whole file with quoted cells, read by the csv module; cells in the order of COLUMNS."""
    count = 0

    def blocks() -> Iterator[bytes]:
        nonlocal count
        text = io.StringIO()
        for line, row in file.rows():
            cells = CELL.join(_clean(row[column]) for column in COLUMNS[file.name])
            text.write(f"{line}{LINE}{cells}\n")
            count += 1
            if count % _ROWS == 0:
                yield text.getvalue().encode()
                text = io.StringIO()
        yield text.getvalue().encode()

    _copy(TABLES[file.name], "UTF8", blocks())
    return {"lines": count, "done": True}


def _clean(cell: str) -> str:
    """A cell in one line, without the characters that stand between cells."""
    return cell.translate(dict.fromkeys(map(ord, f"\r\n{LINE}{CELL}{QUOTE}"), " "))


def _copy(table: str, encoding: str, blocks: Iterator[bytes] | list[bytes]) -> None:
    into = (
        f"COPY {table} (line, text) FROM STDIN"
        f" (FORMAT csv, DELIMITER E'\\x01', QUOTE E'\\x02', ENCODING '{encoding}')"
    )
    with connection.cursor() as cursor, cursor.copy(into) as copy:
        for block in blocks:
            copy.write(block)
