"""Reads of cases and plans for the faces: through the gate, with their access rows.

Every ``open_*`` and ``list_*`` evaluates its querysets here and writes, in the same
transaction, one access row a person with the categories really returned and their grounds.
"""

from caseplan.selectors.assessments import (
    AssessmentsPage,
    WorkAbility,
    open_assessments,
    scores_over_time,
)
from caseplan.selectors.case import (
    CasePage,
    GoalWithActions,
    goals_to_choose,
    open_case,
    open_row,
    team_shown,
)
from caseplan.selectors.case_list import (
    CaseChoices,
    CaseRow,
    cases_by_keys,
    cases_of,
    list_cases,
)
from caseplan.selectors.changes import (
    Change,
    ChangesPage,
    case_elsewhere,
    changes_for_day,
    list_possible_duplicates,
    moved_from,
    open_change,
    open_changes,
    open_possible_duplicate,
    own_changes,
    protections_asked,
)
from caseplan.selectors.clocks import PlanClock, clock_of
from caseplan.selectors.commitments import (
    Kind,
    Requests,
    body_requests_of,
    commitments,
    count_commitments,
    list_commitments,
)
from caseplan.selectors.conflicts import (
    Conflict,
    ConflictsPage,
    OwnNo,
    conflict_between,
    open_conflicts,
    open_own_no,
)
from caseplan.selectors.dialogue import (
    MessageSeen,
    ThreadPage,
    ThreadSeen,
    list_threads,
    open_attachment,
    open_thread,
    threads_waiting,
)
from caseplan.selectors.ending import EndingStanding
from caseplan.selectors.escalation import Unanswered, unanswered_by_body, unanswered_in_office
from caseplan.selectors.history import PastValue, Written, open_history
from caseplan.selectors.lists import (
    PlanRow,
    actions_for_day,
    list_plans,
    own_case,
    own_cases,
    proposals_waiting_for,
)
from caseplan.selectors.mapping import AreaSeen, MappingPage, open_mapping
from caseplan.selectors.meeting import (
    MeetingPage,
    list_meetings,
    meetings_ahead,
    open_meeting,
    way_on,
    ways_of,
)
from caseplan.selectors.news import Told, list_news, news_of_meeting
from caseplan.selectors.pack import Pack, open_pack
from caseplan.selectors.progress import GoalProgress, open_progress
from caseplan.selectors.template import LineForCase, get_template, lines_for, templates_of
from caseplan.selectors.versions import (
    CONTENT,
    ItemChange,
    PartyAnswer,
    VersionPage,
    VersionStanding,
    in_words,
    open_version,
    open_versions,
)

__all__ = [
    "CONTENT",
    "AreaSeen",
    "AssessmentsPage",
    "CaseChoices",
    "CasePage",
    "CaseRow",
    "Change",
    "ChangesPage",
    "Conflict",
    "ConflictsPage",
    "EndingStanding",
    "GoalProgress",
    "GoalWithActions",
    "ItemChange",
    "Kind",
    "LineForCase",
    "MappingPage",
    "MeetingPage",
    "MessageSeen",
    "OwnNo",
    "Pack",
    "PartyAnswer",
    "PastValue",
    "PlanClock",
    "PlanRow",
    "Requests",
    "ThreadPage",
    "ThreadSeen",
    "Told",
    "Unanswered",
    "VersionPage",
    "VersionStanding",
    "WorkAbility",
    "Written",
    "actions_for_day",
    "body_requests_of",
    "case_elsewhere",
    "cases_by_keys",
    "cases_of",
    "changes_for_day",
    "clock_of",
    "commitments",
    "conflict_between",
    "count_commitments",
    "get_template",
    "goals_to_choose",
    "in_words",
    "lines_for",
    "list_cases",
    "list_commitments",
    "list_meetings",
    "list_news",
    "list_plans",
    "list_possible_duplicates",
    "list_threads",
    "meetings_ahead",
    "moved_from",
    "news_of_meeting",
    "open_assessments",
    "open_attachment",
    "open_case",
    "open_change",
    "open_changes",
    "open_conflicts",
    "open_history",
    "open_mapping",
    "open_meeting",
    "open_own_no",
    "open_pack",
    "open_possible_duplicate",
    "open_progress",
    "open_row",
    "open_thread",
    "open_version",
    "open_versions",
    "own_case",
    "own_cases",
    "own_changes",
    "proposals_waiting_for",
    "protections_asked",
    "scores_over_time",
    "team_shown",
    "templates_of",
    "threads_waiting",
    "unanswered_by_body",
    "unanswered_in_office",
    "way_on",
    "ways_of",
]
