"""One office asks another about nobody, which answers; both are gone thirty days later."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from audit.services import record_change
from caseplan.intake.access import can_answer_consultation, can_read_answer, get_consultation
from caseplan.intake.models import (
    AgeBand,
    Consultation,
    ConsultationAnswer,
    ConsultationTopic,
    InTheWay,
    UnemployedBand,
)
from caseplan.intake.signals import answered
from caseplan.meetings.selectors import way_on
from caseplan.plan.catalogue import ServiceType
from common.actor import Actor
from common.clock import day_of
from common.decision import NotAllowed, Refused
from common.no_person import require_nobody
from people.selectors import open_offices

KEPT_DAYS = 30
"""So many days after the answer a consultation is gone; our own choice."""


@transaction.atomic
def ask_consultation(
    *,
    actor: Actor,
    to_office_id: UUID | None,
    topic: ConsultationTopic,
    services: Iterable[ServiceType] = (),
    in_the_way: Iterable[InTheWay] = (),
    age: AgeBand | str = "",
    unemployed: UnemployedBand | str = "",
    note: str = "",
    now: datetime,
) -> Consultation:
    """Ask an office of another body. Nothing in it is about anybody in particular.

    Raises :class:`Refused` for one's own body, an office outside the network, and a note that
    could say who somebody is.
    """
    if not actor.is_worker:
        raise NotAllowed(_("Only a worker of the three bodies can do this."))
    offices = open_offices().filter(network=actor.working_network_id)
    office = offices.filter(pk=to_office_id).first() if to_office_id else None
    if office is None or office.body == actor.body:
        raise Refused(_("Choose an office of another organisation."), field="to_office_id")
    today = day_of(now)
    consultation = Consultation.objects.create(
        from_office_id=actor.working_office_id,
        to_office=office,
        asked_by_id=actor.writer_id,
        asked_at=now,
        topic=topic,
        services=list(dict.fromkeys(services)),
        in_the_way=list(dict.fromkeys(in_the_way)),
        age=age,
        unemployed=unemployed,
        note=require_nobody(note, "note"),
        answer_by=today + timedelta(days=way_on(actor.working_network_id, today).consultation_days),
    )
    _log(actor, "consultation_asked", consultation.pk, now)
    return consultation


@transaction.atomic
def answer_consultation(
    *,
    actor: Actor,
    consultation_id: UUID,
    answer: ConsultationAnswer,
    services: Iterable[ServiceType] = (),
    note: str = "",
    now: datetime,
) -> Consultation:
    """Answer for the office that was asked; whoever asked is told."""
    consultation = get_consultation(actor, consultation_id, now=now, lock=True)
    can_answer_consultation(actor, consultation).require()
    consultation.answer = answer
    consultation.answer_services = list(dict.fromkeys(services))
    consultation.answer_note = require_nobody(note, "note")
    consultation.answered_at, consultation.answered_by_id = now, actor.writer_id
    consultation.gone_on = day_of(now) + timedelta(days=KEPT_DAYS)
    consultation.save()
    _log(actor, "consultation_answered", consultation.pk, now)
    answered.send(Consultation, subject_id=consultation.pk, now=now)
    return consultation


@transaction.atomic
def mark_consultation_seen(*, actor: Actor, consultation_id: UUID, now: datetime) -> None:
    """Whoever asked, or stands in for them, has read the answer: it leaves both first pages."""
    consultation = get_consultation(actor, consultation_id, now=now, lock=True)
    mine = can_read_answer(actor, consultation, now=now).allowed
    if mine and consultation.answered_at is not None:
        Consultation.objects.filter(pk=consultation.pk, seen_at=None).update(seen_at=now)


@transaction.atomic
def withdraw_consultation(*, actor: Actor, consultation_id: UUID, now: datetime) -> None:
    """Take back what nobody has answered: it is gone at once. Whoever asked may."""
    consultation = get_consultation(actor, consultation_id, now=now, lock=True)
    if not consultation.is_open:
        raise NotAllowed(_("This has been answered already."))
    if consultation.asked_by_id != actor.user_id:
        raise NotAllowed(_("Only whoever asked takes it back."))
    consultation.delete()
    _log(actor, "consultation_withdrawn", consultation_id, now)
    answered.send(Consultation, subject_id=consultation_id, now=now)


def erase_consultations(*, on: date) -> int:
    """Erase the consultations that are over on a day. Returns how many; repeating changes nothing.

    One that nobody has answered for three times its days is erased too: the office's leader and
    the director have been told, and nobody waits for it any more.
    """
    over = Consultation.objects.filter(gone_on__lte=on)
    never = Consultation.objects.filter(answer="", answer_by__lt=on - timedelta(days=KEPT_DAYS))
    return over.delete()[0] + never.delete()[0]


def _log(actor: Actor, action: str, key: UUID, now: datetime) -> None:
    record_change(actor=actor, action=action, subject_type="consultation", subject_id=key, now=now)
