"""What the tests of changes in life share: everything that stands, before and after."""

from __future__ import annotations

from typing import Any

from django.apps import apps

ROOMS = {"people", "cases", "consent", "benefits", "caseplan", "followup", "rights"}
# What remembers that something was done, and is meant to.
REMEMBERS = {"people.lifeevent", "people.lifeeventseen"}


def everything() -> dict[str, set[tuple[Any, ...]]]:
    """Every row of every room as it stands, former wordings and what remembers aside."""
    return {
        model._meta.label_lower: {
            tuple(_same(value) for value in row)
            for row in model._base_manager.values_list(
                *(field.attname for field in model._meta.concrete_fields)
            )
        }
        for model in apps.get_models()
        if apps.get_app_config(model._meta.app_label).name.split(".")[0] in ROOMS
        and not model.__name__.startswith("Historical")
        and model._meta.label_lower not in REMEMBERS
    }


def differing(
    before: dict[str, set[tuple[Any, ...]]], after: dict[str, set[tuple[Any, ...]]]
) -> dict[str, set[tuple[Any, ...]]]:
    """The rows that stand in one of the two only, by kind."""
    return {name: before[name] ^ after[name] for name in before if before[name] != after[name]}


def _same(value: Any) -> Any:
    if isinstance(value, memoryview):
        return bytes(value)
    return value if value.__hash__ else repr(value)
