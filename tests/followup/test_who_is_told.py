"""Which letters fill the outbox: each thing that is told, and beside it one that is not."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest

from caseplan.meetings.models import Meeting, MeetingState
from caseplan.meetings.services import call_meeting
from caseplan.messages.models import Message, ThreadKind
from caseplan.messages.services import mark_read, send_message, start_thread
from caseplan.plan.models import Answer, PlanVersion
from caseplan.plan.services import propose_plan
from cases.models import Case, News, NewsKind
from common.actor import system_actor
from common.bodies import Party
from common.clock import HELSINKI, day_of
from consent.models import Category, ConsentRequest
from followup.models import (
    Channel,
    ContactChoice,
    Notice,
    Notification,
    NotificationState,
    Reminder,
    SnoozeReason,
)
from followup.services import notify_of_messages, notify_of_the_night
from people.models import LifeEvent, LifeKind, LifeState, Person, User
from tests.personas import World

NIGHT = system_actor("night")
WEDNESDAY = datetime(2026, 12, 2, 10, 0, tzinfo=HELSINKI)
DAY, HOUR, MOMENT = timedelta(days=1), timedelta(hours=1), timedelta(milliseconds=1)


@pytest.fixture
def people(world: World) -> World:
    """A worker and a client with addresses, of whom nothing is told and nothing stands."""
    Notification.objects.all().delete()
    Reminder.objects.all().delete()
    User.objects.exclude(username__in=["employment", "client"]).update(email="")
    User.objects.filter(username="employment").update(email="employment@example.org")
    User.objects.filter(username="client").update(last_login=None, email="")
    Person.objects.exclude(user__username="client").update(email="", phone="")
    the_client().update(email="aino@example.org", phone="+358 40 1", non_disclosure=False)
    return world


def the_client() -> Any:
    return Person.objects.filter(user__username="client")


_numbers = iter(range(1, 10_000))


def stands(world: World, who: str, **given: Any) -> Reminder:
    """A reminder that was raised long ago and is due in some weeks."""
    return Reminder.objects.create(
        **{
            "kind": "plan_due", "case": world.case, "subject_id": world.case.pk,
            "due_on": day_of(WEDNESDAY) + timedelta(days=30 + next(_numbers)),
            "for_user": User.objects.get(username=who),
            "raised_on": day_of(WEDNESDAY) - timedelta(days=20), **given,
        }
    )  # fmt: skip


def night(days: int = 0) -> set[tuple[str, str]]:
    """Who is newly told of what in a night, so many days after Wednesday."""
    now = WEDNESDAY + timedelta(days=days)
    before = set(Notification.objects.values_list("pk", flat=True))
    made = notify_of_the_night(actor=NIGHT, on=day_of(now), now=now)
    rows = Notification.objects.exclude(pk__in=before)
    assert rows.count() == made
    return set(rows.values_list("user__username", "notice"))


WORKER, CLIENT = {("employment", "digest")}, {("client", "news")}


# The night's letters


def test_a_letter_begins_untried_and_waits_from_the_moment_it_was_made(people: World) -> None:
    stands(people, "client")
    assert night() == CLIENT
    row = Notification.objects.get()
    assert (row.channel, row.about) == (Channel.EMAIL, day_of(WEDNESDAY).isoformat())
    assert (row.made_at, row.not_before) == (WEDNESDAY, WEDNESDAY)
    assert (row.state, row.closed_at) == (NotificationState.WAITING, None)
    assert (row.tries, row.handings, row.failure) == (0, 0, "")


@pytest.mark.parametrize(("who", "told"), [("employment", WORKER), ("client", CLIENT)])
def test_what_was_told_is_told_again_only_when_something_came_since(
    people: World, who: str, told: set[tuple[str, str]]
) -> None:
    stands(people, who)
    assert night(-1) == told
    assert night(0) == set()
    stands(people, who, raised_on=day_of(WEDNESDAY))
    assert night(0) == told
    assert night(1) == set(), "it was told of"
    stands(people, who, due_on=day_of(WEDNESDAY + 2 * DAY))
    assert night(2) == told, "it is due on that day"
    assert night(5) == set()


def test_the_newest_digest_of_ones_own_says_what_was_told(people: World) -> None:
    """Not the oldest, not another's, and not a letter of another kind."""
    stands(people, "employment", raised_on=day_of(WEDNESDAY) - 3 * DAY)
    user = User.objects.get(username="employment")
    about = {days: day_of(WEDNESDAY + days * DAY).isoformat() for days in (-5, -4, -2)}

    def letter(username: str, notice: Notice, about: str) -> None:
        Notification.objects.create(
            user=User.objects.get(username=username), channel=Channel.EMAIL, notice=notice,
            about=about, made_at=WEDNESDAY, not_before=WEDNESDAY,
        )  # fmt: skip

    letter("employment", Notice.DIGEST, about[-5])
    letter("employment", Notice.MESSAGE, about[-2])
    letter("client", Notice.NEWS, about[-2])
    assert night() == WORKER
    Notification.objects.filter(user=user, about=day_of(WEDNESDAY).isoformat()).delete()
    letter("employment", Notice.DIGEST, about[-2])
    assert night() == set()


