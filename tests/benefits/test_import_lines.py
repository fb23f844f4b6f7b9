"""One line of an extract is one record: whatever is wrong with it is that person's alone."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.db import transaction
from hypothesis import HealthCheck, given
from hypothesis import settings as how
from hypothesis import strategies as st

from benefits.models import PaymentPeriod, RejectedRow, UnemploymentSpell
from benefits.services import ImportReport, import_register
from benefits.services.extract import codes_in, codes_near, masked_value
from common import clock
from common.actor import system_actor
from common.crypto import search_hash
from common.extract_lines import BadLine, split_cells
from people.models import Person, ProtectionQuestion
from tests.benefits.test_import import PAYMENTS, PERSONS, SPELLS, code

pytestmark = pytest.mark.django_db
TEST = system_actor("test")
NAMES = ("persons.csv", "unemployment.csv", "benefits.csv")
HEADERS = dict(zip(NAMES, (PERSONS, SPELLS, PAYMENTS), strict=True))
P, Q, R, S, T = (code(number) for number in range(911, 916))
SHAPE = re.compile(r"\d{6}\s?[-+A-Ya-y]?\s?\d{3}[0-9A-Za-z]")
Files = dict[str, list[str]]


def person(hetu: str, name: str = "Testi", *, more: str = "fi;734;;;0") -> str:
    return f"{hetu};{name};Anna;{more}"


def paid(hetu: str, start: str, end: str, days: int) -> str:
    return f"{hetu};tyomarkkinatuki;{start};{end};{days};unemployment"


BEFORE: Files = {
    "persons.csv": [person(hetu) for hetu in (P, Q, R, S, T)],
    "unemployment.csv": [f"{hetu};2022-01-01;" for hetu in (P, Q, R, S)],
    "benefits.csv": [paid(hetu, "2023-01-02", "2023-01-29", 20) for hetu in (P, Q, R, S)],
}
# The next month: Q is no longer unemployed, R was paid more, S is as before, T has begun.
AFTER: Files = {
    "persons.csv": [person(P), person(Q, "Määttä"), person(R), person(S), person(T)],
    "unemployment.csv": [
        f"{Q};2022-01-01;2023-02-01", f"{P};2022-01-01;", f"{R};2022-01-01;",
        f"{S};2022-01-01;", f"{T};2023-02-01;",
    ],
    "benefits.csv": [
        paid(Q, "2023-01-02", "2023-01-29", 19), paid(P, "2023-01-02", "2023-01-29", 20),
        paid(R, "2023-01-02", "2023-01-29", 20), paid(R, "2023-01-30", "2023-02-26", 20),
        paid(S, "2023-01-02", "2023-01-29", 20),
    ],
}  # fmt: skip
OF_P = {"persons.csv": 0, "unemployment.csv": 1, "benefits.csv": 1}


def give(folder: Path, files: Files | dict[str, list[bytes]], **what: Any) -> ImportReport:
    for name, rows in files.items():
        lines = [row if isinstance(row, bytes) else row.encode() for row in rows]
        (folder / name).write_bytes(b"\n".join([HEADERS[name].encode(), *lines, b""]))
    return import_register(actor=TEST, folder=folder, commit=True, now=what.get("now", clock.now()))


@contextmanager
def undone() -> Iterator[None]:
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def stands(hetu: str) -> list[Any]:
    """All that the register holds of somebody."""
    whose = {"person__identity_code_hash": search_hash(hetu), "corrected_at": None}
    return [
        list(
            Person.objects.filter(identity_code_hash=search_hash(hetu)).values_list(
                "last_name", "first_names", "language", "municipality_code", "non_disclosure"
            )
        ),
        sorted(map(str, UnemploymentSpell.objects.filter(**whose).values_list("start", "end"))),
        sorted(
            map(str, PaymentPeriod.objects.filter(**whose).values_list("start", "end", "paid_days"))
        ),
    ]


HARM: dict[str, Callable[[bytes], bytes]] = {
    "an open quote": lambda line: line.replace(b";", b';"', 1),
    "an open quote in the last cell": lambda line: line + b';"' if b"x" else line,
    "an open quote before all": lambda line: b'"' + line,
    "something after a quote": lambda line: b'"' + line.replace(b";", b'"x;', 1),
    "cut short": lambda line: line[:13],
    "cut within the code": lambda line: line[:9],
    "cut to nothing that can be told": lambda line: line[:4],
    "a cell doubled": lambda line: line[:12] + line,
    "a cell more": lambda line: line + b";0",
    "a cell less": lambda line: line.rsplit(b";", 1)[0],
    "other separators": lambda line: line.replace(b";", b","),
    "a byte of no letter": lambda line: line.replace(b";2", b";\xc32", 1).replace(b"T", b"T\xe4"),
    "a byte of no letter in the code": lambda line: b"\xff" + line[1:],
    "a return": lambda line: line.replace(b";", b"\r;", 1),
    "a form feed": lambda line: b"\x0c" + line,
    "a line separator": lambda line: line.replace(b";", "\u2028;".encode(), 1),
    "a next line": lambda line: line.replace(b";", "\u0085;".encode(), 1),
    "a mark of the file's beginning": lambda line: "\ufeff".encode() + line,
    "over 128 KB": lambda line: line + b"x" * 140_000,
    "over 128 KB in quotes": lambda line: line.replace(b";", b';"' + b"y" * 140_000, 1),
    "a wrong check character": lambda line: line[:10] + (b"0" if line[10:11] != b"0" else b"1")
    + line[11:],
    "digits changed about": lambda line: line[1:2] + line[:1] + line[2:],
    "no code": lambda line: b"hello" + line[11:],
    "nothing but separators and a mark": lambda line: b";?;;",
    "a day far away": lambda line: line.replace(b"2023", b"2999").replace(b"2022", b"2999"),
    "a year of no calendar": lambda line: line.replace(b"2023", b"0023").replace(b"2022", b"0022"),
    "control characters": lambda line: line.replace(b";", b"\x01;\x02", 1),
}  # fmt: skip


@pytest.mark.parametrize("name", NAMES)
def test_a_fault_of_one_line_is_that_persons_alone(tmp_path: Path, name: str) -> None:
    """Everybody else stands as without the fault, the day asked too; what stood of P stands."""
    give(tmp_path, BEFORE)
    before = stands(P)
    with undone():
        right = give(tmp_path, AFTER)
        others = {hetu: stands(hetu) for hetu in (Q, R, S, T)}
    for harm, harms in HARM.items():
        lines = {n: [row.encode() for row in rows] for n, rows in AFTER.items()}
        lines[name][OF_P[name]] = harms(lines[name][OF_P[name]])
        with undone():
            report = give(tmp_path, lines)
            assert report.bad_file is None, harm
            assert {hetu: stands(hetu) for hetu in (Q, R, S, T)} == others, harm
            assert report.newest_day == right.newest_day, harm
            assert [(r.file, r.line) for r in report.rejected] == [(name, OF_P[name] + 2)] or (
                name == "persons.csv" and harm in LEAVES_A_PERSON
            ), harm
            assert stands(P) == before, harm
            assert not SHAPE.search(repr(report)), harm


# A name may hold these; a persons.csv has no day; one cell more or less is told as any other.
LEAVES_A_PERSON = {"a day far away", "a year of no calendar"}


def test_whatever_is_typed_into_one_line_moves_nobody_else(tmp_path: Path) -> None:
    give(tmp_path, BEFORE)
    with undone():
        right = give(tmp_path, AFTER)
        others = {hetu: stands(hetu) for hetu in (Q, R, S, T)}

    @how(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
    @given(
        name=st.sampled_from(NAMES),
        at=st.integers(0, 60),
        cut=st.integers(0, 3),
        by=st.binary(max_size=3).filter(lambda b: not {0, 10} & set(b)),
    )
    def typed(name: str, at: int, cut: int, by: bytes) -> None:
        with undone():
            lines = {n: [row.encode() for row in rows] for n, rows in AFTER.items()}
            line = lines[name][OF_P[name]]
            lines[name][OF_P[name]] = line[:at] + by + line[at + cut :]
            report = give(tmp_path, lines)
            assert {hetu: stands(hetu) for hetu in (Q, R, S, T)} == others
            assert report.newest_day == right.newest_day
            assert {r.line for r in report.rejected} <= {OF_P[name] + 2}

    typed()


def test_where_nobody_can_be_told_only_what_is_replaced_is_closed(tmp_path: Path) -> None:
    """A row of R's is gone from the file: it may have been on the line that cannot be read."""
    give(tmp_path, BEFORE)
    files = {
        **AFTER,
        "unemployment.csv": [*AFTER["unemployment.csv"][:2], "????", f"{S};2022-01-01;"],
    }
    report = give(tmp_path, files)
    assert stands(R)[1] == ["(datetime.date(2022, 1, 1), None)"]
    assert stands(Q)[1] == ["(datetime.date(2022, 1, 1), datetime.date(2023, 2, 1))"]
    assert report.changes["unemployment.csv_kept"] == 1
    files["unemployment.csv"].remove("????")
    report = give(tmp_path, files)
    assert stands(R)[1] == []  # the next extract that can be read says it again
    assert report.changes["unemployment.csv_kept"] == 0


