"""A word of its own in every text field of every model of client information.

The models come from their declarations: one that nobody has said here how to make fails the test,
and so does one in whose text fields nothing could be planted. Which categories and recorders a
model takes is asked of the database. Who may read a word is said by ``may_read``, written from the
law (381/2023 s. 11 and 15, 1369/2014 s. 9) and not from the gate.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from django.db import IntegrityError, models, transaction

from caseplan.assessments.models import Assessment, ExpertRating
from caseplan.contacts.models import ContactEntry
from caseplan.meetings.models import Agreed, Meeting, MeetingPoint
from caseplan.messages.models import Attachment, Message, Thread
from caseplan.options.models import Offer, OfferedStep
from caseplan.plan.models import (
    AccompaniedHandover,
    Action,
    Answer,
    Area,
    BodyRequest,
    ClockChange,
    ConflictNote,
    Ending,
    EndingView,
    Goal,
    GoalKind,
    GoalRating,
    JointPlan,
    KelaConfirmation,
    MappingView,
    MoreTime,
    Objection,
    PlannedService,
    PlanVersion,
    Referral,
    ReviewRequest,
    VersionItem,
)
from caseplan.remarks.models import Remark
from common.bodies import Party
from common.clock import day_of
from common.history import save_with_history
from consent.models import Category, ClientInformation
from followup.models import CheckIn, FollowUpPoint, PointAnswer
from people.models import User
from records.fields import declared_models, version_fields
from tests.builders import TEST
from tests.personas import World

WORD = re.compile(r"Sana(\d{4})x")
BODIES = ("employment", "social", "kela")
RECORDERS = (*BODIES, "client")

#: What the client decides about towards each body. All else of the closed list of s. 11 is given
#: by law where it is indispensable (s. 15); what is beyond the list is never given without them.
CLIENTS_CHOICE = {
    "employment": {"health_work_ability", "self_assessment", "benefits_detail"},
    "social": {"self_assessment", "benefits_detail"},
    "kela": {"education_work", "social_situation", "self_assessment", "benefits_detail"},
}
#: Text that is a code, a kind of file, or an address of the service, and no words of anybody.
NO_WORDS = {
    (Assessment, "instrument"), (Assessment, "version"), (Attachment, "content_type"),
    (Referral, "rule"), (Referral, "statute"),
}  # fmt: skip
#: Models whose rows hold no text of their own.
WITHOUT_TEXT = {Agreed, Assessment}


@dataclass(frozen=True)
class Planted:
    """One word: what it stands in, whose it is, what it is about."""

    where: str
    category: str
    recorder: str


@dataclass
class State:
    """Where the case stands, as a person would keep it on paper."""

    team: set[str] = field(default_factory=lambda: set(BODIES))
    agreed: bool = False
    outside: bool = True  # what the demo's client has opened to the association: name and plan
    erased: bool = False

    def may_read(self, reader: str, word: Planted) -> bool:
        if self.erased:
            return False
        if reader == "client":
            return True
        if reader == "association":
            return self.outside and word.category in ("identity_contact", "plan_follow_up")
        if reader not in self.team:
            return False
        if word.recorder == reader or word.category not in CLIENTS_CHOICE[reader]:
            return True
        return self.agreed


@dataclass
class Bed:
    world: World
    words: dict[str, Planted] = field(default_factory=dict)
    rows: dict[tuple[type[models.Model], str, str], Any] = field(default_factory=dict)
    number: int = 0

    def word(self, where: str, category: str, recorder: str) -> str:
        number = f"{len(self.words) + 1000}"
        self.words[number] = Planted(where, category, recorder)
        return f"Sana{number}x"

    def row(self, model: type[models.Model], category: str, recorder: str) -> Any:
        """The planted row, or one of another recorder where that model takes not this one."""
        for key in ((model, category, recorder), *self.rows):
            if key in self.rows and key[0] is model:
                return self.rows[key]
        raise LookupError(model)


def plant(world: World) -> Bed:
    bed = Bed(world)
    first = [Goal, Action, PlannedService, Thread, Message, Meeting, Ending]
    rest = sorted(set(declared_models()) - set(first), key=lambda model: model.__name__)
    for model in (*first, *rest):
        assert model in MADE, f"{model.__name__}: say in tests/consent/bed.py how one is made"
        for category in Category.values:
            for recorder in RECORDERS:
                _plant(bed, model, category, recorder)
        places = {word.where for word in bed.words.values()}
        planted = {where for where in places if where.split(".")[0] == model.__name__}
        wanted = {f"{model.__name__}.{name}" for name in text_fields(model)}
        assert planted == wanted, f"nothing is planted in {wanted - planted}"
        assert wanted or model in WITHOUT_TEXT
    return bed


def text_fields(model: type[models.Model]) -> list[str]:
    """The columns somebody's words stand in: text without choices, and the content of a version."""
    return [
        f.name
        for f in model._meta.concrete_fields
        # The code of a language, three letters, has room for nobody's words.
        if ((isinstance(f, (models.CharField, models.TextField)) and not f.choices
             and (f.max_length or 200) > 3)
            or (f.name == "content" and isinstance(f, models.JSONField)))
        and (model, f.name) not in NO_WORDS
    ]  # fmt: skip


