"""A worker turns the client's no into a yes with a paper that nobody else has seen.

After a disagreement an acceptance on paper counts once the client says so in the service, or a
second person of another body, or who leads the writer's office, has seen the paper.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from caseplan.plan.models import Answer, How, PaperState, PlanVersion, Reply, SignedPaper
from caseplan.plan.services import (
    accept_plan,
    confirm_paper,
    disagree_with_plan,
    dispute_paper,
    object_to_action,
    propose_plan,
    write_client_answer,
)
from cases.models import Case, News, NewsKind
from common.bodies import Party
from common.clock import day_of
from common.decision import NotAllowed, NotVisible, Refused
from people.models import Position
from tests.builders import WorkerFactory
from tests.personas import World

ACCEPTS = {"reply": "accepted", "paper": "Salo 17/2026", "comment": ""}


@pytest.fixture
def refused_plan(world: World) -> PlanVersion:
    """The three bodies agree, and the client has said no in the service."""
    version = propose_plan(
        actor=world.actor("social"), case=Case.objects.get(pk=world.case.pk), now=world.now
    )
    for body in ("employment", "social", "kela"):
        if Party(world.actor(body).working_body) in version.parties:
            accept_plan(actor=world.actor(body), version_id=version.pk, now=world.now)
    disagree_with_plan(
        actor=world.actor("client"), version_id=version.pk, comment="Too much.", now=world.now
    )
    return version


def written(world: World, version: PlanVersion, by: str = "social", **more: Any) -> SignedPaper:
    given = {
        "reply": Reply.ACCEPTED, "comment": "", "paper": "17/2026", "archive_place": "Salo",
        "signed_on": day_of(world.now),
    } | more  # fmt: skip
    write_client_answer(actor=world.actor(by), version_id=version.pk, now=world.now, **given)
    return SignedPaper.objects.get(version=version, state=PaperState.WAITING)


def is_in_force(version: PlanVersion) -> bool:
    return PlanVersion.objects.get(pk=version.pk).is_in_force


def stands(version: PlanVersion) -> Reply:
    answers = Answer.objects.filter(version=version, party=Party.CLIENT)
    yes = answers.filter(after_paper__isnull=False).first()
    return Reply((yes or answers.get()).reply)


def test_a_worker_alone_brings_no_plan_into_force_over_a_no(
    world: World, refused_plan: PlanVersion, login: Any
) -> None:
    """By the page, as a worker would: whatever is sent, the no stands."""
    worker, url = login("social"), f"/versions/{refused_plan.pk}/client/"
    assert "On which day did the client sign?" in worker.get(url).content.decode()
    assert worker.post(url, ACCEPTS).status_code == 200, "says neither where nor when"
    whole = {**ACCEPTS, "archive_place": "Salo", "signed_on": day_of(world.now).isoformat()}
    assert worker.post(url, whole).status_code == 302
    assert not is_in_force(refused_plan)
    assert stands(refused_plan) == Reply.DISAGREES
    for who in ("social", "client"):
        page = login(who).get(f"/versions/{refused_plan.pk}/").content.decode()
        assert "A signed paper waits for a second person" in page
    paper = SignedPaper.objects.get()
    assert worker.get(f"/papers/{paper.pk}/").status_code == 200
    worker.post(f"/papers/{paper.pk}/", {"do": "confirm"})
    assert not is_in_force(refused_plan)


def test_the_writer_is_never_the_second_person(world: World, refused_plan: PlanVersion) -> None:
    paper = written(world, refused_plan)
    with pytest.raises(NotAllowed):
        confirm_paper(actor=world.actor("social"), paper_id=paper.pk, now=world.now)
    with pytest.raises(IntegrityError), transaction.atomic():
        SignedPaper.objects.filter(pk=paper.pk).update(
            state=PaperState.CONFIRMED, settled_by=paper.written_by, settled_at=world.now
        )


def test_a_colleague_of_the_same_body_is_no_second_person(
    world: World, refused_plan: PlanVersion
) -> None:
    paper = written(world, refused_plan, by="employment")
    with pytest.raises(NotVisible):
        confirm_paper(actor=world.actor("colleague"), paper_id=paper.pk, now=world.now)


def test_somebody_of_another_body_who_has_seen_it_lets_it_count(
    world: World, refused_plan: PlanVersion, login: Any
) -> None:
    paper = written(world, refused_plan)
    kela = login("kela")
    assert "17/2026" in kela.get("/day/").content.decode()
    assert kela.post(f"/papers/{paper.pk}/", {"do": "confirm"}).status_code == 302
    assert is_in_force(refused_plan)
    answers = Answer.objects.filter(version=refused_plan, party=Party.CLIENT)
    assert {(a.reply, a.after_paper) for a in answers} == {
        ("disagrees", None), ("accepted", paper),
    }, "the no is kept"  # fmt: skip
    assert stands(refused_plan) == Reply.ACCEPTED


def test_the_leader_of_the_writers_office_may_and_reads_no_client(
    world: World, refused_plan: PlanVersion, login: Any
) -> None:
    office = Position.objects.get(user__username="social").office
    WorkerFactory(username="social_leader", office=office, now=world.now, leads=True)
    paper, leader = written(world, refused_plan), login("social_leader")
    page = leader.get(f"/papers/{paper.pk}/").content.decode()
    assert "17/2026" in page and world.case.person.last_name not in page
    assert leader.get(f"/versions/{refused_plan.pk}/").status_code == 404
    assert leader.post(f"/papers/{paper.pk}/", {"do": "confirm"}).status_code == 302
    assert is_in_force(refused_plan)


def test_the_client_confirms_it_themselves(
    world: World, refused_plan: PlanVersion, login: Any
) -> None:
    paper = written(world, refused_plan)
    told = News.objects.get(kind=NewsKind.PAPER_WAITS, subject_id=paper.pk)
    assert told.for_user == world.case.person.user
    client = login("client")
    assert "Did you sign version" in client.get(f"/papers/{paper.pk}/").content.decode()
    assert client.post(f"/papers/{paper.pk}/", {"do": "confirm"}).status_code == 302
    assert is_in_force(refused_plan)
    answer = Answer.objects.get(version=refused_plan, after_paper=paper)
    assert (answer.how, answer.recorded_by) == (How.ELECTRONIC, world.case.person.user)


@pytest.mark.parametrize("who", ["client", "kela"])
def test_whoever_says_it_is_not_so_ends_it_for_good(
    world: World, refused_plan: PlanVersion, who: str
) -> None:
    paper = written(world, refused_plan)
    dispute_paper(actor=world.actor(who), paper_id=paper.pk, now=world.now)
    with pytest.raises(Refused):
        confirm_paper(actor=world.actor("kela"), paper_id=paper.pk, now=world.now)
    assert not is_in_force(refused_plan) and stands(refused_plan) == Reply.DISAGREES
    assert News.objects.filter(
        kind=NewsKind.PAPER_DISPUTED, for_user=world.actor("social").user_id
    ).exists()


def test_a_paper_signed_before_the_no_is_older_than_it(
    world: World, refused_plan: PlanVersion
) -> None:
    with pytest.raises(Refused) as refused:
        written(world, refused_plan, signed_on=day_of(world.now) - timedelta(days=1))
    assert refused.value.field == "signed_on"


def test_proposing_the_same_again_does_not_wear_the_no_out(
    world: World, refused_plan: PlanVersion
) -> None:
    """A new number on the same plan: the paper waits all the same."""
    again = propose_plan(
        actor=world.actor("social"), case=Case.objects.get(pk=world.case.pk), now=world.now
    )
    for body in ("employment", "social", "kela"):
        if Party(world.actor(body).working_body) in again.parties:
            accept_plan(actor=world.actor(body), version_id=again.pk, now=world.now)
    written(world, again)
    assert not is_in_force(again)


def test_a_no_after_the_paper_overtakes_it(world: World, refused_plan: PlanVersion) -> None:
    again = propose_plan(
        actor=world.actor("social"), case=Case.objects.get(pk=world.case.pk), now=world.now
    )
    paper = written(world, again)
    disagree_with_plan(
        actor=world.actor("client"), version_id=again.pk, comment="Still no.", now=world.now
    )
    paper.refresh_from_db()
    assert paper.state == PaperState.OVERTAKEN
    with pytest.raises(Refused):
        confirm_paper(actor=world.actor("kela"), paper_id=paper.pk, now=world.now)


def test_a_no_to_one_step_of_the_plan_is_a_no_too(world: World) -> None:
    object_to_action(
        actor=world.actor("client"), action_id=world.action.pk, statement="It is too far.",
        now=world.now,
    )  # fmt: skip
    version = propose_plan(
        actor=world.actor("social"), case=Case.objects.get(pk=world.case.pk), now=world.now
    )
    assert written(world, version).waits


def test_without_a_no_a_signed_paper_counts_at_once(world: World) -> None:
    """The ordinary day: one worker, one form, nothing more to fill in."""
    version = propose_plan(
        actor=world.actor("social"), case=Case.objects.get(pk=world.case.pk), now=world.now
    )
    write_client_answer(
        actor=world.actor("social"), version_id=version.pk, reply=Reply.ACCEPTED, comment="",
        paper="17/2026", now=world.now,
    )  # fmt: skip
    assert stands(version) == Reply.ACCEPTED
    assert News.objects.filter(kind=NewsKind.PLAN_ANSWERED, subject_id=version.pk).exists()


def test_a_no_written_down_by_a_worker_holds_at_once(
    world: World, refused_plan: PlanVersion
) -> None:
    again = propose_plan(
        actor=world.actor("social"), case=Case.objects.get(pk=world.case.pk), now=world.now
    )
    write_client_answer(
        actor=world.actor("kela"), version_id=again.pk, reply=Reply.DISAGREES,
        comment="Not this.", paper="", now=world.now,
    )  # fmt: skip
    assert stands(again) == Reply.DISAGREES
