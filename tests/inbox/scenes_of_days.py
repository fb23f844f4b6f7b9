"""Steps and reminders: what is due, put off, waited for and late."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from caseplan.plan import services as plan
from caseplan.plan.models import Action, ActionState, BodyRequest
from common.bodies import Party
from common.clock import day_of
from common.reminders import ReminderKind
from followup.models import Reminder, SnoozeReason
from followup.services import remind, show_again, snooze
from tests.caseplan.intake.test_coming_in import NIGHT
from tests.cases.at_work import has_step
from tests.followup.to_the_day import leads, step
from tests.inbox.scene import Happened
from tests.inbox.scenes_of_the_plan import accepts_all, asks_body, declines
from tests.personas import World


def _reminder(world: World, kind: ReminderKind) -> Reminder:
    me = world.actor("employment").writer_id
    standing = Reminder.objects.filter(
        case=world.case, kind=kind, ended_on=None, level=0, for_user=me
    )
    return standing.order_by("due_on")[0]


def is_due(world: World) -> Happened:
    remind(actor=NIGHT, on=day_of(world.now) + timedelta(days=90))
    clock = _reminder(world, ReminderKind.PLAN_DUE)

    def agrees(_by: str) -> None:
        accepts_all(world)
        remind(actor=NIGHT, on=day_of(world.now) + timedelta(days=91))

    return Happened(clock.pk, agrees, night=ReminderKind.PLAN_DUE)


def _quiet(world: World) -> Reminder:
    """Nobody has been in touch for ninety days: a night then, as a handover is contact too."""
    remind(actor=NIGHT, on=day_of(world.now) + timedelta(days=90))
    return _reminder(world, ReminderKind.NO_CONTACT)


def _snoozes(world: World, by: str, reminder: UUID) -> object:
    return snooze(actor=world.actor(by), reminder_id=reminder, reason=SnoozeReason.AGREED,
                  until=day_of(world.now) + timedelta(days=3), now=world.now)  # fmt: skip


def reminds(world: World) -> Happened:
    quiet = _quiet(world)
    return Happened(
        quiet.pk, lambda by: _snoozes(world, by, quiet.pk), night=ReminderKind.NO_CONTACT
    )


def postpones(world: World) -> Happened:
    quiet = _quiet(world)
    _snoozes(world, "employment", quiet.pk)
    return Happened(
        quiet.pk,
        lambda by: show_again(actor=world.actor(by), reminder_id=quiet.pk, now=world.now),
    )


def _closes(world: World, by: str, action: UUID) -> object:
    row = Action.objects.get(pk=action)
    return plan.close_action(
        actor=world.actor(by), action_id=action, reason="", state=ActionState.DONE,
        revision=row.revision, now=world.now,
    )  # fmt: skip


def promises(world: World) -> Happened:
    own = has_step(world)
    return Happened(own.pk, lambda by: _closes(world, by, own.pk))


def waits_for_others(world: World) -> Happened:
    own = has_step(world)
    plan.move_action(
        actor=world.actor("employment"), action_id=own.pk, state=ActionState.WAITING, reason="",
        waiting_for=Party.KELA, revision=own.revision, now=world.now,
    )  # fmt: skip
    return Happened(own.pk, lambda by: _closes(world, by, own.pk))


def is_long_late(world: World) -> Happened:
    """A step of the case manager, which has gone up to whoever leads their office."""
    leads("colleague")
    late = step(world, Party.EMPLOYMENT, day_of(world.now) - timedelta(days=200))
    remind(actor=NIGHT, on=day_of(world.now))

    def deal(_by: str) -> None:
        for row in Reminder.objects.filter(about=world.actor("employment").writer_id, level=1):
            _closes(world, "employment", row.subject_id or late.pk)
        remind(actor=NIGHT, on=day_of(world.now))

    return Happened(world.actor("employment").writer_id, deal)


def asks_in_vain(world: World) -> Happened:
    """Kela's worker leads their office too: it is they who are late."""
    leads("kela")
    asked = asks_body(world, "social")
    BodyRequest.objects.filter(pk=asked).update(answer_by=day_of(world.now) - timedelta(days=1))
    return Happened(world.actor("kela").writer_id, lambda by: declines(world, by, asked))
