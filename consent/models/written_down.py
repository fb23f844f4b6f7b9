"""What a worker wrote down of the client's decisions: who, which paper, and whether it holds."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from common.bodies import Body
from common.ids import new_id
from consent.models.category import Category
from consent.models.decision import Consent
from people.models import Office


class WrittenState(models.TextChoices):
    """Where what was written down stands; all but the first two are final."""

    AT_ONCE = "at_once", _("In effect at once")
    WAITING = "waiting", _("Waits for confirmation")
    CONFIRMED = "confirmed", _("Confirmed")
    NOT_SAID = "not_said", _("The client says that they did not say this")
    MISMATCH = "mismatch", _("The paper says something else")
    TAKEN_BACK = "taken_back", _("Taken back by a worker")
    OVERTAKEN = "overtaken", _("A later decision took its place")
    LAPSED = "lapsed", _("Was not confirmed in time")


OPEN_STATES = (WrittenState.AT_ONCE, WrittenState.WAITING)
DISPUTED_STATES = (WrittenState.NOT_SAID, WrittenState.MISMATCH)


class ConfirmedHow(models.TextChoices):
    CLIENT = "client", _("By the client")
    PAPER = "paper", _("By a second person who has seen the paper")
    EARLIER = "earlier", _("Written down before anybody was asked to confirm")


class WrittenDown(models.Model):
    """A decision of the client that a worker wrote down, beside the act itself.

    What lets nobody see more holds at once. What would let somebody see more waits: the kinds of
    ``waiting_categories`` (with ``document``, that one thing), less those of ``overtaken``, have no
    line until it is confirmed, at the latest on ``lapses_on``, a day included.
    ``written_for`` and ``written_in``: the writer's body and office at that moment. The signed
    paper is archived once ``archive_number`` and ``archive_place`` are written, which happens once.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    consent = models.OneToOneField(Consent, on_delete=models.CASCADE, related_name="written_down")
    written_for = models.CharField(max_length=20, choices=Body)
    written_in = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="+")
    waiting_categories = ArrayField(models.CharField(max_length=30, choices=Category), default=list)
    document = models.UUIDField(null=True, blank=True)
    overtaken = ArrayField(models.CharField(max_length=30, choices=Category), default=list)
    lapses_on = models.DateField(null=True, blank=True)
    archive_number = models.CharField(max_length=100, blank=True)
    archive_place = models.CharField(max_length=100, blank=True)
    archived_at = models.DateTimeField(null=True, blank=True)
    archived_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    state = models.CharField(max_length=12, choices=WrittenState)
    confirmed_how = models.CharField(max_length=10, choices=ConfirmedHow, blank=True)
    settled_at = models.DateTimeField(null=True, blank=True)
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(state__in=OPEN_STATES, settled_at__isnull=True, settled_by__isnull=True)
                | (~Q(state__in=OPEN_STATES) & Q(settled_at__isnull=False)),
                name="written_down_settled_fits_state",
            ),
            models.CheckConstraint(
                condition=Q(state=WrittenState.AT_ONCE, waiting_categories=[], lapses_on=None)
                | (~Q(state=WrittenState.AT_ONCE) & Q(waiting_categories__len__gte=1)),
                name="written_down_says_what_waits",
            ),
            models.CheckConstraint(
                condition=~Q(state=WrittenState.WAITING) | Q(lapses_on__isnull=False),
                name="written_down_waits_to_a_day",
            ),
            models.CheckConstraint(
                condition=Q(state=WrittenState.CONFIRMED)
                & ~Q(confirmed_how="")
                & (Q(settled_by__isnull=False) | Q(confirmed_how=ConfirmedHow.EARLIER))
                | (~Q(state=WrittenState.CONFIRMED) & Q(confirmed_how="")),
                name="written_down_says_who_confirmed",
            ),
            models.CheckConstraint(
                condition=Q(archive_number="", archive_place="", archived_at=None, archived_by=None)
                | (
                    ~Q(archive_number="")
                    & ~Q(archive_place="")
                    & Q(archived_at__isnull=False, archived_by__isnull=False)
                ),
                name="written_down_archived_together",
            ),
        ]
        indexes: ClassVar = [
            # What is asked on every first page: what waits in the cases of somebody.
            models.Index(
                fields=["consent"], condition=Q(state="waiting"), name="written_down_waiting"
            ),
        ]

    @property
    def waits(self) -> bool:
        """It opens nothing: nobody has confirmed it yet."""
        return self.state == WrittenState.WAITING

    @property
    def still_waiting(self) -> list[str]:
        """The kinds that still wait: what a later decision has overtaken no longer does."""
        return [code for code in self.waiting_categories if code not in self.overtaken]

    @property
    def category_labels(self) -> list[str]:
        """The kinds that wait or waited, in words."""
        return [str(Category(code).label) for code in self.waiting_categories]

    @property
    def is_archived(self) -> bool:
        return self.archived_at is not None
