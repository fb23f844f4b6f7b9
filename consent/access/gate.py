"""The gate: which rows of client information a reader sees, as part of the query.

The grounds are a value (:class:`Grounds`) handed to the gate, so that a change not yet saved
can be judged the same way as the table in force.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TypeVar
from uuid import UUID

from django.db.models import BooleanField, ExpressionWrapper, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.lookups import Exact

from cases.models import Case
from common.bodies import Receiver
from consent.models import (
    Basis,
    Category,
    Choice,
    ClientInformation,
    ConsentLine,
)

Row = TypeVar("Row", bound=ClientInformation)
ALWAYS, NEVER = Q(pk__isnull=False), Q(pk__isnull=True)


@dataclass(frozen=True, slots=True)
class GroundRow:
    """The ground on which one receiver sees one category: its basis and its section of law."""

    basis: Basis
    section: str


@dataclass(frozen=True, slots=True)
class Target:
    """What one line of a consent is about: a category, or one thing in it."""

    category: str
    document: UUID | None = None


@dataclass(frozen=True, slots=True)
class ConsentChange:
    """A decision of the client before it is written: what, towards whom, about what."""

    choice: Choice
    receiver: Receiver
    targets: frozenset[Target]
    office_id: UUID | None = None
    party_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class ChoicesInCase:
    """The client's choices in one case towards one receiver: as they stand, or would if saved."""

    case_id: UUID
    granted: frozenset[Target]
    denied: frozenset[Target]


@dataclass(frozen=True, slots=True)
class Grounds:
    """What one reader sees, and why: the receiver's grounds in one network on one day.

    ``rows`` is category -> ground. ``person_id`` instead: the client, who sees everything about
    themselves. ``office_id``: also what was opened to that office alone. An outside party is
    the one of ``user_id``, or ``party_id`` before the invitation is taken up. ``choices``
    holds the client's choices in one case: read once for a page, or others, to be tried.
    ``every_no``: who reads stands for every office of its body, so a no to any of them counts.
    ``limited_by``: only as far as that other reader sees too, so that a preview shows nobody more
    than they may see.
    """

    receiver: Receiver | None
    on: date
    rows: Mapping[str, GroundRow] = field(default_factory=dict)
    person_id: UUID | None = None
    office_id: UUID | None = None
    user_id: UUID | None = None
    party_id: UUID | None = None
    choices: ChoicesInCase | None = None
    limited_by: Grounds | None = None
    every_no: bool = False

    def categories(self, basis: Basis) -> list[str]:
        return sorted(c for c, row in self.rows.items() if row.basis == basis)

    def for_category(self, category: str) -> GroundRow | None:
        return self.rows.get(category)

    def lines(self) -> QuerySet[ConsentLine]:
        """The client's choices towards this receiver that stand on the day."""
        lines = ConsentLine.objects.filter(
            Q(valid_to__isnull=True) | Q(valid_to__gte=self.on),
            receiver=self.receiver,
            ended_at__isnull=True,
            valid_from__lte=self.on,
        )
        if self.receiver == Receiver.OUTSIDE:
            to = Q(party_id=self.party_id) if self.party_id else Q(party__user_id=self.user_id)
            return lines.filter(to)
        to_me = Q(office__isnull=True) | Q(office_id=self.office_id)
        return lines.filter(to_me | Q(denied=True)) if self.every_no else lines.filter(to_me)

    def ground_of(self, rows: Iterable[ClientInformation]) -> dict[str, str]:
        """For the log: each category of rows that were seen, with the ground it was seen on.

        A section of law, ``consent``, or ``own`` for what the body recorded itself; nothing for
        the client, who needs no ground.
        """
        if self.person_id is not None:
            return {}
        found: dict[str, str] = {}
        for row in rows:
            ground = self.for_category(row.category)
            if ground is not None and ground.basis == Basis.STATUTE:
                found[row.category] = ground.section
            elif row.recorded_for != self.receiver:
                found[row.category] = Basis.CONSENT.value
            else:
                found.setdefault(row.category, "own")
        return found


def filter_by_grounds(grounds: Grounds, rows: QuerySet[Row]) -> QuerySet[Row]:
    """Of ``rows``, already limited to visible cases, those this reader may see.

    The client sees everything about themselves. A worker sees what their own body recorded,
    what the law gives their body, and what the client has opened to it; an outside party sees
    the last only. Also judges rows of history, which carry the same columns.
    """
    if grounds.limited_by is not None:
        rows = filter_by_grounds(grounds.limited_by, rows)
    if grounds.person_id is not None:
        return rows.filter(case__person_id=grounds.person_id)
    if grounds.receiver is None:
        return rows.none()
    opened = _opened_by_choices(grounds, rows.model)
    if grounds.receiver == Receiver.OUTSIDE:
        return rows.filter(opened)
    by_law = Q(category__in=grounds.categories(Basis.STATUTE))
    return rows.filter(Q(recorded_for=grounds.receiver) | by_law | opened)


