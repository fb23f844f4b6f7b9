"""A changed identity code by import: one person, one history, whichever code is spoken of."""

from __future__ import annotations

from pathlib import Path

import pytest

from audit.models import AuditRow
from benefits.models import UnemploymentSpell
from benefits.services import ImportReport, import_register
from common import clock
from common.actor import system_actor
from common.crypto import search_hash
from people.models import FormerCode, Person
from tests.benefits.test_import import PAYMENTS, PERSONS, SPELLS, code

pytestmark = pytest.mark.django_db
A, B, C, D = (code(number) for number in range(951, 955))


def give(folder: Path, people: list[tuple[str, str]], spells: list[str]) -> ImportReport:
    """``people``: the code and the former one of each."""
    lines = [f"{hetu};Testi;Anna;fi;734;;;0;{former}" for hetu, former in people]
    (folder / "persons.csv").write_text("\n".join([f"{PERSONS};former_hetu", *lines]))
    (folder / "unemployment.csv").write_text("\n".join([SPELLS, *spells]))
    (folder / "benefits.csv").write_text(PAYMENTS)
    return import_register(actor=system_actor("test"), folder=folder, commit=True, now=clock.now())


def whose(hetu: str) -> Person | None:
    return Person.objects.filter(identity_code_hash=search_hash(hetu)).first()


def reasons(report: ImportReport) -> list[tuple[int, str, str]]:
    return [(r.line, r.column, r.reason) for r in report.rejected if r.file == "persons.csv"]


def test_a_changed_code_is_the_same_person_and_the_same_rows(tmp_path: Path) -> None:
    give(tmp_path, [(A, "")], [f"{A};2022-01-01;"])
    before = whose(A)
    assert before is not None
    for _again in range(2):  # the same files again change nothing
        report = give(tmp_path, [(B, A)], [f"{B};2022-01-01;", f"{A};2020-01-01;2020-03-01"])
        assert report.rejected == []
    assert whose(A) is None and whose(B) == before
    assert set(report.changes.values()) == {0}
    spells = UnemploymentSpell.objects.filter(person=before, corrected_at=None)
    assert spells.count() == 2  # what still speaks of the old code is theirs too
    assert AuditRow.objects.filter(action="identity_code_changed").count() == 1
    assert FormerCode.objects.get().identity_code_hash == search_hash(A)


def test_an_extract_that_knows_only_the_old_code_still_finds_them(tmp_path: Path) -> None:
    give(tmp_path, [(A, "")], [f"{A};2022-01-01;"])
    give(tmp_path, [(B, A)], [f"{B};2022-01-01;"])
    report = give(tmp_path, [(A, "")], [f"{A};2022-01-01;2023-01-01"])
    assert report.rejected == [] and whose(A) is None
    standing = UnemploymentSpell.objects.filter(person=whose(B), corrected_at=None)
    assert str(standing.get().end) == "2023-01-01"
    both = give(tmp_path, [(B, ""), (A, "")], [f"{A};2022-01-01;2023-01-01"])
    assert reasons(both) == [(3, "hetu", "duplicate_person")]


def test_two_people_are_not_joined_by_a_file(tmp_path: Path) -> None:
    give(tmp_path, [(A, ""), (B, "")], [f"{A};2022-01-01;", f"{B};2023-01-01;"])
    report = give(tmp_path, [(B, A), (C, "")], [])
    assert reasons(report) == [(2, "former_hetu", "both_codes_known")]
    assert whose(A) != whose(B) and whose(C)
    assert UnemploymentSpell.objects.filter(person__in=[whose(A), whose(B)],
                                            corrected_at=None).count() == 2  # fmt: skip


@pytest.mark.parametrize(
    "people",
    [
        [(B, A), (C, B)],
        [(B, A), (A, B)],
        [(B, A), (C, A)],
        [(B, A), (A, "")],
    ],
    ids=["chain", "swap", "twice", "another line's own"],
)
def test_chains_swaps_and_what_two_lines_claim_are_refused(
    tmp_path: Path, people: list[tuple[str, str]]
) -> None:
    give(tmp_path, [(A, "")], [])
    before = whose(A)
    report = give(tmp_path, [*people, (D, "")], [])
    wrong = [n for n, (_hetu, former) in enumerate(people, 2) if former]
    assert reasons(report) == [(n, "former_hetu", "former_twice") for n in wrong]
    assert whose(A) == before and whose(D) and not FormerCode.objects.exists()


def test_a_former_code_nobody_has_or_their_own_changes_nothing(tmp_path: Path) -> None:
    assert give(tmp_path, [(A, B), (C, C), (D, "010180-9X")], []).exit_status == 1
    assert whose(A) and whose(C) and not whose(D) and not FormerCode.objects.exists()


def test_a_code_that_was_anothers_before_is_refused(tmp_path: Path) -> None:
    give(tmp_path, [(A, "")], [])
    give(tmp_path, [(B, A)], [])
    assert reasons(give(tmp_path, [(C, A)], [])) == [(2, "former_hetu", "former_of_another")]
    assert not whose(C)
