"""A review of the plan that the client asks for, and what the team answers."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from caseplan.plan.access import (
    can_answer_review,
    can_ask_for_review,
)
from caseplan.plan.models import (
    ReviewRequest,
    ReviewState,
)
from cases.models import Case, NewsKind
from cases.services import lock_case, notify_of_change
from common.actor import Actor
from common.bodies import Party
from common.decision import Refused
from records.services import add_row, lock_row, log_row, require_text


@transaction.atomic
def ask_for_review(*, actor: Actor, case: Case, reason: str, now: datetime) -> ReviewRequest:
    """The client asks for the plan to be reviewed; once at a time (:class:`Refused`)."""
    lock_case(case)
    can_ask_for_review(actor, case).require()
    if ReviewRequest.objects.filter(case=case, state=ReviewState.OPEN).exists():
        raise Refused(_("You have asked already. Your team answers you here."))
    asked = ReviewRequest(case=case, reason=reason.strip())
    return add_row(actor, asked, now, for_party=Party.CLIENT)


@transaction.atomic
def answer_review_request(
    *, actor: Actor, request_id: UUID, state: ReviewState, answer: str, now: datetime
) -> ReviewRequest:
    """Begin the review, or refuse it with the reason why it is obviously unnecessary."""
    request = lock_row(actor, ReviewRequest, request_id, now)
    can_answer_review(actor, request, now=now).require()
    if state not in (ReviewState.AGREED, ReviewState.REFUSED):
        raise Refused(_("Say whether the plan is reviewed."), field="state")
    if state == ReviewState.REFUSED:
        require_text(
            answer, "answer", _("Write why a review is obviously unnecessary. The client reads it.")
        )
    request.state, request.answer = state, answer.strip()
    request.answered_at, request.answered_by_id = now, actor.writer_id
    request.save()
    log_row(actor, request, "answered", now)
    notify_of_change(
        actor=actor, case=request.case, kind=NewsKind.REVIEW_ANSWERED, subject_id=request.pk,
        now=now,
    )  # fmt: skip
    return request
