"""Who may ask, and who must answer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from audit.models import AuditRow
from audit.selectors import accesses_of_case
from benefits.models import HandEntry, Handling, PaymentPeriod, UnemploymentSpell
from caseplan.access import visible_to
from caseplan.models import Action, Answer, Goal, JointPlan, Measure, Referral
from caseplan.selectors import own_case
from cases.access import managed_by, worked_on_by
from cases.models import Case, TeamTerm
from common.actor import Actor, ActorKind
from common.bodies import Party
from common.decision import Decision, NotVisible
from consent.models import Category, ClientInformation
from people.models import Person, Position
from people.selectors import standing_at
from rights.models import Correction, Question


def get_look(actor: Actor, case: Case, look: int) -> AuditRow:
    """One look at the client's own case, to ask about. Raises :class:`NotVisible` otherwise."""
    row = None
    if actor.is_client and actor.person_id == case.person_id:
        rows = accesses_of_case(case.pk, but_not_by=actor, code_hash=case.person.identity_code_hash)
        row = rows.filter(pk=look).first()
    if row is None:
        raise NotVisible
    return row


def get_question(actor: Actor, question_id: UUID, *, now: datetime) -> Question:
    """An open question, locked, for the officer who answers. Raises :class:`NotVisible`."""
    question = (
        Question.objects.select_for_update(of=("self",))
        .select_related("case")
        .filter(pk=question_id)
        .first()
    )
    if question is None or actor.kind is not ActorKind.OFFICER:
        raise NotVisible
    return question


# What can be asked to be corrected: what a body has recorded as its own. A version of the plan
# stands still and is mended in what it was made from.
IN_A_CASE: dict[str, type[ClientInformation]] = {
    "referral": Referral,
    "plan": JointPlan,
    "goal": Goal,
    "action": Action,
    "measure": Measure,
    "answer": Answer,
}
ABOUT_THE_PERSON: dict[str, type[Any]] = {
    "person": Person,
    "spell": UnemploymentSpell,
    "payment": PaymentPeriod,
    "handling": Handling,
    "hand_entry": HandEntry,
}
# Who answers for what carries no body of its own, and of what kind it is. The extract of the
# register of jobseekers is the employment authority's, that of benefits Kela's.
_ANSWERS: dict[type[Any], tuple[Party | str, Category]] = {
    Person: (Party.EMPLOYMENT, Category.IDENTITY_CONTACT),
    UnemploymentSpell: (Party.EMPLOYMENT, Category.EDUCATION_WORK),
    PaymentPeriod: (Party.KELA, Category.BENEFITS_DETAIL),
    Handling: ("handled_for", Category.SERVICE_NEEDS),
    HandEntry: ("entered_for", Category.BENEFITS_DETAIL),
}


@dataclass(frozen=True, slots=True)
class Thing:
    """Something recorded about a client: its row, its kind, and the party that answers for it.

    ``case`` is where a request about it belongs: the case it stands in, or for what the
    registers say, the client's own case.
    """

    subject_type: str
    subject_id: UUID
    row: Any
    party: Party
    category: Category
    case: Case


def thing_of(subject_type: str, row: Any, own: Case | None) -> Thing | None:
    """A row as something to be corrected, or None where it is nothing of the sort.

    ``own``: the client's own case, to which what stands in no case belongs.
    """
    if subject_type in IN_A_CASE:
        party, category, case = Party(row.recorded_for), Category(row.category), row.case
        return Thing(subject_type, row.pk, row, party, category, case)
    if subject_type not in ABOUT_THE_PERSON or own is None:
        return None
    if isinstance(row, Handling) and row.network_id != own.network_id:
        return None
    answers, category = _ANSWERS[type(row)]
    party = answers if isinstance(answers, Party) else Party(getattr(row, answers))
    return Thing(subject_type, as_subject(row.pk), row, party, category, own)


def as_subject(pk: UUID | int) -> UUID:
    """How a row is named in an address: rows of the registers have numbers."""
    return pk if isinstance(pk, UUID) else UUID(int=pk)


def get_thing(actor: Actor, subject_type: str, subject_id: UUID, *, now: datetime) -> Thing:
    """Something recorded about this client, by them or by others. Raises :class:`NotVisible`."""
    row: Any = None
    if actor.is_client and subject_type in IN_A_CASE:
        rows = visible_to(actor, IN_A_CASE[subject_type], now=now)
        row = rows.select_related("case").filter(pk=subject_id).first()
    elif actor.is_client and subject_type in ABOUT_THE_PERSON:
        model = ABOUT_THE_PERSON[subject_type]
        path = {Person: "pk", Handling: "flag__person"}.get(model, "person")
        numbered = model._meta.pk.get_internal_type() != "UUIDField"
        pk = subject_id.int % 2**63 if numbered else subject_id
        row = model._default_manager.filter(**{path: actor.person_id}, pk=pk).first()
        if row is not None and as_subject(row.pk) != subject_id:
            row = None
    thing = thing_of(subject_type, row, own_case(actor, now=now)) if row is not None else None
    if thing is None:
        raise NotVisible
    return thing


def can_ask_for_correction(thing: Thing) -> Decision:
    """May the client ask for this to be corrected? Where a body answers for it and can answer."""
    if thing.party == Party.CLIENT:
        return Decision.no(_("You wrote this yourself. You change it in your own plan."))
    if not thing.case.is_open:
        return Decision.no(
            _("The case has ended. Write to the office that recorded this: it corrects it.")
        )
    return Decision.yes()


def corrections_answered_by(actor: Actor, *, now: datetime) -> QuerySet[Correction]:
    """The requests that this worker answers, or has had answered for their body.

    Those to their own body in the cases on whose team they stand. Where a body has nobody left
    on the team: the case manager. Nobody else, so that the words stay with whom they were for.
    """
    if not actor.is_worker:
        return Correction.objects.none()
    sits_there = Position.objects.filter(
        standing_at(now), user=OuterRef("user"), office__body=OuterRef(OuterRef("to_body"))
    )
    still_there = TeamTerm.objects.filter(
        standing_at(now),
        Q(office__body=OuterRef("to_body")) | Exists(sits_there),
        case=OuterRef("case"),
    )
    return Correction.objects.filter(
        Q(to_body=actor.working_body, case__in=worked_on_by(actor, now=now))
        | (Q(case__in=managed_by(actor, now=now)) & ~Exists(still_there))
    )


def get_correction(
    actor: Actor, correction_id: UUID, *, now: datetime, lock: bool = False
) -> Correction:
    """One request for a correction, for whoever answers it. Raises :class:`NotVisible`."""
    found = corrections_answered_by(actor, now=now).select_related("case", "case__person")
    if lock:
        found = found.select_for_update(of=("self",))
    correction = found.filter(pk=correction_id).first()
    if correction is None:
        raise NotVisible
    return correction


def require_own(actor: Actor, case: Case) -> None:
    """Raise :class:`NotVisible` unless the actor is the client of the case."""
    if not actor.is_client or actor.person_id != case.person_id:
        raise NotVisible
