"""A case begins, is declined, ends by the three together, and is opened again."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction

from caseplan.plan import services
from caseplan.plan.models import (
    Area,
    Ending,
    EndingOutcome,
    Exit,
    JointPlan,
    MappingView,
    PlanVersion,
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


def refers(world: World) -> Case:
    """A referral of somebody else, by employment, to the team of the joint case."""
    ids = [world.actor(who).user_id for who in ("employment", "social", "kela")]
    person = Person.objects.filter(cases=None).order_by("pk")[0]
    return services.open_case_on_need(
        actor=world.actor("employment"),
        person_id=person.pk,
        reason="Needs the three bodies.",
        case_manager_id=ids[0],  # type: ignore[arg-type]
        member_ids=ids,  # type: ignore[arg-type]
        only_refer=True,
        now=world.now,
    )


def test_before_it_starts_nothing_is_recorded_and_no_clock_runs(world: World) -> None:
    case = refers(world)
    assert case.state == CaseState.REFERRED
    assert not JointPlan.objects.filter(case=case).exists()
    page = open_case(world.actor("kela"), case.pk, purpose="keep_case", now=world.now)  # type: ignore[arg-type]
    assert page.clock is None
    with pytest.raises(NotAllowed):
        services.write_view(
            actor=world.actor("social"), case=case, area=Area.SKILLS, text="x", revision=0,
            now=world.now,
        )  # fmt: skip


def test_a_started_referral_counts_its_three_months_from_that_day(world: World) -> None:
    case = refers(world)
    later = world.now + timedelta(days=20)
    services.start_case(actor=world.actor("social"), case=case, now=later)
    page = open_case(world.actor("social"), case.pk, purpose="keep_case", now=later)  # type: ignore[arg-type]
    assert page.case.state == CaseState.MAPPING
    assert page.plan is not None and page.clock is not None
    assert page.clock.kind == "plan_due"
    assert page.case.started_on == day_of(later)


def test_a_declined_referral_is_kept_with_its_reason_and_cannot_start_any_more(
    world: World,
) -> None:
    case = refers(world)
    with pytest.raises(Refused):
        services.decline_referral(actor=world.actor("kela"), case=case, reason=" ", now=world.now)
    services.decline_referral(
        actor=world.actor("kela"), case=case, reason="One body can help alone.", now=world.now
    )
    kept = Case.objects.get(pk=case.pk)
    assert (kept.state, kept.referral.declined_because) == (
        CaseState.DECLINED,
        "One body can help alone.",
    )
    with pytest.raises(NotAllowed):
        services.start_case(actor=world.actor("kela"), case=kept, now=world.now)


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
        actor=world.actor("employment"), person_id=case.person_id, reason="Again.",
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
