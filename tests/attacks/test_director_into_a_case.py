"""A director wants the case behind a figure, by every way there is.

From the director's side: every address of the product with the ids of the joint case, every page
and file they may open, and the rows by which others get in, planted for them. Whatever they find
is counts; no client's name, no case's id, no text of a case, and no link that leads to one.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import Permission
from django.db import IntegrityError, transaction
from django.urls import reverse

from cases import services
from cases.access import get_case, managed_by, on_team_of, visible_to, worked_on_by
from cases.models import (
    Case,
    Cover,
    Handover,
    News,
    NewsKind,
    TeamMembership,
    TeamRole,
    TemporaryAccess,
)
from cases.models.news import OF_OWN_WORK
from common.clock import day_of
from common.crypto import decrypt
from common.decision import NotAllowed, NotVisible, Refused
from consent.models import OutsideKind
from consent.services import accept_invitation, invite
from people.models import Person, Position, Role, User
from tests.pages.asked import asked
from tests.pages.due import trigger
from tests.pages.places import places_of
from tests.pages.routes import TABLE
from tests.personas import World

__all__ = ["asked", "trigger"]  # the fixtures


def plant(world: World) -> None:
    """The rows by which others see the case, as if somebody had made them for the director."""
    director = world.actor("director").writer_id
    employment = world.actor("employment").writer_id
    soon = world.now + timedelta(days=5)
    TeamMembership.objects.create(
        case=world.case, user_id=director, role=TeamRole.MEMBER, since=world.now
    )
    TemporaryAccess.objects.create(
        content_object=world.case, user_id=director, why="grace", since=world.now, until=soon,
        permission=Permission.objects.get(codename="view_case"),
    )  # fmt: skip
    Cover.objects.all().delete()
    Cover.objects.create(
        user_id=employment, by_id=director, made_by_id=employment, since=world.now, until=soon,
        network_id=world.case.network_id,
    )  # fmt: skip
    Handover.objects.filter(case=world.case).delete()
    Handover.objects.create(
        case=world.case, giver_id=employment, receiver_id=director, reason="Take it.",
        asked_at=world.now,
    )  # fmt: skip
    for kind in set(NewsKind) - set(OF_OWN_WORK):
        News.objects.create(
            case=world.case, for_user_id=director, kind=kind, subject_id=world.own_goal.pk,
            was=world.own_goal.text, at=world.now,
        )  # fmt: skip


def secrets_of(world: World) -> list[str]:
    """What would tell of the case: its id and its client's, the name, the code, a text of it."""
    person = world.case.person
    return [
        str(world.case.pk), str(person.pk), person.last_name,
        decrypt(person.identity_code_encrypted),
        world.own_goal.text, world.joint_goal.text, world.debts_goal.text,
    ]  # fmt: skip


def test_every_address_is_walked_with_every_way_planted_and_no_case_is_told(
    world: World, login: Any, trigger: tuple[Any, str], asked: dict[str, Any]
) -> None:
    places = places_of(world, trigger, asked)
    addresses = {name: reverse(name, args=args) for name, args in places.items()}
    plant(world)
    director, told, opened = login("director"), [], []
    for name, address in addresses.items():
        answer = director.get(address)
        said = (b"".join(answer.streaming_content) if answer.streaming else answer.content).decode(
            "utf-8", "replace"
        )
        told += [(name, secret) for secret in secrets_of(world) if secret in said]
        if "director" not in TABLE[name].shown + TABLE[name].sent_on + TABLE[name].by_post:
            shown = answer.status_code == 200 and TABLE[name].to("director") == 404
            opened += [name] if shown else []
        if TABLE[name].to("director") == 404:
            sent = director.post(address, {"reason": "Why", "comment": "Why", "text": "Why"})
            opened += [] if sent.status_code in (403, 404, 405) else [f"{name} by post"]
    assert told == []
    assert opened == []


def test_no_way_into_a_case_counts_for_a_director(world: World) -> None:
    plant(world)
    director = world.actor("director")
    for find in (visible_to, managed_by, worked_on_by, on_team_of):
        assert not find(director, now=world.now).exists(), find.__name__
    with pytest.raises(NotVisible):
        get_case(director, world.case.pk, now=world.now)


def test_nobody_lets_a_director_in(world: World) -> None:
    """Not by a cover, a handover, a place on the team, nor after asking, nor in an emergency."""
    employment, director = world.actor("employment"), world.actor("director")
    today, code = day_of(world.now), decrypt(world.case.person.identity_code_encrypted)
    for act in (
        lambda: services.cover_absence(
            actor=employment, user_id=employment.writer_id, by_id=director.writer_id, since=today,
            until=today, now=world.now,
        ),
        lambda: services.hand_over(
            actor=employment, case=world.case, receiver_id=director.writer_id, reason="Yours.",
            leaves=False, now=world.now,
        ),
        lambda: services.add_team_member(
            actor=employment, case=world.case, user_id=director.writer_id, why="", now=world.now
        ),
        lambda: services.change_case_manager(
            actor=employment, case=world.case, user_id=director.writer_id, now=world.now
        ),
        lambda: services.ask_for_access(
            actor=director, identity_code=code, reason="Why", now=world.now
        ),
        lambda: services.open_in_emergency(
            actor=director, identity_code=code, urgent="life", reason="Why", now=world.now
        ),
        lambda: services.find_own_case(actor=director, identity_code=code, now=world.now),
    ):  # fmt: skip
        with pytest.raises((Refused, NotAllowed)):
            act()


def test_a_director_is_not_made_a_worker_beside_it(world: World) -> None:
    """One position at a time: somebody is the director, or works on cases."""
    office = Position.objects.get(user__username="employment").office
    with pytest.raises(IntegrityError, match="position_one_at_a_time"), transaction.atomic():
        Position.objects.create(
            user=User.objects.get(username="director"), role=Role.CASEWORKER, office=office,
            network=world.case.network, since=world.now,
        )  # fmt: skip


def test_a_director_invited_as_an_outside_party_needs_another_log_in(
    world: World, login: Any
) -> None:
    """An invitation makes a user of its own; the director's log-in takes none up."""
    invitation = invite(
        actor=world.actor("client"), case=world.case, kind=OutsideKind.TRUSTED, name="Diana",
        organisation="", categories=["plan_follow_up"], purpose="Help",
        valid_to=day_of(world.now) + timedelta(days=5), now=world.now,
    )  # fmt: skip
    director = login("director")
    assert director.get(f"/invitation/{invitation.secret}/").status_code in (403, 404)
    with pytest.raises(Refused):
        accept_invitation(
            secret=invitation.secret, username="director", password="Kuu-kiertaa-77-maata",
            first_name="Diana", last_name="D", now=world.now,
        )  # fmt: skip
    assert not visible_to(world.actor("director"), now=world.now).exists()


def test_a_director_who_is_a_client_logs_in_to_work_and_sees_no_case_there(
    world: World, login: Any
) -> None:
    """Their own case is reached with another log-in: the two never meet in one session."""
    Person.objects.filter(pk=world.case.person_id).update(
        user=User.objects.get(username="director")
    )
    director = login("director")
    for address in ("/my/", "/my/who-has-looked/", f"/cases/{world.case.pk}/", "/api/v1/cases/"):
        assert director.get(address).status_code == 404, address
    assert str(world.case.pk) not in director.get("/dashboard/").content.decode()
    assert Case.objects.filter(pk=world.case.pk).exists()
