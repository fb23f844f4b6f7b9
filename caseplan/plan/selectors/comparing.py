"""What changed between two versions of a plan, word by word, and which words it answers."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import SequenceMatcher
from uuid import UUID

from django.utils.functional import Promise

from caseplan.plan.models import Answer, PlanVersion, Reply, VersionItem
from caseplan.plan.selectors.frozen import frozen_fields
from common.actor import Actor
from common.bodies import Party
from records.access import visible_to
from records.selectors import Reading


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

    def is_of(self, party: Party | None) -> bool:
        """Whether it is what this party does."""
        content = self.item.content
        return party is not None and party in (content.get("owner_party"), content.get("body"))


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


def party_of(reading: Reading) -> Party | None:
    """For whom a version is read: the client, or a body, also where it is read as another does."""
    if reading.grounds.person_id is not None:
        return Party.CLIENT
    receiver = reading.grounds.receiver
    return Party(receiver.value) if receiver and receiver.value in Party.values else None


def last_answered(party: Party | None, version: PlanVersion) -> Answer | None:
    """What a party answered to the latest version before this one that it answered at all.

    Whoever never answered any has nothing to compare with: the whole is new to them.
    """
    if party is None:
        return None
    return (
        Answer.objects.filter(
            version__case=version.case_id, version__number__lt=version.number, party=party
        )
        .select_related("version")
        .order_by("-version__number", "-recorded_at", "-pk")
        .first()
    )


def objections_before(
    actor: Actor, version: PlanVersion, since: PlanVersion | None, reading: Reading
) -> list[Answer]:
    """The disagreements that a version may answer, the oldest first, as the reader may see them.

    Those with proposals from ``since`` on, or with the one right before it, that came to nothing.
    """
    first = since.number if since else version.number - 1
    return list(
        visible_to(actor, Answer, now=reading.now, grounds=reading.grounds)
        .filter(
            version__case=version.case_id,
            version__number__gte=first,
            version__number__lt=version.number,
            version__in_force_at=None,
            reply=Reply.DISAGREES,
        )
        .select_related("version", "recorded_by")
        .order_by("recorded_at", "pk")
    )


def changes_between(
    old: list[VersionItem], new: list[VersionItem], owners: dict[UUID, str]
) -> list[ItemChange]:
    """What is in the one and not in the other, or otherwise; both as one reader sees them."""
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
