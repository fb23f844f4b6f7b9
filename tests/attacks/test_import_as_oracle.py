"""Somebody uploads an extract of guessed identity codes and reads the report of the dry run.

From the side of whoever may import: whatever differs between somebody known and unknown, with a
case and without, protected and not, is not told; each try leaves a row, and they are not many.
"""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from audit.models import AuditRow
from benefits.models import RegisterImport
from common.crypto import decrypt, search_hash
from people.models import Municipality, Person
from statutes.reader import law_on
from tests.benefits.test_import import PAYMENTS, PERSONS, SPELLS, code
from tests.benefits.test_import_runs import given_files, upload, work
from tests.personas import World

pytestmark = pytest.mark.django_db


def own(world: World) -> str:
    found = Municipality.objects.filter(networks__network=world.case.network).order_by("code")
    return str(found[0].code)


def extract_of(world: World, hetu: str, named: bool = True) -> dict[str, list[str]]:
    """An extract about one person; ``named``: in persons.csv too, else in the other two alone."""
    return {
        "persons.csv": [PERSONS, *([f"{hetu};Testi;Anna;fi;{own(world)};;;0"] if named else [])],
        "unemployment.csv": [SPELLS, f"{hetu};2023-01-01;"],
        "benefits.csv": [
            PAYMENTS, f"{hetu};tyomarkkinatuki;2023-01-02;2023-01-29;20;unemployment"
        ],
    }  # fmt: skip


@pytest.fixture
def guesses(world: World) -> dict[str, str]:
    """Codes that are all the same to somebody who does not know: what the register has of each."""
    client = world.case.person
    without = Person.objects.filter(cases=None, municipality_code=own(world)).first()
    elsewhere = Municipality.objects.exclude(networks__network=world.case.network).exclude(
        networks=None
    )[0]
    away = Person.objects.filter(municipality_code=elsewhere.code, cases=None).first()
    protected = Person.objects.filter(cases=None, municipality_code=own(world)).last()
    assert without and away and protected and without != protected
    Person.objects.filter(pk=protected.pk).update(non_disclosure=True)
    return {
        "nobody": code(977),
        "with a case": decrypt(client.identity_code_encrypted),
        "without a case": decrypt(without.identity_code_encrypted),
        "of another network": decrypt(away.identity_code_encrypted),
        "protected": decrypt(protected.identity_code_encrypted),
    }


def told(world: World, login: Any, files: dict[str, list[str]], hetu: str) -> list[str]:
    """Everything the page, its file and the second person's page say, with the code taken out."""
    director = login("director")
    run = work(upload(director, files))
    said = [director.get(f"/register/{run.pk}/"), director.get("/register/")]
    rejected = director.get(f"/register/{run.pk}/rejected.csv")
    director.post(f"/register/{run.pk}/propose/")
    said += [login("officer").get(f"/register/confirm/{run.pk}/")]
    pages = [main_of(page) for page in said]
    pages += [b"".join(rejected).decode(), str(run.report), run.state]
    director.post(f"/register/{run.pk}/discard/")
    plain = [page.replace(hetu[:7] + "****", "CODE").replace(str(run.pk), "RUN") for page in pages]
    return [re.sub(r"\b\d{1,2}[.:]\d\d\b", "TIME", page) for page in plain]


def main_of(page: Any) -> str:
    """What a page says, without what is of the session."""
    main = page.content.decode().split("<main")[1].split("</main>")[0]
    return re.sub(r'value="[-\w]{20,}"', "", main)  # tokens of the session and of the form


@pytest.mark.parametrize("named", [True, False], ids=["in persons.csv", "in the others alone"])
def test_the_report_is_the_same_whoever_the_code_is(
    world: World, login: Any, guesses: dict[str, str], named: bool
) -> None:
    answers = {
        who: told(world, login, extract_of(world, hetu, named), hetu)
        for who, hetu in guesses.items()
    }
    for who, answer in answers.items():
        for number, (one, other) in enumerate(zip(answer, answers["nobody"], strict=True)):
            assert one == other, f"{who}, answer {number}"


def test_a_former_code_of_somebody_is_not_told_either(
    world: World, login: Any, guesses: dict[str, str]
) -> None:
    """That two codes are known, or one was another's, the register knows and not the file."""
    header, new = f"{PERSONS};former_hetu", code(978)

    def files(former: str) -> dict[str, list[str]]:
        given = extract_of(world, new)
        row = f"{new};Testi;Anna;fi;{own(world)};;;0;{former}"
        return {**given, "persons.csv": [header, row]}

    known, unknown = guesses["with a case"], guesses["nobody"]
    assert told(world, login, files(known), known) == told(world, login, files(unknown), unknown)
    assert Person.objects.filter(identity_code_hash=search_hash(known)).exists(), "nothing changed"


def test_each_dry_run_leaves_a_row_also_when_it_is_thrown_away(
    world: World, login: Any, guesses: dict[str, str]
) -> None:
    hetu = guesses["with a case"]
    director = login("director")
    run = work(upload(director, extract_of(world, hetu)))
    director.post(f"/register/{run.pk}/discard/")
    assert not RegisterImport.objects.filter(pk=run.pk).exists()
    rows = AuditRow.objects.filter(subject_id=run.pk, actor=world.actor("director").label)
    assert set(rows.values_list("action", flat=True)) == {"import_asked", "import_discarded"}


def test_there_are_not_many_tries(world: World, login: Any) -> None:
    most = law_on(world.now.date()).figure("imports_a_day").value
    director, files = login("director"), extract_of(world, code(977))
    for _ in range(most):
        run = upload(director, files)
        director.post(f"/register/{run.pk}/discard/")
    refused = director.post("/register/new/", given_files(files))
    assert refused.status_code == 200
    assert "since yesterday" in refused.content.decode()
    assert not RegisterImport.objects.filter(
        started_at__gt=world.now - timedelta(hours=1), network=world.case.network,
        imported_by=world.actor("director").label,
    ).exists()  # fmt: skip


def test_nobody_else_imports(world: World, login: Any) -> None:
    """Neither a worker nor whoever leads an office: they confirm what another one asked for."""
    for who in ("employment", "kela", "outsider", "officer", "client", "association"):
        answer = login(who).post("/register/new/", given_files(extract_of(world, code(977))))
        assert answer.status_code == 404, who


def test_a_file_of_scores_tells_of_nobody_but_ones_own_clients(
    world: World, login: Any, guesses: dict[str, str]
) -> None:
    """A worker's own import: somebody else's client and nobody at all are one answer."""

    def answer(hetu: str) -> str:
        file = SimpleUploadedFile(
            "scores.csv",
            f"hetu;instrument;version;taken_on\n{hetu};kykyviisari;1;2026-01-05\n".encode(),
        )
        page = login("colleague").post("/assessments/import/", {"file": file})
        return main_of(page).replace(hetu[:7] + "****", "CODE")

    answers = {who: answer(hetu) for who, hetu in guesses.items()}
    for who, said in answers.items():
        assert said == answers["nobody"], who