def _opened_by_choices(grounds: Grounds, model: type[ClientInformation]) -> Q:
    """What the client has opened to the reader, of the categories that are theirs to open."""
    categories = grounds.categories(Basis.CONSENT)
    document: str = getattr(model, "document_field", "id")
    if not categories:
        return Q(category__in=[])
    if grounds.choices is not None:
        return _chosen(grounds.choices, categories, document)
    about = grounds.lines().filter(
        Q(document__isnull=True) | Q(document=OuterRef(document)),
        case=OuterRef("case"),
        category=OuterRef("category"),
    )
    return Q(category__in=categories) & _is_yes(about)


def _is_yes(about: QuerySet[ConsentLine]) -> Q:
    """Do the client's lines open what they are about? One no is stronger than any yes.

    The strictest line answers; where there is none the answer is no.
    """
    strictest = about.order_by("-denied").values("denied")[:1]
    return Q(Exact(Subquery(strictest), Value(False)))


def _chosen(choices: ChoicesInCase, categories: list[str], document: str) -> Q:
    """The same of one case whose choices were read: whole categories, and single things."""
    whole = {Target(category) for category in categories} - choices.denied
    opened = Q(category__in=sorted(target.category for target in whole & choices.granted))
    for target in sorted(choices.granted - choices.denied, key=str):
        if target.document is not None and Target(target.category) in whole:
            opened |= Q(category=target.category, **{document: target.document})
    for target in sorted(choices.denied, key=str):
        if target.document is not None and Target(target.category) in whole:
            opened &= ~Q(category=target.category, **{document: target.document})
    return Q(case_id=choices.case_id) & opened


def within_case(grounds: Grounds, case_id: UUID) -> Grounds:
    """The same grounds for reading one visible case, the client's choices in it read once.

    Every question after it is answered from them, without looking into the consents again.
    """
    limited_by = within_case(grounds.limited_by, case_id) if grounds.limited_by else None
    if grounds.person_id is not None or grounds.receiver is None or grounds.choices is not None:
        return replace(grounds, limited_by=limited_by)
    lines = set(grounds.lines().filter(case=case_id).values_list("category", "document", "denied"))
    return replace(
        grounds,
        limited_by=limited_by,
        choices=ChoicesInCase(
            case_id=case_id,
            granted=frozenset(Target(c, d) for c, d, denied in lines if not denied),
            denied=frozenset(Target(c, d) for c, d, denied in lines if denied),
        ),
    )


def open_category(grounds: Grounds, category: Category, case: str = "pk") -> Q:
    """Whether a category as a whole is open to this reader in a case, as part of a query.

    For what belongs to a category without being a row of it: the name in a list, the team,
    that a version exists. ``case`` names the column with the case.
    """
    limited_by = open_category(grounds.limited_by, category, case) if grounds.limited_by else ALWAYS
    if grounds.person_id is not None:
        return limited_by
    ground = grounds.for_category(category.value)
    if grounds.receiver is None or ground is None or limited_by == NEVER:
        return NEVER
    if ground.basis == Basis.STATUTE:
        return limited_by
    if grounds.choices is not None:
        target = Target(category.value)
        if target not in grounds.choices.granted or target in grounds.choices.denied:
            return NEVER
        in_case = Q(**{case: grounds.choices.case_id})
        return in_case if limited_by in (ALWAYS, in_case) else limited_by & in_case
    about = grounds.lines().filter(
        document__isnull=True, category=category.value, case=OuterRef(case)
    )
    return limited_by & _is_yes(about)


def open_in(grounds: Grounds, category: Category, cases: Iterable[UUID]) -> set[UUID]:
    """Of some visible cases, those in which a category as a whole is open to this reader.

    No query where the law opens it everywhere, as it does for most, nor where the client's
    choices in the case are known.
    """
    ids = set(cases)
    opens = open_category(grounds, category)
    if opens == ALWAYS:
        return ids
    if opens == NEVER:
        return set()
    if grounds.choices is not None and opens == Q(pk=grounds.choices.case_id):
        return ids & {grounds.choices.case_id}
    return set(Case.objects.filter(opens, pk__in=ids).values_list("pk", flat=True))


def categories_open_in(grounds: Grounds, case_id: UUID) -> set[Category]:
    """The categories that are open as a whole to this reader in a visible case.

    One query, or none where the client's choices in the case are known.
    """
    asked = {category: open_category(grounds, category) for category in Category}
    known = (ALWAYS, Q(pk=grounds.choices.case_id if grounds.choices else None))
    undecided = {c.value: q for c, q in asked.items() if q not in (*known, NEVER)}
    opened = {category for category, opens in asked.items() if opens in known}
    if undecided:
        row = (
            Case.objects.filter(pk=case_id)
            .annotate(**{f"opens_{name}": _truth(q) for name, q in undecided.items()})
            .values(*(f"opens_{name}" for name in undecided))
            .get()
        )
        opened |= {Category(name) for name in undecided if row[f"opens_{name}"]}
    return opened


def _truth(condition: Q) -> ExpressionWrapper[Q]:
    return ExpressionWrapper(condition, output_field=BooleanField())
