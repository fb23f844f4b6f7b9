"""The night reminds of what is due, once, and stops when the cause is gone."""

from __future__ import annotations

from datetime import date, timedelta
from io import StringIO

from django.core.management import call_command

from audit.models import AuditRow
from caseplan.plan import services
from caseplan.plan.models import Action, ActionState
from cases.services import change_case_manager
from common.actor import Actor, system_actor
from common.bodies import Party, Receiver
from common.clock import day_of
from common.dates import add_months
from consent.models import Category, Choice
from consent.services import decide
from followup.models import Reminder
from followup.selectors import reminders_for
from followup.services import remind
from operations.models import NightlyRun
from tests.looks import looks_at
from tests.personas import World

NIGHT = system_actor("night")


# What this file is about; the other kinds have their own rules and their own file.
KINDS = ("plan_due", "review_due", "action_overdue", "consent_asked")


def standing(world: World) -> set[tuple[str, str]]:
    return set(
        Reminder.objects.filter(case=world.case, ended_on=None, kind__in=KINDS).values_list(
            "kind", "for_user__username"
        )
    )


def looked_at(world: World, worker: Actor, on: date) -> set[tuple[str, frozenset[str]]]:
    """The kinds of reminder shown of the joint case, each with the categories then logged."""
    kinds = [
        r.kind
        for r in reminders_for(worker, on=on, now=world.now)
        if r.case == world.case and r.kind in KINDS
    ]
    look = looks_at(world.case.pk)[-1]
    return {(kind.value, look.categories) for kind in kinds}


def grant(world: World) -> None:
    """The client lets employment services see health and work ability."""
    decide(
        actor=world.actor("client"), case=world.case, choice=Choice.GRANTED,
        receiver=Receiver.EMPLOYMENT, categories=[Category.HEALTH_WORK_ABILITY], purpose="p",
        now=world.now,
    )  # fmt: skip


def test_a_second_night_makes_nothing_twice(world: World) -> None:
    on = day_of(world.now)
    remind(actor=NIGHT, on=on)
    before = Reminder.objects.count()
    again = remind(actor=NIGHT, on=on)
    assert (again.raised, again.ended) == (0, 0)
    assert Reminder.objects.count() == before


def test_plan_and_overdue_action_stand_on_the_right_pages(world: World) -> None:
    remind(actor=NIGHT, on=day_of(world.now))
    assert standing(world) == {
        ("plan_due", "employment"),
        ("plan_due", "client"),
        ("action_overdue", "employment"),
    }
    due = Reminder.objects.filter(case=world.case, kind="plan_due").order_by("pk")[0]
    assert due.due_on == add_months(world.case.started_on, 3)


def test_an_action_due_today_is_not_overdue_and_tomorrow_it_is(world: World) -> None:
    action = world.action
    action.due_on = day_of(world.now)
    action.save()
    remind(actor=NIGHT, on=day_of(world.now))
    assert ("action_overdue", "employment") not in standing(world)
    remind(actor=NIGHT, on=day_of(world.now) + timedelta(days=1))
    assert ("action_overdue", "employment") in standing(world)


def test_the_event_itself_ends_the_reminder(world: World) -> None:
    services.close_action(
        actor=world.actor("employment"),
        action_id=world.action.pk,
        state=ActionState.DONE,
        reason="",
        revision=1,
        now=world.now,
    )
    for party in ("social", "kela", "client"):
        services.accept_plan(actor=world.actor(party), version_id=world.version.pk, now=world.now)
    remind(actor=NIGHT, on=day_of(world.now))
    assert standing(world) == set()


def test_the_review_is_announced_thirty_days_ahead(world: World) -> None:
    for party in ("social", "kela", "client"):
        services.accept_plan(actor=world.actor(party), version_id=world.version.pk, now=world.now)
    world.version.refresh_from_db()
    due = world.version.review_due_on
    assert due is not None
    remind(actor=NIGHT, on=due - timedelta(days=31))
    assert not Reminder.objects.filter(case=world.case, kind="review_due").exists()
    remind(actor=NIGHT, on=due - timedelta(days=30))
    assert ("review_due", "client") in standing(world)


def test_reminders_follow_the_case_manager(world: World) -> None:
    social = world.actor("social")
    change_case_manager(
        actor=world.actor("employment"), case=world.case, user_id=social.writer_id, now=world.now
    )
    remind(actor=NIGHT, on=day_of(world.now))
    assert ("plan_due", "social") in standing(world)
    assert ("plan_due", "employment") not in standing(world)


def test_a_reminder_says_nothing_to_somebody_who_left_the_team(world: World) -> None:
    on = day_of(world.now)
    remind(actor=NIGHT, on=on)
    assert reminders_for(world.actor("employment"), on=on, now=world.now)
    assert not [
        row
        for row in reminders_for(world.actor("colleague"), on=on, now=world.now)
        if row.case == world.case
    ]


def test_the_log_tells_what_was_shown_and_no_more(world: World) -> None:
    """An action the worker's body may not see is neither shown nor said to have been."""
    on = day_of(world.now)
    Action.objects.filter(pk=world.action.pk).update(
        category=Category.HEALTH_WORK_ABILITY, recorded_for=Party.SOCIAL
    )
    remind(actor=NIGHT, on=on)
    worker = world.actor("employment")
    wanted = {("plan_due", frozenset({"identity_contact", "plan_follow_up"}))}
    assert looked_at(world, worker, on) == wanted
    grant(world)
    wanted = {
        (kind, frozenset({"identity_contact", "plan_follow_up", "health_work_ability"}))
        for kind in ("plan_due", "action_overdue")
    }
    assert looked_at(world, worker, on) == wanted


def test_a_reminder_of_what_is_not_shown_leaves_no_trace_in_the_log(world: World) -> None:
    on = day_of(world.now)
    Action.objects.filter(pk=world.action.pk).update(
        category=Category.HEALTH_WORK_ABILITY, recorded_for=Party.SOCIAL
    )
    remind(actor=NIGHT, on=on)
    Reminder.objects.filter(case=world.case).exclude(kind="action_overdue").delete()
    before = AuditRow.objects.filter(case_id=world.case.pk).count()
    assert not [
        r for r in reminders_for(world.actor("employment"), on=on, now=world.now)
        if r.case == world.case
    ]  # fmt: skip
    assert AuditRow.objects.filter(case_id=world.case.pk).count() == before


def test_the_command_does_the_nights_work_and_records_it(world: World) -> None:
    out = StringIO()
    call_command("nightly", "--on", day_of(world.now).isoformat(), stdout=out)
    assert "reminders_raised" in out.getvalue()
    assert NightlyRun.objects.filter(on=day_of(world.now)).exists()
