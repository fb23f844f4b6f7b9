"""Who sees a case without being on its team, until when, and who asked to."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from guardian.models import UserObjectPermissionBase

from cases.models.case import Case
from common.bodies import Body
from common.ids import new_id
from people.models import Network, Office


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

    content_object = models.ForeignKey(
        Case, on_delete=models.CASCADE, related_name="temporary_accesses"
    )
    why = models.CharField(max_length=20, choices=TemporaryAccessReason)
    since = models.DateTimeField()
    until = models.DateTimeField()

    class Meta(UserObjectPermissionBase.Meta):
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(until__gte=F("since")), name="temporary_access_ends_after_start"
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
