"""What of a plan's versions this actor sees, and what they may do with the plan."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from caseplan.plan.models import (
    AccompaniedHandover,
    Action,
    BodyRequest,
    Ending,
    EndingOutcome,
    Goal,
    GoalKind,
    MoreTime,
    MoreTimeState,
    Objection,
    PaperState,
    PlannedService,
    PlanVersion,
    Reply,
    ReviewRequest,
    ReviewState,
    SignedPaper,
    VersionItem,
)
from cases.access import (
    can_confirm_what_was_written,
    can_hold,
    can_work_on,
    can_write_in_case,
    case_has_started,
    case_is_open,
    does_work_of,
    is_on_team,
    worked_on_by,
)
from cases.access import visible_to as cases_visible_to
from cases.lifecycle import CaseState
from cases.models import Case
from common.actor import Actor
from common.bodies import Body, Party
from common.clock import day_of
from common.decision import Decision, NotVisible
from common.validity import valid_at
from consent.access import Grounds, open_category
from consent.models import Category
from consent.selectors import grounds_for
from people.models import Position

UNDONE_WITHIN = timedelta(minutes=10)
"""How long whoever did something by a click takes it back by another, with no reason."""


def versions_visible_to(
    actor: Actor, *, now: datetime, grounds: Grounds | None = None
) -> QuerySet[PlanVersion]:
    """The version headers (number, dates, parties) of visible cases; content is gated by item.

    That there is a version belongs to the plan and its follow-up.
    """
    gate = grounds or grounds_for(actor, on=day_of(now))
    return _versions(gate).filter(case__in=cases_visible_to(actor, now=now))


def versions_of_case(grounds: Grounds, case_id: UUID) -> QuerySet[PlanVersion]:
    """The same, of one case that was found visible in the same transaction."""
    return _versions(grounds).filter(case=case_id)


def _versions(grounds: Grounds) -> QuerySet[PlanVersion]:
    return PlanVersion.objects.filter(open_category(grounds, Category.PLAN_FOLLOW_UP, "case"))


def get_version(
    actor: Actor, version_id: UUID, *, now: datetime, grounds: Grounds | None = None
) -> PlanVersion:
    """One visible version header with its case. Raises :class:`NotVisible` otherwise."""
    version = (
        versions_visible_to(actor, now=now, grounds=grounds)
        .select_related("case", "case__person")
        .filter(pk=version_id)
        .first()
    )
    if version is None:
        raise NotVisible
    return version


def can_write_view(actor: Actor, case: Case, *, now: datetime) -> Decision:
    """May this actor write how they see an area of the mapping? The client, and the team."""
    if actor.is_client:
        return case_has_started(case) and case_is_open(case)
    return can_write_in_case(actor, case, now=now)


def can_propose_ending(actor: Actor, case: Case, *, now: datetime) -> Decision:
    """May this worker say that the need has ended? The team, while no ending is assessed."""
    return _not_ending(case) and can_write_in_case(actor, case, now=now)


def can_end_assessment(actor: Actor, case: Case, *, now: datetime) -> Decision:
    """May this worker say that no joint service is needed? The team, before the first plan."""
    if has_had_a_plan(case):
        return Decision.no(_("There has been a joint plan: say to what it ends."))
    return can_propose_ending(actor, case, now=now)


def has_had_a_plan(case: Case) -> bool:
    """Has a plan of the case ever come into force? Then what ends is more than an assessment."""
    return PlanVersion.objects.filter(case=case, in_force_at__isnull=False).exists()


def can_assess_ending(actor: Actor, ending: Ending, *, now: datetime) -> Decision:
    """May this actor answer a proposed ending for their body? The client is heard too."""
    if ending.outcome != EndingOutcome.OPEN:
        return Decision.no(_("This ending is no longer open for answers."))
    if actor.is_client:
        return case_is_open(ending.case)
    return can_write_in_case(actor, ending.case, now=now)


def can_withdraw_ending(actor: Actor, ending: Ending, *, now: datetime) -> Decision:
    """May this actor take a proposed ending back? The body that proposed it may."""
    answers = can_assess_ending(actor, ending, now=now)
    if answers.allowed and ending.recorded_for != actor.party:
        return Decision.no(_("Only the body that proposed the ending takes it back."))
    return answers


def can_reopen(actor: Actor, case: Case, *, now: datetime) -> Decision:
    """May this worker open the ended case again? Its team, while it is followed up."""
    return _followed_up(case) and can_hold(actor, case, now=now)


def can_ask_to_go_on(actor: Actor, case: Case, *, now: datetime) -> Decision:
    """May this worker ask a named person to go on with the client? The team, at the end of a case.

    From when ending is assessed until the case is no longer followed up.
    """
    if case.state not in (CaseState.ENDING, CaseState.FOLLOW_UP):
        return Decision.no(_("This is asked when the ending of the case is assessed."))
    if not actor.is_worker or not is_on_team(actor, case, now):
        return Decision.no(_("Only a worker on the team of the case can do this."))
    return Decision.yes()


def can_answer_to_go_on(actor: Actor, asked: AccompaniedHandover, *, now: datetime) -> Decision:
    """May this worker answer whether they go on with the client? Who was asked, once.

    Or who stands in for them, unless they asked it themselves: it is still the absent one who goes
    on with the client.
    """
    if not asked.is_open:
        return Decision.no(_("This has been answered already."))
    if not does_work_of(actor, asked.to_user_id, now=now):
        return Decision.no(_("Only the person who was asked answers."))
    if actor.user_id not in (asked.to_user_id, None) and actor.user_id == asked.recorded_by_id:
        return Decision.no(_("You asked them yourself. Somebody else answers for them."))
    return Decision.yes()


def can_take_back_to_go_on(actor: Actor, asked: AccompaniedHandover, *, now: datetime) -> Decision:
    """May this worker take it back? The team's, until it is answered."""
    if not asked.is_open:
        return Decision.no(_("This has been answered already."))
    return can_ask_to_go_on(actor, asked.case, now=now)


