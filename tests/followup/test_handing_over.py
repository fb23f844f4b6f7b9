"""What becomes of each letter: how long it waits, how often it is tried, when it is given up."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, time, timedelta
from typing import Any

import pytest

from common.actor import system_actor
from common.clock import HELSINKI
from followup import services
from followup.channels import ChannelUnavailable, DeliveryRefused, DeliveryUnconfirmed, Letter
from followup.models import Channel, ContactChoice, Notice, Notification, NotificationState
from followup.services import Delivered, deliver, delivering
from people.models import Person, User
from tests.personas import World

NIGHT = system_actor("night")
NOON = datetime(2026, 12, 2, 12, 0, tzinfo=HELSINKI)
MINUTE = timedelta(minutes=1)


class Channels:
    """A channel of the installation's own that does as it is told."""

    taken: list[Letter]
    fails: Exception | None
    fails_for: str

    def __enter__(self) -> Channels:
        return self

    def __exit__(self, *_: object) -> None:
        pass

    def hand_over(self, letter: Letter) -> None:
        if self.fails is not None and self.fails_for in letter.to:
            raise self.fails
        self.taken.append(letter)


channel = Channels()


def made() -> Channels:
    """The channel, as the settings name it."""
    return channel


@pytest.fixture
def outbox(world: World, settings: Any) -> Iterator[Channels]:
    """An empty outbox with addresses in it, and no quiet hours."""
    settings.CHANNELS = {one.value: f"{__name__}.made" for one in Channel}
    Notification.objects.all().delete()
    ContactChoice.objects.all().delete()
    for username in ("employment", "social", "kela"):
        User.objects.filter(username=username).update(email=f"{username}@example.org")
    Person.objects.filter(user__username="client").update(
        email="aino@example.org", phone="+358 40 1", non_disclosure=False
    )
    User.objects.filter(username="client").update(last_login=None)
    channel.taken, channel.fails, channel.fails_for = [], None, ""
    yield channel


def letter(username: str = "client", at: datetime = NOON, **given: Any) -> Notification:
    """A letter to a client of something new: it needs nothing to stand."""
    return Notification.objects.create(
        **{
            "user": User.objects.get(username=username), "channel": Channel.EMAIL,
            "notice": Notice.MESSAGE, "about": f"{Notification.objects.count()}", "made_at": at,
            "not_before": at, **given,
        }
    )  # fmt: skip


def hand_over(now: datetime = NOON, **given: Any) -> Delivered:
    return deliver(**{"actor": NIGHT, "channel": Channel.EMAIL, "now": lambda: now, **given})


def counted(done: Delivered) -> dict[str, Any]:
    """What is not nought."""
    names = ("sent", "needless", "put_off", "refused", "parked", "unavailable")
    return {name: getattr(done, name) for name in names if getattr(done, name)}


def test_the_oldest_goes_first_and_no_more_than_asked(outbox: Channels) -> None:
    second, first = letter(at=NOON - MINUTE), letter("kela", at=NOON - 2 * MINUTE)
    third = letter("social")
    assert counted(hand_over(at_most=2)) == {"sent": 2}
    assert [one.id for one in outbox.taken] == [str(first.pk), str(second.pk)]
    assert counted(hand_over(at_most=0)) == {}
    assert counted(hand_over()) == {"sent": 1}
    assert outbox.taken[-1].id == str(third.pk)


def test_only_what_waits_for_this_channel_and_whose_moment_has_come_is_handed_over(
    outbox: Channels,
) -> None:
    letter(at=NOON + timedelta(milliseconds=1))
    letter("kela", channel=Channel.SMS)
    for state in NotificationState:
        if state != NotificationState.WAITING:
            letter("social", state=state, closed_at=NOON)
    assert counted(hand_over()) == {}
    letter("employment")
    assert counted(hand_over()) == {"sent": 1}
    assert [one.to for one in outbox.taken] == ["employment@example.org"]


