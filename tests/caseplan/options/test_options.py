"""Options: at least two side by side; the client takes one, none, or asks for another."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from audit.models import AuditRow
from caseplan.options import services
from caseplan.options.models import Offer, OfferedStep, OfferState
from caseplan.options.selectors import list_offers, list_offers_waiting, open_offer
from caseplan.options.services import NewStep
from caseplan.plan.models import Action
from cases.models import News, NewsKind
from cases.services import end_team_term
from common.bodies import Party
from common.clock import day_of
from common.decision import NotAllowed, NotVisible, Refused
from consent.models import Category
from rights.selectors import open_everything
from tests.caseplan.options.offering import offered
from tests.personas import World

ONE = NewStep("A course", "Free.", Party.CLIENT, None)


def steps(offer: Offer) -> list[OfferedStep]:
    return list(OfferedStep.objects.filter(offer=offer).order_by("position"))


def told(kind: NewsKind) -> set[str]:
    return set(News.objects.filter(kind=kind).values_list("for_user__username", flat=True))


def chooses(world: World, offer: Offer, place: int = 0, who: str = "client") -> Offer:
    return services.choose_step(
        actor=world.actor(who), offer_id=offer.pk, step_id=steps(offer)[place].pk, answer="",
        now=world.now,
    )  # fmt: skip


def test_one_step_alone_is_no_choice(world: World) -> None:
    for too_few in ([], [ONE]):
        with pytest.raises(Refused):
            offered(world, steps=too_few)
    with pytest.raises(Refused) as refused:
        offered(world, steps=[ONE, replace(ONE, means=" ")])
    assert refused.value.field == "means_2", "each says what it means for the client"
    with pytest.raises(Refused) as refused:
        offered(world, because="")
    assert refused.value.field == "because", "and all of them why they are offered"
    assert not Offer.objects.exists()


def test_only_the_team_offers_and_only_whom_the_team_holds_does_a_step(world: World) -> None:
    for who in ("colleague", "outsider", "client"):
        with pytest.raises((NotAllowed, NotVisible)):
            offered(world, who, steps=[ONE, ONE])
    stranger = NewStep("A visit", "At home.", Party.SOCIAL, world.actor("outsider").user_id)
    with pytest.raises(Refused) as refused:
        offered(world, steps=[ONE, stranger])
    assert refused.value.field == "owner_2"


def test_the_client_is_told_of_the_options_and_reads_why(world: World) -> None:
    offer = offered(world)
    assert told(NewsKind.OPTIONS_OFFERED) == {"client"}
    found = open_offer(world.actor("client"), offer.pk, now=world.now)
    assert found.offer.because and [step.means for step in found.steps]
    assert list_offers_waiting(world.actor("client"), world.case, now=world.now) == [offer]


def test_what_is_offered_is_read_by_whoever_may_know_what_it_is_about(world: World) -> None:
    offer = offered(world, category=Category.SOCIAL_SITUATION)
    for who in ("social", "client", "employment"):  # employment by law, 381/2023 s. 15
        assert open_offer(world.actor(who), offer.pk, now=world.now).steps
    for who in ("kela", "colleague", "outsider", "client2"):
        with pytest.raises(NotVisible):
            open_offer(world.actor(who), offer.pk, now=world.now)


@pytest.mark.parametrize("place", [0, 1])
def test_what_is_chosen_becomes_a_step_of_the_plan_and_nothing_else_does(
    world: World, place: int
) -> None:
    offer, before = offered(world), Action.objects.count()
    chosen = steps(offer)[place]
    done = chooses(world, offer, place)
    assert done.state == OfferState.CHOSEN and Action.objects.count() == before + 1
    step = done.action
    assert step is not None
    assert (step.text, step.goal_id, step.category) == (chosen.text, offer.goal_id, offer.category)
    assert (step.owner_party, step.owner_id) == (chosen.owner_party, chosen.owner_id)
    assert step.due_on == day_of(world.now) + timedelta(weeks=offer.within_weeks)
    assert [one.is_chosen for one in steps(offer)] == [place == 0, place == 1]
    assert told(NewsKind.OPTIONS_ANSWERED) == {"employment", "social", "kela"}


def test_none_is_an_answer_that_needs_no_reason_and_another_says_what(world: World) -> None:
    offer, before = offered(world), Action.objects.count()
    with pytest.raises(Refused) as refused:
        services.ask_for_another(
            actor=world.actor("client"), offer_id=offer.pk, answer=" ", now=world.now
        )
    assert refused.value.field == "answer"
    services.take_none(actor=world.actor("client"), offer_id=offer.pk, answer="", now=world.now)
    assert Action.objects.count() == before
    assert told(NewsKind.OPTIONS_ANSWERED) == {"employment", "kela"}, "social's wait for a reply"
    other = offered(world)
    services.ask_for_another(
        actor=world.actor("client"), offer_id=other.pk, answer="By bus.", now=world.now
    )
    assert {one.state for one in Offer.objects.all()} == {OfferState.NONE, OfferState.ANOTHER}


def test_it_is_answered_once_and_by_nobody_but_the_client(world: World) -> None:
    offer = offered(world)
    for who in ("social", "employment"):
        with pytest.raises(NotAllowed):
            chooses(world, offer, who=who)
    chooses(world, offer)
    for act in (services.take_none, services.ask_for_another):
        with pytest.raises(NotAllowed):
            act(actor=world.actor("client"), offer_id=offer.pk, answer="No.", now=world.now)
    with pytest.raises(NotAllowed):
        services.withdraw_offer(actor=world.actor("social"), offer_id=offer.pk, now=world.now)


def test_with_the_client_beside_a_worker_writes_the_answer_down_and_the_log_says_so(
    world: World,
) -> None:
    offer = offered(world)
    beside = replace(world.actor("employment"), with_client_of=world.case.pk)
    services.take_none(actor=beside, offer_id=offer.pk, answer="Not now.", now=world.now)
    offer.refresh_from_db()
    assert offer.answered_beside and told(NewsKind.WRITTEN_FOR_YOU) == {"client"}
    acts = AuditRow.objects.filter(subject_id=offer.pk).values_list("action", flat=True)
    assert "offer_none_with_client" in set(acts)


def test_a_no_is_answered_visibly_by_the_body_that_offered(world: World) -> None:
    offer = offered(world)
    reply: dict[str, Any] = {"offer_id": offer.pk, "reply": "We meet.", "now": world.now}
    with pytest.raises(NotAllowed):
        services.reply_to_answer(actor=world.actor("social"), **reply)
    services.take_none(actor=world.actor("client"), offer_id=offer.pk, answer="", now=world.now)
    with pytest.raises(NotAllowed):
        services.reply_to_answer(actor=world.actor("kela"), **reply)
    services.reply_to_answer(actor=world.actor("social"), **reply)
    assert told(NewsKind.OPTIONS_REPLIED) == {"client"}
    with pytest.raises(NotAllowed):
        services.reply_to_answer(actor=world.actor("social"), **reply)


def test_other_options_answer_a_no_of_the_same_goal(world: World) -> None:
    offer = offered(world)
    services.take_none(actor=world.actor("client"), offer_id=offer.pk, answer="", now=world.now)
    with pytest.raises(Refused):
        offered(world, goal_id=world.own_goal.pk, instead_of=offer.pk)
    instead = offered(world, instead_of=offer.pk)
    offer.refresh_from_db()
    assert not offer.wants_reply and instead.instead_of_id == offer.pk


def test_what_is_taken_back_is_told_once(world: World) -> None:
    offer = offered(world)
    with pytest.raises(NotAllowed):
        services.withdraw_offer(actor=world.actor("kela"), offer_id=offer.pk, now=world.now)
    services.withdraw_offer(actor=world.actor("social"), offer_id=offer.pk, now=world.now)
    assert told(NewsKind.OPTIONS_OFFERED) == set()
    assert told(NewsKind.OPTIONS_WITHDRAWN) == {"client"}
    assert list_offers(world.actor("client"), world.case.pk, now=world.now)[1] == []


def test_who_has_left_is_followed_by_their_body_else_by_the_case_manager(world: World) -> None:
    offer = offered(world)
    end_team_term(
        actor=world.actor("employment"), case=world.case, now=world.now,
        user_id=world.actor("social").user_id,
    )  # fmt: skip
    step = chooses(world, offer, 1).action
    assert step is not None and step.owner is not None
    assert (step.owner_party, step.owner.username) == ("employment", "employment")


def test_nothing_is_left_to_choose_once_the_case_has_ended(world: World) -> None:
    offer = offered(world)
    world.end_case()
    offer.refresh_from_db()
    assert offer.state == OfferState.WITHDRAWN
    with pytest.raises(NotAllowed):
        chooses(world, offer)


def test_everything_about_me_tells_the_options_and_what_i_said(world: World) -> None:
    offer = offered(world)
    services.take_none(actor=world.actor("client"), offer_id=offer.pk, answer="Far.", now=world.now)
    items = open_everything(world.actor("client"), now=world.now).items
    said = {str(v.display) for item in items if item.kind == "offer" for v in item.values}
    assert {offer.question, offer.because, "Far."} <= said
    assert len([item for item in items if item.kind == "offered_step"]) == 2


def test_the_database_holds_it(world: World) -> None:
    offer = offered(world)
    for wrong in (
        {"state": "chosen"}, {"reply": "Yes."}, {"because": ""}, {"recorded_for": "client"},
        {"within_weeks": 0}, {"state": "another", "answered_at": world.now},
    ):  # fmt: skip
        with pytest.raises(IntegrityError), transaction.atomic():
            Offer.objects.filter(pk=offer.pk).update(**wrong)
    with pytest.raises(IntegrityError), transaction.atomic():
        OfferedStep.objects.filter(offer=offer).update(is_chosen=True)


def test_the_page_offers_three_equal_kinds_of_answer_and_none_made_beforehand(
    world: World, login: Any
) -> None:
    offer, client = offered(world), login("client")
    address = f"/options/{offer.pk}/"
    page = client.get(address).content.decode()
    assert page.count('type="radio"') == 4 and "checked" not in page
    refused = client.post(address, {"choice": "another", "answer": ""})
    assert refused.status_code == 200 and Offer.objects.get().is_open
    assert (
        client.post(address, {"choice": str(steps(offer)[0].pk), "answer": ""}).status_code == 302
    )
    page = client.get(address).content.decode()
    assert 'type="radio"' not in page and steps(offer)[0].text in page


def test_a_worker_offers_three_options_on_one_page(world: World, login: Any) -> None:
    worker, goal = login("social"), world.joint_goal
    address = f"/goals/{goal.pk}/options/new/"
    sent = {
        "question": "Which?", "because": "You asked.", "answer_by": day_of(world.now).isoformat(),
        "within_weeks": "4", "category": "plan_follow_up",
        **{f"{name}_{place}": f"{name} {place}" for name in ("text", "means") for place in (1, 2)},
        "owner_1": "client", "owner_2": "client",
    }  # fmt: skip
    assert worker.post(address, {**sent, "text_3": "Only begun"}).status_code == 200
    assert worker.post(address, sent).status_code == 302
    third = {"text_3": "c", "means_3": "d", "owner_3": "client"}
    assert worker.post(address, {**sent, **third}).status_code == 302
    assert sorted(len(steps(offer)) for offer in Offer.objects.all()) == [2, 3]
