"""One list of what waits for a worker: each thing is seen by its reader, and gone once dealt with.

By anybody entitled: the reader, somebody of their body, whoever stands in for them.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from caseplan.meetings import services as meetings
from caseplan.meetings.models import Attendance
from caseplan.messages.models import ThreadKind
from caseplan.messages.services import mark_read, send_message, start_thread
from caseplan.plan import services as plan
from caseplan.plan.models import ActionState, Exit
from caseplan.plan.selectors import acts_of_action, acts_of_request
from cases.models import NewsKind
from cases.services import add_team_member, end_team_term, mark_news_seen
from common.bodies import Body
from common.clock import day_of
from common.inbox import Group, InboxKind
from consent.models import Category, Choice
from followup.models import Feeling
from followup.services import check_in, handle_check_in
from inbox.acts import acts_of
from inbox.rules import RULES
from inbox.selectors import SHOWN, Item, count_menu, list_waiting, open_day
from pages.home.leading import way_to
from tests.cases.at_work import has_step, is_called, stands_in
from tests.consent.deciding import decides
from tests.inbox.caseload import fill
from tests.personas import World

PLAN = Category.PLAN_FOLLOW_UP


def listed(world: World, who: str) -> list[Item]:
    """What waits for somebody, all of it."""
    return list_waiting(world.actor(who), now=world.now).items


def waits(world: World, who: str, kind: InboxKind, news: NewsKind | None = None) -> list[Item]:
    """What of one kind waits for somebody."""
    return [
        item
        for item in listed(world, who)
        if item.kind is kind and (news is None or item.facts["news"] == news)
    ]


def test_a_client_who_asks_for_help_comes_first_at_once_and_goes_when_somebody_was_in_touch(
    world: World,
) -> None:
    asked = check_in(actor=world.actor("client"), case=world.case, feeling=Feeling.HELP,
                     comment="I cannot manage", now=world.now)  # fmt: skip
    first = open_day(world.actor("employment"), now=world.now).groups[0]
    assert (first.group, first.items[0].kind) == (Group.NOW, InboxKind.HELP_WANTED)
    assert "I cannot manage" in first.items[0].words
    assert not waits(world, "social", InboxKind.HELP_WANTED), "the case manager's alone"
    stands_in(world)
    (for_them,) = waits(world, "colleague", InboxKind.HELP_WANTED)
    assert for_them.stands_for == world.actor("employment").name.split()[0]
    handle_check_in(actor=world.actor("colleague"), check_in_id=asked.pk, now=world.now)
    assert not waits(world, "employment", InboxKind.HELP_WANTED)


def test_a_message_waits_for_the_whole_team_until_one_has_answered(world: World) -> None:
    thread = start_thread(actor=world.actor("client"), case=world.case, category=PLAN,
                          kind=ThreadKind.DIALOGUE, topic="The bus card", text="When?",
                          now=world.now)  # fmt: skip
    for who in ("employment", "social", "kela"):
        assert len(waits(world, who, InboxKind.MESSAGE)) == 1, who
    assert count_menu(world.actor("kela"), now=world.now).commitments >= 1
    send_message(actor=world.actor("social"), thread_id=thread.pk, text="Monday.",
                 wants_answer=False, now=world.now)  # fmt: skip
    for who in ("employment", "social", "kela"):
        assert not waits(world, who, InboxKind.MESSAGE), who


def test_a_colleagues_note_is_news_until_it_is_opened_and_never_to_who_wrote_it(
    world: World,
) -> None:
    note = start_thread(actor=world.actor("social"), case=world.case, category=PLAN,
                        kind=ThreadKind.NOTE, topic="Debts", text="Agreed.",
                        now=world.now)  # fmt: skip
    assert not waits(world, "social", InboxKind.NOTE)
    assert len(waits(world, "employment", InboxKind.NOTE)) == 1
    mark_read(actor=world.actor("employment"), thread_id=note.pk, now=world.now)
    assert not waits(world, "employment", InboxKind.NOTE)


def test_a_request_waits_for_the_asked_body_and_its_answer_for_who_asked(world: World) -> None:
    asked = plan.ask_body(actor=world.actor("social"), goal_id=world.joint_goal.pk,
                          to_body=Body.KELA, text="Rehabilitation?", answer_by=day_of(world.now),
                          now=world.now)  # fmt: skip
    (item,) = waits(world, "kela", InboxKind.BODY_REQUEST)
    assert (item.party, item.words) == ("social", "Social services asks: Rehabilitation?")
    assert not waits(world, "employment", InboxKind.BODY_REQUEST)
    plan.decline_request(actor=world.actor("kela"), request_id=asked.pk, answer="No.",
                         now=world.now)  # fmt: skip
    assert not waits(world, "kela", InboxKind.BODY_REQUEST)
    (answer,) = waits(world, "social", InboxKind.NEWS, NewsKind.REQUEST_ANSWERED)
    mark_news_seen(actor=world.actor("social"), news_ids=[answer.subject_id], now=world.now)
    assert not waits(world, "social", InboxKind.NEWS, NewsKind.REQUEST_ANSWERED)


def test_a_no_to_the_plan_is_at_once_before_who_proposed_it_until_it_is_settled(
    world: World,
) -> None:
    assert waits(world, "kela", InboxKind.PROPOSAL)
    plan.disagree_with_plan(actor=world.actor("kela"), version_id=world.version.pk,
                            comment="Too much.", now=world.now)  # fmt: skip
    assert not waits(world, "kela", InboxKind.PROPOSAL)
    (no,) = waits(world, "employment", InboxKind.DISAGREED)
    assert no.group is Group.NOW and no.words.startswith("Kela disagrees")
    plan.settle_disagreement(
        actor=world.actor("employment"), version_id=world.version.pk, now=world.now,
        settlement="We go on as before.",
    )  # fmt: skip
    assert not waits(world, "employment", InboxKind.DISAGREED)


def test_what_the_client_does_not_want_is_told_to_the_team(world: World) -> None:
    plan.object_to_action(actor=world.actor("client"), action_id=world.action.pk,
                          statement="Not this.", now=world.now)  # fmt: skip
    (told,) = waits(world, "employment", InboxKind.NEWS, NewsKind.OBJECTED)
    assert "Not this." in told.words


def test_who_is_put_on_a_team_is_told(world: World) -> None:
    add_team_member(actor=world.actor("employment"), case=world.case, why="",
                    user_id=world.actor("colleague").writer_id, now=world.now)  # fmt: skip
    assert len(waits(world, "colleague", InboxKind.NEWS, NewsKind.TEAM_JOINED)) == 1
    assert not waits(world, "employment", InboxKind.NEWS, NewsKind.TEAM_JOINED)


def test_who_is_taken_off_a_team_is_told_once_and_not_whose(world: World) -> None:
    kela = world.actor("kela").writer_id
    end_team_term(actor=world.actor("employment"), case=world.case, user_id=kela, now=world.now)
    (told,) = waits(world, "kela", InboxKind.NEWS, NewsKind.TEAM_LEFT)
    assert (told.case, told.person, way_to(told)) == (None, None, ("", ""))
    mark_news_seen(actor=world.actor("kela"), news_ids=[told.subject_id], now=world.now)
    assert not waits(world, "kela", InboxKind.NEWS, NewsKind.TEAM_LEFT)
    assert not waits(world, "social", InboxKind.NEWS, NewsKind.TEAM_LEFT)


def test_who_is_on_the_team_again_before_they_read_it_is_told_just_that(world: World) -> None:
    for act, why in ((end_team_term, {}), (add_team_member, {"why": ""})):
        act(actor=world.actor("employment"), case=world.case,
            user_id=world.actor("kela").writer_id, now=world.now, **why)  # type: ignore[operator]  # fmt: skip
    assert len(waits(world, "kela", InboxKind.NEWS, NewsKind.TEAM_JOINED)) == 1
    assert not waits(world, "kela", InboxKind.NEWS, NewsKind.TEAM_LEFT)


def test_a_bodys_no_to_an_end_is_at_once_before_who_answers_for_the_case_and_who_proposed_it(
    world: World,
) -> None:
    ending = plan.propose_ending(
        actor=world.actor("social"), case=world.case, exit=Exit.EDUCATION, reason="A school.",
        follow_up_by_id=world.actor("social").user_id, now=world.now,
    )  # fmt: skip
    add_team_member(actor=world.actor("employment"), case=world.case, why="",
                    user_id=world.actor("colleague").writer_id, now=world.now)  # fmt: skip
    plan.assess_ending(actor=world.actor("kela"), ending_id=ending.pk, need_has_ended=False,
                       statement="The pain is there.", now=world.now)  # fmt: skip
    groups = {"employment": Group.NOW, "social": Group.NOW, "colleague": Group.TODAY}
    for who, group in groups.items():
        (told,) = waits(world, who, InboxKind.NEWS, NewsKind.ENDING_CLOSED)
        assert told.group is group, who
        assert "Kela sees that joint service is still needed" in told.words
        assert "pain" not in told.words
    assert not waits(world, "kela", InboxKind.NEWS, NewsKind.ENDING_CLOSED)


def test_a_proposal_that_is_set_aside_is_told_to_the_team_where_the_plan_is_open_to_them(
    world: World,
) -> None:
    plan.disagree_with_plan(actor=world.actor("kela"), version_id=world.version.pk,
                            comment="Too much.", now=world.now)  # fmt: skip
    plan.settle_disagreement(actor=world.actor("employment"), version_id=world.version.pk,
                             settlement="We go on as before.", now=world.now)  # fmt: skip
    for who in ("social", "kela"):
        (told,) = waits(world, who, InboxKind.NEWS, NewsKind.PROPOSAL_SET_ASIDE)
        assert told.category == PLAN and way_to(told)[0] == f"/versions/{world.version.pk}/"
    assert not waits(world, "employment", InboxKind.NEWS, NewsKind.PROPOSAL_SET_ASIDE)


def test_a_decision_of_the_client_is_told_to_the_body_it_is_about_and_not_what_it_was(
    world: World,
) -> None:
    decides(world, Choice.DENIED, categories=[Category.SOCIAL_SITUATION])
    (told,) = waits(world, "kela", InboxKind.NEWS, NewsKind.CONSENT_CHANGED)
    assert told.words == str(NewsKind.CONSENT_CHANGED.label)
    assert not waits(world, "social", InboxKind.NEWS, NewsKind.CONSENT_CHANGED)


def test_an_invitation_waits_for_an_answer_and_a_no_for_who_called(world: World) -> None:
    meeting = is_called(world, "social")
    (asked,) = waits(world, "employment", InboxKind.MEETING_ASKED)
    place = meeting.participants.get(user=world.actor("employment").writer_id)
    meetings.answer_invitation(actor=world.actor("employment"), meeting_id=meeting.pk,
                               participant_id=place.pk, coming=Attendance.CANNOT,
                               now=world.now)  # fmt: skip
    assert not waits(world, "employment", InboxKind.MEETING_ASKED)
    assert len(waits(world, "social", InboxKind.NEWS, NewsKind.MEETING_DECLINED)) == 1
    assert asked.subject_id == meeting.pk


def test_an_own_step_is_late_today_this_week_and_later_and_nothing_more_distant(
    world: World,
) -> None:
    for days, group in ((-2, Group.LATE), (0, Group.TODAY), (5, Group.WEEK), (20, Group.LATER)):
        step = has_step(world, in_days=max(days, 0))
        step.due_on = day_of(world.now) + timedelta(days=days)
        step.save(update_fields=["due_on"])
        (item,) = [i for i in listed(world, "employment") if i.subject_id == step.pk]
        assert item.group is group
    far = has_step(world, in_days=60)
    assert far.pk not in {item.subject_id for item in listed(world, "employment")}


def test_a_step_is_for_who_stands_in_too_and_gone_for_both_when_done(world: World) -> None:
    step = has_step(world)
    stands_in(world)
    (item,) = [i for i in listed(world, "colleague") if i.subject_id == step.pk]
    assert item.stands_for
    plan.close_action(actor=world.actor("colleague"), action_id=step.pk, state=ActionState.DONE,
                      reason="", revision=step.revision, now=world.now)  # fmt: skip
    for who in ("colleague", "employment"):
        assert step.pk not in {item.subject_id for item in listed(world, who)}


def test_what_is_not_open_to_a_body_does_not_wait_for_it_nor_is_it_counted(world: World) -> None:
    before = count_menu(world.actor("kela"), now=world.now)
    thread = start_thread(actor=world.actor("social"), case=world.case, text="Planted words",
                          category=Category.SOCIAL_SITUATION, kind=ThreadKind.NOTE,
                          topic="Planted words", now=world.now)  # fmt: skip
    assert thread.pk not in {item.subject_id for item in listed(world, "kela")}
    assert count_menu(world.actor("kela"), now=world.now) == before


@pytest.mark.parametrize("who", ["outsider", "colleague"])
def test_who_is_in_no_case_of_it_sees_nothing_of_it(world: World, who: str) -> None:
    check_in(actor=world.actor("client"), case=world.case, feeling=Feeling.HELP, now=world.now)
    assert world.case.pk not in {item.case.pk for item in listed(world, who) if item.case}


def test_the_first_page_shows_ten_things_with_all_that_cannot_wait(
    world: World, login: Any
) -> None:
    for n in range(30):
        step = has_step(world, in_days=n % 3)
        step.due_on = day_of(world.now) - timedelta(days=n % 3)
        step.save(update_fields=["due_on"])
    check_in(actor=world.actor("client"), case=world.case, feeling=Feeling.HELP, now=world.now)
    day = open_day(world.actor("employment"), now=world.now)
    shown = {group.group: len(group.items) for group in day.groups}
    assert sum(shown.values()) == SHOWN
    assert shown[Group.NOW] == 1 and min(shown[Group.LATE], shown[Group.TODAY]) >= 2
    browser = login("employment")
    browser.get("/day/")
    with CaptureQueriesContext(connection) as asked:
        page = browser.get("/day/").content
    assert len(page) < 60_000
    statements = [q["sql"] for q in asked if not q["sql"].startswith(("SAVEPOINT", "RELEASE"))]
    assert len(statements) <= 12, statements
    assert f"Show all {day.waits.total}" in page.decode()
    assert browser.get("/day/?which=all").status_code == 200
    assert browser.get("/day/?which=nonsense").status_code == 404


def test_what_waits_is_planned_once_a_connection(world: World) -> None:
    """To plan its many parts takes longer than to answer them; the driver keeps the plan."""
    connection.connection.prepare_threshold = 0
    try:
        first = listed(world, "employment")
        assert listed(world, "employment") == first
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*), bool_or(from_sql) FROM pg_prepared_statements")
            assert cursor.fetchone() == (1, False)
    finally:
        connection.connection.prepare_threshold = None


def test_of_what_is_new_a_clients_words_come_before_what_has_only_happened(world: World) -> None:
    earlier = world.now - timedelta(days=2)
    start_thread(actor=world.actor("social"), case=world.case, category=PLAN, kind=ThreadKind.NOTE,
                 topic="Debts", text="Agreed.", now=earlier)  # fmt: skip
    start_thread(actor=world.actor("client"), case=world.case, category=PLAN, topic="The bus card",
                 kind=ThreadKind.DIALOGUE, text="When?", now=world.now)  # fmt: skip
    new = [item.kind for item in listed(world, "employment") if item.group is Group.TODAY]
    assert new[0] is InboxKind.MESSAGE and new.index(InboxKind.NOTE) > 0


def test_the_first_page_offers_in_a_row_what_every_other_page_offers_there(world: World) -> None:
    step = has_step(world, in_days=0)
    step.refresh_from_db()
    actor = world.actor("employment")
    item = next(i for i in waits(world, "employment", InboxKind.ACTION) if i.subject_id == step.pk)
    elsewhere = acts_of_action(actor, step, may_write=True, now=world.now)
    here = acts_of(item)
    assert here is not None
    assert (here.acts, here.revision) == (elsewhere.acts, elsewhere.revision)
    asked = plan.ask_body(actor=world.actor("social"), goal_id=world.joint_goal.pk,
                          to_body=Body.KELA, text="Rehabilitation?", answer_by=day_of(world.now),
                          now=world.now)  # fmt: skip
    (request,) = waits(world, "kela", InboxKind.BODY_REQUEST)
    offered = acts_of(request)
    assert offered is not None
    assert offered.acts == acts_of_request(world.actor("kela"), asked, may_write=True).acts


def test_each_kind_has_one_rule_and_a_page_where_it_is_dealt_with(world: World) -> None:
    kinds = [rule.kind for rule in RULES]
    assert len(kinds) == len(set(kinds)) and set(kinds) == set(InboxKind)
    for who in ("employment", "social", "kela"):
        for item in listed(world, who):
            assert way_to(item)[0], item.kind


@pytest.mark.deep
def test_with_two_hundred_cases_it_asks_and_sends_no_more(world: World, login: Any) -> None:
    with connection.cursor() as cursor:
        fill(cursor, day_of(world.now))
    browser = login("employment")
    browser.get("/day/")
    with CaptureQueriesContext(connection) as asked:
        page = browser.get("/day/").content
    statements = [q["sql"] for q in asked if not q["sql"].startswith(("SAVEPOINT", "RELEASE"))]
    assert len(statements) <= 12, statements
    assert len(page) <= 60_000
    assert open_day(world.actor("employment"), now=world.now).waits.total > 100
