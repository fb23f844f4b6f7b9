"""The joint plan: why it began, what it holds, its versions and answers, how it ends."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from caseplan.plan.models import (
    AccompaniedHandover,
    Action,
    Answer,
    Ending,
    EndingView,
    Goal,
    JointPlan,
    KelaConfirmation,
    MappingView,
    PlannedService,
    PlanVersion,
    Referral,
    ReviewRequest,
    SignedPaper,
    VersionItem,
)
from consent.models import Category
from rights.selectors.kinds.kind import KEY, RecordKind, client_information

PLANS: tuple[RecordKind, ...] = (
    client_information("referral", Referral),
    client_information("plan", JointPlan),
    client_information("goal", Goal),
    client_information("action", Action),
    client_information("planned_service", PlannedService),
    client_information("kela_confirmation", KelaConfirmation),
    client_information("mapping", MappingView, _("How your situation is seen")),
    RecordKind(
        "version",
        PlanVersion,
        _("Version of the plan"),
        {
            "number": _("Number"),
            "parties": _("Who must accept it"),
            "in_force_at": _("In force from"),
            "replaced_at": _("Replaced"),
            "set_aside_at": _("Set aside"),
            "settled_by": _("How a disagreement was settled"),
            "review_due_on": _("Reviewed by"),
            "review_section": _("Section of law"),
        },
        at="proposed_at",
        by="proposed_by",
        category=Category.PLAN_FOLLOW_UP,
        untold=KEY,
    ),
    client_information("version_item", VersionItem),
    client_information("answer", Answer),
    RecordKind(
        "signed_paper",
        SignedPaper,
        _("A paper that a worker wrote you had signed"),
        {
            "version": _("Version of the plan"),
            "archive_number": _("Number in the archive"),
            "archive_place": _("Where the signed paper is kept"),
            "signed_on": _("Signed"),
            "written_for": _("Body"),
            "written_in": _("Office"),
            "state": _("State"),
            "settled_at": _("Answered"),
            "settled_by": _("Answered by"),
        },
        at="written_at",
        by="written_by",
        category=Category.PLAN_FOLLOW_UP,
        whose="version__case__person",
        untold=KEY,
    ),
    client_information("review_request", ReviewRequest),
    client_information("ending", Ending),
    client_information("ending_view", EndingView),
    client_information("accompanied_handover", AccompaniedHandover),
)
