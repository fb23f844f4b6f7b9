"""Who sees what somebody has asked for themselves, and who answers."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from caseplan.intake.models import OwnRequest
from cases.access import does_work_of, stood_in_for
from common.actor import Actor
from common.clock import day_of
from common.decision import Decision, NotVisible
from common.validity import valid_at
from people.models import Office, Person, Position
from people.selectors import open_offices, towns_on


def offices_to_ask(person: Person, *, now: datetime) -> QuerySet[Office]:
    """Where somebody may ask: the offices of the network their municipality is of today.

    Where it belongs to none of this installation, any office: they are told where they belong.
    """
    network = towns_on(day_of(now)).network_of.get(person.municipality_code)
    offices = open_offices().order_by("body", "name", "pk")
    return offices.filter(network=network) if network else offices


def requests_of_person(actor: Actor) -> QuerySet[OwnRequest]:
    """A person's own requests; nobody else's."""
    if not actor.is_client or actor.person_id is None:
        return OwnRequest.objects.none()
    return OwnRequest.objects.filter(person=actor.person_id)


def get_own_request(actor: Actor, request_id: UUID, *, lock: bool = False) -> OwnRequest:
    """One of the person's own. Raises :class:`NotVisible`."""
    return _one(requests_of_person(actor), request_id, lock)


def requests_visible_to(actor: Actor, *, now: datetime) -> QuerySet[OwnRequest]:
    """The requests a worker answers, and those of the office they lead; of one body alone.

    And those that one whom they stand in for answers: a cover is of the same body.

    Whoever only works in the same office, and whoever wrote the paper down, sees none; nobody sees
    their own here.
    """
    if not actor.is_worker:
        return OwnRequest.objects.none()
    led = Position.objects.filter(valid_at(now), user_id=actor.writer_id, leads=True)
    mine = Q(handler=actor.writer_id, office=actor.working_office_id)
    covered = stood_in_for(actor, now=now)
    if covered:
        mine |= Q(
            handler__in=covered,
            office__body=actor.working_body,
            office__network=actor.working_network_id,
        )
    own = Q(person__user=actor.writer_id)
    if actor.own_person_id is not None:
        own |= Q(person=actor.own_person_id)
    return OwnRequest.objects.filter(mine | Q(office__in=led.values("office"))).exclude(own)


def get_request(actor: Actor, request_id: UUID, *, now: datetime, lock: bool = False) -> OwnRequest:
    """One of those with its person and office. Raises :class:`NotVisible`."""
    return _one(requests_visible_to(actor, now=now), request_id, lock)


def can_answer_request(actor: Actor, request: OwnRequest, *, now: datetime) -> Decision:
    """May this worker, who sees the request, answer it? Whoever was named, while it waits.

    And who stands in for them.
    """
    if not request.is_open:
        return Decision.no(_("This has been answered already."))
    if not does_work_of(actor, request.handler_id, now=now):
        return Decision.no(_("Whoever was named answers. Whoever leads the office names another."))
    return Decision.yes()


def can_name_handler(actor: Actor, request: OwnRequest, *, now: datetime) -> Decision:
    """May this worker, who sees the request, say who answers? Whoever leads the office."""
    if not request.is_open:
        return Decision.no(_("This has been answered already."))
    led = Position.objects.filter(
        valid_at(now), user_id=actor.writer_id, office=request.office_id, leads=True
    )
    if not led.exists():
        return Decision.no(_("Whoever leads the office names who answers."))
    return Decision.yes()


def _one(rows: QuerySet[OwnRequest], request_id: UUID, lock: bool) -> OwnRequest:
    rows = rows.select_related("person", "office", "handler")
    found = (rows.select_for_update(of=("self",)) if lock else rows).filter(pk=request_id).first()
    if found is None:
        raise NotVisible
    return found
