"""A worker's own saved choices of the worklist's filters."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from benefits.models import SavedFilter
from common.actor import Actor
from common.decision import NotVisible, Refused

MOST = 20


@transaction.atomic
def save_filter(*, actor: Actor, name: str, choices: dict[str, str]) -> SavedFilter:
    """Keep a choice under a name; the same name again replaces it.

    Holds no client information, only the filters' own codes, so nothing is logged.
    """
    name = name.strip()
    if not name:
        raise Refused(_("Give it a name."), field="name")
    own = SavedFilter.objects.filter(user_id=actor.writer_id)
    if own.exclude(name=name).count() >= MOST:
        raise Refused(_("You have 20 saved filters. Remove one first."), field="name")
    saved, _created = own.update_or_create(
        name=name, defaults={"choices": choices, "user_id": actor.writer_id}
    )
    return saved


@transaction.atomic
def remove_filter(*, actor: Actor, filter_id: UUID) -> None:
    """Remove one's own saved filter. Raises ``NotVisible``."""
    removed, _rows = SavedFilter.objects.filter(user_id=actor.writer_id, pk=filter_id).delete()
    if not removed:
        raise NotVisible
