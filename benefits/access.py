"""Before a case: whom a body may know of, and by which rules and signals.

Staff of a body with a ground for the fact, whose network covers the municipality. The right
is judged on the day of looking, not on the day asked about.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from benefits.models import ManualEntryKind, RegisterImport
from cases.access import visible_to
from cases.models import Case
from common.actor import Actor, ActorKind
from common.clock import day_of
from common.decision import Decision, NotVisible
from consent.models import Fact
from consent.selectors import facts_known_before_case
from people.models import LifeEvent, LifeKind, LifeState, Person
from people.selectors import leads_office, towns_on
from people.services.life import undo_days
from statutes.reader import EarlySignal, Law, TriggerRule, Unit

_RESTS_ON = {
    Unit.PAID_DAYS: {Fact.PAID_DAY_COUNTS, Fact.BENEFIT_PERIODS},
    Unit.MONTHS: {Fact.UNEMPLOYMENT_SPELLS},
}


def facts_known_to(actor: Actor, *, now: datetime) -> frozenset[Fact]:
    """The register facts the actor's body may know about people without a case, today.

    The client may know every fact about themselves.
    """
    if actor.is_client:
        return frozenset(Fact)
    if not (actor.is_worker or actor.is_machine):
        return frozenset()
    return facts_known_before_case(body=actor.body, network_id=actor.network_id, on=day_of(now))


def may_know(rule: TriggerRule, facts: frozenset[Fact]) -> bool:
    """Whether those facts let somebody know that this rule is met."""
    return bool(_RESTS_ON[rule.unit] & facts)


def may_know_signal(signal: EarlySignal, facts: frozenset[Fact]) -> bool:
    """Whether those facts let somebody know of this signal: all it rests on must be known."""
    return all(Fact(fact) in facts for fact in signal.rests_on)


def known_names(law: Law, facts: frozenset[Fact]) -> list[str]:
    """The rules and signals of the day that those facts let somebody know of."""
    return [
        *(rule.name for rule in law.rules if may_know(rule, facts)),
        *(signal.name for signal in law.signals if may_know_signal(signal, facts)),
    ]


def municipalities_of(actor: Actor, *, now: datetime) -> list[str]:
    """The codes by which a register places somebody in the actor's network today."""
    if actor.network_id is None:
        return []
    return towns_on(day_of(now)).codes_of(actor.network_id)


def get_person(actor: Actor, person_id: UUID, *, now: datetime) -> Person:
    """Somebody about whom the actor may know some register fact. Raises :class:`NotVisible`.

    The client: themselves. A worker: people of the network's municipalities, save those with a
    case the worker does not see. A machine: whoever's open case it reads, and nobody before one.
    """
    if actor.is_client:
        person = Person.objects.filter(pk=person_id).first()
        if person is not None and person.pk == actor.person_id:
            return person
        raise NotVisible
    if not facts_known_to(actor, now=now):
        raise NotVisible
    known = Person.objects.filter(exclude_unseen_cases(actor, "pk", now=now))
    if actor.is_machine:
        known = known.filter(pk__in=visible_to(actor, now=now).values("person"))
    person = known.filter(
        pk=person_id, municipality_code__in=municipalities_of(actor, now=now), died_on=None
    ).first()
    if person is None:
        raise NotVisible
    return person


def deaths_before_case(actor: Actor, *, now: datetime) -> QuerySet[LifeEvent]:
    """The deaths of people of the network without a case in it, while they can be taken back.

    For whoever might know of these people if they lived: their colleagues see where they went.
    """
    if not actor.is_worker or not facts_known_to(actor, now=now):
        return LifeEvent.objects.none()
    clients = Case.objects.filter(person=OuterRef("person"), network_id=actor.working_network_id)
    since = now - timedelta(days=undo_days(now) + 1)
    return LifeEvent.objects.filter(
        ~Exists(clients),
        kind=LifeKind.DIED,
        state=LifeState.DONE,
        change_encrypted__isnull=False,
        done_at__gt=since,
        person__municipality_code__in=municipalities_of(actor, now=now),
    )


def get_death_before_case(actor: Actor, event_id: UUID, *, now: datetime) -> LifeEvent:
    """One of them. Raises :class:`NotVisible`."""
    event = deaths_before_case(actor, now=now).filter(pk=event_id).select_related("person").first()
    if event is None:
        raise NotVisible
    return event


def exclude_unseen_cases(actor: Actor, person: str, *, now: datetime) -> Q:
    """Leaves out people with an open case in the network that the actor does not see.

    They are clients already, and that they are is nobody else's business. A worker's own record is
    left out too. ``person`` names the column with the person.
    """
    open_cases = Case.objects.filter(
        person=OuterRef(person), ended_at__isnull=True, network_id=actor.working_network_id
    )
    own = visible_to(actor, now=now).filter(person=OuterRef(person), ended_at__isnull=True)
    shown = Q(~Exists(open_cases) | Exists(own))
    if actor.own_person_id is None:
        return shown
    return shown & ~Q(**{person: actor.own_person_id})


def can_enter(actor: Actor, kind: ManualEntryKind, *, now: datetime) -> Decision:
    """May this worker enter by hand what the register does not tell of this kind?"""
    needed = Fact.UNEMPLOYMENT_SPELLS if kind == ManualEntryKind.GAP else Fact.BENEFIT_PERIODS
    if actor.is_worker and needed in facts_known_to(actor, now=now):
        return Decision.yes()
    return Decision.no(_("Your organisation may not know the periods this is about."))


def can_import(actor: Actor) -> Decision:
    """May this actor have register extracts imported? Directors, for their network."""
    if actor.kind is ActorKind.DIRECTOR:
        return Decision.yes()
    return Decision.no(_("Only the director imports register extracts."))


def get_import(actor: Actor, run_id: UUID, *, lock: bool = False) -> RegisterImport:
    """An import of the director's network. Raises :class:`NotVisible` for everybody else."""
    runs = (
        RegisterImport.objects.select_for_update(of=("self",)) if lock else RegisterImport.objects
    )
    run = None
    if can_import(actor):
        run = runs.filter(pk=run_id, network_id=actor.working_network_id).first()
    if run is None:
        raise NotVisible
    return run


def to_confirm(actor: Actor, *, now: datetime) -> QuerySet[RegisterImport]:
    """The imports that a second person was asked to confirm, and that this one may.

    The data-protection officer, and whoever leads an office in the network: they answer for what
    it knows of people and gain nothing by it. Never whoever asked for the import.
    """
    asked = RegisterImport.objects.filter(proposed_at__isnull=False, network__isnull=False)
    if actor.is_worker and leads_office(actor, now=now):
        asked = asked.filter(network_id=actor.working_network_id)
    elif not actor.is_officer:
        return RegisterImport.objects.none()
    return asked.exclude(imported_by=actor.label)


def get_import_to_confirm(
    actor: Actor, run_id: UUID, *, now: datetime, lock: bool = False
) -> RegisterImport:
    """An import this actor is to confirm or has been asked to. Raises :class:`NotVisible`."""
    runs = to_confirm(actor, now=now)
    run = (runs.select_for_update(of=("self",)) if lock else runs).filter(pk=run_id).first()
    if run is None:
        raise NotVisible
    return run
