"""A leader wants to read the cases of a worker of their office, and names themselves as cover.

From the leader's side, through the pages: what works at once on the morning a colleague is ill, who
hears of it, and how far it goes without a second person.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from audit.models import AuditRow
from cases import services
from cases.access import get_case
from cases.models import Case, Cover, CoverFinding, News
from cases.selectors import list_covers_to_review
from common.clock import day_of, start_of
from common.decision import NotVisible, Refused
from people.models import Position
from tests.personas import World

REFUSED, SENT_ON = 200, 302


@pytest.fixture
def led(world: World) -> World:
    """The colleague leads the office of employment services, and somebody leads Kela's."""
    Position.objects.filter(user__username__in=["colleague", "kela"]).update(leads=True)
    return world


def names(
    led: World,
    login: Any,
    by: str,
    *,
    of: str = "employment",
    days: int = 5,
    who: str = "colleague",
) -> Any:  # fmt: skip
    """The form of absences, filled in by the leader."""
    today = day_of(led.now)
    return login(who).post(
        "/absences/new/",
        {
            "user_id": str(led.actor(of).user_id), "by_id": str(led.actor(by).user_id),
            "since": today.isoformat(), "until": (today + timedelta(days=days)).isoformat(),
        },
    )  # fmt: skip


def sees(led: World, who: str, at: datetime) -> bool:
    try:
        get_case(led.actor(who), led.case.pk, now=at)
    except NotVisible:
        return False
    return True


def waits_for_the_officer(led: World) -> list[Any]:
    return [row.cover for row in list_covers_to_review(led.actor("officer"), now=led.now)]


def test_on_the_morning_it_works_at_once_and_alone_for_three_days(led: World, login: Any) -> None:
    assert login("colleague").get(f"/cases/{led.case.pk}/").status_code == 404
    assert names(led, login, "colleague", days=20).status_code == SENT_ON
    assert login("colleague").get(f"/cases/{led.case.pk}/").status_code == 200
    began = Cover.objects.get().since
    assert sees(led, "colleague", began + timedelta(hours=71))
    assert not sees(led, "colleague", began + timedelta(hours=72))


def test_the_covered_worker_is_told_and_every_case_of_theirs_has_its_row(
    led: World, login: Any
) -> None:
    names(led, login, "colleague")
    cover = Cover.objects.get()
    page = login("employment").get("/day/").content.decode()
    assert "Kalle Colleague" in page.split('class="beside-main"')[1]
    theirs = led.actor("employment").user_id
    cases = AuditRow.objects.filter(action="case_covered", subject_id=cover.pk)
    open_ones = Case.objects.filter(team__user=theirs, team__until=None, ended_at=None)
    assert set(cases.values_list("case_id", flat=True)) == set(
        open_ones.values_list("pk", flat=True)
    )
    assert {row.actor for row in cases} == {led.actor("colleague").label}


def test_it_goes_on_only_when_another_leader_says_so(led: World, login: Any) -> None:
    names(led, login, "colleague", days=20)
    cover = Cover.objects.get()
    for who in ("colleague", "employment", "social", "director", "officer"):
        login(who).post(f"/absences/{cover.pk}/confirm/")
        cover.refresh_from_db()
        assert cover.confirmed_at is None, who
    assert "Kalle Colleague" in login("kela").get("/absences/").content.decode()
    login("kela").post(f"/absences/{cover.pk}/confirm/")
    cover.refresh_from_db()
    assert cover.until == start_of(day_of(led.now) + timedelta(days=21))
    assert list(waits_for_the_officer(led)) == [], "a second person has seen it"


def test_what_nobody_confirmed_the_officer_looks_at_and_the_finding_is_kept(
    led: World, login: Any
) -> None:
    names(led, login, "colleague")
    cover = Cover.objects.get()
    officer = login("officer")
    assert "/absences/reviewed/" in officer.get("/questions/").content.decode()
    assert "Kalle Colleague" in officer.get("/absences/reviewed/").content.decode()
    assert (
        led.case.person.last_name
        not in officer.get(f"/absences/{cover.pk}/review/").content.decode()
    )
    without_words = officer.post(f"/absences/{cover.pk}/review/", {"finding": "not_in_order"})
    assert without_words.status_code == REFUSED
    officer.post(
        f"/absences/{cover.pk}/review/",
        {"finding": "not_in_order", "found_why": "Two others were at work."},
    )
    cover.refresh_from_db()
    assert (cover.finding, cover.reviewed_by_id) == ("not_in_order", led.actor("officer").user_id)
    assert not sees(led, "colleague", cover.reviewed_at + timedelta(minutes=1)), "it ends at once"
    assert "/absences/reviewed/" not in officer.get("/questions/").content.decode()
    assert "Two others were at work." in officer.get("/absences/reviewed/").content.decode()
    with pytest.raises(IntegrityError), transaction.atomic():
        Cover.objects.filter(pk=cover.pk).update(found_why="", finding="in_order")


def test_what_the_officer_has_not_looked_at_in_time_is_late(led: World, login: Any) -> None:
    names(led, login, "colleague")
    (row,) = list_covers_to_review(led.actor("officer"), now=led.now)
    assert row.due_on == day_of(Cover.objects.get().until) + timedelta(days=7)
    assert not row.is_late(row.due_on) and row.is_late(row.due_on + timedelta(days=1))