def can_write_own_goal(actor: Actor, case: Case, *, now: datetime) -> Decision:
    """May this actor write the client's own goals? Only the client: staff cannot overwrite them.

    With the client beside them (assisted mode), or the client's paper before them, a worker of the
    team writes the client's words.
    """
    if actor.types_for_client_of(case.pk):
        return can_write_in_case(actor, case, now=now)
    if not actor.is_client:
        return Decision.no(
            _("The client's own goals are in the client's words. Only the client changes them.")
        )
    return case_has_started(case) and case_is_open(case)


def can_type_clients_view(actor: Actor, case: Case, *, now: datetime) -> Decision:
    """May this worker type the client's own view of their situation? Only with them beside."""
    if not actor.is_with_client_of(case.pk):
        return Decision.no(_("This is the client's own view. Write it with the client present."))
    return can_write_in_case(actor, case, now=now)


def can_edit_goal(actor: Actor, goal: Goal, *, now: datetime) -> Decision:
    """The client edits the client's own goals, the workers the joint ones."""
    if goal.dropped_at is not None:
        return Decision.no(_("The goal has been dropped."))
    return _writes_goal(actor, goal, now=now)


def _writes_goal(actor: Actor, goal: Goal, *, now: datetime) -> Decision:
    if goal.kind == GoalKind.CLIENT:
        return can_write_own_goal(actor, goal.case, now=now)
    if goal.kind == GoalKind.BODY and actor.party != goal.recorded_for:
        return Decision.no(_("This is a goal of one body. Only that body changes it."))
    return can_write_in_case(actor, goal.case, now=now)


def can_change_action(actor: Actor, action: Action, *, now: datetime) -> Decision:
    """May this actor change the content of an action (text, owner, day)? Workers, while open."""
    if not action.is_open:
        return Decision.no(_("The action is closed already."))
    return can_write_in_case(actor, action.case, now=now)


def can_close_action(actor: Actor, action: Action, *, now: datetime) -> Decision:
    """May this actor say how an action went? Workers; the client for the client's own actions."""
    if not action.is_open:
        return Decision.no(_("The action is closed already."))
    if actor.is_client and action.owner_party != Party.CLIENT:
        return Decision.no(_("This task belongs to a worker, who says when it is done."))
    return (
        case_is_open(action.case)
        if actor.is_client
        else can_write_in_case(actor, action.case, now=now)
    )


