"""Who confirms what a worker wrote down: the client, or a second person of another body."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from cases.services import add_team_member, end_team_term
from common.bodies import Body
from common.decision import NotAllowed, NotVisible
from consent.models import (
    ConfirmedHow,
    Method,
)
from consent.services import (
    archive_paper,
)
from people.models import Position, User
from people.selectors import actor_for
from tests.builders import OfficeFactory, WorkerFactory
from tests.consent.deciding import (
    refused,
)
from tests.consent.writing_down import confirms, is_open, leads, writes
from tests.personas import World


def test_the_client_confirms_at_any_log_in(world: World, login: Any) -> None:
    consent = writes(world)
    client = login("client")
    session = client.session
    session["account_authentication_methods"] = []
    session.save()
    answer = client.post(f"/my/who-sees/said/{consent.pk}/", {"do": "yes"})
    assert answer.status_code == 302
    assert is_open(world)


def test_a_second_person_of_another_body_confirms_a_paper_that_is_archived(world: World) -> None:
    consent = writes(world, archive_number="")
    with pytest.raises(NotAllowed):
        confirms(world, consent, "employment")
    for missing in ("archive_number", "archive_place"):
        given = {"archive_number": "A 7", "archive_place": "Shelf 3"} | {missing: " "}
        assert refused(
            lambda g=given: archive_paper(  # type: ignore[misc]
                actor=world.actor("social"), consent_id=consent.pk, now=world.now, **g
            )
        ) == missing  # fmt: skip
    archive_paper(
        actor=world.actor("social"), consent_id=consent.pk, archive_number="A 7",
        archive_place="Shelf 3", now=world.now,
    )  # fmt: skip
    assert not is_open(world)
    written = confirms(world, consent, "employment")
    assert (written.confirmed_how, written.settled_by) == (
        ConfirmedHow.PAPER, User.objects.get(username="employment"),
    )  # fmt: skip
    assert is_open(world)
    with pytest.raises(NotAllowed):
        archive_paper(
            actor=world.actor("social"), consent_id=consent.pk, archive_number="B",
            archive_place="B", now=world.now,
        )  # fmt: skip


def test_what_was_said_aloud_is_confirmed_by_the_client_alone(world: World) -> None:
    consent = writes(world, method=Method.ORAL)
    for who in ("employment", "kela"):
        with pytest.raises(NotVisible):
            confirms(world, consent, who)
    with pytest.raises(NotAllowed):
        confirms(world, consent, "social")
    assert not is_open(world)


def test_who_wrote_it_down_and_their_colleagues_are_no_second_person(world: World) -> None:
    consent = writes(world)
    beside = WorkerFactory(
        username="beside", office=User.objects.get(username="social").positions.get().office,
        now=world.now,
    )  # fmt: skip
    add_team_member(
        actor=world.actor("employment"), case=world.case, user_id=beside.pk, why="", now=world.now
    )
    other_office = WorkerFactory(
        username="elsewhere", now=world.now, leads=True,
        office=OfficeFactory(network_id=world.case.network_id, body=Body.SOCIAL),
    )  # fmt: skip
    add_team_member(
        actor=world.actor("employment"), case=world.case, user_id=other_office.pk, why="",
        now=world.now,
    )  # fmt: skip
    for who in ("social", "beside", "elsewhere"):
        with pytest.raises(NotAllowed):
            confirms(world, consent, who)
    assert not is_open(world)


def test_a_witness_is_no_second_person(world: World) -> None:
    name = User.objects.get(username="employment").full_name
    consent = writes(world, witness=f"{name}, ohjaaja")
    with pytest.raises(NotAllowed):
        confirms(world, consent, "employment")
    confirms(world, consent, "kela")


def test_who_leads_the_writers_office_may_look_at_the_paper_without_being_in_the_case(
    world: World, login: Any
) -> None:
    """On the morning when everybody else is ill."""
    consent = writes(world, "employment")
    with pytest.raises(NotVisible):
        confirms(world, consent, "colleague")
    leads(world, "colleague")
    assert login("colleague").get(f"/cases/{world.case.pk}/").status_code == 404
    confirms(world, consent, "colleague")
    assert is_open(world)


def test_nobody_in_an_office_vouches_for_who_leads_it(world: World) -> None:
    leads(world, "social")
    office = User.objects.get(username="social").positions.get().office
    WorkerFactory(username="second_leader", office=office, now=world.now, leads=True)
    consent = writes(world)
    for who in ("social", "second_leader"):
        with pytest.raises(NotAllowed):
            confirms(world, consent, who)
    # Nor once they lead it no longer: it was written while they did.
    Position.objects.filter(user__username="social", until=None).update(
        until=world.now + timedelta(hours=1)
    )
    later = world.now + timedelta(hours=2)
    with pytest.raises(NotAllowed):
        confirms(
            world, consent, now=later,
            actor=actor_for(User.objects.get(username="second_leader"), now=later),
        )  # fmt: skip
    confirms(world, consent, "kela")


def test_who_only_reads_the_case_or_has_left_the_team_is_no_second_person(world: World) -> None:
    consent = writes(world)
    for who in ("colleague", "outsider", "director", "officer", "association", "client2"):
        with pytest.raises(NotVisible):
            confirms(world, consent, who)
    end_team_term(
        actor=world.actor("employment"), case=world.case,
        user_id=world.actor("kela").writer_id, now=world.now,
    )  # fmt: skip
    with pytest.raises(NotVisible):
        confirms(world, consent, "kela")
