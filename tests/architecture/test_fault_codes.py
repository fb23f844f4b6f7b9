"""Every code of what can be wrong with a file has words: nobody is shown the code."""

from __future__ import annotations

import re

from benefits.models.faults import FileFault, RowFault
from benefits.services import register_statements
from caseplan.assessments.services.importing import _WRONG
from tests.architecture.test_walls import FLOORS, ROOT

_LINE = re.compile(r'BadLine\(\s*"(\w+)"')
_SQL = re.compile(r"THEN '(?:(\w+) )?(\w+)'|ELSE '(?:(\w+) )?(\w+)'")
_COLUMNS = {"hetu", "start", "end"}


def test_what_can_be_wrong_with_a_line_has_words_wherever_lines_are_read() -> None:
    codes = set(_LINE.findall((ROOT / "common" / "extract_lines.py").read_text()))
    assert codes
    assert codes <= set(RowFault.values)
    assert codes == set(_WRONG)


def test_what_the_database_finds_wrong_has_words() -> None:
    written = register_statements.JUDGE_SPELLS + register_statements.JUDGE_PAYMENTS
    found = {a or b for _, a, _, b in _SQL.findall(written)} - _COLUMNS
    assert "too_many_paid_days" in found
    assert "unknown_person" in found
    assert found <= set(RowFault.values)


def test_no_fault_is_named_by_a_bare_word() -> None:
    """A code comes from its table of words, where it can't lack them."""
    bare = [
        f"{path.relative_to(ROOT)}: {found}"
        for room in FLOORS
        for path in (ROOT / room).rglob("*.py")
        for found in re.findall(
            r'(?:InvalidRow|BadExtract)\([^()]*, f?"\w+[^"]*"\)', path.read_text()
        )
    ]
    assert bare == []


def test_the_words_of_a_bad_file_name_the_file() -> None:
    for fault in FileFault:
        assert "%(file)s" in str(fault.label)
