"""What one row of an extract says: its days, its codes, its person; or why it is not taken."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date

from benefits.models import Benefit, PaymentBasis
from benefits.models.faults import RowFault
from benefits.services.extract import DIED, FORMER, ExtractRow, InvalidRow
from common.dates import weekdays_between
from common.extract_lines import (
    CODE_PATTERN,
    CONTROL_CHARACTERS,
)
from common.identity_code import BadIdentityCode, CodeFault, birth_date, parse
from people.languages import parse_language

_CODE_FAULTS = {
    CodeFault.FORM: RowFault.IDENTITY_CODE,
    CodeFault.DATE: RowFault.IDENTITY_CODE_DATE,
    CodeFault.CHECK_CHARACTER: RowFault.IDENTITY_CODE_CHECK_CHARACTER,
}


_PROTECTION = {
    **dict.fromkeys(("1", "true", "yes", "kyllä", "tosi", "x"), True),
    **dict.fromkeys(("0", "false", "no", "ei", "epätosi"), False),
    "": None,
}


_LONGEST_CELLS = {"last_name": 100, "first_names": 100, "email": 254, "phone": 30}


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


_FIRST_YEAR = 1900


class CodeReader:
    """Reads identity codes; remembers the last one, as an extract's rows come person by person.

    ``today``: the day of the import. Nobody is born after it.
    """

    def __init__(self, today: date) -> None:
        self.today = today
        self._text = ""
        self._code = ""

    def __call__(self, text: str, column: str = "hetu") -> str:
        if text != self._text:
            try:
                if CONTROL_CHARACTERS.search(text):
                    raise BadIdentityCode(CodeFault.FORM)
                code = parse(text)
            except BadIdentityCode as bad:
                raise InvalidRow(column, _CODE_FAULTS[bad.fault], text) from None
            if birth_date(code) > self.today:
                raise InvalidRow(column, RowFault.IDENTITY_CODE_DATE, text)
            self._text, self._code = text, code
        return self._code


def day(text: str, column: str) -> date:
    """A date, 2024-05-01 or 1.5.2024, from the year 1900 on."""
    try:
        if _FINNISH_DATE.fullmatch(text):
            d, m, y = text.split(".")
            found = date(int(y), int(m), int(d))
        elif len(text) == 10 and text[4] == "-":
            found = date.fromisoformat(text)
        else:
            raise ValueError
        if found.year >= _FIRST_YEAR:
            return found
    except ValueError:
        pass
    raise InvalidRow(column, RowFault.DATE, text)


def _come(text: str, column: str, today: date) -> date:
    found = day(text, column)
    if found > today:
        raise InvalidRow(column, RowFault.DAY_TO_COME, text)
    return found


def parse_spell(row: ExtractRow | dict[str, str], today: date) -> tuple[date, date | None]:
    """First and last day of a spell; None while it goes on. No day is after ``today``."""
    start = _come(row["start"], "start", today)
    if not row["end"]:
        return start, None
    end = day(row["end"], "end")
    if end < start:
        raise InvalidRow("end", RowFault.END_BEFORE_START, row["end"])
    return start, _come(row["end"], "end", today)


def parse_payment(
    row: ExtractRow | dict[str, str], today: date
) -> tuple[str, date, date, int | None, str]:
    """Benefit, first and last day, paid days, basis. No day is after ``today``."""
    benefit = row["benefit"]
    if benefit not in Benefit.values:
        raise InvalidRow("benefit", RowFault.UNKNOWN_BENEFIT, benefit)
    basis = row["basis"]
    if basis and basis not in PaymentBasis.values:
        raise InvalidRow("basis", RowFault.UNKNOWN_BASIS, basis)
    start, end = _come(row["start"], "start", today), day(row["end"], "end")
    if end < start:
        raise InvalidRow("end", RowFault.END_BEFORE_START, row["end"])
    _come(row["end"], "end", today)
    a_week = _WEEKDAYS_A_WEEK.get(Benefit(benefit))
    return benefit, start, end, _paid_days(row["paid_days"], a_week, start, end), basis


@dataclass(frozen=True, slots=True)
class PersonLine:
    """What a line of persons.csv says. None where it says nothing of it: protection, death."""

    code: str
    former: str
    last_name: str
    first_names: str
    language: str
    municipality: str
    email: str
    phone: str
    protection: bool | None
    died_on: date | None


def parse_person_line(row: ExtractRow, read: CodeReader) -> PersonLine:
    """A person as their line says. Raises :class:`InvalidRow` with the first bad column.

    Nothing is taken for something else: a word for the protection or a language that is not
    known, a name cut short or with an identity code in it, spoil the line.
    """
    code = read(row["hetu"])
    for column in ("last_name", "first_names"):
        if CODE_PATTERN.search(row[column]):
            raise InvalidRow(column, RowFault.IDENTITY_CODE_IN_A_NAME, row[column])
    try:
        language = parse_language(row["language"])
    except ValueError:
        raise InvalidRow("language", RowFault.LANGUAGE, row["language"]) from None
    municipality = row["municipality"]
    if not (len(municipality) == 3 and municipality.isascii() and municipality.isdigit()):
        raise InvalidRow("municipality", RowFault.MUNICIPALITY, municipality)
    for column, longest in _LONGEST_CELLS.items():
        if len(row[column]) > longest:
            raise InvalidRow(column, RowFault.TOO_LONG, row[column])
        if CONTROL_CHARACTERS.search(row[column]):
            raise InvalidRow(column, RowFault.CONTROL_CHARACTER, row[column])
    protection = unicodedata.normalize("NFC", row["non_disclosure"]).casefold()
    if protection not in _PROTECTION:
        raise InvalidRow("non_disclosure", RowFault.NON_DISCLOSURE, row["non_disclosure"])
    former = ""
    if row.get(FORMER):
        former = CodeReader(date.max)(row[FORMER], FORMER)
    died_on = _come(row[DIED], DIED, read.today) if row.get(DIED) else None
    if died_on is not None and died_on < birth_date(code):
        raise InvalidRow(DIED, RowFault.DEATH_BEFORE_BIRTH, row[DIED])
    row.require_whole()
    return PersonLine(
        code=code,
        former=former if former != code else "",
        last_name=row["last_name"],
        first_names=row["first_names"],
        language=language,
        municipality=municipality,
        email=row["email"],
        phone=row["phone"],
        protection=_PROTECTION[protection],
        died_on=died_on,
    )


def _paid_days(text: str, a_week: int | None, start: date, end: date) -> int | None:
    if not text and a_week is None:
        return None
    if not (text.isascii() and text.isdigit()) or len(text) > 6:
        raise InvalidRow("paid_days", RowFault.PAID_DAYS, text)
    paid = int(text)
    if a_week is not None and paid > weekdays_between(start, end, a_week):
        raise InvalidRow("paid_days", RowFault.TOO_MANY_PAID_DAYS, text)
    return paid


def weekday_benefits() -> list[str]:
    """The benefits paid for at most five days a week (Mon-Fri)."""
    return [benefit.value for benefit, days in _WEEKDAYS_A_WEEK.items() if days == 5]


def six_day_benefits() -> list[str]:
    """The benefits paid for at most six days a week (Mon-Sat)."""
    return [benefit.value for benefit, days in _WEEKDAYS_A_WEEK.items() if days == 6]
