"""Writing to each other: starting a topic, answering, and having read."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from caseplan.messages.access import can_start_thread, can_type_for_client, can_write_in
from caseplan.messages.models import Message, ReadMark, Thread, ThreadKind, WaitsFor
from caseplan.messages.services.attaching import SentFile, attach
from cases.models import Case
from common.actor import Actor
from common.bodies import Party
from consent.models import Category
from records.access import get_row
from records.services import add_row, lock_row, recordable, require_filled


@transaction.atomic
def start_thread(
    *,
    actor: Actor,
    case: Case,
    kind: ThreadKind,
    topic: str,
    text: str,
    category: Category,
    now: datetime,
    attached: Sequence[SentFile] = (),
) -> Thread:
    """Start a topic with its first message. The other side is then the one to answer."""
    can_start_thread(actor, case, kind, now=now).require()
    thread = _begun(actor, case, kind, topic, category, now)
    add_row(actor, thread, now)
    return _send(actor, thread, text, attached, True, now)


@transaction.atomic
def write_for_client(
    *, actor: Actor, case: Case, topic: str, text: str, category: Category, now: datetime
) -> Thread:
    """Start a topic in the client's own words, which a worker types; the team answers it.

    With the client beside them, or from the client's paper. Raises :class:`NotAllowed`.
    """
    can_type_for_client(actor, case, now=now).require()
    thread = _begun(actor, case, ThreadKind.DIALOGUE, topic, category, now)
    add_row(actor, thread, now, for_party=Party.CLIENT)
    _add_message(actor, thread, text, now, for_party=Party.CLIENT)
    thread.waits_for = WaitsFor.TEAM
    thread.save(update_fields=["waits_for"])
    return thread


@transaction.atomic
def send_message(
    *,
    actor: Actor,
    thread_id: UUID,
    text: str,
    wants_answer: bool,
    now: datetime,
    attached: Sequence[SentFile] = (),
) -> Thread:
    """Write in a thread. ``wants_answer``: whether the other side is to answer.

    Raises :class:`Refused` at ``attached`` for what is not taken: nothing is then sent.
    """
    thread = lock_row(actor, Thread, thread_id, now)
    can_write_in(actor, thread, now=now).require()
    return _send(actor, thread, text, attached, wants_answer, now)


@transaction.atomic
def mark_read(*, actor: Actor, thread_id: UUID, now: datetime) -> None:
    """The reader has read the thread until now. Reading it again moves the mark."""
    thread = get_row(actor, Thread, thread_id, now=now)
    ReadMark.objects.update_or_create(
        thread=thread, user_id=actor.writer_id, defaults={"read_at": now}
    )


def _send(
    actor: Actor,
    thread: Thread,
    text: str,
    files: Sequence[SentFile],
    wants_answer: bool,
    now: datetime,
) -> Thread:
    message = _add_message(actor, thread, text, now)
    attach(actor, message, files, now)
    thread.newest_at = now
    if thread.kind == ThreadKind.DIALOGUE:
        other = WaitsFor.TEAM if actor.is_client else WaitsFor.CLIENT
        thread.waits_for = other if wants_answer else WaitsFor.NOBODY
    thread.save(update_fields=["newest_at", "waits_for"])
    return thread


def _begun(
    actor: Actor, case: Case, kind: ThreadKind, topic: str, category: Category, now: datetime
) -> Thread:
    """A topic as it is begun, not yet saved."""
    return Thread(
        case=case,
        kind=kind,
        category=recordable(actor, category),
        topic=require_filled(topic, "topic", _("Write in a few words what it is about.")),
        newest_at=now,
    )


def _add_message(
    actor: Actor, thread: Thread, text: str, now: datetime, for_party: Party | None = None
) -> Message:
    message = Message(
        case=thread.case,
        thread=thread,
        category=thread.category,
        text=require_filled(text, "text", _("Write your message.")),
    )
    return add_row(actor, message, now, for_party=for_party)