def test_not_again_and_again(led: World, login: Any) -> None:
    """The leader ends their own cover, or lets it run out, and names themselves once more."""
    names(led, login, "colleague")
    cover = Cover.objects.get()
    login("colleague").post(f"/absences/{cover.pk}/end/")
    assert names(led, login, "colleague").status_code == REFUSED
    assert Cover.objects.count() == 1
    services.review_cover(
        actor=led.actor("officer"), cover_id=cover.pk, finding=CoverFinding.IN_ORDER, found_why="",
        now=led.now + timedelta(minutes=5),
    )  # fmt: skip
    assert names(led, login, "colleague").status_code == SENT_ON, "looked at, the next can begin"


def test_nobody_makes_it_longer_by_hand(led: World, login: Any) -> None:
    """Neither past the 72 hours, nor past six months, nor confirmed by its maker."""
    names(led, login, "colleague", days=20)
    cover = Cover.objects.get()
    for change in (
        {"until": cover.until + timedelta(hours=1)},
        {"confirmed_at": led.now, "confirmed_by": led.actor("colleague").user_id},
        {
            "reviewed_at": led.now, "reviewed_by": led.actor("colleague").user_id,
            "finding": "in_order",
        },
        {
            "until": cover.asked_until + timedelta(days=1), "confirmed_at": led.now,
            "confirmed_by": led.actor("kela").user_id,
        },
    ):  # fmt: skip
        with pytest.raises(IntegrityError), transaction.atomic():
            Cover.objects.filter(pk=cover.pk).update(**change)
    with pytest.raises(IntegrityError), transaction.atomic():
        Cover.objects.create(
            user_id=led.actor("social").user_id, by_id=led.actor("kela").user_id,
            made_by_id=led.actor("social").user_id, network_id=led.case.network_id,
            since=start_of(day_of(led.now)), until=start_of(day_of(led.now) + timedelta(days=185)),
        )  # fmt: skip


def test_a_worker_who_is_there_is_not_covered_by_a_leader_for_long(led: World, login: Any) -> None:
    """Somebody else, chosen by the leader: at once, 30 days, and to go on is another cover."""
    Position.objects.filter(user__username="kela").update(leads=False)
    Position.objects.filter(user__username="employment").update(leads=True)
    Position.objects.filter(user__username="colleague").update(leads=False)
    third = Position.objects.get(user__username="social")
    third.office = Position.objects.get(user__username="employment").office
    third.save()
    chosen = {"of": "colleague", "who": "employment"}
    assert names(led, login, "social", days=30, **chosen).status_code == REFUSED
    assert names(led, login, "social", days=29, **chosen).status_code == SENT_ON
    assert News.objects.filter(for_user=led.actor("colleague").user_id).exists()
    assert waits_for_the_officer(led) == []


def test_a_year_is_not_made_of_months(led: World) -> None:
    """Covers that follow each other without a break end after six months: cases are handed over."""
    employment, first = led.actor("employment"), day_of(led.now)
    last, made = first, 0
    with pytest.raises(Refused) as refused:
        for _ in range(12):
            services.cover_absence(
                actor=employment, user_id=employment.writer_id,
                by_id=led.actor("colleague").writer_id, since=last,
                until=last + timedelta(days=29), now=led.now,
            )  # fmt: skip
            last, made = last + timedelta(days=30), made + 1
    assert refused.value.field == "until"
    assert made == 6


def test_a_cover_is_not_passed_on(led: World) -> None:
    """Who is away stands in for nobody, and whoever covers a cover sees the cover's own cases."""
    employment, colleague, social = (led.actor(w) for w in ("employment", "colleague", "social"))
    today = day_of(led.now)
    Position.objects.filter(user__username="social").update(
        office=Position.objects.get(user__username="employment").office
    )
    days = {"since": today, "until": today + timedelta(days=3), "now": led.now}
    services.cover_absence(
        actor=colleague, user_id=colleague.writer_id, by_id=social.writer_id, **days
    )
    with pytest.raises(Refused) as refused:
        services.cover_absence(
            actor=employment, user_id=employment.writer_id, by_id=colleague.writer_id, **days
        )
    assert refused.value.field == "by_id"
    # The other way round: the colleague stands in first, then falls ill themselves.
    Cover.objects.all().delete()
    services.cover_absence(
        actor=employment, user_id=employment.writer_id, by_id=colleague.writer_id, **days
    )
    third = led.actor("outsider")
    Position.objects.filter(user__username="outsider").update(
        office=Position.objects.get(user__username="employment").office,
        network=led.case.network_id,
    )
    third = led.actor("outsider")
    services.cover_absence(
        actor=colleague, user_id=colleague.writer_id, by_id=third.writer_id, **days
    )
    assert sees(led, "colleague", led.now)
    assert not sees(led, "outsider", led.now)


def test_when_the_leader_or_the_covered_worker_is_gone_the_cover_ends(led: World) -> None:
    colleague = led.actor("colleague")
    today = day_of(led.now)
    made = services.cover_absence(
        actor=colleague, user_id=led.actor("employment").writer_id, by_id=colleague.writer_id,
        since=today, until=today + timedelta(days=2), now=led.now,
    )  # fmt: skip
    Position.objects.filter(user__username="employment").update(leads=True)
    services.end_work(
        actor=led.actor("employment"), now=led.now + timedelta(minutes=1),
        position_id=Position.objects.get(user__username="colleague").pk,
    )  # fmt: skip
    made.refresh_from_db()
    assert made.until == led.now + timedelta(minutes=1)
    assert AuditRow.objects.filter(
        action="case_no_longer_covered", case_id=led.case.pk, subject_id=made.pk
    ).exists()
    assert waits_for_the_officer(led) == [made], "the officer still looks at it"
