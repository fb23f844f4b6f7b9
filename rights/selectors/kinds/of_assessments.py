"""How things are seen: assessments, ratings, the client's no, what contradicted."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from caseplan.assessments.models import Assessment, ExpertRating
from caseplan.plan.models import ConflictNote, GoalRating, Objection
from rights.selectors.kinds.kind import COUNTED, RecordKind, client_information

ASSESSMENTS: tuple[RecordKind, ...] = (
    client_information(
        "assessment",
        Assessment,
        _("Assessment"),
        {
            "instrument": _("Instrument"),
            "version": _("Version"),
            "taken_on": _("Day"),
            "scores": _("Scores"),
        },
        history=True,
        untold=COUNTED,
    ),
    client_information(
        "expert_rating",
        ExpertRating,
        _("An expert's rating of your work ability"),
        {
            "on": _("Day"),
            "work_ability": _("Work ability, 0-10"),
            "words": _("What the rating rests on"),
        },
        history=True,
        untold=COUNTED,
    ),
    client_information(
        "goal_rating",
        GoalRating,
        _("How near a goal is"),
        {"goal": _("Goal"), "status": _("How near is it?"), "words": _("In their words")},
    ),
    client_information(
        "objection",
        Objection,
        _("What you have said no to"),
        {
            "action": _("Action"),
            "measure": _("Service"),
            "words": _("In your words"),
            "withdrawn_at": _("Taken back"),
        },
    ),
    client_information(
        "conflict_note",
        ConflictNote,
        _("How a conflict was settled"),
        {"kind": _("What the conflict was"), "note": _("What was agreed")},
        untold={
            "subjects": "the two things that contradicted, which are told as themselves",
            "revisions": "counts the edits of the two, which are told one by one",
        },
    ),
)