def test_what_was_handed_over_is_closed_and_its_failure_before_forgotten(
    outbox: Channels,
) -> None:
    row = letter(failure="DeliveryRefused", tries=2)
    hand_over(NOON + MINUTE)
    row.refresh_from_db()
    assert (row.state, row.closed_at, row.failure) == (
        NotificationState.SENT, NOON + MINUTE, "",
    )  # fmt: skip
    assert counted(hand_over(NOON + timedelta(days=1))) == {}, "once"


def test_what_is_needless_is_closed_and_handed_to_nobody(outbox: Channels) -> None:
    Person.objects.filter(user__username="client").update(email="")
    row = letter()
    assert counted(hand_over()) == {"needless": 1}
    row.refresh_from_db()
    assert (row.state, row.closed_at) == (NotificationState.NEEDLESS, NOON)
    assert outbox.taken == []


# Quiet hours


def test_in_ones_own_quiet_hours_it_is_put_off_to_their_end_and_has_cost_nothing(
    outbox: Channels,
) -> None:
    user = User.objects.get(username="client")
    ContactChoice.objects.create(user=user, quiet_from=time(11), quiet_until=time(13))
    other = User.objects.get(username="kela")
    ContactChoice.objects.create(user=other, quiet_from=time(0), quiet_until=time(0))
    row, theirs = letter(), letter("kela")
    assert counted(hand_over()) == {"put_off": 1, "sent": 1}
    assert [one.id for one in outbox.taken] == [str(theirs.pk)]
    row.refresh_from_db()
    assert (row.state, row.not_before) == (NotificationState.WAITING, NOON + timedelta(hours=1))
    assert (row.tries, row.handings) == (0, 0)
    assert counted(hand_over(NOON + timedelta(minutes=59))) == {}
    assert counted(hand_over(NOON + timedelta(hours=1))) == {"sent": 1}


def test_who_chose_nothing_is_left_in_peace_from_eight_in_the_evening_to_eight(
    outbox: Channels,
) -> None:
    evening = NOON.replace(hour=20)
    row = letter(at=evening)
    assert counted(hand_over(evening)) == {"put_off": 1}
    row.refresh_from_db()
    assert row.not_before == NOON.replace(hour=8) + timedelta(days=1)


# Refused


def test_a_refused_letter_waits_one_two_four_and_eight_minutes_and_is_then_given_up(
    outbox: Channels, caplog: pytest.LogCaptureFixture
) -> None:
    outbox.fails = DeliveryRefused("mailbox full")
    row, now = letter(), NOON
    for tries, minutes in enumerate((1, 2, 4, 8), 1):
        assert counted(hand_over(now)) == {"refused": 1}
        row.refresh_from_db()
        assert (row.tries, row.handings, row.failure) == (tries, 0, "mailbox full")
        assert (row.state, row.not_before) == (
            NotificationState.WAITING, now + minutes * MINUTE,
        )  # fmt: skip
        assert counted(hand_over(now + minutes * MINUTE - timedelta(seconds=1))) == {}
        now += minutes * MINUTE
    assert counted(hand_over(now)) == {"parked": 1}
    row.refresh_from_db()
    assert (row.state, row.closed_at, row.tries) == (NotificationState.PARKED, now, 5)
    assert (row.handings, row.failure) == (0, "mailbox full")
    assert f"The notification {row.pk} was given up: mailbox full" in caplog.text


def test_a_refusal_keeps_nobody_and_its_words_are_cut(outbox: Channels) -> None:
    outbox.fails, outbox.fails_for = DeliveryRefused("x" * 300), "aino"
    row = letter()
    letter("kela")
    letter("social")
    assert counted(hand_over()) == {"refused": 1, "sent": 2}
    row.refresh_from_db()
    assert row.failure == "x" * 100


def test_a_channel_that_breaks_has_refused_and_only_the_kind_of_error_is_kept(
    outbox: Channels,
) -> None:
    """Its message may hold the address, or the letter."""
    outbox.fails = ValueError("aino@example.org")
    row = letter()
    assert counted(hand_over()) == {"refused": 1}
    row.refresh_from_db()
    assert (row.failure, row.tries, row.handings) == ("ValueError", 1, 0)


