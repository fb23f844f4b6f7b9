"""Reads of the ground table and of the client's grants."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import F, Q

from cases.models import Case
from common.actor import Actor
from common.bodies import Body
from consent.access import GroundRow, Grounds
from consent.models import Basis, Category, Fact, Grant, Ground


def grounds_of(*, body: Body | None, network_id: UUID | None, on: date) -> Grounds:
    """The signed grounds in force for a body on a day; a network's own row before the national."""
    if body is None:
        return Grounds(body=None, rows={})
    rows = (
        Ground.objects.filter(
            Q(network__isnull=True) | Q(network_id=network_id),
            Q(valid_to__isnull=True) | Q(valid_to__gte=on),
            receiving_body=body,
            valid_from__lte=on,
            signed_at__isnull=False,
        )
        .order_by(F("network").asc(nulls_first=True))
        .values_list("category", "basis", "section")
    )
    return Grounds(
        body=body,
        rows={category: GroundRow(Basis(basis), section) for category, basis, section in rows},
    )


def grounds_for(actor: Actor, *, on: date) -> Grounds:
    """The grounds of the actor's own body in the actor's own network on a day."""
    return grounds_of(body=actor.body, network_id=actor.network_id, on=on)


def facts_before_case(*, body: Body | None, network_id: UUID | None, on: date) -> frozenset[Fact]:
    """Which register facts a body may know about people without a case, on a day."""
    grounds = grounds_of(body=body, network_id=network_id, on=on)
    return frozenset(fact for fact in Fact if grounds.for_category(fact.value))


@dataclass(frozen=True, slots=True)
class Seeing:
    """Whether one body sees one category of a case, and why."""

    body: Body
    sees: bool
    ground: GroundRow | None

    @property
    def is_clients_choice(self) -> bool:
        return self.ground is not None and self.ground.basis == Basis.CONSENT


@dataclass(frozen=True, slots=True)
class CategorySeen:
    """One category and what each of the three bodies sees of it."""

    category: Category
    by_body: list[Seeing]


def who_sees(case: Case, *, on: date) -> list[CategorySeen]:
    """For each category, each body: sees or not, on what ground. Four queries."""
    granted = set(
        Grant.objects.filter(case=case, revoked_at__isnull=True).values_list(
            "category", "receiving_body"
        )
    )
    tables = [grounds_of(body=body, network_id=case.network_id, on=on) for body in Body]
    return [
        CategorySeen(category, [_seeing(grounds, category, granted) for grounds in tables])
        for category in Category
    ]


def hidden_categories(
    actor: Actor, case: Case, grounds: Grounds, used: Iterable[str]
) -> list[Category]:
    """Of the categories in ``used``, those the actor's body sees nothing of by any ground."""
    granted = set(
        Grant.objects.filter(
            case=case, revoked_at__isnull=True, receiving_body=actor.body
        ).values_list("category", "receiving_body")
    )
    return [c for c in Category if c in used and not _seeing(grounds, c, granted).sees]


def _seeing(grounds: Grounds, category: Category, granted: set[tuple[str, str]]) -> Seeing:
    assert grounds.body is not None
    ground = grounds.for_category(category.value)
    sees = ground is not None and (
        ground.basis == Basis.STATUTE or (category.value, grounds.body.value) in granted
    )
    return Seeing(body=grounds.body, sees=sees, ground=ground)
