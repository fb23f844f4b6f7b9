"""What the client and the team say to each other, a thread a topic; the bodies' own notes."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from common.bodies import Party
from common.ids import new_id
from consent.models import ClientInformation
from records.fields import Declared, Told
from records.models import MayComeOnPaper


class ThreadKind(models.TextChoices):
    DIALOGUE = "dialogue", _("With the client")
    NOTE = "note", _("Note of the bodies")


class WaitsFor(models.TextChoices):
    CLIENT = "client", _("The client")
    TEAM = "team", _("The team")
    NOBODY = "nobody", _("Nobody")


class Thread(ClientInformation):
    """One topic. Its category is that of every message in it, and decides which body reads it.

    ``waits_for``: whose turn it is. A note is the bodies' own and waits for nobody; the client
    reads it among everything that is recorded about them, as all else.
    """

    kind = models.CharField(max_length=10, choices=ThreadKind, default=ThreadKind.DIALOGUE)
    topic = models.CharField(_("What is it about?"), max_length=200)
    waits_for = models.CharField(
        _("Whose turn it is"), max_length=10, choices=WaitsFor, default=WaitsFor.NOBODY
    )
    newest_at = models.DateTimeField()

    declared = Declared(
        _("Topic of messages"),
        kind=Told(_("With whom")),
        topic=Told(),
        waits_for=Told(),
        newest_at=Told(_("Newest message")),
    )

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(topic=""), name="thread_has_a_topic"),
            models.CheckConstraint(
                condition=~Q(kind=ThreadKind.NOTE)
                | (Q(waits_for=WaitsFor.NOBODY) & ~Q(recorded_for=Party.CLIENT)),
                name="thread_note_is_the_bodies",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["case", "-newest_at"], name="thread_newest"),
            models.Index(
                fields=["case"], condition=Q(waits_for=WaitsFor.TEAM), name="thread_waits_for_team"
            ),
        ]

    @property
    def title(self) -> str:
        return self.topic


class Message(MayComeOnPaper):
    """What somebody wrote in a thread. Once sent it stands: it is answered, never reworded."""

    thread = models.ForeignKey(Thread, on_delete=models.CASCADE, related_name="messages")
    text = models.TextField(_("Message"))

    declared = Declared(
        _("Message"),
        thread=Told(_("Topic of messages")),
        text=Told(_("Message")),
    )

    only_changes: ClassVar[tuple[str, ...]] = ()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(text=""), name="message_says_something"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["thread", "recorded_at"], name="message_in_order"),
        ]

    @property
    def title(self) -> str:
        return self.text


class ReadMark(models.Model):
    """Until which message somebody has read a thread: both sides see that it was read."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    thread = models.ForeignKey(Thread, on_delete=models.CASCADE, related_name="read_marks")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    read_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["thread", "user"], name="read_mark_once_a_reader"),
        ]
