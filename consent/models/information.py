"""What every row of client information carries."""

from __future__ import annotations

from typing import ClassVar
from uuid import UUID

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from cases.models import Case
from common.bodies import Party
from common.ids import new_id
from common.spoken_for import Speaking, SpokenFor
from consent.models.category import Category


class ClientInformation(models.Model):
    """What every row of client information carries, so that the gate can judge it in SQL.

    Whoever recorded a row answers for it (Act 1369/2014 s. 9 last para.) and keeps seeing it.
    ``document_field`` names the column by which a client shares one such thing alone. A row made
    from another carries what the other is judged by, its recorder, category and document, so that
    whoever sees the one sees the other.
    """

    document_field: ClassVar[str] = "id"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="%(class)ss")
    category = models.CharField(
        _("What it concerns"),
        max_length=30,
        choices=Category,
        default=Category.PLAN_FOLLOW_UP,
    )
    recorded_for = models.CharField(max_length=20, choices=Party)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    recorded_at = models.DateTimeField()
    with_client = models.BooleanField(
        _("Written with the client present"), default=False, db_default=False
    )

    class Meta:
        abstract = True

    @property
    def document(self) -> UUID:
        """By what the client shares this thing alone, or keeps it back: itself, or its source."""
        shared_by: UUID = getattr(self, self.document_field)
        return shared_by

    @property
    def spoken_for(self) -> SpokenFor | None:
        """The worker who wrote it with the client beside them, if one did."""
        return SpokenFor(self.recorded_by.full_name, Speaking.BESIDE) if self.with_client else None

    @property
    def title(self) -> str:
        """The thing in a few words, for a list of different things."""
        raise NotImplementedError
