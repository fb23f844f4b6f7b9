"""What is in an extract, and what is not."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from hypothesis import given
from hypothesis import strategies as st

from audit.models import AuditRow
from audit.shown import accesses_in
from benefits.models import UnemploymentSpell
from benefits.models.register import RegisterImport
from caseplan.assessments.models import Assessment
from caseplan.plan.catalogue import ServiceType
from caseplan.plan.models import PlannedService
from cases.models import Case
from common.bodies import Body, Receiver
from common.clock import day_of
from consent.models import Category, Choice
from consent.services import decide
from evaluation.extracts.anonymity import SMALLEST_CLASS, anonymised
from evaluation.extracts.batches import backgrounds
from evaluation.extracts.columns import extract_files
from evaluation.extracts.models import ExtractOrder
from evaluation.extracts.reading import read_extract
from evaluation.extracts.report import report_tables
from records.fields import Told, all_fields
from tests.builders import CaseFactory
from tests.evaluation.extracts.conftest import a_person, taken_out
from tests.personas import World

pytestmark = pytest.mark.django_db
Makes = Callable[..., ExtractOrder]


def a_service(world: World, case: Case, **more: Any) -> PlannedService:
    said: dict[str, Any] = {
        "body": Body.EMPLOYMENT.value, "service": ServiceType.MENTAL_HEALTH.value,
        "name": "A name that only they would know", "recorded_for": Body.EMPLOYMENT.value,
    }  # fmt: skip
    return PlannedService.objects.create(
        case=case, recorded_by_id=world.actor("employment").writer_id, recorded_at=world.now,
        **(said | more),
    )  # fmt: skip


def scores(world: World, case: Case) -> Assessment:
    return Assessment.objects.create(
        case=case, category=Category.SELF_ASSESSMENT, recorded_for="client",
        instrument="kykyviisari",
        version="1", taken_on=day_of(world.now), scores={"work_ability": 4, "overall": 50},
        recorded_by_id=world.actor("employment").writer_id, recorded_at=world.now,
    )  # fmt: skip


def test_an_extract_holds_one_line_a_case_and_the_files_its_code_book_names(
    world: World, many: list[Case], made: Makes
) -> None:
    found = taken_out(world, made())
    names = {row["case"] for row in found["cases.csv"]}
    assert len(found["cases.csv"]) == len(names) >= len(many)
    assert {file.name for file in extract_files()} | {"codebook.csv", "about.csv"} == set(found)
    about = {row["what"]: row["value"] for row in found["about.csv"]}
    assert (about["cases"], about["decision_number"]) == (str(len(names)), "JR 12/2026")


def test_no_day_name_code_or_key_of_anybody_is_in_it(
    world: World, many: list[Case], made: Makes
) -> None:
    for case in many:
        a_service(world, case, began_on=day_of(world.now))
    found = taken_out(world, made())
    del found["about.csv"], found["codebook.csv"]
    text = json.dumps(found)
    for case in many:
        for told in (case.pk, case.person_id, case.person.last_name, case.person.first_names):
            assert str(told) not in text
    assert "only they would know" not in text
    assert str(day_of(world.now)) not in text
    assert len(found["services.csv"]) == len(many)
    assert {row["began_month"] for row in found["services.csv"]} == {"0"}
    assert {row["provider_class"] for row in found["services.csv"]} == {"health"}


def test_every_column_of_a_kept_field_is_told_as_the_field_is_declared() -> None:
    kept = [column for file in extract_files() for column in file.columns if column.declared_in]
    assert len(kept) > 10
    for column in kept:
        label, _dot, field = column.declared_in.rpartition(".")
        model = apps.get_model(label)
        assert isinstance(all_fields(model)[field], Told)
        assert model._meta.get_field(field) is not None


def test_the_code_book_says_every_column_and_code_in_three_languages(
    world: World, many: list[Case], made: Makes
) -> None:
    book = taken_out(world, made())["codebook.csv"]
    said = {(row["file"], row["column"], row["value"]): row for row in book}
    columns = {(file.name, column.name) for file in extract_files() for column in file.columns}
    assert columns == {(f, c) for f, c, _value in said if c}
    exit_ = said["cases.csv", "exit", "education"]
    assert (exit_["en"], exit_["fi"]) == ("Education", "Koulutus")
    assert said["cases.csv", "exit", ""]["declared_in"] == "plan.Ending.exit"


def test_somebody_who_stands_apart_is_told_less_of_or_left_out(
    world: World, many: list[Case], made: Makes
) -> None:
    worker = world.actor("employment")
    elsewhere = a_person(world, 100, municipality_code="999")
    old = a_person(world, 101, birth_date=date(1950, 1, 1))
    for person in (elsewhere, old):
        CaseFactory(person=person, led_by=worker, now=world.now)
    order = made()
    rows = taken_out(world, order)["cases.csv"]
    known = Counter(
        (row["municipality"], row["unemployed"], row["age"], row["begun_in"]) for row in rows
    )
    assert min(known.values()) >= SMALLEST_CLASS
    assert order.found["k"] == min(known.values())
    begun = Case.objects.filter(
        network=order.network_id, started_on__range=(order.begun_from, order.begun_to)
    )
    assert len(rows) + order.found["left_out"] == begun.count()
    assert "999" not in {row["municipality"] for row in rows}
    assert "60-" not in {row["age"] for row in rows}


parts = st.tuples(*[st.sampled_from(["", "a", "b"])] * 3)


@given(people=st.lists(parts, max_size=40))
def test_everybody_left_looks_like_four_others(people: list[tuple[str, str, str]]) -> None:
    known = dict(enumerate(people))
    found = anonymised(known, first_to_go=(0, 2, 1))
    sizes = Counter(found.rows.values())
    assert all(size >= SMALLEST_CLASS for size in sizes.values())
    assert found.k == min(sizes.values(), default=0)
    assert len(found.rows) + found.left_out == len(people)
    told = sum(row != known[key] for key, row in found.rows.items())
    assert found.generalised == told
    for key, row in found.rows.items():
        assert all(part in ("", before) for part, before in zip(row, known[key], strict=True))


def test_of_whoever_has_a_protection_no_municipality_is_told(world: World) -> None:
    person = a_person(world, 1, non_disclosure=True)
    case = CaseFactory(person=person, led_by=world.actor("employment"), now=world.now)
    assert backgrounds([case])[case.pk][0] == ""


@pytest.mark.parametrize(
    ("spells", "told"),
    [
        ([], ""),
        ([(100, None)], "0-5"),
        ([(400, None)], "12-23"),
        ([(400, 200), (199, None)], "12-23"),  # they touch: one run
        ([(400, 200), (190, None)], "6-11"),  # a gap begins it anew
        ([(400, 200)], ""),  # over before the entry
    ],
)
def test_unemployment_at_the_entry_is_the_unbroken_run_that_covers_it(
    world: World, spells: list[tuple[int, int | None]], told: str
) -> None:
    today = day_of(world.now)
    person = a_person(world, 1)
    run = RegisterImport.objects.create(started_at=world.now, imported_by="test")
    for start, end in spells:
        UnemploymentSpell.objects.create(
            person=person, first_import=run, start=today - timedelta(days=start),
            end=None if end is None else today - timedelta(days=end),
        )  # fmt: skip
    case = CaseFactory(person=person, led_by=world.actor("employment"), now=world.now)
    assert backgrounds([case])[case.pk][1] == told


def grant(world: World, case: Case, *receivers: Receiver, **more: Any) -> None:
    user = world.case.person.user
    for receiver in receivers:
        case.person.user = user
        decide(
            actor=client_of(world, case), case=case, choice=more.get("choice", Choice.GRANTED),
            receiver=receiver, purpose="p", categories=[Category.SELF_ASSESSMENT], now=world.now,
        )  # fmt: skip


def client_of(world: World, case: Case) -> Any:
    from dataclasses import replace  # noqa: PLC0415

    return replace(world.actor("client"), person_id=case.person_id)


def test_what_a_client_has_not_opened_to_all_three_bodies_stays_out(
    world: World, many: list[Case], made: Makes
) -> None:
    for case in many[:3]:
        scores(world, case)
    grant(world, many[0], *OF_BODIES)
    grant(world, many[1], Receiver.EMPLOYMENT, Receiver.KELA)
    found = taken_out(world, made())["scores.csv"]
    assert len({row["case"] for row in found}) == 1
    assert {(row["scale"], row["score"]) for row in found} == {
        ("work_ability", "4"), ("overall", "50")
    }  # fmt: skip


OF_BODIES = (Receiver.EMPLOYMENT, Receiver.SOCIAL, Receiver.KELA)


def test_a_consent_taken_back_keeps_it_out_of_the_next_extract(
    world: World, many: list[Case], made: Makes
) -> None:
    scores(world, many[0])
    grant(world, many[0], *OF_BODIES)
    assert taken_out(world, made())["scores.csv"]
    grant(world, many[0], Receiver.KELA, choice=Choice.REVOKED)
    assert not taken_out(world, made())["scores.csv"]


def test_each_client_reads_in_their_log_that_they_were_in_it(
    world: World, many: list[Case], made: Makes
) -> None:
    for case in many:
        a_service(world, case)
    made()
    row = AuditRow.objects.get(action="extract_made", purpose="evaluate")
    seen = accesses_in(row)
    assert {case.pk for case in many} <= {access.subject for access in seen}
    of_many = [access for access in seen if access.subject in {case.pk for case in many}]
    assert {kind for one in of_many for kind in one.categories} == {Category.PLAN_FOLLOW_UP}


def test_the_report_reads_an_extract(
    world: World, many: list[Case], made: Makes, tmp_path: Path
) -> None:
    for case in many:
        scores(world, case)
        grant(world, case, *OF_BODIES)
    found = taken_out(world, made())
    for file in extract_files():
        lines = [file.header, *(list(row.values()) for row in found[file.name])]
        (tmp_path / file.name).write_text("".join(";".join(line) + "\n" for line in lines))
    ten = report_tables(read_extract(tmp_path))[0]
    assert int(ten.rows[-1][1]) >= len(many)
