"""What somebody has typed on a page and not saved."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

from common.actor import Actor
from people.models import Draft

DRAFTS_KEPT_DAYS = 30


def keep_draft(*, actor: Actor, page: str, fields: Mapping[str, list[str]], now: datetime) -> None:
    """Keep what somebody has typed on a page and not saved. No row of the log: it is no record."""
    Draft.objects.update_or_create(
        user_id=actor.writer_id, page=page, defaults={"fields": dict(fields), "saved_at": now}
    )


def forget_draft(*, actor: Actor, page: str) -> None:
    """What was typed is saved, or not wanted any more."""
    Draft.objects.filter(user_id=actor.writer_id, page=page).delete()


def forget_old_drafts(*, now: datetime) -> int:
    """Forget the drafts of more than 30 days; how many went."""
    before = now - timedelta(days=DRAFTS_KEPT_DAYS)
    return Draft.objects.filter(saved_at__lt=before).delete()[0]
