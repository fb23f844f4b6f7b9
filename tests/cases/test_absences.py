"""Away with nobody to stand in: who says so, who is told, and what makes it go."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from audit.models import AuditRow
from cases import services
from cases.access import get_case
from cases.models import Absence, Cover, News, NewsKind
from cases.selectors import Away, absences_in_hand, away_among, team_of
from common.clock import day_of
from common.decision import NotAllowed, NotVisible, Refused
from common.inbox import InboxKind
from inbox.statement import Row
from people.models import Position
from tests.cases.at_work import stands_in
from tests.inbox.rows import rows_of
from tests.pages.test_whose_page import text_of
from tests.personas import World

KIND = InboxKind.NOBODY_STANDS_IN


def waiting(world: World, who: str, kind: InboxKind) -> list[Row]:
    return [row for row in rows_of(world.actor(who), now=world.now) if row.kind == kind]


def leads(world: World, who: str = "colleague") -> None:
    Position.objects.filter(user=world.actor(who).writer_id).update(leads=True)


def is_away(
    world: World, who: str = "employment", by: str = "", *, days: int = 9, after: int = 0
) -> Absence:
    first = day_of(world.now) + timedelta(days=after)
    return services.record_absence(
        actor=world.actor(by or who), user_id=world.actor(who).writer_id, since=first,
        until=first + timedelta(days=days), now=world.now,
    )  # fmt: skip


def away_of(world: World, who: str = "employment") -> Away | None:
    team = {m.user_id: m.away for m in team_of(world.case, now=world.now)}
    return team[world.actor(who).user_id]


def test_whoever_is_away_or_leads_there_says_so_and_it_opens_nothing(world: World) -> None:
    leads(world)
    row = is_away(world)
    assert AuditRow.objects.filter(action="absence_recorded", subject_id=row.pk).count() == 1
    assert not Cover.objects.exists()
    with pytest.raises(NotVisible):
        get_case(world.actor("colleague"), world.case.pk, now=world.now)
    with pytest.raises(Refused):
        is_away(world, by="colleague")  # said already
    services.end_absence(actor=world.actor("colleague"), absence_id=row.pk, now=world.now)
    is_away(world, by="colleague")
    told = News.objects.get(kind=NewsKind.ABSENCE_SAID)
    assert told.for_user_id == world.actor("employment").writer_id
    assert told.was == world.actor("colleague").name
    for stranger in ("kela", "outsider", "social"):
        with pytest.raises(NotAllowed):
            is_away(world, by=stranger)


@pytest.mark.parametrize(("after", "days"), [(-1, 3), (0, -1)])
def test_it_is_not_in_the_past_and_ends_after_it_begins(
    world: World, after: int, days: int
) -> None:
    with pytest.raises(Refused):
        is_away(world, after=after, days=days)


def test_only_the_one_away_and_their_leader_take_it_back(world: World) -> None:
    row = is_away(world)
    for stranger in ("colleague", "kela", "outsider"):
        with pytest.raises(NotVisible):
            services.end_absence(actor=world.actor(stranger), absence_id=row.pk, now=world.now)
    services.end_absence(actor=world.actor("employment"), absence_id=row.pk, now=world.now)
    assert away_of(world) is None


def test_the_leader_is_told_until_somebody_stands_in_on_all_the_days_that_are_left(
    world: World, login: Any
) -> None:
    leads(world)
    row = is_away(world, days=9)
    (item,) = waiting(world, "colleague", KIND)
    assert item.subject_id == row.pk and item.due_on == day_of(world.now)
    assert not waiting(world, "employment", KIND) and not waiting(world, "kela", KIND)
    stands_in(world)  # today and four days more
    (item,) = waiting(world, "colleague", KIND)
    assert item.due_on == day_of(world.now) + timedelta(days=5)
    assert [one.covered for one in absences_in_hand(world.actor("colleague"), now=world.now)] == [
        False
    ]
    form = {
        "user_id": world.actor("employment").writer_id, "by_id": world.actor("colleague").writer_id,
        "since": str(item.due_on), "until": str(item.due_on + timedelta(days=4)),
    }  # fmt: skip
    page = login("employment").get(f"/absences/{row.pk}/cover/").content.decode()
    assert str(form["until"]) in page or "value" in page
    assert login("employment").post(f"/absences/{row.pk}/cover/", form).status_code == 302
    assert not waiting(world, "colleague", KIND)
    assert [one.covered for one in absences_in_hand(world.actor("colleague"), now=world.now)] == [
        True
    ]


def test_it_waits_for_nobody_before_its_month_nor_after_its_end(world: World) -> None:
    leads(world)
    row = is_away(world, after=40)
    assert not waiting(world, "colleague", KIND)
    services.end_absence(actor=world.actor("employment"), absence_id=row.pk, now=world.now)
    row = is_away(world)
    Absence.objects.filter(pk=row.pk).update(until=world.now)
    assert not waiting(world, "colleague", KIND)


def test_team_leader_and_whoever_gives_them_something_read_it_and_the_client_who_stands_in(
    world: World, login: Any
) -> None:
    leads(world)
    is_away(world)
    key, nobody = world.case.pk, "nobody stands in"
    team = reverse("pages:team", args=[key])
    office = reverse("pages:office_load", args=[world.actor("employment").office_id])
    read_it = {
        "social": [
            team,
            reverse("pages:meeting_new", args=[key]),
            reverse("pages:case", args=[key]),
        ],
        "colleague": [office, reverse("pages:need_new")],
    }
    for who, paths in read_it.items():
        for path in paths:
            assert nobody in text_of(login(who).get(path).content.decode()), path
    name, by = world.actor("employment").name, world.actor("colleague").name
    client = login("client")
    assert "Away until" not in text_of(client.get(reverse("pages:my_page")).content.decode())
    cover = stands_in(world)
    away = away_of(world)
    assert away is not None and (away.until, away.by) == (cover.until, by)
    said = f"Away until {(day_of(cover.until - timedelta(seconds=1))):%-d.%-m.%Y}. {by} takes care"
    assert said in text_of(client.get(reverse("pages:my_page")).content.decode())
    assert f"{by} stands in" in text_of(login("social").get(team).content.decode())
    services.end_cover(actor=world.actor("employment"), cover_id=cover.pk, now=world.now)
    assert "takes care" not in text_of(client.get(reverse("pages:my_page")).content.decode())
    assert name in text_of(client.get(reverse("pages:my_page")).content.decode())


def test_nobody_stands_in_who_is_away_then(world: World) -> None:
    is_away(world, "colleague")
    with pytest.raises(Refused) as refused:
        stands_in(world)
    assert refused.value.field == "by_id"


def test_a_browser_says_it_without_naming_anybody(world: World, login: Any) -> None:
    worker = login("employment")
    today = day_of(world.now)
    form = {
        "user_id": world.actor("employment").writer_id, "by_id": "nobody",
        "since": str(today), "until": str(today + timedelta(days=2)),
    }  # fmt: skip
    said = text_of(worker.post("/absences/new/", form, follow=True).content.decode())
    assert "Nobody stands in: the leader of the office is told." in said
    assert "Nobody stands in" in said and "Name a cover" in said
    row = Absence.objects.get()
    assert worker.post(f"/absences/{row.pk}/back/").status_code == 302
    assert "Nobody is away." in text_of(worker.get("/absences/").content.decode())


def test_what_is_over_is_forgotten_and_who_leaves_is_not_away(world: World) -> None:
    row = is_away(world)
    services.forget_absences(now=row.until + timedelta(days=29))
    assert Absence.objects.exists()
    services.forget_absences(now=row.until + timedelta(days=30))
    assert not Absence.objects.exists()


def test_two_absences_of_one_worker_do_not_overlap_in_the_database(world: World) -> None:
    row = is_away(world)
    with pytest.raises(IntegrityError), transaction.atomic():
        Absence.objects.create(
            user_id=row.user_id, network_id=row.network_id, made_by_id=row.made_by_id,
            since=row.since + timedelta(hours=1), until=row.until,
        )  # fmt: skip
    ids = [row.user_id]
    assert away_among(ids, row.network_id, at=world.now) == {row.user_id: Away(row.until)}
