"""Markers planted in every text field of a case, each with who may ever read it.

A marker is ``MK<number>Z``: nothing else looks like it. Whether a persona may read one is
answered by the plain model (``tests/consent/model.py``), never by the gate.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import timedelta
from itertools import product
from typing import Any

from django.db import models

from caseplan.contacts.models import ContactEntry
from caseplan.meetings.models import Agreed, Meeting, MeetingPoint, MeetingRole, Participant
from caseplan.messages.models import Attachment, Message, Thread
from caseplan.options.models import Offer, OfferedStep
from caseplan.plan.models import (
    Action,
    ActionState,
    Area,
    BodyRequest,
    ClockChange,
    ClockKind,
    Goal,
    GoalKind,
    GoalRating,
    GoalStatus,
    JointPlan,
    MappingView,
    MoreTime,
    Objection,
    PlannedService,
    PlanVersion,
    Referral,
    ReviewRequest,
)
from caseplan.plan.services import disagree_with_plan, propose_plan
from caseplan.remarks.models import Remark
from cases.models import TeamMembership
from cases.services import ask_for_access
from common.actor import system_actor
from common.bodies import Body, Party, Receiver
from common.clock import day_of
from common.crypto import decrypt
from common.history import save_with_history
from consent.models import Category, Choice, Ground, Method, OutsideKind, OutsideParty
from consent.services import accept_invitation, ask_for_consent, decide, invite
from followup.models import CheckIn, Feeling, FollowUpPoint, PointAnswer, Situation
from people.models import User
from rights.services import answer_question, ask_about_access
from tests.builders import written_down
from tests.consent.model import BODIES, Model, Row, Table
from tests.personas import World

MARKER = re.compile(r"MK(\d+)Z")
RECORDERS = (*BODIES, "client")


@dataclass
class Garden:
    """What is planted: marker number -> the row it stands in, or the personas who may read it."""

    world: World
    model: Model
    rows: dict[str, Row] = field(default_factory=dict)
    only: dict[str, set[str]] = field(default_factory=dict)
    named: set[str] = field(default_factory=set)
    where: dict[str, str] = field(default_factory=dict)
    things: dict[str, Any] = field(default_factory=dict)
    party: OutsideParty | None = None
    code: str = ""

    def may_read(self, persona: str, number: str) -> bool:
        if number in self.named:
            return self._may_know_the_name(persona)
        if number in self.rows:
            # Once answered for, an outside party stands on what is open to it today.
            return self.model.sees(persona, self.rows[number])
        return persona in self.only[number]

    def _may_know_the_name(self, persona: str) -> bool:
        name = Row("name", "identity_contact", "nobody")
        return self.model.sees(persona, name)

    def mark(self, where: str, row: Row | None = None, only: set[str] | None = None) -> str:
        number = str(len(self.where) + 100)
        self.where[number] = where
        if row is not None:
            self.rows[number] = Row(row.number, row.category, row.recorded_for)
        elif only is not None:
            self.only[number] = only
        else:
            self.named.add(number)
        return f"MK{number}Z"

    def found_in(self, text: str) -> set[str]:
        # Only what was planted: a page's random token may look like a marker.
        return set(MARKER.findall(text)) & self.where.keys()


def plant(world: World) -> Garden:
    """Everything that can carry text, in every category and by every recorder."""
    today = day_of(world.now)
    garden = Garden(
        world=world,
        model=Model(
            today=today,
            table=[
                Table(g.network_id is not None, g.receiver, g.category, g.basis, g.valid_from,
                      g.valid_to)
                for g in Ground.objects.filter(category__in=Category.values).order_by("pk")
            ],
            offices={name: str(world.actor(name).office_id) for name in BODIES},
            team=set(BODIES),
        ),
    )  # fmt: skip
    garden.model.opened_in_the_demo()
    _name(garden)
    for category in Category:
        for recorder in RECORDERS:
            _recorded(garden, category, recorder)
    _plan_and_referral(garden)
    _version(garden)
    _life(garden)
    _around(garden)
    return garden


def _save(garden: Garden, thing: models.Model, recorder: str) -> Any:
    user = User.objects.get(username=recorder)
    thing.recorded_for, thing.recorded_by = Party(recorder), user  # type: ignore[attr-defined]
    thing.recorded_at = garden.world.now  # type: ignore[attr-defined]
    return save_with_history(system_actor("test"), thing, now=garden.world.now)


def _recorded(garden: Garden, category: Category, recorder: str) -> None:
    case, today = garden.world.case, garden.model.today

    def mark(what: str, row: Row) -> str:
        return garden.mark(f"{what} {category} {recorder}", row)

    kind = GoalKind.CLIENT if recorder == "client" else GoalKind.JOINT
    row = Row(f"{category}-{recorder}-goal", category.value, recorder)
    goal = Goal(case=case, kind=kind, category=category, text=mark("goal before", row))
    _save(garden, goal, recorder)
    goal.text, goal.revision = mark("goal", row), 2
    save_with_history(system_actor("test"), goal, now=garden.world.now)
    dropped = Goal(case=case, kind=kind, category=category, text=mark("dropped goal", row),
                   dropped_at=garden.world.now,
                   dropped_by=User.objects.get(username=recorder))  # fmt: skip
    _save(garden, dropped, recorder)
    worker = User.objects.get(username="social")
    action = Action(
        case=case,
        goal=goal,
        category=category,
        text=mark("action", row),
        owner_party=Party.SOCIAL,
        owner=worker,
        due_on=today - timedelta(days=1),
    )
    _save(garden, action, recorder)
    closed = Action(case=case, goal=goal, category=category, text=mark("closed action", row),
                    owner_party=Party.CLIENT, due_on=today, state=ActionState.DROPPED,
                    state_reason=mark("reason", row), closed_at=garden.world.now,
                    closed_by=worker)  # fmt: skip
    _save(garden, closed, recorder)
    body = recorder if recorder in BODIES else "social"
    planned_service = PlannedService(
        case=case, category=category, body=Body(body), name=mark("service", row),
        provider=mark("provider", row),
    )  # fmt: skip
    _save(garden, planned_service, recorder)
    garden.things[f"{category}-{recorder}"] = (goal, action, planned_service)
    garden.things[f"{category}-{recorder}-beside"] = _beside(garden, row, goal, action, recorder)


def _beside(garden: Garden, row: Row, goal: Goal, action: Action, recorder: str) -> list[Any]:
    """What is said about a goal and an action, and a thread: a row of its own each."""
    case, now = garden.world.case, garden.world.now

    def about(what: str, whose: str) -> str:
        return garden.mark(f"{what} {row.category} {whose}", Row(f"{row.number}-{what}",
                           row.category, whose))  # fmt: skip

    rating = GoalRating(case=case, category=goal.category, goal=goal, status=GoalStatus.A_LITTLE,
                        comment=about("rating", recorder))  # fmt: skip
    _save(garden, rating, recorder)
    no = Objection(case=case, category=action.category, action=action,
                   statement=about("no", "client"))  # fmt: skip
    _save(garden, no, "client")
    asked = MoreTime(case=case, category=action.category, action=action, due_on=action.due_on,
                     asked_for=action.due_on + timedelta(days=9),
                     text=about("asked", "client"))  # fmt: skip
    _save(garden, asked, "client")
    thread = Thread(case=case, category=goal.category, topic=about("topic", recorder),
                    newest_at=now)  # fmt: skip
    _save(garden, thread, recorder)
    message = Message(case=case, category=goal.category, thread=thread,
                      text=about("message", recorder))  # fmt: skip
    _save(garden, message, recorder)
    file = Attachment(case=case, category=goal.category, message=message, content=b"x", size=1,
                      name=about("file", recorder), content_type="application/pdf")  # fmt: skip
    _save(garden, file, recorder)
    if recorder in BODIES:
        contact = ContactEntry(case=case, category=goal.category, kind="call", happened_at=now,
                          answered=True, with_whom=about("with whom", recorder),
                          outcome=about("outcome", recorder))  # fmt: skip
        _save(garden, contact, recorder)
    point = MeetingPoint(case=case, category=goal.category, meeting=_meeting(garden), position=1,
                         text=about("point", recorder),
                         minutes=about("minutes", recorder))  # fmt: skip
    _save(garden, point, recorder)
    agreed = Agreed(case=case, category=action.category, meeting=_meeting(garden), action=action)
    _save(garden, agreed, recorder)
    return [thread, no, file]


def _meeting(garden: Garden) -> Meeting:
    """The one meeting whose agenda, minutes and agreements hold every category."""
    if "meeting" not in garden.things:
        row = Row("meeting", "plan_follow_up", "social")
        meeting = Meeting(case=garden.world.case, category=Category.PLAN_FOLLOW_UP,
                          starts_at=garden.world.now + timedelta(days=1),
                          place=garden.mark("place", row))  # fmt: skip
        _save(garden, meeting, "social")
        Participant.objects.create(meeting=meeting, role=MeetingRole.CLIENT)
        Participant.objects.create(meeting=meeting, role=MeetingRole.HEALTH,
                                   name=garden.mark("expert", row))  # fmt: skip
        garden.things["meeting"] = meeting
    return garden.things["meeting"]  # type: ignore[no-any-return]


def _name(garden: Garden) -> None:
    person = garden.world.case.person
    garden.code = decrypt(person.identity_code_encrypted)
    person.last_name, person.first_names = garden.mark("last name"), garden.mark("first names")
    person.email, person.phone = f"{garden.mark('email')}@example.org", garden.mark("phone")
    person.sort_key = "aaaa"
    person.save()


def _plan_and_referral(garden: Garden) -> None:
    case = garden.world.case
    plan, referral = JointPlan.objects.get(case=case), Referral.objects.get(case=case)
    row = Row("plan", plan.category, plan.recorded_for)
    for name in ("strengths", "job_search_duty", "follow_up"):
        setattr(plan, name, garden.mark(f"plan {name}", row))
    save_with_history(system_actor("test"), plan, now=garden.world.now)
    row = Row("referral", referral.category, referral.recorded_for)
    referral.reason = garden.mark("referral", row)
    save_with_history(system_actor("test"), referral, now=garden.world.now)


def _life(garden: Garden) -> None:
    """Views of the mapping, what a body asks of another, the client's wish for a review."""
    case = garden.world.case
    for number, (area, body) in enumerate(product(Area, ("social", "kela", "client"))):
        row = Row(f"view-{number}", area.category.value, body)
        view = MappingView(case=case, area=area, category=area.category,
                           text=garden.mark(f"view {area} {body}", row))  # fmt: skip
        _save(garden, view, body)
    asked = BodyRequest(case=case, goal=garden.world.joint_goal, to_body=Body.KELA,
                        category=Category.PLAN_FOLLOW_UP, answer_by=garden.model.today,
                        text=garden.mark("asked", Row("asked", "plan_follow_up", "social")),
                        )  # fmt: skip
    _save(garden, asked, "social")
    said = Remark(case=case, goal=garden.world.joint_goal, category=Category.PLAN_FOLLOW_UP,
                  kind="comment",
                  text=garden.mark("remark", Row("remark", "plan_follow_up", "client")),
                  )  # fmt: skip
    _save(garden, said, "client")
    kind = Row("offer", "plan_follow_up", "social")
    offer = Offer(case=case, goal=garden.world.joint_goal, category=Category.PLAN_FOLLOW_UP,
                  answer_by=garden.model.today, question=garden.mark("question", kind),
                  because=garden.mark("because", kind))  # fmt: skip
    _save(garden, offer, "social")
    step = OfferedStep(case=case, offer=offer, category=Category.PLAN_FOLLOW_UP, position=1,
                       owner_party="client", text=garden.mark("option", kind),
                       means=garden.mark("means", kind))  # fmt: skip
    _save(garden, step, "social")
    wish = ReviewRequest(case=case, category=Category.PLAN_FOLLOW_UP,
                         reason=garden.mark("wish", Row("wish", "plan_follow_up", "client")),
                         )  # fmt: skip
    _save(garden, wish, "client")
    garden.things["asked"], garden.things["wish"] = asked, wish
    _follow_up(garden)


