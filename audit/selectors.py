"""Reads of the log."""

from uuid import UUID

from django.db.models import QuerySet

from audit.models import AuditRow, Kind
from common.actor import Actor


def accesses_of_case(case_id: UUID, *, but_not_by: Actor) -> QuerySet[AuditRow]:
    """Who looked at a case, newest first, without the one who asks."""
    return (
        AuditRow.objects.filter(case_id=case_id, kind=Kind.ACCESS)
        .exclude(actor=but_not_by.label)
        .order_by("-at", "-seq")
    )
