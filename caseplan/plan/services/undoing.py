"""Taking back what was done by a click: within ten minutes by whoever did it, later with a reason.

Nothing is taken out of the history: it keeps what was done and that it was taken back. Whoever was
told and has not seen it yet is not told; who has seen it is told that it is not so.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from caseplan.plan.access import (
    UNDONE_WITHIN,
    can_change_action,
    can_reopen_action,
    closed_just_now_by,
)
from caseplan.plan.models import Action, ActionState
from cases.models import NewsKind
from cases.services import take_back_news
from common.actor import Actor
from common.bodies import Party
from common.decision import Refused
from records.services import lock_row, require_text, save_row
from records.signals import row_reopened


@transaction.atomic
def undo_action(*, actor: Actor, action_id: UUID, revision: int, now: datetime) -> Action:
    """Take back the last thing one did to an action: closed it, or moved its day.

    Raises :class:`Refused` after ten minutes, and where the last thing was something else or
    somebody else's.
    """
    action = lock_row(actor, Action, action_id, now)
    if closed_just_now_by(actor, action, now=now):
        can_reopen_action(actor, action, now=now).require()
        return _open_again(actor, action, _before_closing(action), revision, now)
    before = _moved_just_now_from(actor, action, now)
    if before is None:
        raise Refused(_("This can no longer be undone. It is changed as anything else is."))
    can_change_action(actor, action, now=now).require()
    action.due_on, action.state_reason = before.due_on, before.state_reason
    saved = save_row(actor, action, revision, now)
    _told_right(actor, action, NewsKind.TASK_CHANGED, NewsKind.TASK_CHANGED, now)
    return saved


@transaction.atomic
def reopen_action(
    *, actor: Actor, action_id: UUID, reason: str, revision: int, now: datetime
) -> Action:
    """Open a closed action again, and say why: whoever may write in the case, whenever it was."""
    action = lock_row(actor, Action, action_id, now)
    can_reopen_action(actor, action, now=now).require()
    reason = require_text(reason, "reason", _("Say why it is opened again."))
    before = _Before(ActionState.PLANNED, reason, "", action.due_on)
    return _open_again(actor, action, before, revision, now)


@dataclass(frozen=True, slots=True)
class _Before:
    """How an action stood."""

    state: str
    state_reason: str
    waiting_for: str
    due_on: date


def _open_again(
    actor: Actor, action: Action, before: _Before, revision: int, now: datetime
) -> Action:
    closed_at, was_done = action.closed_at, action.state == ActionState.DONE
    assert closed_at is not None
    action.state, action.state_reason = before.state, before.state_reason
    action.waiting_for = before.waiting_for
    action.closed_at = action.closed_by_id = None
    saved = save_row(actor, action, revision, now)
    if was_done and action.repeats_weeks:
        _take_back_the_next(actor, action, closed_at, now)
    _told_right(actor, action, NewsKind.TASK_CLOSED, NewsKind.TASK_REOPENED, now)
    row_reopened.send(Action, row=action, since=closed_at, now=now)
    return saved


def _take_back_the_next(actor: Actor, action: Action, closed_at: datetime, now: datetime) -> None:
    """The next of a repeating action goes with what made it, where nobody has touched it since."""
    rows = Action.objects.select_for_update().filter(
        first_id=action.first_id or action.pk,
        recorded_at=closed_at,
        revision=1,
        state=ActionState.PLANNED,
    )
    for following in rows.exclude(pk=action.pk).select_related("case"):
        following.state, following.state_reason = (
            ActionState.DROPPED, str(_("The one before it was opened again.")),
        )  # fmt: skip
        following.closed_at, following.closed_by_id = now, actor.user_id
        save_row(actor, following, 1, now)


def _last_two(action: Action) -> list[Any]:
    """The newest writings of an action in its history, the newest first."""
    return list(action.history.order_by("-history_date", "-history_id")[:2])


def _before_closing(action: Action) -> _Before:
    last = _last_two(action)
    if len(last) < 2 or last[1].state not in Action.OPEN_STATES:
        return _Before(ActionState.PLANNED, "", "", action.due_on)
    return _Before(last[1].state, last[1].state_reason, last[1].waiting_for, action.due_on)


def _moved_just_now_from(actor: Actor, action: Action, now: datetime) -> Any:
    """How it stood before this actor moved its day within ten minutes; None where they did not."""
    last = _last_two(action)
    if len(last) < 2 or not action.is_open:
        return None
    newest, before = last
    same = ("state", "text", "owner_id", "owner_party", "waiting_for", "repeats_weeks")
    is_theirs = newest.history_user_id == actor.user_id
    is_a_move = newest.due_on != before.due_on and all(
        getattr(newest, name) == getattr(before, name) for name in same
    )
    is_new = now - newest.history_date <= UNDONE_WITHIN
    return before if is_theirs and is_a_move and is_new else None


def _told_right(
    actor: Actor, action: Action, kind: NewsKind, otherwise: NewsKind, now: datetime
) -> None:
    if action.owner_party == Party.CLIENT:
        take_back_news(
            actor=actor, case=action.case, kind=kind, otherwise=otherwise,
            subject_id=action.pk, now=now, is_on=action.due_on, says=action.text,
        )  # fmt: skip
