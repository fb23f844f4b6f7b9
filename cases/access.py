"""Is this actor in this case? The one answer that lists and single pages share."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db.models import Q, QuerySet
from django.db.models.expressions import RawSQL
from django.utils.translation import gettext_lazy as _

from cases.lifecycle import CaseState
from cases.models import (
    AccessRequest,
    Case,
    Handover,
    HandoverState,
    RequestKind,
    RequestState,
)
from common.actor import Actor, ActorKind
from common.decision import Decision, NotVisible
from people.models import LifeEvent, LifeKind, LifeState, Municipality
from people.selectors import people_by_code
from people.services.life import can_still_be_undone


def visible_to(actor: Actor, *, now: datetime) -> QuerySet[Case]:
    """The cases that exist for this actor.

    A worker: where they, their office, or somebody they stand in for, stand on the team, in the
    network they work in, and for a time where they were let in. A client: their own. An outside
    party: what was shared with them. A director, an officer and everybody else: none (counts come
    from ``evaluation``).
    """
    if actor.is_client and actor.person_id:
        return Case.objects.filter(person_id=actor.person_id)
    if actor.kind is ActorKind.OUTSIDE:
        return Case.objects.filter(pk__in=_found(_FOR_A_TIME, actor, now))
    if not actor.is_worker:
        return Case.objects.none()
    return Case.objects.filter(
        pk__in=_found(f"{_ON_TEAM} UNION {_FOR_A_TIME}", actor, now),
        network_id=actor.working_network_id,
    )


# Every page asks these, most of them several times: built by the ORM they cost ten times what it
# takes to ask them. Each way to a case is a statement of its own that its index answers; with an
# OR between them the terms of everybody would be read.
_ON_TEAM = """
    SELECT own.case_id FROM cases_teamterm own
    WHERE own.user_id = reader.user_id
      AND own.since <= reader.now AND (own.until IS NULL OR own.until > reader.now)
    UNION
    SELECT covered.case_id FROM cases_cover cover
    JOIN cases_teamterm covered ON covered.user_id = cover.user_id
    WHERE cover.by_id = reader.user_id AND cover.network_id = reader.network_id
      AND cover.since <= reader.now AND cover.until > reader.now
      AND covered.since <= reader.now AND (covered.until IS NULL OR covered.until > reader.now)
    UNION
    SELECT theirs.case_id FROM cases_teamterm theirs
    WHERE theirs.office_id = reader.office_id
      AND theirs.since <= reader.now AND (theirs.until IS NULL OR theirs.until > reader.now)
"""
_AS_MANAGER = """
    SELECT own.case_id FROM cases_teamterm own
    WHERE own.user_id = reader.user_id AND own.role = 'case_manager'
      AND own.since <= reader.now AND (own.until IS NULL OR own.until > reader.now)
    UNION
    SELECT covered.case_id FROM cases_cover cover
    JOIN cases_teamterm covered ON covered.user_id = cover.user_id
    WHERE cover.by_id = reader.user_id AND cover.network_id = reader.network_id
      AND cover.since <= reader.now AND cover.until > reader.now
      AND covered.role = 'case_manager'
      AND covered.since <= reader.now AND (covered.until IS NULL OR covered.until > reader.now)
"""
_FOR_A_TIME = """
    SELECT given.content_object_id FROM cases_temporaryaccess given
    JOIN auth_permission ON auth_permission.id = given.permission_id
    WHERE given.user_id = reader.user_id AND auth_permission.codename = 'view_case'
      AND given.since <= reader.now AND given.until > reader.now
