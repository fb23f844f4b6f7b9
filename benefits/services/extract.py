"""Reads the three extract files, row by row: form, dates, codes. Knows no database.

A row that is wrong in itself is rejected here; what needs other rows or the database
(unknown persons, overlaps) is judged in ``register``.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from benefits.models import Benefit, PaymentBasis
from common.dates import weekdays_between
from common.identity_code import BadIdentityCode, Fault, mask, parse

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
_CODE_FAULTS = {
    Fault.FORM: "identity_code",
    Fault.DATE: "identity_code_date",
    Fault.CHECK_CHARACTER: "identity_code_check_character",
}
_WEEKDAYS_A_WEEK = {
    **dict.fromkeys(
        (
            Benefit.LABOUR_MARKET_SUBSIDY,
            Benefit.BASIC_ALLOWANCE,
            Benefit.EARNINGS_RELATED,
            Benefit.GENERAL_SUPPORT,
        ),
        5,
    ),
    **dict.fromkeys(
        (
            Benefit.SICKNESS,
            Benefit.PARTIAL_SICKNESS,
            Benefit.REHABILITATION,
            Benefit.PARENTAL,
        ),
        6,
    ),
}
_FINNISH_DATE = re.compile(r"[0-9]{1,2}\.[0-9]{1,2}\.[0-9]{4}")


class BadExtract(Exception):
    """A file that cannot be read at all: none of the three is imported."""

    def __init__(self, file: str, reason: str) -> None:
        super().__init__(f"{file}: {reason}")
        self.file = file
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Rejection:
    """A row not taken. ``line`` counts from 1, the header included; ``value`` is masked."""

    file: str
    line: int
    column: str
    reason: str
    value: str = ""


@dataclass(slots=True)
class ExtractFile:
    """One file of an extract, checked as a file; iterate :meth:`rows` for its rows."""

    path: Path
    name: str
    encoding: str = "utf-8-sig"
    separator: str = ";"
    unknown_columns: list[str] = field(default_factory=list)
    header: list[str] = field(default_factory=list)
    is_plain: bool = True

    @classmethod
    def open(cls, folder: Path, name: str) -> ExtractFile:
        """Check that the file is there, is text, and has its columns. Raises BadExtract."""
        path = folder / name
        if not path.is_file():
            raise BadExtract(name, "missing_file")
        encoding, is_plain = _look_through(path, name)
        with path.open(encoding=encoding, newline="") as stream:
            header = stream.readline().strip("\r\n")
        separator = ";" if header.count(";") >= header.count(",") else ","
        columns = [column.strip().strip('"') for column in header.split(separator)]
        for needed in COLUMNS[name]:
            if needed not in columns:
                raise BadExtract(name, f"missing_column {needed}")
        unknown = [column for column in columns if column not in COLUMNS[name]]
        return cls(path, name, encoding, separator, unknown, columns, is_plain)

    def stamp(self) -> str:
        """What tells whether the file is still the one that was read: size and time of change."""
        found = self.path.stat()
        return f"{found.st_size}:{found.st_mtime_ns}"

    def rows(self) -> Iterator[tuple[int, dict[str, str]]]:
        """Each row with its line number; a missing cell is empty. Blank lines are passed over."""
        with self.path.open(encoding=self.encoding, newline="") as stream:
            reader = csv.reader(stream, delimiter=self.separator)
            header = [column.strip() for column in next(reader)]
            wanted = [(c, header.index(c)) for c in COLUMNS[self.name]]
            for cells in reader:
                if not any(cells):
                    continue
                count = len(cells)
                yield (
                    reader.line_num,
                    {c: cells[i].strip() if i < count else "" for c, i in wanted},
                )


def _look_through(path: Path, name: str) -> tuple[str, bool]:
    """The encoding, and whether every line is plain cells between separators. Raises BadExtract.

    Not plain: quotes, line ends that are no newline, or characters the staging needs itself.
    """
    is_utf8 = is_plain = True
    with path.open("rb") as stream:
        rest = b""
        while block := stream.read(1 << 20):
            while block.endswith(b"\r") and (more := stream.read(1)):
                block += more
            if b"\0" in block:
                raise BadExtract(name, "nul_bytes")
            if is_plain:
                returns = block.count(b"\r") - block.count(b"\r\n")
                is_plain = not returns and not any(c in block for c in (b'"', b"\x01", b"\x02"))
            if is_utf8:
                try:
                    rest = _undecoded(rest + block)
                except UnicodeDecodeError:
                    is_utf8 = False
    return "utf-8-sig" if is_utf8 and not rest else "iso-8859-1", is_plain


def _undecoded(data: bytes) -> bytes:
    """Decode as UTF-8; returns an unfinished character at the end. Raises UnicodeDecodeError."""
    try:
        data.decode()
    except UnicodeDecodeError as error:
        if (
            error.end == len(data)
            and len(data) - error.start < 4
            and error.reason.startswith("unexpected end")
        ):
            return data[error.start :]
        raise
    return b""


class Reject(Exception):
    """The row is wrong: which column and why."""

    def __init__(self, column: str, reason: str, value: str = "") -> None:
        super().__init__(reason)
        self.column = column
        self.reason = reason
        self.value = value

    def at(self, file: str, line: int) -> Rejection:
        return Rejection(file, line, self.column, self.reason, self.value[:100])


class CodeReader:
    """Reads identity codes; remembers the last one, as an extract's rows come person by person."""

    def __init__(self) -> None:
        self._text = ""
        self._code = ""

    def __call__(self, text: str) -> str:
        if text != self._text:
            try:
                self._code = parse(text)
            except BadIdentityCode as bad:
                raise Reject("hetu", _CODE_FAULTS[bad.fault], mask(text)) from None
            self._text = text
        return self._code


