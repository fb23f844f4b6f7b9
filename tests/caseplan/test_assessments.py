"""The scales of instruments: what the report says they are, obeyed wherever scores come in."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

import pytest

from caseplan.instruments import Scale, instrument, instruments
from caseplan.models import Assessment
from caseplan.selectors import open_assessments
from caseplan.services import assess_oneself, correct_assessment
from caseplan.services.assessment_import import check_assessments, import_assessments
from common.actor import Actor
from common.bodies import Party
from common.clock import day_of
from common.crypto import decrypt
from common.decision import Refused
from tests.personas import World

pytestmark = pytest.mark.django_db
AREAS = {"inclusion": 55, "mind": 52, "everyday": 67, "skills": 57, "body": 72}
# Report 2020:40, table 12.
MEASURES = {
    "life_satisfaction": (1, 5), "health": (1, 5), "functioning": (0, 10), "work_ability": (0, 10),
    "tie_to_work": (0, 10), "inclusion": (0, 100), "mind": (0, 100), "everyday": (0, 100),
    "skills": (0, 100), "body": (0, 100), "overall": (0, 100),
}  # fmt: skip
EVERY_SCALE = [
    (used.code, version.code, scale)
    for used in instruments()
    for version in used.versions
    for scale in version.typed
]


def assess(world: World, scores: Mapping[str, int | None], *, days: int = 0) -> Assessment:
    return assess_oneself(
        actor=world.actor("client"), case=world.case, instrument="kykyviisari", version="1",
        taken_on=day_of(world.now) - timedelta(days=days), scores=scores, now=world.now,
    )  # fmt: skip


def file_of(world: World, columns: Mapping[str, object], code: str = "kykyviisari") -> bytes:
    hetu = decrypt(world.case.person.identity_code_encrypted)
    head = ";".join(["hetu", "instrument", "version", "taken_on", *columns])
    line = ";".join([hetu, code, "1", str(day_of(world.now)), *map(str, columns.values())])
    return f"{head}\n{line}\n".encode()


def refused(write: Any) -> str | None:
    with pytest.raises(Refused) as found:
        write()
    return found.value.field


def test_kykyviisari_has_the_eleven_measures_of_the_report() -> None:
    scales = {s.code: (s.minimum, s.maximum) for s in instrument("kykyviisari").newest.scales}
    assert list(scales.items()) == list(MEASURES.items())


def test_the_overall_score_is_the_mean_of_the_five_areas(world: World) -> None:
    row = assess(world, {**AREAS, "health": 3})
    assert row.scores == {**AREAS, "health": 3, "overall": 61}  # 60.6
    four = {code: score for code, score in AREAS.items() if code != "mind"}
    assert "overall" not in assess(world, four, days=1).scores
    assert assess(world, dict.fromkeys(AREAS, 0), days=2).scores["overall"] == 0
    assert assess(world, dict.fromkeys(AREAS, 100), days=3).scores["overall"] == 100


@pytest.mark.parametrize("others", [{}, {"mind": 52}, AREAS])
def test_an_overall_score_is_never_typed(world: World, others: dict[str, int]) -> None:
    assert refused(lambda: assess(world, {**others, "overall": 99})) == "overall"
    checked = check_assessments(
        actor=world.actor("kela"), file=file_of(world, {**others, "overall": 99}), now=world.now
    )
    assert not checked.new
    assert [fault.column for fault in checked.faults] == ["overall"]


def test_a_file_that_carries_the_mean_as_it_is_counted_is_taken(world: World) -> None:
    kela = world.actor("kela")
    for columns in (AREAS, {**AREAS, "overall": 61}):
        lines = check_assessments(actor=kela, file=file_of(world, columns), now=world.now).new
        assert [line.scores["overall"] for line in lines] == [61]
    assert import_assessments(actor=kela, lines=lines, now=world.now) == 1
    assert Assessment.objects.get(recorded_for=Party.KELA).scores == {**AREAS, "overall": 61}


def test_neither_form_asks_for_it_and_both_keep_it(world: World, login: Any) -> None:
    client = login("client")
    page = client.get("/my/assessments/new/kykyviisari/").content.decode()
    assert 'name="body"' in page
    assert 'name="overall"' not in page
    assert "Overall situation is counted as the mean of these" in page
    typed = {**AREAS, "overall": 99, "taken_on": day_of(world.now).strftime("%d.%m.%Y")}
    assert client.post("/my/assessments/new/kykyviisari/", typed).status_code == 302
    row = Assessment.objects.latest("recorded_at")
    assert row.scores == {**AREAS, "overall": 61}


def test_an_overall_score_that_was_typed_before_stays_readable(world: World) -> None:
    row = assess(world, {"work_ability": 5})
    Assessment.objects.filter(pk=row.pk).update(scores={"mind": 6, "overall": 7})
    client = world.actor("client")
    shown = open_assessments(client, world.case.pk, now=world.now).assessments
    assert [(s.code, n) for s, n in next(a for a in shown if a.pk == row.pk).lines] == [
        ("mind", 6), ("overall", 7),
    ]  # fmt: skip

    def correct(scores: dict[str, int | None], revision: int) -> dict[str, int]:
        return correct_assessment(
            actor=client, assessment_id=row.pk, taken_on=row.taken_on, scores=scores,
            revision=revision, now=world.now,
        ).scores  # fmt: skip

    assert correct({"mind": 6, "health": 3}, row.revision) == {"health": 3, "mind": 6, "overall": 7}
    assert correct({"mind": 60}, row.revision + 1) == {"mind": 60}, "not of these scores any more"
    assert correct({**AREAS}, row.revision + 2) == {**AREAS, "overall": 61}


@pytest.mark.parametrize(("code", "version", "scale"), EVERY_SCALE)
def test_every_scale_holds_wherever_scores_come_in(
    world: World, login: Any, code: str, version: str, scale: Scale
) -> None:
    kela, client = world.actor("kela"), world.actor("client")
    page, today = login("client"), day_of(world.now)
    for score, holds in (
        (scale.minimum - 1, False), (scale.minimum, True),
        (scale.maximum, True), (scale.maximum + 1, False),
    ):  # fmt: skip

        def typed(actor: Actor = client, score: int = score) -> object:
            return assess_oneself(
                actor=actor, case=world.case, instrument=code, version=version, taken_on=today,
                scores={scale.code: score}, now=world.now,
            )  # fmt: skip

        file = file_of(world, {scale.code: score}, code)
        checked = check_assessments(actor=kela, file=file, now=world.now)
        sent = {scale.code: score, "taken_on": today.strftime("%d.%m.%Y")}
        before = Assessment.objects.count()
        answer = page.post(f"/my/assessments/new/{code}/", sent)
        if holds:
            assert len(checked.new) == 1
            assert answer.status_code == 302
            Assessment.objects.filter(taken_on=today).delete()
            typed()
            Assessment.objects.filter(taken_on=today).delete()
        else:
            assert [fault.column for fault in checked.faults] == [scale.code]
            assert answer.status_code == 200
            assert Assessment.objects.count() == before
            assert refused(typed) == scale.code
