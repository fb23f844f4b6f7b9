"""Every column of a case's rows that names a worker: does it move with the case, or why not?

A new one fails here until somebody has said which.
"""

from __future__ import annotations

from typing import Any

from django.apps import apps
from django.db.models import Model

from cases.models import Case
from people.models import User

BOTH = "moves with a handover; with a cover both see it and either deals with it"
HANDOVER = "moves with a handover"
COVER = "whoever stands in deals with it while the cover stands"
DONE = "stays: it says who did something, and that is what happened"

# Field names that say who did something, whatever the table.
_DONE = {
    "recorded_by", "closed_by", "answered_by", "ended_by", "opened_by", "asked_by", "given_by",
    "handled_by", "decided_by", "dropped_by", "written_by", "confirmed_by", "reopened_by",
    "invited_by", "proposed_by", "withdrawn_by", "settled_by", "archived_by", "disputed_by",
    "replied_by", "prolonged_by",
}  # fmt: skip
MOVES = {
    "cases.TeamMembership.user": BOTH,
    "cases.News.for_user": BOTH,
    "plan.Action.owner": BOTH,
    "meetings.Participant.user": BOTH,
    "followup.Reminder.for_user": BOTH,
    "followup.FollowUpPoint.asker": (
        "whoever stands in asks; the case has ended, and who stops working leaves it to their "
        "leader (followup.services.make_points)"
    ),
    "intake.OwnRequest.handler": (
        "whoever stands in answers; there is no case yet, and whoever leads the office names "
        "another (caseplan.intake.services.name_handler)"
    ),
    "cases.Handover.receiver": COVER,
    "cases.Handover.giver": DONE,
    "cases.TemporaryAccess.user": "stays: for whom the case was opened for a time, and for why",
    "followup.Reminder.about": "stays: in whose work it was late; the night raises it anew",
    "case_messages.ReadMark.user": (
        "stays: who has read it; whose turn it is stands with the thread, which is the team's"
    ),
    "plan.AccompaniedHandover.to_user": (
        "stays: one person's promise; taken back when they leave the case, and its asker is told"
    ),
    "plan.Ending.follow_up_by": (
        "stays: named by the bodies together; a point is then asked by whoever stands in"
    ),
    "options.OfferedStep.owner": (
        "stays: what was put before the client; once chosen, it is an action of whoever has their "
        "place on the team then (caseplan.options.services)"
    ),
    "consent.OutsideParty.user": "stays: somebody outside the bodies, who has no cover",
}


def columns() -> dict[str, str]:
    """The columns that name a user, of tables that belong to a case, and what they are called."""
    return {
        f"{model._meta.label}.{field.name}": field.name
        for model in apps.get_models()
        if "Historical" not in model.__name__ and _is_of_a_case(model)
        for field in model._meta.concrete_fields
        if field.related_model is User
    }


def _is_of_a_case(model: type[Model], depth: int = 2) -> bool:
    if model is Case:
        return True
    related: Any = (f.related_model for f in model._meta.concrete_fields if f.is_relation)
    return depth > 0 and any(
        one is Case or (one is not model and one is not User and _is_of_a_case(one, depth - 1))
        for one in related
    )


def test_of_every_column_that_names_a_worker_somebody_has_said_whether_it_moves() -> None:
    found = columns()
    unsaid = {one for one, name in found.items() if name not in _DONE and one not in MOVES}
    assert not unsaid, f"Do these move with a handover, or with a cover? {sorted(unsaid)}"
    assert not MOVES.keys() - found.keys(), "These columns are no more."
