"""That somebody acts for a client: written down by who saw the document, confirmed by another."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from audit.services import record_change
from cases.access import can_write_in_case
from cases.access.mandates import can_confirm_mandate, can_end_mandate, get_mandate
from cases.models import Case, Mandate, MandateEnd, MandateState, NewsKind
from cases.selectors import team_of
from cases.services.news import notify_of_change, notify_team_of_change
from cases.services.rows import lock_case
from cases.services.telling import Telling
from common.actor import Actor
from common.clock import day_of
from common.crypto import encrypt, search_hash
from common.decision import Refused
from common.identity_code import BadIdentityCode, parse
from common.mandates import (
    EVIDENCE,
    Evidence,
    MandateSource,
    Matter,
    last_day_of_custody,
    matters_of,
)
from people.models import User
from people.selectors import codes_of


@transaction.atomic
def record_mandate(
    *,
    actor: Actor,
    case: Case,
    holder_name: str,
    holder_code: str,
    source: MandateSource,
    since: date,
    evidence: Evidence,
    dated: date,
    now: datetime,
    matters: Collection[Matter] = (),
    until: date | None = None,
) -> Mandate:
    """Write down what a worker of the team has seen; nothing follows before a second has seen it.

    ``matters``: of an authorisation; a guardian and a custodian have all of their source. Both
    days are inclusive. Raises :class:`Refused` with the field to mend.
    """
    lock_case(case)
    can_write_in_case(actor, case, now=now).require()
    try:
        code = parse(holder_code)
    except BadIdentityCode:
        raise Refused(_("This is not a personal identity code."), field="holder_code") from None
    code_hash = search_hash(code)
    _require_another(case, code_hash, now)
    if evidence not in EVIDENCE[source]:
        raise Refused(_("This does not show it. Choose what you saw."), field="evidence")
    if dated > day_of(now):
        raise Refused(_("The day on the document has not come yet."), field="dated")
    last = _last_day(case, source, since, until)
    covered = _matters(source, matters)
    _require_free(case, code_hash, source, since, last)
    row = Mandate.objects.create(
        case=case, person_id=case.person_id, holder_name=holder_name.strip(),
        holder_code_encrypted=encrypt(code), holder_code_hash=code_hash, source=source,
        matters=sorted(covered), since=since, until=last, evidence=evidence, dated=dated,
        recorded_by_id=actor.writer_id, recorded_office_id=actor.working_office_id,
        recorded_at=now,
    )  # fmt: skip
    _record(actor, "mandate_recorded", row, now)
    notify_team_of_change(
        actor=actor, case=case, kind=NewsKind.MANDATE_WAITS, subject_id=row.pk, now=now
    )
    return row


@transaction.atomic
def confirm_mandate(*, actor: Actor, mandate_id: UUID, accepted: bool, now: datetime) -> Mandate:
    """A second person has seen the document too, or says that it does not show it."""
    row = get_mandate(actor, mandate_id, now=now, lock=True)
    can_confirm_mandate(actor, row, now=now).require()
    row.state = MandateState.STANDS if accepted else MandateState.TURNED_DOWN
    row.decided_by_id, row.decided_at = actor.writer_id, now
    row.save(update_fields=["state", "decided_by", "decided_at"])
    _record(actor, "mandate_began" if accepted else "mandate_turned_down", row, now)
    if accepted:
        _tell(actor, row, NewsKind.MANDATE_BEGAN, now)
    return row


@transaction.atomic
def end_mandate(*, actor: Actor, mandate_id: UUID, because: MandateEnd, now: datetime) -> Mandate:
    """Somebody acts for the client no longer, from this moment; nobody else is asked."""
    row = get_mandate(actor, mandate_id, now=now, lock=True)
    can_end_mandate(actor, row, now=now).require()
    told = row.state == MandateState.STANDS
    row.state, row.ended_because = MandateState.ENDED, because
    row.ended_by_id, row.ended_at = actor.writer_id, now
    row.save(update_fields=["state", "ended_because", "ended_by", "ended_at"])
    _record(actor, "mandate_ended", row, now)
    if told:
        _tell(actor, row, NewsKind.MANDATE_ENDED, now)
    return row


@transaction.atomic
def tell_of_mandate(*, actor: Actor, mandate_id: UUID, how: Telling, now: datetime) -> Mandate:
    """Write down who told a client without a log-in who acts for them, or that it has ended."""
    row = get_mandate(actor, mandate_id, now=now, lock=True)
    can_write_in_case(actor, row.case, now=now).require()
    if row.state not in (MandateState.STANDS, MandateState.ENDED):
        raise Refused(_("There is nothing to tell before a second person has seen it."))
    row.client_untold = False
    row.save(update_fields=["client_untold"])
    _record(actor, f"mandate_told_{how}", row, now)
    return row


def _require_another(case: Case, code_hash: str, now: datetime) -> None:
    if code_hash in codes_of(case.person):
        raise Refused(_("This is the client's own code. Nobody acts for themselves."),
                      field="holder_code")  # fmt: skip
    team = {member.user_id for member in team_of(case, now=now) if member.user_id is not None}
    works_on_it = User.objects.filter(
        Q(own_code_hash=code_hash) | Q(person__identity_code_hash=code_hash), pk__in=team
    )
    if works_on_it.exists():
        raise Refused(
            _("Whoever works on the case does not act for the client in it."), field="holder_code"
        )


def _last_day(case: Case, source: MandateSource, since: date, until: date | None) -> date | None:
    if source is MandateSource.PARENT:
        of_age = last_day_of_custody(case.person.birth_date)
        if since > of_age:
            raise Refused(_("The client is of age: no custodian acts for them."), field="source")
        if until is not None and until > of_age:
            raise Refused(_("Custody ends when the client is 18."), field="until")
        until = until or of_age
    if source is MandateSource.AUTHORISATION and until is None:
        raise Refused(_("An authorisation in the register has a last day."), field="until")
    if until is not None and until < since:
        raise Refused(_("The last day is not before the first one."), field="until")
    return until


def _matters(source: MandateSource, matters: Collection[Matter]) -> frozenset[Matter]:
    """What it is about: of an authorisation what was chosen, of what an authorisation gives."""
    possible = matters_of(source)
    if source is not MandateSource.AUTHORISATION:
        return possible
    chosen = frozenset(matters)
    if not chosen:
        raise Refused(_("Choose what the authorisation is about."), field="matters")
    if not chosen <= possible:
        raise Refused(
            _("The client decides themselves who is shown what: no authorisation covers it here."),
            field="matters",
        )
    return chosen


def _require_free(
    case: Case, code_hash: str, source: MandateSource, since: date, until: date | None
) -> None:
    standing = Mandate.objects.filter(
        Q(until__isnull=True) | Q(until__gte=since), person=case.person_id, source=source,
        holder_code_hash=code_hash, state__in=[MandateState.WAITING, MandateState.STANDS],
    )  # fmt: skip
    if until is not None:
        standing = standing.filter(since__lte=until)
    if standing.exists():
        raise Refused(_("The same is written down already for some of these days."), field="since")


def _tell(actor: Actor, row: Mandate, kind: NewsKind, now: datetime) -> None:
    """The client, and the team, that somebody acts for them or does so no more.

    Who has no log-in is told by somebody (``tell_of_mandate``).
    """
    if row.person.user_id is None:
        row.client_untold = True
        row.save(update_fields=["client_untold"])
    team = [m.user_id for m in team_of(row.case, now=now) if m.user_id is not None]
    notify_of_change(
        actor=actor, case=row.case, kind=kind, subject_id=row.pk, now=now, workers=team,
        was=row.holder_name,
    )  # fmt: skip


def _record(actor: Actor, action: str, row: Mandate, now: datetime) -> None:
    record_change(
        actor=actor, action=action, subject_type="mandate", subject_id=row.pk,
        case_id=row.case_id, person_id=row.person_id, now=now,
    )  # fmt: skip
