"""An extract is asked for, approved by a second person, made, taken out, and gone."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from audit.models import Purpose
from audit.services import record_access, record_change
from common.actor import Actor
from common.clock import day_of
from common.dates import add_months
from common.decision import Refused
from evaluation.extracts.access import (
    can_answer_extract,
    can_ask_for_extract,
    can_end_extract,
    can_take_out_extract,
    get_order,
)
from evaluation.extracts.making import file_of, write_file
from evaluation.extracts.models import ExtractOrder, ExtractState, ExtractUse
from evaluation.extracts.sealing import NoCertificate, certificate_in, new_secret, opened
from evaluation.signals import extract_approved
from statutes.reader import law_on


@transaction.atomic
def ask_for_extract(
    *,
    actor: Actor,
    use: ExtractUse,
    purpose: str,
    decision_number: str,
    decided_on: date,
    begun_from: date,
    begun_to: date,
    expires_on: date,
    environment: str = "",
    certificate: str = "",
    now: datetime,
) -> ExtractOrder:
    """Ask for an extract of the network's cases; nothing is made before a second person approves.

    Of research nothing leaves without a permit's number, the environment the permit names, and the
    certificate to which the file is encrypted (Act 552/2019, to be checked in the statute). Raises
    ``NotAllowed``, and :class:`Refused` for a day that cannot be.
    """
    can_ask_for_extract(actor).require()
    today = day_of(now)
    months = law_on(today).figure("extract_months").value
    if decided_on > today:
        raise Refused(_("The day has not come yet."), field="decided_on")
    if begun_to < begun_from:
        raise Refused(_("The last day is before the first."), field="begun_to")
    if not today <= expires_on <= add_months(today, months):
        raise Refused(
            _("From today on, and %(months)s months at most.") % {"months": months},
            field="expires_on",
        )
    if use == ExtractUse.RESEARCH:
        if not environment:
            raise Refused(_("Write which environment the permit names."), field="environment")
        _require_certificate(certificate, today)
    order = ExtractOrder.objects.create(
        network_id=actor.working_network_id,
        use=use,
        purpose=purpose,
        decision_number=decision_number,
        decided_on=decided_on,
        begun_from=begun_from,
        begun_to=begun_to,
        expires_on=expires_on,
        environment=environment if use == ExtractUse.RESEARCH else "",
        certificate=certificate.strip() if use == ExtractUse.RESEARCH else "",
        asked_by_id=actor.writer_id,
        asked_at=now,
    )
    _record(actor, "extract_asked", order, now)
    return order


def _require_certificate(certificate: str, today: date) -> None:
    try:
        found = certificate_in(certificate)
    except NoCertificate:
        raise Refused(
            _("Paste the environment's certificate (PEM) with an RSA key of 2048 bits or more."),
            field="certificate",
        ) from None
    if not day_of(found.not_valid_before_utc) <= today <= day_of(found.not_valid_after_utc):
        raise Refused(_("The certificate is not in force today."), field="certificate")


@transaction.atomic
def approve_extract(*, actor: Actor, order_id: UUID, now: datetime) -> None:
    """As the second person, have it made. Raises ``NotAllowed``; :class:`Refused` too late."""
    order = get_order(actor, order_id, lock=True)
    can_answer_extract(actor, order).require()
    if day_of(now) > order.expires_on:
        raise Refused(_("Its last day has passed. Ask for it anew."))
    order.state = ExtractState.APPROVED
    order.answered_by_id, order.answered_at = actor.writer_id, now
    order.key_encrypted = new_secret()
    order.save()
    _record(actor, "extract_approved", order, now)
    extract_approved.send(sender=None, order_id=order.pk)


@transaction.atomic
def turn_down_extract(*, actor: Actor, order_id: UUID, reason: str, now: datetime) -> None:
    """As the second person, say no and why; whoever asked reads it. Raises ``NotAllowed``."""
    order = get_order(actor, order_id, lock=True)
    can_answer_extract(actor, order).require()
    order.state, order.turned_down_because = ExtractState.TURNED_DOWN, reason
    order.answered_by_id, order.answered_at = actor.writer_id, now
    order.save()
    _record(actor, "extract_turned_down", order, now)


@transaction.atomic
def make_extract(*, actor: Actor, order_id: UUID, now: datetime) -> None:
    """Make what was approved, once; each client reads in their log that they are in it."""
    order = ExtractOrder.objects.select_for_update().get(pk=order_id)
    if order.state != ExtractState.APPROVED or day_of(now) > order.expires_on:
        return
    made = write_file(order, now=now)
    order.state, order.made_at = ExtractState.MADE, now
    order.digest, order.found = made.digest, made.found
    order.save()
    record_access(
        actor=actor, action="extract_made", purpose=Purpose.EVALUATE, shown=made.shown, now=now
    )
    _record(actor, "extract_made", order, now)


@transaction.atomic
def take_out_extract(*, actor: Actor, order_id: UUID, now: datetime) -> Iterator[bytes]:
    """The file, block by block, once it is logged that it leaves.

    Raises ``NotAllowed``, and :class:`Refused` where a restored machine has no such file.
    """
    order = get_order(actor, order_id)
    can_take_out_extract(actor, order, now=now).require()
    if not file_of(order).exists():
        raise Refused(_("The file is not there any more. Ask for it anew."))
    _record(actor, "extract_exported", order, now)
    return opened(file_of(order), order.key_encrypted or b"", order.digest)


@transaction.atomic
def end_extract(*, actor: Actor, order_id: UUID, now: datetime) -> None:
    """The file and its secret are gone from this moment. Raises ``NotAllowed``."""
    order = get_order(actor, order_id, lock=True)
    can_end_extract(actor, order).require()
    _end(actor, order, now)


@transaction.atomic
def end_expired_extracts(*, actor: Actor, on: date, now: datetime) -> int:
    """End what has passed its last day, and remove what a crash left of ended ones."""
    over = ExtractOrder.objects.select_for_update().filter(
        expires_on__lt=on,
        state__in=[ExtractState.ASKED, ExtractState.APPROVED, ExtractState.MADE],
    )
    orders = list(over.order_by("pk"))
    for order in orders:
        _end(actor, order, now)
    _remove_left_behind()
    return len(orders)


def make_waiting_extracts(*, actor: Actor, now: datetime) -> int:
    """Make what was approved and not made, as when nobody was there to make it."""
    waiting = ExtractOrder.objects.filter(
        state=ExtractState.APPROVED, expires_on__gte=day_of(now)
    ).order_by("answered_at", "pk")
    ids = list(waiting.values_list("pk", flat=True))
    for order_id in ids:
        make_extract(actor=actor, order_id=order_id, now=now)
    return len(ids)


def _end(actor: Actor, order: ExtractOrder, now: datetime) -> None:
    order.state, order.ended_at, order.key_encrypted = ExtractState.ENDED, now, None
    order.save()
    _record(actor, "extract_ended", order, now)
    path = file_of(order)
    transaction.on_commit(lambda: path.unlink(missing_ok=True), robust=True)


def _remove_left_behind() -> None:
    """Files of ended orders that a crash left: nobody can read them, but they are there."""
    for order in ExtractOrder.objects.filter(state=ExtractState.ENDED):
        file_of(order).unlink(missing_ok=True)


def _record(actor: Actor, action: str, order: ExtractOrder, now: datetime) -> None:
    record_change(
        actor=actor, action=action, subject_type="extract_order", subject_id=order.pk, now=now
    )
