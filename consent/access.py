"""The gate: which rows of client information a body sees, as part of the query.

The grounds are a value (:class:`Grounds`) handed to the gate, so that a change not yet saved
can be judged the same way as the table in force.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeVar

from django.db.models import Exists, OuterRef, Q, QuerySet

from common.actor import Actor
from common.bodies import Body
from consent.models import Basis, Category, ClientInformation, Grant

Row = TypeVar("Row", bound=ClientInformation)


@dataclass(frozen=True, slots=True)
class GroundRow:
    """The ground on which one body sees one category: its basis and its section of law."""

    basis: Basis
    section: str


@dataclass(frozen=True, slots=True)
class Grounds:
    """The grounds of one body in one network on one day: category -> ground."""

    body: Body | None
    rows: Mapping[str, GroundRow]

    def categories(self, basis: Basis) -> list[str]:
        return sorted(c for c, row in self.rows.items() if row.basis == basis)

    def for_category(self, category: str) -> GroundRow | None:
        return self.rows.get(category)


def seen_through(grounds: Grounds, actor: Actor, rows: QuerySet[Row]) -> QuerySet[Row]:
    """Of ``rows``, already limited to visible cases, those this actor may see.

    The client sees everything about themselves. A worker sees what their own body recorded,
    what the law gives their body, and what the client has granted it.
    """
    if actor.is_client:
        return rows.filter(case__person_id=actor.person_id)
    if not actor.is_worker or actor.body is None:
        return rows.none()
    granted = Grant.objects.filter(
        case=OuterRef("case"),
        category=OuterRef("category"),
        receiving_body=actor.body,
        revoked_at__isnull=True,
    )
    return rows.filter(
        Q(recorded_for=actor.body)
        | Q(category__in=grounds.categories(Basis.STATUTE))
        | Q(category__in=grounds.categories(Basis.CONSENT)) & Exists(granted)
    )


def categories_recordable_by(actor: Actor) -> list[Category]:
    """The categories an actor may record under: the closed list; the client also their own."""
    listed: list[Category] = [c for c in Category if c is not Category.SELF_ASSESSMENT]
    return [*listed, Category.SELF_ASSESSMENT] if actor.is_client else listed
