"""Numbered versions of a plan: what they said, what changed, who has answered what."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from difflib import SequenceMatcher
from uuid import UUID

from django.db.models import QuerySet
from django.utils.functional import Promise

from audit.models import Purpose
from caseplan.plan.access import get_version, versions_visible_to
from caseplan.plan.models import (
    Answer,
    PaperState,
    PlanVersion,
    Reply,
    SignedPaper,
    VersionItem,
)
from caseplan.plan.selectors.frozen import Frozen, FrozenGoal, frozen_fields, users_in
from caseplan.plan.selectors.papers import clients_no
from cases.access import get_case
from cases.models import Case
from common.actor import Actor
from common.bodies import Party
from consent.access import Grounds
from people.selectors import names_of
from records.access import visible_to
from records.selectors import Reading, reading_of


@dataclass(frozen=True, slots=True)
class PartyAnswer:
    """Where one party stands on a version: an answer, or None while it has not answered."""

    party: Party
    answer: Answer | None

    @property
    def accepted(self) -> bool:
        return self.answer is not None and self.answer.reply == Reply.ACCEPTED

    @property
    def disagrees(self) -> bool:
        return self.answer is not None and self.answer.reply == Reply.DISAGREES


@dataclass(frozen=True, slots=True)
class VersionStanding:
    """A version's header with where each of its parties stands."""

    version: PlanVersion
    answers: list[PartyAnswer]

    @property
    def waiting_for(self) -> list[Party]:
        return [row.party for row in self.answers if row.answer is None]

    @property
    def disagreements(self) -> list[PartyAnswer]:
        return [row for row in self.answers if row.disagrees]

    def answer_of(self, party: Party | None) -> PartyAnswer | None:
        return next((row for row in self.answers if row.party == party), None)