def test_two_people_on_one_line_are_both_left_as_they_stood(tmp_path: Path) -> None:
    give(tmp_path, BEFORE)
    lost = f"{P};2022-01-01;{S};2022-01-01;"
    give(tmp_path, {**AFTER, "unemployment.csv": [lost]})
    assert [len(stands(hetu)[1]) for hetu in (P, S, R)] == [1, 1, 0]


@pytest.mark.parametrize("ends", [b"\n", b"\r\n", b"\r"])
def test_every_kind_of_line_end_is_read(tmp_path: Path, ends: bytes) -> None:
    for name, rows in AFTER.items():
        text = [HEADERS[name], *rows, "", '""', ";;"]
        (tmp_path / name).write_bytes(ends.join(row.encode() for row in text))
    report = import_register(actor=TEST, folder=tmp_path, commit=True, now=clock.now())
    assert report.exit_status == 0
    assert report.rows["unemployment.csv"] == 5


def test_cells_may_stand_in_quotes_also_those_of_the_header(tmp_path: Path) -> None:
    quoted = {
        name: [";".join(f'"{cell}"' for cell in row.split(";")) for row in rows]
        for name, rows in AFTER.items()
    }
    quoted["persons.csv"][0] = f'{P};"Mäki ""Masa""; nuorempi"; "Anna";fi;734;;;0'
    for name, rows in quoted.items():
        header = ";".join(f'"{column}"' for column in HEADERS[name].split(";"))
        (tmp_path / name).write_text("\n".join([header, *rows]), "utf-8")
    report = import_register(actor=TEST, folder=tmp_path, commit=True, now=clock.now())
    assert report.rejected == []
    assert stands(P)[0][0][:2] == ('Mäki "Masa"; nuorempi', "Anna")
    assert stands(Q)[1]


