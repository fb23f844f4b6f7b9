"""The case's header, its team, and temporary access: who else may see it, and until when."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateTimeRangeField, RangeBoundary, RangeOperators
from django.db import models
from django.db.models import F, Func, Q
from django.utils.translation import gettext_lazy as _
from guardian.models import UserObjectPermissionBase

from cases.lifecycle import ENDED_STATES, CaseState, ImmediateEnding
from common.bodies import Body
from common.ids import new_id
from people.models import Network, Office, Person


class Case(models.Model):
    """One person's joint service in one network.

    ``statute`` is the Act in force when the case started ("381/2023"); the case keeps it.
    ``started_on`` is the first day of the joint assessment (Act 381/2023 s. 4); a case that is
    only referred has none. ``state`` moves by the table in ``cases.lifecycle`` alone, which the
    database holds too. ``hold_why``: a statutory task or a pending matter for which it is kept
    beyond its time (Act 381/2023 s. 12). ``ended_because``: the change in the client's life that
    ended it at once; empty where the three bodies ended it.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="cases")
    network = models.ForeignKey(Network, on_delete=models.PROTECT, related_name="cases")
    statute = models.CharField(max_length=40)
    state = models.CharField(max_length=12, choices=CaseState, default=CaseState.MAPPING)
    started_on = models.DateField(null=True, blank=True)
    opened_at = models.DateTimeField()
    opened_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    hold_why = models.CharField(max_length=300, blank=True)
    ended_because = models.CharField(
        max_length=10, choices=ImmediateEnding, blank=True, db_default=""
    )

    name_is_logged: bool = False
    """Of a case just read: whether its client's name was shown, or hidden, and that logged."""

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["person", "network"],
                condition=Q(ended_at__isnull=True),
                name="case_one_open_per_person_and_network",
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True, ended_by__isnull=True)
                | Q(ended_at__isnull=False, ended_by__isnull=False),
                name="case_ended_at_and_by_together",
            ),
            models.CheckConstraint(
                condition=Q(state__in=ENDED_STATES, ended_at__isnull=False)
                | (~Q(state__in=ENDED_STATES) & Q(ended_at__isnull=True)),
                name="case_ended_at_fits_state",
            ),
            models.CheckConstraint(
                condition=Q(state__in=[CaseState.REFERRED, CaseState.DECLINED])
                | Q(started_on__isnull=False),
                name="case_started_on_fits_state",
            ),
            models.CheckConstraint(
                condition=Q(ended_because="") | Q(state__in=[CaseState.CLOSED, CaseState.DECLINED]),
                name="case_ended_because_fits_state",
            ),
        ]
        indexes: ClassVar = [
            # With the keys that a list joins by: it is counted and ordered without the rows.
            models.Index(
                fields=["network", "id"],
                include=["person"],
                condition=Q(ended_at__isnull=True),
                name="case_open_in_network",
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)

    @property
    def is_open(self) -> bool:
        return self.ended_at is None

    @property
    def has_started(self) -> bool:
        """The joint assessment has begun: from then on things are recorded (Act 381/2023 s. 12)."""
        return self.started_on is not None


class TeamRole(models.TextChoices):
    CASE_MANAGER = "case_manager", _("Case manager")
    MEMBER = "member", _("Team member")


def _term() -> Func:
    return Func(
        "since",
        "until",
        RangeBoundary(),
        function="TSTZRANGE",
        output_field=DateTimeRangeField(),
    )


class TeamTerm(models.Model):
    """A user or a whole office on the team of a case, from ``since`` to before ``until``.

    An open case has exactly one standing case manager, always a named user: at most one by
    the constraint below, at least one by a deferred trigger (``migrations/0002_case_manager.sql``),
    checked when a transaction commits so that a handover can end one term and begin the next.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="team")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="team_terms",
    )
    office = models.ForeignKey(
        Office, null=True, blank=True, on_delete=models.PROTECT, related_name="team_terms"
    )
    role = models.CharField(max_length=20, choices=TeamRole)
    why = models.CharField(max_length=200, blank=True)
    since = models.DateTimeField()
    until = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(user__isnull=False, office__isnull=True)
                | Q(user__isnull=True, office__isnull=False, role=TeamRole.MEMBER),
                name="team_term_is_user_or_office",
            ),
            models.CheckConstraint(
                condition=Q(until__isnull=True, ended_by__isnull=True)
                | Q(until__gte=F("since"), ended_by__isnull=False),
                name="team_term_until_and_by_together",
            ),
            ExclusionConstraint(
                name="team_one_case_manager_at_a_time",
                expressions=[("case", RangeOperators.EQUAL), (_term(), RangeOperators.OVERLAPS)],
                condition=Q(role=TeamRole.CASE_MANAGER),
            ),
            ExclusionConstraint(
                name="team_user_terms_do_not_overlap",
                expressions=[
                    ("case", RangeOperators.EQUAL),
                    ("user", RangeOperators.EQUAL),
                    (_term(), RangeOperators.OVERLAPS),
                ],
                condition=Q(user__isnull=False),
            ),
            ExclusionConstraint(
                name="team_office_terms_do_not_overlap",
                expressions=[
                    ("case", RangeOperators.EQUAL),
                    ("office", RangeOperators.EQUAL),
                    (_term(), RangeOperators.OVERLAPS),
                ],
                condition=Q(office__isnull=False),
            ),
        ]
        indexes: ClassVar = [
            # With the time of the term: who is on which team is answered by the index alone.
            models.Index(fields=["user", "case"], include=["since", "until"], name="team_by_user"),
            models.Index(
                fields=["office", "case"], include=["since", "until"], name="team_by_office"
            ),
        ]


class HandoverState(models.TextChoices):
    OPEN = "open", _("Not answered yet")
    ACCEPTED = "accepted", _("Accepted")
    DECLINED = "declined", _("Declined")
    WITHDRAWN = "withdrawn", _("Taken back")


class HandoverCode(models.TextChoices):
    """Why a case changes hands by itself: a code, said in the language of who reads it."""

    LEFT = "left", _("They no longer work here, and a case is never without a case manager.")


class Handover(models.Model):
    """One case manager hands a case to the next, who accepts it or says why not.

    The case keeps its manager until then. ``words`` are for the client, who is told who comes
    and why (:attr:`why`), with a ``code`` instead where nobody wrote them; ``leaves``: the former
    one leaves the team, and may still read for some days.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="handovers")
    giver = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="handovers_given"
    )
    receiver = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="handovers_received"
    )
    words = models.TextField(_("Why, for the client"), blank=True)
    code = models.CharField(
        _("Why it changed hands by itself"), max_length=20, choices=HandoverCode, blank=True
    )
    leaves = models.BooleanField(_("Leaves the team"), default=False)
    state = models.CharField(max_length=10, choices=HandoverState, default=HandoverState.OPEN)
    asked_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True, blank=True)
    answer = models.TextField(_("Answer"), blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["case"],
                condition=Q(state=HandoverState.OPEN),
                name="handover_one_open_per_case",
            ),
            models.CheckConstraint(
                condition=~Q(words="") | ~Q(code=""), name="handover_tells_the_client_why"
            ),
            models.CheckConstraint(
                condition=~Q(giver=F("receiver")), name="handover_to_somebody_else"
            ),
            models.CheckConstraint(
                condition=Q(state=HandoverState.OPEN, answered_at__isnull=True)
                | ~Q(state=HandoverState.OPEN) & Q(answered_at__isnull=False),
                name="handover_answered_fits_state",
            ),
            models.CheckConstraint(
                condition=~Q(state=HandoverState.DECLINED) | ~Q(answer=""),
                name="handover_declined_with_a_reason",
            ),
        ]

    @property
    def why(self) -> str:
        """What the client is told of why, in the writer's words or in the language in force."""
        return self.words or str(HandoverCode(self.code).label)


