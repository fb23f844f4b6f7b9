"""What a step leads to is a page one may see, and says whose it is where it led out of a case."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.contrib.messages.storage.base import Message
from django.contrib.messages.storage.cookie import CookieStorage
from django.test import RequestFactory
from django.urls import reverse

from caseplan.intake.services import LookUpGround
from caseplan.plan.models import Area, SeenNeed
from caseplan.plan.services import write_view
from cases.models import Case
from cases.services import cover_absence
from common.clock import day_of
from people.models import Position
from tests.builders import WorkerFactory
from tests.caseplan.intake.test_coming_in import NEW
from tests.personas import World

MANAGER = "Its case manager is"


def forms_of(answer: Any) -> list[Any]:
    return [part["form"] for part in answer.context or [] if "form" in part]


def sends(login: Any, who: str, route: str, args: list[Any], **data: Any) -> str:
    """What is read after a form was sent, as a browser goes on."""
    answer = login(who).post(reverse(route, args=args), data, follow=True)
    assert answer.redirect_chain, [dict(form.errors) for form in forms_of(answer)]
    assert answer.status_code == 200
    return str(answer.content.decode())


def test_whoever_begins_a_case_for_others_reads_whose_it_is(world: World, login: Any) -> None:
    ids = {who: world.actor(who).writer_id for who in ("employment", "social", "kela")}
    page = sends(
        login, "colleague", "pages:need_new", [], identity_code=NEW, last_name="Uusi",
        first_names="Urpo", municipality_code="734", language="fi", ground=LookUpGround.ASKED,
        needs=[SeenNeed.ABILITY.value], reason="We have tried.",
        first_contact_on=f"{world.now:%Y-%m-%d}",
        case_manager=str(ids["employment"]), members=[str(ids["social"]), str(ids["kela"])],
    )  # fmt: skip
    assert "The joint assessment has begun." in page
    assert MANAGER in page
    assert Case.objects.filter(person__last_name="Uusi").exists()


def test_whoever_leaves_the_team_reads_whom_to_ask(world: World, login: Any) -> None:
    kela = world.actor("kela").writer_id
    page = sends(login, "kela", "pages:member_end", [world.case.pk, kela])
    assert "They are off the team." in page and MANAGER in page


def test_whoever_stands_in_and_takes_the_absent_one_off_sees_no_team_page(
    world: World, login: Any
) -> None:
    kela = Position.objects.select_related("office").get(user=world.actor("kela").writer_id)
    other = WorkerFactory(office=kela.office, now=world.now - timedelta(days=3))
    cover_absence(
        actor=world.actor("kela"), user_id=kela.user_id, by_id=other.pk,
        since=day_of(world.now), until=day_of(world.now + timedelta(days=5)), now=world.now,
    )  # fmt: skip
    page = sends(login, other.username, "pages:member_end", [world.case.pk, kela.user_id])
    assert MANAGER in page


def test_whoever_ends_their_own_work_reads_that_it_has_ended(world: World, login: Any) -> None:
    employment = Position.objects.select_related("office").get(user__username="employment")
    leader = WorkerFactory(office=employment.office, now=world.now - timedelta(days=9), leads=True)
    WorkerFactory(office=employment.office, now=world.now - timedelta(days=9), leads=True)
    mine = Position.objects.get(user=leader)
    page = sends(login, leader.username, "pages:worker_end", [mine.pk])
    assert "has ended." in page


def test_a_page_that_is_not_there_says_first_what_was_done(world: World, login: Any) -> None:
    client = login("kela")
    request = RequestFactory().get("/")
    kept = CookieStorage(request)
    client.cookies[CookieStorage.cookie_name] = kept._encode([Message(25, "Taken.")])
    page = client.get("/cases/01a00000-0000-7000-8000-000000000000/").content.decode()
    assert "Taken." in page and "That is done." in page
    assert "Nothing was changed" not in page


def test_a_view_that_was_written_is_changed_not_written(world: World, login: Any) -> None:
    client = login("employment")
    url = reverse("pages:mapping", args=[world.case.pk])
    before = client.get(url).content.decode()
    area = next(one for one in Area if f"Write your view: {one.label}" in before)
    write_view(
        actor=world.actor("employment"), case=world.case, area=area, text="Mine.", revision=0,
        now=world.now,
    )  # fmt: skip
    after = client.get(url).content.decode()
    assert f"Change your view: {area.label}" in after
    assert f"Write your view: {area.label}" not in after