def can_ask_for_more_time(actor: Actor, action: Action, *, now: datetime) -> Decision:
    """May this actor ask for a later day? The client of a step of theirs; who types for them."""
    if not action.is_open or action.owner_party != Party.CLIENT:
        return Decision.no(_("More time is asked for a step of one's own that is still open."))
    if actor.is_client:
        return case_is_open(action.case)
    if not actor.types_for_client_of(action.case_id):
        return Decision.no(_("These are the client's words. Write them with the client present."))
    return can_write_in_case(actor, action.case, now=now)


def can_answer_more_time(actor: Actor, asked: MoreTime, *, now: datetime) -> Decision:
    """May this worker answer? The team, once, while the step waits as it did."""
    if not asked.waits:
        return Decision.no(_("This waits for no answer any more."))
    if not actor.is_worker:
        return Decision.no(_("Your team answers this."))
    return can_write_in_case(actor, asked.case, now=now)


def can_take_back_more_time(actor: Actor, asked: MoreTime, *, now: datetime) -> Decision:
    """May this actor take back what was asked? Whoever may ask it, until it is answered."""
    if asked.state != MoreTimeState.OPEN:
        return Decision.no(_("This waits for no answer any more."))
    return can_ask_for_more_time(actor, asked.action, now=now)


def closed_just_now_by(actor: Actor, action: Action, *, now: datetime) -> bool:
    """Did this actor close the action within the last ten minutes? No query."""
    return (
        action.closed_at is not None
        and action.closed_by_id == actor.user_id
        and now - action.closed_at <= UNDONE_WITHIN
    )


def dropped_just_now_by(actor: Actor, goal: Goal, *, now: datetime) -> bool:
    """Did this actor drop the goal within the last ten minutes? No query."""
    return (
        goal.dropped_at is not None
        and goal.dropped_by_id == actor.user_id
        and now - goal.dropped_at <= UNDONE_WITHIN
    )


def is_agreed_on(goal: Goal) -> bool:
    """Does the goal stand in the version in force? Then it is changed or dropped with a reason."""
    kept = VersionItem.objects.filter(kind=VersionItem.Kind.GOAL, source_id=goal.pk)
    in_force = {"version__in_force_at__isnull": False, "version__replaced_at__isnull": True}
    return kept.filter(version__case=goal.case_id, **in_force).exists()


def can_reopen_action(actor: Actor, action: Action, *, now: datetime) -> Decision:
    """May this actor open a closed action again? Whoever may write in the case, with a reason."""
    if action.is_open:
        return Decision.no(_("The action is open."))
    return can_write_in_case(actor, action.case, now=now)


def can_take_up_goal(actor: Actor, goal: Goal, *, now: datetime) -> Decision:
    """May this actor take up a goal again that was dropped? Who might have dropped it may."""
    if goal.dropped_at is None:
        return Decision.no(_("The goal has not been dropped."))
    return _writes_goal(actor, goal, now=now)


def can_edit_service(actor: Actor, planned_service: PlannedService, *, now: datetime) -> Decision:
    """Each body answers for its own services."""
    if not _arranges(actor, planned_service):
        return Decision.no(_("Only the body that arranges the service can change it."))
    return can_write_in_case(actor, planned_service.case, now=now)


def arranged_by(actor: Actor, planned_services: Iterable[PlannedService]) -> frozenset[UUID]:
    """The services of a case that its writer may edit: those of their own body. No query."""
    return frozenset(
        planned_service.pk
        for planned_service in planned_services
        if _arranges(actor, planned_service)
    )


def _arranges(actor: Actor, planned_service: PlannedService) -> bool:
    return actor.body == planned_service.body


def can_confirm_for_kela(actor: Actor, case: Case, *, now: datetime) -> Decision:
    """Kela's worker on the team: details of benefits are Kela's to record."""
    if actor.party != Party.KELA:
        return Decision.no(_("Only Kela's worker can write down what Kela has confirmed."))
    return can_write_in_case(actor, case, now=now)


