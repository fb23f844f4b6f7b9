"""Ending a case: proposed by one body, assessed by all three, with a coded exit."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from common.bodies import Body, Party
from consent.models import ClientInformation
from records.fields import Declared, Told


class Exit(models.TextChoices):
    """To what the joint service ended, coded apart: else a result cannot be read.

    Report 2020:40, Palveluintegraatio 2.4.6, could not tell work and education from
    unemployment security and disability pension; the finer classes are our own choice.
    """

    WORK_FULL_TIME = "work_full_time", _("Work on the open market, full time")
    WORK_PART_TIME = "work_part_time", _("Work on the open market, part time")
    SUPPORTED_WORK = "supported_work", _("Supported work")
    EDUCATION = "education", _("Education")
    OTHER_SERVICE = "other_service", _("Another service")
    UNEMPLOYMENT = "unemployment", _("Unemployment")
    DISABILITY_PENSION = "disability_pension", _("Disability pension")
    NO_JOINT_SERVICE = "no_joint_service", _("No joint service was needed")
    OTHER = "other", _("Something else")
    DIED = "died", _("The client has died")
    MOVED = "moved", _("The client has moved to another area")
    JOINED = "joined", _("Two records were one person")


IMMEDIATE_EXITS = (Exit.DIED, Exit.MOVED, Exit.JOINED)
"""What ends a case without an assessment and without follow-up; written by the act itself."""


class NoNeed(models.TextChoices):
    """Why the three bodies find that no joint service is needed: a code, for an evaluation.

    Those whom it did not take are whom an evaluation compares with (report 2020:40,
    Palveluintegraatio 2.4.6). The classes follow Act 381/2023 s. 3; the last is our own choice.
    """

    ONE_BODY = "one_body", _("The services of one body are enough")
    CONSULTATION = "consultation", _("Consultation between the bodies is enough")
    NO_OBSTACLE = "no_obstacle", _("Nothing of this kind stands in the way of employment")
    CHANGED = "changed", _("The situation has changed meanwhile")


class EndingOutcome(models.TextChoices):
    OPEN = "open", _("Being assessed")
    AGREED = "agreed", _("Ended together")
    NOT_AGREED = "not_agreed", _("Not ended: a body sees the need")
    WITHDRAWN = "withdrawn", _("Taken back")
    REOPENED = "reopened", _("Corrected: the case goes on")


class Ending(ClientInformation):
    """One body's proposal that the need has ended (Act 381/2023 s. 8; 1369/2014 s. 6).

    Ends the case when each of the three bodies has assessed the same. ``follow_up_by`` asks how
    things are 3, 6, 12 and 24 months later: the first as in report 2020:40, Vaikuttavuuden
    arviointi 2.1, the others our own choice. A change in the client's life that ends the case at
    once is an ending too, without words and without follow-up.

    An ending that was a mistake is corrected while the case is followed up: ``reopened_because``
    says why, in words the client reads, and the case goes on where it was. ``no_need``: of an
    assessment that ends because no joint service is needed (``Exit.NO_JOINT_SERVICE``), why not.
    """

    exit = models.CharField(_("What it ends to"), max_length=20, choices=Exit)
    no_need = models.CharField(
        _("Why no joint service is needed"),
        max_length=15,
        choices=NoNeed,
        blank=True,
        db_default="",
    )
    reason = models.TextField(_("Why the need has ended"), blank=True)
    follow_up_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="followed_up_endings",
    )
    outcome = models.CharField(max_length=12, choices=EndingOutcome, default=EndingOutcome.OPEN)
    closed_at = models.DateTimeField(null=True, blank=True)
    reopened_because = models.TextField(
        _("Why the ending was a mistake"), blank=True, db_default=""
    )
    reopened_at = models.DateTimeField(_("Corrected"), null=True, blank=True)
    reopened_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("Corrected by"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )

    declared = Declared(
        _("Proposal to end the joint service"),
        exit=Told(),
        no_need=Told(),
        reason=Told(),
        follow_up_by=Told(_("Who asks how things are afterwards")),
        outcome=Told(_("What came of it")),
        closed_at=Told(_("Decided")),
        reopened_because=Told(),
        reopened_at=Told(),
        reopened_by=Told(),
    )

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["case"],
                condition=Q(outcome=EndingOutcome.OPEN),
                name="ending_one_open_per_case",
            ),
            models.CheckConstraint(
                condition=Q(exit__in=IMMEDIATE_EXITS) | ~Q(reason=""), name="ending_says_why"
            ),
            models.CheckConstraint(
                condition=Q(exit=Exit.NO_JOINT_SERVICE) ^ Q(no_need=""),
                name="ending_without_service_has_its_code",
            ),
            models.CheckConstraint(
                condition=Q(exit__in=IMMEDIATE_EXITS, follow_up_by__isnull=True)
                | (~Q(exit__in=IMMEDIATE_EXITS) & Q(follow_up_by__isnull=False)),
                name="ending_is_followed_up_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(outcome=EndingOutcome.OPEN, closed_at__isnull=True)
                | (~Q(outcome=EndingOutcome.OPEN) & Q(closed_at__isnull=False)),
                name="ending_closed_at_fits_outcome",
            ),
            models.CheckConstraint(
                condition=Q(
                    outcome=EndingOutcome.REOPENED,
                    reopened_at__isnull=False,
                    reopened_by__isnull=False,
                )
                & ~Q(reopened_because="")
                | Q(reopened_because="", reopened_at__isnull=True, reopened_by__isnull=True)
                & ~Q(outcome=EndingOutcome.REOPENED),
                name="ending_reopened_with_a_reason",
            ),
        ]

    @property
    def title(self) -> str:
        return self.reason or str(self.get_exit_display())

    @property
    def is_of_assessment(self) -> bool:
        """Whether it says that no joint service is needed, before there was a plan."""
        return self.exit == Exit.NO_JOINT_SERVICE


class EndingView(ClientInformation):
    """What one body assesses of an ending, or what the client says to it.

    The bodies decide together; the client is heard, and their words are kept.
    """

    ending = models.ForeignKey(Ending, on_delete=models.CASCADE, related_name="views")
    party = models.CharField(_("Who"), max_length=20, choices=Party)
    need_has_ended = models.BooleanField(_("The need has ended"))
    statement = models.TextField(_("In their words"), blank=True)

    declared = Declared(
        _("Answer to ending the joint service"),
        ending=Told(_("Proposal to end the joint service")),
        party=Told(_("Who answered")),
        need_has_ended=Told(),
        statement=Told(),
    )

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["ending", "party"], name="ending_view_once_a_party"),
            models.CheckConstraint(
                condition=Q(need_has_ended=True) | ~Q(statement=""),
                name="ending_view_against_says_why",
            ),
        ]

    @property
    def title(self) -> str:
        return self.statement or gettext("The need has ended")


ASSESSING = frozenset(Party(body.value) for body in Body)