class Cover(models.Model):
    """One worker stands in for another of the same body in all their cases, for a time.

    From ``since`` to before ``until``; chosen once, ends by itself.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="covers"
    )
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="covering"
    )
    network = models.ForeignKey(Network, on_delete=models.PROTECT, related_name="+")
    since = models.DateTimeField()
    until = models.DateTimeField()
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(user=F("by")), name="cover_by_somebody_else"),
            models.CheckConstraint(
                condition=Q(until__gte=F("since")), name="cover_ends_after_start"
            ),
            ExclusionConstraint(
                name="cover_one_at_a_time",
                expressions=[("user", RangeOperators.EQUAL), (_term(), RangeOperators.OVERLAPS)],
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["by", "until"], name="cover_by_whom")]


class TemporaryAccessReason(models.TextChoices):
    """Why somebody outside the team sees a case."""

    SHARED = "shared", _("Shared with them by the client")
    GRACE = "grace", _("Managed the case until a moment ago")
    ASKED = "asked", _("Asked for access, and was given it")
    EMERGENCY = "emergency", _("Opened in an emergency")


class TemporaryAccess(UserObjectPermissionBase):
    """Somebody outside the team sees a case, from ``since`` to before ``until``.

    django-guardian's object permission, with the time it lacks: it lets somebody *see*, never
    write. Ends by itself at ``until``; the night then takes the row away, the log remembers.
    """

    content_object = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="exceptions")
    why = models.CharField(max_length=20, choices=TemporaryAccessReason)
    since = models.DateTimeField()
    until = models.DateTimeField()

    class Meta(UserObjectPermissionBase.Meta):
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(until__gte=F("since")), name="exception_ends_after_start"
            ),
        ]


class RequestKind(models.TextChoices):
    ASK = "ask", _("Asked for access")
    EMERGENCY = "emergency", _("Opened in an emergency")


class EmergencyReason(models.TextChoices):
    """What an emergency was about: a code, so that its words need not be shown to everybody."""

    LIFE = "life", _("Somebody's life or health is in danger")
    INCOME = "income", _("Somebody is about to be left without food, shelter or medicine")
    CHILD = "child", _("A child is in danger")
    OTHER = "other", _("Something else that cannot wait")


class RequestState(models.TextChoices):
    OPEN = "open", _("Not answered yet")
    GIVEN = "given", _("Given")
    REFUSED = "refused", _("Refused")


class AccessRequest(models.Model):
    """Somebody outside the team asked to see the case of a person, by identity code.

    Asking is blind: the row names the code by its keyed hash and no case, so that writing it is
    the same whether or not there is one. Who manages a case of that person finds it by the
    hash. Only an emergency that did open something names the case.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    kind = models.CharField(max_length=12, choices=RequestKind)
    code_hash = models.CharField(max_length=64, db_index=True)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="access_requests"
    )
    asked_body = models.CharField(max_length=20, choices=Body)
    asked_office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="+")
    asked_network = models.ForeignKey(Network, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    urgent = models.CharField(max_length=12, choices=EmergencyReason, blank=True)
    reason = models.TextField()
    case = models.ForeignKey(
        Case, null=True, blank=True, on_delete=models.CASCADE, related_name="emergencies"
    )
    until = models.DateTimeField(null=True, blank=True)
    state = models.CharField(max_length=10, choices=RequestState, default=RequestState.OPEN)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    answer = models.TextField(blank=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(reason=""), name="access_request_says_why"),
            models.CheckConstraint(
                condition=Q(kind=RequestKind.ASK, case__isnull=True, urgent="")
                | (Q(kind=RequestKind.EMERGENCY) & ~Q(urgent="")),
                name="access_request_asking_names_no_case",
            ),
            models.CheckConstraint(
                condition=Q(state=RequestState.OPEN, answered_at__isnull=True)
                | (~Q(state=RequestState.OPEN) & Q(answered_at__isnull=False)),
                name="access_request_answered_at_fits_state",
            ),
        ]