def test_what_has_ended_or_waits_is_not_told_and_what_waited_to_this_day_is(people: World) -> None:
    stands(people, "employment", ended_on=day_of(WEDNESDAY))
    assert night() == set()
    waits = {"snoozed_because": SnoozeReason.AGREED}
    stands(people, "employment", snoozed_until=day_of(WEDNESDAY + DAY), **waits)
    assert night() == set()
    assert night(1) == WORKER
    stands(people, "employment", snoozed_until=day_of(WEDNESDAY + 2 * DAY), **waits)
    assert night(2) == WORKER, "of what was told before, and has waited to this day"
    assert night(5) == set()


def test_a_weekend_has_no_digest_and_its_news_for_clients(people: World) -> None:
    stands(people, "employment")
    stands(people, "client")
    assert night(3) == CLIENT, "a Saturday"
    stands(people, "client", raised_on=day_of(WEDNESDAY + 4 * DAY))
    assert night(4) == CLIENT, "a Sunday"
    assert night(5) == WORKER, "a Monday"


def test_the_client_of_a_point_gets_its_link_and_the_worker_their_digest(people: World) -> None:
    point = stands(people, "client", kind="point_due")
    stands(people, "employment", kind="point_due")
    assert night() == {("client", "point"), *WORKER}
    row = Notification.objects.get(user__username="client")
    assert row.about == str(point.subject_id)
    assert night(1) == set(), "once"
    stands(people, "client", kind="point_due", subject_id=people.own_goal.pk,
        ended_on=day_of(WEDNESDAY))  # fmt: skip
    assert night(2) == set(), "it is over"


# By which channel


def channels(*, of: str = "client") -> set[str]:
    Notification.objects.all().delete()
    notify_of_the_night(actor=NIGHT, on=day_of(WEDNESDAY), now=WEDNESDAY)
    rows = Notification.objects.filter(user__username=of)
    return set(rows.values_list("channel", flat=True))


def chooses(who: str, **channels: bool) -> None:
    ContactChoice.objects.update_or_create(
        user=User.objects.get(username=who),
        defaults={"email": False, "sms": False, "suomifi": False, **channels},
    )


def test_a_client_is_told_by_the_channels_they_chose_where_there_is_an_address(
    people: World,
) -> None:
    stands(people, "client")
    assert channels() == {"email"}, "who chose nothing"
    chooses("client", email=True, sms=True, suomifi=True)
    assert channels() == {"email", "sms", "suomifi"}
    for one in ("email", "sms", "suomifi"):
        chooses("client", **{one: True})
        assert channels() == {one}
    chooses("client", email=True, sms=True, suomifi=True)
    the_client().update(phone="")
    assert channels() == {"email", "suomifi"}
    the_client().update(email="", phone="+358 40 1")
    assert channels() == {"sms", "suomifi"}


def test_nobody_is_written_to_who_has_died_or_whose_log_in_is_closed(people: World) -> None:
    stands(people, "client")
    the_client().update(died_on=day_of(WEDNESDAY))
    assert channels() == set()
    the_client().update(died_on=None)
    User.objects.filter(username="client").update(is_active=False)
    assert channels() == set()
    User.objects.filter(username="client").update(is_active=True)
    assert channels() == {"email"}


