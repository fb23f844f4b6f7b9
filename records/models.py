"""What rows of client information share: edited again and again, or come on paper."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from common.spoken_for import Speaking, SpokenFor
from consent.models import ClientInformation


class Revised(ClientInformation):
    """``revision`` counts the writings: an edit names the one it was made on."""

    revision = models.PositiveIntegerField(default=1)

    class Meta:
        abstract = True


class MayComeOnPaper(ClientInformation):
    """The client's own words, which a worker may have typed from a paper the client sent.

    ``paper``: where that paper is kept, so that what stands here can be held against it; empty
    where the client wrote it, or had a worker beside them.
    """

    paper = models.CharField(
        _("Where the paper is kept"), max_length=150, blank=True, default="", db_default=""
    )

    class Meta:
        abstract = True

    @property
    def spoken_for(self) -> SpokenFor | None:
        """The worker who typed it, with the client beside them or from the client's paper."""
        if self.paper:
            return SpokenFor(self.recorded_by.full_name, Speaking.TYPED)
        return super().spoken_for
