"""What waits for whom, said once more without SQL, over some weeks of random work.

Facts are fetched table by table as plain values; who is on which team, who stands in for whom, what
is late and what has been answered is worked out here. Only whether a thing is open to a body is
asked of the gate, which has a model of its own (``tests/consent/model.py``).
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db import transaction

from caseplan.meetings import services as meetings
from caseplan.meetings.models import Attendance, Meeting, Participant
from caseplan.messages.models import Message, ReadMark, Thread, ThreadKind
from caseplan.messages.services import mark_read, send_message, start_thread
from caseplan.plan import services as plan
from caseplan.plan.models import Action, ActionState, Answer, BodyRequest, Goal, PlanVersion
from cases import services as cases
from cases.models import Case, Cover, Handover, TeamMembership, TemporaryAccess
from common.actor import Actor
from common.bodies import Body, Party, Receiver
from common.clock import day_of, start_of
from common.decision import NotAllowed, NotVisible, Refused
from common.inbox import InboxKind
from common.levels import EVERY_ACT
from consent.access import open_category
from consent.models import Category, Choice
from consent.selectors import grounds_for
from consent.services import decide
from followup.models import CheckIn, Feeling
from followup.services import check_in, handle_check_in
from people.models import User
from people.selectors import actor_for
from records.access import visible_to
from tests.caseplan.intake.test_coming_in import begins, free
from tests.inbox.rows import rows_of
from tests.personas import World

_K = InboxKind
WHO = ("employment", "colleague", "social", "kela", "outsider")
DAYS, ACTS_A_DAY = 20, 8
PLAN = Category.PLAN_FOLLOW_UP
CATEGORIES = (PLAN, PLAN, Category.SOCIAL_SITUATION, Category.HEALTH_WORK_ABILITY)
Thing = tuple[str, UUID, str, int]
"""Its kind, its key, who waits, and how soon it needs somebody."""


def _own(due: Any, today: Any) -> int:
    if due < today:
        return 2
    return 3 if due == today else 4 if due <= today + timedelta(days=7) else 5


def _new(due: Any, today: Any) -> int:
    return 2 if due is not None and due < today else 3


def _calm(due: Any, today: Any) -> int:
    return 4 if due is not None and due <= today else 5


@dataclass
class Model:
    """What is known of everybody at one moment."""

    now: datetime
    terms: list[dict[str, Any]] = field(default_factory=list)
    covers: list[dict[str, Any]] = field(default_factory=list)
    cases: dict[UUID, dict[str, Any]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.today = day_of(self.now)
        self.terms = [t for t in TeamMembership.objects.values() if self._holds(t)]
        self.covers = [c for c in Cover.objects.values() if self._holds(c)]
        self.let_in = [t for t in TemporaryAccess.objects.values() if self._holds(t)]
        self.cases = {c["id"]: c for c in Case.objects.values()}

    def _holds(self, term: dict[str, Any]) -> bool:
        until = term["until"]
        return bool(term["since"] <= self.now and (until is None or until > self.now))

    def places(self, actor: Actor) -> set[UUID]:
        """The reader, and those in whose place they are."""
        return {actor.writer_id} | {
            c["user_id"]
            for c in self.covers
            if c["by_id"] == actor.user_id and c["network_id"] == actor.network_id
        }

    def on_team(self, actor: Actor, case: UUID) -> bool:
        places = self.places(actor)
        return self.cases[case]["network_id"] == actor.network_id and any(
            t["user_id"] in places or (t["office_id"] == actor.office_id and t["role"] != "awaited")
            for t in self.terms
            if t["case_id"] == case and (t["user_id"] or t["office_id"])
        )

    def manages(self, actor: Actor, case: UUID) -> bool:
        return self.is_open(case) and any(
            t["user_id"] in self.places(actor) and t["role"] == "case_manager"
            for t in self.terms
            if t["case_id"] == case
        )

    def is_open(self, case: UUID) -> bool:
        return self.cases[case]["ended_at"] is None

    def is_in(self, actor: Actor, case: UUID) -> bool:
        return self.on_team(actor, case) or any(
            t["user_id"] == actor.user_id and t["content_object_id"] == case for t in self.let_in
        )

    def waits_for(self, actor: Actor) -> set[Thing]:
        return {
            thing
            for part in (self.actions, self.talks, self.plans, self.requests, self.gatherings,
                         self.own)
            for thing in part(actor)
        }  # fmt: skip

    def working_on(self, actor: Actor, case: UUID) -> bool:
        return self.is_open(case) and self.on_team(actor, case)

    def opened(self, actor: Actor, model: Any) -> set[UUID]:
        return set(visible_to(actor, model, now=self.now).values_list("pk", flat=True))

    def actions(self, actor: Actor) -> Iterator[Thing]:
        seen, places = self.opened(actor, Action), self.places(actor)
        for a in Action.objects.values():
            mine = a["owner_id"] in places and self.is_in(actor, a["case_id"])
            if not (mine and a["id"] in seen and self.is_open(a["case_id"])):
                continue
            started = a["state"] in ("planned", "in_progress", "waiting")
            if started and a["due_on"] and a["due_on"] <= self.today + timedelta(days=30):
                party = a["recorded_for"] if a["waiting_for"] == actor.body else ""
                yield _K.ACTION, a["id"], party, _own(a["due_on"], self.today)
            if a["state"] == "waiting" and a["waiting_for"] not in ("", actor.body):
                yield _K.ACTION_WAITS, a["id"], a["waiting_for"], _calm(None, self.today)

    def talks(self, actor: Actor) -> Iterator[Thing]:
        seen, places = self.opened(actor, Thread), self.places(actor)
        read = list(ReadMark.objects.values())
        said = list(Message.objects.values("thread_id", "recorded_at", "recorded_by_id"))
        for t in Thread.objects.values():
            if t["id"] not in seen or not self.working_on(actor, t["case_id"]):
                continue
            if t["waits_for"] == "team":
                yield _K.MESSAGE, t["id"], "client", 3
            if t["waits_for"] == "client":
                yield _K.ASKED_OF_CLIENT, t["id"], "client", 5
            newest = t["newest_at"]
            was_read = any(
                r["thread_id"] == t["id"] and r["user_id"] in places and r["read_at"] >= newest
                for r in read
            )
            others = any(
                m["thread_id"] == t["id"]
                and m["recorded_at"] == newest
                and m["recorded_by_id"] != actor.user_id
                for m in said
            )
            lately = newest > self.now - timedelta(days=30)
            if t["kind"] == "note" and lately and others and not was_read:
                yield _K.NOTE, t["id"], "", 3

    def plans(self, actor: Actor) -> Iterator[Thing]:
        answers, seen = list(Answer.objects.values()), self.opened(actor, Answer)
        for v in PlanVersion.objects.values():
            case = v["case_id"]
            over = v["in_force_at"] or v["set_aside_at"] or v["replaced_at"]
            if over or not self.working_on(actor, case):
                continue
            said = [a for a in answers if a["version_id"] == v["id"]]
            opens = open_category(grounds_for(actor, on=self.today), PLAN)
            open_to = Case.objects.filter(opens, pk=case).exists()
            answered = {a["party"] for a in said}
            responsible = self.manages(actor, case) or v["proposed_by_id"] in self.places(actor)
            if open_to and actor.body in v["parties"] and actor.body not in answered:
                yield _K.PROPOSAL, v["id"], "", 3
            if open_to and responsible:
                for party in set(v["parties"]) - answered - {actor.body}:
                    yield _K.PLAN_SENT, v["id"], party, 5
            accepted = {a["party"] for a in said if a["reply"] == "accepted"}
            for a in said:
                no = a["reply"] == "disagrees" and a["party"] not in accepted | {actor.body}
                if no and responsible and a["id"] in seen:
                    yield _K.DISAGREED, v["id"], a["party"], 1

    def requests(self, actor: Actor) -> Iterator[Thing]:
        seen = self.opened(actor, BodyRequest)
        for q in BodyRequest.objects.filter(state="open").values():
            if q["id"] not in seen or not self.working_on(actor, q["case_id"]):
                continue
            if q["to_body"] == actor.body:
                yield _K.BODY_REQUEST, q["id"], q["recorded_for"], _new(q["answer_by"], self.today)
            if q["recorded_for"] == actor.body:
                yield _K.ASKED_OF_BODY, q["id"], q["to_body"], _calm(q["answer_by"], self.today)

    def gatherings(self, actor: Actor) -> Iterator[Thing]:
        seen, places = self.opened(actor, Meeting), self.places(actor)
        asked = list(Participant.objects.values())
        begins, ends = start_of(self.today), start_of(self.today + timedelta(days=8))
        for m in Meeting.objects.filter(state="planned").values():
            if m["id"] not in seen or not self.working_on(actor, m["case_id"]):
                continue
            mine = [p for p in asked if p["meeting_id"] == m["id"] and p["user_id"] in places]
            if mine and begins <= m["starts_at"] < ends:
                yield _K.MEETING, m["id"], "", 5
            unsaid = [
                p for p in mine
                if p["coming"] == "unknown" and p["user_id"] != m["recorded_by_id"]
            ]  # fmt: skip
            if unsaid and m["starts_at"] >= self.now:
                yield _K.MEETING_ASKED, m["id"], m["recorded_for"], 3
            there = any(
                t["case_id"] == m["case_id"] and t["user_id"] == m["recorded_by_id"]
                for t in self.terms
            )
            left = self.manages(actor, m["case_id"]) and not there
            if m["starts_at"] < begins and (m["recorded_by_id"] in places or left):
                yield _K.MEETING_UNRECORDED, m["id"], "", 2

    def own(self, actor: Actor) -> Iterator[Thing]:
        seen = self.opened(actor, CheckIn)
        for i in CheckIn.objects.filter(handled_at=None).values():
            calls = i["feeling"] in ("stuck", "help")
            if calls and i["id"] in seen and self.manages(actor, i["case_id"]):
                yield _K.HELP_WANTED, i["id"], "client", 1
        for h in Handover.objects.filter(state="open").values():
            case = self.cases[h["case_id"]]
            here = case["ended_at"] is None and case["network_id"] == actor.network_id
            asked_me = h["receiver_id"] in self.places(actor) and h["giver_id"] != actor.user_id
            if here and asked_me:
                yield _K.HANDOVER, h["id"], "", 3


MODELLED = {
    _K.ACTION, _K.ACTION_WAITS, _K.MESSAGE, _K.ASKED_OF_CLIENT, _K.NOTE, _K.PROPOSAL, _K.PLAN_SENT,
    _K.DISAGREED, _K.BODY_REQUEST, _K.ASKED_OF_BODY, _K.MEETING, _K.MEETING_ASKED,
    _K.MEETING_UNRECORDED, _K.HELP_WANTED, _K.HANDOVER,
}  # fmt: skip


class Office:
    """What people do, drawn by lot; what is refused has not happened."""

    def __init__(self, seed: int, world: World) -> None:
        self.dice, self.now, self.did = random.Random(seed), world.now, 0
        others = [begins(world, who, free(world)) for who in ("employment", "social")]
        self.cases = [world.case.pk, *(case.pk for case in others)]
        self.client_case = world.case.pk

    def actor(self, who: str) -> Actor:
        return actor_for(User.objects.get(username=who), now=self.now, proven=EVERY_ACT)

    def worker(self) -> Actor:
        return self.actor(self.dice.choice(WHO[:4]))

    def case(self) -> Case:
        return Case.objects.select_related("person").get(pk=self.dice.choice(self.cases))

    def one(self, model: Any, **which: Any) -> Any:
        rows = model.objects.filter(**which)
        if model not in (Cover,):
            rows = rows.filter(case__in=self.cases)
        keys = sorted(rows.values_list("pk", flat=True))
        if not keys:
            raise Refused("nothing there")
        return model.objects.get(pk=self.dice.choice(keys))

    def acts(self) -> None:
        act: Callable[[], object] = self.dice.choice(
            [self.plans, self.plans, self.does, self.does, self.talks, self.talks, self.asks,
             self.agrees, self.agrees, self.meets, self.moves, self.covers, self.decides]
        )  # fmt: skip
        try:
            with transaction.atomic():
                act()
                self.did += 1
        except (Refused, NotAllowed, NotVisible):
            pass

    def on(self, most: int) -> Any:
        return day_of(self.now) + timedelta(days=self.dice.randrange(most))

    def plans(self) -> None:
        me, case = self.worker(), self.case()
        if self.dice.random() < 0.4:
            plan.add_goal(actor=me, case=case, text="A goal", now=self.now,
                          category=self.dice.choice(CATEGORIES))  # fmt: skip
            return
        plan.add_action(
            actor=me, goal_id=self.one(Goal, case=case).pk, text="A step", due_on=self.on(40),
            owner_party=Party(me.working_body.value), owner_id=me.writer_id,
            category=self.dice.choice(CATEGORIES), now=self.now,
        )  # fmt: skip

    def does(self) -> None:
        action = self.one(Action, state__in=["planned", "waiting"])
        said = {"actor": self.worker(), "action_id": action.pk, "revision": action.revision,
                "reason": "", "now": self.now}  # fmt: skip
        if self.dice.random() < 0.5:
            plan.close_action(**said, state=ActionState.DONE)
        else:
            plan.move_action(**said, state=ActionState.WAITING,
                             waiting_for=self.dice.choice([Party.KELA, Party.SOCIAL]))  # fmt: skip

    def talks(self) -> None:
        client = self.dice.random() < 0.4
        me = self.actor("client") if client else self.worker()
        if self.dice.random() < 0.5:
            case = Case.objects.get(pk=self.client_case) if client else self.case()
            kind = ThreadKind.NOTE if not client and self.dice.random() < 0.5 else (
                ThreadKind.DIALOGUE
            )  # fmt: skip
            start_thread(actor=me, case=case, category=self.dice.choice(CATEGORIES), kind=kind,
                         topic="A topic", text="Words", now=self.now)  # fmt: skip
        elif self.dice.random() < 0.4:
            mark_read(actor=me, thread_id=self.one(Thread).pk, now=self.now)
        else:
            send_message(actor=me, thread_id=self.one(Thread).pk, text="Words", now=self.now,
                         wants_answer=self.dice.random() < 0.5)  # fmt: skip

    def asks(self) -> None:
        if self.dice.random() < 0.5:
            plan.ask_body(actor=self.worker(), goal_id=self.one(Goal).pk, text="Could you?",
                          to_body=self.dice.choice(list(Body)), answer_by=self.on(9),
                          now=self.now)  # fmt: skip
        elif self.dice.random() < 0.7:
            plan.decline_request(actor=self.worker(), answer="No.", now=self.now,
                                 request_id=self.one(BodyRequest, state="open").pk)  # fmt: skip
        elif self.dice.random() < 0.5:
            check_in(actor=self.actor("client"), feeling=Feeling.HELP, now=self.now,
                     case=Case.objects.get(pk=self.client_case))  # fmt: skip
        else:
            handle_check_in(actor=self.worker(), check_in_id=self.one(CheckIn).pk, now=self.now)

    def agrees(self) -> None:
        if self.dice.random() < 0.3:
            plan.propose_plan(actor=self.worker(), case=self.case(), now=self.now)
            return
        me = self.actor("client") if self.dice.random() < 0.3 else self.worker()
        version = self.one(PlanVersion, in_force_at=None, set_aside_at=None).pk
        if self.dice.random() < 0.5:
            plan.accept_plan(actor=me, version_id=version, now=self.now)
        elif self.dice.random() < 0.7:
            plan.disagree_with_plan(actor=me, version_id=version, comment="No.", now=self.now)
        else:
            plan.settle_disagreement(actor=me, version_id=version, settlement="So.", now=self.now)

    def meets(self) -> None:
        me, case = self.worker(), self.case()
        if self.dice.random() < 0.5:
            team = TeamMembership.objects.filter(case=case, until=None, user__isnull=False)
            meetings.call_meeting(
                actor=me, case=case, starts_at=self.now + timedelta(days=self.dice.randrange(1, 9)),
                minutes_long=60, place="Here", remote_link="", now=self.now,
                member_ids=list(team.values_list("user_id", flat=True)),
            )  # fmt: skip
        elif self.dice.random() < 0.7:
            meeting = self.one(Meeting, state="planned")
            place = meeting.participants.filter(user=me.user_id).first()
            if place is not None:
                meetings.answer_invitation(actor=me, meeting_id=meeting.pk, now=self.now,
                                           participant_id=place.pk,
                                           coming=Attendance.COMES)  # fmt: skip
        else:
            meetings.cancel_meeting(actor=me, meeting_id=self.one(Meeting, state="planned").pk,
                                    cancelled_because="Ill.", now=self.now)  # fmt: skip

    def moves(self) -> None:
        me, other = self.worker(), self.worker()
        what = self.dice.random()
        if what < 0.35:
            cases.hand_over(actor=me, case=self.case(), receiver_id=other.writer_id, reason="Work.",
                            leaves=self.dice.random() < 0.5, now=self.now)  # fmt: skip
        elif what < 0.7:
            cases.accept_handover(actor=me, now=self.now,
                                  handover_id=self.one(Handover, state="open").pk)  # fmt: skip
        elif what < 0.85:
            cases.add_team_member(actor=me, case=self.case(), user_id=other.writer_id, why="",
                                  now=self.now)  # fmt: skip
        else:
            cases.end_team_term(actor=me, case=self.case(), user_id=other.writer_id, now=self.now)

    def covers(self) -> None:
        me, other = self.worker(), self.worker()
        cases.cover_absence(actor=me, user_id=me.writer_id, by_id=other.writer_id,
                            since=day_of(self.now), until=self.on(4), now=self.now)  # fmt: skip

    def decides(self) -> None:
        """The client withholds a kind of information from a body, or opens it again."""
        decide(
            actor=self.actor("client"), case=Case.objects.get(pk=self.client_case), purpose="p",
            choice=self.dice.choice([Choice.DENIED, Choice.GRANTED]),
            receiver=self.dice.choice([Receiver.KELA, Receiver.EMPLOYMENT, Receiver.SOCIAL]),
            categories=[self.dice.choice(CATEGORIES)], now=self.now,
        )  # fmt: skip


@pytest.mark.deep
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_what_waits_is_what_the_model_says_for_everybody_on_every_day(
    world: World, seed: int
) -> None:
    office = Office(seed, world)
    found: set[str] = set()
    for day in range(DAYS):
        for minute in range(ACTS_A_DAY):
            office.now = world.now + timedelta(days=day, minutes=minute)
            office.acts()
        office.now = world.now + timedelta(days=day, hours=1)
        model = Model(office.now)
        for who in WHO:
            actor = office.actor(who)
            waiting = {
                (row.kind, row.subject_id, row.party, row.group)
                for row in rows_of(actor, now=office.now)
                if row.kind in MODELLED
            }
            said = model.waits_for(actor)
            assert waiting - said == set(), (seed, day, who, "waits, and should not")
            assert said - waiting == set(), (seed, day, who, "does not wait, and should")
            found |= {kind for kind, *_ in waiting}
    assert office.did > DAYS * ACTS_A_DAY / 5
    assert len(found) > len(MODELLED) / 2, MODELLED - found
