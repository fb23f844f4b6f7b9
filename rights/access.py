"""Who may ask, and who must answer."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from audit.models import AuditRow
from audit.selectors import accesses_of_case
from cases.models import Case
from common.actor import Actor, ActorKind
from common.decision import NotVisible
from rights.models import Question


def get_look(actor: Actor, case: Case, look: int) -> AuditRow:
    """One look at the client's own case, to ask about. Raises :class:`NotVisible` otherwise."""
    row = None
    if actor.is_client and actor.person_id == case.person_id:
        rows = accesses_of_case(case.pk, but_not_by=actor, code_hash=case.person.identity_code_hash)
        row = rows.filter(pk=look).first()
    if row is None:
        raise NotVisible
    return row


def get_question(actor: Actor, question_id: UUID, *, now: datetime) -> Question:
    """An open question, locked, for the officer who answers. Raises :class:`NotVisible`."""
    question = (
        Question.objects.select_for_update(of=("self",))
        .select_related("case")
        .filter(pk=question_id)
        .first()
    )
    if question is None or actor.kind is not ActorKind.OFFICER:
        raise NotVisible
    return question
