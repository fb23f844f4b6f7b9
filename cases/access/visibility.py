"""Which cases exist for somebody: the filters that lists and single pages share."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import BooleanField, ExpressionWrapper, Q, QuerySet
from django.db.models.expressions import RawSQL

from cases.models import Case
from common.actor import Actor, ActorKind
from common.decision import NotVisible
from common.scopes import MachineScope


def visible_to(actor: Actor, *, now: datetime) -> QuerySet[Case]:
    """The cases that exist for this actor.

    A worker: where they, their office, or somebody they stand in for, stand on the team, in the
    network they work in, and for a time where they were let in; never their own. A client: theirs.
    A machine: the open cases of its network on whose team somebody of its body, or an office of it,
    stands; without its scope, nobody under non-disclosure.
    An outside party: what was shared with them, while the case lasts. A director, an officer and
    everybody else: none (counts come from ``evaluation``).
    """
    if actor.is_client and actor.person_id:
        return Case.objects.filter(person_id=actor.person_id)
    if actor.kind is ActorKind.OUTSIDE:
        # Whatever was left standing: what was shared was shared for as long as the case lasts.
        return Case.objects.filter(ended_at__isnull=True, pk__in=_found(_SHARED, actor, now))
    if actor.is_machine:
        return _of_its_body(actor, now)
    if not actor.is_worker:
        return Case.objects.none()
    return _others(actor).filter(
        pk__in=_found(f"{_ON_TEAM} UNION {_FOR_A_TIME}", actor, now),
        network_id=actor.working_network_id,
    )


# Every page asks these, most of them several times: built by the ORM they cost ten times what it
# takes to ask them. Each way to a case is a statement of its own that its index answers; with an
# OR between them the memberships of everybody would be read.
_ON_TEAM = """
    SELECT own.case_id FROM cases_teammembership own
    WHERE own.user_id = reader.user_id
      AND own.since <= reader.now AND (own.until IS NULL OR own.until > reader.now)
    UNION
    SELECT covered.case_id FROM cases_cover cover
    JOIN cases_teammembership covered ON covered.user_id = cover.user_id
    WHERE cover.by_id = reader.user_id AND cover.network_id = reader.network_id
      AND cover.since <= reader.now AND cover.until > reader.now
      AND covered.since <= reader.now AND (covered.until IS NULL OR covered.until > reader.now)
    UNION
    SELECT theirs.case_id FROM cases_teammembership theirs
    WHERE theirs.office_id = reader.office_id AND theirs.role <> 'awaited'
      AND theirs.since <= reader.now AND (theirs.until IS NULL OR theirs.until > reader.now)
"""
# Whom the reader stands in for, and in which of their cases; a row without a case where in none.
_PLACES_TAKEN = """
    SELECT cover.user_id, covered.case_id FROM cases_cover cover
    LEFT JOIN cases_teammembership covered ON covered.user_id = cover.user_id
      AND covered.since <= %s AND (covered.until IS NULL OR covered.until > %s)
      AND NOT EXISTS (SELECT FROM cases_teammembership own WHERE own.case_id = covered.case_id
        AND own.user_id = cover.by_id AND own.since <= %s
        AND (own.until IS NULL OR own.until > %s))
    WHERE cover.by_id = %s AND cover.network_id = %s AND cover.since <= %s AND cover.until > %s
    ORDER BY cover.user_id, covered.case_id
"""
_AS_MANAGER = """
    SELECT own.case_id FROM cases_teammembership own
    WHERE own.user_id = reader.user_id AND own.role = 'case_manager'
      AND own.since <= reader.now AND (own.until IS NULL OR own.until > reader.now)
    UNION
    SELECT covered.case_id FROM cases_cover cover
    JOIN cases_teammembership covered ON covered.user_id = cover.user_id
    WHERE cover.by_id = reader.user_id AND cover.network_id = reader.network_id
      AND cover.since <= reader.now AND cover.until > reader.now
      AND covered.role = 'case_manager'
      AND covered.since <= reader.now AND (covered.until IS NULL OR covered.until > reader.now)
"""
# Whoever of the body stands there by name, where they work now; or an office of it.
_BODY_ON_TEAM = """
    SELECT theirs.case_id FROM cases_teammembership theirs
    JOIN people_position held ON held.user_id = theirs.user_id
      AND held.since <= reader.now AND (held.until IS NULL OR held.until > reader.now)
    JOIN people_office office ON office.id = held.office_id
    WHERE office.body = reader.body AND office.network_id = reader.network_id
      AND theirs.since <= reader.now AND (theirs.until IS NULL OR theirs.until > reader.now)
    UNION
    SELECT theirs.case_id FROM cases_teammembership theirs
    JOIN people_office office ON office.id = theirs.office_id
    WHERE office.body = reader.body AND office.network_id = reader.network_id
      AND theirs.role <> 'awaited'
      AND theirs.since <= reader.now AND (theirs.until IS NULL OR theirs.until > reader.now)