def can_answer(actor: Actor, version: PlanVersion, *, now: datetime) -> Decision:
    """May this actor accept, or disagree with, a version for their party?"""
    if actor.party is None:
        return Decision.no(_("Only the client and the three bodies answer to a plan."))
    if not version.is_open_proposal:
        return Decision.no(_("This version is no longer open for answers."))
    if actor.party.value not in version.parties:
        return Decision.no(
            _("Your organisation does not take part in this plan, so its acceptance is not needed.")
        )
    return (
        case_is_open(version.case) if actor.is_client else can_work_on(actor, version.case, now=now)
    )


def can_answer_for_client(actor: Actor, version: PlanVersion, *, now: datetime) -> Decision:
    """May this worker write down what the client answered, on paper or aloud? Its team may."""
    if not actor.is_worker:
        return Decision.no(_("Only a worker writes down what the client answered."))
    if not version.is_open_proposal:
        return Decision.no(_("This version is no longer open for answers."))
    return can_work_on(actor, version.case, now=now)


def papers_visible_to(actor: Actor, *, now: datetime) -> QuerySet[SignedPaper]:
    """The signed papers of visible versions; and of the office they lead, for who leads it."""
    seen = Q(version__in=versions_visible_to(actor, now=now))
    if actor.is_worker:
        led = Position.objects.filter(valid_at(now), user_id=actor.writer_id, leads=True)
        seen |= Q(written_in__in=led.values("office"))
    return SignedPaper.objects.filter(seen).select_related(
        "version__case__person", "written_by", "written_in", "settled_by"
    )


def get_paper(actor: Actor, paper_id: UUID, *, now: datetime) -> SignedPaper:
    """One signed paper this actor may know of. Raises :class:`NotVisible`."""
    paper = papers_visible_to(actor, now=now).filter(pk=paper_id).first()
    if paper is None:
        raise NotVisible
    return paper


def papers_waiting_for(actor: Actor, *, now: datetime) -> QuerySet[SignedPaper]:
    """The papers that this worker may be the second person for: to be seen, and said so."""
    if not actor.is_worker:
        return SignedPaper.objects.none()
    mine = ~Q(written_for=actor.working_body) & Q(version__case__in=worked_on_by(actor, now=now))
    led = Position.objects.filter(valid_at(now), user_id=actor.writer_id, leads=True)
    return (
        papers_visible_to(actor, now=now)
        .filter(
            mine | Q(written_in__in=led.values("office")),
            state=PaperState.WAITING,
            version__in_force_at__isnull=True,
            version__set_aside_at__isnull=True,
            version__case__ended_at__isnull=True,
        )
        .exclude(written_by=actor.writer_id)
        .order_by("written_at", "pk")
    )


def can_confirm_paper(actor: Actor, paper: SignedPaper, *, now: datetime) -> Decision:
    """May this actor, who knows of the paper, say that it is what the client signed?

    The client; somebody of another body on the team, or who leads the writer's office, and who
    has seen the paper. Never who wrote it down.
    """
    version = paper.version
    if not version.is_open_proposal:
        return Decision.no(_("This version is no longer open for answers."))
    if actor.is_client:
        by = Body(paper.written_for)
        is_open = case_is_open(version.case)
        return is_open and can_confirm_what_was_written(actor, version.case, by=by)
    if paper.written_by_id == actor.user_id:
        return Decision.no(_("You wrote this down. Somebody else must have seen the paper."))
    if not papers_waiting_for(actor, now=now).filter(pk=paper.pk).exists():
        return Decision.no(
            _("Somebody of another body on the team, or the office's leader, confirms this.")
        )
    return Decision.yes()


def can_settle(actor: Actor, version: PlanVersion, *, now: datetime) -> Decision:
    """May this worker settle a disagreement, so that the earlier plan goes on as it is?"""
    if not version.is_open_proposal:
        return Decision.no(_("This version is no longer open."))
    accepted = version.answers.filter(reply=Reply.ACCEPTED).values("party")
    if not version.answers.filter(reply=Reply.DISAGREES).exclude(party__in=accepted).exists():
        return Decision.no(_("Nobody disagrees with this version."))
    return can_write_in_case(actor, version.case, now=now)


