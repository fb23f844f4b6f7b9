"""What somebody has typed on a page and not saved."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from common.actor import Actor
from people.models import Draft

DRAFTS_KEPT_DAYS = 30


@dataclass(frozen=True, slots=True)
class DraftSubject:
    """What a draft is about: a case, and in it a row by its model (``plan.goal``) and its key."""

    case_id: UUID | None = None
    kind: str = ""
    row_id: UUID | None = None


NOTHING = DraftSubject()


def keep_draft(
    *,
    actor: Actor,
    page: str,
    fields: Mapping[str, list[str]],
    now: datetime,
    about: DraftSubject = NOTHING,
) -> None:
    """Keep what somebody has typed on a page and not saved. No row of the log: it is no record."""
    Draft.objects.update_or_create(
        user_id=actor.writer_id,
        page=page,
        defaults={
            "fields": dict(fields),
            "saved_at": now,
            "case_id": about.case_id,
            "about": about.kind,
            "about_id": about.row_id,
        },
    )


def forget_draft(*, actor: Actor, page: str) -> None:
    """What was typed is saved, or not wanted any more."""
    Draft.objects.filter(user_id=actor.writer_id, page=page).delete()


def forget_drafts_about(*, case_id: UUID, user_id: UUID | None = None) -> int:
    """A case has ended, is erased, or does not exist any more for one user: what was typed goes."""
    drafts = Draft.objects.filter(case_id=case_id)
    if user_id is not None:
        drafts = drafts.filter(user_id=user_id)
    return drafts.delete()[0]


def forget_drafts_of_rows(keys: Collection[UUID]) -> int:
    """Rows are erased: what was typed about them goes; how many."""
    return Draft.objects.filter(about_id__in=keys).delete()[0]


def forget_drafts(drafts: Iterable[Draft]) -> int:
    """Forget these drafts; how many went."""
    return Draft.objects.filter(pk__in=[draft.pk for draft in drafts]).delete()[0]


def forget_old_drafts(*, now: datetime) -> int:
    """Forget the drafts of more than 30 days; how many went."""
    before = now - timedelta(days=DRAFTS_KEPT_DAYS)
    return Draft.objects.filter(saved_at__lt=before).delete()[0]