def _follow_up(garden: Garden) -> None:
    """How it goes, how things are afterwards, and a clock that stands still."""
    case, today = garden.world.case, garden.model.today

    def follow(what: str, whose: str) -> str:
        return garden.mark(what, Row(what, "plan_follow_up", whose))

    category = Category.PLAN_FOLLOW_UP
    going = CheckIn(case=case, category=category, feeling=Feeling.STUCK,
                    comment=follow("going", "client"))  # fmt: skip
    _save(garden, going, "client")
    moved = ClockChange(case=case, category=category, kind=ClockKind.PLAN, subject_id=case.pk,
                        from_on=today, to_on=today, why=follow("moved", "social"))  # fmt: skip
    _save(garden, moved, "social")
    point = FollowUpPoint.objects.create(
        case=case, months=3, due_on=today, open_until=today,
        asker=User.objects.get(username="social"),
    )  # fmt: skip
    answer = PointAnswer(case=case, category=category, point=point, source="worker",
                         situation=Situation.OTHER, comment=follow("after", "social"))  # fmt: skip
    _save(garden, answer, "social")
    garden.things["check_in"], garden.things["follow_up"] = going, point


def _version(garden: Garden) -> None:
    world = garden.world
    version = propose_plan(actor=world.actor("employment"), case=world.case, now=world.now)
    row = Row("answer", "plan_follow_up", "social")
    disagree_with_plan(
        actor=world.actor("social"), version_id=version.pk, comment=garden.mark("answer", row),
        now=world.now,
    )  # fmt: skip
    garden.things["version"] = PlanVersion.objects.get(pk=version.pk)


