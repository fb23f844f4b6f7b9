"""At the end of a case: a named person is asked to go on with the client, and answers."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from caseplan.plan.access import can_answer_to_go_on, can_ask_to_go_on, can_take_back_to_go_on
from caseplan.plan.models import Accompanied, AccompaniedHandover, AccompaniedHandoverState
from cases.models import Case, NewsKind
from cases.selectors import team_of
from cases.services import lock_case, notify_of_change
from common.actor import Actor
from common.clock import day_of
from common.decision import Refused
from consent.models import Category
from records.services import add_row, lock_row, log_row, require_text

ANSWER_DAYS = 7
"""In how many days whoever is asked to go on answers; our own choice."""


@transaction.atomic
def ask_to_go_on(
    *,
    actor: Actor,
    case: Case,
    to_user_id: UUID | None,
    how: Accompanied,
    text: str,
    now: datetime,
) -> AccompaniedHandover:
    """Ask somebody on the team to go on with the client; they are told, and answer in a week.

    ``text``: what goes on, for the client. Whoever is not on the team is added to it first: nobody
    reads of a client by being asked.
    """
    lock_case(case)
    can_ask_to_go_on(actor, case, now=now).require()
    text = require_text(text, "text", _("Write what goes on. The client reads this."))
    member = next((m for m in team_of(case, now=now) if m.user_id == to_user_id), None)
    if to_user_id is None or member is None or to_user_id == actor.user_id:
        raise Refused(_("Choose somebody else on the team."), field="to_user_id")
    try:
        with transaction.atomic():
            asked = add_row(
                actor,
                AccompaniedHandover(
                    case=case,
                    category=Category.PLAN_FOLLOW_UP,
                    to_user_id=to_user_id,
                    to_body=member.body,
                    how=how,
                    text=text,
                    answer_by=day_of(now) + timedelta(days=ANSWER_DAYS),
                ),
                now,
            )
    except IntegrityError as error:
        raise Refused(_("They have been asked already."), field="to_user_id") from error
    _tell(actor, asked, NewsKind.CONTINUES_ASKED, asked.to_user_id, now)
    return asked


@transaction.atomic
def agree_to_go_on(
    *, actor: Actor, asked_id: UUID, reached_at: str, now: datetime
) -> AccompaniedHandover:
    """Go on with the client. ``reached_at``: how the client reaches them; the client is told."""
    asked = _locked(actor, asked_id, now)
    can_answer_to_go_on(actor, asked, now=now).require()
    asked.reached_at = require_text(
        reached_at, "reached_at", _("Write how the client reaches you.")
    )
    _answer(actor, asked, AccompaniedHandoverState.ACCEPTED, now)
    _tell(actor, asked, NewsKind.CONTINUES_ANSWERED, asked.recorded_by_id, now, client=False)
    _tell(actor, asked, NewsKind.CONTINUES, None, now, client=True)
    return asked


@transaction.atomic
def decline_to_go_on(
    *, actor: Actor, asked_id: UUID, answer: str, now: datetime
) -> AccompaniedHandover:
    """Say why one does not go on. Whoever asked is told, and asks somebody else."""
    asked = _locked(actor, asked_id, now)
    can_answer_to_go_on(actor, asked, now=now).require()
    asked.answer = require_text(answer, "answer", _("Write why. The client and the team read it."))
    _answer(actor, asked, AccompaniedHandoverState.DECLINED, now)
    _tell(actor, asked, NewsKind.CONTINUES_ANSWERED, asked.recorded_by_id, now)
    return asked


@transaction.atomic
def take_back_to_go_on(*, actor: Actor, asked_id: UUID, now: datetime) -> AccompaniedHandover:
    """Take back what nobody has answered yet; whoever was asked is told."""
    asked = _locked(actor, asked_id, now)
    can_take_back_to_go_on(actor, asked, now=now).require()
    return _take_back(actor, asked, now)


def withdraw_all_asked(actor: Actor, case: Case, now: datetime) -> None:
    """The case goes on after all: nobody is asked any more to go on after its end."""
    waiting = AccompaniedHandover.objects.select_for_update().filter(
        case=case, state=AccompaniedHandoverState.OPEN
    )
    for asked in waiting.order_by("pk"):
        asked.case = case
        _take_back(actor, asked, now)


def withdraw_asked_of(actor: Actor, case: Case, user_id: UUID, now: datetime) -> None:
    """Who leaves the case is asked no more to go on; whoever asked them is told, and asks anew."""
    waiting = AccompaniedHandover.objects.select_for_update(of=("self",)).filter(
        case=case, to_user_id=user_id, state=AccompaniedHandoverState.OPEN
    )
    for asked in waiting.order_by("pk"):
        asked.case = case
        _take_back(actor, asked, now)
        _tell(actor, asked, NewsKind.CONTINUES_WITHDRAWN, asked.recorded_by_id, now)


def _take_back(actor: Actor, asked: AccompaniedHandover, now: datetime) -> AccompaniedHandover:
    _answer(actor, asked, AccompaniedHandoverState.WITHDRAWN, now)
    _tell(actor, asked, NewsKind.CONTINUES_WITHDRAWN, asked.to_user_id, now)
    return asked


def _answer(
    actor: Actor, asked: AccompaniedHandover, state: AccompaniedHandoverState, now: datetime
) -> None:
    asked.state, asked.answered_at = state, now
    asked.save()
    log_row(actor, asked, state.value, now)


def _locked(actor: Actor, asked_id: UUID, now: datetime) -> AccompaniedHandover:
    return lock_row(actor, AccompaniedHandover, asked_id, now)


def _tell(
    actor: Actor,
    asked: AccompaniedHandover,
    kind: NewsKind,
    worker: UUID | None,
    now: datetime,
    *,
    client: bool = False,
) -> None:
    notify_of_change(
        actor=actor,
        case=asked.case,
        kind=kind,
        subject_id=asked.pk,
        now=now,
        workers=[worker] if worker else [],
        client=client,
    )
