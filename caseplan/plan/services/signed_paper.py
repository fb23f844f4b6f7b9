"""Keeping a signed paper that comes after the client's no until somebody else stands for it.

Parts of ``agreement``, whose services hold the case's row and bring a version into force.
"""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from audit.services import record_change
from caseplan.plan.access import get_paper
from caseplan.plan.models import PaperState, PlanVersion, SignedPaper
from cases.models import NewsKind
from cases.services import lock_case, notify_of_change
from common.actor import Actor
from common.clock import day_of
from common.decision import Refused
from consent.models import Category


def keep_paper(
    actor: Actor,
    version: PlanVersion,
    no: datetime,
    archive_number: str,
    archive_place: str,
    signed_on: date | None,
    now: datetime,
) -> SignedPaper:
    """Keep a paper that waits, and tell the client, whose no stands meanwhile."""
    if not archive_place.strip():
        raise Refused(_("Write where the signed paper is kept."), field="archive_place")
    if signed_on is None or signed_on > day_of(now):
        raise Refused(_("Write the day on which the client signed the paper."), field="signed_on")
    if signed_on < day_of(no):
        raise Refused(
            _("The client said no after that day, and their newest word counts. Ask them again."),
            field="signed_on",
        )
    if version.papers.filter(state=PaperState.WAITING).exists():
        raise Refused(_("A signed paper waits for a second person already."), field="paper")
    paper = SignedPaper.objects.create(
        version=version,
        archive_number=archive_number.strip(),
        archive_place=archive_place.strip(),
        signed_on=signed_on,
        written_by_id=actor.writer_id,
        written_for=actor.working_body,
        written_in_id=actor.working_office_id,
        written_at=now,
    )
    _record(actor, paper, "paper_written_down", now)
    notify_of_change(
        actor=actor, case=version.case, kind=NewsKind.PAPER_WAITS, subject_id=paper.pk, now=now,
        was=actor.name,
    )  # fmt: skip
    return paper


def lock_paper(actor: Actor, paper_id: UUID, now: datetime) -> SignedPaper:
    """A paper this actor sees and that still waits, once nobody else answers in its case."""
    paper = get_paper(actor, paper_id, now=now)
    lock_case(paper.version.case)
    paper.refresh_from_db(fields=["state"])
    paper.version.refresh_from_db(fields=["in_force_at", "set_aside_at"])
    if not paper.waits:
        raise Refused(_("This has been answered already."))
    return paper


def settle_paper(actor: Actor, paper: SignedPaper, state: PaperState, now: datetime) -> None:
    """Write down what became of a paper, by whom; the writer is told."""
    paper.state, paper.settled_at, paper.settled_by_id = state, now, actor.writer_id
    paper.save(update_fields=["state", "settled_at", "settled_by"])
    _record(actor, paper, f"paper_{state.value}", now)
    if state in (PaperState.NOT_SIGNED, PaperState.MISMATCH):
        notify_of_change(
            actor=actor, case=paper.version.case, kind=NewsKind.PAPER_DISPUTED,
            subject_id=paper.pk, now=now, workers=[paper.written_by_id],
        )  # fmt: skip


def overtake_papers(actor: Actor, version: PlanVersion, now: datetime) -> None:
    """The client has answered meanwhile: whatever the paper said, their newest word counts.

    A worker who writes that word down closes a colleague's paper with it, and their own too.
    """
    for paper in version.papers.filter(state=PaperState.WAITING):
        paper.state, paper.settled_at = PaperState.OVERTAKEN, now
        paper.settled_by_id = actor.writer_id
        paper.save(update_fields=["state", "settled_at", "settled_by"])
        _record(actor, paper, "paper_overtaken", now)


def _record(actor: Actor, paper: SignedPaper, action: str, now: datetime) -> None:
    record_change(
        actor=actor,
        action=action,
        subject_type="signed_paper",
        subject_id=paper.pk,
        case_id=paper.version.case_id,
        person_id=paper.version.case.person_id,
        categories=[Category.PLAN_FOLLOW_UP],
        now=now,
    )
