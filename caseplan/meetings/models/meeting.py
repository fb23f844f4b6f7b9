"""Joint meetings: who is asked, what is talked about, what is agreed."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from caseplan.meetings.models.way_of_working import MeetingRole
from caseplan.plan.models import Action, PlannedService
from common.bodies import Body, Party
from common.ids import new_id
from common.spoken_for import Speaking, SpokenFor
from consent.models import Category, ClientInformation
from records.fields import Declared, LeftOut, Told
from records.models import Revised


class MeetingState(models.TextChoices):
    PLANNED = "planned", _("Planned")
    HELD = "held", _("Held")
    CANCELLED = "cancelled", _("Cancelled")


class CancelledCode(models.TextChoices):
    """Why a meeting is off by itself: a code, said in the language of who reads it.

    It says no more than all who were asked may know: not that somebody has died.
    """

    CASE_ENDED = "case_ended", _("The joint service has ended.")


class Meeting(Revised):
    """The client and the team meet. The client is always asked.

    ``minutes_long`` is how long it is planned to take. ``place`` or ``remote_link``, or both.
    ``client_present`` is known once it was held; ``without_client`` says why it was held though
    the client was not there, ``no_service`` why nothing was recommended. Why it is off,
    :attr:`why_cancelled`, is what somebody wrote, or ``cancelled_code``. ``interpreter``: who
    interprets or where they come from, once they are booked for that very time, from and into
    ``interpreter_language`` (a code); ``without_interpreter``: why none is needed this time.
    """

    starts_at = models.DateTimeField(_("When"))
    minutes_long = models.PositiveSmallIntegerField(_("How many minutes"), default=60)
    place = models.CharField(_("Where"), max_length=200, blank=True)
    remote_link = models.URLField(_("Link for taking part remotely"), blank=True)
    state = models.CharField(max_length=10, choices=MeetingState, default=MeetingState.PLANNED)
    cancelled_because = models.CharField(_("Why it was cancelled"), max_length=300, blank=True)
    cancelled_code = models.CharField(
        _("Why it was cancelled by itself"), max_length=20, choices=CancelledCode, blank=True
    )
    client_present = models.BooleanField(null=True, blank=True)
    without_client = models.CharField(
        _("Why it was held without the client"), max_length=300, blank=True
    )
    no_service = models.CharField(_("Why no service was agreed on"), max_length=300, blank=True)
    interpreter_language = models.CharField(
        _("Language of the interpreter"), max_length=3, blank=True, default="", db_default=""
    )
    interpreter = models.CharField(
        _("Who interprets, or where the interpreter comes from"), max_length=150, blank=True,
        default="", db_default="",
    )  # fmt: skip
    without_interpreter = models.CharField(
        _("Why no interpreter is needed this time"), max_length=300, blank=True,
        default="", db_default="",
    )  # fmt: skip
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )

    declared = Declared(
        _("Meeting"),
        starts_at=Told(),
        minutes_long=Told(),
        place=Told(),
        remote_link=Told(),
        state=Told(_("State")),
        cancelled_because=Told(),
        cancelled_code=Told(),
        client_present=Told(_("The client was there"), to_client=_("You were there")),
        without_client=Told(to_client=_("Why it was held without you")),
        no_service=Told(),
        interpreter_language=Told(),
        interpreter=Told(),
        without_interpreter=Told(),
        closed_at=Told(_("Closed")),
        closed_by=Told(_("Closed by")),
    )

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(category=Category.PLAN_FOLLOW_UP), name="meeting_is_of_the_plan"
            ),
            models.CheckConstraint(
                condition=~Q(place="", remote_link=""), name="meeting_is_somewhere"
            ),
            models.CheckConstraint(
                condition=Q(minutes_long__gte=5, minutes_long__lte=600),
                name="meeting_takes_minutes",
            ),
            models.CheckConstraint(
                condition=Q(
                    state=MeetingState.PLANNED, closed_at__isnull=True, closed_by__isnull=True
                )
                | ~Q(state=MeetingState.PLANNED)
                & Q(closed_at__isnull=False, closed_by__isnull=False),
                name="meeting_closed_fits_state",
            ),
            models.CheckConstraint(
                condition=Q(interpreter="", interpreter_language="")
                | ~Q(interpreter="") & ~Q(interpreter_language="") & Q(without_interpreter=""),
                name="meeting_interpreter_is_booked_with_a_language",
            ),
            models.CheckConstraint(
                condition=~Q(state=MeetingState.CANCELLED)
                | ~Q(cancelled_because="")
                | ~Q(cancelled_code=""),
                name="meeting_cancelled_with_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(state=MeetingState.HELD, client_present__isnull=False)
                | ~Q(state=MeetingState.HELD) & Q(client_present__isnull=True),
                name="meeting_held_says_whether_with_client",
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["starts_at"],
                condition=Q(state=MeetingState.PLANNED),
                name="meeting_planned",
            ),
        ]

    @property
    def title(self) -> str:
        return self.place or self.remote_link

    @property
    def why_cancelled(self) -> str:
        """Why it is off, in the writer's words or the language in force; empty where it is on."""
        code = self.cancelled_code
        return self.cancelled_because or (str(CancelledCode(code).label) if code else "")

    @property
    def interpreting_is_open(self) -> bool:
        """Whether it is neither booked nor said that none is needed; asked where one needs it."""
        return self.is_planned and not (self.interpreter or self.without_interpreter)

    @property
    def is_planned(self) -> bool:
        return self.state == MeetingState.PLANNED

    @property
    def clients_place(self) -> Participant:
        """The client's own place among those asked."""
        return self.participants.get(role=MeetingRole.CLIENT)

    @property
    def ends_at(self) -> datetime:
        return self.starts_at + timedelta(minutes=self.minutes_long)


