"""Writes of grounds and grants."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from audit.services import record_change
from cases.models import Case
from common.actor import Actor
from common.bodies import Body
from common.clock import day_of
from common.decision import NotAllowed, Refused
from common.history import save_as
from consent.models import Basis, Category, Grant, Ground
from consent.selectors import grounds_of


@transaction.atomic
def sign_ground(
    *,
    actor: Actor,
    category: str,
    receiving_body: Body,
    basis: Basis,
    section: str,
    valid_from: date,
    valid_to: date | None,
    signed_by: str,
    now: datetime,
    network_id: UUID | None = None,
    note: str = "",
) -> Ground:
    """Add a row to the ground table, signed by the data-protection officer named.

    Days are inclusive. Raises :class:`Refused` when a row for the same category, body and
    network already covers one of the days.
    """
    ground = Ground(
        network_id=network_id,
        category=category,
        receiving_body=receiving_body,
        basis=basis,
        section=section,
        note=note,
        valid_from=valid_from,
        valid_to=valid_to,
        signed_at=now,
        signed_by=signed_by,
    )
    try:
        with transaction.atomic():
            save_as(actor, ground)
    except IntegrityError as error:
        raise Refused(
            _("Another ground already covers some of these days. End that one first."),
            field="valid_from",
        ) from error
    record_change(
        actor=actor,
        action="ground_signed",
        subject_type="ground",
        subject_id=ground.pk,
        categories=[category],
        now=now,
    )
    return ground


@transaction.atomic
def end_ground(*, actor: Actor, ground: Ground, last_day: date, now: datetime) -> Ground:
    """End a ground: ``last_day`` is the last day it is in force (inclusive)."""
    ground.valid_to = last_day
    save_as(actor, ground)
    record_change(
        actor=actor,
        action="ground_ended",
        subject_type="ground",
        subject_id=ground.pk,
        categories=[ground.category],
        now=now,
    )
    return ground


@transaction.atomic
def grant(
    *, actor: Actor, case: Case, category: Category, receiving_body: Body, now: datetime
) -> Grant:
    """The client lets a body see a category. Granting what is granted changes nothing.

    Raises :class:`NotAllowed` for anybody but the client, :class:`Refused` where the table
    does not leave the choice to the client.
    """
    _require_client(actor, case)
    table = grounds_of(body=receiving_body, network_id=case.network_id, on=day_of(now))
    ground = table.for_category(category.value)
    if ground is None or ground.basis != Basis.CONSENT:
        raise Refused(_("This is not a choice of yours: the law decides it."), field="category")
    # Two taps at once: the second waits for the first on the case's row.
    Case.objects.select_for_update(of=("self",)).get(pk=case.pk)
    standing = Grant.objects.filter(
        case=case, category=category, receiving_body=receiving_body, revoked_at__isnull=True
    ).first()
    if standing:
        return standing
    given = save_as(
        actor,
        Grant(
            case=case,
            category=category,
            receiving_body=receiving_body,
            granted_at=now,
            granted_by_id=actor.writer_id,
        ),
    )
    _record(actor, "grant_given", given, now)
    return given


@transaction.atomic
def revoke(
    *, actor: Actor, case: Case, category: Category, receiving_body: Body, now: datetime
) -> None:
    """The client takes a grant back: from the next request the body sees nothing on it."""
    _require_client(actor, case)
    standing = (
        Grant.objects.select_for_update()
        .filter(
            case=case, category=category, receiving_body=receiving_body, revoked_at__isnull=True
        )
        .first()
    )
    if standing is None:
        return
    standing.revoked_at, standing.revoked_by_id = now, actor.user_id
    save_as(actor, standing)
    _record(actor, "grant_revoked", standing, now)


def _require_client(actor: Actor, case: Case) -> None:
    if not actor.is_client or actor.person_id != case.person_id:
        raise NotAllowed(_("Only the client decides this."))


def _record(actor: Actor, action: str, row: Grant, now: datetime) -> None:
    record_change(
        actor=actor,
        action=action,
        subject_type="grant",
        subject_id=row.pk,
        case_id=row.case_id,
        person_id=row.case.person_id,
        categories=[row.category],
        now=now,
    )