"""


def _found(ways: str, actor: Actor, now: datetime) -> RawSQL:
    """The keys of the cases that a user finds in any of these ways; none by an office of None."""
    return RawSQL(
        "SELECT found.case_id FROM (VALUES (%s::uuid, %s::uuid, %s::uuid, %s::timestamptz))"
        f" AS reader (user_id, office_id, network_id, now), LATERAL ({ways}) AS found (case_id)",
        [actor.user_id, actor.office_id, actor.network_id, now],
    )


def _is_on_team(actor: Actor, case: Case, now: datetime) -> bool:
    """Does this worker stand on the team of a case, or their office, or whom they stand in for?"""
    return Case.objects.filter(pk=case.pk, pk__in=_found(_ON_TEAM, actor, now)).exists()


def get_case(actor: Actor, case_id: UUID, *, now: datetime) -> Case:
    """One visible case with its person and network. Raises :class:`NotVisible` otherwise."""
    case = visible_to(actor, now=now).select_related("person", "network").filter(pk=case_id).first()
    if case is None:
        raise NotVisible
    return case


def can_work_on(actor: Actor, case: Case, *, now: datetime) -> Decision:
    """May this actor, who sees the case, write in it as a worker? Those on its team may."""
    if not actor.is_worker:
        return Decision.no(_("Only a worker of the three bodies can do this."))
    if not case.is_open:
        return Decision.no(_("The case has ended. What was recorded can still be read."))
    if not _is_on_team(actor, case, now):
        return Decision.no(_("You may read this case for a time. Only its team writes in it."))
    return Decision.yes()


def can_hold(actor: Actor, case: Case, *, now: datetime) -> Decision:
    """May this actor keep an ended case beyond its time, or let it go? Those on its team may."""
    if case.is_open:
        return Decision.no(_("An open case is not erased. There is nothing to hold."))
    if not actor.is_worker or not _is_on_team(actor, case, now):
        return Decision.no(_("Only a worker on the team of the case can do this."))
    return Decision.yes()


def can_hand_over(actor: Actor, case: Case, *, now: datetime) -> Decision:
    """May this actor hand the case to another manager? Its manager, or who stands in, may."""
    if not case.is_open:
        return Decision.no(_("The case has ended. What was recorded can still be read."))
    if not managed_by(actor, now=now).filter(pk=case.pk).exists():
        return Decision.no(_("Only the case manager hands the case over."))
    return Decision.yes()


def handovers_to(actor: Actor) -> QuerySet[Handover]:
    """The handovers that wait for this worker's answer."""
    if not actor.is_worker:
        return Handover.objects.none()
    return Handover.objects.filter(
        receiver_id=actor.writer_id,
        state=HandoverState.OPEN,
        case__network_id=actor.working_network_id,
        case__ended_at__isnull=True,
    )


def can_answer_handover(actor: Actor, handover: Handover) -> Decision:
    """May this actor take the case that is handed over, or say why not? Whoever was asked may."""
    if handover.receiver_id != actor.user_id:
        return Decision.no(_("Only the one who was asked answers."))
    return Decision.yes()


def get_handover(actor: Actor, handover_id: UUID, *, now: datetime) -> Handover:
    """A handover that this worker answers, or takes back. Raises :class:`NotVisible`."""
    row = (
        Handover.objects.filter(pk=handover_id, state=HandoverState.OPEN)
        .filter(Q(pk__in=handovers_to(actor)) | Q(case__in=managed_by(actor, now=now)))
        .select_related("case", "case__person", "giver", "receiver")
        .first()
    )
    if row is None:
        raise NotVisible
    return row


def get_access_request(actor: Actor, request_id: UUID, *, now: datetime) -> AccessRequest:
    """A request for access that this actor, the case manager, answers; locked.

    Raises :class:`NotVisible` for everybody else.
    """
    row = (
        AccessRequest.objects.select_for_update(of=("self",))
        .select_related("asked_by", "asked_office")
        .filter(
            pk=request_id,
            kind=RequestKind.ASK,
            state=RequestState.OPEN,
            code_hash__in=set(
                people_by_code(managed_by(actor, now=now).values_list("person_id", flat=True))
            ),
        )
        .first()
    )
    if row is None:
        raise NotVisible
    return row


def can_be_given_access(request: AccessRequest, case: Case) -> Decision:
    """May whoever asked be let in to read a case? Not from another network."""
    if request.asked_network_id != case.network_id:
        return Decision.no(_("They work in another network. A case is not opened across networks."))
    return Decision.yes()


def managed_by(actor: Actor, *, now: datetime) -> QuerySet[Case]:
    """The open cases whose case manager this worker is, or stands in for."""
    if not actor.is_worker:
        return Case.objects.none()
    return Case.objects.filter(
        ended_at__isnull=True,
        network_id=actor.working_network_id,
        pk__in=_found(_AS_MANAGER, actor, now),
    )


def worked_on_by(actor: Actor, *, now: datetime) -> QuerySet[Case]:
    """The open cases on whose team this worker, or their office, stands: where they may write."""
    if not actor.is_worker:
        return Case.objects.none()
    return Case.objects.filter(
        ended_at__isnull=True,
        network_id=actor.working_network_id,
        pk__in=_found(_ON_TEAM, actor, now),
    )


def on_team_of(actor: Actor, *, now: datetime) -> QuerySet[Case]:
    """The cases, ended ones too, on whose team this worker or their office stands."""
    if not actor.is_worker:
        return Case.objects.none()
    return Case.objects.filter(
        network_id=actor.working_network_id, pk__in=_found(_ON_TEAM, actor, now)
    )