class Attendance(models.TextChoices):
    UNKNOWN = "unknown", _("Not answered yet")
    COMES = "comes", _("Attends")
    CANNOT = "cannot", _("Cannot attend")


class Participant(models.Model):
    """Somebody asked to a meeting, in one role: a worker, the client, or an outside expert.

    The client has no ``user`` here: whoever the client is stands with the case. Somebody from
    outside the three bodies is a ``name`` alone. ``answered_by``: the worker who answered in the
    place of one of these, empty where they answered themselves.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="participants")
    role = models.CharField(_("Role"), max_length=20, choices=MeetingRole)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    name = models.CharField(_("Who"), max_length=150, blank=True)
    body = models.CharField(max_length=20, choices=Body, blank=True)
    coming = models.CharField(max_length=10, choices=Attendance, default=Attendance.UNKNOWN)
    came = models.BooleanField(null=True, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["meeting", "user"],
                condition=Q(user__isnull=False),
                name="participant_once_a_user",
            ),
            models.UniqueConstraint(
                fields=["meeting"],
                condition=Q(role=MeetingRole.CLIENT),
                name="participant_one_client",
            ),
            models.CheckConstraint(
                condition=Q(role=MeetingRole.CLIENT, user__isnull=True, name="", body="")
                | ~Q(role=MeetingRole.CLIENT)
                & (Q(user__isnull=False, name="") | Q(user__isnull=True) & ~Q(name="")),
                name="participant_is_the_client_a_user_or_a_name",
            ),
        ]

    @property
    def spoken_for(self) -> SpokenFor | None:
        """The worker who answered in their place, if one did."""
        by = self.answered_by
        return None if by is None else SpokenFor(by.full_name, Speaking.IN_PLACE)

    @property
    def shown_name(self) -> str:
        """The name, or the word for the client."""
        if self.role == MeetingRole.CLIENT:
            return str(Party.CLIENT.label)
        return self.user.full_name if self.user else self.name


class PointTopic(models.TextChoices):
    """What puts a point on an agenda by itself: a code, said in the language of who reads it."""

    PROPOSED = "proposed", _("Proposed plan: who has not answered")
    REVIEW_DUE = "review_due", _("Review of the plan, which the law asks for")
    REVIEW_ASKED = "review_asked", _("The client asks to review the plan")
    REQUEST = "request", _("Asked and not answered")
    SERVICE = "service", _("How it went")
    ACTION = "action", _("Due")


class MeetingPoint(Revised):
    """One point of the agenda, and what was said about it. Its category decides who reads it.

    ``topic`` where the agenda began with it, and ``text`` then the thing's own words, if it has
    any; else ``text`` is what somebody wrote. A point that the agenda began with is judged as the
    thing it is about, ``source_id``, is: recorded for whom that was recorded for, in its category,
    shared alone where that is. So are its minutes: they speak of the thing.
    """

    document_field: ClassVar[str] = "document_id"

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="points")
    position = models.PositiveSmallIntegerField()
    topic = models.CharField(
        _("What put it on the agenda"), max_length=20, choices=PointTopic, blank=True
    )
    text = models.CharField(_("What is talked about"), max_length=300, blank=True)
    minutes = models.TextField(_("What was said and agreed"), blank=True)
    source_id = models.UUIDField(null=True, blank=True)
    document_id = models.GeneratedField(
        expression=Coalesce("source_id", "id"), output_field=models.UUIDField(), db_persist=True
    )

    declared = Declared(
        _("What a meeting talked about"),
        meeting=Told(_("Meeting")),
        topic=Told(_("What put it on the agenda")),
        text=Told(),
        minutes=Told(),
        source_id=LeftOut("the thing it is about, which is told as itself"),
        document_id=LeftOut("by what the client shares it alone: the thing it is about"),
        position=LeftOut("the order on the page"),
    )

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~Q(text="") | ~Q(topic=""), name="meeting_point_says_something"
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["meeting", "position"], name="meeting_point_in_order"),
        ]

    @property
    def title(self) -> str:
        """What is talked about, in the language in force."""
        topic = str(PointTopic(self.topic).label) if self.topic else ""
        return ": ".join(filter(None, [topic, self.text]))


class Agreed(ClientInformation):
    """What a meeting agreed on: an action or a service, added while it was going on.

    Its recorder, its category and what the client shares it by are those of the thing agreed on:
    whoever sees the one sees the other.
    """

    document_field: ClassVar[str] = "document_id"

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="agreed")
    action = models.ForeignKey(
        Action, null=True, blank=True, on_delete=models.CASCADE, related_name="agreed"
    )
    planned_service = models.ForeignKey(
        PlannedService, null=True, blank=True, on_delete=models.CASCADE, related_name="agreed"
    )
    document_id = models.GeneratedField(
        expression=Coalesce("action_id", "planned_service_id"),
        output_field=models.UUIDField(),
        db_persist=True,
    )

    declared = Declared(
        _("What a meeting agreed on"),
        meeting=Told(_("Meeting")),
        action=Told(_("Action")),
        planned_service=Told(_("Service")),
        document_id=LeftOut("by what the client shares it alone: the thing agreed on"),
    )

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(action__isnull=False, planned_service__isnull=True)
                | Q(action__isnull=True, planned_service__isnull=False),
                name="agreed_is_an_action_or_a_service",
            ),
        ]

    @property
    def title(self) -> str:
        return self.thing.title

    @property
    def thing(self) -> ClientInformation:
        """The action or service itself."""
        thing = self.action or self.planned_service
        assert thing is not None
        return thing
