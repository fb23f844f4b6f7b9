"""What has been written and changed in a case: former values, through the same gate."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from audit.models import Purpose
from caseplan.assessments.models import ExpertRating
from caseplan.plan.models import Action, Goal, JointPlan, Measure, Referral
from cases.access import get_case
from common.actor import Actor
from common.bodies import Party
from consent.access import filter_by_grounds
from consent.models import Category
from people.selectors import names_of
from records.access import Row, visible_to
from records.selectors import Reading, reading_of

# What of each kind of row is told, in this order, and how it is called.
_TOLD: dict[type[Any], dict[str, Promise]] = {
    Goal: {"text": _("Goal"), "dropped_at": _("Dropped")},
    Action: {
        "text": _("What is done"),
        "owner_party": _("Whose task"),
        "due_on": _("By when"),
        "state": _("State"),
        "state_reason": _("Reason"),
    },
    Measure: {
        "name": _("Service"),
        "provider": _("Who provides it"),
        "starts_on": _("Starts"),
        "ends_on": _("Ends"),
    },
    ExpertRating: {
        "on": _("Day"),
        "work_ability": _("Work ability, 0-10"),
        "words": _("What the rating rests on"),
    },
    JointPlan: {
        "strengths": _("What the client can do"),
        "job_search_duty": _("Job search"),
        "follow_up": _("Follow-up"),
        "kela_participates": _("Kela takes part"),
    },
    Referral: {"reason": _("Why the case was opened")},
}
_KIND: dict[type[Any], Promise] = {
    Goal: _("Goal"),
    Action: _("Action"),
    Measure: _("Service"),
    ExpertRating: _("An expert's rating of work ability"),
    JointPlan: _("The plan as a whole"),
    Referral: _("Why the case was opened"),
}


@dataclass(frozen=True, slots=True)
class Written:
    """One field of a writing: what it said before (None for a new row) and what it says then."""

    label: Promise
    before: Any
    said: Any


@dataclass(frozen=True, slots=True)
class PastValue:
    """One writing of one row: when, by whom, and field by field what changed."""

    at: datetime
    who: str
    kind: Promise
    subject_id: UUID
    category: Category
    recorded_for: Party
    is_new: bool
    fields: list[Written]

    @property
    def body(self) -> str:
        return str(self.recorded_for.label)


def open_history(actor: Actor, case_id: UUID, *, now: datetime) -> list[PastValue]:
    """Every writing in a visible case that this reader may see, the newest first; logged.

    A former value is judged by its own category and by what the row is today: what was moved
    out of a reader's sight takes its past with it. Raises ``NotVisible``.
    """
    case = get_case(actor, case_id, now=now)
    reading = reading_of(actor, now=now)
    pasts = {model: _past_of(reading, model, case.pk) for model in _TOLD}
    rows = [row for past in pasts.values() for row in past]
    reading.log_and_hide_names("history_opened", Purpose.KEEP_CASE, [(case, rows)])
    unnamed = None if case.person.last_name else case.person.user_id
    found = [value for model, past in pasts.items() for value in _told(model, past, unnamed)]
    return sorted(found, key=lambda value: (value.at, str(value.subject_id)), reverse=True)


def _past_of(reading: Reading, model: type[Row], case_id: UUID) -> list[Any]:
    live = visible_to(reading.actor, model, now=reading.now, grounds=reading.grounds)
    past = model.history.model.objects.filter(  # type: ignore[attr-defined]
        case_id=case_id, id__in=live.filter(case_id=case_id).values("pk")
    )
    return list(
        filter_by_grounds(reading.grounds, past).order_by("id", "history_date", "history_id")
    )


def _told(model: type[Any], past: Iterable[Any], unnamed: UUID | None) -> list[PastValue]:
    """``unnamed``: the client, where their name is not open to the reader."""
    found: list[PastValue] = []
    writings = list(past)
    names = names_of({row.history_user_id for row in writings if row.history_user_id})
    if unnamed in names:
        names[unnamed] = str(Party.CLIENT.label)
    before: dict[UUID, Any] = {}
    for row in writings:
        earlier = before.get(row.id)
        before[row.id] = row
        fields = [
            Written(label, None if earlier is None else _value(earlier, name), _value(row, name))
            for name, label in _TOLD[model].items()
            if getattr(row, name) != (None if earlier is None else getattr(earlier, name))
            and (earlier is not None or getattr(row, name) not in ("", False))
        ]
        if fields:
            found.append(
                PastValue(
                    at=row.history_date,
                    who=names.get(row.history_user_id, ""),
                    kind=_KIND[model],
                    subject_id=row.id,
                    category=Category(row.category),
                    recorded_for=Party(row.recorded_for),
                    is_new=earlier is None,
                    fields=fields,
                )
            )
    return found


def _value(row: Any, name: str) -> Any:
    display = getattr(row, f"get_{name}_display", None)
    return display() if display else getattr(row, name)