@pytest.mark.parametrize(
    ("header", "reason"),
    [
        ('hetu;"start;end', "header"),
        ("hetu;start;end;start", "column_twice start"),
        ("hetu;start;010180-9004", "missing_column end"),
    ],
)
def test_a_header_that_is_not_understood_makes_the_file_bad(
    tmp_path: Path, header: str, reason: str
) -> None:
    give(tmp_path, AFTER)
    (tmp_path / "unemployment.csv").write_text(f"{header}\n{P};2022-01-01;\n")
    report = import_register(actor=TEST, folder=tmp_path, commit=True, now=clock.now())
    assert report.bad_file is not None
    assert (report.exit_status, report.bad_file.reason) == (2, reason)


def test_a_line_is_cells_or_no_record() -> None:
    assert split_cells('a;"b;""c"; d\u00a0', ";") == ["a", 'b;"c', "d"]
    assert split_cells('5" disk;x', ";") == ['5" disk', "x"]
    for wrong, reason in (
        ('a;"b', "quote"),
        ("a\rb", "line_break"),
        ("x" * 70_000, "line_too_long"),
    ):
        with pytest.raises(BadLine, match=reason):
            split_cells(wrong, ";")


# --- Encoding -----------------------------------------------------------------------------------


def names_of(*hetu: str) -> list[str]:
    return [stands(one)[0][0][0] if stands(one)[0] else "" for one in hetu]


def test_one_broken_byte_is_its_lines_alone(tmp_path: Path) -> None:
    persons = [person(P, "Määttä").encode(), person(Q, "Hämäläinen").encode(),
               person(R, "V").encode().replace(b"V", b"V\xc3")]  # fmt: skip
    report = give(tmp_path, {**BEFORE, "persons.csv": persons})
    assert names_of(P, Q, R) == ["Määttä", "Hämäläinen", ""]
    (bad,) = [r for r in report.rejected if r.file == "persons.csv"]
    assert (bad.line, bad.column, bad.reason, bad.value) == (4, "last_name", "encoding", "")


