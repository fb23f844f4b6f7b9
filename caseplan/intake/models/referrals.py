"""The row before the start: one body directs somebody to a joint assessment of their need.

A row of the sender's own (Act 381/2023 s. 3, s. 12): who, from whom, to whom, which day and which
need by its code. No free text, and nothing that is kept.
"""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from caseplan.plan.models import SeenNeed
from common.ids import new_id
from people.models import Office, Person


class ReferralAnswer(models.TextChoices):
    """What became of it, as a code: what the sender learns, and nothing more."""

    BEGUN = "begun", _("The joint assessment has begun")
    OWN_SERVICE = "own_service", _("The services of one body are enough")
    CONSULTATION = "consultation", _("Consultation between the bodies is enough")
    NOT_REACHED = "not_reached", _("The person was not reached")
    NOT_WANTED = "not_wanted", _("The person does not want it now")
    NOT_OURS = "not_ours", _("It belongs to another office")


class AssessmentReferral(models.Model):
    """Somebody directed to the joint assessment, from one office to another.

    ``sent_at`` is the first contact, if a case comes of it. ``gone_on`` is the first day on which
    the row is no longer there, answered or not: the network's number of days from the day it was
    sent. ``answer`` is empty until the receiver's office has answered.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    person = models.ForeignKey(
        Person, on_delete=models.CASCADE, related_name="assessment_referrals"
    )
    from_office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="+")
    to_office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="+")
    needs = ArrayField(models.CharField(max_length=30, choices=SeenNeed))
    sent_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    sent_at = models.DateTimeField()
    gone_on = models.DateField(db_index=True)
    answer = models.CharField(max_length=12, choices=ReferralAnswer, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~Q(from_office=F("to_office")), name="assessment_referral_goes_elsewhere"
            ),
            models.CheckConstraint(
                condition=Q(needs__len__gte=1), name="assessment_referral_names_a_need"
            ),
            models.CheckConstraint(
                condition=Q(answer="", answered_by__isnull=True, answered_at__isnull=True)
                | (~Q(answer="") & Q(answered_by__isnull=False, answered_at__isnull=False)),
                name="assessment_referral_is_answered_by_somebody",
            ),
            models.UniqueConstraint(
                fields=["person", "from_office", "to_office"],
                condition=Q(answer=""),
                name="assessment_referral_once_until_answered",
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["to_office"], condition=Q(answer=""), name="assessment_referral_waiting"
            ),
        ]

    @property
    def needs_in_words(self) -> str:
        """The need, as it is read."""
        return ", ".join(str(SeenNeed(need).label) for need in self.needs)
