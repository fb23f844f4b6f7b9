"""Each kind of thing that waits: before whom it stands, by whom too, and what makes it leave."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest

from caseplan.meetings import inbox as news_rules
from caseplan.meetings.selectors import news as news_selectors
from caseplan.plan.models import Exit
from cases.models import NewsKind
from cases.services.news import notify_of_change
from common.clock import day_of
from common.crypto import encrypt
from common.inbox import InboxKind, InboxPlace
from followup.services import remind
from inbox.selectors import PAGE, Item, list_waiting
from pages.home.leading import way_to
from people.models import LifeEvent, LifeKind, LifeState, Office, User
from people.selectors import actor_for
from tests.builders import WorkerFactory
from tests.caseplan.intake.test_coming_in import NIGHT
from tests.caseplan.plan.test_end_and_after import began, ends
from tests.cases.at_work import has_step, stands_in
from tests.inbox.rows import rows_of
from tests.inbox.scene import WORKERS, Happened
from tests.inbox.scenes import SCENES
from tests.inbox.scenes_of_the_team import asks_to_see, hands_over
from tests.personas import World

_K = InboxKind


def stands(
    world: World, who: str, kind: InboxKind, happened: Happened, now: datetime | None = None
) -> bool:
    """Whether it waits for somebody, wherever on the page it stands."""
    now = now or world.now
    actor = actor_for(User.objects.get(username=who), now=now)
    about = str(happened.about)
    return actor.is_worker and any(
        row.kind == kind
        and (
            row.facts["reminder"] == happened.night and row.case_id == world.case.pk
            if happened.night
            else about in (str(row.subject_id), row.facts.get("about"))
        )
        for row in rows_of(actor, now=now)
    )


def before(world: World, kind: InboxKind, happened: Happened, **at: Any) -> set[str]:
    """Before whom of all workers it stands."""
    return {who for who in WORKERS if stands(world, who, kind, happened, **at)}


def of_the_same_office(world: World, who: str) -> str:
    """Somebody who can stand in for them; of employment services the colleague."""
    if who == "employment":
        return "colleague"
    office = Office.objects.get(pk=world.actor(who).working_office_id)
    user: User = WorkerFactory(office=office, now=world.now - timedelta(days=30))
    return user.username


def test_each_kind_has_a_scene() -> None:
    assert set(SCENES) == set(InboxKind)


@pytest.mark.parametrize("kind", SCENES, ids=str)
def test_it_stands_before_its_readers_alone_and_leaves_when_dealt_with(
    world: World, kind: InboxKind
) -> None:
    scene = SCENES[kind]
    happened = scene.happens(world)
    assert before(world, kind, happened) == set(scene.readers)
    if happened.deal is None:
        later = world.now + timedelta(days=happened.over)
        assert before(world, kind, happened, now=later) == set()
        return
    by = scene.readers[0]
    happened.deal(by)
    assert before(world, kind, happened) == (set(scene.readers) - {by} if scene.each else set())


@pytest.mark.parametrize("kind", [kind for kind, scene in SCENES.items() if not scene.own], ids=str)
def test_whoever_stands_in_has_it_too_and_deals_with_it(world: World, kind: InboxKind) -> None:
    scene = SCENES[kind]
    happened = scene.happens(world)
    absent = scene.readers[0]
    there = of_the_same_office(world, absent)
    stands_in(world, by=there, of=absent)
    assert stands(world, there, kind, happened)
    assert stands(world, absent, kind, happened), "what is theirs stays theirs"
    if happened.deal is not None:
        happened.deal(there)
        assert not stands(world, there, kind, happened)


@pytest.mark.parametrize(
    "kind",
    [
        kind
        for kind, scene in SCENES.items()
        if "employment" in scene.readers and not (scene.own or scene.stays)
    ],
    ids=str,
)
def test_after_a_handover_it_is_the_takers_and_no_longer_the_givers(
    world: World, kind: InboxKind
) -> None:
    happened = SCENES[kind].happens(world)
    offered = hands_over(world)
    assert offered.deal is not None
    offered.deal("colleague")
    if happened.night:
        remind(actor=NIGHT, on=day_of(world.now) + timedelta(days=90))
    assert stands(world, "colleague", kind, happened)
    assert not stands(world, "employment", kind, happened)


@pytest.mark.deep
@pytest.mark.parametrize("kind", SCENES, ids=str)
def test_what_it_leads_to_opens_to_each_reader(world: World, login: Any, kind: InboxKind) -> None:
    scene = SCENES[kind]
    happened = scene.happens(world)
    for who in scene.readers:
        found = [
            item
            for item in waiting(world, who, kind)
            if str(happened.about) in (str(item.subject_id), item.facts.get("about"))
        ]
        assert found and all(item.words for item in found), who
        for item in found:
            url, verb = way_to(item)
            assert verb and login(who).get(url, follow=True).status_code == 200, (who, url)


def waiting(world: World, who: str, kind: InboxKind) -> list[Item]:
    """What of one kind waits for somebody, in words."""
    actor = world.actor(who)
    found: list[Item] = []
    for place in InboxPlace:
        count = list_waiting(actor, place=place, now=world.now).count
        for page in range(1, count // PAGE + 2):
            found += list_waiting(actor, place=place, page=page, now=world.now).items
    return [item for item in found if item.kind is kind]


def test_what_was_the_case_managers_is_the_next_ones_after_a_handover(world: World) -> None:
    step = has_step(world)
    asks_to_see(world)
    offered = hands_over(world).deal
    assert offered is not None
    offered("colleague")
    assert waiting(world, "colleague", _K.ACCESS_ASKED)
    assert not waiting(world, "employment", _K.ACCESS_ASKED)
    assert step.pk in {item.subject_id for item in waiting(world, "colleague", _K.ACTION)}
    assert step.pk not in {item.subject_id for item in waiting(world, "employment", _K.ACTION)}


def test_news_of_a_thing_is_judged_by_the_thing_whatever_the_news(world: World) -> None:
    """What has no row is told whatever is open: news of a thing must never be among that."""
    read = {table: set(kinds) for table, (_facts, _document, kinds) in news_rules._TABLES.items()}
    told = {
        model._meta.db_table: set(kinds) - set(news_rules._ASKED_ELSEWHERE)
        for model, kinds in news_selectors._ABOUT.items()
    }
    assert read == told
    for kind in (NewsKind.GOAL_DROPPED, NewsKind.GOAL_TAKEN_UP):
        notify_of_change(
            actor=world.actor("employment"), case=world.case, kind=kind,
            subject_id=world.debts_goal.pk, now=world.now,
            workers=[world.actor(who).writer_id for who in ("social", "kela")],
        )  # fmt: skip
    goals = (NewsKind.GOAL_DROPPED, NewsKind.GOAL_TAKEN_UP)
    said = [i for i in waiting(world, "social", _K.NEWS) if i.facts["news"] in goals]
    assert said and all(world.debts_goal.text in item.words for item in said)
    assert not [i for i in waiting(world, "kela", _K.NEWS) if i.facts["news"] in goals]


def test_to_what_a_case_ended_is_told_to_who_began_it_and_names_nobody(world: World) -> None:
    began(world, "colleague")
    ends(world)
    (told,) = waiting(world, "colleague", _K.GOOD_NEWS)
    assert told.facts["exit"] == Exit.EDUCATION
    assert (told.case, told.person, way_to(told)) == (None, None, ("", ""))


def test_whether_two_records_are_one_waits_for_the_officer_and_for_no_worker(
    world: World,
) -> None:
    LifeEvent.objects.create(
        person=world.case.person, kind=LifeKind.JOINED, state=LifeState.ASKED,
        recorded_at=world.now, recorded_by_id=world.actor("kela").writer_id,
        change_encrypted=encrypt("{}"),
    )  # fmt: skip
    for who in ("employment", "social", "kela"):
        assert not waiting(world, who, _K.LIFE_CONFIRM), who
