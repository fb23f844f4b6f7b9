"""Who sees what a worker wrote down of a client's decisions, and who may confirm it.

The second person of a signed paper is never who wrote it down, nor its witness alone: somebody on
the team from another body, or who leads the writer's office. Where the writer leads that office,
nobody in it is; a leader does not vouch for a leader beside them.
"""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from cases.access import can_confirm_what_was_written, can_work_on, on_team_of, worked_on_by
from common.actor import Actor
from common.bodies import Body
from common.clock import day_of
from common.decision import Decision, NotVisible
from common.validity import valid_at
from consent.models import DISPUTED_STATES, Method, WrittenDown, WrittenState
from people.models import Position


def written_visible_to(actor: Actor, *, now: datetime) -> QuerySet[WrittenDown]:
    """What was written down and exists for this actor.

    A client: of their own cases. A worker on the team: what their body wrote, what they settled,
    and a paper that waits to be seen. Who leads the writer's office: such a paper, and what is
    disputed. The officer: what is disputed.
    """
    rows = WrittenDown.objects.all()
    if actor.is_client and actor.person_id:
        return rows.filter(consent__case__person=actor.person_id)
    if actor.is_officer:
        return rows.filter(state__in=DISPUTED_STATES)
    if not actor.is_worker:
        return rows.none()
    paper = Q(state=WrittenState.WAITING, consent__method=Method.PAPER)
    on_team = Q(consent__case__in=on_team_of(actor, now=now))
    own = Q(written_for=actor.working_body) | Q(settled_by=actor.writer_id)
    leads = Q(written_in__in=_led_by(actor.writer_id, now).values("office"))
    disputed = Q(state__in=DISPUTED_STATES)
    return rows.filter((on_team & (own | paper)) | (leads & (paper | disputed)))


def get_written(actor: Actor, consent_id: UUID, *, now: datetime) -> WrittenDown:
    """What was written down in one act. Raises :class:`NotVisible`."""
    row = (
        written_visible_to(actor, now=now)
        .filter(consent=consent_id)
        .select_related(
            "consent__case__person", "consent__case__network", "consent__office",
            "consent__party", "consent__recorded_by", "written_in", "settled_by",
        )
        .first()
    )  # fmt: skip
    if row is None:
        raise NotVisible
    return row


def papers_waiting_for(actor: Actor, *, now: datetime) -> list[WrittenDown]:
    """The signed papers that this worker may look at as the second person, the oldest first."""
    if not actor.is_worker:
        return []
    others = ~Q(written_for=actor.working_body) & Q(consent__case__in=worked_on_by(actor, now=now))
    leads = Q(written_in__in=_led_by(actor.writer_id, now).values("office"))
    writer_leads = Position.objects.filter(
        Q(until__isnull=True) | Q(until__gt=OuterRef("consent__given_at")),
        user=OuterRef("consent__recorded_by"),
        office=OuterRef("written_in"),
        leads=True,
    )
    papers = (
        WrittenDown.objects.filter(
            others | (leads & Q(written_for=actor.working_body) & ~Exists(writer_leads)),
            state=WrittenState.WAITING,
            lapses_on__gte=day_of(now),
            consent__method=Method.PAPER,
            consent__case__ended_at=None,
        )
        .exclude(consent__recorded_by=actor.writer_id)
        .select_related("consent__case__person", "consent__recorded_by", "written_in")
        .order_by("consent__given_at", "pk")
    )
    return [paper for paper in papers if not _is_named_in(actor.name, paper.consent.witness)]


def can_see_paper(actor: Actor, written: WrittenDown, *, now: datetime) -> Decision:
    """May this worker be the second person of a signed paper, and say whether it holds this?"""
    consent = written.consent
    if consent.method != Method.PAPER:
        return Decision.no(_("What was said aloud is confirmed by the client alone."))
    if not consent.case.is_open:
        return Decision.no(_("The case has ended. What was recorded can still be read."))
    if not actor.is_worker or actor.user_id == consent.recorded_by_id:
        return Decision.no(
            _("Somebody else looks at the paper: of another body, or who leads the office.")
        )
    if _is_named_in(actor.name, consent.witness):
        return Decision.no(_("You are named as the witness. Somebody else looks at the paper."))
    if actor.body != written.written_for:
        return can_work_on(actor, consent.case, now=now)
    if not _led_by(actor.writer_id, now).filter(office=written.written_in_id).exists():
        return Decision.no(
            _("Somebody of another body looks at the paper, or who leads the writer's office.")
        )
    writer_leads = Position.objects.filter(
        Q(until__isnull=True) | Q(until__gt=consent.given_at),
        user=consent.recorded_by_id,
        office=written.written_in_id,
        leads=True,
    )
    if writer_leads.exists():
        return Decision.no(
            _("Who wrote it down leads the office. Somebody of another body looks at the paper.")
        )
    return Decision.yes()


def can_confirm_written(actor: Actor, written: WrittenDown, *, now: datetime) -> Decision:
    """May this actor say that it is what the client said, so that it takes effect?

    The client, at any log-in; of a signed paper that is archived, a second person.
    """
    consent = written.consent
    if written.lapses_on is not None and written.lapses_on < day_of(now):
        return Decision.no(_("This was not confirmed in time. It opens nothing."))
    if actor.is_client and actor.person_id == consent.case.person_id:
        if not consent.case.is_open:
            return Decision.no(_("The case has ended. What was recorded can still be read."))
        return can_confirm_what_was_written(actor, consent.case, by=Body(written.written_for))
    can = can_see_paper(actor, written, now=now)
    if can and not written.is_archived:
        return Decision.no(_("The paper is not archived yet: its number and place are needed."))
    return can


def can_take_back_written(actor: Actor, written: WrittenDown, *, now: datetime) -> Decision:
    """May this worker take back what waits? Those on the team of the body that wrote it down."""
    if actor.body != written.written_for:
        return Decision.no(_("Only the body that wrote it down takes it back."))
    return can_work_on(actor, written.consent.case, now=now)


def can_archive_paper(actor: Actor, written: WrittenDown, *, now: datetime) -> Decision:
    """May this worker write where the signed paper is archived? The same, and once."""
    if written.consent.method != Method.PAPER:
        return Decision.no(_("There is no paper of what was said aloud."))
    if written.is_archived:
        return Decision.no(_("The paper is archived already."))
    if actor.body != written.written_for:
        return Decision.no(_("Only the body that wrote it down archives the paper."))
    return can_work_on(actor, written.consent.case, now=now)


def _led_by(user_id: UUID, moment: datetime) -> QuerySet[Position]:
    """The positions in which a user leads an office at a moment."""
    return Position.objects.filter(valid_at(moment), user=user_id, leads=True)


def _is_named_in(name: str, text: str) -> bool:
    words = set(name.casefold().replace(",", " ").split())
    return bool(words) and words <= set(text.casefold().replace(",", " ").split())
