"""What was typed and not saved dies with what it was about.

A draft of a page about a case, or a row in one, is its writer's as long as they may open that. The
page gives it back to nobody else at once; the night then takes it away.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from itertools import groupby

from django.apps import apps

from cases.access import get_handover
from cases.access import visible_to as cases_visible_to
from common.actor import Actor, ActorKind
from common.decision import NotVisible
from common.levels import EVERY_ACT
from consent.models import ClientInformation
from people.models import Draft
from people.selectors import actor_for
from people.services import DraftSubject, forget_drafts, forget_old_drafts
from records.access import visible_to


def require_open(actor: Actor, about: DraftSubject, *, now: datetime) -> None:
    """Raise :class:`NotVisible` where the actor may not open what a draft would be about."""
    if about.case_id is None or actor.kind is ActorKind.OFFICER:
        return  # no case, or a question to the officer, which names none
    if about.kind == "cases.handover" and about.row_id is not None:
        get_handover(actor, about.row_id, now=now)  # whoever is asked is not on the team yet
        return
    model = apps.get_model(about.kind) if about.kind else None
    if model is not None and issubclass(model, ClientInformation) and about.row_id is not None:
        rows = visible_to(actor, model, now=now).filter(pk=about.row_id)
    else:
        rows = cases_visible_to(actor, now=now).filter(pk=about.case_id)  # type: ignore[assignment]
    if not rows.exists():
        raise NotVisible


def forget_lost_drafts(*, now: datetime) -> int:
    """Take away the drafts that are too old, and those about what their writer lost sight of."""
    drafts = Draft.objects.exclude(case_id=None).select_related("user").order_by("user", "pk")
    gone = [
        draft
        for user, theirs in groupby(drafts, key=lambda draft: draft.user)
        for draft in _lost(actor_for(user, now=now, proven=EVERY_ACT), theirs, now)
    ]
    return forget_drafts(gone) + forget_old_drafts(now=now)


def _lost(actor: Actor, drafts: Iterable[Draft], now: datetime) -> Iterable[Draft]:
    for draft in drafts:
        try:
            require_open(actor, DraftSubject(draft.case_id, draft.about, draft.about_id), now=now)
        except NotVisible:
            yield draft
