"""Filters of a list kept under a name: saved, changed, shared with one's office, removed.

They hold codes of the list's own filters and no client information, so nothing is logged.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from common.actor import Actor
from common.decision import NotVisible, Refused
from common.no_person import names_somebody
from people.models import FilteredList, SavedFilter
from people.selectors.saved_filters import filters_changed_by

MOST = 20
_CODE = re.compile(r"-?[a-z0-9_]{1,40}")


@transaction.atomic
def save_filter(
    *, actor: Actor, of: FilteredList, name: str, choices: Mapping[str, str], shared: bool = False
) -> SavedFilter:
    """Keep choices under a name; the same name again replaces one's own.

    Raises :class:`Refused` for a name that could say who somebody is, for choices that are no
    codes, and where there are 20 already.
    """
    named = _named(name)
    if not all(_CODE.fullmatch(value) for value in choices.values()):
        raise Refused(_("These filters are not understood, and cannot be saved."))
    own = SavedFilter.objects.filter(user_id=actor.writer_id, list=of)
    if own.exclude(name=named).count() >= MOST:
        raise Refused(_("You have 20 saved filters. Remove one first."), field="name")
    saved, _created = own.update_or_create(
        name=named,
        defaults={
            "choices": dict(choices),
            "user_id": actor.writer_id,
            "list": of,
            "office_id": actor.office_id if shared else None,
        },
    )
    return saved


@transaction.atomic
def change_filter(
    *, actor: Actor, filter_id: UUID, name: str, shared: bool, now: datetime
) -> SavedFilter:
    """Name a filter anew, share it with the office or keep it to oneself. Raises ``NotVisible``.

    Whoever leads the office may, too, of one that is shared with it.
    """
    row = _changeable(actor, filter_id, now)
    row.name = _named(name)
    others = SavedFilter.objects.filter(user_id=row.user_id, list=row.list, name=row.name)
    if others.exclude(pk=row.pk).exists():
        raise Refused(_("There is a filter of that name already."), field="name")
    row.office_id = (row.office_id or actor.office_id) if shared else None
    row.save(update_fields=["name", "office"])
    return row


@transaction.atomic
def remove_filter(*, actor: Actor, filter_id: UUID, now: datetime) -> None:
    """Remove a filter of one's own, or one shared with the office one leads."""
    _changeable(actor, filter_id, now).delete()


def _changeable(actor: Actor, filter_id: UUID, now: datetime) -> SavedFilter:
    rows = filters_changed_by(actor, now=now).select_for_update(of=("self",))
    row = rows.filter(pk=filter_id).first()
    if row is None:
        raise NotVisible
    return row


def _named(name: str) -> str:
    name = name.strip()
    if not name:
        raise Refused(_("Give it a name."), field="name")
    if names_somebody(name):
        raise Refused(
            _("This could say who somebody is. Name the filter by what it narrows to."),
            field="name",
        )
    return name
