"""The history of values: django-simple-history with the actor of the service as its user.

Kept by opaque id, like the audit log, so that a user can be removed without losing who wrote.
Bulk writes bypass history: models that carry it are saved one by one, through
``save_with_history``.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Any, TypeVar
from uuid import UUID

from django.db import models
from simple_history.models import HistoricalRecords

from common.actor import Actor

_Model = TypeVar("_Model", bound=models.Model)


def _user_of(historical: Any) -> UUID | None:
    user_id: UUID | None = historical.history_user_id
    return user_id


def _set_user(historical: Any, user_id: UUID | None) -> None:
    historical.history_user_id = user_id


class History(HistoricalRecords):  # type: ignore[misc]
    """Historical records whose user is an opaque id given by the service."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("history_user_id_field", models.UUIDField(null=True))
        options.setdefault("history_user_getter", _user_of)
        options.setdefault("history_user_setter", _set_user)
        options.setdefault("get_user", lambda **_: None)
        super().__init__(**options)


def save_with_history(actor: Actor, instance: _Model, *, now: datetime) -> _Model:
    """Save, with the actor as the user of the history row and ``now`` as its time.

    Of a row that stands for ever only what its model lets change is written (``only_changes``);
    raises TypeError where something else was changed in it, which the database would refuse.
    """
    instance._history_user = actor.user_id  # type: ignore[attr-defined]
    instance._history_date = now  # type: ignore[attr-defined]
    only = None if instance._state.adding else getattr(instance, "only_changes", None)
    if only is not None:
        _require_only(instance, only)
    instance.save(update_fields=only)
    return instance


def _require_only(instance: models.Model, only: Iterable[str]) -> None:
    before = type(instance)._base_manager.get(pk=instance.pk)
    for field in instance._meta.concrete_fields:
        if field.name not in only and (
            getattr(before, field.attname) != getattr(instance, field.attname)
        ):
            raise TypeError(f"{instance._meta.label}.{field.name} stands: see only_changes.")
