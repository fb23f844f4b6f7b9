"""The case's header: whose, in which network, under which Act, and in which state of its life."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from cases.lifecycle import ENDED_STATES, CaseState, ImmediateEnding
from common.ids import new_id
from people.models import Network, Person
from people.models.users import is_language_code


class Case(models.Model):
    """One person's joint service in one network.

    ``statute`` is the Act in force when the case started ("381/2023"); the case keeps it.
    ``started_on`` is the first day of the joint assessment (Act 381/2023 s. 4); a case that was
    only referred has none. ``first_contact_on``: the day on which a body was first in contact
    about the need; from there to the start somebody waited. ``state`` moves by the table in
    ``cases.lifecycle`` alone, which the database holds too. ``hold_why``: a statutory task or a
    pending matter for which it is kept beyond its time (Act 381/2023 s. 12). ``ended_because``: the
    change in the client's life that ended it at once; empty where the three bodies ended it.
    ``interpreter_language``: the code of the language in which the client needs an interpreter at
    meetings, empty for none; ``interpreter_said_at``: when that was last said. ``client_untold``:
    the client has no log-in, and nobody has told them yet that it began.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="cases")
    network = models.ForeignKey(Network, on_delete=models.PROTECT, related_name="cases")
    statute = models.CharField(max_length=40)
    state = models.CharField(max_length=12, choices=CaseState, default=CaseState.MAPPING)
    first_contact_on = models.DateField(null=True, blank=True)
    started_on = models.DateField(null=True, blank=True)
    opened_at = models.DateTimeField()
    opened_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    hold_why = models.CharField(max_length=300, blank=True)
    ended_because = models.CharField(
        max_length=10, choices=ImmediateEnding, blank=True, db_default=""
    )
    interpreter_language = models.CharField(
        max_length=3, validators=[is_language_code], blank=True, default="", db_default=""
    )
    interpreter_said_at = models.DateTimeField(null=True, blank=True)
    client_untold = models.BooleanField(default=False, db_default=False)

    name_is_logged: bool = False
    """Of a case just read: whether its client's name was shown, or hidden, and that logged."""
    read_with: object = None
    """Of a case just read: who reads it on what grounds (``records.selectors.reading_in``)."""

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["person", "network"],
                condition=Q(ended_at__isnull=True),
                name="case_one_open_per_person_and_network",
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True, ended_by__isnull=True)
                | Q(ended_at__isnull=False, ended_by__isnull=False),
                name="case_ended_at_and_by_together",
            ),
            models.CheckConstraint(
                condition=Q(state__in=ENDED_STATES, ended_at__isnull=False)
                | (~Q(state__in=ENDED_STATES) & Q(ended_at__isnull=True)),
                name="case_ended_at_fits_state",
            ),
            models.CheckConstraint(
                condition=Q(state=CaseState.DECLINED) | Q(started_on__isnull=False),
                name="case_started_on_fits_state",
            ),
            models.CheckConstraint(
                condition=Q(first_contact_on__isnull=True)
                | Q(first_contact_on__lte=F("started_on")),
                name="case_first_contact_before_start",
            ),
            models.CheckConstraint(
                condition=Q(interpreter_language__regex=r"^([a-z]{2,3})?$"),
                name="case_interpreter_language_is_a_code",
            ),
            models.CheckConstraint(
                condition=Q(ended_because="") | Q(state__in=[CaseState.CLOSED, CaseState.DECLINED]),
                name="case_ended_because_fits_state",
            ),
        ]
        indexes: ClassVar = [
            # With the keys that a list joins by: it is counted and ordered without the rows.
            models.Index(
                fields=["network", "id"],
                include=["person"],
                condition=Q(ended_at__isnull=True),
                name="case_open_in_network",
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)

    @property
    def is_open(self) -> bool:
        return self.ended_at is None

    @property
    def has_started(self) -> bool:
        """The joint assessment has begun: from then on things are recorded (Act 381/2023 s. 12)."""
        return self.started_on is not None
