"""What a client's first page holds: one thing to do next, always their own, and the way to it."""

from __future__ import annotations

import gzip
import re
from datetime import timedelta
from pathlib import Path
from time import process_time
from typing import Any

import pytest
from django.conf import settings
from django.db import connection
from django.template import Template
from django.test import override_settings
from django.test.utils import CaptureQueriesContext, _TestState
from django.urls import path

from bench.pages import bare
from caseplan.meetings.models import Attendance, Participant
from caseplan.meetings.services import answer_invitation
from caseplan.messages.models import ThreadKind
from caseplan.messages.services import send_message, start_thread
from caseplan.plan import services as plan
from caseplan.plan.models import Action, Answer, PlannedService, PlanVersion
from caseplan.plan.selectors import musts_of
from common.bodies import Party
from common.clock import day_of
from config.urls import urlpatterns as product_urls
from consent.models import Category, ConsentRequest
from consent.services import withdraw_request
from inbox.own import OwnDay, open_own_day
from inbox.own_parts import OwnKind
from inbox.own_words import words_for
from people.selectors import actor_for
from records.selectors import reading_of
from tests.cases.at_work import stands_in
from tests.cases.outside import text_of
from tests.personas import World

MOST_QUERIES, MOST_BYTES, MOST_REQUESTS, MOST_OF_A_BARE_PAGE = 15, 30_000, 4, 8
urlpatterns = [path("bare/", bare), *product_urls]


def day_of_client(world: World, **later: float) -> OwnDay:
    return open_own_day(world.actor("client"), world.case, now=world.now + timedelta(**later))


def kinds(day: OwnDay) -> list[OwnKind]:
    """All that waits, the first to be done first."""
    return [one.kind for one in ([day.next_thing] if day.next_thing else []) + day.waits]


def everything_done(world: World) -> None:
    """The client has answered and done all that waits for them."""
    for action in Action.objects.filter(case=world.case, owner_party=Party.CLIENT):
        if action.is_open:
            finish(world, action)
    client = world.actor("client")
    for asked in ConsentRequest.objects.filter(case=world.case, closed_at=None):
        withdraw_request(
            actor=actor_for(asked.asked_by, now=world.now), request_id=asked.pk, now=world.now
        )
    if OwnKind.VERSION in kinds(day_of_client(world)):
        plan.accept_plan(actor=client, version_id=world.version.pk, now=world.now)


def finish(world: World, action: Action) -> None:
    plan.close_action(
        actor=world.actor("client"), action_id=action.pk, state="done", reason="",  # type: ignore
        revision=action.revision, now=world.now,
    )  # fmt: skip


def clients_task(world: World, *, days: int, text: str = "Visit the workshop") -> Action:
    return plan.add_action(
        actor=world.actor("employment"), goal_id=world.joint_goal.pk, text=text,
        owner_party=Party.CLIENT, owner_id=None, category=Category.PLAN_FOLLOW_UP,
        due_on=day_of(world.now) + timedelta(days=days), now=world.now,
    )  # fmt: skip


# -- the next thing --------------------------------------------------------------------------------


def test_what_somebody_else_is_late_with_is_never_the_clients_next_thing(world: World) -> None:
    everything_done(world)
    late = Action.objects.filter(case=world.case).exclude(owner_party=Party.CLIENT)
    assert any(one.is_open for one in late)
    day = day_of_client(world, days=60)
    assert day.others and day.others[0].is_late(day_of(world.now) + timedelta(days=60))
    assert all(one.kind is not OwnKind.OTHERS for one in day.waits)
    assert day.next_thing is None or day.next_thing.kind is OwnKind.CHECK_IN


def test_a_plan_to_answer_goes_first_unless_something_is_due_by_the_day_after_tomorrow(
    world: World,
) -> None:
    Answer.objects.filter(version=world.version, party=Party.CLIENT).delete()
    clients_task(world, days=3)
    first = day_of_client(world).next_thing
    assert first is not None and first.kind is OwnKind.VERSION
    clients_task(world, days=2, text="Call the workshop")
    first = day_of_client(world).next_thing
    assert first is not None and first.text == "Call the workshop"


