"""Who may ask, and who must answer."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from audit.shown import Access
from audit.visits import visits_to
from cases.access import managed_by, worked_on_by
from cases.models import Case, TeamMembership
from common.actor import Actor, ActorKind
from common.decision import NotVisible
from common.validity import valid_at
from people.models import Position
from people.selectors import codes_of
from rights.models import Breach, BreachLetter, Correction, Examination, Question


def get_access(actor: Actor, case: Case, number: int) -> Access:
    """One look at the client's own information, to ask about. Raises :class:`NotVisible`."""
    if actor.is_client and actor.person_id == case.person_id:
        codes = codes_of(case.person)
        visits = visits_to({case.pk, case.person_id}, excluding=actor, code_hashes=codes)
        for access in visits.holding(number):
            if access.number == number:
                return access
    raise NotVisible


def get_question(actor: Actor, question_id: UUID, *, now: datetime, lock: bool = False) -> Question:
    """A question, for the officer who answers it. Raises :class:`NotVisible`."""
    found = Question.objects.select_related("case", "answered_by")
    if lock:
        found = found.select_for_update(of=("self",))
    question = found.filter(pk=question_id).first()
    if question is None or actor.kind is not ActorKind.OFFICER:
        raise NotVisible
    return question


def corrections_answered_by(actor: Actor, *, now: datetime) -> QuerySet[Correction]:
    """The requests that this worker answers, or has had answered for their body.

    Those to their own body in the cases on whose team they stand. Where a body has nobody left
    on the team: the case manager. Nobody else, so that the words stay with whom they were for.
    """
    if not actor.is_worker:
        return Correction.objects.none()
    sits_there = Position.objects.filter(
        valid_at(now), user=OuterRef("user"), office__body=OuterRef(OuterRef("to_body"))
    )
    still_there = TeamMembership.objects.filter(
        valid_at(now),
        Q(office__body=OuterRef("to_body")) | Exists(sits_there),
        case=OuterRef("case"),
    )
    return Correction.objects.filter(
        Q(to_body=actor.working_body, case__in=worked_on_by(actor, now=now))
        | (Q(case__in=managed_by(actor, now=now)) & ~Exists(still_there))
    )


def get_correction(
    actor: Actor, correction_id: UUID, *, now: datetime, lock: bool = False
) -> Correction:
    """One request for a correction, for whoever answers it. Raises :class:`NotVisible`."""
    found = corrections_answered_by(actor, now=now).select_related("case", "case__person")
    if lock:
        found = found.select_for_update(of=("self",))
    correction = found.filter(pk=correction_id).first()
    if correction is None:
        raise NotVisible
    return correction


def require_own(actor: Actor, case: Case) -> None:
    """Raise :class:`NotVisible` unless the actor is the client of the case."""
    if not actor.is_client or actor.person_id != case.person_id:
        raise NotVisible


def require_officer(actor: Actor) -> None:
    """Raise :class:`NotVisible` unless the actor is a data-protection officer."""
    if not actor.is_officer:
        raise NotVisible


def get_examination(actor: Actor, examination_id: UUID) -> Examination:
    """An examination of an account, for any officer but the one examined.

    Whoever is examined does not read of it here, and the other officer does: see ``docs/adr/0023``.
    Raises :class:`NotVisible`.
    """
    require_officer(actor)
    found = Examination.objects.select_related("account", "made_by", "breach")
    examination = found.filter(pk=examination_id).exclude(account_id=actor.writer_id).first()
    if examination is None:
        raise NotVisible
    return examination


def get_breach(actor: Actor, breach_id: UUID, *, lock: bool = False) -> Breach:
    """The record of a breach, for any officer but the one it is about. Raises ``NotVisible``."""
    require_officer(actor)
    found = Breach.objects.select_related("examination__account", "opened_by", "closed_by")
    if lock:
        found = found.select_for_update(of=("self",))
    breach = found.filter(pk=breach_id).exclude(examination__account_id=actor.writer_id).first()
    if breach is None:
        raise NotVisible
    return breach


def get_own_letter(actor: Actor, letter_id: UUID) -> BreachLetter:
    """A letter that was sent to this client. Raises :class:`NotVisible` for any other."""
    if actor.is_client:
        sent = BreachLetter.objects.filter(person=actor.person_id, sent_at__isnull=False)
        letter = sent.filter(pk=letter_id).first()
        if letter is not None:
            return letter
    raise NotVisible
