"""Somebody asks for joint service themselves, and one named person of one body answers."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext_lazy as _

from audit.services import record_change
from caseplan.intake.access import (
    can_answer_request,
    can_name_handler,
    get_own_request,
    get_request,
    offices_to_ask,
)
from caseplan.intake.models import (
    AskedHelp,
    HelpInstead,
    OwnRequest,
    OwnRequestState,
    RequestWay,
    WhyNot,
)
from caseplan.intake.services.beginning import LookedUp
from caseplan.intake.services.letting_go import KEPT_DAYS, forget_unneeded
from caseplan.intake.signals import answered
from caseplan.meetings.selectors import way_on
from caseplan.plan.services import open_case_on_need
from cases.models import Case
from common.actor import Actor
from common.clock import day_of
from common.decision import NotAllowed, NotVisible, Refused
from common.validity import valid_at
from people.models import Person, Position, Role
from people.selectors import open_offices
from people.services import forget_answers_naming, forget_drafts_of_rows, person_of_code


@transaction.atomic
def ask_for_joint_service(
    *,
    actor: Actor,
    office_id: UUID | None,
    helps: Iterable[AskedHelp],
    request_text: str,
    now: datetime,
) -> OwnRequest:
    """The person asks, in the service. They get somebody who answers and a day.

    Raises :class:`Refused` where they have asked already, or have joint service there.
    """
    if not actor.is_client or actor.person_id is None:
        raise NotVisible
    person = Person.objects.filter(pk=actor.person_id, user=actor.user_id).first()
    if person is None:
        raise NotVisible
    office = offices_to_ask(person, now=now).filter(pk=office_id).first() if office_id else None
    if office is None:
        raise Refused(_("Choose where you ask."), field="office_id")
    if OwnRequest.objects.filter(person=person, state=OwnRequestState.OPEN).exists():
        raise Refused(_("You have asked already. The answer comes to this service."))
    if Case.objects.filter(person=person, network=office.network_id, ended_at=None).exists():
        raise Refused(_("You have joint service already. Write to your team there."))
    return _ask(
        actor,
        OwnRequest(
            person=person, office=office, helps=list(helps), request_text=request_text.strip(),
            way=RequestWay.PORTAL,
        ),
        now,
    )  # fmt: skip


@transaction.atomic
def write_down_request(
    *,
    actor: Actor,
    found: LookedUp,
    office_id: UUID | None,
    helps: Iterable[AskedHelp],
    request_text: str,
    paper_place: str,
    now: datetime,
) -> OwnRequest:
    """A worker writes down what somebody asked on paper, for an office of the network.

    ``found``: the code was searched for (``look_up``), logged, and is one of so many a day.
    Somebody the registers know stays as they are known; somebody else is added by what the paper
    says. The answer is the same: nobody learns here whom the registers know or who has a case.
    Asked a second time, the first request stands.
    """
    if not actor.is_worker:
        raise NotAllowed(_("Only a worker of the three bodies can do this."))
    offices = open_offices().filter(network=actor.working_network_id)
    office = offices.filter(pk=office_id).first() if office_id else None
    if office is None:
        raise Refused(_("Choose to whom the paper is addressed."), field="office_id")
    if not paper_place.strip():
        raise Refused(_("Write where the paper is kept."), field="paper_place")
    person = person_of_code(
        actor=actor, identity_code=found.identity_code, last_name=found.last_name,
        first_names=found.first_names, municipality_code=found.municipality_code,
        language=found.language, now=now,
    )  # fmt: skip
    if person.user_id is not None and person.user_id == actor.user_id:
        raise Refused(_("Ask for yourself in the service, with your own log-in."))
    request = OwnRequest(
        person=person, office=office, helps=list(helps), request_text=request_text.strip(),
        way=RequestWay.PAPER, recorded_by_id=actor.writer_id, paper_place=paper_place.strip(),
    )  # fmt: skip
    standing = OwnRequest.objects.filter(person=person, office=office, state=OwnRequestState.OPEN)
    if standing.exists():
        # Not told: what was asked before is not this worker's to learn.
        _complete(request, now)
        return request
    return _ask(actor, request, now)


@transaction.atomic
def name_handler(
    *, actor: Actor, request_id: UUID, user_id: UUID | None, now: datetime
) -> OwnRequest:
    """Whoever leads the office says who answers: somebody of the office, or they themselves."""
    request = get_request(actor, request_id, now=now, lock=True)
    can_name_handler(actor, request, now=now).require()
    if user_id not in set(_works_in(request.office_id, now).values_list("user", flat=True)):
        raise Refused(_("Choose somebody who works in the office."), field="user_id")
    if user_id == request.person.user_id:
        raise Refused(_("Nobody answers their own request."), field="user_id")
    request.handler_id, request.named_at = user_id, now
    request.save(update_fields=["handler", "named_at"])
    _log(actor, "handler_named", request, now)
    return request


@transaction.atomic
def refuse_request(
    *,
    actor: Actor,
    request_id: UUID,
    why_not: WhyNot,
    why: str,
    instead: Iterable[HelpInstead],
    now: datetime,
) -> OwnRequest:
    """Say why joint service is not begun, in words the person reads, and what else helps."""
    request = get_request(actor, request_id, now=now, lock=True)
    can_answer_request(actor, request, now=now).require()
    if request.recorded_by_id == actor.user_id:
        raise Refused(_("You wrote the paper down. Somebody else answers no to it."))
    why, other = why.strip(), list(dict.fromkeys(instead))
    if not why:
        raise Refused(_("Write why, in words the person understands."), field="why")
    if not other:
        raise Refused(_("Choose at least one that can help instead."), field="instead")
    request.why_not, request.why, request.instead = why_not, why, [one.value for one in other]
    return _close(actor, request, OwnRequestState.REFUSED, now)


@transaction.atomic
def begin_from_request(*, actor: Actor, request_id: UUID, now: datetime, **need: Any) -> Case:
    """Begin the joint assessment of whoever asked. They are told; so is it answered elsewhere.

    ``need``: what ``open_case_on_need`` takes beside. That the case begins answers the request,
    and what the person asked of other offices of the network (:func:`answer_by_beginning`).
    """
    request = get_request(actor, request_id, now=now, lock=True)
    can_answer_request(actor, request, now=now).require()
    return open_case_on_need(actor=actor, person_id=request.person_id, now=now, **need)


def answer_by_beginning(*, actor: Actor, case: Case, now: datetime) -> None:
    """A case has begun, in whatever way: what the person asked in its network is answered by it."""
    waiting = OwnRequest.objects.select_for_update(of=("self",)).filter(
        person=case.person_id, office__network=case.network_id, state=OwnRequestState.OPEN
    )
    for one in waiting.order_by("pk"):
        one.case = case
        _close(actor, one, OwnRequestState.BEGUN, now)


@transaction.atomic
def close_for_death(*, actor: Actor, request_id: UUID, now: datetime) -> OwnRequest:
    """Somebody who had died before their paper was written down: no answer and no letter."""
    request = get_request(actor, request_id, now=now, lock=True)
    can_answer_request(actor, request, now=now).require()
    if request.person.died_on is None:
        raise Refused(_("Nobody has written down a death."))
    request.read_at = now
    return _close(actor, request, OwnRequestState.CLOSED, now)


@transaction.atomic
def withdraw_request(*, actor: Actor, request_id: UUID, now: datetime) -> OwnRequest:
    """The person takes their request back."""
    request = get_own_request(actor, request_id, lock=True)
    if not request.is_open:
        raise NotAllowed(_("This has been answered already."))
    return _close(actor, request, OwnRequestState.WITHDRAWN, now)


@transaction.atomic
def mark_answer_read(*, actor: Actor, request_id: UUID, now: datetime) -> None:
    """The person has read the answer: it leaves their first page."""
    request = get_own_request(actor, request_id, lock=True)
    if not request.is_open:
        OwnRequest.objects.filter(pk=request.pk, read_at=None).update(read_at=now)


def rehome_requests(*, now: datetime) -> int:
    """Requests whose handler no longer works in the office go to whoever leads it; how many.

    The night's work: a request always has somebody who answers. Where nobody leads the office, to
    whoever has worked there longest; where nobody works there, it stays and goes up.
    """
    works = Position.objects.filter(
        valid_at(now), user=OuterRef("handler"), office=OuterRef("office"), user__is_active=True
    )
    lost = OwnRequest.objects.filter(~Exists(works), state=OwnRequestState.OPEN)
    moved = 0
    for request in lost.select_related("person").order_by("pk"):
        handler = _first_handler(request.office_id, request.person, now)
        if handler is not None:
            OwnRequest.objects.filter(pk=request.pk).update(handler=handler, named_at=None)
            moved += 1
    return moved


def erase_own_requests(*, on: date) -> set[UUID]:
    """Erase what was answered and is over on a day, and whoever was known by a paper alone.

    Returns the keys of the requests, for whoever has written them elsewhere. Repeating it changes
    nothing.
    """
    over = OwnRequest.objects.filter(gone_on__lte=on)
    people = set(over.values_list("person", flat=True))
    gone = set(over.values_list("pk", flat=True))
    over.delete()
    forget_drafts_of_rows(gone)
    forget_answers_naming(gone)
    forget_unneeded(people)
    return gone


def gone_on(now: datetime) -> date:
    """The first day on which what is answered now is no longer there."""
    return day_of(now) + timedelta(days=KEPT_DAYS)


def _ask(actor: Actor, request: OwnRequest, now: datetime) -> OwnRequest:
    # Held: a death that is being written down at this moment comes before or after, not between.
    person = Person.objects.select_for_update(of=("self",)).get(pk=request.person_id)
    if person.died_on is not None and request.way == RequestWay.PORTAL:
        raise Refused(_("This person has died."))
    _complete(request, now)
    try:
        with transaction.atomic():
            request.save(force_insert=True)
    except IntegrityError as error:
        raise Refused(_("You have asked already. The answer comes to this service.")) from error
    _log(actor, "asked", request, now)
    return request


def _complete(request: OwnRequest, now: datetime) -> None:
    """By when and by whom it is answered."""
    if not request.helps:
        raise Refused(_("Choose at least one thing you need help with."), field="helps")
    today, office = day_of(now), request.office
    handler = _first_handler(office.pk, request.person, now)
    if handler is None:
        raise Refused(_("Nobody works in this office now. Choose another."), field="office_id")
    request.asked_at, request.handler_id = now, handler
    request.answer_by = today + timedelta(days=way_on(office.network_id, today).own_request_days)


def _first_handler(office_id: UUID, person: Person, now: datetime) -> UUID | None:
    """Who answers until somebody is named: whoever leads the office, or has been there longest."""
    works = _works_in(office_id, now)
    if person.user_id is not None:
        works = works.exclude(user=person.user_id)
    return works.order_by("-leads", "since", "pk").values_list("user", flat=True).first()


def _works_in(office_id: UUID, now: datetime) -> QuerySet[Position]:
    return Position.objects.filter(
        valid_at(now), office=office_id, role=Role.CASEWORKER, user__is_active=True
    )


def _close(actor: Actor, request: OwnRequest, state: OwnRequestState, now: datetime) -> OwnRequest:
    request.state, request.answered_at = state, now
    request.answered_by_id = actor.user_id
    request.gone_on = gone_on(now)
    request.save()
    _log(actor, state.value, request, now)
    answered.send(OwnRequest, subject_id=request.pk, now=now)
    return request


def _log(actor: Actor, verb: str, request: OwnRequest, now: datetime) -> None:
    record_change(
        actor=actor,
        action=f"own_request_{verb}",
        subject_type="ownrequest",
        subject_id=request.pk,
        case_id=request.case_id,
        person_id=request.person_id,
        now=now,
    )
