"""How much the bodies were in touch with clients in a month; only suppressed figures leave.

A director sees how a body and an office work, never how anybody in it does: a figure that so few
stand behind that one of them could work out another's is told by the body alone, or not at all.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from uuid import UUID

from django.db.models import Count, F, Q
from django.utils.translation import gettext as _

from caseplan.contacts.models import ContactEntry, ContactKind
from common.actor import Actor, ActorKind
from common.bodies import Body
from common.clock import HELSINKI, day_of
from common.dates import add_months
from common.decision import NotVisible
from evaluation.suppression import suppressed
from people.models import Office, Position

FEWEST_WORKERS = 3
"""Behind each figure: of two, each would know the other's."""

MONTHS = 12
_NO_ANSWER = "no_answer"
_COLUMNS = (
    ContactKind.CALL.value, ContactKind.VISIT.value, _NO_ANSWER, ContactKind.LETTER.value,
    ContactKind.MESSAGE.value,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class ContactRow:
    """A body, or an office of it, and how often it was in touch in each way; None: withheld."""

    name: str
    is_body: bool
    cells: list[int | None]


@dataclass(frozen=True, slots=True)
class ContactCounts:
    """The contacts of one whole month, and the months one can ask about, the newest first."""

    month: date
    months: list[date]
    ways: list[str]
    rows: list[ContactRow]


@dataclass(frozen=True, slots=True)
class _Group:
    """Some offices of one body whose figure is one: who worked there, what they recorded."""

    name: str
    workers: frozenset[UUID]
    counts: Counter[str]


def contact_counts(actor: Actor, month: date | None, *, now: datetime) -> ContactCounts:
    """The contacts that happened in a month, by body and office; the last whole month unless told.

    A month that is not over, or is more than a year back, is not told: what grows from day to day
    could be subtracted. Each cell is of those who recorded it and of the office they worked in
    that month. Raises ``NotVisible`` for anybody but a director.
    """
    if actor.kind is not ActorKind.DIRECTOR:
        raise NotVisible
    this = day_of(now).replace(day=1)
    months = [add_months(this, -back) for back in range(1, MONTHS + 1)]
    asked = month if month in months else months[0]
    begins, ends = _moment(asked), _moment(add_months(asked, 1))
    recorded = _recorded(actor.working_network_id, begins, ends)
    offices = _offices(actor.working_network_id, begins, ends)
    return ContactCounts(
        month=asked,
        months=months,
        ways=[_("Calls"), _("Visits"), _("No answer"), _("Letters"), _("Messages elsewhere")],
        rows=[row for body in Body for row in _rows(body, offices, recorded[body.value])],
    )


def _moment(on: date) -> datetime:
    return datetime.combine(on, time(), tzinfo=HELSINKI)


def _recorded(
    network_id: UUID | None, begins: datetime, ends: datetime
) -> Mapping[str, dict[UUID, Counter[str]]]:
    """By body and by who recorded them, how many of each way. It never leaves this module."""
    found: Mapping[str, dict[UUID, Counter[str]]] = defaultdict(lambda: defaultdict(Counter))
    entries = ContactEntry.objects.filter(
        case__network=network_id, happened_at__gte=begins, happened_at__lt=ends
    )
    counted = entries.values_list("recorded_for", "recorded_by", "kind", "answered").annotate(
        number=Count("pk")
    )
    for body, worker, kind, answered, number in counted.order_by():
        tried = not answered and kind in (ContactKind.CALL, ContactKind.VISIT)
        found[body][worker][_NO_ANSWER if tried else kind] += number
    return found


def _offices(
    network_id: UUID | None, begins: datetime, ends: datetime
) -> dict[str, dict[Office, set[UUID]]]:
    """By body, the offices with who worked there in the month."""
    worked = Position.objects.filter(
        Q(until__isnull=True) | Q(until__gt=begins),
        network=network_id, office__isnull=False, since__lt=ends,
    )  # fmt: skip
    found: dict[str, dict[Office, set[UUID]]] = defaultdict(lambda: defaultdict(set))
    for position in worked.select_related("office").order_by(F("office__name"), "since"):
        if position.office is not None:
            found[position.office.body][position.office].add(position.user_id)
    return found


def _rows(
    body: Body,
    offices: Mapping[str, dict[Office, set[UUID]]],
    recorded: Mapping[UUID, Counter[str]],
) -> Iterable[ContactRow]:
    """The body's row, then its offices', where each has enough who stand behind it."""
    groups = _groups(offices.get(body.value, {}), recorded)
    everybody = frozenset[UUID]().union(*(group.workers for group in groups))
    if len(everybody) < FEWEST_WORKERS:
        return [ContactRow(str(body.label), True, [None] * len(_COLUMNS))]
    if any(len(group.workers) < FEWEST_WORKERS for group in groups):
        counts = sum((group.counts for group in groups), Counter[str]())
        groups = [_Group("", everybody, counts)]
    columns = [suppressed([group.counts[way] for group in groups]) for way in _COLUMNS]
    *parts, total = [list(row) for row in zip(*columns, strict=True)]
    told = [ContactRow(str(body.label), True, total)]
    if len(groups) > 1:
        told += [
            ContactRow(group.name, False, cells) for group, cells in zip(groups, parts, strict=True)
        ]
    return told


def _groups(
    offices: Mapping[Office, set[UUID]], recorded: Mapping[UUID, Counter[str]]
) -> list[_Group]:
    """The offices with enough workers, each by itself; all else of the body as one.

    What somebody recorded is of the office they worked in first that month: of one office alone,
    so that the body's figure is the sum of its offices'.
    """
    at: dict[UUID, Office] = {}
    for office, workers in offices.items():
        for worker in workers:
            at.setdefault(worker, office)
    alone, small = [], set(recorded) - set(at)
    for office in offices:
        workers = {worker for worker, his in at.items() if his == office}
        if len(workers) < FEWEST_WORKERS:
            small |= workers
        else:
            alone.append(_group(office.name, workers, recorded))
    return [*alone, _group(_("Other offices"), small, recorded)] if small else alone


def _group(name: str, workers: Iterable[UUID], recorded: Mapping[UUID, Counter[str]]) -> _Group:
    members = frozenset(workers)
    counts = sum((recorded[who] for who in members if who in recorded), Counter[str]())
    return _Group(name, members, counts)