def test_a_letter_that_cannot_be_written_keeps_nobody_and_is_given_up_in_time(
    outbox: Channels,
) -> None:
    row = letter(notice=Notice.POINT, about="no point at all")
    letter("kela", at=NOON)
    assert counted(hand_over()) == {"refused": 1, "sent": 1}
    row.refresh_from_db()
    assert (row.failure, row.tries, row.handings) == ("ValueError", 1, 0)
    Notification.objects.filter(pk=row.pk).update(tries=4)
    assert counted(hand_over(NOON + MINUTE)) == {"parked": 1}


# No answer


def test_where_the_channel_is_not_there_the_others_wait_and_nothing_was_handed_over(
    outbox: Channels, caplog: pytest.LogCaptureFixture
) -> None:
    outbox.fails = ChannelUnavailable("ConnectionRefusedError")
    row, other = letter(), letter("kela", at=NOON)
    assert counted(hand_over(NOON + MINUTE)) == {"unavailable": True}
    row.refresh_from_db()
    assert (row.state, row.failure) == (NotificationState.WAITING, "ChannelUnavailable")
    assert (row.tries, row.handings, row.not_before) == (0, 0, NOON + MINUTE)
    other.refresh_from_db()
    assert (other.failure, other.not_before) == ("", NOON)
    assert "The channel email does not answer." in caplog.text
    outbox.fails = None
    assert counted(hand_over(NOON + MINUTE)) == {"sent": 2}


def test_what_broke_off_in_the_middle_is_handed_over_once_more_after_a_minute_and_then_given_up(
    outbox: Channels,
) -> None:
    outbox.fails = DeliveryUnconfirmed("TimeoutError")
    row = letter()
    assert counted(hand_over()) == {"unavailable": True}
    row.refresh_from_db()
    assert (row.tries, row.handings, row.failure) == (0, 1, "DeliveryUnconfirmed")
    assert row.not_before == NOON + MINUTE
    assert counted(hand_over(NOON + MINUTE)) == {"unavailable": True}
    row.refresh_from_db()
    assert (row.handings, row.not_before) == (2, NOON + 2 * MINUTE)
    outbox.fails = None
    assert counted(hand_over(NOON + 2 * MINUTE)) == {"parked": 1}
    row.refresh_from_db()
    assert (row.state, row.failure) == (NotificationState.PARKED, "DeliveryUnconfirmed")
    assert outbox.taken == []


def test_while_it_is_handed_over_a_letter_is_held_for_three_minutes(
    outbox: Channels, monkeypatch: pytest.MonkeyPatch
) -> None:
    def dies(*_: object) -> None:
        raise KeyboardInterrupt

    row = letter()
    monkeypatch.setattr(delivering, "_tell", dies)
    with pytest.raises(KeyboardInterrupt):
        hand_over()
    row.refresh_from_db()
    assert (row.handings, row.not_before) == (1, NOON + 3 * MINUTE)
    assert row.state == NotificationState.WAITING


# Looked at, and tried again


def test_only_what_was_given_up_is_tried_again_and_from_that_moment(outbox: Channels) -> None:
    kept = {"state": NotificationState.PARKED, "closed_at": NOON, "tries": 5, "handings": 2}
    row = letter(**kept)
    others = [
        letter("kela", state=state, closed_at=None if state == "waiting" else NOON, tries=3)
        for state in (NotificationState.WAITING, NotificationState.SENT, NotificationState.NEEDLESS)
    ]
    later = NOON + timedelta(days=1)
    assert services.try_letters_again(now=later) == 1
    row.refresh_from_db()
    assert (row.state, row.closed_at, row.not_before) == (NotificationState.WAITING, None, later)
    assert (row.tries, row.handings) == (1, 0), "one try less than a new one has"
    for one in others:
        state = one.state
        one.refresh_from_db()
        assert (one.state, one.tries) == (state, 3)