def test_all_that_waits_stands_in_one_list_and_leaves_when_it_is_dealt_with(world: World) -> None:
    worker, client = world.actor("employment"), world.actor("client")
    task = clients_task(world, days=5)
    thread = start_thread(
        actor=worker, case=world.case, kind=ThreadKind.DIALOGUE, topic="A day", text="Which suits?",
        category=Category.PLAN_FOLLOW_UP, now=world.now,
    )  # fmt: skip
    waiting = {one.subject_id for one in day_of_client(world).waits}
    waiting.add(day_of_client(world).next_thing.subject_id)  # type: ignore[union-attr]
    assert {task.pk, thread.pk} <= waiting
    finish(world, task)
    send_message(
        actor=client, thread_id=thread.pk, text="Tuesday", wants_answer=False, now=world.now
    )
    day = day_of_client(world)
    left = {one.subject_id for one in [*day.waits, *([day.next_thing] if day.next_thing else [])]}
    assert not {task.pk, thread.pk} & left


def test_nothing_to_do_says_so_and_who_goes_on(world: World, login: Any) -> None:
    everything_done(world)
    client = login("client")
    client.post("/my/how-is-it-going/", {"feeling": "well"})
    said = text_of(client.get("/my/"))
    assert "You need do nothing now." in said
    assert "does the next thing, by" in said or "You and your team meet" in said


# -- duty, consequence, choice ---------------------------------------------------------------------


def must(world: World, thing: Action | PlannedService) -> str:
    reading = reading_of(world.actor("client"), now=world.now)
    return musts_of(reading, world.case, [thing])[thing.pk].standing


def bring_into_force(world: World) -> PlanVersion:
    for who in ("client", "employment", "social", "kela"):
        actor = world.actor(who)
        version = PlanVersion.objects.get(pk=world.version.pk)
        answered = Answer.objects.filter(version=version, party=actor.party).exists()
        if actor.party in version.parties and version.is_open_proposal and not answered:
            plan.accept_plan(actor=actor, version_id=version.pk, now=world.now)
    return PlanVersion.objects.get(pk=world.version.pk)


def test_a_step_is_a_duty_only_once_the_version_it_stands_in_is_in_force(world: World) -> None:
    mine = Action.objects.filter(case=world.case, owner_party=Party.CLIENT).order_by("due_on")
    agreed = next(one for one in mine if one.is_open)
    assert world.version.is_open_proposal
    assert must(world, agreed) == "becomes"
    assert bring_into_force(world).is_in_force
    assert must(world, agreed) == "duty"
    assert must(world, clients_task(world, days=5)) == "choice"


def test_what_a_worker_is_to_do_is_no_duty_of_the_clients(world: World) -> None:
    bring_into_force(world)
    theirs = Action.objects.filter(case=world.case, owner_party=Party.EMPLOYMENT).first()
    assert theirs is not None and must(world, theirs) == "choice"


def test_the_first_page_and_the_page_of_a_step_say_the_same_of_it(world: World) -> None:
    for _before_and_after in range(2):
        day = day_of_client(world)
        tasks = [one for one in [day.next_thing, *day.waits] if one and one.kind is OwnKind.TASK]
        assert tasks
        for thing in tasks:
            action = Action.objects.get(pk=thing.subject_id)
            assert words_for(thing).stakes == must(world, action)
        bring_into_force(world)


def test_to_refuse_a_choice_never_looks_like_refusing_a_duty(world: World, login: Any) -> None:
    bring_into_force(world)
    chosen = clients_task(world, days=5)
    said = text_of(login("client").get(f"/my/steps/{chosen.pk}/"))
    assert "No. This is your choice." in said
    assert "unemployment benefit" not in said
    duty = next(
        one
        for one in Action.objects.filter(case=world.case, owner_party=Party.CLIENT)
        if one.is_open and one.pk != chosen.pk
    )
    said = text_of(login("client").get(f"/my/steps/{duty.pk}/"))
    assert "unemployment benefit" in said and "section 7" in said


def test_a_free_choice_says_that_nothing_changes(world: World) -> None:
    day = day_of_client(world)
    asked = next(one for one in [day.next_thing, *day.waits] if one and one.kind is OwnKind.CONSENT)
    assert words_for(asked).stakes == "choice"
    assert "nothing changes" in str(words_for(asked).if_not)


