"""Reads for a client who asks how their information is handled."""

from rights.selectors.access_log import AccessLogEntry, list_access_log
from rights.selectors.breaches import (
    LetterShown,
    LettersOf,
    drafted_letters,
    hours_left,
    letters_of,
    open_breaches,
    open_own_letter,
    show_letters,
)
from rights.selectors.clocks import answer_clocks
from rights.selectors.corrections import corrections_of, corrections_to_answer, open_correction
from rights.selectors.everything import (
    Everything,
    RecordedItem,
    open_everything,
    open_recorded_item,
    recorded_item,
)
from rights.selectors.examining import (
    AccountUse,
    PersonSeen,
    account_use,
    examinations_of,
    find_accounts,
    list_examinations,
    log_people_seen,
)
from rights.selectors.processing import ProcessingRecord, processing_record
from rights.selectors.questions import (
    QuestionAboutAccess,
    QuestionFilter,
    list_questions,
    open_question,
    questions_asked,
)
from rights.selectors.seeing_as import (
    Preview,
    Viewer,
    get_viewer,
    see_as,
    see_version_as,
    viewers_of,
)
from rights.selectors.shared import SharedCase, shared_with
from rights.selectors.visibility import (
    OwnVisibility,
    VisibilityChange,
    open_consent_requests,
    open_who_sees,
    own_visibility,
    visibility_changes,
)
from rights.selectors.visits import AccessVisit, PageSeen, VisitFilter, VisitList, list_visits
from rights.selectors.written_down import (
    PaperToSee,
    WrittenPage,
    disputes_unseen,
    kinds_of,
    open_written,
    papers_to_see,
    written_in_case,
)

__all__ = [
    "AccessLogEntry",
    "AccessVisit",
    "AccountUse",
    "Everything",
    "LetterShown",
    "LettersOf",
    "OwnVisibility",
    "PageSeen",
    "PaperToSee",
    "PersonSeen",
    "Preview",
    "ProcessingRecord",
    "QuestionAboutAccess",
    "QuestionFilter",
    "RecordedItem",
    "SharedCase",
    "Viewer",
    "VisibilityChange",
    "VisitFilter",
    "VisitList",
    "WrittenPage",
    "account_use",
    "answer_clocks",
    "corrections_of",
    "corrections_to_answer",
    "disputes_unseen",
    "drafted_letters",
    "examinations_of",
    "find_accounts",
    "get_viewer",
    "hours_left",
    "kinds_of",
    "letters_of",
    "list_access_log",
    "list_examinations",
    "list_questions",
    "list_visits",
    "log_people_seen",
    "open_breaches",
    "open_consent_requests",
    "open_correction",
    "open_everything",
    "open_own_letter",
    "open_question",
    "open_recorded_item",
    "open_who_sees",
    "open_written",
    "own_visibility",
    "papers_to_see",
    "processing_record",
    "questions_asked",
    "recorded_item",
    "see_as",
    "see_version_as",
    "shared_with",
    "show_letters",
    "viewers_of",
    "visibility_changes",
    "written_in_case",
]
