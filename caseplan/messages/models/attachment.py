"""A file sent with a message."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from caseplan.messages.models.thread import Message
from consent.models import ClientInformation
from records.fields import Declared, LeftOut, Told


class Attachment(ClientInformation):
    """A file as it was sent, with what its content showed it to be.

    It stands in the database: it is saved, kept, backed up and erased with its message, at once.
    """

    message = models.ForeignKey(Message, on_delete=models.CASCADE, related_name="attachments")
    name = models.CharField(max_length=200)
    content_type = models.CharField(max_length=100)
    size = models.PositiveIntegerField()
    content = models.BinaryField()

    declared = Declared(
        _("File sent with a message"),
        message=Told(_("Message")),
        name=Told(_("Name")),
        content_type=Told(_("Type")),
        size=Told(_("Bytes")),
        content=LeftOut("the file itself, which is opened from its message"),
    )

    only_changes: ClassVar[tuple[str, ...]] = ()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(size__gte=1), name="attachment_is_not_empty"),
        ]

    @property
    def title(self) -> str:
        return self.name
