"""The register import: what goes in, what is turned away and why, and that twice is once."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path

import pytest

from benefits.models import PaymentPeriod, RejectedRow, UnemploymentSpell
from benefits.services import ImportReport, import_register
from common import clock
from common.actor import system_actor
from common.crypto import decrypt, search_hash
from common.identity_code import check_character
from people.models import Person

pytestmark = pytest.mark.django_db


def code(number: int) -> str:
    birth = date(1980, 1, 1)
    return f"010180-{number}{check_character(birth, number)}"


A, B, C = code(901), code(902), code(903)
PERSONS = "hetu;last_name;first_names;language;municipality;email;phone;non_disclosure"
SPELLS = "hetu;start;end"
PAYMENTS = "hetu;benefit;start;end;paid_days;basis"


def person(hetu: str, municipality: str = "734") -> str:
    return f"{hetu};Äyräpää;Öystein;sv;{municipality};;;0"


class Extract:
    """Three files in a folder, written as each test likes."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.encoding = "utf-8"
        self.persons = [person(A), person(B)]
        self.spells = [f"{A};2024-01-01;", f"{B};1.2.2024;5.2.2024"]
        self.payments = [f"{A};tyomarkkinatuki;2024-01-01;2024-01-28;20;unemployment"]

    def run(self, *, commit: bool = True) -> ImportReport:
        for name, header, rows in (
            ("persons.csv", PERSONS, self.persons),
            ("unemployment.csv", SPELLS, self.spells),
            ("benefits.csv", PAYMENTS, self.payments),
        ):
            text = "\r\n".join([header, *rows]) + "\r\n"
            (self.folder / name).write_bytes(text.encode(self.encoding))
        return import_register(
            actor=system_actor("test"), folder=self.folder, commit=commit, now=clock.now()
        )


@pytest.fixture
def extract(tmp_path: Path) -> Extract:
    return Extract(tmp_path)


def known(hetu: str) -> Person:
    return Person.objects.get(identity_code_hash=search_hash(hetu))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "iso-8859-1"])
def test_names_come_through_in_each_encoding(extract: Extract, encoding: str) -> None:
    extract.encoding = encoding
    assert extract.run().exit_status == 0
    found = known(A)
    assert (found.last_name, found.first_names) == ("Äyräpää", "Öystein")
    assert decrypt(found.identity_code_encrypted) == A
    assert found.birth_date == date(1980, 1, 1)


def test_commas_and_other_column_orders_are_read(extract: Extract, tmp_path: Path) -> None:
    extract.run(commit=False)
    for name in ("persons.csv", "unemployment.csv", "benefits.csv"):
        rows = list(csv.reader((tmp_path / name).open(), delimiter=";"))
        with (tmp_path / name).open("w", newline="") as stream:
            csv.writer(stream).writerows([*row[::-1], "x"] for row in rows)
    report = import_register(
        actor=system_actor("test"), folder=tmp_path, commit=True, now=clock.now()
    )
    assert report.exit_status == 0
    assert report.unknown_columns["persons.csv"] == ["x"]
    assert known(B).unemploymentspells.get().end == date(2024, 2, 5)


def test_a_dry_run_writes_nothing_and_answers_the_same(extract: Extract) -> None:
    extract.spells.append("nonsense;2024-01-01;")
    before = Person.objects.count()
    assert extract.run(commit=False).exit_status == 1
    assert Person.objects.count() == before
    assert extract.run().exit_status == 1


def test_the_same_files_again_change_nothing(extract: Extract) -> None:
    extract.run()
    rows = list(PaymentPeriod.objects.order_by("pk").values_list())
    report = extract.run()
    assert set(report.changes.values()) == {0}
    assert list(PaymentPeriod.objects.order_by("pk").values_list()) == rows


def test_what_an_extract_no_longer_states_is_closed_and_kept(extract: Extract) -> None:
    extract.run()
    extract.payments = [f"{A};tyomarkkinatuki;2024-01-01;2024-01-28;19;unemployment"]
    extract.run()
    rows = known(A).paymentperiods.order_by("pk")
    assert [(row.paid_days, row.corrected_at is None) for row in rows] == [(20, False), (19, True)]


def test_other_people_are_untouched(extract: Extract) -> None:
    extract.run()
    extract.persons, extract.spells, extract.payments = [person(A)], [], []
    extract.run()
    assert not known(A).unemploymentspells.filter(corrected_at=None).exists()
    assert known(B).unemploymentspells.filter(corrected_at=None).exists()


