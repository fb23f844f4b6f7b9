"""What has changed in a person's life."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from common.ids import new_id
from people.models.persons import Person
from people.models.users import User


class LifeKind(models.TextChoices):
    """What has changed in a person's life (docs/adr/0011)."""

    DIED = "died", _("Death")
    IDENTITY_CODE = "identity_code", _("Changed personal identity code")
    NAME = "name", _("Changed name")
    PROTECTED = "protected", _("Details are not to be disclosed")
    UNPROTECTED = "unprotected", _("Details may be disclosed again")
    MOVED = "moved", _("Moved to another municipality")
    LEFT = "left", _("The case ended because of a move")
    JOINED = "joined", _("Two records were one person")


NEEDS_SECOND = (LifeKind.IDENTITY_CODE, LifeKind.UNPROTECTED, LifeKind.JOINED)
"""What takes effect only when a second person has confirmed it."""


class LifeState(models.TextChoices):
    ASKED = "asked", _("Waits for a second person")
    DONE = "done", _("In effect")
    TURNED_DOWN = "turned_down", _("Turned down")
    UNDONE = "undone", _("Taken back")


class LifeEvent(models.Model):
    """One change in a person's life: who wrote it down, who confirmed it, what it changed.

    ``recorded_by`` is empty where a register said it. ``on`` is the day it happened, where that is
    not the day it was written down. ``reason``: where one is asked. ``change_encrypted``: what
    is to be written while it waits for the second person; the journal of what it changed
    (``common.journal``) while it can be taken back, and nothing after that.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="life_events")
    kind = models.CharField(max_length=20, choices=LifeKind)
    state = models.CharField(max_length=12, choices=LifeState)
    on = models.DateField(null=True, blank=True)
    reason = models.TextField(blank=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    done_at = models.DateTimeField(null=True, blank=True)
    done_by = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    change_encrypted = models.BinaryField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["person", "kind"],
                condition=Q(state=LifeState.ASKED),
                name="life_event_asked_once",
            ),
            models.UniqueConstraint(
                fields=["person"],
                condition=Q(kind=LifeKind.DIED, state=LifeState.DONE),
                name="life_event_one_death",
            ),
            # Nobody changes alone what would let them take a case to another person, or take away
            # a protection: the second person is another one.
            models.CheckConstraint(
                condition=~Q(kind__in=NEEDS_SECOND)
                | Q(done_by__isnull=True)
                | ~Q(done_by=F("recorded_by")),
                name="life_event_second_person",
            ),
            models.CheckConstraint(
                condition=Q(
                    state__in=[LifeState.ASKED, LifeState.TURNED_DOWN],
                    done_at__isnull=True,
                    done_by__isnull=True,
                )
                | Q(
                    state__in=[LifeState.DONE, LifeState.UNDONE],
                    done_at__isnull=False,
                    done_by__isnull=False,
                )
                | Q(
                    state__in=[LifeState.DONE, LifeState.UNDONE],
                    done_at__isnull=False,
                    recorded_by__isnull=True,
                ),
                name="life_event_done_fits_state",
            ),
            models.CheckConstraint(
                condition=Q(
                    state__in=[LifeState.ASKED, LifeState.DONE],
                    closed_at__isnull=True,
                    closed_by__isnull=True,
                )
                | Q(
                    state__in=[LifeState.TURNED_DOWN, LifeState.UNDONE],
                    closed_at__isnull=False,
                    closed_by__isnull=False,
                ),
                name="life_event_closed_fits_state",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["person", "-recorded_at"], name="life_event_of_person"),
        ]


class LifeEventSeen(models.Model):
    """A worker has seen a change in a client's life: it leaves their first page."""

    id = models.BigAutoField(primary_key=True)
    event = models.ForeignKey(LifeEvent, on_delete=models.CASCADE, related_name="seen")
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["event", "user"], name="life_event_seen_once"),
        ]