# -- whoever acts today ----------------------------------------------------------------------------


def test_the_number_to_call_is_that_of_whoever_stands_in(world: World, login: Any) -> None:
    client = login("client")
    mine = re.findall(r'href="tel:([^"]+)"', client.get("/my/").content.decode())
    stands_in(world, by="colleague", of="employment")
    page = client.get("/my/").content.decode()
    contact = day_of_client(world).contact
    assert contact is not None and contact.away is not None
    assert contact.away.by in " ".join(page.split())
    assert re.findall(r'href="tel:([^"]+)"', page) == [contact.away.phone.replace(" ", "")]
    assert mine


# -- light and quick -------------------------------------------------------------------------------


def test_the_first_page_asks_few_questions(world: World, login: Any) -> None:
    client = login("client")
    client.get("/my/")
    with CaptureQueriesContext(connection) as asked:
        assert client.get("/my/").status_code == 200
    questions = [q["sql"] for q in asked if "SAVEPOINT" not in q["sql"]]
    assert len(questions) <= MOST_QUERIES, [q[:90] for q in questions]


def test_many_steps_ask_no_more_questions(world: World, login: Any) -> None:
    client = login("client")
    client.get("/my/")

    def asked() -> int:
        with CaptureQueriesContext(connection) as captured:
            client.get("/my/")
        return len(captured)

    few = asked()
    for number in range(40):
        clients_task(world, days=number % 9, text=f"Step {number}")
    assert asked() == few
    page = client.get("/my/", headers={"accept-language": "en"}).content.decode()
    folded = page.partition("<details")[2]
    assert "Show " in folded and folded.count("/my/steps/") > 1, "none of it is left out"


def assets_of(page: str) -> set[str]:
    found = re.findall(r'<(?:link|script|img)[^>]+(?:href|src)="(/static/[^"]+)"', page)
    return {one.removeprefix(settings.STATIC_URL) for one in found}


def test_the_first_page_is_light_with_all_it_needs(world: World, login: Any) -> None:
    """Compressed, on a cold cache: an old phone on a slow line."""
    page = login("client").get("/my/").content
    assets = assets_of(page.decode())
    assert 1 + len(assets) <= MOST_REQUESTS, assets
    static = Path(settings.BASE_DIR) / "static"
    sizes = [len(gzip.compress((static / one).read_bytes())) for one in assets]
    assert sum(sizes) + len(gzip.compress(page)) < MOST_BYTES, sizes
    assert len(gzip.compress(page)) < 8_000


@override_settings(ROOT_URLCONF=__name__)
def test_the_first_page_costs_few_bare_pages(
    world: World, login: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As it is served: without what the tests note of each template; in time of the processor."""
    monkeypatch.setattr(Template, "_render", _TestState.saved_data.template_render)
    client = login("client")
    spent: dict[str, list[float]] = {"/bare/": [], "/my/": []}
    for address in spent:
        client.get(address)
    for _turn in range(25):
        for address, times in spent.items():
            began = process_time()
            assert client.get(address).status_code == 200
            times.append(process_time() - began)
    assert min(spent["/my/"]) <= MOST_OF_A_BARE_PAGE * min(spent["/bare/"])


@pytest.mark.parametrize("where", ["", "plan/", "people/", "how-it-goes/", "information/"])
def test_no_page_of_the_clients_speaks_of_the_client(world: World, login: Any, where: str) -> None:
    said = text_of(login("client").get(f"/my/{where}"))
    assert not re.search(r"\bthe client\b", said, re.IGNORECASE), where


def test_a_meeting_waits_until_the_client_has_said_whether_they_come(world: World) -> None:
    day = day_of_client(world)
    for meeting in [one for one in day.meetings if one.kind is OwnKind.MEETING]:
        place = Participant.objects.get(meeting=meeting.subject_id, role="client")
        answer_invitation(
            actor=world.actor("client"), meeting_id=meeting.subject_id, participant_id=place.pk,
            coming=Attendance.COMES, now=world.now,
        )  # fmt: skip
    after = day_of_client(world)
    assert OwnKind.MEETING not in kinds(after)
    assert len(after.meetings) == len(day.meetings)
