"""Letters: none twice, none lost, none in the night, and never a word of anybody's case."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from datetime import datetime, time, timedelta
from typing import Any

import pytest

from audit.models import AuditRow
from caseplan.messages.models import ThreadKind
from caseplan.messages.services import mark_read, send_message, start_thread
from caseplan.plan.services import accept_plan, propose_plan
from common.actor import system_actor
from common.clock import HELSINKI, day_of
from consent.models import Category
from followup import services
from followup.models import Channel, Notification, NotificationState, Reminder, SnoozeReason
from followup.selectors import reminders_for
from followup.services import deliver, delivering, notify_of_messages, notify_of_the_night, remind
from people.models import Person, User
from tests.followup.mail import Postbox, mail_server
from tests.personas import World

NIGHT = system_actor("night")
# A Wednesday.
DAY = datetime(2026, 12, 2, 10, 0, tzinfo=HELSINKI)


@pytest.fixture
def postbox(settings: Any) -> Iterator[Postbox]:
    with mail_server() as (box, port):
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port
        yield box


@pytest.fixture
def people(world: World) -> World:
    """The demo's people with addresses; nothing told yet."""
    Notification.objects.all().delete()
    for username in ("employment", "social", "director", "officer"):
        User.objects.filter(username=username).update(email=f"{username}@example.org")
    Person.objects.filter(user__username="client").update(
        email="aino@example.org", phone="+358 40 1", non_disclosure=False, language="sv"
    )
    User.objects.filter(username="client").update(language="fi", last_login=None)
    return world


def night(now: datetime = DAY) -> None:
    on = day_of(now)
    remind(actor=NIGHT, on=on)
    notify_of_the_night(actor=NIGHT, on=on, now=now)


def hand_over(now: datetime = DAY, channel: Channel = Channel.EMAIL) -> services.Delivered:
    return deliver(actor=NIGHT, channel=channel, now=lambda: now)


def to(postbox: Postbox) -> dict[str, str]:
    return {one["To"]: one.get_payload(decode=True).decode() for one in postbox.letters}


def test_a_worker_gets_one_digest_and_a_client_one_letter(people: World, postbox: Postbox) -> None:
    night()
    night()
    hand_over()
    hand_over()
    said = to(postbox)
    assert {"employment@example.org", "aino@example.org"} <= said.keys()
    assert set(postbox.ids.values()) == {1}
    assert len(postbox.letters) == len(said)
    count = Reminder.objects.filter(for_user__username="employment", ended_on=None).count()
    assert str(count) in said["employment@example.org"]


def test_a_letter_says_nothing_of_the_case(people: World, postbox: Postbox) -> None:
    night()
    hand_over()
    person = people.case.person
    confidential = [
        person.first_names, person.last_name, str(people.case.pk), people.action.text,
        people.own_goal.text, "Sosiaali", "sosiaali", "Kela",
    ]  # fmt: skip
    for one in postbox.letters:
        whole = one.as_string() + one.get_payload(decode=True).decode()
        assert not [word for word in confidential if word in whole]
    client = to(postbox)["aino@example.org"]
    assert "Det finns något nytt för dig" in client, "in the client's language"


def test_nothing_goes_out_in_the_night_and_all_of_it_in_the_morning(
    people: World, postbox: Postbox
) -> None:
    at_two = DAY.replace(hour=2)
    night(at_two)
    assert hand_over(at_two).put_off > 0
    assert hand_over(DAY.replace(hour=7, minute=59)).sent == 0
    assert postbox.letters == []
    hand_over(DAY.replace(hour=8))
    assert "aino@example.org" in to(postbox)


def test_what_was_done_meanwhile_is_not_told(people: World, postbox: Postbox) -> None:
    night()
    Reminder.objects.filter(for_user__username="employment").update(ended_on=day_of(DAY))
    hand_over()
    assert "employment@example.org" not in to(postbox)
    states = Notification.objects.filter(user__username="employment").values_list(
        "state", flat=True
    )
    assert list(states) == [NotificationState.NEEDLESS]


def test_the_weekend_has_no_digest_and_monday_tells_of_it(people: World, postbox: Postbox) -> None:
    friday = DAY + timedelta(days=2)
    night(friday)
    saturday = friday + timedelta(days=1)
    Reminder.objects.filter(for_user__username="employment").first().delete()  # type: ignore
    night(saturday)
    monday = friday + timedelta(days=3)
    days = Notification.objects.filter(user__username="employment").values_list("about", flat=True)
    assert list(days) == [day_of(friday).isoformat()]
    night(monday)
    assert sorted(days.all()) == [day_of(friday).isoformat(), day_of(monday).isoformat()]


