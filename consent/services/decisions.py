"""What the client decides: agree, say no, take back. In effect at the next request.

An act of consent is written once and never changed; what stands by it is its lines. Two acts
at once follow each other on the case's row. What a worker writes down lets nobody see more before
it is confirmed (:mod:`consent.services.writing_down`).
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from audit.services import record_change
from cases.models import Case, NewsKind
from cases.services import lock_case, notify_team_of_change
from common.actor import Actor
from common.bodies import Body, Receiver
from common.clock import day_of
from common.dates import add_months
from common.decision import NotVisible, Refused
from consent.access import ConsentChange, Target, can_record_consent
from consent.models import (
    Basis,
    Category,
    Choice,
    ClientInformation,
    Consent,
    ConsentRequest,
    DecidedFor,
    Method,
    OutsideParty,
    Scope,
)
from consent.selectors import current_policy, grounds_of
from consent.services.lines import bring_into_effect
from consent.services.writing_down import keep_as_written
from people.models import Office
from people.selectors import open_offices
from statutes.reader import law_on


def build_change(
    *,
    case: Case,
    choice: Choice,
    receiver: Receiver,
    on: date,
    categories: Iterable[Category] | None = None,
    document: ClientInformation | None = None,
    office_id: UUID | None = None,
    party_id: UUID | None = None,
) -> ConsentChange:
    """A decision as a value, to be tried or written. Raises :class:`Refused` for what is not
    the client's to decide.

    ``categories`` None: everything that is the client's choice towards the receiver.
    ``document``: that one thing only, whatever ``categories`` says.
    """
    if receiver == Receiver.MUNICIPALITY:
        raise Refused(_("This is not a choice of yours: the law decides it."), field="categories")
    table = grounds_of(receiver=receiver, network_id=case.network_id, on=on)
    own_choice = table.categories(Basis.CONSENT)
    if document is not None:
        if document.case_id != case.pk:
            raise NotVisible
        one = Target(document.category, document.document)
        targets = frozenset({one})
    else:
        chosen = own_choice if categories is None else [Category(c).value for c in categories]
        targets = frozenset(Target(category) for category in chosen if category in Category.values)
    if not targets:
        raise Refused(_("Choose at least one kind of information."), field="categories")
    # What the law opens is not the client's to close; but what they gave they can take back,
    # whatever the table says today.
    if choice != Choice.REVOKED and any(t.category not in own_choice for t in targets):
        raise Refused(_("This is not a choice of yours: the law decides it."), field="categories")
    return ConsentChange(choice, receiver, targets, office_id=office_id, party_id=party_id)


@transaction.atomic
def decide(
    *,
    actor: Actor,
    case: Case,
    choice: Choice,
    receiver: Receiver,
    purpose: str | DecidedFor,
    now: datetime,
    categories: Iterable[Category] | None = None,
    document: ClientInformation | None = None,
    office_id: UUID | None = None,
    party_id: UUID | None = None,
    valid_to: date | None = None,
    method: Method = Method.ONLINE,
    scan_reference: str = "",
    witness: str = "",
    archive_number: str = "",
    policy_language: str | None = None,
    request_id: UUID | None = None,
) -> Consent:
    """Write one decision of the client and let it stand from now to the end of ``valid_to``.

    The newest word on the same target counts; a no to the whole, or to one thing in it, is
    stronger than a yes beside it. Days are inclusive. The client decides online; a worker of
    the team writes down a signed paper (kept at ``scan_reference`` under ``archive_number``, which
    may come later) or spoken words (``witness``). Of what a worker writes down only what lets
    nobody see more holds at once: the rest waits (:class:`consent.models.WrittenDown`).
    ``purpose`` is what somebody wrote, or one of the codes for what nobody writes.
    Raises :class:`Refused` with the field to mend, ``NotAllowed`` for anybody else.
    """
    # Two taps at once, or the end of the case: the second waits for the first on the case's row.
    lock_case(case)
    can_record_consent(actor, case, opens=choice == Choice.GRANTED, now=now).require()
    today = day_of(now)
    office = _office(case, receiver, office_id)
    party = _party(case, receiver, party_id)
    _require_heard(actor, method, scan_reference, witness)
    last_day = _last_day(actor, choice, receiver, today, valid_to)
    if not purpose.strip():
        raise Refused(_("Write what this is for."), field="purpose")
    policy = current_policy(policy_language)
    if policy is None:
        raise Refused(_("There is no text for the client to read yet. Ask the officer for it."))
    request = _request(case, receiver, request_id)
    change = build_change(
        case=case,
        choice=choice,
        receiver=receiver,
        on=today,
        categories=categories,
        document=document,
        office_id=office_id,
        party_id=party_id,
    )
    consent = Consent.objects.create(
        case=case,
        choice=choice,
        scope=Scope.DOCUMENT if document else Scope.ALL if categories is None else Scope.CATEGORIES,
        receiver=receiver,
        office=office,
        party=party,
        purpose="" if isinstance(purpose, DecidedFor) else purpose.strip(),
        purpose_code=purpose if isinstance(purpose, DecidedFor) else "",
        valid_from=today,
        valid_to=last_day,
        method=method,
        scan_reference=scan_reference.strip(),
        witness=witness.strip(),
        policy=policy,
        request=request,
        given_at=now,
        recorded_by_id=actor.writer_id,
    )
    action = f"consent_{choice}"
    if method == Method.ONLINE:
        bring_into_effect(actor, consent, change, now, request=request)
        _tell_readers(actor, consent, now)
    else:
        said_last = valid_to is not None
        written = keep_as_written(
            actor, consent, change, now, said_last=said_last, archive_number=archive_number
        )
        if written.waits:
            action = "consent_written_down"
    record_change(
        actor=actor,
        action=action,
        subject_type="consent",
        subject_id=consent.pk,
        case_id=case.pk,
        person_id=case.person_id,
        categories=sorted({target.category for target in change.targets}),
        now=now,
    )
    return consent


def _office(case: Case, receiver: Receiver, office_id: UUID | None) -> Office | None:
    if office_id is None:
        return None
    office = open_offices().filter(pk=office_id, network=case.network_id, body=receiver).first()
    if office is None:
        raise Refused(_("Choose an office of that body."), field="office")
    return office


def _party(case: Case, receiver: Receiver, party_id: UUID | None) -> OutsideParty | None:
    if (receiver == Receiver.OUTSIDE) != (party_id is not None):
        raise Refused(_("Choose who receives the information."), field="receiver")
    if party_id is None:
        return None
    party = OutsideParty.objects.select_related("case").filter(pk=party_id, case=case).first()
    if party is None:
        raise NotVisible
    return party


def _require_heard(actor: Actor, method: Method, scan_reference: str, witness: str) -> None:
    if actor.is_client != (method == Method.ONLINE):
        raise Refused(
            _("The client decides online; a worker writes down a paper or spoken words."),
            field="method",
        )
    if method == Method.PAPER and not scan_reference.strip():
        raise Refused(_("Write where the signed paper is kept."), field="scan_reference")
    if method == Method.ORAL and not witness.strip():
        raise Refused(_("Name the witness who heard it."), field="witness")


def _last_day(
    actor: Actor, choice: Choice, receiver: Receiver, today: date, said: date | None
) -> date | None:
    """The last day of a decision: what was said, or the longest that a worker can write down."""
    if said is not None and said < today:
        raise Refused(_("Choose today or a later day."), field="valid_to")
    if choice != Choice.GRANTED:
        return said
    if receiver == Receiver.OUTSIDE and said is None:
        raise Refused(
            _("Choose the last day. What is shared outside always ends."), field="valid_to"
        )
    if actor.is_client:
        return said
    longest = add_months(today, law_on(today).figure("written_consent_months").value)
    if said is not None and said > longest:
        raise Refused(
            _(
                "What is written down for the client ends on %(day)s at the latest. The client "
                "can open it for longer in this service."
            )
            % {"day": f"{longest.day}.{longest.month}.{longest.year}"},
            field="valid_to",
        )
    return said or longest


def _request(case: Case, receiver: Receiver, request_id: UUID | None) -> ConsentRequest | None:
    if request_id is None:
        return None
    request = (
        ConsentRequest.objects.select_for_update(of=("self",))
        .filter(pk=request_id, case=case, receiver=receiver)
        .first()
    )
    if request is None:
        raise NotVisible
    if request.closed_at is not None:
        raise Refused(_("This request has been answered or withdrawn already."))
    return request


def _tell_readers(actor: Actor, consent: Consent, now: datetime) -> None:
    """The workers of the body it is about learn that there is a decision, not what it was."""
    if consent.receiver in Body.values:
        notify_team_of_change(
            actor=actor,
            case=consent.case,
            kind=NewsKind.CONSENT_CHANGED,
            subject_id=consent.case_id,
            now=now,
            body=Body(consent.receiver),
        )
