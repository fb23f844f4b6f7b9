"""Which rows of client information exist for this actor, and one of them to read or to write.

Two questions meet here: the case must exist for the actor (``cases``), and the row's category
must be open to the actor's body (``consent``). Lists and single rows use the same queryset.
"""

from __future__ import annotations

from datetime import datetime
from typing import TypeVar
from uuid import UUID

from django.db.models import QuerySet

from cases.access import visible_to as cases_visible_to
from common.actor import Actor
from common.clock import day_of
from common.decision import NotVisible
from consent.access import Grounds, filter_by_grounds
from consent.models import ClientInformation
from consent.selectors import grounds_for

Row = TypeVar("Row", bound=ClientInformation)


def visible_to(
    actor: Actor,
    model: type[Row],
    *,
    now: datetime,
    grounds: Grounds | None = None,
) -> QuerySet[Row]:
    """The rows of one kind of client information that exist for this actor.

    ``grounds`` may be given where they were read already, or where others are to be tried.
    """
    rows = model._default_manager.filter(case__in=cases_visible_to(actor, now=now))
    return filter_by_grounds(grounds or grounds_for(actor, on=day_of(now)), rows)


def rows_of_case(grounds: Grounds, case_id: UUID, model: type[Row]) -> QuerySet[Row]:
    """The same, of one case that was found visible in the same transaction (``get_case``).

    Whether the case is visible is not asked again with every kind of row.
    """
    return filter_by_grounds(grounds, model._default_manager.filter(case=case_id))


def get_row(
    actor: Actor, model: type[Row], row_id: UUID, *, now: datetime, lock: bool = False
) -> Row:
    """One visible row with its case. Raises :class:`NotVisible` otherwise.

    ``lock``: until the transaction ends, so that the second of two writers waits and then reads
    what the first has written.
    """
    rows = visible_to(actor, model, now=now).select_related("case", "case__person")
    row = (rows.select_for_update(of=("self",)) if lock else rows).filter(pk=row_id).first()
    if row is None:
        raise NotVisible
    return row