def test_a_day_with_nothing_new_has_no_digest(people: World) -> None:
    night()
    before = Notification.objects.filter(user__username="employment").count()
    Reminder.objects.filter(due_on=day_of(DAY) + timedelta(days=1)).delete()
    notify_of_the_night(actor=NIGHT, on=day_of(DAY) + timedelta(days=1), now=DAY)
    assert Notification.objects.filter(user__username="employment").count() == before


def test_somebody_under_non_disclosure_is_written_to_by_suomifi_alone(
    people: World, postbox: Postbox, tmp_path: Any, settings: Any
) -> None:
    settings.MESSAGE_FOLDER = tmp_path
    Person.objects.filter(pk=people.case.person_id).update(non_disclosure=True)
    services.choose_contact(
        actor=people.actor("client"), email=True, sms=True, suomifi=True,
        quiet_from=time(0), quiet_until=time(0), now=DAY,
    )  # fmt: skip
    night()
    for channel in Channel:
        hand_over(channel=channel)
    assert "aino@example.org" not in to(postbox)
    assert not (tmp_path / "sms").exists()
    assert len(list((tmp_path / "suomifi").glob("*.json"))) == 1


def test_who_chose_no_letters_gets_none(people: World, postbox: Postbox) -> None:
    services.choose_contact(
        actor=people.actor("client"), email=False, sms=False, suomifi=False,
        quiet_from=time(0), quiet_until=time(0), now=DAY,
    )  # fmt: skip
    night()
    hand_over()
    assert "aino@example.org" not in to(postbox)


def test_a_message_is_told_of_once_however_many_come(people: World, postbox: Postbox) -> None:
    social = people.actor("social")
    thread = start_thread(
        actor=social, case=people.case, kind=ThreadKind.DIALOGUE, topic="Raha-asiat",
        category=Category.PLAN_FOLLOW_UP, text="Miten menee?", now=DAY,
    )  # fmt: skip
    notify_of_messages(actor=NIGHT, now=DAY + timedelta(minutes=1))
    send_message(
        actor=social,
        thread_id=thread.pk,
        text="Ja vielä.",
        wants_answer=True,
        now=DAY + timedelta(minutes=5),
    )
    notify_of_messages(actor=NIGHT, now=DAY + timedelta(minutes=6))
    later = DAY + timedelta(minutes=10)
    hand_over(later)
    hand_over(later)
    [letter] = postbox.letters
    assert "Raha" not in letter.as_string()
    # An hour later what came since, and was not read, is told of again.
    notify_of_messages(actor=NIGHT, now=DAY + timedelta(minutes=70))
    hand_over(DAY + timedelta(minutes=71))
    assert len(postbox.letters) == 2


def test_only_what_still_waits_for_the_client_is_told_of(people: World) -> None:
    """What is new of the last day, and neither read, answered, closed nor of an ended case."""
    social, client = people.actor("social"), people.actor("client")
    soon = DAY + timedelta(minutes=1)

    def told() -> int:
        made = notify_of_messages(actor=NIGHT, now=soon)
        Notification.objects.all().delete()
        return made

    assert told() == 0, "what came days ago"
    said = {"case": people.case, "topic": "T", "category": Category.PLAN_FOLLOW_UP, "now": DAY}
    start_thread(actor=client, kind=ThreadKind.DIALOGUE, text="Mine.", **said)  # type: ignore[arg-type]
    start_thread(actor=social, kind=ThreadKind.NOTE, text="Among us.", **said)  # type: ignore[arg-type]
    assert told() == 0, "their own, and what is not to them"
    thread = start_thread(
        actor=social, kind=ThreadKind.DIALOGUE, text="To you.", **said  # type: ignore[arg-type]
    )  # fmt: skip
    assert told() == 1
    mark_read(actor=client, thread_id=thread.pk, now=soon)
    assert told() == 0, "read"
    version = propose_plan(actor=social, case=people.case, now=DAY)
    assert told() == 1
    accept_plan(actor=client, version_id=version.pk, now=soon)
    assert told() == 0, "answered"
    propose_plan(actor=social, case=people.case, now=DAY)
    assert told() == 1
    people.end_case()
    assert told() == 0, "ended"


def test_what_is_done_is_counted_as_it_was(people: World, postbox: Postbox) -> None:
    nothing = hand_over()
    assert (nothing.sent, nothing.needless, nothing.put_off) == (0, 0, 0)
    assert (nothing.refused, nothing.parked, nothing.unavailable) == (0, 0, False)
    night()
    waiting = Notification.objects.filter(channel=Channel.EMAIL).count()
    postbox.refuses.add("employment@example.org")
    done = hand_over()
    assert (done.sent, done.refused) == (waiting - 1, 1)
    row = Notification.objects.filter(user__username="employment")
    row.update(tries=4, not_before=DAY)
    done = hand_over()
    assert (done.parked, done.refused, done.sent) == (1, 0, 0)
    assert services.try_letters_again(now=DAY) == 1
    assert (row.get().handings, row.get().state) == (0, NotificationState.WAITING)
    assert row.get().closed_at is None


