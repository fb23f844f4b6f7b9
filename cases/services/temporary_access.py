"""Those outside the team: asking, an emergency, being let in for a time."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from uuid import UUID

from django.contrib.auth.models import Permission
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from audit.services import record_search
from cases.access import can_be_given_access, get_access_request, managed_by, visible_to
from cases.models import (
    AccessRequest,
    Case,
    EmergencyReason,
    NewsKind,
    RequestKind,
    RequestState,
    TemporaryAccess,
    TemporaryAccessReason,
)
from cases.services.news import notify_of_change
from cases.services.rows import record_case_change
from common.actor import Actor
from common.clock import day_of, start_of
from common.crypto import search_hash
from common.decision import Decision, NotAllowed, Refused
from common.identity_code import BadIdentityCode, parse
from common.levels import Act
from people.selectors import filter_by_code
from people.services import forget_drafts_about
from statutes.reader import law_on

LONGEST_ACCESS_DAYS = 90


@transaction.atomic
def find_own_case(*, actor: Actor, identity_code: str, now: datetime) -> Case | None:
    """The open case of the person with that code, if this worker may open it; else None.

    None tells nothing: no such person, no case, and a case of others take the same steps and
    the same time. Every search is logged. Raises :class:`Refused` for what is no code.
    """
    _require_worker(actor)
    code_hash = _hash_of(identity_code)
    record_search(actor=actor, action="identity_code_searched", code_hash=code_hash, now=now)
    return (
        visible_to(actor, now=now).filter(filter_by_code(code_hash), ended_at__isnull=True).first()
    )


@transaction.atomic
def ask_for_access(
    *, actor: Actor, identity_code: str, reason: str, now: datetime
) -> AccessRequest:
    """Ask the case manager of the person with that code, if there is one, to see their case.

    Blind: writes the same rows whether or not there is such a case, and returns what was
    asked, never what was found.
    """
    _require_worker(actor)
    return _asked(actor, RequestKind.ASK, _hash_of(identity_code), reason, now)


@transaction.atomic
def open_in_emergency(
    *, actor: Actor, identity_code: str, urgent: EmergencyReason, reason: str, now: datetime
) -> AccessRequest:
    """Open the case of the person with that code at once, to be read for some hours.

    The hours are a figure of ``statutes``. Its case manager, the director and the client see
    that it was opened, by whom and why. Where nothing opens, the attempt is kept and shown to
    the director all the same: ``case`` of the row returned is then None.
    """
    _require_worker(actor)
    Decision.proven(actor, Act.OPEN_IN_EMERGENCY).require()
    code_hash = _hash_of(identity_code)
    request = _asked(actor, RequestKind.EMERGENCY, code_hash, reason, now, urgent=urgent)
    case = Case.objects.filter(
        filter_by_code(code_hash),
        ended_at__isnull=True,
        network_id=actor.working_network_id,
    ).first()
    if case is None:
        return request
    hours = law_on(day_of(now)).figure("emergency_access_hours").value
    request.case, request.until = case, now + timedelta(hours=hours)
    request.save(update_fields=["case", "until"])
    given_for_longer = TemporaryAccess.objects.filter(
        user_id=actor.writer_id, content_object=case, until__gt=request.until
    )
    if not given_for_longer.exists():
        give_temporary_access(
            actor=actor,
            case=case,
            user_id=actor.writer_id,
            why=TemporaryAccessReason.EMERGENCY,
            until=request.until,
            now=now,
        )
    return request


@transaction.atomic
def accept_access_request(
    *, actor: Actor, request_id: UUID, until: date, answer: str, now: datetime
) -> AccessRequest:
    """The case manager lets the one who asked read the case to the end of the day ``until``.

    Raises :class:`Refused` for a day past or over 90 days away, :class:`NotAllowed` where the
    one who asked works in another network: the bodies there are met in other ways.
    """
    request = get_access_request(actor, request_id, now=now)
    case = managed_by(actor, now=now).get(filter_by_code(request.code_hash))
    can_be_given_access(request, case).require()
    today = day_of(now)
    if not today <= until <= today + timedelta(days=LONGEST_ACCESS_DAYS):
        raise Refused(_("Choose a day from today to 90 days ahead."), field="until")
    request.until = end_of_day(until)
    _answer(actor, request, RequestState.GIVEN, answer, now)
    give_temporary_access(
        actor=actor,
        case=case,
        user_id=request.asked_by_id,
        why=TemporaryAccessReason.ASKED,
        until=request.until,
        now=now,
    )
    notify_of_change(
        actor=actor,
        case=case,
        kind=NewsKind.ACCESS_GIVEN,
        subject_id=request.pk,
        now=now,
        workers=[request.asked_by_id],
        client=False,
    )
    return request


@transaction.atomic
def decline_access_request(
    *, actor: Actor, request_id: UUID, answer: str, now: datetime
) -> AccessRequest:
    """The case manager does not let them. The one who asked is told nothing either way."""
    request = get_access_request(actor, request_id, now=now)
    if not answer.strip():
        raise Refused(
            _("Write why. It is kept, and not shown to the one who asked."), field="answer"
        )
    return _answer(actor, request, RequestState.REFUSED, answer, now)


@transaction.atomic
def give_temporary_access(
    *,
    actor: Actor,
    case: Case,
    user_id: UUID,
    why: TemporaryAccessReason,
    until: datetime,
    now: datetime,
) -> TemporaryAccess:
    """Let somebody outside the team see a case until a moment; an earlier access is replaced."""
    # Two at once follow each other on the case's row.
    Case.objects.select_for_update(of=("self",)).get(pk=case.pk)
    TemporaryAccess.objects.filter(user_id=user_id, content_object=case).delete()
    access: TemporaryAccess = TemporaryAccess.objects.create(
        permission=Permission.objects.get(
            codename="view_case", content_type__app_label="cases", content_type__model="case"
        ),
        user_id=user_id,
        content_object=case,
        why=why,
        since=now,
        until=until,
    )
    record_case_change(actor, f"temporary_access_{why}", case, user_id, now)
    return access


@transaction.atomic
def end_temporary_access(*, actor: Actor, case: Case, user_id: UUID, now: datetime) -> None:
    """From the next request the case does not exist for them. Nothing to end changes nothing."""
    ended, _rows = TemporaryAccess.objects.filter(user_id=user_id, content_object=case).delete()
    if ended:
        forget_drafts_about(case_id=case.pk, user_id=user_id)
        record_case_change(actor, "temporary_access_ended", case, user_id, now)


@transaction.atomic
def clear_expired_access(*, actor: Actor, now: datetime) -> int:
    """Take away the accesses whose time is over; returns how many. The night's work."""
    over = TemporaryAccess.objects.filter(until__lte=now).select_related("content_object")
    for access in over.order_by("pk"):
        record_case_change(
            actor, "temporary_access_over", access.content_object, access.user_id, now
        )
    removed, _rows = over.delete()
    return int(removed)


