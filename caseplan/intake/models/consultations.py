"""A question of one body to another about nobody: fields with codes, and no column for a person.

Where consultation between the authorities is enough, there is no case (Act 381/2023 s. 3).
"""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from caseplan.plan.catalogue import ServiceType
from common.ids import new_id
from people.models import Office


class ConsultationTopic(models.TextChoices):
    """What is asked."""

    WHICH_SERVICE = "which_service", _("Which of your services could help?")
    HOW_TO_BEGIN = "how_to_begin", _("How does somebody get into this service?")
    CONDITIONS = "conditions", _("On what conditions is this service given?")
    TOGETHER = "together", _("Can these be done at the same time?")
    BENEFITS = "benefits", _("What does this do to benefits?")
    WAITING = "waiting", _("How long is the wait for this service now?")
    NEED_OF_JOINT = "need_of_joint", _("Does this need joint service?")


class AgeBand(models.TextChoices):
    UNDER_25 = "under_25", _("Under 25")
    FROM_25 = "from_25", _("25–29")
    FROM_30 = "from_30", _("30–54")
    FROM_55 = "from_55", _("55 or over")


class UnemployedBand(models.TextChoices):
    NOT = "not", _("Not unemployed")
    UNDER_6 = "under_6", _("Under 6 months")
    FROM_6 = "from_6", _("6–12 months")
    FROM_12 = "from_12", _("1–3 years")
    FROM_36 = "from_36", _("Over 3 years")


class InTheWay(models.TextChoices):
    """What stands in the way, so broadly that it is nobody's."""

    ABILITY = "ability", _("Ability to work and function")
    DAILY_LIFE = "daily_life", _("Managing everyday life")
    MONEY = "money", _("Money and debts")
    HOUSING = "housing", _("Housing")
    SKILLS = "skills", _("Skills or language")


class ConsultationAnswer(models.TextChoices):
    OURS = "ours", _("Yes: ask the client to contact us")
    CONDITIONS = "conditions", _("Yes, on conditions")
    NOT_OURS = "not_ours", _("This is not ours to do")
    JOINT = "joint", _("Assess the need for joint service")
    NOT_NOW = "not_now", _("Not at the moment")


NOTE_LENGTH = 200
"""How long a clarification may be: a line, and no story."""


class Consultation(models.Model):
    """What one office asks another, about nobody in particular, and what it answers.

    No key leads to a person or a case, nor may the notes say who anybody is. ``answer_by``: the
    last day, inclusive, by the asking network's own number of days. ``gone_on``: the first day on
    which it is no longer there, thirty days after the answer. ``seen_at``: whoever asked has read
    the answer.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    from_office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="+")
    to_office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="+")
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    asked_at = models.DateTimeField()
    topic = models.CharField(max_length=20, choices=ConsultationTopic)
    services = ArrayField(
        models.CharField(max_length=40, choices=ServiceType), default=list, blank=True
    )
    in_the_way = ArrayField(
        models.CharField(max_length=20, choices=InTheWay), default=list, blank=True
    )
    age = models.CharField(max_length=10, choices=AgeBand, blank=True)
    unemployed = models.CharField(max_length=10, choices=UnemployedBand, blank=True)
    note = models.CharField(max_length=NOTE_LENGTH, blank=True)
    answer_by = models.DateField()
    answer = models.CharField(max_length=12, choices=ConsultationAnswer, blank=True)
    answer_services = ArrayField(
        models.CharField(max_length=40, choices=ServiceType), default=list, blank=True
    )
    answer_note = models.CharField(max_length=NOTE_LENGTH, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    seen_at = models.DateTimeField(null=True, blank=True)
    gone_on = models.DateField(null=True, blank=True, db_index=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~Q(from_office=F("to_office")), name="consultation_goes_elsewhere"
            ),
            models.CheckConstraint(
                condition=Q(answer="", answered_at=None, answered_by=None, gone_on=None)
                | ~Q(answer="")
                & Q(answered_at__isnull=False, answered_by__isnull=False, gone_on__isnull=False),
                name="consultation_is_answered_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(seen_at__isnull=True) | Q(answered_at__isnull=False),
                name="consultation_seen_once_answered",
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["to_office", "answer_by"],
                condition=Q(answer=""),
                name="consultation_waiting",
            ),
        ]

    @property
    def is_open(self) -> bool:
        return not self.answer

    @property
    def services_in_words(self) -> list[str]:
        return [str(ServiceType(one).label) for one in self.services]

    @property
    def answer_services_in_words(self) -> list[str]:
        return [str(ServiceType(one).label) for one in self.answer_services]

    @property
    def in_the_way_in_words(self) -> list[str]:
        return [str(InTheWay(one).label) for one in self.in_the_way]
