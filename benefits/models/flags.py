"""What follows from the registers for a worklist: flags, and what was decided on them.

A flag is one fact, "this person reached this rule on this day", of a trigger or an early signal.
It is found and closed by the evaluation alone; what people decide stands beside it
(:class:`FlagDecision`), so that an import can never undo a decision. Figures that change every day
are not stored: a page counts them for the people it shows.
"""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from benefits.models.register import RegisterImport
from common.bodies import Body
from common.history import History
from common.ids import new_id
from people.models import Network, Person


class ClosedBecause(models.TextChoices):
    """Why the evaluation closed a flag."""

    UNEMPLOYMENT_ENDED = "unemployment_ended", _("The unemployment ended.")
    AGE = "age", _("The person's age moved them to another rule.")
    LAW = "law", _("The law or the advice changed.")
    TIME = "time", _("The time that is looked at has passed.")
    REGISTER = "register", _("The register was corrected or tells something new.")
    DIED = "died", _("The person has died.")


class Flag(models.Model):
    """Somebody reached a rule on ``reached_on``: the same three again are the same flag.

    ``opened_on`` and ``closed_on`` are days asked about, not days of work.
    """

    id = models.BigAutoField(primary_key=True)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="flags")
    rule = models.CharField(max_length=40)
    reached_on = models.DateField()
    opened_on = models.DateField()
    closed_on = models.DateField(null=True, blank=True)
    closed_because = models.CharField(max_length=20, choices=ClosedBecause, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["person", "rule", "reached_on"], name="flag_once_a_fact"
            ),
            models.CheckConstraint(
                condition=Q(closed_on__isnull=True, closed_because="")
                | Q(closed_on__isnull=False) & ~Q(closed_because=""),
                name="flag_closed_with_a_note",
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["reached_on"], condition=Q(closed_on__isnull=True), name="flag_standing"
            ),
        ]


class ExpectedFlag(models.Model):
    """Somebody who will reach a rule on ``expected_on`` if nothing changes."""

    id = models.BigAutoField(primary_key=True)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="expected_flags")
    rule = models.CharField(max_length=40)
    expected_on = models.DateField(db_index=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["person", "rule"], name="expected_flag_once_a_rule"),
        ]


class FlagState(models.TextChoices):
    """What a network has decided on a flag; "new" is that nothing has been decided."""

    BEING_ASSESSED = "being_assessed", _("being assessed")
    TAKEN = "taken", _("taken into joint service")
    DECLINED = "declined", _("declined")
    SNOOZED = "snoozed", _("snoozed")


class FlagDecision(models.Model):
    """What a network decided on a flag, by whom, why, and the figures it rested on.

    Declined ones are kept also as the comparison group of an evaluation: without one nobody knows
    who would have found work anyway (report 2020:40, Palveluintegraatio 2.4.6).
    ``measured`` and ``statute`` are copies as of ``asked_on``: the register may be corrected.
    ``snoozed_until`` is the first day on which the flag is back in the list. ``assessed_by``: who
    looks at the need while it is being assessed; somebody else than ``handled_by`` where a
    colleague gave it to them.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    flag = models.ForeignKey(Flag, on_delete=models.CASCADE, related_name="decisions")
    network = models.ForeignKey(Network, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=20, choices=FlagState)
    reason = models.TextField(blank=True)
    snoozed_until = models.DateField(null=True, blank=True)
    statute = models.CharField(max_length=100)
    asked_on = models.DateField()
    measured = models.PositiveIntegerField()
    handled_at = models.DateTimeField()
    handled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    handled_for = models.CharField(max_length=20, choices=Body)
    assessed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    history = History()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["flag", "network"], name="flag_decision_once_a_network"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["declined", "snoozed"]) | ~Q(reason=""),
                name="flag_decision_with_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(state="snoozed", snoozed_until__isnull=False)
                | ~Q(state="snoozed") & Q(snoozed_until__isnull=True),
                name="flag_decision_snoozed_until_a_day",
            ),
            models.CheckConstraint(
                condition=Q(state="being_assessed", assessed_by__isnull=False)
                | ~Q(state="being_assessed") & Q(assessed_by__isnull=True),
                name="flag_decision_assessed_by_somebody",
            ),
        ]


class ManualEntryKind(models.TextChoices):
    """What an extract does not tell and a worker may enter by hand."""

    GAP = "gap", _("These days do not break the unemployment")
    REQUALIFIED = "requalified", _("Requalified for a new maximum period")
    INTEGRATION = "integration", _("Integration time: the state pays, days do not count")


class ManualEntry(models.Model):
    """What a worker entered beside the register, with the reason; withdrawn, never deleted.

    ``first`` and ``last`` are inclusive days; requalifying is a single day.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="manual_entries")
    kind = models.CharField(max_length=20, choices=ManualEntryKind)
    first = models.DateField()
    last = models.DateField()
    reason = models.TextField()
    entered_at = models.DateTimeField()
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    entered_for = models.CharField(max_length=20, choices=Body)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    history = History()
    # Two records that are one person: what was said of the one is said of the other.
    history_only_changes: ClassVar[tuple[str, ...]] = ("person",)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(last__gte=F("first")), name="manual_entry_ends_after_start"
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="manual_entry_with_a_reason"),
            models.CheckConstraint(
                condition=~Q(kind="requalified") | Q(last=F("first")),
                name="manual_entry_requalified_on_a_day",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True, withdrawn_by__isnull=True)
                | Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False),
                name="manual_entry_withdrawn_at_and_by_together",
            ),
        ]


class Evaluation(models.Model):
    """One evaluation of everybody, or of those whose rows changed: the day asked, what it did.

    ``newest_import`` is the newest import whose rows it has seen.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    asked_on = models.DateField()
    at = models.DateTimeField()
    of_everybody = models.BooleanField()
    newest_import = models.ForeignKey(RegisterImport, on_delete=models.PROTECT, related_name="+")
    counts = models.JSONField(default=dict)