def test_who_has_been_here_since_is_not_written_to(people: World, postbox: Postbox) -> None:
    night()
    User.objects.filter(username="client").update(last_login=DAY + timedelta(minutes=1))
    hand_over(DAY + timedelta(minutes=2))
    assert "aino@example.org" not in to(postbox)


def test_a_refused_letter_is_tried_with_growing_waits_then_parked_and_keeps_nobody(
    people: World, postbox: Postbox
) -> None:
    postbox.refuses.add("employment@example.org")
    night()
    now, tried = DAY, []
    for _minute in range(40):
        if hand_over(now).refused:
            tried.append(now)
        now += timedelta(minutes=1)
    gaps = [(b - a) // timedelta(minutes=1) for a, b in itertools.pairwise(tried)]
    assert gaps == [1, 2, 4]
    row = Notification.objects.get(user__username="employment")
    assert (row.state, row.tries) == (NotificationState.PARKED, 5)
    assert "aino@example.org" in to(postbox)
    # Looked at, mended, tried again.
    postbox.refuses.clear()
    assert services.try_letters_again(now=now) == 1
    hand_over(now)
    assert "employment@example.org" in to(postbox)


def test_a_server_that_is_away_costs_no_letter_a_try(people: World, settings: Any) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9
    night()
    waiting = Notification.objects.filter(state=NotificationState.WAITING).count()
    assert hand_over().unavailable
    assert Notification.objects.filter(state=NotificationState.WAITING, tries=0).count() == waiting


def test_a_server_that_dies_after_the_letter_gets_it_again_with_the_same_id(
    people: World, postbox: Postbox
) -> None:
    """The one window in which a letter may come twice: taken, and the answer lost."""
    postbox.dies_after_data = 1
    night()
    assert hand_over().unavailable
    hand_over()
    hand_over(DAY + timedelta(minutes=2))
    counts = sorted(postbox.ids.values())
    assert counts.count(2) == 1 and set(counts) == {1, 2}
    assert not Notification.objects.filter(
        channel=Channel.EMAIL, state=NotificationState.WAITING
    ).exists()


def test_twice_unanswered_is_looked_at_by_somebody_and_never_handed_over_a_third_time(
    people: World, postbox: Postbox
) -> None:
    Notification.objects.all().delete()
    night()
    Notification.objects.exclude(user__username="client").delete()
    postbox.dies_after_data = 2
    for minutes in range(0, 20, 2):
        hand_over(DAY + timedelta(minutes=minutes))
    assert list(postbox.ids.values()) == [2]
    row = Notification.objects.get()
    assert (row.state, row.failure) == (NotificationState.PARKED, "DeliveryUnconfirmed")


def test_a_letter_held_by_a_process_that_died_is_handed_over_after_its_lease(
    people: World, postbox: Postbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    night()

    def dies(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(delivering, "_tell", dies)
    with pytest.raises(KeyboardInterrupt):
        hand_over()
    monkeypatch.undo()
    hand_over()
    assert set(postbox.ids.values()) == {1}, "the others go on, the held one waits"
    hand_over(DAY + delivering.LEASE)
    assert sorted(set(postbox.ids.values())) == [1, 2], "the window: once more, the same id"


def test_a_temporary_no_to_the_letter_is_tried_again(people: World, postbox: Postbox) -> None:
    postbox.answers_to_data = ["451 later"]
    night()
    assert hand_over().refused == 1
    hand_over(DAY + timedelta(minutes=2))
    assert not Notification.objects.filter(
        channel=Channel.EMAIL, state=NotificationState.WAITING
    ).exists()
    assert set(postbox.ids.values()) == {1}


def test_a_snoozed_reminder_is_neither_shown_nor_told_but_goes_up_all_the_same(
    people: World,
) -> None:
    worker = people.actor("employment")
    remind(actor=NIGHT, on=day_of(people.now))
    reminder = Reminder.objects.filter(
        case=people.case, kind="action_overdue", for_user__username="employment"
    ).earliest("pk")
    until = day_of(people.now) + timedelta(days=5)
    services.snooze(
        actor=worker, reminder_id=reminder.pk, until=until, reason=SnoozeReason.AGREED,
        now=people.now,
    )  # fmt: skip
    on = day_of(people.now)
    shown = [due.id for due in reminders_for(worker, on=on, now=people.now)]
    assert reminder.pk not in shown
    later = [due.id for due in reminders_for(worker, on=on, now=people.now, snoozed=True)]
    assert later == [reminder.pk]
    assert reminder.pk in [due.id for due in reminders_for(worker, on=until, now=people.now)]
    assert AuditRow.objects.filter(action="reminder_snoozed", subject_id=reminder.pk).exists()
