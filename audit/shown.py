"""What one page view showed of each person, packed into three columns of one row of the log.

``palette`` names each kind of information that was shown to the view's reader, a line for each
ground it was shown on, the kinds first: ``case_handling,plan_follow_up 381/2023 15 §``. What
``shown_as`` says of a subject is which of those kinds: the n-th, as they stand in the text, is the
bit ``1 << n``. So a person more on a page costs twenty bytes, however much of them was shown
(``docs/adr/0022-the-sealed-log.md``).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from audit.models import AuditRow, Purpose

MARKS = "as"
"""In a ground's place before what is no category: a purpose of one subject's own, ``PERSON``."""
PERSON = "person"
"""The subject is a person, of whom something was shown before a case; otherwise it is a case."""
_MOST_PAIRS = 31  # bits of a positive int4


@dataclass(frozen=True, slots=True)
class ShownData:
    """One person's information as it was really returned to a reader.

    ``categories`` are those of the rows that were returned, not those that might have been.
    ``case_id`` is None only before a case, when a register fact about a person was shown.
    """

    person_id: UUID
    case_id: UUID | None
    categories: frozenset[str]
    grounds: dict[str, str] = field(default_factory=dict)
    purpose: Purpose | None = None

    @property
    def subject(self) -> UUID:
        """How the log names whom it is about: by the case, or by the person before one."""
        return self.case_id or self.person_id


@dataclass(frozen=True, slots=True)
class Access:
    """What one page view showed of one case, or of one person before a case.

    ``number`` is the row's; one row holds one for each whom the page showed. ``purpose`` is the
    subject's own where it differs from the page's. ``subject`` is None for a search with an
    identity code, which the row names by ``subject_id``.
    """

    number: int
    at: datetime
    kind: str
    actor: str
    actor_body: str
    actor_office_id: UUID | None
    action: str
    purpose: str
    subject: UUID | None
    is_case: bool
    categories: frozenset[str]
    grounds: dict[str, str]
    subject_type: str = ""
    subject_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class MachineCall:
    """One call of a system that reads by itself: when, what it was, of how many, what of them.

    ``refused``: the code of why nothing was given; empty where something was.
    """

    at: datetime
    action: str
    purpose: str
    people: int
    categories: frozenset[str]
    refused: str


@dataclass(frozen=True, slots=True)
class Packed:
    """The three columns of one row."""

    subjects: list[UUID]
    shown_as: list[int]
    palette: str


def pack(shown: Iterable[ShownData], *, purpose: Purpose) -> Iterator[Packed]:
    """Everything one view showed, a subject once, as the columns of one row.

    Of more than one row only where more pairs of ground and category were shown than a number has
    bits: no reader of today comes near it. What several parts of a page showed of the same subject
    is put together, for the purpose of the first; a ground of another's is told before one's own.
    """
    pairs_of: dict[UUID, set[tuple[str, str]]] = {}
    for item in _together(shown):
        pairs = {(item.grounds.get(name, ""), name) for name in item.categories}
        if item.purpose is not None and item.purpose != purpose:
            pairs.add((MARKS, str(item.purpose)))
        if item.case_id is None:
            pairs.add((MARKS, PERSON))
        pairs_of[item.subject] = pairs
    part: dict[UUID, set[tuple[str, str]]] = {}
    used: set[tuple[str, str]] = set()
    for subject, pairs in pairs_of.items():
        if len(used | pairs) > _MOST_PAIRS:
            yield _packed(part)
            part, used = {}, set()
        part[subject] = pairs
        used |= pairs
    if part:
        yield _packed(part)


def accesses_in(row: AuditRow) -> list[Access]:
    """What the view showed, subject by subject, in the order they were shown."""
    return list(_unpack(row))


def access_to(subject: UUID, row: AuditRow) -> Access:
    """What the view showed of one case or person. Raises KeyError where it showed nothing."""
    for access in _unpack(row):
        if access.subject == subject:
            return access
    raise KeyError(subject)


def is_taken_out(action: str) -> bool:
    """Whether what the log calls this left as a file."""
    return action.endswith("_exported") or action == "attachment_opened"


def _unpack(row: AuditRow) -> Iterator[Access]:
    pairs = _pairs(row.palette)
    for subject, bits in zip(row.subjects, row.shown_as, strict=True):
        found = [pair for n, pair in enumerate(pairs) if bits >> n & 1]
        marks = {name for ground, name in found if ground == MARKS}
        purposes = sorted(marks - {PERSON})
        shown = [(ground, name) for ground, name in found if ground != MARKS]
        yield _access(
            row,
            subject=subject,
            is_case=PERSON not in marks,
            purpose=purposes[0] if purposes else row.purpose,
            categories=frozenset(name for _ground, name in shown),
            grounds={name: ground for ground, name in shown if ground},
        )
    if not row.subjects:
        yield _access(
            row,
            subject=None,
            is_case=False,
            purpose=row.purpose,
            categories=frozenset(),
            grounds={},
        )


def _access(
    row: AuditRow,
    *,
    subject: UUID | None,
    is_case: bool,
    purpose: str,
    categories: frozenset[str],
    grounds: dict[str, str],
) -> Access:
    return Access(
        number=row.pk,
        at=row.at,
        kind=row.kind,
        actor=row.actor,
        actor_body=row.actor_body,
        actor_office_id=row.actor_office_id,
        action=row.action,
        purpose=purpose,
        subject=subject,
        is_case=is_case,
        categories=categories,
        grounds=grounds,
        subject_type=row.subject_type,
        subject_id=row.subject_id,
    )


def _together(shown: Iterable[ShownData]) -> Iterable[ShownData]:
    """One item a subject."""
    found: dict[UUID, ShownData] = {}
    for item in shown:
        before = found.get(item.subject)
        if before is None:
            found[item.subject] = item
            continue
        grounds = dict(before.grounds)
        for name, ground in item.grounds.items():
            if grounds.get(name, "own") == "own":
                grounds[name] = ground
        found[item.subject] = ShownData(
            item.person_id,
            item.case_id,
            before.categories | item.categories,
            grounds,
            before.purpose,
        )
    return found.values()


def _packed(part: dict[UUID, set[tuple[str, str]]]) -> Packed:
    names: dict[str, list[str]] = {}
    for ground, name in sorted({pair for pairs in part.values() for pair in pairs}):
        names.setdefault(ground, []).append(name)
    palette = "\n".join(f"{','.join(same)} {ground}" for ground, same in names.items())
    place = {pair: n for n, pair in enumerate(_pairs(palette))}
    return Packed(
        list(part), [sum(1 << place[pair] for pair in pairs) for pairs in part.values()], palette
    )


def _pairs(palette: str) -> list[tuple[str, str]]:
    """Each ground with a kind that was shown on it, as they stand in a palette."""
    return [
        (ground, name)
        for line in palette.splitlines()
        for names, _space, ground in (line.partition(" "),)
        for name in names.split(",")
    ]
