"""A case's row: its lock, and the audit row of what happens to it, its team and others."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from audit.services import record_change
from cases.models import Case
from common.actor import Actor
from common.decision import NotVisible, Refused
from people.models import Person
from people.selectors import is_own_person


def lock_case(case: Case) -> None:
    """Wait for whoever writes in a visible case now, and know it then as it stands.

    What may be done is asked after this: of two at once the second finds what the first did.
    Raises :class:`NotVisible` where the case was erased meanwhile. Within a transaction.
    """
    found = Case.objects.select_for_update(of=("self",)).filter(pk=case.pk).first()
    if found is None:
        raise NotVisible
    case.state, case.started_on, case.hold_why = found.state, found.started_on, found.hold_why
    case.ended_at, case.ended_by_id = found.ended_at, found.ended_by_id


def require_not_their_own(person: Person, user_ids: Iterable[UUID], *, field: str) -> None:
    """Nobody works on a case of which they are the client. Raises :class:`Refused`."""
    for user_id in user_ids:
        if user_id == person.user_id or is_own_person(user_id, person.pk):
            raise Refused(_("Nobody works on their own case. Choose somebody else."), field=field)


def record_case_change(
    actor: Actor,
    action: str,
    case: Case,
    subject_id: UUID,
    now: datetime,
    subject: str = "user",
) -> None:
    """Write the audit row of a change about a case."""
    record_change(
        actor=actor,
        action=action,
        subject_type=subject,
        subject_id=subject_id,
        case_id=case.pk,
        person_id=case.person_id,
        now=now,
    )
