"""Who may write in which thread."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from caseplan.messages.models import Thread, ThreadKind
from cases.access import can_write_in_case, case_has_started, case_is_open
from cases.models import Case
from common.actor import Actor
from common.decision import Decision


def can_start_thread(actor: Actor, case: Case, kind: str, *, now: datetime) -> Decision:
    """May this actor start a topic? The client and the team; a note only the team."""
    if actor.is_client:
        if kind == ThreadKind.NOTE:
            return Decision.no(_("Only the workers of the three bodies write notes."))
        return case_has_started(case) and case_is_open(case)
    return can_write_in_case(actor, case, now=now)


def can_type_for_client(actor: Actor, case: Case, *, now: datetime) -> Decision:
    """May this worker start a topic in the client's words: beside them, or from their paper?"""
    if not actor.types_for_client_of(case.pk):
        return Decision.no(_("These are the client's words. Write them with the client present."))
    return can_write_in_case(actor, case, now=now)


def can_write_in(actor: Actor, thread: Thread, *, now: datetime) -> Decision:
    """May this actor, who sees a thread, write in it?"""
    return can_start_thread(actor, thread.case, thread.kind, now=now)
