"""How a network meets: its form of co-operation and the rules of its meetings."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from common.ids import new_id
from people.models import Network


class CooperationForm(models.TextChoices):
    """How the bodies work together in a network (report 2020:40, annex 2)."""

    ONE_STOP = "one_stop", _("One-stop service")
    PARTNERSHIP = "partnership", _("Partnership")
    MEETING = "meeting", _("Joint meetings of a set team")
    COORDINATION = "coordination", _("Coordination")


class MeetingRole(models.TextChoices):
    """What somebody brings to a meeting: the expertise, not the body."""

    CASE_MANAGER = "case_manager", _("Case manager")
    EMPLOYMENT = "employment", _("Employment expert")
    SOCIAL_WORK = "social_work", _("Social work")
    BENEFITS = "benefits", _("Benefits and rehabilitation of Kela")
    HEALTH = "health", _("Health care")
    REHABILITATION = "rehabilitation", _("Rehabilitation expert")
    SUPPORT = "support", _("The client's support person")
    CLIENT = "client", _("Client")
    OTHER = "other", _("Other")


OWN_REQUEST_DAYS, CONSULTATION_DAYS = 14, 7
"""In how many days each is answered where a network has decided nothing; our own choice."""


class WayOfWorking(models.Model):
    """How a network works together from ``since`` (inclusive) until the next one's first day.

    ``roles`` are the expertise that its meetings should have: a missing one is warned about.
    ``client_takes_part`` and ``one_service`` are rules of its meetings: without the client, or
    without a service agreed on, a meeting ends only with a reason. ``own_request_days`` and
    ``consultation_days``: in how many days whoever asks before a case is answered.
    ``referral_days``: so many days after it was sent a referral to the assessment is gone.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    network = models.ForeignKey(Network, on_delete=models.PROTECT, related_name="ways_of_working")
    form = models.CharField(_("Form of co-operation"), max_length=20, choices=CooperationForm)
    roles = ArrayField(models.CharField(max_length=20, choices=MeetingRole), default=list)
    client_takes_part = models.BooleanField(default=True)
    one_service = models.BooleanField(default=False)
    own_request_days = models.PositiveSmallIntegerField(
        _("Somebody who asks for joint service is answered in so many days"),
        default=OWN_REQUEST_DAYS,
        db_default=OWN_REQUEST_DAYS,
    )
    consultation_days = models.PositiveSmallIntegerField(
        _("A consultation without a case is answered in so many days"),
        default=CONSULTATION_DAYS,
        db_default=CONSULTATION_DAYS,
    )
    referral_days = models.PositiveSmallIntegerField(default=30, db_default=30)
    since = models.DateField(_("From"))
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    decided_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["network", "since"], name="way_of_working_one_a_day"),
            models.CheckConstraint(
                condition=Q(referral_days__range=(1, 90)), name="way_of_working_referral_days"
            ),
        ]
