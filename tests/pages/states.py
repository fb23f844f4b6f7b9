"""The joint case in every state of its life, with something of each kind in it.

Each builder leads on from the case of the demo by the services alone. A case that never started
has nothing in it: it is that of a newcomer, who then stands in the client's place.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from caseplan.plan import services
from caseplan.plan.models import Exit, Referral
from cases.lifecycle import CaseState
from cases.models import Case, TeamMembership, TeamRole
from cases.services import move_case
from common.actor import Actor, system_actor
from common.levels import EVERY_ACT
from consent.models import Category
from operations.erasure import erase_case
from people.models import Person, User
from people.selectors import actor_for
from people.services import create_user, link_client
from tests.builders import CaseFactory
from tests.pages.asked import ask_for_everything
from tests.pages.due import somebody_due
from tests.pages.places import places_of
from tests.pages.routes import IN_A_CASE, TABLE, all_routes
from tests.personas import NEVER_IN_A_CASE, World
from tests.personas import PERSONAS as EVERYBODY

TEAM = ("employment", "social", "kela")
PERSONAS = tuple(persona for persona in EVERYBODY if persona not in NEVER_IN_A_CASE)
"""Whose answers a state of the case may change."""


@dataclass(frozen=True, slots=True)
class Stage:
    """A case in one state: who stands for whom, and what there is to open (``places_of``).

    ``places``: for each route what stands in its address, as it was before anything was erased;
    a case that never started has only its own addresses.
    """

    world: World
    places: dict[str, list[Any]]
    client: str = "client"

    def username(self, persona: str) -> str:
        return self.client if persona == "client" else persona

    @property
    def case(self) -> Case:
        return self.world.case


def mapping(world: World) -> Stage:
    """As the demo leaves it, with all that can be asked for; nobody says that the need ended."""
    asked = ask_for_everything(world)
    services.withdraw_ending(
        actor=world.actor("employment"), ending_id=asked["ending"], now=world.now
    )
    due = somebody_due(world)
    return Stage(world, places_of(world, due, asked))


def disagreed(world: World) -> Stage:
    """The client does not agree with the plan proposed."""
    stage = mapping(world)
    services.disagree_with_plan(
        actor=world.actor("client"), version_id=world.version.pk, comment="Not this.", now=world.now
    )
    return stage


def in_force(world: World) -> Stage:
    stage = mapping(world)
    for who in ("social", "kela", "client"):
        services.accept_plan(actor=world.actor(who), version_id=world.version.pk, now=world.now)
    return stage


def ending(world: World) -> Stage:
    stage = in_force(world)
    proposed = services.propose_ending(
        actor=world.actor("employment"), case=Case.objects.get(pk=world.case.pk),
        exit=Exit.OTHER_SERVICE, reason="Enough.",
        follow_up_by_id=world.actor("employment").user_id, now=world.now,
    )  # fmt: skip
    for name in ("pages:ending_assess", "pages:ending_withdraw"):
        stage.places[name] = [proposed.pk]
    return stage


def follow_up(world: World) -> Stage:
    stage = ending(world)
    (ending_id,) = stage.places["pages:ending_assess"]
    for who in ("social", "kela"):
        services.assess_ending(
            actor=world.actor(who), ending_id=ending_id, need_has_ended=True, statement="",
            now=world.now,
        )  # fmt: skip
    return stage


def closed(world: World) -> Stage:
    stage = follow_up(world)
    case = Case.objects.get(pk=world.case.pk)
    move_case(actor=system_actor("night"), case=case, to=CaseState.CLOSED, now=world.now)
    return stage


def erased(world: World) -> Stage:
    stage = closed(world)
    erase_case(actor=system_actor("night"), case_id=world.case.pk, now=world.now)
    return stage


def declined(world: World) -> Stage:
    """Somebody else was only referred, when a referral made a case; they log in as ``newcomer``."""
    person = Person.objects.filter(cases=None, user=None).order_by("sort_key")[0]
    user = create_user(
        actor=system_actor("test"), username="newcomer", password="demo", first_name="New",
        last_name="Comer", language="en", now=world.now,
    )  # fmt: skip
    link_client(actor=system_actor("test"), person_id=person.pk, user=user, now=world.now)
    employment = world.actor("employment")
    case = CaseFactory(person=person, state=CaseState.DECLINED, led_by=employment, now=world.now)
    for who in TEAM[1:]:
        TeamMembership.objects.create(
            case=case, user_id=world.actor(who).writer_id, role=TeamRole.MEMBER, since=world.now
        )
    Referral.objects.create(
        case=case, category=Category.CASE_HANDLING, recorded_for="employment",
        recorded_by_id=employment.writer_id, recorded_at=world.now, reason="Needs the bodies.",
        declined_because="One body can help.",
    )  # fmt: skip
    own = {f"pages:{name}" for name in IN_A_CASE} | {"api:case", "api:plan"}
    bare = {name for name, pattern in all_routes() if not pattern.pattern.converters}
    places = {name: [case.pk] if name in own else [] for name in TABLE if name in own | bare}
    return Stage(replace(world, case=Case.objects.get(pk=case.pk)), places, "newcomer")


_BUILDERS = (declined, mapping, disagreed, in_force, ending, follow_up, closed, erased)
STAGES: dict[str, Callable[[World], Stage]] = {stage.__name__: stage for stage in _BUILDERS}


def actors(stage: Stage) -> dict[str, Actor | None]:
    """Who each persona is in it; None for whose log-in went with the case."""
    found: dict[str, Actor | None] = {}
    for persona in PERSONAS:
        user = User.objects.filter(username=stage.username(persona)).first()
        found[persona] = actor_for(user, now=stage.world.now, proven=EVERY_ACT) if user else None
    return found
