"""Changes in a person's life, as the person's record has them (docs/adr/0011).

A change takes effect at once, or waits for a second person. It is written through a journal: the
person's own facts here, what follows from them in the rooms above, by ``people.signals``; so that a
mistake is taken back whole. Who may is asked by ``cases.services.changes``, which alone calls this.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import IntegrityError, models, transaction
from django.utils.translation import gettext_lazy as _

from common.actor import Actor
from common.clock import day_of
from common.crypto import decrypt, encrypt, search_hash
from common.decision import Refused
from common.journal import ChangedSince, Journal
from common.validity import valid_at
from people.models import (
    FormerCode,
    FormerName,
    LifeEvent,
    LifeEventSeen,
    LifeKind,
    LifeState,
    Person,
    Position,
    ProtectionQuestion,
    User,
)
from people.services.identity import change_identity_code
from people.services.merging import merge_records
from people.signals import life_change_undone, life_changed
from statutes.reader import law_on

_OF_THE_CODE = ("identity_code_encrypted", "identity_code_hash", "birth_date")
NOT_ALONE = (LifeKind.PROTECTED,)
"""What is not taken back by one person: a protection goes with a second one, as any does."""


@transaction.atomic
def apply_change(
    *,
    actor: Actor,
    person: Person,
    kind: LifeKind,
    change: dict[str, Any],
    now: datetime,
    on: date | None = None,
    reason: str = "",
    also: Callable[[Journal], None] | None = None,
) -> LifeEvent:
    """Write down a change that needs no second person, and let it take effect.

    ``person`` is locked by the caller; ``change`` are the new values of its fields, and ``also``
    what the caller changes with it. By the system: a register has said it, and a new identity code
    needs no second person either.
    """
    event = LifeEvent(person=person, kind=kind, state=LifeState.DONE, on=on, reason=reason.strip())
    event.recorded_at, event.recorded_by_id = now, actor.user_id
    return _take_effect(event, change, actor, now, also)


@transaction.atomic
def propose_change(
    *,
    actor: Actor,
    person: Person,
    kind: LifeKind,
    change: dict[str, Any],
    now: datetime,
    on: date | None = None,
    reason: str = "",
) -> LifeEvent:
    """Write down a change that takes effect when somebody else confirms it; by the system, anybody.

    Raises :class:`Refused` while one of the same kind waits already.
    """
    event = LifeEvent(person=person, kind=kind, state=LifeState.ASKED, on=on, reason=reason.strip())
    event.recorded_at, event.recorded_by_id = now, actor.user_id
    event.change_encrypted = encrypt(json.dumps(change))
    try:
        with transaction.atomic():
            event.save(force_insert=True)
    except IntegrityError as error:
        raise Refused(_("The same waits for a second person already.")) from error
    return event


@transaction.atomic
def confirm_event(*, actor: Actor, event: LifeEvent, now: datetime) -> LifeEvent:
    """Let a change that waited take effect. ``event`` and its person are locked by the caller."""
    change = pending_change(event)
    event.state = LifeState.DONE
    return _take_effect(event, change, actor, now)


@transaction.atomic
def refer_to_officer(*, event: LifeEvent, other: Person) -> LifeEvent:
    """The code that was written down is another record's: whether the two are one is asked.

    Raises :class:`Refused` while that is asked already.
    """
    event.kind, event.change_encrypted = (
        LifeKind.JOINED,
        encrypt(json.dumps({"other": str(other.pk)})),
    )
    try:
        with transaction.atomic():
            event.save(update_fields=["kind", "change_encrypted"])
    except IntegrityError as error:
        raise Refused(_("The same waits for a second person already.")) from error
    return event


@transaction.atomic
def turn_down_event(*, actor: Actor, event: LifeEvent, now: datetime) -> LifeEvent:
    """A change that waited does not take effect; nothing of what it would have written is kept.

    Where a register has said that a protection ended, somebody has now looked: it stays on.
    """
    if event.kind == LifeKind.UNPROTECTED:
        keep_protection(actor=actor, person=event.person, now=now)
    return _close(event, LifeState.TURNED_DOWN, actor, now)


@transaction.atomic
def undo_event(*, actor: Actor, event: LifeEvent, now: datetime) -> LifeEvent:
    """Restore everything that a change has changed. ``event`` and its person are locked.

    Raises :class:`Refused` when something of it has been changed since: nothing is undone then.
    """
    assert event.change_encrypted is not None
    journal = Journal.from_json(decrypt(event.change_encrypted), actor, now)
    try:
        journal.undo()
    except (ChangedSince, IntegrityError) as error:
        raise Refused(
            _("Something that followed from this has been changed since. Nothing was taken back.")
        ) from error
    _close(event, LifeState.UNDONE, actor, now)
    life_change_undone.send(LifeEvent, event=event, journal=journal, actor=actor, now=now)
    return event


def before_and_after(event: LifeEvent) -> tuple[dict[str, Any], dict[str, Any]] | None:
    """What a change of name or a move changed in the person's record: the values before and after.

    Known while the change can be undone; nothing of it is kept longer.
    """
    if event.kind not in (LifeKind.NAME, LifeKind.MOVED) or event.state != LifeState.DONE:
        return None
    for line in json.loads(decrypt(event.change_encrypted)) if event.change_encrypted else ():
        if line["did"] == "changed" and line["model"] == Person._meta.label_lower:
            return line["before"], line["after"]
    return None


def keep_protection(*, actor: Actor, person: Person, now: datetime) -> None:
    """A register says that a protection has ended; somebody has looked, and it stays on."""
    ProtectionQuestion.objects.filter(person=person, answered_at=None).update(
        answered_at=now, answered_by=actor.writer_id
    )


@transaction.atomic
def mark_event_seen(*, actor: Actor, event: LifeEvent, now: datetime) -> None:
    """A worker has seen a change: it leaves their first page. Twice is once."""
    LifeEventSeen.objects.get_or_create(event=event, user_id=actor.writer_id, defaults={"at": now})


def forget_undo_data(*, now: datetime) -> int:
    """Forget what each change was before, once it can't be taken back. The night's work.

    Returns how many were forgotten; that there was a change stays known.
    """
    before = now - timedelta(days=undo_days(now) + 1)
    over = LifeEvent.objects.filter(
        state=LifeState.DONE, change_encrypted__isnull=False, done_at__lt=before
    )
    return over.update(change_encrypted=None)


def pending_change(event: LifeEvent) -> dict[str, Any]:
    """What a change that waits would write."""
    assert event.state == LifeState.ASKED and event.change_encrypted is not None
    change: dict[str, Any] = json.loads(decrypt(event.change_encrypted))
    return change


def undo_days(now: datetime) -> int:
    """For how many days after the day it took effect a change can be taken back."""
    return int(law_on(day_of(now)).figure("life_undo_days").value)


def can_still_be_undone(event: LifeEvent, now: datetime) -> bool:
    """Whether a change is in effect and its time to be taken back is not over."""
    if event.state != LifeState.DONE or event.done_at is None or event.change_encrypted is None:
        return False
    if event.kind in NOT_ALONE:
        return False
    return day_of(now) <= day_of(event.done_at) + timedelta(days=undo_days(now))


def _take_effect(
    event: LifeEvent,
    change: dict[str, Any],
    actor: Actor,
    now: datetime,
    also: Callable[[Journal], None] | None = None,
) -> LifeEvent:
    event.done_at, event.done_by_id = now, actor.user_id
    try:
        with transaction.atomic():
            event.save()
    except IntegrityError as error:
        raise Refused(_("This has been written down already.")) from error
    journal = Journal(actor, now)
    person = Person.objects.filter(pk=event.person_id)
    if event.kind == LifeKind.JOINED:
        _join(event, change["other"], journal, now)
    elif event.kind == LifeKind.IDENTITY_CODE:
        _change_code(event, change["code"], journal)
    elif change:
        journal.change(person, **{name: _value(name, value) for name, value in change.items()})
    if event.kind == LifeKind.NAME:
        _note_former_name(event.person, journal)
        _rename_log_in(event.person_id, journal, now)
    if also is not None:
        also(journal)
    if event.kind == LifeKind.DIED:
        _close_log_in(event.person, journal, now)
        # A register's question whether they have died is answered by this.
        for asked in LifeEvent.objects.filter(
            person=event.person_id, kind=LifeKind.DIED, state=LifeState.ASKED
        ).exclude(pk=event.pk):
            _close(asked, LifeState.TURNED_DOWN, actor, now)
    if event.kind in (LifeKind.PROTECTED, LifeKind.UNPROTECTED):
        journal.delete(ProtectionQuestion.objects.filter(person=event.person_id))
    life_changed.send(LifeEvent, event=event, journal=journal, actor=actor, now=now)
    event.change_encrypted = encrypt(journal.to_json())
    event.save(update_fields=["change_encrypted"])
    event.person.refresh_from_db()
    return event


def _join(event: LifeEvent, other_id: str, journal: Journal, now: datetime) -> None:
    """What hung on the other record hangs on this one, with its code; this one's is kept too."""
    try:
        with transaction.atomic():
            other = Person.objects.get(pk=other_id)
            code = merge_records(event.person, other, journal, now=now)
    except IntegrityError as error:
        raise Refused(
            _("The two records can't be joined here: something would be lost.")
        ) from error
    _change_code(event, code, journal)


