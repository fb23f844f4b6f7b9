"""Letting go: what has been followed up is closed, what has been kept its time is erased.

By the law of the day asked about, whole cases with everything that hangs on them, the former
wordings too. The log keeps that it was done, with opaque ids. Knows the states and the dates of a
case; must not know what is written in one.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.apps import apps
from django.db import DEFAULT_DB_ALIAS, DatabaseError, OperationalError, models, transaction
from django.db.models.deletion import Collector

from audit.services import record_change
from caseplan.intake.services import forget_unneeded
from cases.lifecycle import CaseState
from cases.models import AccessRequest, Case
from cases.services import move_case
from common.actor import Actor
from common.clock import start_of
from common.database_roles import KEEPER, logged_in_as
from common.dates import add_months
from common.decision import Refused
from common.transactions import acting_as, kind_of_error
from consent.models import Consent, ConsentLine
from followup.points import ANSWER_DAYS, LAST_POINT_MONTHS
from followup.services import forget_notifications_about
from people.models import LifeEvent, LifeState, Person, Position, Role, User
from people.selectors import codes_of, people_by_code
from people.services import (
    forget_answers_naming,
    forget_drafts_about,
    forget_drafts_of_rows,
)
from statutes.reader import law_on

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class ErasureResult:
    """How many cases were erased, and how many could not be."""

    erased: int
    failed: int


def close_followed(*, actor: Actor, on: date, now: datetime) -> int:
    """Close what has been followed to its last point. Returns how many cases."""
    followed = Case.objects.filter(
        state=CaseState.FOLLOW_UP,
        ended_at__lt=_midnight(
            # Its last point can be answered for some days yet.
            add_months(on - timedelta(days=ANSWER_DAYS + 1), -LAST_POINT_MONTHS)
        ),
    )
    closed = 0
    for case in followed.order_by("pk").iterator():
        try:
            move_case(actor=actor, case=case, to=CaseState.CLOSED, now=now)
            closed += 1
        except Refused:
            continue  # opened again meanwhile: it is not closed
    return closed


@logged_in_as(KEEPER)
def erase_due(*, actor: Actor, on: date, now: datetime) -> ErasureResult:
    """Erase what is due on a day (Act 381/2023 s. 12). Repeating it changes nothing.

    Done by the keeper's log-in, in one transaction. A case that is held for a statutory task or a
    pending matter stays. One case that cannot be erased does not keep the others: it is counted,
    and tried again the next night.
    """
    erased = failed = 0
    with acting_as(actor):
        for case_id in list(due_for_erasure(on).values_list("pk", flat=True)):
            try:
                erased += _erase_if_due(actor, case_id, on, now)
            except OperationalError:
                raise  # a lock or a connection, not this case: the whole step is tried again
            except DatabaseError as error:
                failed += 1
                logger.error("Case %s was not erased: %s", case_id, kind_of_error(error))
    return ErasureResult(erased, failed)


def due_for_erasure(on: date) -> models.QuerySet[Case]:
    """The cases whose retention, in whole years after the service ended, is over on a day."""
    law = law_on(on)
    if not law.act:
        return Case.objects.none()  # before 2015 no law here says how long anything is kept
    kept_from = _midnight(add_months(on, -12 * law.retention_years.value))
    return Case.objects.filter(
        state__in=[CaseState.CLOSED, CaseState.DECLINED], ended_at__lt=kept_from, hold_why=""
    ).order_by("pk")


@transaction.atomic
def _erase_if_due(actor: Actor, case_id: UUID, on: date, now: datetime) -> bool:
    """Erase a case that was found due, unless it was held or opened again since it was found."""
    list(Case.objects.select_for_update().filter(pk=case_id))
    if not due_for_erasure(on).filter(pk=case_id).exists():
        return False
    erase_case(actor=actor, case_id=case_id, now=now)
    return True


@logged_in_as(KEEPER)
@transaction.atomic
def erase_case(*, actor: Actor, case_id: UUID, now: datetime) -> None:
    """Erase one case, all that hangs on it and all that names it; the log-ins for it alone.

    Done by the keeper's log-in. The person stays as long as the registers speak of them; that their
    life changed, and what others asked about them, goes with their last case.
    """
    case = Case.objects.select_for_update().get(pk=case_id)
    person = Person.objects.get(pk=case.person_id)
    parties = list(case.outside_parties.exclude(user=None).values_list("user", flat=True))
    going = _erase_requests_beside(case, person)
    going |= set(Consent.objects.filter(case=case).values_list("pk", flat=True))
    # A line keeps the consent that ended it from going, and a consent its outside party.
    ConsentLine.objects.filter(case=case).delete()
    Consent.objects.filter(case=case).delete()
    going |= _ids_of(case)
    case.delete()
    # Last: letting a row go writes a former wording of it once more.
    for history in _histories_of_cases():
        history._default_manager.filter(case_id=case_id).delete()
    _erase_traces(case_id, person, going)
    record_change(
        actor=actor,
        action="case_erased",
        subject_type="case",
        subject_id=case_id,
        case_id=case_id,
        person_id=person.pk,
        now=now,
    )
    if person.user is not None and not person.cases.exists():
        user, person.user = person.user, None
        person.save(update_fields=["user"])
        user.delete()
    forget_unneeded([person.pk])
    # Whoever was let in from outside for this case alone has nothing left to log in to.
    gone = User.objects.filter(pk__in=parties, outside_parties=None)
    Position.objects.filter(user__in=gone, role=Role.OUTSIDE).delete()
    gone.delete()


@transaction.atomic
def erase_access_requests(*, on: date) -> int:
    """Erase what was asked about somebody who has no case, after the years of a case; how many.

    Asking is blind: the row stands whether or not there was a case. Where there is one, what was
    asked goes with it.
    """
    law = law_on(on)
    if not law.act:
        return 0
    kept_from = _midnight(add_months(on, -12 * law.retention_years.value))
    old = AccessRequest.objects.filter(case=None, asked_at__lt=kept_from)
    asked = set(old.values_list("code_hash", flat=True))
    with_case = Person.objects.filter(
        models.Q(identity_code_hash__in=asked)
        | models.Q(former_codes__identity_code_hash__in=asked),
        cases__isnull=False,
    ).distinct()
    standing = people_by_code(person.pk for person in with_case.order_by("pk"))
    return old.exclude(code_hash__in=list(standing)).delete()[0]


def _ids_of(case: Case) -> set[UUID]:
    """The keys of the case and of every row that goes with it."""
    found = Collector(using=DEFAULT_DB_ALIAS)
    found.collect([case])
    keys = {row.pk for rows in found.data.values() for row in rows}
    for rows in found.fast_deletes:
        keys.update(rows.values_list("pk", flat=True))
    return {key for key in keys if isinstance(key, UUID)}


def _erase_requests_beside(case: Case, person: Person) -> set[UUID]:
    """What was asked, blindly, about the client: those asked before another case of theirs was.

    Reasons and answers tell of the client as much as anything in the case. With the last case all
    of them go.
    """
    requests = AccessRequest.objects.filter(code_hash__in=codes_of(person), case=None)
    if others := list(person.cases.exclude(pk=case.pk).values_list("opened_at", flat=True)):
        requests = requests.filter(asked_at__lt=min(others))
    keys = set(requests.values_list("pk", flat=True))
    requests.delete()
    return keys


def _erase_traces(case_id: UUID, person: Person, going: set[UUID]) -> None:
    """What names a row that is gone without hanging on it, and what could put one back."""
    forget_drafts_about(case_id=case_id)
    forget_drafts_of_rows(going)
    forget_answers_naming(going)
    forget_notifications_about(going)
    # What a change of the client's life has changed in the case stands in its journal.
    LifeEvent.objects.filter(person=person, state=LifeState.DONE).update(change_encrypted=None)
    if not person.cases.exists():
        LifeEvent.objects.filter(person=person, recorded_by__isnull=False).delete()


def _histories_of_cases() -> Iterator[type[models.Model]]:
    """The former wordings of every kind of thing that hangs on a case: none is forgotten."""
    for model in apps.get_models():
        history = getattr(model, "history", None)
        kept = getattr(history, "model", None)
        if kept is not None and any(field.name == "case" for field in kept._meta.get_fields()):
            yield kept


def _midnight(day: date) -> datetime:
    """The first moment after a day: what ended on it is before this."""
    return start_of(day + timedelta(days=1))
