"""Builders of rows for the tests: who works where, and cases as if they stood there.

Where a rule matters, a builder goes through the service; where a test wants a state that no service
would leave behind, it says so.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import factory
from django.db import connection
from factory.django import DjangoModelFactory

from cases.lifecycle import ENDED_STATES, CaseState
from cases.models import Case, Mandate, TeamMembership, TeamRole
from cases.services import add_team_member, record_mandate
from common.actor import Actor, system_actor
from common.bodies import Body, Receiver
from common.clock import day_of
from common.database_roles import WEB
from common.mandates import Evidence, MandateSource, Matter
from consent.models import Choice, Consent, Method
from consent.services import confirm_written, decide
from people.models import Office, User
from people.services import give_position
from tests.personas import World

TEST = system_actor("test")


class OfficeFactory(DjangoModelFactory[Office]):
    """An office of a body in a network: ``network_id`` and ``body`` are the test's to say."""

    class Meta:
        model = Office

    name = factory.Sequence(lambda number: f"Office {number}")
    phone = "1"


class WorkerFactory(DjangoModelFactory[User]):
    """A caseworker of ``office`` since ``now``, by the service; ``leads``: of the office."""

    class Meta:
        model = User

    username = factory.Sequence(lambda number: f"worker{number}")
    first_name = "Kerttu"
    last_name = factory.Sequence(lambda number: f"Worker{number}")

    @classmethod
    def _create(cls, model_class: type[User], *args: Any, **given: Any) -> User:
        office, now, leads = given.pop("office"), given.pop("now"), given.pop("leads", False)
        user = model_class.objects.create_user(**given, password=None)
        give_position(
            actor=TEST, user=user, network=office.network, office=office, title="", since=now,
            now=now, leads=leads,
        )  # fmt: skip
        return user


class CaseFactory(DjangoModelFactory[Case]):
    """A case of ``person``, as if it had come into ``state`` at ``now``: past every service.

    ``led_by``: the actor who opened it in their network, manages it, and ended it where it ended.
    """

    class Meta:
        model = Case
        skip_postgeneration_save = True

    class Params:
        led_by = None
        now = None

    statute = "381/2023"
    state = CaseState.MAPPING
    network_id = factory.LazyAttribute(lambda case: case.led_by.working_network_id)
    opened_at = factory.SelfAttribute("now")
    opened_by_id = factory.LazyAttribute(lambda case: case.led_by.writer_id)
    started_on = factory.LazyAttribute(
        lambda case: None if case.state == CaseState.DECLINED else day_of(case.now)
    )
    ended_at = factory.LazyAttribute(lambda case: case.now if case.state in ENDED_STATES else None)
    ended_by_id = factory.LazyAttribute(lambda case: case.ended_at and case.led_by.writer_id)

    @factory.post_generation
    def case_manager(case, create: bool, extracted: Any, **_: Any) -> None:
        TeamMembership.objects.create(
            case=case, user_id=case.opened_by_id, role=TeamRole.CASE_MANAGER, since=case.opened_at
        )


def joins_from_a_second_office(
    case: Case, body: Body, username: str, *, by: Actor, now: datetime, office: str
) -> User:
    """A worker of one more office of the body, whom ``by`` has taken into the team."""
    made = OfficeFactory(network_id=case.network_id, body=body, name=office)
    user = WorkerFactory(username=username, office=made, now=now)
    add_team_member(actor=by, case=case, user_id=user.pk, why="", now=now)
    return user


def written_down(
    case: Case, *, by: Actor, now: datetime, confirmed_by: Actor | None = None, **said: Any
) -> Consent:
    """What the client of a case decided towards Kela, as ``by`` wrote it down of a signed paper.

    ``confirmed_by``: whoever has confirmed it; without, what would open anything waits.
    """
    given: dict[str, Any] = {
        "choice": Choice.GRANTED, "receiver": Receiver.KELA, "purpose": "p",
        "method": Method.PAPER, "scan_reference": "Shelf 1", "archive_number": "A 1",
    } | said  # fmt: skip
    if given["method"] == Method.ORAL:
        given |= {"scan_reference": "", "archive_number": "", "witness": "Wilma"} | said
    consent = decide(actor=by, case=case, now=now, **given)
    if confirmed_by is not None:
        confirm_written(actor=confirmed_by, consent_id=consent.pk, now=now)
    return consent


def remove_case(case: Case) -> None:
    """As if the case had never been: by the owner of the tables, since the web removes none."""
    with connection.cursor() as cursor:
        cursor.execute("RESET ROLE")
        case.delete()
        cursor.execute(f"SET ROLE {WEB}")


HOLDER = "010170-901K"


def a_mandate(world: World, *, by: str = "employment", **more: Any) -> Mandate:
    """What a worker wrote down of somebody with an authorisation; it waits for a second person."""
    today = day_of(world.now)
    said: dict[str, Any] = {
        "holder_name": "Helena Hoitaja", "holder_code": HOLDER,
        "source": MandateSource.AUTHORISATION, "matters": [Matter.PLAN, Matter.ASKING],
        "since": today, "until": today + timedelta(days=200), "evidence": Evidence.REGISTER,
        "dated": today,
    }  # fmt: skip
    return record_mandate(actor=world.actor(by), case=world.case, now=world.now, **(said | more))
