"""Numbered versions of a plan: what they said, what changed, who has answered what."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from difflib import SequenceMatcher
from uuid import UUID

from django.db.models import QuerySet

from audit.models import Purpose
from caseplan.access import get_version, versions_visible_to, visible_to
from caseplan.models import Answer, PlanVersion, Reply, VersionItem
from caseplan.selectors.logged import Reading, reading_of
from cases.models import Case
from common.actor import Actor
from common.bodies import Party
from consent.access import Grounds
from people.models import User


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
class Piece:
    """Some words of a changed text: "same", "added" or "removed"."""

    how: str
    words: str


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field of an item: what it is called, and what changed word by word."""

    name: str
    pieces: list[Piece]


@dataclass(frozen=True, slots=True)
class ItemChange:
    """How one item of a version differs from the version before it."""

    item: VersionItem
    how: str  # "added", "changed" or "removed"
    before: VersionItem | None = None

    @property
    def fields(self) -> list[FieldChange]:
        """Field by field what changed, word by word; only for what is in both versions."""
        if self.before is None:
            return []
        was, now = self.before.content, self.item.content
        return [
            FieldChange(name, word_by_word(str(was.get(name) or ""), str(now.get(name) or "")))
            for name in now
            if was.get(name) != now.get(name)
        ]


@dataclass(frozen=True, slots=True)
class VersionPage:
    """One frozen version as this reader may see it, and what changed since the one in force."""

    standing: VersionStanding
    items: list[VersionItem]
    changes: list[ItemChange]
    compared_with: PlanVersion | None
    owners: dict[str, str]

    @property
    def version(self) -> PlanVersion:
        return self.standing.version

    @property
    def other_actions(self) -> list[VersionItem]:
        """The actions whose goal this reader does not see."""
        goals = {item.source_id for item in self.items if item.kind == VersionItem.Kind.GOAL}
        return [
            item
            for item in self.items
            if item.kind == VersionItem.Kind.ACTION and item.goal_id not in goals
        ]


def word_by_word(before: str, after: str) -> list[Piece]:
    """How one text became another, as pieces of whole words in the order they are read."""
    old, new = before.split(), after.split()
    pieces: list[Piece] = []
    for how, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if how == "equal":
            pieces.append(Piece("same", " ".join(old[a:b])))
            continue
        if a < b:
            pieces.append(Piece("removed", " ".join(old[a:b])))
        if c < d:
            pieces.append(Piece("added", " ".join(new[c:d])))
    return pieces


def open_version(
    actor: Actor,
    version_id: UUID,
    *,
    now: datetime,
    purpose: Purpose = Purpose.MAKE_PLAN,
    grounds: Grounds | None = None,
) -> VersionPage:
    """One version with its content through the gate. Raises ``NotVisible``.

    ``grounds``: others than the actor's own, to see the version through them (a preview).
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
        .order_by("position")
    )
    new = [item for item in items if item.version_id == version.pk]
    old = [item for item in items if item.version_id != version.pk]
    ids = {str(i.content["owner_id"]) for i in items if i.content.get("owner_id")}
    owners = {str(u.pk): u.full_name for u in User.objects.filter(pk__in=ids)}
    versions = versions_visible_to(actor, now=now, grounds=reading.grounds)
    (standing,) = standings(reading, versions.filter(pk=version.pk))
    reading.shows("version_opened", purpose, [(standing.version.case, items)])
    return VersionPage(
        standing=standing,
        items=new,
        changes=_changes(old, new) if earlier else [],
        compared_with=earlier,
        owners=owners,
    )


def versions_of(actor: Actor, case: Case, *, now: datetime) -> list[VersionStanding]:
    """All versions of a visible case, the newest first, with where each party stands."""
    reading = reading_of(actor, now=now)
    versions = versions_visible_to(actor, now=now, grounds=reading.grounds)
    return standings(reading, versions.filter(case=case))


def standings(reading: Reading, versions: QuerySet[PlanVersion]) -> list[VersionStanding]:
    """Versions, the newest first, with those answers to them that the reader may see."""
    found = list(versions.select_related("case", "case__person").order_by("-number"))
    answers = (
        visible_to(reading.actor, Answer, now=reading.now, grounds=reading.grounds)
        .filter(version__in=found)
        .select_related("recorded_by")
        .order_by("recorded_at")
    )
    by_key = {(a.version_id, a.party): a for a in answers}
    return [
        VersionStanding(v, [PartyAnswer(Party(p), by_key.get((v.pk, p))) for p in v.parties])
        for v in found
    ]


def _changes(old: list[VersionItem], new: list[VersionItem]) -> list[ItemChange]:
    before = {(item.kind, item.source_id): item for item in old}
    after = {(item.kind, item.source_id) for item in new}
    changes = []
    for item in new:
        was = before.get((item.kind, item.source_id))
        if was is None:
            changes.append(ItemChange(item, "added"))
        elif was.content != item.content:
            changes.append(ItemChange(item, "changed", was))
    gone = [item for key, item in before.items() if key not in after]
    return [*changes, *(ItemChange(item, "removed") for item in gone)]
