"""Offices: made, renamed, closed from a day on, merged into another; kept by the keeper.

An office without staff opens nothing, and closing opens nothing, so one person does it. Whoever
works there and whoever answers for the network are told.
"""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from audit.services import record_change
from common.actor import Actor
from common.bodies import Body
from common.clock import day_of, start_of
from common.decision import NotVisible, Refused
from people.access import can_keep_organisation, is_led, positions_in
from people.models import FormerOfficeName, Network, Office, OrganisationKind, Position
from people.services.events import tell
from people.services.organisation import create_office


@transaction.atomic
def open_office(
    *, actor: Actor, network_id: UUID, body: Body, name: str, phone: str, now: datetime
) -> Office:
    """A new office of one body in a network; nobody works there yet."""
    can_keep_organisation(actor).require()
    network = Network.objects.filter(pk=network_id).first()
    if network is None:
        raise NotVisible
    if network.ends_on is not None and network.ends_on <= day_of(now):
        raise Refused(_("The network has ended by then."))
    _require_unnamed(network.pk, body, name.strip())
    office = create_office(
        actor=actor, network=network, body=body, name=name.strip(), phone=phone.strip(), now=now
    )
    tell(actor, OrganisationKind.OFFICE_MADE, network=network, office=office, now=now)
    return office


@transaction.atomic
def change_office(*, actor: Actor, office_id: UUID, name: str, phone: str, now: datetime) -> Office:
    """Another name or phone, from now on; what it was is kept."""
    office = _kept(actor, office_id)
    before, given = (office.name, office.phone), (name.strip(), phone.strip())
    if before == given:
        return office
    _require_unnamed(office.network_id, Body(office.body), given[0], besides=office.pk)
    FormerOfficeName.objects.create(
        office=office, name=office.name, phone=office.phone, changed_at=now,
        changed_by_id=actor.user_id,
    )  # fmt: skip
    office.name, office.phone = given
    office.save(update_fields=["name", "phone"])
    _record(actor, "office_changed", office, now)
    tell(actor, OrganisationKind.OFFICE_CHANGED, network=office.network, office=office,
         words=before[0], now=now)  # fmt: skip
    return office


@transaction.atomic
def close_office(*, actor: Actor, office_id: UUID, closes_on: date, now: datetime) -> Office:
    """Nobody works in an office from a day on. Only ``cases.services`` calls this.

    Raises :class:`Refused` with whoever works there still.
    """
    office = _kept(actor, office_id)
    _require_ahead(closes_on, now)
    staying = positions_in(office).exclude(until__lte=max(start_of(closes_on), now))
    names = sorted({position.user.full_name for position in staying})
    if names:
        raise Refused(
            _(
                "Work there still on that day: %(names)s. End their work first, or merge the "
                "office into another."
            )
            % {"names": ", ".join(names)},
            field="closes_on",
        )
    office.closes_on = closes_on
    _save_closed(office)
    _record(actor, "office_closed", office, now)
    tell(actor, OrganisationKind.OFFICE_CLOSED, network=office.network, office=office,
         on=closes_on, now=now)  # fmt: skip
    return office


@transaction.atomic
def merge_office(
    *, actor: Actor, office_id: UUID, into_id: UUID, on: date, now: datetime
) -> tuple[Office, Office, datetime]:
    """From a day on whoever works in an office works in another. Only ``cases.services`` calls.

    Their log-ins, teams and cases stay theirs. Who led goes on leading only where nobody leads the
    other. Returns both offices and the moment.
    """
    office = _kept(actor, office_id)
    into = Office.objects.select_for_update().filter(pk=into_id).first()
    if into is None or into.pk == office.pk:
        raise Refused(_("Choose the office into which it is merged."), field="into")
    if (into.network_id, into.body) != (office.network_id, office.body):
        raise Refused(_("Only an office of the same body and network."), field="into")
    _require_ahead(on, now)
    if into.closes_on is not None:
        raise Refused(_("That office closes itself."), field="into")
    at = max(start_of(on), now)
    led = is_led(into, now=at)
    for position in positions_in(office).exclude(until__lte=at).order_by("since"):
        _move(actor, position, into, at, leads=position.leads and not led)
    office.closes_on, office.merged_into = on, into
    _save_closed(office)
    _record(actor, "office_merged", office, now)
    tell(actor, OrganisationKind.OFFICES_MERGED, network=office.network, office=into,
         words=office.name, on=on, now=now)  # fmt: skip
    return office, into, at


def _move(actor: Actor, position: Position, into: Office, at: datetime, *, leads: bool) -> None:
    if position.since >= at:
        position.office, position.leads = into, leads
        position.save(update_fields=["office", "leads"])
        return
    until, position.until = position.until, at
    position.ended_by_id = actor.user_id
    position.save(update_fields=["until", "ended_by"])
    Position.objects.create(
        user=position.user, role=position.role, network=position.network, office=into,
        title=position.title, phone=position.phone, leads=leads, since=at, until=until,
        begun_by_id=actor.user_id,
    )  # fmt: skip


def _save_closed(office: Office) -> None:
    try:
        with transaction.atomic():
            office.save(update_fields=["closes_on", "merged_into"])
    except IntegrityError as error:
        raise Refused(_("Somebody has begun there meanwhile."), field="closes_on") from error


def _kept(actor: Actor, office_id: UUID) -> Office:
    can_keep_organisation(actor).require()
    found = Office.objects.select_for_update(of=("self",)).select_related("network")
    office = found.filter(pk=office_id).first()
    if office is None:
        raise NotVisible
    if office.closes_on is not None:
        raise Refused(_("The office closes, or is closed already."))
    return office


def _require_ahead(on: date, now: datetime) -> None:
    if on < day_of(now):
        raise Refused(_("From today on at the earliest."), field="closes_on")


def _require_unnamed(
    network_id: UUID, body: Body, name: str, *, besides: UUID | None = None
) -> None:
    if not name:
        raise Refused(_("Write a value here."), field="name")
    named = Office.objects.filter(network_id=network_id, body=body, name__iexact=name)
    if (named.exclude(pk=besides) if besides else named).exists():
        raise Refused(_("The body has an office of this name in the network."), field="name")


def _record(actor: Actor, action: str, office: Office, now: datetime) -> None:
    record_change(actor=actor, action=action, subject_type="office", subject_id=office.pk, now=now)
