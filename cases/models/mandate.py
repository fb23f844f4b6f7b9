"""Who acts for a client, by what, in which matters, from when to when, and who saw it."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, DateRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q, Value
from django.utils.translation import gettext_lazy as _

from cases.models.case import Case
from common.ids import new_id
from common.mandates import MAY, SAID, Evidence, MandateSource, Matter
from people.models import Office, Person


class MandateState(models.TextChoices):
    WAITING = "waiting", _("Waits for a second person")
    STANDS = "stands", _("In effect")
    TURNED_DOWN = "turned_down", _("Turned down")
    ENDED = "ended", _("ended")


class MandateEnd(models.TextChoices):
    """Why somebody acts for the client no longer, where its last day has not come."""

    TAKEN_BACK = "taken_back", _("The client, or the register, has taken it back")
    DECISION_ENDED = "decision_ended", _("The decision, or the custody, has ended")
    MISTAKE = "mistake", _("It was written down by mistake")


class Mandate(models.Model):
    """That one person may act for a client: a document a worker saw, and another worker confirmed.

    Both days are inclusive; ``until`` empty: until it is ended. ``holder``: whoever acts, by name
    and by the keyed hash of their identity code, by which they are known once they log in.
    ``dated``: the day on the document. What was recorded stands still; only that it is confirmed,
    or ends, follows (``migrations/0006_by_need_codes_mandates.sql``). What it lets one do:
    ``common.mandates``. ``client_untold``: the client has no log-in, and nobody has told them yet.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="mandates")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="mandates")
    holder_name = models.CharField(max_length=200)
    holder_code_encrypted = models.BinaryField()
    holder_code_hash = models.CharField(max_length=64)
    source = models.CharField(max_length=20, choices=MandateSource)
    matters = ArrayField(models.CharField(max_length=10, choices=Matter))
    since = models.DateField()
    until = models.DateField(null=True, blank=True)
    evidence = models.CharField(max_length=20, choices=Evidence)
    dated = models.DateField()
    state = models.CharField(max_length=12, choices=MandateState, default=MandateState.WAITING)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    recorded_office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    ended_at = models.DateTimeField(null=True, blank=True)
    client_untold = models.BooleanField(default=False, db_default=False)
    ended_because = models.CharField(max_length=20, choices=MandateEnd, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=F("since")),
                name="mandate_days_in_order",
            ),
            models.CheckConstraint(
                condition=~Q(source=MandateSource.AUTHORISATION) | Q(until__isnull=False),
                name="mandate_of_the_register_ends",
            ),
            models.CheckConstraint(
                condition=Q(matters__len__gte=1) & Q(matters__contained_by=list(Matter.values)),
                name="mandate_is_about_something",
            ),
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True) | ~Q(decided_by=F("recorded_by")),
                name="mandate_second_person",
            ),
            models.CheckConstraint(
                condition=Q(state=MandateState.WAITING, decided_at__isnull=True, decided_by=None)
                | Q(
                    state__in=[MandateState.STANDS, MandateState.TURNED_DOWN],
                    decided_at__isnull=False, decided_by__isnull=False,
                )
                | Q(state=MandateState.ENDED),
                name="mandate_decided_fits_state",
            ),
            models.CheckConstraint(
                condition=(
                    Q(state=MandateState.ENDED, ended_at__isnull=False, ended_by__isnull=False)
                    & ~Q(ended_because="")
                )
                | (
                    ~Q(state=MandateState.ENDED)
                    & Q(ended_at__isnull=True, ended_by__isnull=True, ended_because="")
                ),
                name="mandate_ended_fits_state",
            ),
            ExclusionConstraint(
                name="mandate_of_one_kind_at_a_time",
                expressions=[
                    ("person", RangeOperators.EQUAL),
                    ("holder_code_hash", RangeOperators.EQUAL),
                    ("source", RangeOperators.EQUAL),
                    (
                        Func(
                            "since", "until", Value("[]"), function="DATERANGE",
                            output_field=DateRangeField(),
                        ),
                        RangeOperators.OVERLAPS,
                    ),
                ],
                condition=Q(state__in=[MandateState.WAITING, MandateState.STANDS]),
            ),
        ]  # fmt: skip

    def holds_on(self, day: date) -> bool:
        """Whether two have seen it, nobody has ended it, and the day is one of its days."""
        return (
            self.state == MandateState.STANDS
            and self.since <= day
            and (self.until is None or day <= self.until)
        )

    @property
    def acts_said(self) -> list[str]:
        """What may be done by it, in words."""
        may = MAY[MandateSource(self.source)]
        return [str(SAID[act]) for act, matter in may.items() if matter in self.matters]

    @property
    def matters_said(self) -> list[str]:
        """What it is about, in words."""
        return [str(matter.label) for matter in Matter if matter in self.matters]