@dataclass(frozen=True, slots=True)
class TextPart:
    """Some words of a changed text: "same", "added" or "removed"."""

    how: str
    text: str


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field of an item: what it is called, and what changed word by word."""

    label: Promise | str
    pieces: list[TextPart]


@dataclass(frozen=True, slots=True)
class ItemChange:
    """How one item of a version differs from the version before it.

    ``fields`` only for what is in both versions.
    """

    item: VersionItem
    how: str  # "added", "changed" or "removed"
    fields: list[FieldChange]


@dataclass(frozen=True, slots=True)
class VersionPage:
    """One frozen version as this reader may see it, and what changed since the one in force."""

    standing: VersionStanding
    items: list[VersionItem]
    changes: list[ItemChange]
    compared_with: PlanVersion | None
    newest: PlanVersion | None
    owners: dict[UUID, str]
    clients_no: datetime | None = None
    paper: SignedPaper | None = None

    @property
    def version(self) -> PlanVersion:
        return self.standing.version

    @property
    def goals(self) -> list[FrozenGoal]:
        """The goals with their actions, as they stood."""
        return [
            FrozenGoal(
                self._frozen(item),
                [a for a in self._of_kind(VersionItem.Kind.ACTION) if a.goal_id == item.source_id],
            )
            for item in self.items
            if item.kind == VersionItem.Kind.GOAL
        ]

    @property
    def loose_actions(self) -> list[Frozen]:
        """The actions whose goal this reader does not see."""
        goals = {item.source_id for item in self.items if item.kind == VersionItem.Kind.GOAL}
        return [a for a in self._of_kind(VersionItem.Kind.ACTION) if a.goal_id not in goals]

    @property
    def services(self) -> list[Frozen]:
        return self._of_kind(VersionItem.Kind.SERVICE)

    @property
    def wholes(self) -> list[Frozen]:
        """The plan as a whole, where this reader sees it."""
        return self._of_kind(VersionItem.Kind.PLAN)

    def _of_kind(self, kind: str) -> list[Frozen]:
        return [self._frozen(item) for item in self.items if item.kind == kind]

    def _frozen(self, item: VersionItem) -> Frozen:
        return Frozen(item.title, item.goal_id, frozen_fields(item, self.owners), item.with_client)


def word_by_word(before: str, after: str) -> list[TextPart]:
    """How one text became another, as pieces of whole words in the order they are read."""
    old, new = before.split(), after.split()
    pieces: list[TextPart] = []
    for how, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if how == "equal":
            pieces.append(TextPart("same", " ".join(old[a:b])))
            continue
        if a < b:
            pieces.append(TextPart("removed", " ".join(old[a:b])))
        if c < d:
            pieces.append(TextPart("added", " ".join(new[c:d])))
    return pieces


def open_version(
    actor: Actor,
    version_id: UUID,
    *,
    now: datetime,
    purpose: Purpose = Purpose.MAKE_PLAN,
    grounds: Grounds | None = None,
    exported: bool = False,
) -> VersionPage:
    """One version with its content through the gate. Raises ``NotVisible``.

    ``grounds``: others than the actor's own, to see the version through them (a preview).
    ``exported``: it is taken out as a file, which the log says.
    """
    reading = reading_of(actor, now=now, grounds=grounds)
    version = get_version(actor, version_id, now=now, grounds=reading.grounds)
    earlier = (
        PlanVersion.objects.filter(
            case=version.case, in_force_at__isnull=False, number__lt=version.number
        )
        .order_by("-number")
        .first()
    )
    both = [v.pk for v in (version, earlier) if v]
    items = list(
        visible_to(actor, VersionItem, now=now, grounds=reading.grounds)
        .filter(version__in=both)
        .order_by("position", "pk")
    )
    new = [item for item in items if item.version_id == version.pk]
    old = [item for item in items if item.version_id != version.pk]
    owners = names_of({user_id for item in items for user_id in users_in(item)})
    versions = versions_visible_to(actor, now=now, grounds=reading.grounds)
    (standing,) = _with_answers(reading, versions.filter(pk=version.pk))
    action = "version_exported" if exported else "version_opened"
    reading.log_and_hide_names(action, purpose, [(standing.version.case, items)])
    return VersionPage(
        standing=standing,
        items=new,
        changes=_changes(old, new, owners) if earlier else [],
        compared_with=earlier,
        newest=None if standing.version.is_open_proposal else _open_proposal(reading, version.case),
        owners=owners,
        clients_no=clients_no(version) if version.is_open_proposal else None,
        paper=version.papers.filter(state=PaperState.WAITING).select_related("written_by").first(),
    )


def open_versions(
    actor: Actor, case_id: UUID, *, now: datetime
) -> tuple[Case, list[VersionStanding]]:
    """A visible case and all versions of its plan, the newest first. Raises ``NotVisible``."""
    case = get_case(actor, case_id, now=now)
    reading = reading_of(actor, now=now)
    found = versions_visible_to(actor, now=now, grounds=reading.grounds).filter(case=case)
    shown = _with_answers(reading, found)
    answers = [row.answer for one in shown for row in one.answers if row.answer]
    reading.log_and_hide_names("versions_listed", Purpose.MAKE_PLAN, [(case, answers)])
    return case, shown


def _with_answers(reading: Reading, versions: QuerySet[PlanVersion]) -> list[VersionStanding]:
    """Versions, the newest first, with those answers to them that the reader may see."""
    found = list(versions.select_related("case", "case__person").order_by("-number"))
    answers = (
        visible_to(reading.actor, Answer, now=reading.now, grounds=reading.grounds)
        .filter(version__in=found)
        .select_related("recorded_by")
        .order_by("recorded_at", "pk")
    )
    return standings(found, answers)


def standings(versions: Iterable[PlanVersion], answers: Iterable[Answer]) -> list[VersionStanding]:
    """Where each of the parties stands on each version, by the answers read in their order."""
    by_key = {
        (a.version_id, a.party): a
        for a in sorted(answers, key=lambda a: (a.recorded_at, a.after_paper_id is not None))
    }
    return [
        VersionStanding(v, [PartyAnswer(Party(p), by_key.get((v.pk, p))) for p in v.parties])
        for v in versions
    ]


def _open_proposal(reading: Reading, case: Case) -> PlanVersion | None:
    versions = versions_visible_to(reading.actor, now=reading.now, grounds=reading.grounds)
    open_one = versions.filter(case=case, in_force_at=None, set_aside_at=None)
    return open_one.order_by("-number").first()


def _changes(
    old: list[VersionItem], new: list[VersionItem], owners: dict[UUID, str]
) -> list[ItemChange]:
    before = {(item.kind, item.source_id): item for item in old}
    after = {(item.kind, item.source_id) for item in new}
    changes = []
    for item in new:
        was = before.get((item.kind, item.source_id))
        if was is None:
            changes.append(ItemChange(item, "added", []))
        elif fields := _fields(was, item, owners):
            changes.append(ItemChange(item, "changed", fields))
    gone = [item for key, item in before.items() if key not in after]
    return [*changes, *(ItemChange(item, "removed", []) for item in gone)]


def _fields(was: VersionItem, item: VersionItem, owners: dict[UUID, str]) -> list[FieldChange]:
    """What the two kept differently. What only one of them keeps at all is no change."""
    before = {field.column: field for field in frozen_fields(was, owners)}
    return [
        FieldChange(field.label, word_by_word(before[field.column].said, field.said))
        for field in frozen_fields(item, owners)
        if field.column in before and before[field.column].kept != field.kept
    ]
