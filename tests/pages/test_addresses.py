"""What an address holds in the place of a word that would tell something of a person."""

from __future__ import annotations

from collections.abc import Iterable

import pytest

from benefits.selectors.sentences import RULE_NAMES
from caseplan.plan.models import Area
from consent.models import Category
from pages.addresses import AreaNumber, CategoryNumber, Numbered, RuleNumber


@pytest.mark.parametrize(
    ("numbers", "words"),
    [(CategoryNumber(), Category.values), (AreaNumber(), Area.values), (RuleNumber(), RULE_NAMES)],
)
def test_each_word_has_its_own_number_there_and_back(
    numbers: Numbered, words: Iterable[str]
) -> None:
    assert sorted(numbers.words.values()) == sorted(words)
    for word in words:
        assert numbers.to_url(word).isdigit()
        assert numbers.to_python(numbers.to_url(word)) == word


def test_a_number_nobody_has_and_a_word_lead_nowhere() -> None:
    for numbers, value in ((CategoryNumber(), "99"), (AreaNumber(), "0"), (RuleNumber(), "77")):
        with pytest.raises(ValueError, match=value):
            numbers.to_python(value)
    with pytest.raises(ValueError, match="no_such_kind"):
        CategoryNumber().to_url("no_such_kind")


def test_a_rule_of_a_new_act_is_its_code_until_it_has_a_number() -> None:
    assert RuleNumber().to_url("a_new_rule") == "a_new_rule"
    assert RuleNumber().to_python("unemployed_12_months") == "unemployed_12_months"


def test_numbers_stay_what_they_are() -> None:
    """They stand in bookmarks and letters: a new word takes the next, none takes another's."""
    assert CategoryNumber.words[5] == Category.HEALTH_WORK_ABILITY
    assert AreaNumber.words == {
        1: Area.SKILLS, 2: Area.SOCIAL_SITUATION, 3: Area.HEALTH, 4: Area.WORK_ABILITY,
        5: Area.STRENGTHS,
    }  # fmt: skip
    assert RuleNumber.words[6] == "long_sickness"
