"""What stands in an address for a word that would tell something of a person.

An address stays in the browser's history, in a proxy's log, on a screen that others see: "health"
beside a case says there what the page says to its reader alone. A number says it to nobody.
"""

from __future__ import annotations

from typing import ClassVar

from caseplan.plan.models import Area
from consent.models import Category


class Numbered:
    """The words of a closed list as numbers: views are given the words, addresses hold the numbers.

    A number once given is kept for good: addresses stand in letters and in bookmarks.
    """

    regex = "[0-9]{1,2}"
    words: ClassVar[dict[int, str]]

    def to_python(self, value: str) -> str:
        """The word; ValueError, which Django answers with 404, for a number nobody has."""
        try:
            return self.words[int(value)]
        except KeyError as unknown:
            raise ValueError(value) from unknown

    def to_url(self, value: str) -> str:
        """The number of a word; ValueError for another word."""
        for number, word in self.words.items():
            if word == value:
                return str(number)
        raise ValueError(value)


class CategoryNumber(Numbered):
    """A kind of information."""

    words: ClassVar = {
        1: Category.IDENTITY_CONTACT.value,
        2: Category.CASE_HANDLING.value,
        3: Category.EDUCATION_WORK.value,
        4: Category.SOCIAL_SITUATION.value,
        5: Category.HEALTH_WORK_ABILITY.value,
        6: Category.SERVICE_NEEDS.value,
        7: Category.PLAN_FOLLOW_UP.value,
        8: Category.SELF_ASSESSMENT.value,
        9: Category.BENEFITS_DETAIL.value,
    }


class AreaNumber(Numbered):
    """One of the areas of the mapping."""

    words: ClassVar = {number: area.value for number, area in enumerate(Area, 1)}


class RuleNumber(Numbered):
    """A rule or signal that somebody meets. One of a new Act is its code until it has a number.

    A code is read too: bookmarks of before lead where they led.
    """

    regex = "[a-z0-9_]+"
    words: ClassVar = {
        1: "subsidy_300_days",
        2: "unemployed_12_months",
        3: "unemployed_6_months_under_25",
        4: "many_benefits",
        5: "back_from_sickness",
        6: "long_sickness",
        7: "long_history_on_earnings_related",
        8: "service_again",
        9: "nothing_paid",
    }

    def to_python(self, value: str) -> str:
        return super().to_python(value) if value.isdigit() else value

    def to_url(self, value: str) -> str:
        return super().to_url(value) if value in self.words.values() else value
