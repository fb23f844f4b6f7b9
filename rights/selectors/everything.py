"""Everything recorded about one person, for that person: by who recorded it and answers for it.

One list of sources says which models hold something about a person and how to find it; every
field of theirs is told unless it is named as merely technical. A test walks all models and
fails on one that is neither a source nor explained.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Field, Model
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from audit.models import Purpose
from benefits.models import Coming, Flag, HandEntry, Handling, PaymentPeriod, UnemploymentSpell
from caseplan.models import (
    Action,
    Answer,
    Goal,
    JointPlan,
    Measure,
    PlanVersion,
    Referral,
    VersionItem,
)
from caseplan.selectors import open_history, reading_of
from cases.access import visible_to
from cases.models import AccessRequest, Case, CaseException, TeamTerm
from common.actor import Actor
from common.bodies import Party
from common.crypto import decrypt
from common.decision import NotVisible
from consent.models import Category, Consent, ConsentLine, ConsentRequest, OutsideParty
from followup.models import Reminder
from people.models import Office, Person, User
from people.selectors import names_of
from rights.models import Correction, Question
from rights.selectors.looks import Look, list_looks

SERVICE = "service"  # what the joint service as such keeps: the three bodies together


@dataclass(frozen=True, slots=True)
class Source:
    """Where something about a person stands.

    ``find`` is the lookup from a row to the person or the person's cases. ``party`` names the
    field with whoever recorded it, or is the code of a party. ``correctable``: whether the
    client may ask for it to be corrected.
    """

    model: type[Model]
    title: Promise
    find: str
    party: str
    at: str
    by: str = ""
    correctable: bool = False


SOURCES: tuple[Source, ...] = (
    Source(Person, _("Who you are"), "pk", Party.EMPLOYMENT, "", "", True),
    Source(Case, _("Your case"), "person", SERVICE, "opened_at", "opened_by"),
    Source(Referral, _("Why the case was opened"), "case", "recorded_for", "recorded_at",
           "recorded_by", True),
    Source(TeamTerm, _("Somebody in your team"), "case", SERVICE, "since"),
    Source(JointPlan, _("The plan as a whole"), "case", "recorded_for", "recorded_at",
           "recorded_by", True),
    Source(Goal, _("Goal"), "case", "recorded_for", "recorded_at", "recorded_by", True),
    Source(Action, _("Action"), "case", "recorded_for", "recorded_at", "recorded_by", True),
    Source(Measure, _("Service"), "case", "recorded_for", "recorded_at", "recorded_by", True),
    Source(PlanVersion, _("Version of the plan"), "case", SERVICE, "proposed_at", "proposed_by"),
    Source(VersionItem, _("Part of a version"), "case", "recorded_for", "recorded_at",
           "recorded_by"),
    Source(Answer, _("Answer to a version"), "case", "recorded_for", "recorded_at",
           "recorded_by"),
    Source(Reminder, _("Reminder"), "case", SERVICE, ""),
    Source(UnemploymentSpell, _("Unemployment"), "person", Party.EMPLOYMENT, "", "", True),
    Source(PaymentPeriod, _("Payment period"), "person", Party.KELA, "", "", True),
    Source(Flag, _("Trigger or early signal"), "person", SERVICE, ""),
    Source(Coming, _("Trigger that is coming up"), "person", SERVICE, ""),
    Source(Handling, _("Decision on a trigger or signal"), "flag__person", "handled_for",
           "handled_at", "handled_by", True),
    Source(HandEntry, _("Entered by hand"), "person", "entered_for", "entered_at", "entered_by",
           True),
    Source(Consent, _("What you have decided"), "case", Party.CLIENT, "given_at", "recorded_by"),
    Source(ConsentLine, _("What stands by your decisions"), "case", Party.CLIENT, ""),
    Source(ConsentRequest, _("Request for consent"), "case", "receiver", "asked_at", "asked_by"),
    Source(OutsideParty, _("Outside party"), "case", Party.CLIENT, "invited_at", "invited_by"),
    Source(CaseException, _("Somebody who sees the case for a time"), "content_object", SERVICE,
           "since"),
    Source(AccessRequest, _("Somebody asked to see or opened your case"), "code_hash",
           "asked_body", "asked_at", "asked_by"),
    Source(Question, _("Your question about a look"), "case", Party.CLIENT, "asked_at"),
    Source(Correction, _("Your request for a correction"), "case", Party.CLIENT, "asked_at",
           "asked_by"),
)  # fmt: skip

# What identifies, counts or links rows, or is told in words elsewhere in the same item.
TECHNICAL = {
    "id", "identity_code_encrypted", "identity_code_hash", "sort_key", "revision", "secret_hash",
    "code_hash", "source_id", "goal_id", "goal", "position", "version", "case", "person", "flag",
    "subject_id", "look", "consent", "policy", "request", "party_id", "ended_by_consent", "user_id",
    "first_import", "corrected_by_import", "permission", "content_object", "network",
    "asked_network", "plan", "document",
}  # fmt: skip
LABELS: dict[str, Promise] = {
    "birth_date": _("Date of birth"), "last_name": _("Last name"),
    "first_names": _("First names"), "language": _("Language"),
    "municipality_code": _("Municipality"), "email": _("E-mail"), "phone": _("Phone"),
    "non_disclosure": _("Non-disclosure for personal safety"), "user": _("User"),
    "statute": _("Section of law"), "started_on": _("Started"), "opened_at": _("Opened"),
    "opened_by": _("Opened by"), "ended_at": _("Ended"), "ended_by": _("Ended by"),
    "category": _("Kind of information"), "recorded_for": _("Recorded by"),
    "recorded_by": _("Recorded by"), "recorded_at": _("Recorded"), "reason": _("Reason"),
    "rule": _("Rule"), "asked_on": _("As of"), "reached_on": _("Reached on"),
    "measured": _("Measured"), "office": _("Office"), "role": _("Role"), "why": _("Why"),
    "since": _("Since"), "until": _("Until"), "kela_participates": _("Kela takes part"),
    "strengths": _("What you can do"), "job_search_duty": _("Job search"),
    "follow_up": _("Follow-up"), "kind": _("Sort"), "text": _("Text"),
    "dropped_at": _("Dropped"), "dropped_by": _("Dropped by"), "owner_party": _("Whose task"),
    "owner": _("Who"), "due_on": _("By when"), "state": _("State"),
    "state_reason": _("Reason"), "closed_at": _("Closed"), "closed_by": _("Closed by"),
    "body": _("Body"), "name": _("Name"), "provider": _("Who provides it"),
    "starts_on": _("Starts"), "ends_on": _("Ends"), "number": _("Number"),
    "parties": _("Who takes part"), "proposed_at": _("Proposed"),
    "proposed_by": _("Proposed by"), "in_force_at": _("In force"),
    "replaced_at": _("Replaced"), "set_aside_at": _("Set aside"),
    "review_due_on": _("Review due"), "review_section": _("Section of law"),
    "content": _("Text"), "party": _("Party"), "reply": _("Answer"), "words": _("Words"),
    "for_user": _("For"), "raised_on": _("Raised"), "ended_on": _("Ended"),
    "start": _("Starts"), "end": _("Ends"), "corrected_at": _("Corrected"),
    "benefit": _("Benefit"), "basis": _("Basis"), "paid_days": _("Paid days"),
    "opened_on": _("Opened"), "closed_on": _("Closed"), "closed_because": _("Closed because"),
    "expected_on": _("Expected on"), "snoozed_until": _("Snoozed until"),
    "handled_at": _("Decided"), "handled_by": _("Decided by"), "handled_for": _("Body"),
    "first": _("First day"), "last": _("Last day"), "entered_at": _("Entered"),
    "entered_by": _("Entered by"), "entered_for": _("Body"), "withdrawn_at": _("Withdrawn"),
    "withdrawn_by": _("Withdrawn by"), "choice": _("Decision"), "scope": _("How much"),
    "receiver": _("Who receives"), "purpose": _("Purpose"), "valid_from": _("First day"),
    "valid_to": _("Last day"), "method": _("How it was heard"),
    "scan_reference": _("Where the paper is"), "witness": _("Witness"),
    "given_at": _("Given"), "denied": _("A no"), "categories": _("Kinds of information"),
    "asked_at": _("Asked"), "asked_by": _("Asked by"), "organisation": _("Organisation"),
    "invited_at": _("Invited"), "invited_by": _("Invited by"),
    "secret_until": _("Invitation valid until"), "taken_up_at": _("Taken up"),
    "asked_body": _("Body"), "asked_office": _("Office"), "urgent": _("What could not wait"),
    "answered_at": _("Answered"), "answered_by": _("Answered by"), "answer": _("Answer"),
    "to_body": _("To"), "subject_type": _("About"), "outcome": _("Outcome"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Value:
    name: str
    label: str
    said: str


@dataclass(frozen=True, slots=True)
class Recorded:
    """One thing recorded: what, by whom, when, and every value it holds, in words."""

    kind: str
    title: str
    subject_id: str
    party: str
    category: str
    at: str
    by: str
    values: list[Value]
    correctable: bool

    @property
    def body(self) -> str:
        """The party in words: a body, you, or the joint service."""
        if self.party == SERVICE:
            return gettext("The joint service")
        return str(Party(self.party).label)


@dataclass(frozen=True, slots=True)
class Everything:
    """All of it: what each party recorded, the earlier wordings, and who has looked."""

    made_at: datetime
    name: str
    identity_code: str
    by_party: list[tuple[str, str, list[Recorded]]]
    looks: list[Look]

    @property
    def items(self) -> list[Recorded]:
        return [item for _code, _label, items in self.by_party for item in items]


def open_everything(actor: Actor, *, now: datetime) -> Everything:
    """Everything recorded about the client who asks; logged. Raises ``NotVisible`` for others."""
    person = Person.objects.filter(user=actor.user_id).first() if actor.is_client else None
    if person is None:
        raise NotVisible
    cases = list(visible_to(actor, now=now).order_by("opened_at", "pk"))
    found = [(source, row) for source in SOURCES for row in _rows(source, person, cases)]
    spoken = _Spoken([row for _source, row in found])
    items = [_recorded(source, row, spoken) for source, row in found]
    looks: list[Look] = []
    for case in cases:
        items += _earlier(actor, case, now)
        looks += list_looks(actor, case.pk, now=now)
    reading_of(actor, now=now).shows(
        "everything_opened", Purpose.OWN_DATA, [(case, []) for case in cases], beside=Category
    )
    parties = [
        *((party.value, str(party.label)) for party in Party),
        (SERVICE, gettext("The joint service")),
    ]
    return Everything(
        made_at=now,
        name=person.full_name,
        identity_code=decrypt(person.identity_code_encrypted),
        by_party=[
            (code, label, [item for item in items if item.party == code]) for code, label in parties
        ],
        looks=looks,
    )


def recorded_thing(actor: Actor, kind: str, subject_id: str, *, now: datetime) -> Recorded:
    """One thing recorded about the client who asks. Raises ``NotVisible`` for any other."""
    for item in open_everything(actor, now=now).items:
        if (item.kind, item.subject_id) == (kind, subject_id) and item.correctable:
            return item
    raise NotVisible


def _rows(source: Source, person: Person, cases: list[Case]) -> list[Model]:
    paths: dict[str, dict[str, Any]] = {
        "pk": {"pk": person.pk},
        "person": {"person": person},
        "case": {"case__in": cases},
        "content_object": {"content_object__in": cases},
        "flag__person": {"flag__person": person},
        "code_hash": {"code_hash": person.identity_code_hash},
    }
    found = source.model._default_manager.filter(**paths[source.find])
    order = [source.at] if source.at else []
    return list(found.order_by(*order, "pk"))


class _Spoken:
    """The names of users, offices and outside parties that rows refer to: three queries."""

    def __init__(self, rows: Iterable[Model]) -> None:
        self.ids: dict[type[Model], set[Any]] = {User: set(), Office: set(), OutsideParty: set()}
        for row in rows:
            for field in row._meta.concrete_fields:
                if field.related_model in self.ids:
                    self.ids[field.related_model].add(getattr(row, field.attname))
        self.names: dict[Any, str] = dict(names_of(self.ids[User] - {None}))
        offices = Office.objects.filter(pk__in=self.ids[Office] - {None})
        self.names |= {office.pk: office.name for office in offices}
        parties = OutsideParty.objects.filter(pk__in=self.ids[OutsideParty] - {None})
        self.names |= {party.pk: party.label for party in parties}

    def say(self, row: Model, field: Field[Any, Any]) -> str:
        value = getattr(row, field.attname)
        if value in (None, "", [], {}):
            return ""
        if field.is_relation:
            return self.names.get(value, "")
        if field.choices:
            return str(getattr(row, f"get_{field.name}_display")())
        return _words(value)


def _words(value: Any) -> str:
    if isinstance(value, bool):
        return gettext("Yes") if value else gettext("No")
    if isinstance(value, (datetime, date)):
        return value.isoformat()
    if isinstance(value, dict):
        return "; ".join(_words(part) for part in value.values() if part not in (None, ""))
    if isinstance(value, list):
        return ", ".join(_words(part) for part in value)
    return str(value)


def _recorded(source: Source, row: Model, spoken: _Spoken) -> Recorded:
    fields = {field.name: field for field in row._meta.concrete_fields}
    party = str(getattr(row, source.party)) if source.party in fields else str(source.party)
    category = str(getattr(row, "category", ""))
    return Recorded(
        kind=source.model._meta.model_name or "",
        title=str(source.title),
        subject_id=str(row.pk),
        party=party,
        category=str(Category(category).label) if category in Category.values else "",
        at=_words(getattr(row, source.at)) if source.at else "",
        by=spoken.names.get(getattr(row, fields[source.by].attname), "") if source.by else "",
        values=[
            Value(name, str(LABELS[name]), said)
            for name, field in fields.items()
            if name not in TECHNICAL and (said := spoken.say(row, field))
        ],
        correctable=source.correctable and party != Party.CLIENT,
    )


def _earlier(actor: Actor, case: Case, now: datetime) -> list[Recorded]:
    return [
        Recorded(
            kind="history",
            title=gettext("Earlier wording: %(what)s") % {"what": past.kind},
            subject_id=str(past.subject_id),
            party=past.recorded_for.value,
            category=str(past.category.label),
            at=_words(past.at),
            by=past.who,
            values=[
                Value(f"{number}", str(field.label), _words(field.said))
                for number, field in enumerate(past.fields)
                if field.said not in (None, "")
            ],
            correctable=False,
        )
        for past in open_history(actor, case.pk, now=now)
    ]