class NewsKind(models.TextChoices):
    """What changed of something already told: a reader must not go on by what it was."""

    MEETING_MOVED = "meeting_moved", _("A meeting is at another time")
    MEETING_ELSEWHERE = "meeting_elsewhere", _("A meeting is in another place or of another length")
    MEETING_CANCELLED = "meeting_cancelled", _("A meeting is cancelled")
    MEETING_ASKED = "meeting_asked", _("You are invited to a meeting")
    MEETING_JOINED = "meeting_joined", _("More people are invited to a meeting")
    PROPOSAL_SET_ASIDE = "proposal_set_aside", _("The proposed plan is set aside")
    PLAN_IN_FORCE = "plan_in_force", _("The plan has come into force")
    REVIEW_ANSWERED = "review_answered", _("Your request to review the plan is answered")
    CONSENT_WITHDRAWN = "consent_withdrawn", _("A request for your consent is taken back")
    TASK_CHANGED = "task_changed", _("A task of yours has changed")
    TASK_CLOSED = "task_closed", _("A task of yours is closed")
    SERVICE_MOVED = "service_moved", _("The days of a service have changed")
    ENDING_CLOSED = "ending_closed", _("The joint service goes on")
    MANAGER_CHANGED = "manager_changed", _("Your case manager has changed")
    REQUEST_ANSWERED = "request_answered", _("A request of your organisation is answered")
    REQUEST_WITHDRAWN = "request_withdrawn", _("A request to your organisation is taken back")
    HANDOVER_ACCEPTED = "handover_accepted", _("The case you offered has been taken over")
    HANDOVER_DECLINED = "handover_declined", _("The case you offered was not taken over")
    HANDOVER_WITHDRAWN = "handover_withdrawn", _("A case that was offered to you is taken back")
    ACCESS_GIVEN = "access_given", _("You may read the case that you asked to see")
    CONSENT_ANSWERED = "consent_answered", _("The client has answered your request for consent")
    GOAL_DROPPED = "goal_dropped", _("A goal is no longer pursued")
    ENDING_AGREED = "ending_agreed", _("The joint service has ended")


class News(models.Model):
    """A change of something told before, for one reader, until they have seen it.

    ``for_user``: the client, or a worker who waited for it. ``subject_id``: the thing
    that changed. ``was_at``, ``was_on``, ``was``: what it said when this reader last saw it; two
    changes before they look are one piece of news.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="news")
    for_user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+"
    )
    kind = models.CharField(max_length=20, choices=NewsKind)
    subject_id = models.UUIDField()
    was_at = models.DateTimeField(null=True, blank=True)
    was_on = models.DateField(null=True, blank=True)
    was = models.TextField(blank=True)
    at = models.DateTimeField()
    seen_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["for_user", "kind", "subject_id"],
                condition=Q(seen_at__isnull=True),
                name="news_once_until_seen",
            ),
        ]
        indexes: ClassVar = [
            # What is asked every few minutes: what came lately and was not seen.
            models.Index(
                fields=["at"], condition=Q(seen_at__isnull=True), name="news_unseen_by_time"
            ),
        ]

    @property
    def is_of_meeting(self) -> bool:
        """Whether the thing that changed is a meeting."""
        return self.kind.startswith("meeting_")
