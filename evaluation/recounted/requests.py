"""Requests between bodies, counted one by one."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from caseplan.plan.models import BodyRequest, BodyRequestState
from common.clock import day_of
from evaluation.periods import Period
from evaluation.recounted.rows import RecountedRow, cases_then


def requests_in_time(network_id: UUID, period: Period) -> Iterable[RecountedRow]:
    cases = {then.case.pk: then for then in cases_then(network_id, period)}
    for request in BodyRequest.objects.all():
        then = cases.get(request.case_id)
        if then is None or request.state == BodyRequestState.WITHDRAWN:
            continue
        if not period.since <= request.answer_by <= period.until:
            continue
        answered = day_of(request.answered_at) if request.answered_at else None
        yield RecountedRow(
            then.municipality, request.to_body, None,
            item=f"{request.recorded_for}-{request.to_body}",
            hit=answered is not None and answered <= request.answer_by,
            value=(answered - day_of(request.recorded_at)).days if answered else None,
        )  # fmt: skip
