"""The client's no to a plan, and the signed papers that came after it."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db.models import F

from audit.models import Purpose
from audit.services import record_access
from audit.shown import ShownData
from caseplan.plan.access import get_paper, papers_waiting_for
from caseplan.plan.models import (
    Answer,
    Objection,
    PlanVersion,
    Reply,
    SignedPaper,
    VersionItem,
)
from common.actor import Actor
from common.bodies import Party
from consent.models import Category


def clients_no(version: PlanVersion) -> datetime | None:
    """When the client said the no that stands against a version; None where none does.

    Their last answer to any version of the plan, if it was a disagreement; else an objection, not
    taken back, to something that the version holds. Proposing the same again does not wear it out.
    """
    last = (
        Answer.objects.filter(case=version.case_id, party=Party.CLIENT)
        .order_by("-recorded_at", F("after_paper").desc(nulls_last=True), "-pk")
        .first()
    )
    if last is not None and last.reply == Reply.DISAGREES:
        return last.recorded_at
    held = VersionItem.objects.filter(version=version).values_list("source_id", flat=True)
    said = [
        objection.recorded_at
        for objection in Objection.objects.filter(case=version.case_id, withdrawn_at__isnull=True)
        if (objection.action_id or objection.planned_service_id) in set(held)
    ]
    return max(said, default=None)


def open_paper(actor: Actor, paper_id: UUID, *, now: datetime) -> SignedPaper:
    """A signed paper that came after the client's no; logged. Raises ``NotVisible``.

    Who leads the writer's office and is not in the case reads of the paper alone, and of no name.
    """
    paper = get_paper(actor, paper_id, now=now)
    shown = ShownData(
        paper.version.case.person_id,
        paper.version.case_id,
        frozenset({Category.PLAN_FOLLOW_UP.value}),
    )
    record_access(
        actor=actor, action="paper_opened", purpose=Purpose.MAKE_PLAN, shown=[shown], now=now
    )
    return paper


def list_papers_waiting(actor: Actor, *, now: datetime) -> list[SignedPaper]:
    """The papers this worker may be the second person for, the oldest first; they name nobody."""
    return list(papers_waiting_for(actor, now=now))
