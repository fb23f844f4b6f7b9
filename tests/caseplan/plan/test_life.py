"""A case begins by need, ends by the three together, and is opened again."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import transaction

from caseplan.plan import services
from caseplan.plan.models import (
    Area,
    Ending,
    EndingOutcome,
    Exit,
    MappingView,
    NoNeed,
    PlanVersion,
    SeenNeed,
    needs_on,
)
from caseplan.plan.selectors import open_case, open_mapping
from cases.lifecycle import CaseState
from cases.models import Case
from common.clock import day_of
from common.decision import NotAllowed, NotVisible, Refused, Stale
from people.models import Person
from records.access import visible_to
from tests.personas import World


def the_case(world: World) -> Case:
    return Case.objects.select_related("person").get(pk=world.case.pk)


def proposes(world: World, who: str = "employment", **given: Any) -> Ending:
    actor = world.actor(who)
    return services.propose_ending(
        **{
            "actor": actor,
            "case": the_case(world),
            "exit": Exit.WORK_PART_TIME,
            "reason": "Work found.",
            "follow_up_by_id": actor.user_id,
            "now": world.now,
            **given,
        }
    )


def says(world: World, ending: Ending, who: str, ended: bool = True, statement: str = "") -> None:
    services.assess_ending(
        actor=world.actor(who),
        ending_id=ending.pk,
        need_has_ended=ended,
        statement=statement,
        now=world.now,
    )


def begins(world: World, who: str = "employment", **given: Any) -> Case:
    """The joint assessment of somebody else, with the team of the joint case."""
    ids = [world.actor(name).user_id for name in ("employment", "social", "kela")]
    person = Person.objects.filter(cases=None).order_by("pk")[0]
    return services.open_case_on_need(
        **{
            "actor": world.actor(who),
            "person_id": person.pk,
            "needs": [SeenNeed.ABILITY, SeenNeed.MANAGING_LIFE],
            "reason": "Needs the three bodies.",
            "case_manager_id": ids[0],
            "member_ids": ids,
            "now": world.now,
            **given,
        }
    )


@pytest.mark.parametrize("who", ["employment", "social", "kela"])
def test_each_of_the_three_bodies_begins_an_assessment_which_starts_that_day(
    world: World, who: str
) -> None:
    case = begins(world, who, first_contact_on=day_of(world.now) - timedelta(days=20))
    page = open_case(world.actor("kela"), case.pk, purpose="keep_case", now=world.now)  # type: ignore[arg-type]
    assert page.case.state == CaseState.MAPPING
    assert page.plan is not None and page.clock is not None
    assert page.clock.kind == "plan_due"
    assert (case.started_on - case.first_contact_on).days == 20  # type: ignore[operator]
    assert page.referral is not None and len(page.referral.needs_in_words) == 2


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"needs": []}, "needs"),
        ({"needs": [SeenNeed.SEVERAL_SERVICES]}, "needs"),  # what the older law asked for
        ({"reason": " "}, "reason"),
        ({"first_contact_on": date(2099, 1, 1)}, "first_contact_on"),
    ],
)
def test_a_need_is_said_in_the_words_of_the_law_and_why_it_takes_three(
    world: World, given: dict[str, Any], field: str
) -> None:
    with pytest.raises(Refused) as refused:
        begins(world, **given)
    assert refused.value.field == field


def test_until_2024_need_alone_began_nothing(world: World) -> None:
    then = world.now.replace(year=2024)
    assert needs_on(day_of(then)) == [SeenNeed.SEVERAL_SERVICES]
    with pytest.raises(Refused, match="1369/2014"):
        begins(world, needs=[SeenNeed.SEVERAL_SERVICES], now=then)


def needless(world: World, case: Case, **given: Any) -> Ending:
    return proposes(
        world,
        **{
            "case": case,
            "exit": Exit.NO_JOINT_SERVICE,
            "no_need": NoNeed.ONE_BODY,
            "reason": "Social services help.",
            **given,
        },
    )


def test_no_joint_service_needed_is_assessed_by_all_three_and_kept_with_its_code(
    world: World,
) -> None:
    case = begins(world)
    ending = needless(world, case)
    says(world, ending, "social")
    assert Case.objects.get(pk=case.pk).state == CaseState.ENDING
    says(world, ending, "kela")
    kept = Case.objects.get(pk=case.pk)
    assert (kept.state, kept.is_open) == (CaseState.FOLLOW_UP, False)
    assert Ending.objects.get(case=case).no_need == NoNeed.ONE_BODY


def test_a_body_that_sees_the_need_lets_the_assessment_go_on(world: World) -> None:
    case = begins(world)
    says(world, needless(world, case), "kela", ended=False, statement="Rehabilitation is needed.")
    assert Case.objects.get(pk=case.pk).state == CaseState.MAPPING


def test_an_assessment_ends_without_service_by_its_code_and_before_the_first_plan_only(
    world: World,
) -> None:
    case = begins(world)
    for given in ({"no_need": None}, {"exit": Exit.OTHER}):
        with pytest.raises(Refused) as refused, transaction.atomic():
            needless(world, case, **given)
        assert refused.value.field == "no_need"
    for who in ("social", "kela", "client"):
        services.accept_plan(actor=world.actor(who), version_id=world.version.pk, now=world.now)
    with pytest.raises(NotAllowed):
        needless(world, the_case(world))


def test_the_case_ends_only_when_all_three_bodies_have_assessed_it(world: World) -> None:
    ending = proposes(world)
    says(world, ending, "social")
    assert the_case(world).state == CaseState.ENDING
    assert the_case(world).is_open
    says(world, ending, "kela")
    case = the_case(world)
    assert (case.state, case.is_open) == (CaseState.FOLLOW_UP, False)
    assert Ending.objects.get(case=case).outcome == EndingOutcome.AGREED
    assert not PlanVersion.objects.filter(case=case, in_force_at=None, set_aside_at=None).exists()


def test_a_body_that_sees_the_need_says_why_and_the_work_goes_on(world: World) -> None:
    before = the_case(world).state
    ending = proposes(world)
    with pytest.raises(Refused):
        says(world, ending, "kela", ended=False)
    says(world, ending, "kela", ended=False, statement="Rehabilitation has just begun.")
    assert the_case(world).state == before
    with pytest.raises(NotAllowed):
        says(world, ending, "social")
    again = proposes(world, "social")
    assert again.pk != ending.pk


def test_the_client_is_heard_and_does_not_decide(world: World) -> None:
    ending = proposes(world)
    says(world, ending, "client", ended=False, statement="I still need help.")
    assert the_case(world).state == CaseState.ENDING
    says(world, ending, "social")
    says(world, ending, "kela")
    assert the_case(world).state == CaseState.FOLLOW_UP


def test_only_the_proposing_body_takes_an_ending_back(world: World) -> None:
    ending = proposes(world)
    with pytest.raises(NotAllowed):
        services.withdraw_ending(actor=world.actor("kela"), ending_id=ending.pk, now=world.now)
    services.withdraw_ending(actor=world.actor("employment"), ending_id=ending.pk, now=world.now)
    assert the_case(world).is_open


@pytest.mark.parametrize("who", ["colleague", "outsider", "director", "client2", "officer"])
def test_for_everybody_else_the_ending_does_not_exist(world: World, who: str) -> None:
    ending = proposes(world)
    with pytest.raises(NotVisible):
        says(world, ending, who)


def test_who_asks_afterwards_stands_on_the_team(world: World) -> None:
    for follower in (None, world.actor("colleague").user_id):
        with pytest.raises(Refused) as refused:
            proposes(world, follow_up_by_id=follower)
        assert refused.value.field == "follow_up_by"


def test_an_ended_case_is_read_not_written_and_opened_again_by_its_team(world: World) -> None:
    case = world.end_case()
    with pytest.raises(NotAllowed):
        proposes(world)
    with pytest.raises(NotAllowed):
        services.reopen_case(
            actor=world.actor("client"), case=case, reason="A mistake.", now=world.now
        )
    services.reopen_case(actor=world.actor("kela"), case=case, reason="A mistake.", now=world.now)
    assert the_case(world).is_open
    assert the_case(world).ended_by is None


def test_a_case_is_not_opened_again_beside_a_newer_one(world: World) -> None:
    case = world.end_case()
    ids = [world.actor(who).user_id for who in ("employment", "social", "kela")]
    services.open_case_on_need(
        actor=world.actor("employment"), person_id=case.person_id,
        needs=[SeenNeed.MANAGING_LIFE], reason="Again.",
        case_manager_id=ids[0], member_ids=ids, now=world.now,  # type: ignore[arg-type]
    )  # fmt: skip
    with pytest.raises(Refused), transaction.atomic():
        services.reopen_case(
            actor=world.actor("employment"), case=case, reason="A mistake.", now=world.now
        )
    page = open_case(world.actor("client"), case.pk, purpose="own_data", now=world.now)  # type: ignore[arg-type]
    assert page.case.state == CaseState.FOLLOW_UP


def test_views_of_one_area_stand_side_by_side_and_nobody_writes_anothers(world: World) -> None:
    case = the_case(world)
    for who, text in (("client", "I can work."), ("kela", "Able to half days.")):
        services.write_view(
            actor=world.actor(who), case=case, area=Area.WORK_ABILITY, text=text, revision=0,
            now=world.now,
        )  # fmt: skip
    with pytest.raises(Stale):
        services.write_view(
            actor=world.actor("kela"), case=case, area=Area.WORK_ABILITY, text="Other",
            revision=0, now=world.now,
        )  # fmt: skip
    seen = {
        area.area: area for area in open_mapping(world.actor("kela"), case.pk, now=world.now).areas
    }[Area.WORK_ABILITY]
    assert [view.text for view in seen.views] == ["I can work.", "Able to half days."]


def test_an_area_closed_to_a_body_shows_it_neither_views_nor_what_is_missing(
    world: World,
) -> None:
    """Kela has no ground for the social situation: not even whether a view is there."""
    case = the_case(world)
    before = open_mapping(world.actor("kela"), case.pk, now=world.now)
    services.write_view(
        actor=world.actor("social"), case=case, area=Area.SOCIAL_SITUATION, text="Debts.",
        revision=0, now=world.now,
    )  # fmt: skip
    after = open_mapping(world.actor("kela"), case.pk, now=world.now)
    closed = [
        next(a for a in page.areas if a.area == "social_situation") for page in (before, after)
    ]
    assert [(a.views, a.needs, a.is_open) for a in closed] == [([], None, False)] * 2
    assert not visible_to(world.actor("kela"), MappingView, now=world.now).exists()