def _plant(bed: Bed, model: type[ClientInformation], category: str, recorder: str) -> None:
    kept = dict(bed.words)
    bed.number += 1
    try:
        with transaction.atomic():
            row = MADE[model](bed, category, recorder)
            if row._state.adding:
                row.case, row.category = bed.world.case, category
                row.recorded_for = recorder
                row.recorded_by = User.objects.get(username=recorder)
                row.recorded_at = bed.world.now
            elif (row.category, row.recorded_for) != (category, recorder):
                return  # there is one a case, and it is somebody's already
            for name in text_fields(model):
                if name == _not_beside(model, bed.number):
                    continue
                word = bed.word(f"{model.__name__}.{name}", category, recorder)
                if name == "content":
                    row.content = {**row.content, "text": word}
                elif isinstance(model._meta.get_field(name), models.URLField):
                    setattr(row, name, f"https://example.invalid/{word}")
                else:
                    setattr(row, name, word)
            save_with_history(TEST, row, now=bed.world.now)
    except IntegrityError:
        bed.words = kept  # the database takes no such row
        return
    bed.rows[model, category, recorder] = row


def _not_beside(model: type[models.Model], number: int) -> str:
    """Of two texts that never stand in one row, the one that this row goes without."""
    if model is not Meeting:
        return ""
    return "interpreter" if _has_no_interpreter(number) else "without_interpreter"


def _has_no_interpreter(number: int) -> bool:
    return number % 2 == 0


def _worker(bed: Bed) -> User:
    return User.objects.get(username="social")


def _version(bed: Bed) -> PlanVersion:
    now = bed.world.now
    return PlanVersion.objects.create(
        case=bed.world.case, number=100 + bed.number, parties=[p.value for p in Party],
        proposed_at=now, proposed_by=_worker(bed), set_aside_at=now,
    )  # fmt: skip


def _item(bed: Bed, category: str, recorder: str) -> VersionItem:
    action = bed.row(Action, category, recorder)
    content = {f.column: f.frozen(action) for f in version_fields(Action)}
    return VersionItem(version=bed.world.version, kind="action", source_id=action.pk,
                       position=1000 + bed.number, content=content)  # fmt: skip


def _days(bed: Bed) -> Any:
    return day_of(bed.world.now)


def _soon(bed: Bed) -> Any:
    return bed.world.now + timedelta(days=1, minutes=bed.number)


def _point(bed: Bed) -> FollowUpPoint:
    today = _days(bed)
    return FollowUpPoint.objects.create(case=bed.world.case, months=bed.number, due_on=today,
                                        open_until=today, asker=_worker(bed))  # fmt: skip


