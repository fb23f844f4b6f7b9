"""How things are seen: assessments, ratings, the client's no, what contradicted."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from caseplan.assessments.models import Assessment, ExpertRating
from caseplan.plan.models import ConflictNote, GoalRating, MoreTime, Objection
from rights.selectors.kinds.kind import RecordKind, client_information

ASSESSMENTS: tuple[RecordKind, ...] = (
    client_information("assessment", Assessment),
    client_information("expert_rating", ExpertRating, _("An expert's rating of your work ability")),
    client_information("goal_rating", GoalRating),
    client_information("objection", Objection, _("What you have said no to")),
    client_information("more_time", MoreTime),
    client_information("conflict_note", ConflictNote),
)
