"""How far the table of grounds is: what holds, and what two officers have still to sign."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from consent.models import Ground, GroundDecision


@dataclass(frozen=True, slots=True)
class TableProgress:
    """How far the table is: towards whom a ground is in force, and what is not signed by two yet.

    ``begun``: of the drafts, those that one officer has signed. ``next_on``: the first day from
    which signed rows will hold, where none does.
    """

    receivers: frozenset[str]
    drafts: int
    begun: int
    next_on: date | None


def table_progress(*, on: date) -> TableProgress:
    """How far the table of grounds is on a day. Four queries."""
    signed = Ground.objects.filter(signed_at__isnull=False)
    holds = signed.filter(Q(valid_to__isnull=True) | Q(valid_to__gte=on), valid_from__lte=on)
    drafts = Ground.objects.filter(signed_at__isnull=True)
    begun = GroundDecision.objects.filter(
        ground__in=drafts, confirmed_at__isnull=True, set_aside_at__isnull=True
    )
    ahead = signed.filter(valid_from__gt=on).order_by("valid_from")
    return TableProgress(
        frozenset(holds.values_list("receiver", flat=True).distinct()),
        drafts.count(),
        begun.values("ground").distinct().count(),
        ahead.values_list("valid_from", flat=True).first(),
    )