def _change_code(event: LifeEvent, code: str, journal: Journal) -> None:
    """The new code, with the one before kept as a former one; a former one may come back."""
    person = event.person
    journal.delete(FormerCode.objects.filter(person=person, identity_code_hash=search_hash(code)))
    before = {name: getattr(person, name) for name in _OF_THE_CODE}
    changed = change_identity_code(
        actor=journal.actor, person_id=person.pk, new_code=code, now=journal.now
    )
    journal.record_changed(changed, before)
    former = FormerCode.objects.filter(
        person=person, identity_code_hash=before["identity_code_hash"]
    )
    journal.record_created(former.get())


def _value(name: str, value: Any) -> Any:
    field = Person._meta.get_field(name)
    assert isinstance(field, models.Field)
    return field.to_python(value)


def _note_former_name(person: Person, journal: Journal) -> None:
    """The name before, which the database has just kept (an import changes names too)."""
    for former in FormerName.objects.filter(person=person).order_by("-pk")[:1]:
        journal.record_created(former)


def _rename_log_in(person_id: UUID, journal: Journal, now: datetime) -> None:
    """The client's pages greet them by the name they have. A worker's name is their office's."""
    person = Person.objects.get(pk=person_id)
    if person.user_id and not _works(person.user_id, now):
        journal.change(
            User.objects.filter(pk=person.user_id),
            last_name=person.last_name,
            first_name=person.first_names,
        )


def _works(user_id: UUID, now: datetime) -> bool:
    return Position.objects.filter(valid_at(now), user_id=user_id).exists()


def _close_log_in(person: Person, journal: Journal, now: datetime) -> None:
    """Nobody logs in as somebody who has died. A worker's log-in is their office's to end."""
    if person.user_id is not None and not _works(person.user_id, now):
        journal.change(User.objects.filter(pk=person.user_id), is_active=False)


def _close(event: LifeEvent, state: LifeState, actor: Actor, now: datetime) -> LifeEvent:
    event.state, event.closed_at, event.closed_by_id, event.change_encrypted = (
        state, now, actor.writer_id, None,
    )  # fmt: skip
    event.save()
    return event
