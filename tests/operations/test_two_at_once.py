"""Of two who act at the same moment, the second is told what the first did: every rule with a lock.

The second begins while the first is done and not yet written (``by_turns``). One connection never
sees this: each rule holds there without its lock too. Who comes second is refused as if they had
come an hour later; nothing happens twice, and no answer overwrites another.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.db.models import Value
from django.db.models.functions import Concat

from benefits.services import evaluate
from common.bodies import Receiver
from common.clock import HELSINKI, day_of
from consent.models import Choice
from consent.services import decide
from followup import services as followup
from followup.models import (
    Channel,
    Notification,
    NotificationState,
)
from followup.services import deliver, delivering, make_points
from people.models import User
from tests.consent.deciding import SOCIAL
from tests.operations.pairs import (
    NIGHT,
    Act,
    plan_page,
)
from tests.personas import World
from tests.together import at_once, by_turns

pytestmark = [pytest.mark.usefixtures("committed_db")]


# Consent: what is taken back is closed to whoever asks next


def test_while_a_consent_is_taken_back_a_reader_sees_all_or_nothing_of_it() -> None:
    """Whoever reads meanwhile sees as before; whoever reads after it was written, nothing."""
    world = World.load()
    said = {
        "actor": world.actor("client"), "case": world.case, "receiver": Receiver.KELA,
        "categories": [SOCIAL], "purpose": "p", "now": world.now,
    }  # fmt: skip
    decide(choice=Choice.GRANTED, **said)  # type: ignore[arg-type]
    seen: list[bool] = []

    def reads() -> None:
        page = plan_page(world)
        goal = world.debts_goal.pk in {row.pk for row in page.rows}
        assert goal == (SOCIAL not in page.hidden)
        seen.append(goal)

    outcomes = by_turns(lambda: decide(choice=Choice.REVOKED, **said), reads)  # type: ignore[arg-type]
    assert outcomes == ("done", "done")
    reads()
    assert seen == [True, False]


# The night's sets


def test_two_who_hand_letters_over_at_once_send_each_letter_once(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    world = World.load()
    User.objects.filter(username__in=("employment", "social", "kela")).update(
        email=Concat("username", Value("@example.org"))
    )
    Notification.objects.all().delete()
    day = datetime(2026, 12, 2, 10, 0, tzinfo=HELSINKI)
    followup.remind(actor=NIGHT, on=day_of(day))
    followup.notify_of_the_night(actor=NIGHT, on=day_of(day), now=day)
    waiting = Notification.objects.filter(channel=Channel.EMAIL).count()
    assert waiting > 1
    handed: list[str] = []
    monkeypatch.setattr(
        "followup.services.delivering._hand_over",
        lambda gateway, letter: handed.append(str(letter.id)),
    )
    outcomes = at_once(*[lambda: deliver(actor=NIGHT, channel=Channel.EMAIL, now=lambda: day)] * 3)
    assert outcomes == ["done"] * 3
    assert len(handed) == len(set(handed)) > 1
    left = Notification.objects.filter(channel=Channel.EMAIL, state=NotificationState.WAITING)
    assert not left.exists()
    assert world.case.pk


def test_a_letter_that_somebody_holds_is_not_taken_by_another_and_keeps_nobody() -> None:
    World.load()
    User.objects.filter(username__in=("employment", "social", "kela")).update(
        email=Concat("username", Value("@example.org"))
    )
    Notification.objects.all().delete()
    day = datetime(2026, 12, 2, 10, 0, tzinfo=HELSINKI)
    followup.remind(actor=NIGHT, on=day_of(day))
    followup.notify_of_the_night(actor=NIGHT, on=day_of(day), now=day)
    taken: list[Any] = []

    def takes() -> None:
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL lock_timeout = '100ms'")
        found = delivering._take(Channel.EMAIL, day, delivering.Delivered())
        taken.append(found and found[0].pk)

    assert by_turns(takes, takes) == ("done", "done")
    assert len(set(taken)) == 2
    assert None not in taken


@pytest.mark.parametrize("work", ["remind", "notify", "points", "evaluate"])
def test_two_nights_at_once_make_nothing_twice(work: str) -> None:
    world = World.load()
    Notification.objects.all().delete()
    day = world.now + timedelta(days=40)
    acts: dict[str, Act] = {
        "remind": lambda: followup.remind(actor=NIGHT, on=day_of(day)),
        "notify": lambda: followup.notify_of_the_night(actor=NIGHT, on=day_of(day), now=day),
        "points": lambda: make_points(actor=NIGHT, on=day_of(day), now=day),
        "evaluate": lambda: evaluate(actor=NIGHT, on=day_of(day), now=day),
    }
    assert by_turns(acts[work], acts[work]) == ("done", "done")
    for table, key in (
        ("followup_reminder", "kind, subject_id, due_on, for_user_id"),
        ("followup_notification", "user_id, channel, notice, about"),
        ("followup_followuppoint", "case_id, months, due_on"),
        ("benefits_flag", "person_id, rule, reached_on"),
    ):
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT count(*) FROM {table} GROUP BY {key} HAVING count(*) > 1")
            assert cursor.fetchall() == [], table