def day(text: str, column: str) -> date:
    """A date, 2024-05-01 or 1.5.2024."""
    try:
        if _FINNISH_DATE.fullmatch(text):
            d, m, y = text.split(".")
            return date(int(y), int(m), int(d))
        if len(text) == 10 and text[4] == "-":
            return date.fromisoformat(text)
    except ValueError:
        pass
    raise Reject(column, "date", text)


def spell(row: dict[str, str]) -> tuple[date, date | None]:
    """First and last day of a spell; None while it goes on."""
    start = day(row["start"], "start")
    end = day(row["end"], "end") if row["end"] else None
    if end and end < start:
        raise Reject("end", "end_before_start", row["end"])
    return start, end


def payment(row: dict[str, str]) -> tuple[str, date, date, int | None, str]:
    """Benefit, first and last day, paid days, basis."""
    benefit, basis = row["benefit"], row["basis"]
    if benefit not in Benefit.values:
        raise Reject("benefit", "unknown_benefit", benefit)
    if basis and basis not in PaymentBasis.values:
        raise Reject("basis", "unknown_basis", basis)
    start, end = day(row["start"], "start"), day(row["end"], "end")
    if end < start:
        raise Reject("end", "end_before_start", row["end"])
    a_week = _WEEKDAYS_A_WEEK.get(Benefit(benefit))
    return benefit, start, end, _paid_days(row["paid_days"], a_week, start, end), basis


def _paid_days(text: str, a_week: int | None, start: date, end: date) -> int | None:
    if not text and a_week is None:
        return None
    if not (text.isascii() and text.isdigit()) or len(text) > 6:
        raise Reject("paid_days", "paid_days", text)
    paid = int(text)
    if a_week is not None and paid > weekdays_between(start, end, a_week):
        raise Reject("paid_days", "too_many_paid_days", text)
    return paid


def weekday_benefits() -> list[str]:
    """The benefits paid for at most five days a week (Mon-Fri)."""
    return [benefit.value for benefit, days in _WEEKDAYS_A_WEEK.items() if days == 5]


def six_day_benefits() -> list[str]:
    """The benefits paid for at most six days a week (Mon-Sat)."""
    return [benefit.value for benefit, days in _WEEKDAYS_A_WEEK.items() if days == 6]
