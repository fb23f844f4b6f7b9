"""The client says "I do not want this", and the bodies settle what contradicts."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from caseplan.plan.access import can_object, can_withdraw_objection
from caseplan.plan.models import Action, ConflictNote, Objection, PlannedService
from caseplan.plan.selectors.conflicts import conflict_between
from cases.access import can_write_in_case
from cases.models import NewsKind
from cases.services import notify_team_of_change
from common.actor import Actor
from common.bodies import Party
from common.decision import Refused
from records.access import get_row
from records.services import add_row, lock_row, log_row, require_text


@transaction.atomic
def object_to_action(*, actor: Actor, action_id: UUID, statement: str, now: datetime) -> Objection:
    """The client does not want an open action, whoever's task it is."""
    action = get_row(actor, Action, action_id, now=now)
    return _object(actor, action, Objection(action=action), statement, now)


@transaction.atomic
def object_to_service(
    *, actor: Actor, service_id: UUID, statement: str, now: datetime
) -> Objection:
    """The client does not want a service that has not ended."""
    planned_service = get_row(actor, PlannedService, service_id, now=now)
    return _object(
        actor, planned_service, Objection(planned_service=planned_service), statement, now
    )


@transaction.atomic
def withdraw_objection(*, actor: Actor, objection_id: UUID, now: datetime) -> Objection:
    """The client takes a "no" back. That it was said stays in what is recorded about them."""
    objection = lock_row(actor, Objection, objection_id, now)
    can_withdraw_objection(actor, objection).require()
    objection.withdrawn_at = now
    objection.save(update_fields=["withdrawn_at"])
    log_row(actor, objection, "withdrawn", now)
    return objection


@transaction.atomic
def settle_conflict(
    *, actor: Actor, case_id: UUID, first: UUID, second: UUID, note: str, now: datetime
) -> ConflictNote:
    """Write down how two things that contradict were settled, for everybody who sees both.

    ``first`` and ``second`` are the ids of the two. Raises ``NotVisible`` where this actor sees
    no such conflict, :class:`Refused` where somebody settled it in between. The note holds
    until one of the two changes.
    """
    case, conflict = conflict_between(actor, case_id, first, second, now=now)
    can_write_in_case(actor, case, now=now).require()
    if conflict.note is not None:
        raise Refused(_settled())
    row = ConflictNote(
        case=case,
        kind=conflict.kind,
        category=conflict.category,
        subjects=conflict.subjects,
        revisions=conflict.revisions,
        note=require_text(note, "note", _("Write what was agreed.")),
    )
    try:
        with transaction.atomic():
            return add_row(actor, row, now)
    except IntegrityError as error:
        raise Refused(_settled()) from error


def _object(
    actor: Actor,
    thing: Action | PlannedService,
    objection: Objection,
    statement: str,
    now: datetime,
) -> Objection:
    can_object(actor, thing, now=now).require()
    objection.case, objection.category = thing.case, thing.category
    objection.statement = require_text(
        statement, "statement", _("Write in a few words why you do not want this.")
    )
    try:
        with transaction.atomic():
            add_row(actor, objection, now, for_party=Party.CLIENT)
    except IntegrityError as error:
        raise Refused(_("You have said this already. Your team sees it.")) from error
    notify_team_of_change(
        actor=actor, case=thing.case, kind=NewsKind.OBJECTED, subject_id=objection.pk, now=now
    )
    return objection


def _settled() -> str:
    return str(_("Somebody has settled this already. Read what was agreed."))
