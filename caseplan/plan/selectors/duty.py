"""Whether something of the plan is a duty of the client today, may become one, or is a choice.

A step or a service is a duty once it stands in a version that is in force: that version the client
has accepted (Act 381/2023 s. 7; for cases begun before 2025, 1369/2014 s. 5). Refusing anything
else has no consequence in law, and no page may make it look as if it had.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from caseplan.plan.models import Action, PlannedService, VersionItem
from cases.models import Case
from common.actor import Actor
from common.bodies import Party
from records.access import rows_of_case
from records.selectors import Reading, reading_of


class Stakes(StrEnum):
    """What is at stake for the client in a thing: a duty, what may become one, or a free choice."""

    DUTY = "duty"
    BECOMES = "becomes"
    CHOICE = "choice"


_SECTIONS = {"1369/2014": 5}
_SECTION = 7
_AGREED = (
    "EXISTS (SELECT FROM plan_versionitem i JOIN plan_planversion v ON v.id = i.version_id"
    " WHERE v.case_id = {{case}} AND i.document_id = {{document}} AND v.replaced_at IS NULL"
    " AND v.set_aside_at IS NULL{more})"
)
STANDING = (
    f"CASE WHEN {_AGREED.format(more=' AND v.in_force_at IS NOT NULL')} THEN '{Stakes.DUTY}'"
    f" WHEN {_AGREED.format(more='')} THEN '{Stakes.BECOMES}' ELSE '{Stakes.CHOICE}' END"
)
"""The same as a column of a statement about a client's own actions."""


@dataclass(frozen=True, slots=True)
class Must:
    """What a thing is to the client today.

    ``standing``: a duty, something that becomes one when the proposed version ``number`` comes
    into force, or a choice. ``act`` and ``section``: where the law says so. ``accepted``: in which
    version the client took it on.
    """

    standing: Stakes
    act: str
    section: int
    number: int | None = None

    @property
    def is_duty(self) -> bool:
        return self.standing is Stakes.DUTY

    @property
    def becomes_duty(self) -> bool:
        return self.standing is Stakes.BECOMES


def section_of_duties(case: Case) -> tuple[str, int]:
    """The act a case goes by and the section of the client's duties in it."""
    act = case.statute.partition(" ")[0]
    return act, _SECTIONS.get(act, _SECTION)


def musts_of(
    reading: Reading, case: Case, things: Iterable[Action | PlannedService]
) -> dict[UUID, Must]:
    """Of each thing of a visible case, what it is to the client today. One question."""
    found = list(things)
    act, section = section_of_duties(case)
    items = rows_of_case(reading.grounds, case.pk, VersionItem).filter(
        document_id__in=[_document(thing) for thing in found],
        version__replaced_at=None,
        version__set_aside_at=None,
    )
    numbers: dict[tuple[UUID, bool], int] = {}
    if case.is_open:
        for document, number, since in items.values_list(
            "document_id", "version__number", "version__in_force_at"
        ):
            numbers[document, since is not None] = number
    musts = {}
    for thing in found:
        agreed = numbers.get((_document(thing), True))
        proposed = numbers.get((_document(thing), False))
        is_theirs = not isinstance(thing, Action) or thing.owner_party == Party.CLIENT
        if is_theirs and agreed is not None:
            musts[thing.pk] = Must(Stakes.DUTY, act, section, agreed)
        elif is_theirs and proposed is not None:
            musts[thing.pk] = Must(Stakes.BECOMES, act, section, proposed)
        else:
            musts[thing.pk] = Must(Stakes.CHOICE, act, section)
    return musts


def must_of(actor: Actor, thing: Action | PlannedService, *, now: datetime) -> Must:
    """Of a thing that its reader has just opened, what it is to the client today."""
    reading = reading_of(actor, now=now).in_case(thing.case)
    return musts_of(reading, thing.case, [thing])[thing.pk]


def _document(thing: Action | PlannedService) -> UUID:
    document: UUID = thing.document_id if isinstance(thing, Action) else thing.pk
    return document
