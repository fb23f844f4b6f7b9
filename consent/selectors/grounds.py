"""The ground table: what is in force for whom, the whole of it, and what has changed in it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from cases.models import Case
from common.actor import Actor
from common.bodies import Body, Receiver
from common.clock import day_of
from common.decision import NotVisible
from common.transactions import cached_for_transaction
from common.validity import valid_at
from consent.access import GroundRow, Grounds, can_edit_grounds, can_sign_ground, open_in
from consent.models import (
    Basis,
    Category,
    Fact,
    Ground,
    GroundDecision,
    GroundSuspension,
)
from consent.national import NationalRow, national_rows
from people.models import Position, Role
from people.selectors import anonymised_person, tell_apart
from statutes.reader import law_on


def grounds_of(
    *,
    receiver: Receiver | Body | None,
    network_id: UUID | None,
    on: date,
    office_id: UUID | None = None,
    user_id: UUID | None = None,
    party_id: UUID | None = None,
) -> Grounds:
    """The signed grounds in force for a receiver on a day; a network's own row comes first.

    For an outside party, whose cases may lie in several networks, there are national rows only.
    """
    if receiver is None:
        return Grounds(receiver=None, on=on)
    return Grounds(
        receiver=Receiver(receiver.value),
        on=on,
        rows=cached_for_transaction(
            ("grounds", receiver.value, network_id, on),
            lambda: _in_force(receiver.value, network_id, on),
        ),
        office_id=office_id,
        user_id=user_id,
        party_id=party_id,
    )


def _in_force(receiver: str, network_id: UUID | None, on: date) -> dict[str, GroundRow]:
    """The national rows and, over them, those of the network, if any.

    A suspended row opens nothing; a network's own one keeps the one for the whole country out.
    """
    rows = (
        Ground.objects.filter(
            Q(network__isnull=True) | Q(network_id=network_id),
            Q(valid_to__isnull=True) | Q(valid_to__gte=on),
            receiver=receiver,
            valid_from__lte=on,
            signed_at__isnull=False,
        )
        .annotate(suspended=Exists(suspensions_on(on).filter(ground=OuterRef("pk"))))
        .order_by(F("network").asc(nulls_first=True), "pk")
    )
    found = {
        category: None if suspended else GroundRow(Basis(basis), section)
        for category, basis, section, suspended in rows.values_list(
            "category", "basis", "section", "suspended"
        )
    }
    return {category: row for category, row in found.items() if row is not None}


def suspensions_on(on: date) -> QuerySet[GroundSuspension]:
    """The suspensions that stand on a day."""
    return GroundSuspension.objects.filter(
        Q(lifted_on__isnull=True) | Q(lifted_on__gt=on), since__lte=on
    )


def grounds_for(actor: Actor, *, on: date) -> Grounds:
    """The grounds on which this actor sees client information on a day, in their own network."""
    if actor.is_client:
        return Grounds(receiver=None, on=on, person_id=actor.person_id)
    grounds = grounds_of(
        receiver=actor.receiver,
        network_id=actor.network_id,
        on=on,
        office_id=actor.office_id,
        user_id=actor.user_id,
    )
    return replace(grounds, every_no=True) if actor.is_machine else grounds


def facts_known_before_case(
    *, body: Body | None, network_id: UUID | None, on: date
) -> frozenset[Fact]:
    """Which register facts a body may know about people without a case, on a day."""
    grounds = grounds_of(receiver=body, network_id=network_id, on=on)
    return frozenset(fact for fact in Fact if grounds.for_category(fact.value))


def hide_names(grounds: Grounds, cases: Iterable[Case]) -> None:
    """Put an unnamed person in the place of those whose name is not open to this reader.

    For every selector that hands cases out: what a page was never given it cannot show. Who is
    named, and shares name and year with another in the same list, is marked for the day. No
    query where the law opens names to the reader's body, one otherwise.
    """
    found = list(cases)
    named = open_in(grounds, Category.IDENTITY_CONTACT, (case.pk for case in found))
    for case in found:
        if case.pk not in named:
            case.person = anonymised_person(case.person)
    tell_apart(case.person for case in found if "person" in case._state.fields_cache)


@dataclass(frozen=True, slots=True)
class GroundFilter:
    """What the table is narrowed to; empty narrows nothing."""

    receiver: str = ""
    category: str = ""
    basis: str = ""
    state: str = ""  # "in_force", "suspended", "to_come", "ended" or "draft"


def ground_table(chosen: GroundFilter, *, on: date) -> list[Ground]:
    """The rows of the table, by category, receiver and first day, drafts included.

    The table holds no client information: it is anybody's to read.
    """
    rows = Ground.objects.select_related("network").prefetch_related(
        "suspensions", "decisions__begun_by"
    )
    if chosen.receiver:
        rows = rows.filter(receiver=chosen.receiver)
    if chosen.category:
        rows = rows.filter(category=chosen.category)
    if chosen.basis:
        rows = rows.filter(basis=chosen.basis)
    order = {name: at for at, name in enumerate([*Category.values, *Fact.values])}
    who = {name: at for at, name in enumerate(Receiver.values)}
    found = [row for row in rows if chosen.state in ("", row.state_on(on))]
    return sorted(
        found,
        key=lambda row: (order[row.category], who[row.receiver], row.valid_from, str(row.pk)),
    )


@dataclass(frozen=True, slots=True)
class GroundsInForce:
    """What holds for one receiver: the row for the whole country, and networks' own rows."""

    everywhere: Ground | None
    own: tuple[Ground, ...]


@dataclass(frozen=True, slots=True)
class GroundsInForceRow:
    """One category, or fact before a case, and what holds for each receiver, in their order."""

    category: Category | Fact
    by_receiver: tuple[tuple[Receiver, GroundsInForce], ...]


