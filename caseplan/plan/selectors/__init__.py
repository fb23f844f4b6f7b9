"""Reads of cases and plans for the faces: through the gate, with their access rows.

Every ``open_*`` and ``list_*`` evaluates its querysets here and writes, in the same
transaction, for each person the categories really returned and their grounds.
"""

from caseplan.plan.selectors.access_requests import (
    Asked,
    EmergencyOpening,
    access_requests_to_answer,
    list_emergencies,
    open_access_request,
)
from caseplan.plan.selectors.bar import (
    YOU,
    CaseBar,
    Waiting,
    bar_of,
    case_bar,
    open_contact,
    who_waits,
)
from caseplan.plan.selectors.case import (
    CasePage,
    goals_to_choose,
    open_case,
    open_row,
    team_shown,
)
from caseplan.plan.selectors.case_list import (
    CaseChoices,
    CaseRow,
    cases_by_keys,
    cases_of,
    clocks_of,
    list_cases,
    recent_cases,
)
from caseplan.plan.selectors.changes import (
    ChangesPage,
    LifeChange,
    case_elsewhere,
    changes_for_day,
    list_possible_duplicates,
    moved_from,
    open_change,
    open_changes,
    open_possible_duplicate,
    other_case_of,
    own_changes,
    protections_asked,
)
from caseplan.plan.selectors.clocks import PlanClock, clock_of
from caseplan.plan.selectors.commitments import (
    CommitmentFilter,
    CommitmentKind,
    Requests,
    body_requests_of,
    commitments,
    count_commitments,
    list_commitments,
)
from caseplan.plan.selectors.comparing import ItemChange
from caseplan.plan.selectors.conflicts import (
    Conflict,
    ConflictsPage,
    OwnNo,
    conflict_between,
    open_conflicts,
    open_own_no,
)
from caseplan.plan.selectors.duty import Must, must_of, musts_of, section_of_duties
from caseplan.plan.selectors.ending import EndingStanding, asked_to_go_on
from caseplan.plan.selectors.escalation import (
    UnansweredRequests,
    unanswered_by_body,
    unanswered_in_office,
)
from caseplan.plan.selectors.following import Following, what_follows
from caseplan.plan.selectors.frozen import frozen_fields, users_in
from caseplan.plan.selectors.goals import GoalWithActions
from caseplan.plan.selectors.handover_summary import (
    HandoverSummary,
    list_handovers,
    open_handover,
    open_handover_summary,
)
from caseplan.plan.selectors.income import IncomePage, open_income
from caseplan.plan.selectors.lists import (
    PlanRow,
    actions_for_day,
    list_plans,
    own_case,
    own_cases,
    proposals_waiting_for,
)
from caseplan.plan.selectors.mandates import MandateShown, open_mandate, open_mandates, own_mandates
from caseplan.plan.selectors.mapping import AreaSeen, MappingPage, open_mapping
from caseplan.plan.selectors.more_time import open_more_time
from caseplan.plan.selectors.own_side import (
    OwnPeople,
    OwnService,
    OwnStep,
    OwnThingOfPlan,
    open_own_service,
    open_own_step,
    open_people,
)
from caseplan.plan.selectors.papers import list_papers_waiting, open_paper
from caseplan.plan.selectors.progress import GoalProgress, open_progress
from caseplan.plan.selectors.readiness import Lack, LackKind, Readiness, open_readiness
from caseplan.plan.selectors.row_acts import (
    acts_of_action,
    acts_of_goal,
    acts_of_request,
    acts_of_version,
    last_writing_of,
    put_acts,
    put_acts_on_board,
)
from caseplan.plan.selectors.versions import (
    PartyAnswer,
    VersionPage,
    VersionStanding,
    draft_version,
    open_version,
    open_versions,
)

__all__ = [
    "YOU",
    "AreaSeen",
    "Asked",
    "CaseBar",
    "CaseChoices",
    "CasePage",
    "CaseRow",
    "ChangesPage",
    "CommitmentFilter",
    "CommitmentKind",
    "Conflict",
    "ConflictsPage",
    "EmergencyOpening",
    "EndingStanding",
    "Following",
    "GoalProgress",
    "GoalWithActions",
    "HandoverSummary",
    "IncomePage",
    "ItemChange",
    "Lack",
    "LackKind",
    "LifeChange",
    "MandateShown",
    "MappingPage",
    "Must",
    "OwnNo",
    "OwnPeople",
    "OwnService",
    "OwnStep",
    "OwnThingOfPlan",
    "PartyAnswer",
    "PlanClock",
    "PlanRow",
    "Readiness",
    "Requests",
    "UnansweredRequests",
    "VersionPage",
    "VersionStanding",
    "Waiting",
    "access_requests_to_answer",
    "actions_for_day",
    "acts_of_action",
    "acts_of_goal",
    "acts_of_request",
    "acts_of_version",
    "asked_to_go_on",
    "bar_of",
    "body_requests_of",
    "case_bar",
    "case_elsewhere",
    "cases_by_keys",
    "cases_of",
    "changes_for_day",
    "clock_of",
    "clocks_of",
    "commitments",
    "conflict_between",
    "count_commitments",
    "draft_version",
    "frozen_fields",
    "goals_to_choose",
    "last_writing_of",
    "list_cases",
    "list_commitments",
    "list_emergencies",
    "list_handovers",
    "list_papers_waiting",
    "list_plans",
    "list_possible_duplicates",
    "moved_from",
    "must_of",
    "musts_of",
    "open_access_request",
    "open_case",
    "open_change",
    "open_changes",
    "open_conflicts",
    "open_contact",
    "open_handover",
    "open_handover_summary",
    "open_income",
    "open_mandate",
    "open_mandates",
    "open_mapping",
    "open_more_time",
    "open_own_no",
    "open_own_service",
    "open_own_step",
    "open_paper",
    "open_people",
    "open_possible_duplicate",
    "open_progress",
    "open_readiness",
    "open_row",
    "open_version",
    "open_versions",
    "other_case_of",
    "own_case",
    "own_cases",
    "own_changes",
    "own_mandates",
    "proposals_waiting_for",
    "protections_asked",
    "put_acts",
    "put_acts_on_board",
    "recent_cases",
    "section_of_duties",
    "team_shown",
    "unanswered_by_body",
    "unanswered_in_office",
    "users_in",
    "what_follows",
    "who_waits",
]
