"""The plan: said, asked, offered, agreed and ended."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from caseplan.options import services as options
from caseplan.plan import services as plan
from caseplan.plan.models import Exit, PaperState, Reply, ReviewState, SignedPaper
from caseplan.remarks import services as remarks
from cases import services as cases
from common.bodies import Body, Party
from common.clock import day_of
from consent.models import Category
from rights.models import Outcome
from rights.services import answer_correction, ask_for_correction
from tests.caseplan.options.offering import offered
from tests.caseplan.plan.test_end_and_after import asks as asks_to_go_on
from tests.caseplan.plan.test_end_and_after import ends
from tests.inbox.scene import Happened, the_case
from tests.personas import World


def accepts_all(world: World) -> None:
    for party in ("social", "kela", "client"):
        plan.accept_plan(actor=world.actor(party), version_id=world.version.pk, now=world.now)


def asks_for_review(world: World) -> Happened:
    accepts_all(world)
    wish = plan.ask_for_review(actor=world.actor("client"), case=world.case, reason="Changed",
                               now=world.now)  # fmt: skip
    return Happened(
        wish.pk,
        lambda by: plan.answer_review_request(actor=world.actor(by), request_id=wish.pk,
                                              state=ReviewState.AGREED, answer="", now=world.now),
    )  # fmt: skip


def asks_correction(world: World) -> Happened:
    asked = ask_for_correction(
        actor=world.actor("client"), case=world.case, kind="goal",
        subject_id=str(world.debts_goal.pk), statement="Wrong.", now=world.now,
    )  # fmt: skip
    return Happened(
        asked.pk,
        lambda by: answer_correction(actor=world.actor(by), correction_id=asked.pk, answer="",
                                     outcome=Outcome.CORRECTED, now=world.now),
    )  # fmt: skip


def disagrees(world: World) -> Happened:
    version = world.version.pk
    plan.disagree_with_plan(actor=world.actor("kela"), version_id=version, comment="Too much.",
                            now=world.now)  # fmt: skip
    return Happened(
        version,
        lambda by: plan.settle_disagreement(actor=world.actor(by), version_id=version,
                                            settlement="As before.", now=world.now),
    )  # fmt: skip


def is_proposed(world: World) -> Happened:
    return Happened(
        world.version.pk,
        lambda by: plan.accept_plan(actor=world.actor(by), version_id=world.version.pk,
                                    now=world.now),
    )  # fmt: skip


def sends_plan(world: World) -> Happened:
    return Happened(world.version.pk, lambda _by: accepts_all(world))


def comes_into_force(world: World) -> Happened:
    accepts_all(world)
    return Happened(
        world.version.pk, lambda by: cases.mark_news_seen(actor=world.actor(by), now=world.now)
    )


def objects(world: World) -> Happened:
    row = plan.object_to_action(actor=world.actor("client"), action_id=world.action.pk,
                                statement="Not this.", now=world.now)  # fmt: skip
    return Happened(
        row.pk,
        lambda by: cases.mark_news_seen(actor=world.actor(by), subject_id=row.pk, now=world.now),
    )


def writes_paper_down(world: World) -> Happened:
    """The client said no in the service; now there is a paper that says yes."""
    version = world.version.pk
    plan.disagree_with_plan(actor=world.actor("client"), version_id=version, comment="Too much.",
                            now=world.now)  # fmt: skip
    plan.write_client_answer(
        actor=world.actor("social"), version_id=version, reply=Reply.ACCEPTED, comment="",
        paper="17/2026", archive_place="Salo", signed_on=day_of(world.now), now=world.now,
    )  # fmt: skip
    paper = SignedPaper.objects.get(version=version, state=PaperState.WAITING)
    return Happened(
        paper.pk,
        lambda by: plan.confirm_paper(actor=world.actor(by), paper_id=paper.pk, now=world.now),
    )


def says_of_the_plan(world: World) -> Happened:
    remark = remarks.propose_step(
        actor=world.actor("client"), goal_id=world.joint_goal.pk, text="I ask.", now=world.now
    )
    return Happened(
        remark.pk,
        lambda by: remarks.answer_remark(
            actor=world.actor(by), remark_id=remark.pk, answer="Do.", now=world.now
        ),
    )


def asks_for_more_time(world: World) -> Happened:
    task = plan.add_action(
        actor=world.actor("employment"), goal_id=world.joint_goal.pk, text="Visit the workshop",
        owner_party=Party.CLIENT, owner_id=None, category=Category.PLAN_FOLLOW_UP, now=world.now,
        due_on=day_of(world.now) + timedelta(days=3),
    )  # fmt: skip
    asked = plan.ask_for_more_time(
        actor=world.actor("client"), action_id=task.pk, text="I am ill.", now=world.now,
        asked_for=day_of(world.now) + timedelta(days=9),
    )  # fmt: skip
    return Happened(
        asked.pk,
        lambda by: plan.refuse_more_time(
            actor=world.actor(by), more_time_id=asked.pk, answer="It begins then.", now=world.now
        ),
    )


def takes_none(world: World) -> Happened:
    offer = offered(world, "employment")
    options.take_none(actor=world.actor("client"), offer_id=offer.pk, answer="", now=world.now)
    return Happened(
        offer.pk,
        lambda by: options.reply_to_answer(
            actor=world.actor(by), offer_id=offer.pk, reply="Let us talk.", now=world.now
        ),
    )


def may_choose(world: World) -> Happened:
    offer = offered(world, "employment")
    return Happened(
        offer.pk,
        lambda _by: options.take_none(
            actor=world.actor("client"), offer_id=offer.pk, answer="", now=world.now
        ),
    )


def asks_body(world: World, who: str) -> UUID:
    return plan.ask_body(
        actor=world.actor(who), goal_id=world.joint_goal.pk, to_body=Body.KELA,
        text="Rehabilitation?", answer_by=day_of(world.now), now=world.now,
    ).pk  # fmt: skip


def declines(world: World, by: str, asked: UUID) -> object:
    return plan.decline_request(actor=world.actor(by), request_id=asked, answer="No.",
                                now=world.now)  # fmt: skip


def asks_kela(world: World) -> Happened:
    asked = asks_body(world, "social")
    return Happened(asked, lambda by: declines(world, by, asked))


def has_asked_kela(world: World) -> Happened:
    asked = asks_body(world, "employment")
    return Happened(asked, lambda _by: declines(world, "kela", asked))


def _ending(world: World) -> UUID:
    return plan.propose_ending(
        actor=world.actor("social"), case=the_case(world), exit=Exit.EDUCATION, reason="A school.",
        follow_up_by_id=world.actor("social").user_id, now=world.now,
    ).pk  # fmt: skip


def _assesses(world: World, by: str, ending: UUID, ended: bool) -> object:
    return plan.assess_ending(actor=world.actor(by), ending_id=ending, need_has_ended=ended,
                              statement="" if ended else "Not yet.", now=world.now)  # fmt: skip


def proposes_ending(world: World) -> Happened:
    ending = _ending(world)
    return Happened(ending, lambda by: _assesses(world, by, ending, True))


def opposes_ending(world: World) -> Happened:
    """The client is heard; where a body does not agree, the proposal is over at once."""
    ending = _ending(world)
    _assesses(world, "client", ending, False)
    return Happened(ending, lambda _by: _assesses(world, "kela", ending, False))


def goes_on(world: World) -> Happened:
    ends(world)
    asked = asks_to_go_on(world)
    return Happened(
        asked.pk,
        lambda by: plan.decline_to_go_on(actor=world.actor(by), asked_id=asked.pk, answer="No.",
                                         now=world.now),
    )  # fmt: skip
