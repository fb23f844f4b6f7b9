"""The joint plan, its content, versions and answers; the referral behind it; how things went."""

from caseplan.models.agreement import (
    Answer,
    How,
    PlanVersion,
    Reply,
    ReviewRequest,
    ReviewState,
    VersionItem,
)
from caseplan.models.assessment import Assessment, ExpertRating
from caseplan.models.attachment import Attachment
from caseplan.models.clock import ClockChange, ClockKind
from caseplan.models.conflict import ConflictKind, ConflictNote, Objection
from caseplan.models.dialogue import Message, ReadMark, Thread, ThreadKind, WaitsFor
from caseplan.models.ending import IMMEDIATE_EXITS, Ending, EndingOutcome, EndingView, Exit
from caseplan.models.mapping import Area, MappingView
from caseplan.models.meeting import (
    Agreed,
    Attendance,
    CancelledCode,
    CooperationForm,
    Meeting,
    MeetingPoint,
    MeetingRole,
    MeetingState,
    Participant,
    PointTopic,
    WayOfWorking,
)
from caseplan.models.plan import (
    Action,
    ActionState,
    Goal,
    GoalKind,
    JointPlan,
    Measure,
    MeasureResult,
    Participation,
)
from caseplan.models.progress import GoalRating, GoalStatus
from caseplan.models.referral import DeclinedCode, Referral
from caseplan.models.request import BodyRequest, BodyRequestState
from caseplan.models.template import Template, TemplateKind, TemplateLine

__all__ = [
    "IMMEDIATE_EXITS",
    "Action",
    "ActionState",
    "Agreed",
    "Answer",
    "Area",
    "Assessment",
    "Attachment",
    "Attendance",
    "BodyRequest",
    "BodyRequestState",
    "CancelledCode",
    "ClockChange",
    "ClockKind",
    "ConflictKind",
    "ConflictNote",
    "CooperationForm",
    "DeclinedCode",
    "Ending",
    "EndingOutcome",
    "EndingView",
    "Exit",
    "ExpertRating",
    "Goal",
    "GoalKind",
    "GoalRating",
    "GoalStatus",
    "How",
    "JointPlan",
    "MappingView",
    "Measure",
    "MeasureResult",
    "Meeting",
    "MeetingPoint",
    "MeetingRole",
    "MeetingState",
    "Message",
    "Objection",
    "Participant",
    "Participation",
    "PlanVersion",
    "PointTopic",
    "ReadMark",
    "Referral",
    "Reply",
    "ReviewRequest",
    "ReviewState",
    "Template",
    "TemplateKind",
    "TemplateLine",
    "Thread",
    "ThreadKind",
    "VersionItem",
    "WaitsFor",
    "WayOfWorking",
]
