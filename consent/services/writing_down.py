"""What a worker writes down of the client's decisions, and who confirms it before it opens.

The client confirms it, or, of a signed paper that is archived, a second person. A no, a withdrawal
and an earlier last day wait for nobody. Everything here follows each other on the case's row.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from audit.services import record_change
from cases.models import NewsKind
from cases.services import lock_case, notify_of_change
from common.actor import Actor
from common.bodies import Receiver
from common.clock import day_of
from common.decision import Refused
from consent.access import (
    ConsentChange,
    Target,
    can_archive_paper,
    can_confirm_written,
    can_see_paper,
    can_take_back_written,
    get_written,
)
from consent.models import (
    Basis,
    Choice,
    ConfirmedHow,
    Consent,
    Method,
    WrittenDown,
    WrittenState,
)
from consent.selectors import grounds_of
from consent.services.lines import (
    bring_into_effect,
    close_answered,
    lay_what_narrows,
    overtake,
)
from consent.services.parties import SECRET_DAYS, align_party_access
from consent.signals import written_settled
from people.selectors import leaders_and_officers
from statutes.reader import law_on

# What of it changes after it was written.
_CHANGES = [
    "state", "overtaken", "settled_at", "settled_by", "confirmed_how", "archive_number",
    "archive_place", "archived_at", "archived_by",
]  # fmt: skip


def keep_as_written(
    actor: Actor,
    consent: Consent,
    change: ConsentChange,
    now: datetime,
    *,
    said_last: bool,
    archive_number: str,
) -> WrittenDown:
    """What holds at once of what a worker wrote down holds; the rest waits, and the client is told.

    Part of :func:`consent.services.decide`. ``said_last``: the last day was said.
    """
    waits, shortened = lay_what_narrows(actor, consent, change, now, said_last=said_last)
    today = day_of(now)
    lapses_on = today + timedelta(days=law_on(today).figure("written_consent_waits_days").value)
    written = WrittenDown(
        consent=consent,
        written_for=actor.working_body,
        written_in_id=actor.working_office_id,
        waiting_categories=sorted({target.category for target in waits}),
        document=next((target.document for target in waits), None),
        state=WrittenState.WAITING if waits else WrittenState.AT_ONCE,
        lapses_on=min(lapses_on, consent.valid_to or lapses_on) if waits else None,
    )
    if archive_number.strip() and consent.method == Method.PAPER:
        _archive(actor, written, archive_number, consent.scan_reference, now)
    written.save()
    if change.choice != Choice.GRANTED:
        overtake(actor, consent, change, now)
        held = ConsentChange(
            change.choice, change.receiver, change.targets - waits, change.office_id,
            change.party_id,
        )  # fmt: skip
        close_answered(actor, consent, held, now)
    elif shortened:
        # What was to be open for longer, and waits, was said before this.
        overtake(
            actor, consent,
            ConsentChange(
                change.choice, change.receiver, shortened, change.office_id, change.party_id
            ), now,
        )  # fmt: skip
    # Somebody to whom nothing has been open yet waits with it: their invitation has not ended.
    if consent.party is not None and consent.party.lines.exists():
        align_party_access(actor=actor, party=consent.party, now=now)
    _tell(actor, written, NewsKind.CONSENT_WRITTEN, now)
    return written


@transaction.atomic
def confirm_written(*, actor: Actor, consent_id: UUID, now: datetime) -> WrittenDown:
    """It is what the client said: what waited holds from now on, to the last day that was written.

    The client confirms at any log-in; of a signed paper that is archived, a second person does.
    Raises ``NotVisible`` where it does not exist for them, ``NotAllowed`` where they are not the
    one to confirm, :class:`Refused` where it no longer waits or is no longer the client's choice.
    """
    written = _locked(actor, consent_id, now)
    consent = written.consent
    can_confirm_written(actor, written, now=now).require()
    own = grounds_of(
        receiver=Receiver(consent.receiver), network_id=consent.case.network_id, on=day_of(now)
    ).categories(Basis.CONSENT)
    targets = frozenset(
        Target(code, written.document)
        for code in written.still_waiting
        if consent.choice == Choice.REVOKED or code in own
    )
    if not targets:
        raise Refused(_("This is no choice of the client's any more: the law decides it."))
    how = ConfirmedHow.CLIENT if actor.is_client else ConfirmedHow.PAPER
    _settle(actor, written, WrittenState.CONFIRMED, now, how=how)
    change = ConsentChange(
        Choice(consent.choice), Receiver(consent.receiver), targets, consent.office_id,
        consent.party_id,
    )  # fmt: skip
    bring_into_effect(actor, consent, change, now)
    if consent.party is not None and consent.party.user_id is None:
        # The invitation has waited, too: its days begin when it can let somebody in.
        consent.party.secret_until = now + timedelta(days=SECRET_DAYS)
        consent.party.save(update_fields=["secret_until"])
    _tell(actor, written, NewsKind.CONSENT_IN_EFFECT, now)
    return written


@transaction.atomic
def dispute_written(*, actor: Actor, consent_id: UUID, now: datetime) -> WrittenDown:
    """It is not what the client said: it opens nothing, ever, and the leader and the officer know.

    The client says so of what waits; who may look at the paper, that it says something else.
    """
    written = _locked(actor, consent_id, now)
    if not actor.is_client:
        can_see_paper(actor, written, now=now).require()
    state = WrittenState.NOT_SAID if actor.is_client else WrittenState.MISMATCH
    _settle(actor, written, state, now)
    told = leaders_and_officers(written.written_in_id, now=now)
    _tell(actor, written, NewsKind.CONSENT_DISPUTED, now, workers=told)
    return written


@transaction.atomic
def take_back_written(*, actor: Actor, consent_id: UUID, now: datetime) -> WrittenDown:
    """The body that wrote it down takes it back before anybody has confirmed it: it opens nothing.

    Its row stays, and what held at once goes on holding.
    """
    written = _locked(actor, consent_id, now)
    can_take_back_written(actor, written, now=now).require()
    _settle(actor, written, WrittenState.TAKEN_BACK, now)
    return written


@transaction.atomic
def archive_paper(
    *, actor: Actor, consent_id: UUID, archive_number: str, archive_place: str, now: datetime
) -> WrittenDown:
    """Write under which number and where the signed paper is kept for good; once.

    Raises :class:`Refused` with the field to mend.
    """
    written = _found(actor, consent_id, now)
    can_archive_paper(actor, written, now=now).require()
    _archive(actor, written, archive_number, archive_place, now)
    written.save(update_fields=["archive_number", "archive_place", "archived_at", "archived_by"])
    _record(actor, written, "consent_paper_archived", now)
    return written


def lapse_written(*, actor: Actor, on: date, now: datetime) -> int:
    """What nobody has confirmed by its last day waits no more. Returns how many; twice: none.

    Asked by the night, one by one; the day itself has closed it already.
    """
    assert actor.kind == "system"
    over = WrittenDown.objects.filter(state=WrittenState.WAITING, lapses_on__lt=on)
    lapsed = 0
    for consent in Consent.objects.filter(written_down__in=over).select_related("case__person"):
        with transaction.atomic():
            lock_case(consent.case)
            written = _waiting(consent)
            if written is not None:
                _settle(actor, written, WrittenState.LAPSED, now)
                lapsed += 1
    return lapsed


def _found(actor: Actor, consent_id: UUID, now: datetime) -> WrittenDown:
    """What this actor sees was written down, as it stands once nobody else writes in its case."""
    written = get_written(actor, consent_id, now=now)
    lock_case(written.consent.case)
    written.refresh_from_db(fields=_CHANGES)
    return written


def _locked(actor: Actor, consent_id: UUID, now: datetime) -> WrittenDown:
    """The same, where it still waits. Raises :class:`Refused` where it does not."""
    written = _found(actor, consent_id, now)
    if not written.waits:
        raise Refused(_("This has been answered already."))
    return written


def _waiting(consent: Consent) -> WrittenDown | None:
    return (
        WrittenDown.objects.select_related("consent__case__person")
        .filter(consent=consent, state=WrittenState.WAITING)
        .first()
    )


def _settle(
    actor: Actor,
    written: WrittenDown,
    state: WrittenState,
    now: datetime,
    *,
    how: ConfirmedHow | None = None,
) -> None:
    written.state, written.settled_at, written.settled_by_id = state, now, actor.user_id
    written.confirmed_how = how or ""
    written.save(update_fields=["state", "settled_at", "settled_by", "confirmed_how"])
    _record(actor, written, f"consent_written_{state}", now)
    written_settled.send(sender=WrittenDown, written=written, now=now)


def _archive(actor: Actor, written: WrittenDown, number: str, place: str, now: datetime) -> None:
    if not number.strip():
        raise Refused(_("Write under which number it is archived."), field="archive_number")
    if not place.strip():
        raise Refused(_("Write where the signed paper is kept."), field="archive_place")
    written.archive_number, written.archive_place = number.strip(), place.strip()
    written.archived_at, written.archived_by_id = now, actor.writer_id


def _record(actor: Actor, written: WrittenDown, action: str, now: datetime) -> None:
    record_change(
        actor=actor,
        action=action,
        subject_type="consent",
        subject_id=written.consent_id,
        case_id=written.consent.case_id,
        person_id=written.consent.case.person_id,
        categories=written.waiting_categories,
        now=now,
    )


def _tell(
    actor: Actor, written: WrittenDown, kind: NewsKind, now: datetime,
    workers: Iterable[UUID] = (),
) -> None:  # fmt: skip
    """The client, whoever wrote it down, and these: each but who did it."""
    notify_of_change(
        actor=actor,
        case=written.consent.case,
        kind=kind,
        subject_id=written.consent_id,
        now=now,
        workers=[written.consent.recorded_by_id, *workers],
    )
