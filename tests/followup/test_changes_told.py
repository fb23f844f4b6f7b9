"""A fact that was told and has changed is told again: one letter, and on the page until seen."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from icalendar import Calendar

from caseplan.meetings import services as meeting_services
from caseplan.meetings.models import Meeting, MeetingRole
from caseplan.meetings.selectors import list_news
from caseplan.plan import services
from caseplan.plan.models import Action, ActionState, Goal, PlanVersion, ReviewState
from caseplan.plan.services.life import assess_ending
from cases.models import Case, News, NewsKind
from cases.services import change_case_manager, end_team_term, mark_news_seen
from common.actor import system_actor
from common.bodies import Party
from common.clock import day_of
from consent.models import Category, Consent, ConsentRequest
from consent.services import confirm_written, dispute_written, withdraw_request
from followup.models import Notification
from followup.services import notify_of_messages
from people.models import Person, User
from tests.architecture.test_walls import ROOT
from tests.builders import written_down
from tests.followup.test_workers_told import WAITED
from tests.personas import World

LETTERS = system_actor("letters")
HOUR = timedelta(hours=1)
JUST_NOW = timedelta(milliseconds=1)


@pytest.fixture
def reachable(world: World) -> World:
    """The client has an address, has been here an hour ago, and was told of all there is."""
    Person.objects.filter(user__username="client").update(
        email="aino@example.org", non_disclosure=False
    )
    User.objects.filter(username="client").update(last_login=world.now - HOUR)
    notify_of_messages(actor=LETTERS, now=world.now - HOUR)
    Notification.objects.all().delete()
    News.objects.all().delete()
    return world


def called(world: World, **given: Any) -> Meeting:
    """A meeting called yesterday, which the client has been told of and seen."""
    everybody = [world.actor(name).writer_id for name in ("employment", "social")]
    return meeting_services.call_meeting(
        **{
            "actor": world.actor("employment"), "case": world.case, "minutes_long": 60,
            "starts_at": world.now + timedelta(days=3), "place": "Room 2", "remote_link": "",
            "member_ids": everybody, "now": world.now - timedelta(hours=5), **given,
        }
    )  # fmt: skip


def moves(world: World, meeting: Meeting, **given: Any) -> None:
    meeting.refresh_from_db()
    meeting_services.move_meeting(
        **{
            "actor": world.actor("employment"), "meeting_id": meeting.pk, "minutes_long": 60,
            "starts_at": meeting.starts_at, "place": meeting.place, "remote_link": "",
            "revision": meeting.revision, "now": world.now, **given,
        }
    )  # fmt: skip


def cancels(world: World, meeting: Meeting) -> None:
    meeting_services.cancel_meeting(
        actor=world.actor("employment"), meeting_id=meeting.pk, cancelled_because="Nobody can.",
        now=world.now,
    )  # fmt: skip


# Each: makes what the client was told of before, and gives the act that changes it.
Change = Callable[[World], Callable[[], object]]


def moved(world: World) -> Callable[[], object]:
    meeting = called(world)
    return lambda: moves(world, meeting, starts_at=world.now + timedelta(days=9))


def elsewhere(world: World) -> Callable[[], object]:
    meeting = called(world)
    return lambda: moves(world, meeting, place="The library")


def longer(world: World) -> Callable[[], object]:
    meeting = called(world)
    return lambda: moves(world, meeting, minutes_long=120)


def cancelled(world: World) -> Callable[[], object]:
    meeting = called(world)
    return lambda: cancels(world, meeting)


def joined(world: World) -> Callable[[], object]:
    meeting = called(world)
    return lambda: meeting_services.ask_to_meeting(
        actor=world.actor("employment"), meeting_id=meeting.pk, role=MeetingRole.BENEFITS,
        user_id=world.actor("kela").writer_id, name="", now=world.now,
    )  # fmt: skip


def consent_withdrawn(world: World) -> Callable[[], object]:
    request = ConsentRequest.objects.get(case=world.case, closed_at=None)
    return lambda: withdraw_request(actor=world.actor("kela"), request_id=request.pk, now=world.now)


def heard(world: World) -> Consent:
    """A paper that waits, of which the client has been told and has read it."""
    consent = written_down(
        world.case, by=world.actor("social"), now=world.now, categories=[Category.SOCIAL_SITUATION]
    )
    mark_news_seen(actor=world.actor("client"), now=world.now)
    return consent


def consent_written(world: World) -> Callable[[], object]:
    return lambda: written_down(
        world.case, by=world.actor("social"), now=world.now, categories=[Category.SOCIAL_SITUATION]
    )


def consent_in_effect(world: World) -> Callable[[], object]:
    consent = heard(world)
    return lambda: confirm_written(actor=world.actor("kela"), consent_id=consent.pk, now=world.now)


def consent_disputed(world: World) -> Callable[[], object]:
    consent = heard(world)
    return lambda: dispute_written(actor=world.actor("kela"), consent_id=consent.pk, now=world.now)


def clients_task(world: World) -> Action:
    return Action.objects.filter(case=world.case, owner_party=Party.CLIENT, closed_at=None)[
        :1
    ].get()


def task_changed(world: World) -> Callable[[], object]:
    task = clients_task(world)
    return lambda: services.edit_action(
        actor=world.actor("employment"), action_id=task.pk, text=task.text,
        owner_party=Party.CLIENT, owner_id=None, due_on=task.due_on + timedelta(days=7),
        revision=task.revision, now=world.now,
    )  # fmt: skip


def task_dropped(world: World) -> Callable[[], object]:
    task = clients_task(world)
    return lambda: services.close_action(
        actor=world.actor("employment"), action_id=task.pk, state=ActionState.DROPPED,
        reason="No need.", revision=task.revision, now=world.now,
    )  # fmt: skip


def service_moved(world: World) -> Callable[[], object]:
    planned_service = world.planned_service
    return lambda: services.edit_service(
        actor=world.actor("employment"), service_id=planned_service.pk, name=planned_service.name,
        provider=planned_service.provider, starts_on=day_of(world.now) + timedelta(days=30),
        ends_on=None, revision=planned_service.revision, now=world.now,
    )  # fmt: skip


def manager_changed(world: World) -> Callable[[], object]:
    return lambda: change_case_manager(
        actor=world.actor("employment"), case=world.case,
        user_id=world.actor("social").writer_id, now=world.now,
    )  # fmt: skip


def answers(world: World, *who: str, version: PlanVersion) -> None:
    for name in who:
        services.accept_plan(actor=world.actor(name), version_id=version.pk, now=world.now)


def fresh_proposal(world: World) -> PlanVersion:
    now = world.now - timedelta(hours=5)
    return services.propose_plan(actor=world.actor("employment"), case=world.case, now=now)


def in_force(world: World) -> Callable[[], object]:
    version = fresh_proposal(world)
    for name in ("client", "employment", "social"):
        services.accept_plan(
            actor=world.actor(name), version_id=version.pk, now=world.now - 2 * HOUR
        )
    return lambda: answers(world, "kela", version=version)


def settled(world: World) -> Callable[[], object]:
    version = fresh_proposal(world)
    services.disagree_with_plan(
        actor=world.actor("client"), version_id=version.pk, comment="Not this.",
        now=world.now - 2 * HOUR,
    )  # fmt: skip
    return lambda: services.settle_disagreement(
        actor=world.actor("employment"),
        version_id=version.pk,
        settlement="We go on.",
        now=world.now,
    )


def review_answered(world: World) -> Callable[[], object]:
    in_force(world)()
    asked = services.ask_for_review(
        actor=world.actor("client"), case=world.case, reason="", now=world.now - HOUR
    )
    News.objects.all().delete()
    return lambda: services.answer_review_request(
        actor=world.actor("employment"), request_id=asked.pk, state=ReviewState.AGREED,
        answer="", now=world.now,
    )  # fmt: skip


def ending_withdrawn(world: World) -> Callable[[], object]:
    ending = proposed_ending(world)
    return lambda: services.withdraw_ending(
        actor=world.actor("employment"), ending_id=ending.pk, now=world.now
    )


def ending_not_agreed(world: World) -> Callable[[], object]:
    ending = proposed_ending(world)
    return lambda: assess_ending(
        actor=world.actor("kela"), ending_id=ending.pk, need_has_ended=False,
        statement="It goes on.", now=world.now,
    )  # fmt: skip


def proposed_ending(world: World) -> Any:
    return services.propose_ending(
        actor=world.actor("employment"), case=Case.objects.get(pk=world.case.pk),
        exit="other_service", reason="Enough.",
        follow_up_by_id=world.actor("employment").user_id, now=world.now - 2 * HOUR,
    )  # fmt: skip


CHANGES: dict[Change, NewsKind] = {
    moved: NewsKind.MEETING_MOVED,
    elsewhere: NewsKind.MEETING_ELSEWHERE,
    longer: NewsKind.MEETING_ELSEWHERE,
    cancelled: NewsKind.MEETING_CANCELLED,
    joined: NewsKind.MEETING_JOINED,
    consent_withdrawn: NewsKind.CONSENT_WITHDRAWN,
    consent_written: NewsKind.CONSENT_WRITTEN,
    consent_in_effect: NewsKind.CONSENT_IN_EFFECT,
    consent_disputed: NewsKind.CONSENT_DISPUTED,
    task_changed: NewsKind.TASK_CHANGED,
    task_dropped: NewsKind.TASK_CLOSED,
    service_moved: NewsKind.SERVICE_MOVED,
    manager_changed: NewsKind.MANAGER_CHANGED,
    in_force: NewsKind.PLAN_IN_FORCE,
    settled: NewsKind.PROPOSAL_SET_ASIDE,
    review_answered: NewsKind.REVIEW_ANSWERED,
    ending_withdrawn: NewsKind.ENDING_CLOSED,
    ending_not_agreed: NewsKind.ENDING_CLOSED,
}


# Each is asserted where what it tells of is tried.
TRIED_ELSEWHERE = {
    NewsKind.KELA_CONFIRMED: "tests/caseplan/plan/test_kela_confirmations.py",
    NewsKind.CONTINUES: "tests/caseplan/plan/test_end_and_after.py",
    NewsKind.CONTINUES_ANSWERED: "tests/caseplan/plan/test_end_and_after.py",
    NewsKind.CONTINUES_ASKED: "tests/caseplan/plan/test_end_and_after.py",
    NewsKind.CONTINUES_WITHDRAWN: "tests/caseplan/plan/test_end_and_after.py",
    NewsKind.ENDING_CORRECTED: "tests/caseplan/plan/test_end_and_after.py",
    NewsKind.OUTCOME_TOLD: "tests/caseplan/plan/test_end_and_after.py",
    NewsKind.CASE_BEGUN: "tests/caseplan/intake/test_coming_in.py",
    NewsKind.MANDATE_BEGAN: "tests/cases/test_mandates.py",
    NewsKind.MANDATE_ENDED: "tests/cases/test_mandates.py",
    NewsKind.MANDATE_WAITS: "tests/cases/test_mandates.py",
    NewsKind.CONSENT_CHANGED: "tests/inbox/test_day.py",
    NewsKind.MEETING_DECLINED: "tests/inbox/test_day.py",
    NewsKind.OBJECTED: "tests/inbox/test_day.py",
    NewsKind.TEAM_JOINED: "tests/inbox/test_day.py",
    NewsKind.TEAM_LEFT: "tests/inbox/test_day.py",
    NewsKind.LETTER: "tests/pages/test_breaches.py",
    NewsKind.MEETING_ANSWERED: "tests/caseplan/meetings/test_answers_for_the_client.py",
    NewsKind.OUTSIDE_INVITED: "tests/attacks/test_outside_party_after_the_end.py",
    NewsKind.OUTSIDE_WITHDRAWN: "tests/attacks/test_outside_party_after_the_end.py",
    NewsKind.PAPER_DISPUTED: "tests/attacks/test_paper_after_a_no.py",
    NewsKind.PAPER_WAITS: "tests/attacks/test_paper_after_a_no.py",
    NewsKind.PEOPLE_GIVEN: "tests/benefits/test_people_to_assess.py",
    NewsKind.PEOPLE_TAKEN: "tests/benefits/test_people_to_assess.py",
    NewsKind.PLAN_ANSWERED: "tests/attacks/test_paper_after_a_no.py",
    NewsKind.PERSON_NAMED: "tests/caseplan/intake/test_coming_in.py",
    NewsKind.REFERRAL_ANSWERED: "tests/caseplan/intake/test_coming_in.py",
    NewsKind.REFERRAL_GONE: "tests/caseplan/intake/test_coming_in.py",
    NewsKind.TASK_REOPENED: "tests/pages/test_in_the_row.py",
    NewsKind.GOAL_TAKEN_UP: "tests/pages/test_in_the_row.py",
    NewsKind.CASE_GIVEN_ON: "tests/cases/test_sharing_out.py",
    NewsKind.CASE_TAKEN: "tests/cases/test_sharing_out.py",
    NewsKind.COVER_OVER: "tests/cases/test_sharing_out.py",
    NewsKind.TURNED_AWAY: "tests/people/test_turned_away.py",
    NewsKind.ABSENCE_SAID: "tests/cases/test_absences.py",
    **dict.fromkeys(
        (kind for kind in NewsKind if kind.startswith("options_")),
        "tests/caseplan/options/test_options.py",
    ),
    NewsKind.MORE_TIME_GIVEN: "tests/caseplan/plan/test_more_time.py",
    NewsKind.MORE_TIME_REFUSED: "tests/caseplan/plan/test_more_time.py",
    NewsKind.REMARK_ANSWERED: "tests/caseplan/remarks/test_remarks.py",
    NewsKind.RIGHT_ANSWERED: "tests/rights/test_deadlines.py",
    NewsKind.ANSWER_PROLONGED: "tests/rights/test_deadlines.py",
    NewsKind.WRITTEN_FOR_YOU: "tests/pages/test_assisted_mode.py",
}


def test_what_is_tried_elsewhere_is_named_there() -> None:
    for kind, where in TRIED_ELSEWHERE.items():
        assert f"NewsKind.{kind.name}" in (ROOT / where).read_text("utf-8"), where


def test_every_kind_of_news_for_the_client_is_tried_here() -> None:
    """What only workers wait for is tried beside it (``test_workers_told``)."""
    theirs = {kind for _act, kind, _who, _by in WAITED} | {NewsKind.MEETING_ASKED}
    theirs |= set(TRIED_ELSEWHERE)
    assert set(NewsKind) - set(CHANGES.values()) <= theirs


@pytest.mark.parametrize("change", CHANGES, ids=lambda change: change.__name__)
def test_a_change_is_one_letter_and_stands_on_the_clients_page_until_seen(
    reachable: World, login: Any, change: Change
) -> None:
    world, kind = reachable, CHANGES[change]
    act = change(world)
    Notification.objects.all().delete()
    User.objects.filter(username="client").update(last_login=world.now - JUST_NOW)
    assert notify_of_messages(actor=LETTERS, now=world.now) == 0, "nothing has changed yet"
    act()
    made = [
        notify_of_messages(actor=LETTERS, now=world.now + timedelta(hours=hours))
        for hours in (0, 2, 12)
    ]
    assert made == [1, 0, 0]
    page = login("client").get("/my/").content.decode()
    if kind != NewsKind.MANAGER_CHANGED:  # its own place, by a handover
        assert str(kind.label) in page
    browser = login("client")
    browser.post("/news/seen/")
    assert 'id="news"' not in browser.get("/my/").content.decode()


@pytest.mark.parametrize("change", CHANGES, ids=lambda change: change.__name__)
def test_who_has_been_here_since_gets_no_letter(reachable: World, change: Change) -> None:
    change(reachable)()
    User.objects.filter(username="client").update(last_login=reachable.now)
    for hours in (0, 2):
        now = reachable.now + timedelta(hours=hours)
        assert notify_of_messages(actor=LETTERS, now=now) == 0


def test_what_the_client_does_themselves_is_no_news_to_them(reachable: World) -> None:
    task = clients_task(reachable)
    services.close_action(
        actor=reachable.actor("client"), action_id=task.pk, state=ActionState.DONE, reason="",
        revision=task.revision, now=reachable.now,
    )  # fmt: skip
    version = fresh_proposal(reachable)
    answers(reachable, "employment", "social", "kela", "client", version=version)
    assert not News.objects.filter(for_user__username="client").exists()


def test_another_goal_or_task_of_the_workers_is_no_letter(reachable: World) -> None:
    action = Action.objects.filter(
        case=reachable.case, owner__username="employment", closed_at=None
    )[:1].get()  # fmt: skip
    services.edit_action(
        actor=reachable.actor("employment"), action_id=action.pk, text="Other words",
        owner_party=Party.EMPLOYMENT, owner_id=action.owner_id, due_on=action.due_on,
        revision=action.revision, now=reachable.now,
    )  # fmt: skip
    assert Goal.objects.filter(case=reachable.case).exists()
    assert not News.objects.exists()


def test_the_case_reported(reachable: World, login: Any) -> None:
    """One meeting moved, another cancelled after the client has been here: both on their page."""
    world = reachable
    first, second = called(world), called(world, starts_at=world.now + timedelta(days=5))
    User.objects.filter(username="client").update(last_login=world.now - JUST_NOW)
    moves(world, first, starts_at=world.now + timedelta(days=6), place="The library")
    cancels(world, second)
    made = [notify_of_messages(actor=LETTERS, now=world.now + h * HOUR) for h in (0, 2, 12)]
    assert made == [1, 0, 0]
    page = login("client").get("/my/").content.decode()
    assert "A meeting is at another time" in page and "The library" in page
    assert "A meeting is cancelled" in page and "Nobody can." in page
    listed = login("client").get(f"/cases/{world.case.pk}/meetings/").content.decode()
    assert "A meeting is at another time" in listed and "A meeting is cancelled" in listed


def test_moved_twice_before_anybody_looks_is_one_piece_of_news_from_the_time_they_know(
    reachable: World,
) -> None:
    world = reachable
    meeting = called(world)
    known = meeting.starts_at
    moves(world, meeting, starts_at=world.now + timedelta(days=6))
    moves(world, meeting, starts_at=world.now + timedelta(days=8), now=world.now + 2 * HOUR)
    [told] = list_news(world.actor("client"), now=world.now + 3 * HOUR)
    assert told.news.was_at == known
    assert told.thing.starts_at == world.now + timedelta(days=8)
    # Each is told of by letter: after the first one nobody came to look.
    made = [notify_of_messages(actor=LETTERS, now=world.now + h * HOUR) for h in (0, 1)]
    made.append(notify_of_messages(actor=LETTERS, now=world.now + 3 * HOUR))
    assert sum(made) >= 1
    cancels(world, meeting)
    [told] = list_news(world.actor("client"), now=world.now + 3 * HOUR)
    assert (told.news.kind, told.news.was_at) == (NewsKind.MEETING_CANCELLED, known)


def test_every_worker_asked_reads_it_on_their_day_until_they_open_the_meeting(
    reachable: World, login: Any
) -> None:
    world = reachable
    meeting = called(world)
    moves(world, meeting, starts_at=world.now + timedelta(days=9))
    social = login("social")
    page = social.get("/day/").content.decode()
    assert "A meeting is at another time" in page and "Aalto, Aino" in page
    assert "A meeting is at another time" not in login("kela").get("/day/").content.decode()
    assert "A meeting is at another time" not in login("employment").get("/day/").content.decode()
    opened = social.get(f"/meetings/{meeting.pk}/").content.decode()
    assert "It was to be" in opened
    assert "It was to be" not in social.get(f"/meetings/{meeting.pk}/").content.decode()
    assert "A meeting is at another time" not in social.get("/day/").content.decode()
    # The client has not looked: theirs stays.
    assert News.objects.filter(for_user__username="client", seen_at=None).count() == 1


def test_somebody_asked_later_is_told_and_so_are_the_others(reachable: World, login: Any) -> None:
    joined(reachable)()
    assert "You are invited to a meeting" in login("kela").get("/day/").content.decode()
    assert "Somebody more is asked" not in login("kela").get("/day/").content.decode()
    assert "More people are invited to a meeting" in login("social").get("/day/").content.decode()


def test_who_left_the_team_is_told_that_and_nothing_more(reachable: World) -> None:
    world = reachable
    meeting = called(world)
    end_team_term(
        actor=world.actor("employment"), case=world.case,
        user_id=world.actor("social").writer_id, now=world.now,
    )  # fmt: skip
    cancels(world, meeting)
    (told,) = list_news(world.actor("social"), now=world.now + HOUR)
    assert (told.news.kind, told.case) == (NewsKind.TEAM_LEFT, None)


def test_what_comes_while_they_read_stays_new(reachable: World) -> None:
    cancelled(reachable)()
    before = reachable.now - timedelta(seconds=1)
    assert mark_news_seen(actor=reachable.actor("client"), now=before) == 0
    assert mark_news_seen(actor=reachable.actor("client"), now=reachable.now) == 1


def test_the_calendar_entry_follows(reachable: World, login: Any) -> None:
    """RFC 5545: the same uid, a higher sequence, and CANCELLED."""
    world, meeting = reachable, called(reachable)
    browser = login("client")

    def entry() -> Any:
        file = browser.get(f"/meetings/{meeting.pk}/meeting.ics").content
        calendar = Calendar.from_ical(file)
        return calendar["method"], calendar.walk("VEVENT")[0]

    _method, first = entry()
    moves(world, meeting, starts_at=world.now + timedelta(days=9))
    _method, second = entry()
    cancels(world, meeting)
    method, third = entry()
    assert first["uid"] == second["uid"] == third["uid"]
    assert first["sequence"] < second["sequence"] < third["sequence"]
    assert second["dtstart"].dt != first["dtstart"].dt
    assert (method, third["status"]) == ("CANCEL", "CANCELLED")


def test_it_is_in_the_plan_of_nobody_else(reachable: World, login: Any) -> None:
    cancelled(reachable)()
    for who in ("client2", "colleague", "outsider"):
        path = "/my/" if who == "client2" else "/day/"
        assert "A meeting is cancelled" not in login(who).get(path).content.decode()
