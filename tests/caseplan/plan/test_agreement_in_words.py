"""What each step of agreement writes down, word by word, and what it leaves as it was."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from audit.models import AuditRow
from caseplan.plan import services
from caseplan.plan.models import (
    Action,
    Answer,
    Goal,
    PlannedService,
    PlanVersion,
    Reply,
    ReviewRequest,
)
from caseplan.plan.signals import plan_agreed
from cases.models import Case, News
from common.bodies import Party
from common.clock import day_of
from common.dates import add_months
from common.decision import NotAllowed, Refused
from consent.models import Category
from statutes.reader import law_on
from tests.personas import World

LATER = timedelta(hours=1)


def proposed(world: World, by: str = "social", **given: Any) -> PlanVersion:
    return services.propose_plan(
        **{"actor": world.actor(by), "case": world.case, "now": world.now, **given}
    )


def accepts(world: World, version: PlanVersion, *parties: str, **given: Any) -> None:
    for party in parties:
        services.accept_plan(
            **{
                "actor": world.actor(party), "version_id": version.pk, "now": world.now, **given,
            }
        )  # fmt: skip


def disagrees(
    world: World, version: PlanVersion, who: str = "client", comment: str = "No."
) -> None:
    services.disagree_with_plan(
        actor=world.actor(who), version_id=version.pk, comment=comment, now=world.now
    )


def refusal(write: Any) -> str | None:
    with pytest.raises(Refused) as refused:
        write()
    return refused.value.field


def logged(version: PlanVersion, action: str) -> list[Any]:
    rows = AuditRow.objects.filter(subject_id=version.pk, action=action)
    return [(row.actor, row.case_id, row.person_id, row.categories) for row in rows]


def by(world: World, who: str) -> tuple[Any, ...]:
    case = world.case
    return (world.actor(who).label, case.pk, case.person_id, ["plan_follow_up"])


# Proposing


def test_a_plan_of_goals_that_were_all_dropped_is_no_plan(world: World) -> None:
    goals = Goal.objects.filter(case=world.case)
    goals.update(dropped_at=world.now, dropped_by=world.actor("social").user_id)
    assert refusal(lambda: proposed(world)) is None
    goals.filter(pk=world.joint_goal.pk).update(dropped_at=None, dropped_by=None)
    assert proposed(world).items.filter(kind="goal").count() == 1


def test_only_a_goal_that_the_proposer_sees_lets_them_propose(world: World) -> None:
    """Kela does not see the debts: a refusal tells it nothing of them."""
    others = Goal.objects.filter(case=world.case).exclude(pk=world.debts_goal.pk)
    others.update(dropped_at=world.now, dropped_by=world.actor("social").user_id)
    assert refusal(lambda: proposed(world, by="kela")) is None
    assert proposed(world, by="social").items.filter(kind="goal").count() == 1


def test_a_new_proposal_sets_the_open_one_aside_and_touches_no_other(world: World) -> None:
    accepts(world, world.version, "social", "kela", "client")
    second = proposed(world)
    third = proposed(world, now=world.now + LATER)
    fourth = proposed(world, now=world.now + 2 * LATER)
    rows = {row.pk: row for row in PlanVersion.objects.filter(case=world.case)}
    assert rows[world.version.pk].set_aside_at is None, "it is in force"
    assert rows[second.pk].set_aside_at == world.now + LATER
    assert rows[third.pk].set_aside_at == world.now + 2 * LATER
    assert rows[fourth.pk].set_aside_at is None
    assert [rows[v.pk].number for v in (world.version, second, third, fourth)] == [1, 2, 3, 4]
    row = rows[fourth.pk]
    assert (row.proposed_at, row.proposed_by_id) == (
        world.now + 2 * LATER, world.actor("social").user_id,
    )  # fmt: skip
    assert set(row.parties) == {"client", "employment", "social", "kela"}
    assert logged(fourth, "plan_proposed") == [by(world, "social")]


def test_proposing_in_one_case_leaves_the_proposal_and_the_wish_of_another(world: World) -> None:
    other = Case.objects.get(person__user__username="client2")
    theirs = PlanVersion.objects.create(
        case=other, number=7, parties=["client"], proposed_at=world.now,
        proposed_by_id=world.actor("employment").user_id,
    )  # fmt: skip
    wish = ReviewRequest(
        case=other, reason="w", category=Category.PLAN_FOLLOW_UP, recorded_for=Party.CLIENT,
        recorded_by_id=world.actor("client2").user_id, recorded_at=world.now,
    )  # fmt: skip
    wish.save()
    version = proposed(world)
    theirs.refresh_from_db()
    wish.refresh_from_db()
    assert (theirs.set_aside_at, wish.state, version.number) == (None, "open", 2)


def test_the_wish_it_answers_says_by_whom_and_when_and_one_answered_before_stands(
    world: World,
) -> None:
    client, social = world.actor("client"), world.actor("social")
    first = services.ask_for_review(actor=client, case=world.case, reason="a", now=world.now)
    services.answer_review_request(
        actor=social, request_id=first.pk, state="refused",  # type: ignore[arg-type]
        answer="Not yet.", now=world.now,
    )  # fmt: skip
    second = services.ask_for_review(actor=client, case=world.case, reason="b", now=world.now)
    proposed(world, by="kela", now=world.now + LATER)
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.state, first.answered_by_id, first.answered_at) == (
        "refused", social.user_id, world.now,
    )  # fmt: skip
    assert (second.state, second.answered_by_id, second.answered_at) == (
        "agreed", world.actor("kela").user_id, world.now + LATER,
    )  # fmt: skip


def test_a_version_says_each_thing_in_its_words_and_to_whom_it_is_open(world: World) -> None:
    PlannedService.objects.filter(pk=world.planned_service.pk).update(
        starts_on=day_of(world.now), ends_on=None, provider="P"
    )
    clients = Action.objects.filter(case=world.case, owner_party="client").first()
    assert clients is not None
    items = {item.source_id: item for item in proposed(world).items.all()}
    goal, action, planned_service = (
        items[world.own_goal.pk],
        items[world.action.pk],
        world.planned_service,
    )
    assert (goal.kind, goal.goal_id) == ("goal", None)
    assert goal.content == {"kind": world.own_goal.kind, "text": world.own_goal.text}
    assert (action.kind, action.goal_id) == ("action", world.own_goal.pk)
    assert action.content == {
        "text": world.action.text, "owner_party": world.action.owner_party,
        "owner_id": str(world.action.owner_id), "due_on": world.action.due_on.isoformat(),
        "state": world.action.state, "repeats_weeks": world.action.repeats_weeks,
    }  # fmt: skip
    assert items[clients.pk].content["owner_id"] is None
    assert (items[planned_service.pk].kind, items[planned_service.pk].goal_id) == (
        "service",
        None,
    )
    assert items[planned_service.pk].content == {
        "body": planned_service.body, "name": planned_service.name, "provider": "P",
        "service": planned_service.service, "ends_on": None,
        "starts_on": day_of(world.now).isoformat(),
    }  # fmt: skip
    for row in (world.own_goal, world.debts_goal, world.action, planned_service):
        item = items[row.pk]
        assert (item.category, item.recorded_for, item.recorded_by_id, item.with_client) == (
            row.category, row.recorded_for, row.recorded_by_id, row.with_client,
        )  # fmt: skip
        assert item.recorded_at == row.recorded_at
    (plan,) = [item for item in items.values() if item.kind == "plan"]
    assert (plan.position, set(plan.content)) == (
        0, {"strengths", "job_search_duty", "follow_up"},
    )  # fmt: skip
    kinds = [item.kind for item in sorted(items.values(), key=lambda item: item.position)]
    assert kinds == sorted(kinds, key=["plan", "goal", "action", "service"].index)


# Answering


def test_an_answer_says_for_whom_how_and_when(world: World) -> None:
    version = world.version
    accepts(world, version, "kela")
    row = Answer.objects.get(version=version, party="kela")
    assert (row.reply, row.comment, row.how, row.paper) == ("accepted", "", "electronic", "")
    assert (row.case_id, row.recorded_for, row.recorded_at) == (world.case.pk, "kela", world.now)
    assert row.recorded_by_id == world.actor("kela").user_id
    assert by(world, "kela") in logged(version, "plan_accepted")
    assert refusal(lambda: accepts(world, version, "kela")) is None, "once"
    assert refusal(lambda: disagrees(world, version, comment=" ")) == "comment"
    disagrees(world, version, comment="  Too soon. ")
    row = Answer.objects.get(version=version, party="client")
    assert (row.reply, row.comment, row.how) == ("disagrees", "Too soon.", "electronic")
    assert logged(version, "plan_disagrees") == [by(world, "client")]


@pytest.mark.parametrize(
    ("reply", "comment", "paper", "how"),
    [("accepted", " ", " Archive 1 ", "paper"), ("disagrees", " Not so. ", " ", "spoken"),
     ("disagrees", "Not so.", "Archive 2", "paper")],
)  # fmt: skip
def test_a_worker_writes_the_clients_answer_down_as_it_was_given(
    world: World, reply: str, comment: str, paper: str, how: str
) -> None:
    services.write_client_answer(
        actor=world.actor("social"), version_id=world.version.pk, reply=Reply(reply),
        comment=comment, paper=paper, now=world.now,
    )  # fmt: skip
    row = Answer.objects.get(version=world.version, party="client")
    assert (row.reply, row.comment, row.paper, row.how) == (
        reply,
        comment.strip(),
        paper.strip(),
        how,
    )
    assert (row.recorded_for, row.recorded_by_id) == ("client", world.actor("social").user_id)


def test_a_no_written_down_needs_its_words_and_a_yes_its_paper(world: World) -> None:
    def writes(reply: str, comment: str, paper: str) -> None:
        services.write_client_answer(
            actor=world.actor("social"), version_id=world.version.pk, reply=Reply(reply),
            comment=comment, paper=paper, now=world.now,
        )  # fmt: skip

    assert refusal(lambda: writes("accepted", "Yes.", " ")) == "paper"
    assert refusal(lambda: writes("disagrees", " ", "Archive")) == "comment"
    assert not Answer.objects.filter(version=world.version, party="client").exists()


def test_a_no_of_one_keeps_the_plan_from_force_whatever_the_others_say(world: World) -> None:
    disagrees(world, world.version, "kela")
    accepts(world, world.version, "client", "social")
    world.version.refresh_from_db()
    assert world.version.in_force_at is None
    (row,) = PlanVersion.objects.filter(case=world.case)
    assert row.answers.count() == 4


# In force


def test_a_plan_in_force_says_from_when_until_when_and_by_which_section(world: World) -> None:
    at = world.now + LATER
    other = Case.objects.get(person__user__username="client2")
    theirs = PlanVersion.objects.filter(case=other)
    accepts(world, world.version, "social", "kela", "client", now=at)
    row = PlanVersion.objects.get(pk=world.version.pk)
    law = law_on(day_of(at)).review_months
    assert (row.in_force_at, row.replaced_at, row.set_aside_at) == (at, None, None)
    assert row.review_due_on == add_months(day_of(at), law.value)
    assert row.review_section == law.section
    assert logged(row, "plan_in_force") == [by(world, "client")]
    second = proposed(world, now=at)
    accepts(world, second, "employment", "social", "kela", "client", now=at + LATER)
    row.refresh_from_db()
    assert (row.in_force_at, row.replaced_at) == (at, at + LATER)
    third = proposed(world, now=at + LATER)
    accepts(world, third, "employment", "social", "kela", "client", now=at + 2 * LATER)
    row.refresh_from_db()
    assert row.replaced_at == at + LATER, "it was replaced once"
    assert not theirs.filter(replaced_at__isnull=False).exists()


def test_who_did_not_say_the_last_yes_has_news_of_a_plan_in_force(world: World) -> None:
    News.objects.all().delete()  # that the case has begun
    accepts(world, world.version, "client", "social")
    assert not News.objects.exists()
    accepts(world, world.version, "kela")
    told = list(News.objects.order_by("for_user__username"))
    assert {(news.kind, news.subject_id, news.was, news.case_id) for news in told} == {
        ("plan_in_force", world.version.pk, "1", world.case.pk)
    }
    assert [news.for_user.username for news in told] == ["client", "employment", "social"]


# Settled, and reviewed


def test_a_settled_disagreement_says_what_was_agreed_and_is_news(world: World) -> None:
    disagrees(world, world.version)
    at = world.now + LATER

    def settles(settlement: str, who: str = "social") -> PlanVersion:
        return services.settle_disagreement(
            actor=world.actor(who), version_id=world.version.pk, settlement=settlement, now=at
        )

    assert refusal(lambda: settles(" ")) == "settlement"
    with pytest.raises(NotAllowed):
        settles("So.", "client")
    settles("  We wait. ")
    row = PlanVersion.objects.get(pk=world.version.pk)
    assert (row.settled_by, row.set_aside_at, row.in_force_at) == ("We wait.", at, None)
    assert logged(row, "plan_settled") == [by(world, "social")]
    told = News.objects.filter(kind="proposal_set_aside").order_by("for_user__username")
    assert {(news.subject_id, news.was, news.at) for news in told} == {(row.pk, "1", at)}
    assert [news.for_user.username for news in told] == ["client", "employment", "kela"]
    with pytest.raises(NotAllowed):
        settles("Once more.")


def test_a_wish_for_a_review_is_answered_yes_or_no_and_may_come_again(world: World) -> None:
    client, social = world.actor("client"), world.actor("social")

    def wishes() -> ReviewRequest:
        return services.ask_for_review(
            actor=client, case=world.case, reason="  It hurts. ", now=world.now
        )

    def answers(state: Any, answer: str = "") -> ReviewRequest:
        return services.answer_review_request(
            actor=social, request_id=wish.pk, state=state, answer=answer, now=world.now + LATER
        )

    wish = wishes()
    assert wish.reason == "It hurts."
    assert refusal(wishes) is None
    assert refusal(lambda: answers("open")) == "state"
    assert refusal(lambda: answers("refused", " ")) == "answer"
    answers("refused", "  Last week it was. ")
    row = ReviewRequest.objects.get(pk=wish.pk)
    assert (row.state, row.answer) == ("refused", "Last week it was.")
    assert (row.answered_at, row.answered_by_id) == (world.now + LATER, social.user_id)
    logged = AuditRow.objects.filter(subject_id=wish.pk, action__endswith="answered")
    assert [one.actor for one in logged] == [social.label]
    (news,) = News.objects.filter(kind="review_answered")
    assert (news.subject_id, news.at) == (wish.pk, world.now + LATER)
    wish = wishes()
    answers("agreed")
    assert ReviewRequest.objects.get(pk=wish.pk).state == "agreed"


# Each case by itself


def test_what_another_case_of_the_same_workers_holds_is_no_part_of_this_one(world: World) -> None:
    """A goal there makes no plan here and stands in none; a wish there keeps nobody from theirs."""
    other, social = Case.objects.get(person__user__username="client2"), world.actor("social")
    theirs = services.add_goal(
        actor=social, case=other, category=Category.PLAN_FOLLOW_UP, text="Theirs", now=world.now
    )
    services.ask_for_review(actor=world.actor("client2"), case=other, reason="", now=world.now)
    services.ask_for_review(actor=world.actor("client"), case=world.case, reason="", now=world.now)
    held = proposed(world).items.filter(kind="goal").values_list("source_id", flat=True)
    assert set(held) == {world.own_goal.pk, world.joint_goal.pk, world.debts_goal.pk}
    Goal.objects.filter(case=world.case).update(dropped_at=world.now, dropped_by=social.user_id)
    assert Goal.objects.filter(pk=theirs.pk, dropped_at=None).exists()
    assert refusal(lambda: proposed(world)) is None


def test_a_plan_in_force_is_told_to_the_rooms_above_with_its_case_and_moment(
    world: World,
) -> None:
    told: list[tuple[Any, Any]] = []

    def hears(case_id: Any, now: Any, **_: Any) -> None:
        told.append((case_id, now))

    plan_agreed.connect(hears)
    try:
        accepts(world, world.version, "social", "kela")
        assert told == []
        accepts(world, world.version, "client")
    finally:
        plan_agreed.disconnect(hears)
    assert told == [(world.case.pk, world.now)]


def test_a_plan_in_force_replaces_no_plan_of_another_case(world: World) -> None:
    other = Case.objects.get(person__user__username="client2")
    theirs = PlanVersion.objects.create(
        case=other, number=7, parties=["client"], proposed_at=world.now,
        proposed_by_id=world.actor("employment").user_id,
    )  # fmt: skip
    accepts(world, theirs, "client2")
    accepts(world, world.version, "social", "kela", "client")
    theirs.refresh_from_db()
    assert (theirs.in_force_at, theirs.replaced_at) == (world.now, None)
