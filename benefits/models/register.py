"""What the registers say: spells and payment periods, and the imports they came with.

Rows are never changed: a row that a later extract no longer states is closed as corrected
and kept. "Standing" rows are those not corrected.
"""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from common.ids import new_id
from people.models import Network, Person


class ImportState(models.TextChoices):
    """How far an import is. A dry run always comes first on the page."""

    WAITING = "waiting", _("waiting to be read")
    READING = "reading", _("being read")
    CHECKED = "checked", _("checked, nothing written yet")
    PROPOSED = "proposed", _("waits for a second person")
    TURNED_DOWN = "turned_down", _("turned down by the second person")
    WRITING = "writing", _("being written")
    DONE = "done", _("imported")
    REFUSED = "refused", _("cannot be read")
    CANCELLED = "cancelled", _("stopped")
    FAILED = "failed", _("failed")


class RegisterImport(models.Model):
    """An import of the three extracts; ``newest_day`` is the newest they speak of, once written.

    ``progress`` says how far each file has been read, ``report`` what the check or the import
    found. ``folder`` is where the files of an import from the page lie; empty otherwise.

    ``network``: whose director asked for it on a page; nothing of other networks' municipalities
    is written, and nothing at all before a second person, ``decided_by``, has confirmed it.
    Without one it is the operator's, by command.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    state = models.CharField(max_length=12, choices=ImportState, default=ImportState.WAITING)
    started_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True, blank=True)
    imported_by = models.CharField(max_length=60)
    folder = models.CharField(max_length=400, blank=True)
    newest_day = models.DateField(null=True, blank=True)
    counts = models.JSONField(default=dict)
    progress = models.JSONField(default=dict)
    report = models.JSONField(default=dict)
    cancelled = models.BooleanField(default=False)
    network = models.ForeignKey(
        Network, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    proposed_at = models.DateTimeField(null=True, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    turned_down_because = models.TextField(blank=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(network__isnull=True)
                | ~Q(state__in=["writing", "done"])
                | Q(decided_by__isnull=False, decided_at__isnull=False),
                name="import_from_a_page_is_confirmed",
            ),
            models.CheckConstraint(
                condition=~Q(state="turned_down") | ~Q(turned_down_because=""),
                name="import_turned_down_says_why",
            ),
            models.CheckConstraint(
                condition=Q(state="done", finished_at__isnull=False)
                | ~Q(state="done") & Q(newest_day__isnull=True),
                name="import_speaks_once_written",
            ),
        ]


class RejectedRow(models.Model):
    """A row that was not taken: where it stands and why, never an identity code whole."""

    register_import = models.ForeignKey(
        RegisterImport, on_delete=models.CASCADE, related_name="rejected"
    )
    file = models.CharField(max_length=30)
    line = models.PositiveIntegerField()
    column = models.CharField(max_length=30)
    reason = models.CharField(max_length=40)
    value = models.CharField(max_length=100, blank=True)


class Benefit(models.TextChoices):
    LABOUR_MARKET_SUBSIDY = "tyomarkkinatuki", _("Labour-market subsidy")
    BASIC_ALLOWANCE = "peruspaivaraha", _("Basic unemployment allowance")
    EARNINGS_RELATED = "ansiopaivaraha", _("Earnings-related allowance")
    GENERAL_SUPPORT = "yleistuki", _("General support")
    SICKNESS = "sairauspaivaraha", _("Sickness allowance")
    PARTIAL_SICKNESS = "osasairauspaivaraha", _("Partial sickness allowance")
    REHABILITATION = "kuntoutusraha", _("Rehabilitation allowance")
    DISABILITY_PENSION = "tyokyvyttomyyselake", _("Disability pension")
    SOCIAL_ASSISTANCE = "toimeentulotuki", _("Social assistance")
    HOUSING = "asumistuki", _("Housing allowance")
    STUDY = "opintotuki", _("Study grant")
    PARENTAL = "vanhempainetuus", _("Parental benefit")


class PaymentBasis(models.TextChoices):
    UNEMPLOYMENT = "unemployment", _("Unemployment")
    SERVICE = "service", _("Service")


class RegisterRow(models.Model):
    """What the rows of both registers share: whose, which days (inclusive), from which import."""

    id = models.BigAutoField(primary_key=True)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="%(class)ss")
    start = models.DateField()
    first_import = models.ForeignKey(RegisterImport, on_delete=models.PROTECT, related_name="+")
    corrected_by_import = models.ForeignKey(
        RegisterImport, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    corrected_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        abstract = True


_PAIRED = Q(corrected_at__isnull=True, corrected_by_import__isnull=True) | Q(
    corrected_at__isnull=False, corrected_by_import__isnull=False
)
_STANDING = Q(corrected_at__isnull=True)


class UnemploymentSpell(RegisterRow):
    """Days registered as unemployed; without ``end`` still unemployed."""

    end = models.DateField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(end__isnull=True) | Q(end__gte=F("start")),
                name="spell_ends_after_start",
            ),
            models.CheckConstraint(condition=_PAIRED, name="spell_corrected_at_and_by_together"),
            models.UniqueConstraint(
                fields=["person", "start", "end"],
                condition=_STANDING,
                nulls_distinct=False,
                name="spell_stands_once",
            ),
        ]


class PaymentPeriod(RegisterRow):
    """One payment period of one benefit. Its paid days are its first ``paid_days`` weekdays."""

    benefit = models.CharField(max_length=30, choices=Benefit)
    basis = models.CharField(max_length=15, choices=PaymentBasis, blank=True)
    end = models.DateField()
    paid_days = models.PositiveIntegerField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(end__gte=F("start")), name="period_ends_after_start"
            ),
            models.CheckConstraint(condition=_PAIRED, name="period_corrected_at_and_by_together"),
            models.UniqueConstraint(
                fields=["person", "benefit", "basis", "start", "end", "paid_days"],
                condition=_STANDING,
                nulls_distinct=False,
                name="period_stands_once",
            ),
        ]


class RegisterMention(models.Model):
    """The newest committed import that named a person: register facts vanish by it."""

    person = models.OneToOneField(
        Person, primary_key=True, on_delete=models.CASCADE, related_name="register_mention"
    )
    last_import = models.ForeignKey(RegisterImport, on_delete=models.PROTECT, related_name="+")
