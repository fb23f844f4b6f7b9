"""Two people at once, in real transactions."""

from __future__ import annotations

import pytest

from audit.models import AuditRow
from common.bodies import Receiver
from consent.models import (
    Choice,
    Consent,
    ConsentLine,
    ConsentRequest,
    Ground,
    Method,
    OutsideKind,
)
from consent.services import accept_invitation, decide, invite, sign_ground, withdraw_request
from people.models import User
from tests.consent.deciding import SOCIAL, TEST, ask, asked_by_kela, days, decides, draft
from tests.personas import World
from tests.together import at_once


@pytest.mark.usefixtures("committed_db")
def test_two_decisions_at_once_follow_each_other_and_one_line_stands() -> None:
    world = World.load()
    client, social = world.actor("client"), world.actor("social")
    said = {
        "case": world.case, "receiver": Receiver.KELA, "categories": [SOCIAL], "purpose": "p",
        "now": world.now,
    }  # fmt: skip
    before = Consent.objects.count()
    assert (
        at_once(
            lambda: decide(actor=client, choice=Choice.GRANTED, **said),
            lambda: decide(
                actor=social, choice=Choice.DENIED, method=Method.ORAL, witness="W", **said
            ),
            lambda: decide(actor=client, choice=Choice.GRANTED, **said),
            lambda: decide(actor=client, choice=Choice.DENIED, **said),
        )
        == ["done"] * 4
    )
    assert Consent.objects.count() == before + 4
    lines = ConsentLine.objects.filter(case=world.case, receiver="kela", category=SOCIAL)
    assert lines.count() == 4
    assert lines.filter(ended_at=None).count() == 1


@pytest.mark.usefixtures("committed_db")
def test_answering_and_taking_back_at_once_leave_one_of_the_two() -> None:
    world = World.load()
    kela = world.actor("kela")
    for _time in range(5):
        asked = asked_by_kela(world)
        outcomes = at_once(
            lambda a=asked: decides(world, Choice.DENIED, request_id=a.pk),  # type: ignore[misc]
            lambda a=asked: withdraw_request(actor=kela, request_id=a.pk, now=world.now),  # type: ignore[misc]
            lambda a=asked: withdraw_request(actor=kela, request_id=a.pk, now=world.now),  # type: ignore[misc]
        )
        assert outcomes.count("done") == 1, outcomes
        taken_back = AuditRow.objects.filter(
            action="consent_request_withdrawn", subject_id=asked.pk
        ).count()
        assert taken_back + asked.answers.count() == 1
        ask(world, by="kela", categories=[SOCIAL])


@pytest.mark.usefixtures("committed_db")
def test_asking_for_the_same_at_once_makes_one_request() -> None:
    world = World.load()
    assert at_once(*[lambda: ask(world)] * 3) == ["Refused", "Refused", "done"]
    assert ConsentRequest.objects.filter(case=world.case, receiver="employment").count() == 1


@pytest.mark.usefixtures("committed_db")
def test_signing_two_rows_for_the_same_days_at_once_signs_one() -> None:
    world = World.load()
    rows = [draft(world), draft(world)]
    outcomes = at_once(
        *(
            lambda r=row: sign_ground(actor=TEST, ground_id=r.pk, signed_by="O", now=world.now)  # type: ignore[misc]
            for row in rows
        )
    )
    assert outcomes == ["Refused", "done"]
    assert Ground.objects.filter(network=world.case.network, category=SOCIAL).exclude(
        signed_at=None
    ).count() == 1  # fmt: skip


@pytest.mark.usefixtures("committed_db")
def test_an_invitation_taken_up_twice_at_once_makes_one_user() -> None:
    world = World.load()
    secret = invite(
        actor=world.actor("client"), case=world.case, kind=OutsideKind.TRUSTED, name="N",
        organisation="", categories=[SOCIAL], purpose="p", valid_to=days(world, 1), now=world.now,
    ).secret  # fmt: skip
    before = User.objects.count()
    outcomes = at_once(
        *(
            lambda n=name: accept_invitation(  # type: ignore[misc]
                secret=secret, username=n, password="kolme punaista omenaa", first_name="N",
                last_name="N", now=world.now,
            )
            for name in ("first", "second")
        )
    )  # fmt: skip
    assert outcomes.count("done") == 1, outcomes
    assert User.objects.count() == before + 1
