"""To whom a reminder goes up, and to whom it never does."""

from __future__ import annotations

from datetime import timedelta

from caseplan.plan import services as plan
from caseplan.plan.models import Action
from cases.models import TeamMembership
from common.bodies import Body, Party
from followup import rules
from followup.models import FollowUpPoint, Reminder
from followup.models.reminder import Level
from followup.selectors import escalated_to_leader, reminders_for
from followup.services import remind
from people.models import Position, User
from tests.builders import WorkerFactory
from tests.followup.to_the_day import _K, NIGHT, after, leads, reminded, step
from tests.personas import World


def test_an_overdue_action_goes_to_the_leader_then_to_the_director(world: World) -> None:
    leads("colleague")
    Action.objects.filter(case=world.case).update(due_on=after(world, 300))
    step(world, Party.EMPLOYMENT, after(world, 0))
    up = ("action_overdue",)
    assert reminded(world, *up, after(world, 30), Level.LEADER) == set()
    assert reminded(world, *up, after(world, 31), Level.LEADER) == {"colleague"}
    assert reminded(world, *up, after(world, 60), Level.DIRECTOR) == set()
    assert reminded(world, *up, after(world, 61), Level.DIRECTOR) == {"director", "deputy"}
    assert reminded(world, *up, after(world, 61)) == {"employment"}, "and stays theirs"


def test_whoever_is_given_the_lead_of_an_office_is_told_what_is_late_there(world: World) -> None:
    office = Position.objects.get(user__username="employment").office
    assert office is not None
    WorkerFactory(username="leader", office=office, now=world.now, leads=True)
    step(world, Party.EMPLOYMENT, after(world, -40))
    assert "leader" in reminded(world, "action_overdue", after(world, 0), Level.LEADER)


def test_the_leader_learns_whose_it_is_and_nothing_of_the_client(world: World) -> None:
    leads("colleague")
    step(world, Party.EMPLOYMENT, after(world, -40))
    remind(actor=NIGHT, on=after(world, 0))
    leader = world.actor("colleague")
    mine = [row for row in escalated_to_leader(leader) if row.who.username == "employment"]
    assert mine and mine[0].oldest == after(world, -40)
    cases = {due.case for due in reminders_for(leader, on=after(world, 0), now=world.now)}
    assert world.case not in cases
    assert escalated_to_leader(world.actor("social")) == []


def test_the_plans_clock_goes_up_a_week_and_a_month_after_its_day(world: World) -> None:
    leads("colleague")
    remind(actor=NIGHT, on=after(world, 0))
    due = Reminder.objects.filter(case=world.case, kind="plan_due")[0].due_on
    assert reminded(world, "plan_due", due + timedelta(days=7), Level.LEADER) == set()
    assert reminded(world, "plan_due", due + timedelta(days=8), Level.LEADER) == {"colleague"}
    month_later = due + timedelta(days=31)
    assert reminded(world, "plan_due", month_later, Level.DIRECTOR) == {"director", "deputy"}


def test_a_leader_is_reminded_of_their_own_once_and_as_their_own(world: World) -> None:
    leads("employment")
    step(world, Party.EMPLOYMENT, after(world, -200))
    remind(actor=NIGHT, on=after(world, 0))
    mine = Reminder.objects.filter(
        case=world.case, kind="action_overdue", due_on=after(world, -200), ended_on=None
    )
    levels = set(mine.values_list("for_user__username", "level", "about__username"))
    assert levels == {
        ("employment", Level.OWN, None), ("director", Level.DIRECTOR, "employment"),
        ("deputy", Level.DIRECTOR, "employment"),
    }  # fmt: skip


def test_what_two_leaders_share_goes_up_once_to_each_office(world: World) -> None:
    """Who stands reminded as a worker is not reminded of it once more as the leader."""
    leads("colleague")
    TeamMembership.objects.create(
        case=world.case, user_id=world.actor("colleague").user_id, role="member", since=world.now
    )
    plan.ask_body(
        actor=world.actor("social"), goal_id=world.joint_goal.pk, to_body=Body.EMPLOYMENT,
        text="A day", answer_by=after(world, 0), now=world.now,
    )  # fmt: skip
    remind(actor=NIGHT, on=after(world, 4))
    rows = Reminder.objects.filter(case=world.case, kind="request_waits", ended_on=None)
    assert set(rows.values_list("for_user__username", "level")) == {
        ("employment", Level.OWN), ("colleague", Level.OWN),
    }  # fmt: skip


def test_it_goes_up_to_no_leader_of_another_office_and_no_director_of_another_network(
    world: World,
) -> None:
    leads("social")
    leads("outsider")
    outside = Position.objects.get(user__username="outsider")
    user = User.objects.create_user("director2", "x", first_name="D", last_name="D")
    Position.objects.create(
        user=user, role="director", network=outside.network, since=world.now - timedelta(days=1)
    )
    step(world, Party.EMPLOYMENT, after(world, -200))
    assert reminded(world, "action_overdue", after(world, 0), Level.LEADER) == set()
    directors = reminded(world, "action_overdue", after(world, 0), Level.DIRECTOR)
    assert directors == {"director", "deputy"}


def test_who_no_longer_leads_is_told_nothing_more(world: World) -> None:
    leads("colleague")
    step(world, Party.EMPLOYMENT, after(world, -200))
    assert reminded(world, "action_overdue", after(world, 0), Level.LEADER) == {"colleague"}
    Position.objects.filter(user__username="colleague").update(until=world.now)
    assert reminded(world, "action_overdue", after(world, 0), Level.LEADER) == set()


def test_what_is_the_clients_own_goes_up_to_nobody(world: World) -> None:
    leads("colleague")
    step(world, Party.CLIENT, after(world, -200))
    remind(actor=NIGHT, on=after(world, 0))
    rows = Reminder.objects.filter(case=world.case, due_on=after(world, -200), ended_on=None)
    assert set(rows.values_list("for_user__username", "level")) == {("client", Level.OWN)}


def test_a_night_that_is_asked_about_an_earlier_day_ends_nothing_before_it_was_raised(
    world: World,
) -> None:
    action = step(world, Party.KELA, after(world, 10))
    remind(actor=NIGHT, on=after(world, 8))
    done = remind(actor=NIGHT, on=after(world, 2))
    assert done.ended > 0
    row = Reminder.objects.get(subject_id=action.pk)
    assert (row.raised_on, row.ended_on) == (after(world, 8), after(world, 8))
    Action.objects.filter(pk=action.pk).update(due_on=after(world, 20))
    Reminder.objects.filter(pk=row.pk).update(ended_on=None)
    remind(actor=NIGHT, on=after(world, 12))
    row.refresh_from_db()
    assert row.ended_on == after(world, 12), "on the day of the night"


def test_a_question_after_the_end_goes_up_to_the_leader_after_thirty_days(world: World) -> None:
    leads("colleague")
    world.end_case()
    FollowUpPoint.objects.create(
        case=world.case, months=3, due_on=after(world, 90), open_until=after(world, 140),
        asker_id=world.actor("employment").user_id,
    )  # fmt: skip
    assert reminded(world, "point_due", after(world, 89)) == set()
    assert reminded(world, "point_due", after(world, 140)) == {"employment", "client"}
    assert reminded(world, "point_due", after(world, 120), Level.LEADER) == set()
    assert reminded(world, "point_due", after(world, 121), Level.LEADER) == {"colleague"}
    assert rules.rule_of(_K.POINT_DUE).director_after is None