#: How a row of each model is made, without its words. What the database refuses is not planted.
MADE: dict[type[models.Model], Callable[[Bed, str, str], Any]] = {
    Goal: lambda b, c, r: Goal(kind=GoalKind.CLIENT if r == "client" else GoalKind.JOINT),
    Action: lambda b, c, r: Action(
        goal=b.row(Goal, c, r), owner_party="client", due_on=_days(b)
    ),
    PlannedService: lambda b, c, r: PlannedService(
        body=r if r in BODIES else "social", starts_on=_days(b), ends_on=_days(b)
    ),
    KelaConfirmation: lambda b, c, r: KelaConfirmation(
        step="part_time_work", begins_on=_days(b), said_on=_days(b)
    ),
    Thread: lambda b, c, r: Thread(newest_at=b.world.now),
    Message: lambda b, c, r: Message(thread=b.row(Thread, c, r)),
    Attachment: lambda b, c, r: Attachment(
        message=b.row(Message, c, r), content_type="text/plain", size=1, content=b"x"
    ),
    ContactEntry: lambda b, c, r: ContactEntry(kind="call", happened_at=b.world.now, answered=True),
    Meeting: lambda b, c, r: Meeting(
        starts_at=_soon(b), interpreter_language="" if _has_no_interpreter(b.number) else "ara"
    ),
    MeetingPoint: lambda b, c, r: MeetingPoint(
        meeting=b.row(Meeting, "plan_follow_up", "social"), position=b.number
    ),
    Agreed: lambda b, c, r: Agreed(
        meeting=b.row(Meeting, "plan_follow_up", "social"), action=b.row(Action, c, r)
    ),
    VersionItem: _item,
    Answer: lambda b, c, r: Answer(version=_version(b), party=r, reply="disagrees", how="paper"),
    ReviewRequest: lambda b, c, r: ReviewRequest(),
    ClockChange: lambda b, c, r: ClockChange(
        kind="plan_due", subject_id=b.world.case.pk, from_on=_days(b), to_on=_days(b)
    ),
    Objection: lambda b, c, r: Objection(action=b.row(Action, c, r)),
    ConflictNote: lambda b, c, r: ConflictNote(
        kind="client_no", revisions=[1, b.number],
        subjects=sorted([b.row(Action, c, r).pk, b.row(Goal, c, r).pk]),
    ),
    Ending: lambda b, c, r: Ending(
        exit="education", outcome="reopened", closed_at=b.world.now, follow_up_by=_worker(b),
        reopened_at=b.world.now, reopened_by=_worker(b),
    ),
    AccompaniedHandover: lambda b, c, r: AccompaniedHandover(
        to_user=User.objects.get(username="kela" if r != "kela" else "social"),
        to_body="kela" if r != "kela" else "social", how="call", answer_by=_days(b),
        state="accepted", answered_at=b.world.now,
    ),
    EndingView: lambda b, c, r: EndingView(
        ending=b.row(Ending, "plan_follow_up", "social"), party=r, need_has_ended=False
    ),
    MappingView: lambda b, c, r: MappingView(
        area=next((a for a in Area if a.category == c), "skills")
    ),
    GoalRating: lambda b, c, r: GoalRating(goal=b.row(Goal, c, r), status="a_little"),
    BodyRequest: lambda b, c, r: BodyRequest(
        goal=b.world.joint_goal, to_body="kela" if r != "kela" else "social", answer_by=_days(b)
    ),
    # Answered with a no, and replied to: each of its texts has a place.
    Offer: lambda b, c, r: Offer(
        goal=b.world.joint_goal, answer_by=_days(b), state="none", answered_at=b.world.now,
        answered_by=User.objects.get(username="client"), replied_at=b.world.now,
        replied_by=_worker(b),
    ),
    MoreTime: lambda b, c, r: MoreTime(
        action=b.row(Action, c, r), due_on=_days(b), asked_for=_days(b) + timedelta(days=9),
        state="not_agreed", answered_at=b.world.now, answered_by=_worker(b),
    ),
    Remark: lambda b, c, r: Remark(
        kind="comment", goal=b.world.joint_goal, answered_at=b.world.now, answered_by=_worker(b)
    ),
    OfferedStep: lambda b, c, r: OfferedStep(
        offer=b.row(Offer, c, r), position=b.number, owner_party="client"
    ),
    CheckIn: lambda b, c, r: CheckIn(feeling="stuck"),
    PointAnswer: lambda b, c, r: PointAnswer(
        point=_point(b), source="client" if r == "client" else "worker", situation="other"
    ),
    ExpertRating: lambda b, c, r: ExpertRating(
        on=_days(b) - timedelta(days=b.number), work_ability=5
    ),
    Assessment: lambda b, c, r: Assessment(
        instrument="own_rating", version="1", taken_on=_days(b) - timedelta(days=b.number),
        scores={"work_ability": 5},
    ),
    JointPlan: lambda b, c, r: JointPlan.objects.get(case=b.world.case),
    Referral: lambda b, c, r: Referral.objects.get(case=b.world.case),
}  # fmt: skip
