"""Somebody proved who they are and was not let in, because of what is written down here of them.

They are told whom to call; whoever can look at what is written down is told too, in no words that
name anybody.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db import transaction

from cases.models import Case, NewsKind
from cases.selectors import case_manager_of
from cases.services.news import notify_of_own_work
from common.validity import valid_at
from people.models import LifeEvent, LifeKind, LifeState, Person, Position, Role
from people.selectors import leaders_and_officers
from people.services import EntryBar, NotKnown

OF_A_CODE = (EntryBar.FORMER_CODE, EntryBar.CODE_CHANGED, EntryBar.SOMEBODY_ELSES)
DIED_BEFORE_A_CASE = ""


@transaction.atomic
def tell_of_turned_away(*, refused: NotKnown, now: datetime) -> None:
    """Tell those who can mend what stands in the way.

    Of a death: whoever wrote it down. Of a code: who manages the client's cases. Of a worker who
    comes by another body's log-in: who leads the office they still work in. Of a client always the
    data-protection officers too: it may be somebody else with the client's credentials.
    """
    if refused.bar is EntryBar.OTHER_BODY and refused.user_id is not None:
        for position in Position.objects.filter(valid_at(now), user_id=refused.user_id):
            if position.office_id is not None:
                readers = leaders_and_officers(position.office_id, now=now)
                _tell(readers, position.pk, refused.bar, now)
        return
    person = Person.objects.filter(pk=refused.person_id).first() if refused.person_id else None
    if person is None:
        return
    officers = Position.objects.filter(valid_at(now), role=Role.OFFICER, user__is_active=True)
    _tell(officers.values_list("user", flat=True), person.pk, refused.bar, now)
    if refused.bar is EntryBar.DIED:
        death = LifeEvent.objects.filter(
            person=person, kind=LifeKind.DIED, state=LifeState.DONE, recorded_by__is_active=True
        ).first()
        case = Case.objects.filter(person=person).order_by("-opened_at", "pk").first()
        if death is not None and death.recorded_by_id is not None:
            code, about = (refused.bar.value, case.pk) if case else (DIED_BEFORE_A_CASE, death.pk)
            _tell([death.recorded_by_id], about, code, now)
    elif refused.bar in OF_A_CODE:
        for case in Case.objects.filter(person=person, ended_at=None).order_by("pk"):
            manager = case_manager_of(case, now=now)
            if manager is not None:
                _tell([manager.pk], case.pk, refused.bar, now)


def _tell(readers: Iterable[UUID], subject_id: UUID, code: str, now: datetime) -> None:
    notify_of_own_work(
        user_ids=set(readers),
        kind=NewsKind.TURNED_AWAY,
        subject_id=subject_id,
        was=str(code),
        now=now,
    )
