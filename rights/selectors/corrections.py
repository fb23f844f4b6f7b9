"""Requests that something be corrected: the client's own, and those a body is to answer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from audit.models import Purpose
from cases.models import Case
from common.actor import Actor
from consent.models import Category
from records.selectors import reading_of
from rights.access import corrections_answered_by, get_correction
from rights.models import Correction, Question
from rights.selectors.everything import RecordedItem, find_recorded_item


@dataclass(frozen=True, slots=True)
class PendingCorrection:
    """A correction asked for, and the thing as it stands now, for the body that recorded it.

    The case in it is named only where names are open. ``thing`` is None where it is gone, or
    where the case manager answers for a body that has nobody left on the team.
    """

    correction: Correction
    thing: RecordedItem | None = None


def corrections_of(case: Case) -> list[Correction]:
    """What the client has asked to be corrected, the newest first. For the client's own page."""
    return list(
        Correction.objects.filter(case=case)
        .select_related("answered_by")
        .order_by("-asked_at", "-pk")
    )


@dataclass(frozen=True, slots=True)
class AskedOfRights:
    """What a client has asked of their information, the newest first, each with its answer."""

    corrections: list[Correction]
    questions: list[Question]

    @property
    def open_answers(self) -> list[Correction | Question]:
        """What is still owed, soonest due first."""
        asked: list[Correction | Question] = [*self.corrections, *self.questions]
        owed = [one for one in asked if one.is_open]
        return sorted(owed, key=lambda one: one.due_on)


def open_asked(actor: Actor, case: Case, *, now: datetime) -> AskedOfRights:
    """What the client of this case has asked, and what was answered; logged. The client's own."""
    corrections = corrections_of(case)
    about = {Category(one.category) for one in corrections}
    reading_of(actor, now=now).log_access(
        "asked_opened", Purpose.OWN_DATA, [(case, [])], beside={Category.CASE_HANDLING, *about}
    )
    questions = Question.objects.filter(case=case).select_related("answered_by")
    return AskedOfRights(corrections, list(questions.order_by("-asked_at", "-pk")))


def corrections_to_answer(actor: Actor, *, now: datetime) -> list[PendingCorrection]:
    """The open requests that this worker's body is to answer, soonest due first; logged."""
    rows = list(
        corrections_answered_by(actor, now=now)
        .filter(answered_at__isnull=True)
        .select_related("case", "case__person")
        .order_by("due_on", "pk")
    )
    cases: dict[UUID, Case] = {}
    for row in rows:
        row.case = cases.setdefault(row.case_id, row.case)
    reading_of(actor, now=now).log_and_hide_names(
        "corrections_listed", Purpose.ANSWER, [(case, []) for case in cases.values()]
    )
    return [PendingCorrection(row) for row in rows]


def open_correction(actor: Actor, correction_id: UUID, *, now: datetime) -> PendingCorrection:
    """One request to answer, with the thing it is about; logged. Raises ``NotVisible``."""
    row = get_correction(actor, correction_id, now=now)
    thing = None
    if row.to_body == actor.working_body:
        thing = find_recorded_item(row.case.person, row.subject_type, row.subject_key, now=now)
    beside = (Category.IDENTITY_CONTACT, *((Category(row.category),) if thing else ()))
    reading_of(actor, now=now).log_and_hide_names(
        "correction_opened", Purpose.ANSWER, [(row.case, [])], beside=beside
    )
    return PendingCorrection(row, thing)
