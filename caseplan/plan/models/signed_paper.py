"""A paper on which the client accepted the plan after they had said no, until it counts."""

from __future__ import annotations

from typing import ClassVar
from uuid import UUID

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from caseplan.plan.models.agreement import PlanVersion
from common.bodies import Body
from common.ids import new_id
from people.models import Office


class PaperState(models.TextChoices):
    """Where a paper stands; all but the first are final."""

    WAITING = "waiting", _("Waits for a second person")
    CONFIRMED = "confirmed", _("Confirmed")
    NOT_SIGNED = "not_signed", _("The client says that they did not sign it")
    MISMATCH = "mismatch", _("The paper says something else")
    OVERTAKEN = "overtaken", _("The client has answered otherwise since")


class SignedPaper(models.Model):
    """A worker wrote that the client signed a version, though the client's last word was a no.

    It counts once the client says so in the service, or a second person has seen the paper:
    somebody of another body on the team, or who leads the writer's office. Until then the no
    stands.
    ``written_for`` and ``written_in``: the writer's body and office at that moment. ``signed_on``:
    the day on the paper, not before that of the no.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    version = models.ForeignKey(PlanVersion, on_delete=models.CASCADE, related_name="papers")
    archive_number = models.CharField(max_length=200)
    archive_place = models.CharField(max_length=100)
    signed_on = models.DateField()
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    written_for = models.CharField(max_length=20, choices=Body)
    written_in = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField()
    state = models.CharField(max_length=12, choices=PaperState, default=PaperState.WAITING)
    settled_at = models.DateTimeField(null=True, blank=True)
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["version"],
                condition=Q(state=PaperState.WAITING),
                name="signed_paper_one_waits",
            ),
            models.CheckConstraint(
                condition=~Q(archive_number="") & ~Q(archive_place=""),
                name="signed_paper_is_kept_somewhere",
            ),
            models.CheckConstraint(
                condition=Q(
                    state=PaperState.WAITING, settled_at__isnull=True, settled_by__isnull=True
                )
                | ~Q(state=PaperState.WAITING)
                & Q(settled_at__isnull=False, settled_by__isnull=False),
                name="signed_paper_settled_fits_state",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[PaperState.CONFIRMED, PaperState.MISMATCH])
                | ~Q(settled_by=models.F("written_by")),
                name="signed_paper_second_person",
            ),
        ]

    @property
    def waits(self) -> bool:
        return self.state == PaperState.WAITING

    @property
    def case_id(self) -> UUID:
        return self.version.case_id
