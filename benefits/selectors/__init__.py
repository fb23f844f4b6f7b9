"""Reads of what follows from the registers: the worklist, its explanations, the export."""

from benefits.selectors.counted_rows import ExplainedPeriod
from benefits.selectors.deaths import Death, has_deaths, list_deaths
from benefits.selectors.explanation import (
    Explanation,
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
from benefits.selectors.register import eligibility_on, evaluated_on, newest_day
from benefits.selectors.sentences import RULE_NAMES, name_of
from benefits.selectors.worklist import (
    AGE_GROUPS,
    OTHER_LANGUAGE,
    Worklist,
    WorklistFilter,
    WorklistRow,
    flag_of,
    list_flags,
    saved_filters,
)

__all__ = [
    "AGE_GROUPS",
    "OTHER_LANGUAGE",
    "RULE_NAMES",
    "Death",
    "ExplainedPeriod",
    "Explanation",
    "Progress",
    "Worklist",
    "WorklistFilter",
    "WorklistRow",
    "asked_by",
    "eligibility_on",
    "evaluated_on",
    "explain_rule",
    "flag_of",
    "folders",
    "has_deaths",
    "imports_of",
    "imports_to_confirm",
    "imports_turned_down",
    "list_deaths",
    "list_flags",
    "name_of",
    "newest_day",
    "own_explanations",
    "progress_of",
    "rejected_of",
    "saved_filters",
    "trigger_of",
]
