"""What may be done with an action, a request or a version in the row where it stands."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from caseplan.plan.access import closed_just_now_by, dropped_just_now_by, offered_moves
from caseplan.plan.models import Action, BodyRequest, Goal, GoalKind, PlanVersion
from cases.access import stood_in_for
from common.actor import Actor
from common.bodies import Party
from common.row_acts import RowAct, RowActs, RowSubject
from people.selectors import names_of


def acts_of_action(
    actor: Actor,
    action: Action,
    *,
    may_write: bool,
    now: datetime,
    mine: Collection[UUID] = (),
    moved_back: bool = False,
) -> RowActs:
    """What a worker may do with an action they see. No query.

    One's own and the client's are marked done and moved in the row; about somebody else's one asks,
    or says how it went. ``may_write``: as the case's page offers it (``offered_moves``). ``mine``:
    for whom the reader stands in. ``moved_back``: the reader has just moved it, and may undo that.
    """
    acts: tuple[RowAct, ...] = ()
    if not may_write:
        pass
    elif action.is_open:
        is_mine = action.owner_id is not None and action.owner_id in {actor.user_id, *mine}
        if is_mine or action.owner_party == Party.CLIENT:
            acts = (RowAct.DONE, RowAct.MOVE, RowAct.NOTE)
        else:
            acts = (RowAct.ASK, RowAct.HOW)
        acts = (RowAct.UNDO, *acts) if moved_back else acts
    elif closed_just_now_by(actor, action, now=now):
        acts = (RowAct.UNDO,)
    else:
        acts = (RowAct.REOPEN,)
    return RowActs(
        RowSubject.ACTION, action.pk, action.text, acts, action.revision, case_id=action.case_id
    )


def put_acts(
    actor: Actor,
    actions: Iterable[Action],
    goals: Iterable[Goal] = (),
    *,
    may_write: bool,
    now: datetime,
    mine: Collection[UUID] = (),
) -> None:
    """Put beside each action and goal just read what may be done with it (``acts``). No query."""
    for action in actions:
        action.acts = acts_of_action(actor, action, may_write=may_write, now=now, mine=mine)
    for goal in goals:
        goal.acts = acts_of_goal(actor, goal, may_write=may_write, now=now)


def put_acts_on_board(
    actor: Actor, actions: Iterable[Action], requests: Iterable[BodyRequest], *, now: datetime
) -> None:
    """The same for the rows of many cases, on whose teams the reader is. One query."""
    mine = stood_in_for(actor, now=now)
    for action in actions:
        may = offered_moves(action.case, on_team=True)
        action.acts = acts_of_action(actor, action, may_write=may.write, now=now, mine=mine)
    for request in requests:
        may = offered_moves(request.case, on_team=True)
        request.acts = acts_of_request(actor, request, may_write=may.write)


def acts_of_goal(actor: Actor, goal: Goal, *, may_write: bool, now: datetime) -> RowActs:
    """What a worker may do with a goal: change or drop a joint one, or one of their own body's.

    The client's own is the client's, and no worker's. No query.
    """
    acts: tuple[RowAct, ...] = ()
    is_theirs = goal.kind == GoalKind.JOINT or (
        goal.kind == GoalKind.BODY and actor.party == goal.recorded_for
    )
    if may_write and is_theirs:
        if goal.dropped_at is None:
            acts = (RowAct.CHANGE, RowAct.DROP)
        elif dropped_just_now_by(actor, goal, now=now):
            acts = (RowAct.UNDO,)
        else:
            acts = (RowAct.REOPEN,)
    return RowActs(RowSubject.GOAL, goal.pk, goal.text, acts, goal.revision, case_id=goal.case_id)


def acts_of_request(actor: Actor, request: BodyRequest, *, may_write: bool) -> RowActs:
    """What a worker may do with a request between the bodies: answer it, or take it back."""
    acts: tuple[RowAct, ...] = ()
    if may_write and request.is_open:
        if actor.body == request.to_body:
            acts = (RowAct.ACCEPT, RowAct.DECLINE)
        elif actor.party == request.recorded_for:
            acts = (RowAct.WITHDRAW,)
    return RowActs(RowSubject.REQUEST, request.pk, request.text, acts, case_id=request.case_id)


def acts_of_version(version: PlanVersion, *, title: str) -> RowActs:
    """A proposal that waits for one's body is read before it is answered: an act of its own."""
    return RowActs(RowSubject.VERSION, version.pk, title, (RowAct.READ,), case_id=version.case_id)


@dataclass(frozen=True, slots=True)
class Writing:
    """Who last wrote a thing, and when."""

    who: str
    at: datetime


def last_writing_of(action: Action) -> Writing:
    """Who last wrote an action that the reader has just been shown; the client by that word."""
    last = action.history.order_by("-history_date", "-history_id").first()
    by = last.history_user_id
    is_client = by == action.case.person.user_id
    who = str(Party.CLIENT.label) if is_client else names_of({by} - {None}).get(by, "")
    return Writing(who, last.history_date)
