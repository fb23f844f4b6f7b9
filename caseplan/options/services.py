"""Offering options, answering them, and saying something to the answer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from caseplan.options.access import can_answer_offer, can_reply_to_answer, can_withdraw_offer
from caseplan.options.models import Offer, OfferedStep, OfferState
from caseplan.plan.models import Action, Goal
from cases.access import can_write_in_case
from cases.models import Case, NewsKind
from cases.selectors import team_of
from cases.services import notify_of_change
from common.actor import Actor
from common.bodies import Body, Party
from common.clock import day_of
from common.decision import Refused
from consent.models import Category
from records.access import get_row
from records.services import add_row, lock_row, log_row, recordable, require_text

LEAST = 2
"""One step alone is no choice: it is proposed as a step of the plan."""


@dataclass(frozen=True, slots=True)
class NewStep:
    """One option as it is written: whose task it would be, and in one line what it means."""

    text: str
    means: str
    owner_party: Party
    owner_id: UUID | None


@transaction.atomic
def offer_steps(
    *,
    actor: Actor,
    goal_id: UUID,
    question: str,
    because: str,
    steps: Sequence[NewStep],
    answer_by: date,
    within_weeks: int,
    category: Category,
    now: datetime,
    instead_of: UUID | None = None,
) -> Offer:
    """Put at least two steps towards a goal side by side for the client to choose from.

    ``answer_by`` is inclusive. ``instead_of``: an offer of the same goal of which the client took
    none; with this one that has been answered.
    """
    goal = get_row(actor, Goal, goal_id, now=now)
    can_write_in_case(actor, goal.case, now=now).require()
    if goal.dropped_at is not None:
        raise Refused(_("The goal has been dropped. Choose another one."))
    if len(steps) < LEAST:
        raise Refused(_("Write at least two options. One alone is added as a step."))
    if answer_by < day_of(now):
        raise Refused(_("Choose a day that has not passed."), field="answer_by")
    offer = add_row(
        actor,
        Offer(
            case=goal.case,
            goal=goal,
            category=recordable(actor, category),
            question=require_text(question, "question", _("Write what is chosen.")),
            because=require_text(because, "because", _("Write why these are offered.")),
            answer_by=answer_by,
            within_weeks=within_weeks,
            instead_of=_answered_by_this(actor, goal, instead_of, now),
        ),
        now,
    )
    for position, step in enumerate(steps, start=1):
        add_row(
            actor,
            OfferedStep(
                case=goal.case,
                offer=offer,
                category=offer.category,
                position=position,
                text=require_text(step.text, f"text_{position}", _("Write what is done.")),
                means=require_text(
                    step.means, f"means_{position}", _("Write what it means for the client.")
                ),
                owner_party=step.owner_party,
                owner_id=_owner_on_team(goal.case, step, position, now),
            ),
            now,
        )
    notify_of_change(
        actor=actor, case=goal.case, kind=NewsKind.OPTIONS_OFFERED, subject_id=offer.pk, now=now
    )
    return offer


@transaction.atomic
def choose_step(
    *, actor: Actor, offer_id: UUID, step_id: UUID, answer: str, now: datetime
) -> Offer:
    """The client takes one of the options: it becomes a step of the plan. ``answer`` may be empty.

    Whoever was to do it and has left the team is followed by the one who works for the same body,
    else by the case manager.
    """
    offer = lock_row(actor, Offer, offer_id, now)
    can_answer_offer(actor, offer, now=now).require()
    step = OfferedStep.objects.filter(offer=offer, pk=step_id).first()
    if step is None:
        raise Refused(_("Choose one of the options."), field="choice")
    step.is_chosen = True
    step.save(update_fields=["is_chosen"])
    offer.action = add_row(
        actor, _as_action(offer, step, now), now, for_party=Party(offer.recorded_for)
    )
    return _answered(actor, offer, OfferState.CHOSEN, answer, now)


@transaction.atomic
def take_none(*, actor: Actor, offer_id: UUID, answer: str, now: datetime) -> Offer:
    """The client takes none of the options. Why, they may say, and need not."""
    offer = lock_row(actor, Offer, offer_id, now)
    can_answer_offer(actor, offer, now=now).require()
    return _answered(actor, offer, OfferState.NONE, answer, now)


@transaction.atomic
def ask_for_another(*, actor: Actor, offer_id: UUID, answer: str, now: datetime) -> Offer:
    """The client asks for another option, and says of what kind."""
    offer = lock_row(actor, Offer, offer_id, now)
    can_answer_offer(actor, offer, now=now).require()
    answer = require_text(answer, "answer", _("Write what you would rather do."))
    return _answered(actor, offer, OfferState.ANOTHER, answer, now)


@transaction.atomic
def withdraw_offer(*, actor: Actor, offer_id: UUID, now: datetime) -> Offer:
    """Take an offer back before it is answered. The client is told."""
    offer = lock_row(actor, Offer, offer_id, now)
    can_withdraw_offer(actor, offer, now=now).require()
    _close(actor, offer, OfferState.WITHDRAWN, "", now)
    notify_of_change(
        actor=actor, case=offer.case, kind=NewsKind.OPTIONS_WITHDRAWN, subject_id=offer.pk,
        now=now, was=offer.question,
    )  # fmt: skip
    return offer


@transaction.atomic
def reply_to_answer(*, actor: Actor, offer_id: UUID, reply: str, now: datetime) -> Offer:
    """Say to the client what follows from their "none", or their wish for another."""
    offer = lock_row(actor, Offer, offer_id, now)
    can_reply_to_answer(actor, offer, now=now).require()
    offer.reply = require_text(reply, "reply", _("Write your reply. The client reads it."))
    offer.replied_at, offer.replied_by_id = now, actor.writer_id
    offer.save()
    log_row(actor, offer, "replied", now)
    notify_of_change(
        actor=actor, case=offer.case, kind=NewsKind.OPTIONS_REPLIED, subject_id=offer.pk, now=now
    )
    return offer


def _answered_by_this(
    actor: Actor, goal: Goal, offer_id: UUID | None, now: datetime
) -> Offer | None:
    if offer_id is None:
        return None
    before = lock_row(actor, Offer, offer_id, now)
    can_reply_to_answer(actor, before, now=now).require()
    if before.goal_id != goal.pk:
        raise Refused(_("These options belong to another goal."))
    before.replied_at, before.replied_by_id = now, actor.writer_id
    before.save()
    log_row(actor, before, "replied", now)
    return before


def _answered(actor: Actor, offer: Offer, state: OfferState, answer: str, now: datetime) -> Offer:
    offer.answered_beside = actor.is_with_client_of(offer.case_id)
    offer.answer_paper = actor.paper if actor.types_for_client_of(offer.case_id) else ""
    _close(actor, offer, state, answer.strip(), now)
    if offer.answered_beside or offer.answer_paper:
        notify_of_change(
            actor=actor, case=offer.case, kind=NewsKind.WRITTEN_FOR_YOU, now=now,
            subject_id=actor.writer_id, was=actor.name,
        )  # fmt: skip
    # Whose turn it is to reply has it among what waits, and need not be told twice.
    own = Body(offer.recorded_for) if offer.wants_reply else None
    notify_of_change(
        actor=actor, case=offer.case, kind=NewsKind.OPTIONS_ANSWERED, subject_id=offer.pk, now=now,
        client=False,
        workers=[
            member.user_id for member in team_of(offer.case, now=now)
            if member.user_id and member.body != own
        ],
    )  # fmt: skip
    return offer


def _close(actor: Actor, offer: Offer, state: OfferState, answer: str, now: datetime) -> None:
    offer.state, offer.answer = state, answer
    offer.answered_at, offer.answered_by_id = now, actor.writer_id
    offer.save()
    log_row(actor, offer, state.value, now)


def _as_action(offer: Offer, step: OfferedStep, now: datetime) -> Action:
    owner_party, owner_id = _who_does(offer.case, step, now)
    return Action(
        case=offer.case,
        goal_id=offer.goal_id,
        category=offer.category,
        text=step.text,
        owner_party=owner_party,
        owner_id=owner_id,
        due_on=day_of(now) + timedelta(weeks=offer.within_weeks),
    )


def _who_does(case: Case, step: OfferedStep, now: datetime) -> tuple[str, UUID | None]:
    if step.owner_party == Party.CLIENT:
        return step.owner_party, None
    team = [member for member in team_of(case, now=now) if member.user_id]
    theirs = [member for member in team if member.body.value == step.owner_party]
    if any(member.user_id == step.owner_id for member in theirs):
        return step.owner_party, step.owner_id
    managers = [member for member in team if member.is_case_manager]
    follower = next(iter([*theirs, *managers]), None)
    if follower is None:
        raise Refused(_("Nobody is on the team to do this. Ask your team for another option."))
    return follower.body.value, follower.user_id


def _owner_on_team(case: Case, step: NewStep, position: int, now: datetime) -> UUID | None:
    if step.owner_party == Party.CLIENT:
        return None
    for member in team_of(case, now=now):
        if member.user_id == step.owner_id and member.body.value == step.owner_party.value:
            return step.owner_id
    raise Refused(
        _("Choose the person of that body, from the team, whose task this is."),
        field=f"owner_{position}",
    )