def _around(garden: Garden) -> None:
    """What is written about the case by those around it."""
    world, case, now = garden.world, garden.world.case, garden.world.now
    client = world.actor("client")
    made = invite(
        actor=client, case=case, kind=OutsideKind.HEALTH,
        name=garden.mark("party name", only={"client"}),
        organisation=garden.mark("party organisation", only={"client"}),
        categories=[Category.PLAN_FOLLOW_UP], valid_to=garden.model.today + timedelta(days=30),
        purpose=garden.mark("party purpose", only={"client", "party"}), now=now,
    )  # fmt: skip
    garden.party = accept_invitation(
        secret=made.secret, username="party", password="x", first_name="P", last_name="P",
        now=now,
    )  # fmt: skip
    garden.model.decide(
        "granted", "outside", "party", [("plan_follow_up", None)],
        garden.model.today + timedelta(days=30),
    )  # fmt: skip
    asked = ask_for_consent(
        actor=world.actor("kela"), case=case, categories=[Category.EDUCATION_WORK],
        purpose=garden.mark("request", only={"client", "kela"}), valid_to=None, now=now,
    )  # fmt: skip
    garden.things["request"] = asked
    garden.things["secret"] = invite(
        actor=client, case=case, kind=OutsideKind.TRUSTED, name="V", organisation="",
        categories=[Category.PLAN_FOLLOW_UP], valid_to=garden.model.today, purpose="p", now=now,
    ).secret  # fmt: skip
    writer = {"client", "social"}  # and nobody else once it has been confirmed
    written_down(
        case, by=world.actor("social"), confirmed_by=client, now=now,
        categories=[Category.SOCIAL_SITUATION],
        purpose=garden.mark("consent purpose", only=set(writer)),
        scan_reference=garden.mark("scan", only=set(writer)),
        archive_number=garden.mark("archive number", only=set(writer)),
    )  # fmt: skip
    garden.model.decide("granted", "kela", None, [("social_situation", None)], None)
    written_down(
        case, by=world.actor("social"), confirmed_by=client, now=now, receiver=Receiver.EMPLOYMENT,
        categories=[Category.HEALTH_WORK_ABILITY], method=Method.ORAL,
        witness=garden.mark("witness", only=set(writer)),
    )  # fmt: skip
    garden.model.decide("granted", "employment", None, [("health_work_ability", None)], None)
    # What waits opens nothing; whoever may look at the paper reads what it is said to hold.
    written_down(
        case, by=world.actor("kela"), now=now, categories=[Category.EDUCATION_WORK],
        purpose=garden.mark("waiting purpose", only={"client", "employment", "social", "kela"}),
        witness=garden.mark("waiting witness", only={"client", "employment", "social", "kela"}),
    )  # fmt: skip
    ask_for_access(
        actor=world.actor("colleague"), identity_code=garden.code, now=now,
        reason=garden.mark("access reason", only={"client", "employment"}),
    )  # fmt: skip
    TeamMembership.objects.filter(case=case, user__username="kela").update(
        why=garden.mark("why on the team", only={"client"})
    )


