"""What a version of the plan kept, in words: as the models it was frozen from declare it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.utils.functional import Promise

from caseplan.plan.models import VersionItem
from people.models import User
from records.fields import ToldField, version_fields

_HEADLINE = {"text", "name", "owner_party", "owner_id", "due_on", "body"}
"""What the line of a thing says by itself: what, who, by when."""


@dataclass(frozen=True, slots=True)
class FrozenField:
    """One field that a version kept: the value as kept, and as it is read."""

    column: str
    label: Promise | str
    kept: Any
    said: str


@dataclass(frozen=True, slots=True)
class Frozen:
    """One item of a version in words: each field as it is read."""

    title: str
    goal_id: UUID | None
    fields: list[FrozenField]
    with_client: bool

    @property
    def said(self) -> dict[str, str]:
        return {field.column: field.said for field in self.fields}

    @property
    def who(self) -> str:
        """The person who does it and their party; the client's own task is the client's."""
        party, person = self.said.get("owner_party", ""), self.said.get("owner_id", "")
        return f"{person}, {party}" if person else party

    @property
    def facts(self) -> list[FrozenField]:
        """What it says beside its headline: every other field that says something."""
        return [f for f in self.fields if f.said and f.column not in _HEADLINE]


@dataclass(frozen=True, slots=True)
class FrozenGoal:
    """A goal of a version with the actions towards it."""

    goal: Frozen
    actions: list[Frozen]


def frozen_fields(item: VersionItem, names: Mapping[Any, str]) -> list[FrozenField]:
    """Each field that a version kept of one thing, in the order in which it is declared.

    ``names``: of the users it names. What is not declared any more is told last, under the name of
    its column: what the parties signed does not vanish from the page.
    """
    declared = {field.column: field for field in version_fields(item.source_model)}
    kept = item.content
    order = [*(c for c in declared if c in kept), *sorted(kept.keys() - declared.keys())]
    return [
        FrozenField(
            column,
            declared[column].label if column in declared else column,
            kept[column],
            _in_words(declared.get(column), kept[column], names),
        )
        for column in order
    ]


def users_in(item: VersionItem) -> set[UUID]:
    """Whom one frozen thing names."""
    return {
        field.thawed(item.content[field.column])
        for field in version_fields(item.source_model)
        if field.field.related_model is User and item.content.get(field.column)
    }


def _in_words(field: ToldField | None, kept: Any, names: Mapping[Any, str]) -> str:
    said = kept if field is None or kept is None else field.in_words(field.thawed(kept), names)
    if isinstance(said, date):
        return f"{said.day}.{said.month}.{said.year}"
    return "" if said is None else str(said)
