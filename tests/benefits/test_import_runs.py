"""An import made from the page: checked first, then written; stopped, killed, gone on with."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from hypothesis import HealthCheck, given
from hypothesis import settings as how
from hypothesis import strategies as st

from benefits.models import (
    Flag,
    ImportState,
    RegisterImport,
)
from benefits.selectors import progress_of
from benefits.services import import_register, stop_import
from benefits.services.extract import InvalidRow
from benefits.services.extract_rows import parse_payment, parse_spell
from benefits.tasks import read_extract
from common import clock
from common.actor import system_actor
from common.decision import NotVisible
from people.models import Person
from tests.benefits.test_import import PAYMENTS, PERSONS, SPELLS, A, B, C, person
from tests.personas import World

pytestmark = pytest.mark.django_db
ROOT = Path(__file__).resolve().parents[2]
TEST = system_actor("test")
GOOD = {
    "persons.csv": [PERSONS, person(A), person(B)],
    "unemployment.csv": [SPELLS, f"{A};2023-01-01;", f"{B};2024-01-01;2024-02-01"],
    "benefits.csv": [PAYMENTS, f"{A};tyomarkkinatuki;2024-01-01;2024-01-28;20;unemployment"],
}


def given_files(files: dict[str, list[str]]) -> dict[str, SimpleUploadedFile]:
    return {
        name.removesuffix(".csv"): SimpleUploadedFile(name, "\n".join(rows).encode())
        for name, rows in files.items()
    }


def work(run: RegisterImport, *, commit: bool = False) -> RegisterImport:
    read_extract(str(run.pk), commit)
    run.refresh_from_db()
    return run


@pytest.fixture
def director(world: World, login: Any) -> Any:
    return login("director")


def upload(director: Any, files: dict[str, list[str]]) -> RegisterImport:
    answer = director.post("/register/new/", given_files(files))
    assert answer.status_code == 302
    return RegisterImport.objects.get(pk=answer["Location"].rstrip("/").split("/")[-1])


def test_the_page_checks_first_and_writes_when_a_second_person_says_so(
    director: Any, login: Any
) -> None:
    run = upload(director, GOOD)
    before = RegisterImport.objects.filter(state="done").count()
    folder = Path(run.folder)
    assert folder.stat().st_mode & 0o77 == 0
    assert "waiting to be read" in director.get(f"/register/{run.pk}/").content.decode().lower()
    work(run)
    page = director.get(f"/register/{run.pk}/").content.decode()
    assert "What the files say" in page
    assert "Every row is good" in page
    assert not Person.objects.filter(last_name="Äyräpää").exists()
    director.post(f"/register/{run.pk}/propose/")
    login("officer").post(f"/register/confirm/{run.pk}/yes/")
    work(run, commit=True)
    assert (run.state, RegisterImport.objects.filter(state="done").count()) == ("done", before + 1)
    assert Flag.objects.filter(person__last_name="Äyräpää").exists()  # the list follows at once
    assert not folder.exists()
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM benefits_stagedspell")
        assert cursor.fetchone() == (0,)  # no line of anybody's is left lying
    again = work(run, commit=True)  # a task that comes twice
    assert again.finished_at == run.finished_at


def test_what_was_not_taken_is_told_and_can_be_taken_as_a_file(director: Any) -> None:
    bad = {
        **GOOD,
        "unemployment.csv": [*GOOD["unemployment.csv"], f"{A};2024-13-01;", f"{C};2024-01-01;"],
    }
    run = work(upload(director, bad))
    page = director.get(f"/register/{run.pk}/").content.decode()
    assert "not a date" in page
    assert "Rows not taken (2)" in " ".join(page.split())
    file = director.get(f"/register/{run.pk}/rejected.csv").content.decode("utf-8-sig")
    assert file.splitlines()[1:] == [
        "unemployment.csv;4;start;date;2024-13-01",
        f"unemployment.csv;5;hetu;not_in_persons;{C[:7]}****",
    ]
    assert A not in file + page


def test_a_bad_file_says_which_and_imports_nothing(director: Any) -> None:
    run = work(upload(director, {**GOOD, "benefits.csv": ["hetu;benefit"]}))
    assert run.state == ImportState.REFUSED
    assert (
        "benefits.csv has no column start" in director.get(f"/register/{run.pk}/").content.decode()
    )
    director.post(f"/register/{run.pk}/discard/")
    assert not RegisterImport.objects.filter(pk=run.pk).exists()


def test_a_form_without_files_says_which_is_missing(director: Any) -> None:
    page = director.post("/register/new/", {"folder": ""}).content.decode()
    assert page.count("Choose a file for “") >= 6  # in the summary and at each field


def test_stopped_between_blocks_it_goes_on_where_it_was(
    director: Any, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    many = [f"{A};2001-01-{1 + n % 28:02};2001-01-{1 + n % 28:02}" for n in range(200)]
    run = upload(director, {**GOOD, "unemployment.csv": [*GOOD["unemployment.csv"], *many]})
    monkeypatch.setattr("benefits.services.staging._BLOCK", 2000)
    actor = world.actor("director")
    stop_import(actor=actor, run_id=run.pk, now=world.now)
    assert work(run).state == ImportState.CANCELLED
    director.post(f"/register/{run.pk}/go-on/")
    assert work(run).state == ImportState.CHECKED
    assert run.report["rows"]["unemployment.csv"] == 202
    assert run.progress["unemployment.csv"]["done"]
    assert progress_of(run, now=world.now) is None


def test_only_a_director_imports(world: World, login: Any, director: Any) -> None:
    run = upload(director, GOOD)
    for who in ("employment", "kela", "client"):
        assert login(who).get(f"/register/{run.pk}/").status_code == 404
        with pytest.raises(NotVisible):
            stop_import(actor=world.actor(who), run_id=run.pk, now=world.now)


def test_a_failure_is_told_without_what_it_carried(
    director: Any, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    run = upload(director, GOOD)

    def broken(**_: Any) -> None:
        raise ValueError(A)

    monkeypatch.setattr("benefits.services.imports.run_import", broken)
    assert work(run).state == ImportState.FAILED
    assert A not in caplog.text
    assert "Go on where it was" in director.get(f"/register/{run.pk}/").content.decode()


CELLS = st.sampled_from(
    ["2024-01-01", "1.2.2024", "31.2.2024", "2024-01-28", "x", "", "2023-12-31", "1.1.24"]
)
ROWS = st.lists(
    st.tuples(
        st.sampled_from([A, B, C, "010180-901X", "320180-901A", "abc", f" {A} "]),
        st.sampled_from(["tyomarkkinatuki", "sairauspaivaraha", "asumistuki", "palkka", ""]),
        CELLS,
        CELLS,
        st.sampled_from(["20", "24", "25", "0", "", "-1", "1.5", "1234567"]),
        st.sampled_from(["unemployment", "service", "", "other"]),
    ),
    max_size=12,
)


@how(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))
@given(rows=ROWS, quoted=st.booleans(), ends=st.sampled_from(["\n", "\r\n"]))
def test_the_database_judges_each_row_as_a_single_row_is_read(
    tmp_path_factory: pytest.TempPathFactory, rows: list[tuple[str, ...]], quoted: bool, ends: str
) -> None:
    """Set by set and one by one give the same first fault, plainly written or quoted."""
    folder = tmp_path_factory.mktemp("extract")
    mark = '"' if quoted else ""
    lines = [";".join(f"{mark}{cell}{mark}" for cell in row) for row in rows]
    for name, content in {
        "persons.csv": [PERSONS, person(A), person(B)],
        "unemployment.csv": [SPELLS, "", *(";".join((r[0], r[2], r[3])) for r in rows)],
        "benefits.csv": [PAYMENTS, "", *lines],
    }.items():
        (folder / name).write_bytes(ends.join(content).encode())
    report = import_register(actor=TEST, folder=folder, commit=False, now=clock.now())
    found = {(r.file, r.line): (r.column, r.reason, r.value) for r in report.rejected}
    for number, cells in enumerate(rows, 3):
        keys = ("hetu", "benefit", "start", "end", "paid_days", "basis")
        row = {key: cell.strip() for key, cell in zip(keys, cells, strict=True)}
        for file, read in (("unemployment.csv", parse_spell), ("benefits.csv", parse_payment)):
            if row["hetu"] not in (A, B):
                assert found[file, number][0] in {
                    "hetu",
                    "start",
                    "end",
                    "benefit",
                    "basis",
                    "paid_days",
                }
                continue
            try:
                read(row, clock.day_of(clock.now()))
            except InvalidRow as bad:
                assert found[file, number] == (bad.column, bad.reason, bad.value)
            else:
                assert found.get((file, number), ("start", "overlap", ""))[1] == "overlap"
