"""Reads of what follows from the registers: the worklist, its explanations, the export."""

from benefits.selectors.counted_rows import ExplainedPeriod
from benefits.selectors.deaths import Death, has_deaths, list_deaths
from benefits.selectors.explanation import (
    Explanation,
    explain_person,
    explain_rule,
    own_explanations,
    trigger_of,
)
from benefits.selectors.imports import (
    Progress,
    asked_by,
    folders,
    imports_of,
    imports_to_confirm,
    imports_turned_down,
    progress_of,
    rejected_of,
)
from benefits.selectors.reasons import WorklistRow, flag_of, flags_of
from benefits.selectors.register import eligibility_on, evaluated_on, newest_day
from benefits.selectors.sentences import RULE_NAMES, name_of
from benefits.selectors.standing import (
    AGE_GROUPS,
    OTHER_LANGUAGE,
    SORTS,
    WorklistFilter,
    WorklistPart,
)
from benefits.selectors.worklist import (
    Worklist,
    WorklistPerson,
    count_people,
    list_people,
)

__all__ = [
    "AGE_GROUPS",
    "OTHER_LANGUAGE",
    "RULE_NAMES",
    "SORTS",
    "Death",
    "ExplainedPeriod",
    "Explanation",
    "Progress",
    "Worklist",
    "WorklistFilter",
    "WorklistPart",
    "WorklistPerson",
    "WorklistRow",
    "asked_by",
    "count_people",
    "eligibility_on",
    "evaluated_on",
    "explain_person",
    "explain_rule",
    "flag_of",
    "flags_of",
    "folders",
    "has_deaths",
    "imports_of",
    "imports_to_confirm",
    "imports_turned_down",
    "list_deaths",
    "list_people",
    "name_of",
    "newest_day",
    "own_explanations",
    "progress_of",
    "rejected_of",
    "trigger_of",
]