def can_record_change(actor: Actor, case: Case, *, now: datetime) -> Decision:
    """May this actor write down a change in the client's life? The team, until it is closed."""
    if not actor.is_worker or not _is_on_team(actor, case, now):
        return Decision.no(_("Only a worker on the team of the case can do this."))
    if case.state in (CaseState.CLOSED, CaseState.DECLINED):
        return Decision.no(_("The case has ended. What was recorded can still be read."))
    return Decision.yes()


def life_events_visible_to(actor: Actor, *, now: datetime) -> QuerySet[LifeEvent]:
    """The changes in the lives of the clients on whose teams this worker stands."""
    return LifeEvent.objects.filter(person__in=on_team_of(actor, now=now).values("person"))


def get_life_event(actor: Actor, event_id: UUID, *, now: datetime) -> LifeEvent:
    """One change in a client's life. Raises :class:`NotVisible`."""
    event = (
        life_events_visible_to(actor, now=now)
        .filter(pk=event_id)
        .select_related("person", "recorded_by", "done_by")
        .first()
    )
    if event is None:
        raise NotVisible
    return event


def can_undo_change(actor: Actor, event: LifeEvent, *, now: datetime) -> Decision:
    """May this actor, who sees a change, take it back? Anybody on the team, for some days."""
    if not can_still_be_undone(event, now):
        return Decision.no(_("This can no longer be taken back here."))
    if not life_events_visible_to(actor, now=now).filter(pk=event.pk).exists():
        return Decision.no(_("Only a worker on the team of the case can do this."))
    return Decision.yes()


def can_confirm_change(actor: Actor, event: LifeEvent, *, now: datetime) -> Decision:
    """May this actor, who sees a change that waits, be its second person?

    Another worker on the team: they know the client, and nobody new need read of them.
    """
    if event.state != LifeState.ASKED:
        return Decision.no(_("This has been answered already."))
    if event.kind == LifeKind.JOINED:
        return Decision.no(_("The data-protection officer looks at it."))
    if event.recorded_by_id == actor.user_id:
        return Decision.no(_("Somebody else on the team confirms it."))
    if not life_events_visible_to(actor, now=now).filter(pk=event.pk).exists():
        return Decision.no(_("Only a worker on the team of the case can do this."))
    return Decision.yes()


def cases_moved_away(actor: Actor, *, now: datetime) -> QuerySet[Case]:
    """The open cases on whose team this worker stands and whose client lives elsewhere now.

    Elsewhere: in a municipality of another network, or of none.
    """
    if not actor.is_worker:
        return Case.objects.none()
    here = Municipality.objects.filter(network_id=actor.working_network_id).values("code")
    return worked_on_by(actor, now=now).exclude(person__municipality_code__in=here)


def can_end_because_moved(actor: Actor, case: Case, *, now: datetime) -> Decision:
    """May this actor end the case because the client lives elsewhere? Its manager, while so."""
    can = can_hand_over(actor, case, now=now)
    if not can.allowed:
        return can
    if not cases_moved_away(actor, now=now).filter(pk=case.pk).exists():
        return Decision.no(_("The client lives in a municipality of this network."))
    return Decision.yes()


def duplicates_to_judge(actor: Actor) -> QuerySet[LifeEvent]:
    """The two records each of which the officer is asked whether they are one person."""
    if not actor.is_officer:
        return LifeEvent.objects.none()
    return LifeEvent.objects.filter(kind=LifeKind.JOINED, state=LifeState.ASKED)


def get_possible_duplicate(actor: Actor, event_id: UUID) -> LifeEvent:
    """One of them, with its person. Raises :class:`NotVisible` for all but the officer."""
    found = duplicates_to_judge(actor).filter(pk=event_id).select_related("person", "recorded_by")
    event = found.first()
    if event is None:
        raise NotVisible
    return event


def can_write_in_case(actor: Actor, case: Case, *, now: datetime) -> Decision:
    """May this worker record in a case they see? Those on its team, from its start to its end."""
    if not actor.is_worker:
        return Decision.no(_("Only the workers of the three bodies write this part of the plan."))
    return case_has_started(case) and can_work_on(actor, case, now=now)


def case_has_started(case: Case) -> Decision:
    """Has the joint case begun? A referred one is decided on first, and nothing is recorded."""
    if not case.has_started:
        return Decision.no(
            _("The case is only referred. Nothing is recorded before it starts (381/2023 12 §).")
        )
    return Decision.yes()


def case_is_open(case: Case) -> Decision:
    """Does the case still go on? An ended one is only read."""
    if not case.is_open:
        return Decision.no(_("The case has ended. What was recorded can still be read."))
    return Decision.yes()
