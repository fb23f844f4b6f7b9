"""Identity codes, names, dates and ids behave as the field has it."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from common.crypto import decrypt, encrypt, search_hash
from common.dates import add_months
from common.identity_code import (
    BadIdentityCode,
    CodeFault,
    birth_date,
    check_character,
    mask,
    parse,
)
from common.ids import new_id
from common.names import sort_key


@given(st.dates(date(1900, 1, 1), date(2025, 12, 31)), st.integers(900, 999))
def test_every_well_made_code_is_read_and_carries_its_birth_date(born: date, number: int) -> None:
    separator = "A" if born.year >= 2000 else "-"
    code = f"{born:%d%m%y}{separator}{number}{check_character(born, number)}"
    assert parse(code) == code
    assert birth_date(code) == born


@pytest.mark.parametrize(
    ("code", "fault"),
    [
        ("", CodeFault.FORM),
        ("010180-901", CodeFault.FORM),
        ("310280-901A", CodeFault.DATE),
        ("020484W9562", CodeFault.CHECK_CHARACTER),
    ],
)
def test_a_bad_code_says_what_is_wrong_and_never_itself(code: str, fault: CodeFault) -> None:
    with pytest.raises(BadIdentityCode) as bad:
        parse(code)
    assert bad.value.fault == fault
    assert not code or code not in str(bad.value)


def test_a_code_is_shown_masked() -> None:
    assert mask("020484W9561") == "020484W****"


def test_the_hash_finds_a_code_and_the_cipher_hides_it() -> None:
    assert search_hash("020484W9561") == search_hash("020484W9561") != search_hash("020484W9562")
    one, two = encrypt("020484W9561"), encrypt("020484W9561")
    assert one != two
    assert decrypt(one) == decrypt(two) == "020484W9561"


def test_names_stand_in_finnish_order() -> None:
    names = ["Öhman", "Zetterberg", "Äijälä", "Åberg", "Aalto"]
    ordered = sorted(names, key=lambda name: sort_key(name, "X"))
    assert ordered == ["Aalto", "Zetterberg", "Åberg", "Äijälä", "Öhman"]


def test_months_are_added_from_date_to_date() -> None:
    assert add_months(date(2024, 1, 15), 12) == date(2025, 1, 15)
    assert add_months(date(2023, 8, 31), 6) == date(2024, 2, 29)
    assert add_months(date(2022, 8, 31), 6) == date(2023, 2, 28)


def test_ids_are_of_version_7_and_ordered_by_time() -> None:
    ids = [new_id() for _ in range(50)]
    assert all(i.version == 7 for i in ids)
    assert len(set(ids)) == 50
    assert sorted(i.int >> 80 for i in ids) == [i.int >> 80 for i in ids]