def ask_about(garden: Garden, look: int, other: int) -> None:
    """A question about a look with its answer, and one not answered: the client's and officer's."""
    world = garden.world
    ask_about_access(
        actor=world.actor("client"), case=world.case, log_row=other, now=world.now,
        text=garden.mark("open question", only={"client", "officer"}),
    )  # fmt: skip
    text = garden.mark("question", only={"client", "officer"})
    question = ask_about_access(
        actor=world.actor("client"), case=world.case, log_row=look, text=text, now=world.now
    )
    answer_question(
        actor=world.actor("officer"), question_id=question.pk, now=world.now,
        answer=garden.mark("answer to a question", only={"client", "officer"}),
    )  # fmt: skip


def revoke_everything(garden: Garden) -> None:
    """The client takes everything back; what a body recorded itself it keeps seeing."""
    world = garden.world
    for receiver, party in (
        (Receiver.KELA, None), (Receiver.EMPLOYMENT, None), (Receiver.SOCIAL, None),
        (Receiver.OUTSIDE, garden.party),
        (Receiver.OUTSIDE, OutsideParty.objects.get(user__username="association")),
    ):  # fmt: skip
        decide(
            actor=world.actor("client"), case=world.case, choice=Choice.REVOKED,
            receiver=receiver, party_id=party.pk if party else None, purpose="p", now=world.now,
        )  # fmt: skip
    garden.model.lines.clear()
    for readers in garden.only.values():
        readers.discard("party")
