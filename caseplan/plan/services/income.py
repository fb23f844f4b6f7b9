"""Writing down what Kela has confirmed of a step's meaning for the client's income."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from caseplan.plan.access import can_confirm_for_kela
from caseplan.plan.models import KelaConfirmation
from cases.models import Case, NewsKind
from cases.services import notify_of_change
from common.actor import Actor
from common.clock import day_of
from common.decision import Refused
from consent.models import Category
from records.services import add_row, lock_row, recordable, require_text, save_row
from statutes.steps import StepKind


@transaction.atomic
def confirm_for_kela(
    *,
    actor: Actor,
    case: Case,
    step: StepKind,
    begins_on: date,
    statement: str,
    said_by: str,
    said_on: date,
    now: datetime,
) -> KelaConfirmation:
    """Write down what Kela has confirmed; the client is told. ``said_on`` is not to come."""
    can_confirm_for_kela(actor, case, now=now).require()
    confirmation = KelaConfirmation(case=case, category=recordable(actor, Category.BENEFITS_DETAIL))
    _put(confirmation, step, begins_on, statement, said_by, said_on, now)
    add_row(actor, confirmation, now)
    _tell(actor, confirmation, now)
    return confirmation


@transaction.atomic
def correct_kela_confirmation(
    *,
    actor: Actor,
    confirmation_id: UUID,
    step: StepKind,
    begins_on: date,
    statement: str,
    said_by: str,
    said_on: date,
    revision: int,
    now: datetime,
) -> KelaConfirmation:
    """Correct what was written down; the client is told anew. Raises :class:`Stale`."""
    confirmation = lock_row(actor, KelaConfirmation, confirmation_id, now)
    can_confirm_for_kela(actor, confirmation.case, now=now).require()
    _put(confirmation, step, begins_on, statement, said_by, said_on, now)
    save_row(actor, confirmation, revision, now)
    _tell(actor, confirmation, now)
    return confirmation


def _put(
    confirmation: KelaConfirmation,
    step: StepKind,
    begins_on: date,
    statement: str,
    said_by: str,
    said_on: date,
    now: datetime,
) -> None:
    if said_on > day_of(now):
        raise Refused(_("Choose a day that is not to come."), field="said_on")
    confirmation.step, confirmation.begins_on, confirmation.said_on = step, begins_on, said_on
    confirmation.statement = require_text(
        statement, "statement", _("Write what Kela has confirmed.")
    )
    confirmation.said_by = require_text(said_by, "said_by", _("Write who at Kela said so."))


def _tell(actor: Actor, confirmation: KelaConfirmation, now: datetime) -> None:
    notify_of_change(
        actor=actor, case=confirmation.case, kind=NewsKind.KELA_CONFIRMED,
        subject_id=confirmation.pk, now=now,
    )  # fmt: skip