def test_one_line_in_utf8_does_not_turn_a_file_in_latin_letters_to_it(tmp_path: Path) -> None:
    persons = [person(hetu, "Määttä").encode("latin-1") for hetu in (P, Q, R, S)]
    report = give(tmp_path, {**BEFORE, "persons.csv": [*persons, person(T, "Määttä").encode()]})
    assert names_of(P, Q, R, S, T) == ["Määttä"] * 4 + [""]
    assert report.rejected[0].line == 6


# --- What is not understood is refused ------------------------------------------------------------

ON, OFF = ("1", "true", "YES", "Kyllä", "TOSI", "X"), ("0", "False", "no", "EI", "epätosi")


@pytest.mark.parametrize("word", [*ON, *OFF, "", "K", "1.0", "tosi!", "oui", "2", "-"])
def test_a_protection_goes_on_by_an_extract_and_never_off(tmp_path: Path, word: str) -> None:
    protected, open_ = person(P, more="fi;734;;;1"), person(Q)
    give(tmp_path, {**BEFORE, "persons.csv": [protected, open_, person(R)]})
    said = [person(hetu, "Uusi", more=f"fi;734;;;{word}") for hetu in (P, Q)]
    report = give(tmp_path, {**BEFORE, "persons.csv": [*said, person(R)]})
    bad = [(r.line, r.column, r.reason) for r in report.rejected if r.file == "persons.csv"]
    understood = word in (*ON, *OFF, "")
    assert bad == ([] if understood else [(n, "non_disclosure", "non_disclosure") for n in (2, 3)])
    assert [stands(hetu)[0][0][4] for hetu in (P, Q)] == [True, word in ON]
    assert names_of(P) == (["Uusi"] if understood else ["Testi"])
    assert report.protection_kept == (word in OFF)
    asked = ProtectionQuestion.objects.filter(person__identity_code_hash=search_hash(P))
    assert asked.exists() == (word in OFF)
    again = give(tmp_path, {**BEFORE, "persons.csv": [protected, open_, person(R)]})
    # P's stands, and the extract says so; Q's, where it went on, is now said to have ended.
    assert (again.protection_kept, asked.exists()) == (word in ON, False)