def test_a_rejected_row_leaves_what_stood(extract: Extract) -> None:
    extract.run()
    extract.payments = [f"{A};tyomarkkinatuki;2024-01-01;2024-01-28;99;unemployment"]
    assert extract.run().exit_status == 1
    assert known(A).paymentperiods.get().corrected_at is None


@pytest.mark.parametrize(
    ("file", "row", "column", "reason"),
    [
        ("persons", person("010180X9011"), "hetu", "identity_code_check_character"),
        ("persons", person("310280-901A"), "hetu", "identity_code_date"),
        ("persons", person("hello"), "hetu", "identity_code"),
        ("persons", person(A), "hetu", "duplicate_person"),
        ("spells", f"{A};2024-13-01;", "start", "date"),
        ("spells", f"{A};30.2.2024;", "start", "date"),
        ("spells", f"{A};1.5.24;", "start", "date"),
        ("spells", f"{A};2024-01-01T00:00;", "start", "date"),
        ("spells", f"{A};2024-02-02;2024-02-01", "end", "end_before_start"),
        ("spells", f"{C};2024-02-02;", "hetu", "unknown_person"),
        ("payments", f"{A};lottovoitto;2024-03-01;2024-03-28;20;", "benefit", "unknown_benefit"),
        ("payments", f"{A};peruspaivaraha;2024-03-01;2024-03-28;9;x", "basis", "unknown_basis"),
        (
            "payments",
            f"{A};tyomarkkinatuki;2024-01-28;2024-02-02;1;unemployment",
            "start",
            "overlap",
        ),
        (
            "payments",
            f"{A};peruspaivaraha;2024-03-02;2024-03-03;1;",
            "paid_days",
            "too_many_paid_days",
        ),
        (
            "payments",
            f"{A};sairauspaivaraha;2024-03-02;2024-03-03;2;",
            "paid_days",
            "too_many_paid_days",
        ),
        ("payments", f"{A};peruspaivaraha;2024-03-01;2024-03-28;;", "paid_days", "paid_days"),
        ("payments", f"{A};peruspaivaraha;2024-03-01;2024-03-28;-1;", "paid_days", "paid_days"),
    ],
)
def test_a_bad_row_is_told_with_file_line_column_and_reason(
    extract: Extract, file: str, row: str, column: str, reason: str
) -> None:
    getattr(extract, file).append(row)
    line = len(getattr(extract, file)) + 1
    report = extract.run()
    assert report.exit_status == 1
    (told,) = report.rejected
    assert (told.line, told.column, told.reason) == (line, column, reason)
    assert known(A).unemploymentspells.filter(corrected_at=None).count() == 1  # good rows go in
    stored = RejectedRow.objects.get()
    assert A not in stored.value
    assert stored.reason == reason


def test_monthly_benefits_and_saturdays_are_not_too_many(extract: Extract) -> None:
    extract.payments += [
        f"{A};sairauspaivaraha;2024-03-02;2024-03-03;1;",  # a Saturday
        f"{A};asumistuki;2024-03-01;2024-03-31;;",
        f"{A};asumistuki;2024-04-01;2024-04-30;30;",
    ]
    assert extract.run().exit_status == 0


@pytest.mark.parametrize("harm", ["missing", "column", "nul"])
def test_a_bad_file_imports_nothing_at_all(extract: Extract, tmp_path: Path, harm: str) -> None:
    extract.run(commit=False)
    target = tmp_path / "benefits.csv"
    if harm == "missing":
        target.unlink()
    elif harm == "column":
        target.write_text("hetu;benefit;start;end\n")
    else:
        target.write_bytes(target.read_bytes() + b"\0")
    report = import_register(
        actor=system_actor("test"), folder=tmp_path, commit=True, now=clock.now()
    )
    assert report.exit_status == 2
    assert not Person.objects.filter(identity_code_hash=search_hash(A)).exists()
    assert not UnemploymentSpell.objects.filter(person__last_name="Äyräpää").exists()


def test_a_municipality_of_no_network_is_imported_and_told(extract: Extract) -> None:
    extract.persons.append(person(C, "999"))
    report = extract.run()
    assert report.exit_status == 0
    assert report.unknown_municipalities == {"999": 1}
    assert known(C).municipality_code == "999"