def list_grounds_in_force(*, on: date) -> list[GroundsInForceRow]:
    """The table as it holds on a day: every category and fact, towards every receiver."""
    rows = _signed_on(on)
    return [
        GroundsInForceRow(
            category,
            tuple(
                (
                    receiver,
                    _held([r for r in rows if (r.category, r.receiver) == (category, receiver)]),
                )
                for receiver in Receiver
                # What is known before a case never goes to somebody outside; the home
                # municipality is told nothing else.
                if receiver
                != (Receiver.MUNICIPALITY if isinstance(category, Category) else Receiver.OUTSIDE)
            ),
        )
        for category in [*Category, *Fact]
    ]


def _signed_on(on: date) -> list[Ground]:
    rows = list(
        Ground.objects.filter(
            Q(valid_to__isnull=True) | Q(valid_to__gte=on),
            valid_from__lte=on,
            signed_at__isnull=False,
        )
        .select_related("network")
        .prefetch_related("suspensions")
        .order_by("network__name", "pk")
    )
    for row in rows:
        row.is_suspended = row.suspended_on(on)
    return rows


def _held(rows: list[Ground]) -> GroundsInForce:
    everywhere = next((row for row in rows if row.network_id is None), None)
    return GroundsInForce(everywhere, tuple(row for row in rows if row.network_id is not None))


def offered_rows(*, first_day: date) -> list[NationalRow]:
    """The ready-made table from a day on (inclusive); nothing where the table holds signed rows.

    Whoever has a table changes it row by row: the ready-made one is a beginning.
    """
    if Ground.objects.filter(signed_at__isnull=False).exists():
        return []
    return [row for row in national_rows() if row.holds_from(first_day)]


def drafts_to_sign(actor: Actor, *, on: date) -> list[Ground]:
    """The drafts that can still be signed together on a day, in the order of the table.

    What Kela may tell the home municipality is signed by itself: it is none of the three bodies'.
    """
    rows = ground_table(GroundFilter(state="draft"), on=on)
    return [
        row
        for row in rows
        if row.receiver != Receiver.MUNICIPALITY and can_sign_ground(actor, row, on=on)
    ]


def get_ground(actor: Actor, ground_id: UUID) -> Ground:
    """One row of the table, for whoever may edit it. Raises :class:`NotVisible` otherwise."""
    row = Ground.objects.select_related("network").filter(pk=ground_id).first()
    if row is None or not can_edit_grounds(actor):
        raise NotVisible
    return row


@dataclass(frozen=True, slots=True)
class GroundWaiting:
    """A row that waits for officers: for a second one by ``decision``, or as it is suspended.

    ``due_on``: by which day (inclusive) two have decided on a suspended one.
    """

    ground: Ground
    decision: GroundDecision | None
    due_on: date | None

    def is_late(self, today: date) -> bool:
        """Whether two should have decided by now."""
        return self.due_on is not None and self.due_on < today


def grounds_waiting(actor: Actor, *, on: date) -> list[GroundWaiting]:
    """What waits for a second officer, and what is suspended; the oldest first."""
    if not actor.is_officer:
        return []
    days = law_on(on).figure("ground_suspension_days").value
    begun = GroundDecision.objects.filter(confirmed_at__isnull=True, set_aside_at__isnull=True)
    waits = {
        row.ground_id: row
        for row in begun.select_related("ground__network", "begun_by").order_by("begun_at", "pk")
    }
    suspended = {
        row.ground_id: row
        for row in suspensions_on(on).select_related("ground__network").order_by("since", "pk")
        if row.ground.valid_to is None or row.ground.valid_to >= on
    }
    grounds = {key: waiting.ground for key, waiting in waits.items()}
    grounds |= {key: suspension.ground for key, suspension in suspended.items()}
    return [
        GroundWaiting(
            ground,
            waits.get(key),
            suspended[key].since + timedelta(days=days) if key in suspended else None,
        )
        for key, ground in grounds.items()
    ]


def has_second_officer(*, on: datetime) -> bool:
    """Whether two can sign: there is more than one officer who works now."""
    officers = Position.objects.filter(valid_at(on), role=Role.OFFICER, user__is_active=True)
    return officers.values("user").distinct().count() > 1


def ground_changes(case: Case, *, receiver: Receiver | None) -> QuerySet[Ground]:
    """What took effect in the table since the case was opened and bears on its network.

    By the day it was signed; a row that ended since then says so by ``valid_to``. ``receiver``:
    towards one alone, or None for everybody.
    """
    since: datetime = case.opened_at
    rows = Ground.objects.filter(
        Q(network__isnull=True) | Q(network_id=case.network_id),
        Q(valid_to__isnull=True) | Q(valid_to__gte=day_of(since)),
        Q(valid_to__isnull=False) | Q(signed_at__gte=since),
        signed_at__isnull=False,
        category__in=Category.values,
    ).order_by("-signed_at", "pk")
    return rows.filter(receiver=receiver) if receiver else rows


def suspensions_of(case: Case, *, receiver: Receiver | None) -> list[GroundSuspension]:
    """The suspensions since the case was opened that bear on its network, as above.

    One query where there is none, as for most.
    """
    rows = GroundSuspension.objects.filter(
        Q(ground__network__isnull=True) | Q(ground__network_id=case.network_id),
        Q(lifted_on__isnull=True) | Q(lifted_on__gte=day_of(case.opened_at)),
        ground__category__in=Category.values,
    )
    if receiver:
        rows = rows.filter(ground__receiver=receiver)
    return list(rows.prefetch_related("ground", "lifted_by").order_by("-suspended_at", "pk"))
