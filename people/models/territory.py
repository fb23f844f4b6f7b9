"""Which municipalities are of which network, from which day on: proposed and decided by two."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from common.ids import new_id
from people.models.organisation import Municipality, Network
from people.models.roles import ProposalState


class TerritoryKind(models.TextChoices):
    JOINS = "joins", _("A municipality joins a network")
    LEAVES = "leaves", _("A municipality leaves a network")
    MERGES = "merges", _("A municipality becomes part of another")
    ENDS = "ends", _("A network ends")


class TerritoryChange(models.Model):
    """From ``since`` on a municipality joins or leaves a network, or merges; or a network ends.

    It opens and closes what the registers say of whoever lives there, so two decide it: the keeper
    proposes, a data-protection officer decides (docs/adr/0034). Joining one network is leaving the
    other on the same day. ``decided_by`` empty where there was nobody yet to be shown to anybody.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    kind = models.CharField(max_length=10, choices=TerritoryKind)
    network = models.ForeignKey(Network, null=True, on_delete=models.PROTECT, related_name="+")
    municipality = models.ForeignKey(
        Municipality, null=True, on_delete=models.PROTECT, related_name="+"
    )
    into = models.ForeignKey(Municipality, null=True, on_delete=models.PROTECT, related_name="+")
    since = models.DateField()
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    proposed_at = models.DateTimeField()
    state = models.CharField(max_length=12, choices=ProposalState, default=ProposalState.WAITING)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    decided_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(
                    kind__in=[TerritoryKind.JOINS, TerritoryKind.LEAVES],
                    network__isnull=False, municipality__isnull=False, into__isnull=True,
                )
                | Q(
                    kind=TerritoryKind.MERGES, network__isnull=True,
                    municipality__isnull=False, into__isnull=False,
                )
                | Q(
                    kind=TerritoryKind.ENDS, network__isnull=False, municipality__isnull=True,
                    into__isnull=True,
                ),
                name="territory_change_says_what",
            ),
            models.CheckConstraint(
                condition=Q(state=ProposalState.WAITING, decided_at__isnull=True)
                | (~Q(state=ProposalState.WAITING) & Q(decided_at__isnull=False)),
                name="territory_change_decided_fits_state",
            ),
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True)
                | ~Q(decided_by=F("proposed_by"))
                | Q(state=ProposalState.WITHDRAWN),
                name="territory_change_second_person",
            ),
            models.UniqueConstraint(
                fields=["municipality"], condition=Q(state=ProposalState.WAITING),
                name="territory_change_one_waits_a_town",
            ),
        ]  # fmt: skip
