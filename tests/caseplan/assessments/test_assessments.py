"""The scales of instruments: what the report says they are, obeyed wherever scores come in."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from caseplan.assessments.instruments import Scale, instrument, instruments
from caseplan.assessments.models import Assessment
from caseplan.assessments.selectors import open_assessments
from caseplan.assessments.services import assess_oneself, correct_assessment
from caseplan.assessments.services.importing import check_assessments, import_assessments
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


HEAD = "hetu;instrument;version;taken_on;work_ability;health"


def hetu_of(world: World) -> str:
    return decrypt(world.case.person.identity_code_encrypted)


def days_back(world: World, days: int) -> str:
    return str(day_of(world.now) - timedelta(days=days))


def good(world: World, days: int) -> str:
    return f"{hetu_of(world)};kykyviisari;1;{days_back(world, days)};5;3"


def check(world: World, lines: list[bytes | str], *, ends: bytes = b"\n", head: str = HEAD) -> Any:
    written = [line if isinstance(line, bytes) else line.encode() for line in (head, *lines)]
    return check_assessments(
        actor=world.actor("kela"), file=ends.join([*written, b""]), now=world.now
    )


# What one line may hold, by the reason for which it is left out and the column it is told of.
SPOILT = {
    'H;"kykyviisari;1;DAY;5;3': ("instrument", "A quotation mark does not end on its line."),
    '"H;kykyviisari;1;DAY;5;3': ("hetu", "A quotation mark does not end on its line."),
    'H;kykyviisari;1;DAY;5;"3': ("health", "A quotation mark does not end on its line."),
    'H;kykyviisari;1;DAY;"5" x;3': ("work_ability", "A quotation mark does not end on its line."),
    "H;kykyviisari;1;DAY;5": ("health", "The line ends before this column."),
    "H": ("instrument", "The line ends before this column."),
    "H;kykyviisari;1;DAY;5;3;H": ("health", "The line has more values than there are columns."),
    "H;kykyviisari;1;DAY;5;\r3": ("health", "There is a line break within a value."),
    "H;kykyviisari;1;DAY;5;" + "3" * 5_000: ("health", "Write a whole number."),
    "H;kykyviisari;1;DAY;5;" + "3" * 140_000: ("hetu", "The line is longer than any record."),
    "H;kykyviisari;1;DAY;5;H": ("health", "Write a whole number."),
    "H;kykyviisari;H;DAY;5;3": ("version", "This instrument or version is not known."),
    "H;kykyviisari;1;H;5;3": ("taken_on", "Write the day like this: 1.5.2024."),
    "H H;kykyviisari;1;DAY;5;3": ("hetu", "This is not a personal identity code."),
}


@pytest.mark.parametrize(("harm", "told"), SPOILT.items(), ids=lambda p: str(p)[:40])
@pytest.mark.parametrize("at", [0, 1, 2])
def test_a_fault_of_one_line_is_that_lines_alone(
    world: World, harm: str, told: tuple[str, str], at: int
) -> None:
    """An unclosed quote once took in the lines after it, which are other people's."""
    spoilt = harm.replace("H", hetu_of(world)).replace("DAY", days_back(world, 9))
    lines: list[bytes | str] = [good(world, 1), good(world, 2)]
    lines.insert(at, spoilt)
    checked = check(world, lines)
    assert [(f.line, f.column, f.reason) for f in checked.faults] == [(at + 2, *told)]
    assert [line.number for line in checked.new] == [n for n in (2, 3, 4) if n != at + 2]
    assert {str(line.taken_on) for line in checked.new} == {
        days_back(world, 1), days_back(world, 2)
    }  # fmt: skip
    assert all(dict(line.scores) == {"work_ability": 5, "health": 3} for line in checked.new)
    written = import_assessments(actor=world.actor("kela"), lines=checked.new, now=world.now)
    assert written == 2, "what was good is written, whatever stood beside it"


@pytest.mark.parametrize("column", range(6))
@pytest.mark.parametrize("form", ["{}", "{} x", "x{}", '"{}', "{};", "\x07{}", "{}\r"])
def test_no_code_is_told_whole_from_any_column(world: World, column: int, form: str) -> None:
    """Of a value only the line's number, the column and the masked code are told."""
    cells = good(world, 3).split(";")
    cells[column] = form.format("010190-9999" if column else hetu_of(world) + "7")
    told = repr(check(world, [";".join(cells), good(world, 1)]).faults)
    assert hetu_of(world)[6:] not in told
    assert "010190-9999" not in told
    assert "9999" not in told


def test_a_column_named_by_a_code_is_not_told(world: World) -> None:
    head = f"{HEAD};{hetu_of(world)}"
    checked = check(world, [good(world, 1) + ";4", good(world, 2) + ";"], head=head)
    assert [f.column for f in checked.faults] == [f"{hetu_of(world)[:7]}****"]
    assert len(checked.new) == 1


@pytest.mark.parametrize("ends", [b"\n", b"\r\n", b"\r"])
def test_every_line_end_is_read(world: World, ends: bytes) -> None:
    assert len(check(world, [good(world, 1), "", good(world, 2)], ends=ends).new) == 2


def test_one_broken_byte_is_its_lines_alone_and_latin_letters_are_read(world: World) -> None:
    scale = f"{HEAD};note"
    utf8, latin = [";ä".encode()] * 2, [";ä".encode("iso-8859-1")] * 3

    def faults(ends: list[bytes], head: str) -> list[tuple[str, str]]:
        lines = [good(world, n).encode() + end for n, end in enumerate(ends, 1)]
        return [(f.column, f.reason) for f in check(world, list(lines), head=head).faults]

    unread = ("note", "The line has a character that can't be read.")
    strange = ("note", "Write a whole number.")
    assert faults([*utf8, b";\xe4"], scale) == [strange, strange, unread]
    assert faults([*latin, b";"], scale) == [strange] * 3
    assert faults([*latin, utf8[0]], scale) == [*[strange] * 3, unread]


@pytest.mark.parametrize("file", [b"", b"\0", b'"', b"x" * 200_000, f"{HEAD};health\n".encode()])
def test_what_is_no_such_file_is_refused(world: World, file: bytes) -> None:
    kela = world.actor("kela")
    assert refused(lambda: check_assessments(actor=kela, file=file, now=world.now)) == "file"


def test_the_page_writes_the_good_lines_and_names_the_others(world: World, login: Any) -> None:
    page, bad = login("kela"), f'{hetu_of(world)};"kykyviisari;1;{days_back(world, 2)};5;3'
    file = SimpleUploadedFile("a.csv", "\n".join([HEAD, bad, good(world, 1)]).encode())
    answer = page.post("/assessments/import/", {"file": file})
    shown = answer.content.decode()
    assert "A quotation mark does not end on its line." in shown
    assert hetu_of(world) not in shown
    sealed = answer.context["form"].initial["checked"]
    assert page.post("/assessments/import/", {"checked": sealed}).status_code == 302
    assert Assessment.objects.filter(recorded_for=Party.KELA).count() == 1
