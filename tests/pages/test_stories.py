"""What a visitor of the demo finds beside the joint case: every page has something to show."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from caseplan.assessments.models import Assessment
from caseplan.meetings.models import Meeting
from caseplan.plan.models import PlanVersion
from caseplan.plan_templates.models import Template
from cases.lifecycle import CaseState
from cases.models import Case
from common.actor import system_actor
from common.clock import day_of
from common.levels import EVERY_ACT
from demo.network import MUNICIPALITIES_1
from demo.stories import tell
from followup.models import FollowUpPoint
from followup.services import make_points, remind
from people.models import Person, User
from people.selectors import actor_for
from people.services import link_client
from tests.personas import World


@pytest.fixture
def told(world: World) -> tuple[Case, Case]:
    persons = list(
        Person.objects.filter(municipality_code__in=MUNICIPALITIES_1, cases=None).order_by(
            "sort_key"
        )[:2]
    )
    user = User.objects.get(username="association")
    client = User.objects.create_user("client3", password=user.password, language="fi")
    link_client(actor=system_actor("demo"), person_id=persons[0].pk, user=client, now=world.now)
    tell(
        persons=persons,
        team=tuple(world.actor(who) for who in ("colleague", "social", "kela")),
        client=actor_for(client, now=world.now, proven=EVERY_ACT),
        director=world.actor("director"),
        now=world.now,
    )
    make_points(actor=system_actor("night"), on=day_of(world.now), now=world.now)
    remind(actor=system_actor("night"), on=day_of(world.now))
    in_force, ended = (Case.objects.get(person=person) for person in persons)
    return in_force, ended


def text(client: Client, url: str) -> str:
    answer = client.get(url)
    assert answer.status_code == 200, url
    return answer.content.decode()


def test_a_plan_in_force_with_its_past_and_what_is_ahead(
    world: World, login: Any, told: tuple[Case, Case]
) -> None:
    case, _ended = told
    worker = login("colleague")
    assert case.state == CaseState.IN_FORCE
    first, second = PlanVersion.objects.filter(case=case).order_by("number")
    assert first.replaced_at is not None and second.is_in_force
    page = text(worker, f"/cases/{case.pk}/")
    assert "Version 2 in force" in page and "well on the way" in page
    meetings = Meeting.objects.filter(case=case)
    assert sorted(meetings.values_list("state", flat=True)) == ["held", "planned"]
    for row in meetings:
        assert "Salon" in text(worker, f"/meetings/{row.pk}/")
    day = text(worker, "/day/")
    assert 'id="meetings"' in day and "Matkakorvaus" in day
    assert Template.objects.filter(network=case.network).count() == 2


def test_an_ended_case_is_asked_about_three_months_after(
    world: World, login: Any, told: tuple[Case, Case]
) -> None:
    _in_force, case = told
    assert case.state == CaseState.FOLLOW_UP
    page = text(login("colleague"), f"/cases/{case.pk}/")
    assert "Work on the open market, part time" in page
    assert "the last plan" in page and "in force" not in page
    points = FollowUpPoint.objects.filter(case=case).order_by("months")
    assert [point.months for point in points] == [3, 6, 12, 24]
    assert points[0].due_on <= day_of(world.now)
    assert "Months after the end" in text(login("social"), f"/cases/{case.pk}/follow-up/")


def test_the_assessments_stand_on_their_scales_and_near_the_means_of_the_report(
    told: tuple[Case, Case],
) -> None:
    rows = list(Assessment.objects.filter(case=told[0], instrument="kykyviisari"))
    assert len(rows) == 3
    for row in rows:
        scales = {scale.code: scale for scale in row.of.newest.scales}
        assert set(row.scores) == set(scales)
        assert all(scales[code].holds(score) for code, score in row.scores.items())
        # Report 2020:40, tables 11 and 12: means of 61 to 72, of the areas 53 to 82.
        assert 50 <= row.scores["overall"] <= 80
        areas = scales["overall"].mean_of
        assert all(45 <= row.scores[area] <= 90 for area in areas)