"""
# What a client opened to somebody outside opens nothing to the office they come to sit in.
_LET_IN = """
    SELECT given.content_object_id FROM cases_temporaryaccess given
    JOIN auth_permission ON auth_permission.id = given.permission_id
    WHERE given.user_id = reader.user_id AND auth_permission.codename = 'view_case'
      AND given.since <= reader.now AND given.until > reader.now
"""
_FOR_A_TIME = f"{_LET_IN} AND given.why <> 'shared'"
_SHARED = f"{_LET_IN} AND given.why = 'shared'"


def _found(ways: str, actor: Actor, now: datetime) -> RawSQL:
    """The keys of the cases that a user finds in any of these ways; none by an office of None."""
    return RawSQL(
        "SELECT found.case_id FROM"
        " (VALUES (%s::uuid, %s::uuid, %s::uuid, %s::timestamptz, %s::text))"
        " AS reader (user_id, office_id, network_id, now, body),"
        f" LATERAL ({ways}) AS found (case_id)",
        [
            actor.user_id, actor.office_id, actor.network_id, now,
            actor.body.value if actor.body else None,
        ],
    )  # fmt: skip


def _of_its_body(actor: Actor, now: datetime) -> QuerySet[Case]:
    cases = Case.objects.filter(
        ended_at__isnull=True,
        network_id=actor.working_network_id,
        pk__in=_found(_BODY_ON_TEAM, actor, now),
    )
    if MachineScope.PROTECTED in actor.scopes:
        return cases
    return cases.filter(person__non_disclosure=False)


def _others(actor: Actor) -> QuerySet[Case]:
    """Every case but a worker's own: that one they see as its client alone, by another log-in."""
    if actor.own_person_id is None:
        return Case.objects.all()
    return Case.objects.exclude(person_id=actor.own_person_id)


def is_on_team(actor: Actor, case: Case, now: datetime) -> bool:
    """Does this worker stand on the team of a case, or their office, or whom they stand in for?"""
    return _others(actor).filter(pk=case.pk, pk__in=_found(_ON_TEAM, actor, now)).exists()


def get_case(actor: Actor, case_id: UUID, *, now: datetime) -> Case:
    """One visible case with its person and network. Raises :class:`NotVisible` otherwise."""
    case = visible_to(actor, now=now).select_related("person", "network").filter(pk=case_id).first()
    if case is None:
        raise NotVisible
    return case


def managed_by(actor: Actor, *, now: datetime) -> QuerySet[Case]:
    """The open cases whose case manager this worker is, or stands in for."""
    if not actor.is_worker:
        return Case.objects.none()
    return _others(actor).filter(
        ended_at__isnull=True,
        network_id=actor.working_network_id,
        pk__in=_found(_AS_MANAGER, actor, now),
    )


def worked_on_by(actor: Actor, *, now: datetime) -> QuerySet[Case]:
    """The open cases on whose team this worker, or their office, stands: where they may write."""
    if not actor.is_worker:
        return Case.objects.none()
    return _others(actor).filter(
        ended_at__isnull=True,
        network_id=actor.working_network_id,
        pk__in=_found(_ON_TEAM, actor, now),
    )


def on_team_of(actor: Actor, *, now: datetime) -> QuerySet[Case]:
    """The cases, ended ones too, on whose team this worker or their office stands."""
    if not actor.is_worker:
        return Case.objects.none()
    return _others(actor).filter(
        network_id=actor.working_network_id, pk__in=_found(_ON_TEAM, actor, now)
    )


@dataclass(frozen=True, slots=True)
class Standing:
    """How a worker stands to one case that exists for them.

    ``on_team``: they, their office or whom they stand in for; not where they were let in for a
    time. ``manages``: its case manager, or whoever stands in for them.
    """

    case_id: UUID
    is_open: bool
    on_team: bool
    manages: bool


def standings_of(actor: Actor, *, now: datetime) -> list[Standing]:
    """How a worker stands to each case that exists for them, ended ones too. One query."""
    if not actor.is_worker:
        return []
    rows = visible_to(actor, now=now).annotate(
        on_team=_is_among(_ON_TEAM, actor, now), manages=_is_among(_AS_MANAGER, actor, now)
    )
    return [
        Standing(case_id, ended_at is None, on_team, manages)
        for case_id, ended_at, on_team, manages in rows.order_by("pk").values_list(
            "pk", "ended_at", "on_team", "manages"
        )
    ]


def places_taken(actor: Actor, *, now: datetime) -> tuple[list[UUID], dict[UUID, UUID]]:
    """Whom a worker stands in for now; and, by case, in whose place they are there, if not in their
    own. One query."""
    if not actor.is_worker:
        return [], {}
    values: list[Any] = [now, now, now, now, actor.writer_id, actor.working_network_id, now, now]
    with connection.cursor() as cursor:
        cursor.execute(_PLACES_TAKEN, values)
        found = cursor.fetchall()
    return sorted({user for user, _case in found}), {case: user for user, case in found if case}


def _is_among(ways: str, actor: Actor, now: datetime) -> ExpressionWrapper[Q]:
    return ExpressionWrapper(Q(pk__in=_found(ways, actor, now)), output_field=BooleanField())