def test_a_worker_has_e_mail_alone(people: World) -> None:
    stands(people, "employment")
    chooses("employment", email=True, sms=True, suomifi=True)
    assert channels(of="employment") == {"email"}
    User.objects.filter(username="employment").update(email="")
    assert channels(of="employment") == set()


# What the team puts before the client


NOW = WEDNESDAY


def told(now: datetime = NOW) -> list[str]:
    """What the client's one letter is about, were nothing told before."""
    Notification.objects.all().delete()
    notify_of_messages(actor=NIGHT, now=now)
    return list(Notification.objects.filter(notice="message").values_list("about", flat=True))


def said(world: World, by: str, at: datetime, kind: ThreadKind = ThreadKind.DIALOGUE) -> Any:
    return start_thread(
        actor=world.actor(by), case=world.case, kind=kind, topic="T", text="?",
        category=Category.PLAN_FOLLOW_UP, now=at,
    )  # fmt: skip


def test_a_message_is_new_for_a_day_and_until_it_is_read(people: World) -> None:
    thread = said(people, "social", NOW - DAY)
    assert told() == []
    assert len(told(NOW - MOMENT)) == 1
    mark_read(actor=people.actor("client"), thread_id=thread.pk, now=NOW - HOUR)
    send_message(
        actor=people.actor("social"), thread_id=thread.pk, text="!", wants_answer=False,
        now=NOW - MOMENT,
    )  # fmt: skip
    newest = Message.objects.get(thread=thread, text="!")
    assert told() == [str(newest.pk)], "read before it came"
    other = said(people, "social", NOW - 2 * HOUR)
    mark_read(actor=people.actor("client"), thread_id=thread.pk, now=NOW)
    assert len(told()) == 1, "another thread is not read"
    mark_read(actor=people.actor("social"), thread_id=other.pk, now=NOW)
    assert len(told()) == 1, "nor by being read by somebody else"
    mark_read(actor=people.actor("client"), thread_id=other.pk, now=NOW)
    assert told() == []


def test_what_the_client_wrote_and_what_is_among_the_bodies_is_not_told(people: World) -> None:
    said(people, "client", NOW - HOUR)
    said(people, "social", NOW - HOUR, ThreadKind.NOTE)
    assert told() == []


def test_a_meeting_is_told_while_it_is_to_come(people: World) -> None:
    meeting = call_meeting(
        actor=people.actor("employment"), case=people.case, starts_at=NOW + DAY, minutes_long=60,
        place="Here", remote_link="", member_ids=[], now=NOW - HOUR,
    )  # fmt: skip
    rows = Meeting.objects.filter(pk=meeting.pk)
    assert told() == [str(meeting.pk)]
    rows.update(starts_at=NOW)
    assert told() == [], "it has begun"
    rows.update(starts_at=NOW + DAY, recorded_at=NOW - DAY)
    assert told() == [], "a day old"
    rows.update(recorded_at=NOW - DAY + MOMENT)
    assert told() == [str(meeting.pk)]
    rows.update(
        state=MeetingState.CANCELLED, closed_at=NOW, cancelled_because="Ill.",
        closed_by=people.actor("social").user_id,
    )  # fmt: skip
    assert told() == []


def test_a_proposal_is_told_until_the_client_has_answered_and_while_it_is_one(
    people: World,
) -> None:
    version = propose_plan(actor=people.actor("social"), case=people.case, now=NOW - HOUR)
    rows = PlanVersion.objects.filter(pk=version.pk)

    def answered_by(party: Party) -> Answer:
        row = Answer(
            case=people.case, version=version, party=party, reply="accepted", how="electronic",
            category=Category.PLAN_FOLLOW_UP, recorded_for=party,
            recorded_by_id=people.actor(party.value).user_id, recorded_at=NOW,
        )  # fmt: skip
        row.save()
        return row

    answered_by(Party.SOCIAL)
    assert told() == [str(version.pk)], "another party's answer is not theirs"
    rows.update(set_aside_at=NOW)
    assert told() == []
    rows.update(set_aside_at=None)
    assert told() == [str(version.pk)]
    answered_by(Party.CLIENT)
    assert told() == []