def end_of_day(day: date) -> datetime:
    """The moment a day ends in Finland."""
    return start_of(day + timedelta(days=1))


def _hash_of(identity_code: str) -> str:
    try:
        return search_hash(parse(identity_code))
    except BadIdentityCode as error:
        raise Refused(
            _("This is not a personal identity code. Write it like this: 131052-308T."),
            field="identity_code",
        ) from error


def _require_worker(actor: Actor) -> None:
    if not actor.is_worker:
        raise NotAllowed(_("Only a worker of the three bodies can do this."))


def _asked(
    actor: Actor,
    kind: RequestKind,
    code_hash: str,
    reason: str,
    now: datetime,
    urgent: EmergencyReason | None = None,
) -> AccessRequest:
    if not reason.strip():
        raise Refused(_("Write why you need to see the case."), field="reason")
    request = AccessRequest.objects.create(
        kind=kind,
        code_hash=code_hash,
        asked_by_id=actor.writer_id,
        asked_body=actor.working_body,
        asked_office_id=actor.working_office_id,
        asked_network_id=actor.working_network_id,
        asked_at=now,
        urgent=urgent or "",
        reason=reason.strip(),
    )
    action = "access_asked" if kind == RequestKind.ASK else "emergency_tried"
    record_search(actor=actor, action=action, code_hash=code_hash, now=now)
    return request


def _answer(
    actor: Actor, request: AccessRequest, state: RequestState, answer: str, now: datetime
) -> AccessRequest:
    request.state, request.answer = state, answer.strip()
    request.answered_at, request.answered_by_id = now, actor.writer_id
    request.save()
    case = managed_by(actor, now=now).get(filter_by_code(request.code_hash))
    record_case_change(actor, f"access_{state}", case, request.pk, now, subject="access_request")
    return request