def test_a_protection_kept_is_told_in_both_formats(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    give(tmp_path, {**BEFORE, "persons.csv": [person(P, more="fi;734;;;1")]})
    give(
        tmp_path, {**BEFORE, "persons.csv": [person(P)], "unemployment.csv": [], "benefits.csv": []}
    )
    for form in ("text", "json"):
        with pytest.raises(SystemExit) as ended:
            call_command("import_register", str(tmp_path), "--format", form)
        assert ended.value.code == 0
        assert re.search(r'protection kept"?: 1', capsys.readouterr().out)


@pytest.mark.parametrize(
    ("cells", "column", "reason"),
    [
        ("suomi;734;;;0", "language", "language"),
        (";734;;;0", "language", "language"),
        ("fi;7340;;;0", "municipality", "municipality"),
        ("fi;734", "non_disclosure", "line_ends_before"),
        ("fi;734;;;0;0", "non_disclosure", "more_cells"),
        (f"fi;734;{'x' * 255};;0", "email", "too_long"),
        ("fi;734;;\x07;0", "phone", "control_character"),
    ],
)
def test_what_is_not_understood_is_never_taken_for_something_else(
    tmp_path: Path, cells: str, column: str, reason: str
) -> None:
    report = give(tmp_path, {**BEFORE, "persons.csv": [person(P, more=cells), person(Q)]})
    told = next(r for r in report.rejected if r.file == "persons.csv")
    assert (told.file, told.line, told.column, told.reason) == ("persons.csv", 2, column, reason)
    assert names_of(P, Q) == ["", "Testi"]


def test_a_language_is_kept_as_given_in_small_letters(tmp_path: Path) -> None:
    codes = ("SV", "ru", "Se", "SMN", "ar")
    persons = [person(h, more=f"{c};734;;;0") for h, c in zip((P, Q, R, S, T), codes, strict=True)]
    assert give(tmp_path, {**BEFORE, "persons.csv": persons}).rejected == []
    assert [stands(h)[0][0][2] for h in (P, Q, R, S, T)] == ["sv", "ru", "se", "smn", "ar"]


def test_no_day_is_after_the_day_of_the_import(tmp_path: Path) -> None:
    now = clock.now()
    today = clock.day_of(now)
    coming = (today + timedelta(days=1)).isoformat()
    files = {
        "persons.csv": [person("010531A920B"), person(P), person(Q), person(R)],
        "unemployment.csv": [
            f"{P};{coming};", f"{Q};2022-01-01;{coming}", f"{R};2022-01-01;{today}",
        ],
        "benefits.csv": [f"{P};asumistuki;2023-01-01;{coming};;"],
    }  # fmt: skip
    report = give(tmp_path, files, now=now)
    assert [(r.file, r.line, r.column, r.reason) for r in report.rejected] == [
        ("benefits.csv", 2, "end", "day_to_come"),
        ("persons.csv", 2, "hetu", "identity_code_date"),
        ("unemployment.csv", 2, "start", "day_to_come"),
        ("unemployment.csv", 3, "end", "day_to_come"),
    ]
    assert report.newest_day == today


def test_of_many_people_one_line_does_not_move_the_day_asked(tmp_path: Path) -> None:
    people = [code(number) for number in range(920, 945)]
    files = {
        "persons.csv": [person(hetu) for hetu in people],
        "unemployment.csv": [f"{hetu};2024-05-01;2024-06-30" for hetu in people],
        "benefits.csv": [],
    }
    with undone():
        right = give(tmp_path, files).newest_day
    files["unemployment.csv"][3] = f"{people[3]};2024-05-01;2026-06-30"
    assert give(tmp_path, files).newest_day == right


# --- An identity code is never told whole ---------------------------------------------------------


def spellings(hetu: str) -> list[str]:
    return [
        hetu, hetu.lower(), f"x{hetu}", f"{hetu}/2", f"hetu: {hetu}", f"{hetu[:6]} {hetu[6:]}",
        hetu.replace("-", ""), f"{hetu},{hetu}", f"{hetu}\x85x", f'"{hetu}', f"{hetu} Testi Anna",
        hetu.replace("-", "\u2013"), " ".join(hetu),
    ]  # fmt: skip


@pytest.mark.parametrize("form", ["text", "json"])
def test_no_code_is_told_whole_from_any_column_of_any_file(
    tmp_path: Path, form: str, capsys: pytest.CaptureFixture[str], caplog: Any
) -> None:
    bad: Files = {name: [] for name in NAMES}
    for name in NAMES:
        good = {"persons.csv": person(P), "unemployment.csv": f"{P};2022-01-01;",
                "benefits.csv": paid(P, "2023-01-02", "2023-01-29", 20)}[name]  # fmt: skip
        for column in range(good.count(";") + 1):
            for written in spellings(Q):
                cells = good.split(";")
                cells[column] = written
                bad[name].append(";".join(cells))
    give(tmp_path, bad)
    headers = {n: f"{h};{Q};{Q.lower()} Testi" for n, h in HEADERS.items()}
    for name, rows in bad.items():
        (tmp_path / name).write_text("\n".join([headers[name], *rows]), "utf-8")
    with pytest.raises(SystemExit):
        call_command("import_register", str(tmp_path), "--commit", "--format", form)
    printed = capsys.readouterr()
    said = printed.out + printed.err + caplog.text
    kept = "\n".join(f"{row.column} {row.value}" for row in RejectedRow.objects.all())
    assert "010180-****" in said and "010180-****" in kept
    for told in (said, kept):
        # What stands for a shape has nines and an x; no code here does.
        assert not [found for found in SHAPE.findall(told) if "999999" not in found]
        assert "Testi" not in told
        assert Q[-4:] not in told
    if form == "json":
        assert all(len(row["value"]) < 40 for row in json.loads(printed.out)["rejected"])


def test_of_a_value_only_what_its_column_holds_is_told() -> None:
    assert masked_value("start", "2024-13-01") == "2024-13-01"
    assert masked_value("benefit", "lottovoitto") == "lottovoitto"
    assert masked_value("benefit", "Matti Meikäläinen") == "xxxxx xxxxxxxxxxx"
    assert masked_value("language", "Anna") == "xxxx"
    assert masked_value("non_disclosure", "K") == "K"
    assert masked_value("municipality", P) == f"{P[:7]}****"
    assert masked_value("phone", "+358 40\n123") == "+999 99 999"


def test_whom_a_spoilt_line_may_be_about() -> None:
    assert codes_in(f"foo {P.lower()};x{Q}") == {P, Q}
    for slip in (P[:10] + "?", P[:-1], P[:6] + "A" + P[7:], P[1] + P[0] + P[2:], P + "x"):
        assert P in codes_near(slip)
    assert codes_near("hello") == codes_near("") == frozenset()
