"""The project does not start while nobody has said where a field of client information is told.

E001: a field is not declared. E002: what is declared is no field. E003: a told field has no label
in the reader's language. E004: a model has no declaration at all.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from django.apps import AppConfig
from django.core.checks import CheckMessage, Error
from django.db.models import Model
from django.utils.functional import Promise

from records.fields import Declared, all_fields, declared_models, told_fields

HINT = "Add it to `declared` beside the model (records/fields.py): Told(...), or LeftOut(why)."


def check_declarations(
    app_configs: Sequence[AppConfig] | None = None, **_options: Any
) -> list[CheckMessage]:
    """Every model of client information declares each of its fields, and nothing else."""
    return [error for model in declared_models() for error in errors_of(model)]


def errors_of(model: type[Model]) -> Iterator[CheckMessage]:
    """What is wrong with the declaration of one model."""
    if not isinstance(getattr(model, "declared", None), Declared):
        yield Error(f"{model.__name__} has no `declared`.", HINT, model, "records.E004")
        return
    fields = {field.name for field in model._meta.concrete_fields}
    declared = all_fields(model)
    for name in sorted(fields - declared.keys()):
        yield Error(f"{model.__name__}.{name} is not declared.", HINT, model, "records.E001")
    for name in sorted(declared.keys() - fields):
        yield Error(f"{model.__name__}.{name} is declared, and no field.", HINT, model,
                    "records.E002")  # fmt: skip
    for told in told_fields(model):
        if told.name in fields and not isinstance(told.label, Promise):
            yield Error(f"{model.__name__}.{told.name} is told without a label.",
                        "Give Told(_(...)), or the field a translated verbose_name.", model,
                        "records.E003")  # fmt: skip