def can_ask_for_review(actor: Actor, case: Case) -> Decision:
    """May this actor ask for the plan to be reviewed? The client, while the case is open.

    A worker who types for the client may as well.
    """
    if not (actor.is_client or actor.types_for_client_of(case.pk)):
        return Decision.no(_("Only the client asks for a review here."))
    return case_has_started(case) and case_is_open(case)


def can_answer_review(actor: Actor, request: ReviewRequest, *, now: datetime) -> Decision:
    """May this worker answer the client's request for a review? The team, once."""
    if request.state != ReviewState.OPEN:
        return Decision.no(_("This request has been answered already."))
    return can_write_in_case(actor, request.case, now=now)


@dataclass(frozen=True, slots=True)
class OfferedMoves:
    """What a member of the team may do next with a case, by its state."""

    write: bool
    end: bool
    reopen: bool
    hold: bool
    hand_on: bool


def offered_moves(case: Case, *, on_team: bool) -> OfferedMoves:
    """The moves a case's page offers, for one who is on its team or is not. No query."""
    return OfferedMoves(
        write=on_team and bool(case_has_started(case) and case_is_open(case)),
        end=on_team and bool(case_has_started(case) and case_is_open(case) and _not_ending(case)),
        reopen=on_team and _followed_up(case).allowed,
        hold=on_team and not case.is_open,
        hand_on=on_team and case.state in (CaseState.ENDING, CaseState.FOLLOW_UP),
    )


def _not_ending(case: Case) -> Decision:
    if case.state == CaseState.ENDING:
        return Decision.no(_("The ending is being assessed already."))
    return Decision.yes()


def _followed_up(case: Case) -> Decision:
    if case.state != CaseState.FOLLOW_UP:
        return Decision.no(
            _("Only a case that has ended and is being followed up is opened again.")
        )
    return Decision.yes()


def can_rate_goal(actor: Actor, goal: Goal, *, now: datetime) -> Decision:
    """May this actor say, for their party, how near a goal is? The client; the team's workers."""
    if goal.dropped_at is not None:
        return Decision.no(_("The goal has been dropped."))
    return (
        case_is_open(goal.case) if actor.is_client else can_write_in_case(actor, goal.case, now=now)
    )


def can_object(actor: Actor, thing: Action | PlannedService, *, now: datetime) -> Decision:
    """May this actor say "I do not want this"? The client, while the thing is still ahead.

    A worker of the team types it with the client beside them, or from the client's paper.
    """
    types = actor.types_for_client_of(thing.case_id)
    if not (actor.is_client or types):
        return Decision.no(_("Only the client says what they do not want."))
    over = not thing.is_open if isinstance(thing, Action) else thing.has_ended(day_of(now))
    if over:
        return Decision.no(_("This is over already. Tell your team if something went wrong."))
    return can_write_in_case(actor, thing.case, now=now) if types else case_is_open(thing.case)


def can_withdraw_objection(actor: Actor, objection: Objection) -> Decision:
    """May this actor take a "no" back? Only the client, once; or a worker who types for them."""
    if not (actor.is_client or actor.types_for_client_of(objection.case_id)):
        return Decision.no(_("Only the client takes back what they have said."))
    if not objection.stands:
        return Decision.no(_("You have taken this back already."))
    return case_is_open(objection.case)


def can_answer_body_request(actor: Actor, request: BodyRequest, *, now: datetime) -> Decision:
    """May this worker answer what their body was asked? Its people on the team, once."""
    if not request.is_open:
        return Decision.no(_("This request has been answered already."))
    if actor.body != request.to_body:
        return Decision.no(_("Only the body that was asked answers."))
    return can_write_in_case(actor, request.case, now=now)


def can_withdraw_body_request(actor: Actor, request: BodyRequest, *, now: datetime) -> Decision:
    """May this worker take a request back? The body that asked, until it is answered."""
    if not request.is_open:
        return Decision.no(_("This request has been answered already."))
    if actor.party != request.recorded_for:
        return Decision.no(_("Only the body that asked takes it back."))
    return can_write_in_case(actor, request.case, now=now)
