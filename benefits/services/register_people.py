"""The lines of persons.csv in an import: read, turned away, and written to the people they name.

A new code, a name, a move, a protection and a death are each an act of the person's life.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date
from typing import Any
from uuid import UUID

from benefits.models.faults import RowFault
from benefits.services.extract import ExtractFile, InvalidRow, Rejection
from benefits.services.extract_rows import CodeReader, parse_person_line
from benefits.services.register_report import PERSONS, ImportWork
from benefits.services.register_statements import (
    CHANGED_CODES,
    DEATHS,
    LIVES,
    NO_QUESTION,
    QUESTIONS,
    UPSERT_PERSONS,
)
from cases.lifecycle import ENDS_IMMEDIATELY
from common.clock import day_of
from common.crypto import decrypt, encrypt, search_hash
from common.decision import Refused
from common.identity_code import birth_date, mask
from common.ids import new_id
from common.names import sort_key
from people.models import LifeKind, Person
from people.selectors import towns_on
from people.services.life import apply_change, propose_change

_EVERY = 10_000  # after so many lines it is said how far the reading is


def read_people(
    work: ImportWork, file: ExtractFile, networks: dict[str, UUID]
) -> Iterator[tuple[Any, ...]]:
    """The lines of persons.csv that can be taken, as rows of ``staged_person``; others are told."""
    read, seen = CodeReader(work.today), set()
    strange: Counter[str] = Counter()
    count = 0
    for line, written in file.lines():
        try:
            row = file.row(written)
        except InvalidRow as rejected:
            count += 1
            work.report.rejected.append(rejected.at(PERSONS, line))
            continue
        if row is None:
            continue
        count += 1
        if count % _EVERY == 0:
            work.said(PERSONS, count)
        try:
            told = parse_person_line(row, read)
            hashed = search_hash(told.code)
            if hashed in seen:
                raise InvalidRow("hetu", RowFault.DUPLICATE_PERSON, told.code)
            if work.network_id and networks.get(told.municipality) != work.network_id:
                raise InvalidRow("municipality", RowFault.NOT_OF_THIS_NETWORK, told.municipality)
        except InvalidRow as rejected:
            work.report.rejected.append(rejected.at(PERSONS, line))
            continue
        seen.add(hashed)
        if told.municipality not in networks:
            strange[told.municipality] += 1
        yield (
            line,
            new_id(),
            hashed,
            hashed,
            search_hash(told.former) if told.former else "",
            mask(told.code),
            encrypt(told.code),
            birth_date(told.code),
            told.last_name,
            told.first_names,
            sort_key(told.last_name, told.first_names)[:400],
            told.language,
            told.municipality,
            told.email,
            told.phone,
            told.protection,
            told.died_on,
        )
    work.report.rows[PERSONS] = count
    work.said(PERSONS, count)
    work.report.unknown_municipalities = dict(sorted(strange.items()))


def change_codes(work: ImportWork, cursor: Any) -> list[int]:
    """Give whoever has a new code that code. Returns the lines whose two codes both stand."""
    cursor.execute(CHANGED_CODES)
    both = []
    for line, person_id, encrypted, is_both in cursor.fetchall():
        try:
            if is_both:
                raise Refused("")
            code = {"code": decrypt(encrypted)}
            changed = _act(work, person_id, LifeKind.IDENTITY_CODE, code)
        except Refused:
            both.append(line)
            continue
        cursor.execute(
            "UPDATE staged_person SET code_hash = %s WHERE line = %s",
            [changed.identity_code_hash, line],
        )
        cursor.execute("INSERT INTO staged_changed VALUES (%s)", [person_id])
    return both


def turn_away(work: ImportWork, cursor: Any, lines: str, column: str, fault: RowFault) -> None:
    """Reject the lines of persons.csv that a query finds."""
    cursor.execute(lines)
    found = [line for (line,) in cursor.fetchall()]
    if found:
        reject_people(work, cursor, found, column, fault)


def reject_people(
    work: ImportWork, cursor: Any, lines: list[int], column: str, fault: RowFault
) -> None:
    """Take lines of persons.csv out again, for one fault."""
    cursor.execute("DELETE FROM staged_person WHERE line = ANY(%s) RETURNING line, masked", [lines])
    work.report.rejected += [
        Rejection(PERSONS, line, column, fault.value, masked if column == "hetu" else "")
        for line, masked in cursor.fetchall()
    ]


def write_people(work: ImportWork, cursor: Any) -> None:
    """Bring the people to what their lines state, and count where a protection was kept."""
    lives = _change_lives(work, cursor)
    cursor.execute(UPSERT_PERSONS, {"lives": lives})
    work.report.changes["persons_changed"] = cursor.rowcount
    _write_deaths(work, cursor)
    cursor.execute(NO_QUESTION)
    cursor.execute(QUESTIONS, {"now": work.now})
    cursor.execute(
        """SELECT count(*) FROM staged_person s
        JOIN people_person p ON p.identity_code_hash = s.code_hash
        WHERE s.protection = false AND p.non_disclosure AND NOT s.left_out"""
    )
    work.report.protection_kept = cursor.fetchone()[0]


def _change_lives(work: ImportWork, cursor: Any) -> list[UUID]:
    """Names, moves and protections of whoever has a case, each as an act. Returns whose."""
    cursor.execute(LIVES)
    found = cursor.fetchall()
    called = towns_on(day_of(work.now)).now_called
    kept = []
    for person_id, is_named, was, is_protected, last, first, key, municipality in found:
        # What has merged is no move: the register says the new code of the same home.
        has_moved = called(was) != called(municipality)
        if is_named or has_moved or is_protected:
            kept.append(person_id)
        if is_protected:
            _act(work, person_id, LifeKind.PROTECTED, {"non_disclosure": True})
        if is_named:
            named = {"last_name": last, "first_names": first, "sort_key": key}
            _act(work, person_id, LifeKind.NAME, named)
        if has_moved:
            _act(work, person_id, LifeKind.MOVED, {"municipality_code": municipality})
    return kept


def _write_deaths(work: ImportWork, cursor: Any) -> None:
    cursor.execute(DEATHS, [[state.value for state, _to in ENDS_IMMEDIATELY]])
    for person_id, died_on, has_case in cursor.fetchall():
        change = {"died_on": died_on.isoformat()}
        act = propose_change if has_case else apply_change
        _act(work, person_id, LifeKind.DIED, change, on=died_on, act=act)
        cursor.execute("INSERT INTO staged_changed VALUES (%s)", [person_id])


def _act(
    work: ImportWork,
    person_id: UUID,
    kind: LifeKind,
    change: dict[str, Any],
    on: date | None = None,
    act: Callable[..., object] = apply_change,
) -> Person:
    person = Person.objects.select_for_update(of=("self",)).get(pk=person_id)
    act(actor=work.actor, person=person, kind=kind, change=change, on=on, now=work.now)
    return person