def test_a_request_for_consent_is_told_while_it_is_open(people: World) -> None:
    row = ConsentRequest.objects.get(case=people.case, closed_at=None)
    rows = ConsentRequest.objects.filter(pk=row.pk)
    rows.update(asked_at=NOW - DAY)
    assert told() == []
    rows.update(asked_at=NOW - HOUR)
    assert told() == [str(row.pk)]
    rows.update(closed_at=NOW)
    assert told() == []


def test_a_change_in_their_life_that_was_done_is_told_to_the_client(people: World) -> None:
    event = LifeEvent.objects.create(
        person=people.case.person, kind=LifeKind.MOVED, state=LifeState.DONE,
        recorded_at=NOW - HOUR, recorded_by_id=people.actor("social").user_id,
        done_at=NOW - HOUR, done_by_id=people.actor("social").user_id,
    )  # fmt: skip
    rows = LifeEvent.objects.filter(pk=event.pk)
    assert told() == [str(event.pk)]
    rows.update(done_at=NOW - DAY)
    assert told() == []
    rows.update(done_at=NOW - HOUR, kind=LifeKind.DIED)
    assert told() == []


def news(world: World, who: str = "client", **given: Any) -> News:
    return News.objects.create(
        **{
            "case": world.case, "for_user": User.objects.get(username=who),
            "kind": NewsKind.MANAGER_CHANGED, "subject_id": world.case.pk, "at": NOW - HOUR,
            **given,
        }
    )  # fmt: skip


def test_news_are_told_until_they_are_seen_and_again_when_they_change(people: World) -> None:
    row = news(people)
    rows = News.objects.filter(pk=row.pk)
    (first,) = told()
    rows.update(at=NOW - MOMENT)
    (second,) = told()
    assert first != second and {first.split("@")[0], second.split("@")[0]} == {str(row.pk)}
    rows.update(at=NOW - DAY)
    assert told() == []
    rows.update(at=NOW - HOUR, seen_at=NOW)
    assert told() == []
    rows.update(seen_at=None, for_user=people.actor("social").user_id)
    assert told() == [], "a worker's"


def test_news_of_another_clients_case_are_theirs(people: World) -> None:
    other = Case.objects.get(person__user__username="client2")
    news(people, case=other)
    assert told() == []


def test_one_letter_is_about_the_newest_and_goes_to_who_has_not_been_here_since(
    people: World,
) -> None:
    thread = said(people, "social", NOW - 3 * HOUR)
    row = news(people, at=NOW - HOUR)
    said(people, "kela", NOW - 2 * HOUR)
    (about,) = told()
    assert about.startswith(str(row.pk))
    client = User.objects.filter(username="client")
    client.update(last_login=NOW - HOUR - MOMENT)
    assert len(told()) == 1, "here before it"
    client.update(last_login=NOW - HOUR)
    assert told() == []
    assert thread.pk is not None


def test_a_case_that_has_ended_and_a_client_without_a_log_in_are_told_nothing(
    people: World,
) -> None:
    news(people)
    the_client().update(user=None)
    assert told() == []


def test_there_is_a_letter_an_hour_for_each_whatever_others_got(people: World) -> None:
    def letter(username: str, notice: Notice, at: datetime) -> None:
        Notification.objects.create(
            user=User.objects.get(username=username), channel=Channel.EMAIL, notice=notice,
            about=f"{at.isoformat()}{username}"[:60], made_at=at, not_before=at,
        )  # fmt: skip

    def also() -> int:
        made = notify_of_messages(actor=NIGHT, now=NOW)
        Notification.objects.filter(made_at=NOW).delete()
        return made

    news(people)
    letter("client2", Notice.MESSAGE, NOW - MOMENT)
    letter("client", Notice.NEWS, NOW - MOMENT)
    letter("client", Notice.MESSAGE, NOW - HOUR)
    assert also() == 1
    letter("client", Notice.MESSAGE, NOW - HOUR + MOMENT)
    assert also() == 0
