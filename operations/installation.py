"""What an installation still lacks before a network can take its first client.

Nothing is ticked: each check is asked of what is there when somebody looks. It hinders nothing; law
and grounds do that by themselves (docs/adr/0035).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db.models import Exists, Max, OuterRef, Q, QuerySet

from common.actor import Actor, ActorKind
from common.bodies import Body
from common.clock import day_of
from common.validity import valid_at
from consent.selectors import table_progress
from operations.checklist import Check, Checklist, LogInProvider, NetworkChecks, What
from operations.models import BatchState, NightlyRun
from people.access import can_try_letters
from people.models import (
    ExternalLogIn,
    LetterTrial,
    Network,
    Office,
    Position,
    ProposalState,
    Role,
    RoleChange,
    TerritoryChange,
    TerritoryKind,
    User,
)
from people.selectors import NetworkShown, list_networks

NIGHT_WITHIN = timedelta(hours=26)
"""A night is seen running where the last one ended within so long: a day, and what one may take."""
OFFICERS = 2
"""So many sign the table of grounds."""
_NO_PASSWORD = "password__startswith"  # noqa: S105 - as Django writes down that there is none


def installation_checks(
    actor: Actor, *, providers: Sequence[LogInProvider], now: datetime
) -> Checklist:
    """Everything that is checked, for whoever answers for it: a director of their own network.

    A fixed number of queries. Raises ``NotAllowed`` for everybody else.
    """
    can_try_letters(actor).require()
    shown = [n for n in list_networks(now=now) if _is_answered_for(actor, n.network, now)]
    found = [] if shown else [Check(What.FOUNDED, missing=("",))]
    return Checklist(
        _of_networks(shown, now),
        [
            *found,
            _officers(now),
            _grounds(now),
            _letters(),
            *_log_ins(providers),
            _second_factors(now),
            *_night(now),
        ],
    )


def _is_answered_for(actor: Actor, network: Network, now: datetime) -> bool:
    if network.ends_on is not None and network.ends_on <= day_of(now):
        return False
    return actor.kind is not ActorKind.DIRECTOR or network.pk == actor.network_id


def _has_come() -> Q:
    """Whoever has used their account: a password, an address or a log-in elsewhere is theirs."""
    elsewhere = ExternalLogIn.objects.filter(user=OuterRef("user"))
    used = ~Q(**{f"user__{_NO_PASSWORD}": "!"}) | Q(user__email_confirmed_at__isnull=False)
    return Q(user__is_active=True) & (used | Q(Exists(elsewhere)))


def _standing(now: datetime) -> QuerySet[Position]:
    return Position.objects.filter(valid_at(now)).order_by("pk")


def _of_networks(shown: Sequence[NetworkShown], now: datetime) -> list[NetworkChecks]:
    networks = [n.network.pk for n in shown]
    here = _standing(now).filter(network__in=networks)
    rows = list(
        here.filter(Q(leads=True) | Q(role=Role.DIRECTOR)).select_related("user").annotate(
            has_come=_has_come()
        )
    )  # fmt: skip
    bodies = set(
        here.filter(_has_come(), role=Role.CASEWORKER)
        .order_by()
        .values_list("network", "office__body")
        .distinct()
    )
    roles = RoleChange.objects.filter(state=ProposalState.WAITING, network__in=networks)
    proposed = {(r.role, r.office_id or r.network_id) for r in roles}
    towns = TerritoryChange.objects.filter(
        state=ProposalState.WAITING, kind=TerritoryKind.JOINS, network__in=networks
    )
    joining = {t.network_id: t.municipality for t in towns.select_related("municipality")}
    return [
        NetworkChecks(
            n.network,
            [
                _towns(n, str(joining.get(n.network.pk) or "")),
                _offices(n),
                _leaders(n.offices, [r for r in rows if r.leads], proposed),
                _director(n.network, rows, proposed),
                _workers(n.network.pk, bodies),
            ],
        )
        for n in shown
    ]


def _towns(shown: NetworkShown, joining: str) -> Check:
    names = tuple(str(town.municipality) for town in shown.towns)
    if names:
        return Check(What.TOWNS, done=names)
    ahead = tuple(str(town.municipality) for town in shown.coming) or (joining,) * bool(joining)
    return Check(What.TOWNS, waits=ahead, missing=() if ahead else ("",))


def _offices(shown: NetworkShown) -> Check:
    there = {office.body for office in shown.offices}
    return Check(
        What.OFFICES,
        missing=tuple(str(body.label) for body in Body if body not in there),
        done=tuple(office.name for office in shown.offices),
    )


def _leaders(
    offices: Iterable[Office], rows: Iterable[Position], proposed: set[tuple[str, UUID | None]]
) -> Check:
    led: dict[UUID | None, list[Position]] = {}
    for row in rows:
        led.setdefault(row.office_id, []).append(row)
    missing, waits, done, first = [], [], [], ""
    for office in offices:
        here = led.get(office.pk, [])
        if any(_came(row) for row in here):
            done += [row.user.full_name for row in here if _came(row)]
        elif here:
            waits += [row.user.full_name for row in here]
        elif (Role.CASEWORKER, office.pk) in proposed:
            waits.append(office.name)
        else:
            missing.append(office.name)
            first = first or f"office:{office.pk}"
    if not missing and not waits and not done:
        missing.append("")
    return Check(What.LEADERS, tuple(missing), tuple(waits), tuple(done), about=first)


def _director(
    network: Network, rows: Iterable[Position], proposed: set[tuple[str, UUID | None]]
) -> Check:
    here = [row for row in rows if row.role == Role.DIRECTOR and row.network_id == network.pk]
    done = tuple(row.user.full_name for row in here if _came(row))
    waits = tuple(row.user.full_name for row in here if not _came(row))
    if done:
        return Check(What.DIRECTOR, done=done)
    if not waits and (Role.DIRECTOR, network.pk) in proposed:
        waits = (str(Role.DIRECTOR.label),)
    missing = () if waits else ("",)
    return Check(What.DIRECTOR, missing, waits, about=f"network:{network.pk}")


def _came(row: Position) -> bool:
    """Whether whoever holds a position has ever logged in, as the query asked it."""
    return bool(getattr(row, "has_come", False))


def _workers(network_id: UUID, bodies: set[tuple[UUID, str]]) -> Check:
    there = {body for network, body in bodies if network == network_id}
    return Check(
        What.WORKERS,
        missing=tuple(str(body.label) for body in Body if body not in there),
        done=tuple(str(body.label) for body in Body if body in there),
    )


def _officers(now: datetime) -> Check:
    found = _standing(now).filter(role=Role.OFFICER).select_related("user")
    rows = list(found.annotate(has_come=_has_come()))
    done = tuple(row.user.full_name for row in rows if _came(row))
    if len(done) >= OFFICERS:
        return Check(What.OFFICERS, done=done)
    waits = tuple(row.user.full_name for row in rows if not _came(row))
    asked = RoleChange.objects.filter(state=ProposalState.WAITING, role=Role.OFFICER)
    waits += tuple(r.successor.full_name for r in asked.select_related("successor") if r.successor)
    lacking = OFFICERS - len(done) - len(waits)
    missing = (str(lacking),) if lacking > 0 else ()
    return Check(What.OFFICERS, missing, waits, done, about=Role.OFFICER.value)


def _grounds(now: datetime) -> Check:
    table = table_progress(on=day_of(now))
    lacking = [body for body in Body if body.value not in table.receivers]
    if not lacking:
        return Check(What.GROUNDS, done=(str(table.drafts),) if table.drafts else ())
    if table.begun:
        return Check(What.GROUNDS, waits=("second", str(table.begun)))
    if table.next_on:
        return Check(What.GROUNDS, waits=("ahead", ""), on=table.next_on)
    if table.drafts:
        return Check(What.GROUNDS, waits=("first", str(table.drafts)))
    return Check(What.GROUNDS, missing=tuple(str(body.label) for body in lacking))


def _letters() -> Check:
    last = LetterTrial.objects.filter(arrived_at__isnull=False).select_related("user")
    arrived = last.order_by("-arrived_at").first()
    if arrived is not None and arrived.arrived_at is not None:
        on = day_of(arrived.arrived_at)
        return Check(What.LETTERS, done=(arrived.user.full_name,), on=on)
    sent = LetterTrial.objects.select_related("user").order_by("-sent_at").first()
    if sent is None:
        return Check(What.LETTERS, missing=("",))
    return Check(What.LETTERS, waits=(sent.user.full_name,), on=day_of(sent.sent_at))


def _log_ins(providers: Sequence[LogInProvider]) -> list[Check]:
    seen = dict(
        # Of somebody who has logged in: a link alone says only that they could.
        ExternalLogIn.objects.filter(
            issuer__in=[one.issuer for one in providers], user__last_login__isnull=False
        )
        .values_list("issuer")
        .annotate(Max("last_seen"))
    )
    found = []
    for what, for_clients in ((What.STAFF_LOG_IN, False), (What.CLIENT_LOG_IN, True)):
        own = [one for one in providers if one.for_clients is for_clients]
        for one in own:
            last = seen.get(one.issuer)
            if last is None:
                found.append(Check(what, missing=(one.name,), about=one.key))
            else:
                found.append(Check(what, done=(one.name,), on=day_of(last), about=one.key))
        if own:
            continue
        # Without a provider whoever works here has a password, where the installation allows one.
        by_password = not for_clients and settings.LOCAL_ACCOUNTS
        found.append(Check(what) if by_password else Check(what, missing=("",)))
    return found


def _second_factors(now: datetime) -> Check:
    """Whoever works here by a password alone: nothing opens to them before they have a second."""
    if not settings.SECOND_FACTOR:
        return Check(What.SECOND_FACTORS, done=("",))
    standing = Position.objects.filter(valid_at(now)).exclude(role=Role.OUTSIDE)
    alone = User.objects.filter(is_active=True, pk__in=standing.values("user"))
    alone = alone.exclude(**{_NO_PASSWORD: "!"})
    alone = alone.exclude(authenticator__type__in=("totp", "webauthn"))
    count = alone.count()
    return Check(What.SECOND_FACTORS, waits=(str(count),) if count else ())


def _night(now: datetime) -> tuple[Check, Check]:
    """The last night that ended; and whether it sealed, verified and signed the log."""
    last = NightlyRun.objects.filter(finished_at__isnull=False).order_by("-finished_at").first()
    if last is None or last.finished_at is None:
        return Check(What.NIGHT, missing=("never",)), Check(What.LOG, missing=("never",))
    on = day_of(last.finished_at)
    late = ("late",) * (last.finished_at < now - NIGHT_WITHIN)
    sealed = last.batches.filter(step="log", state=BatchState.DONE).exists()
    return (
        Check(What.NIGHT, missing=late or ("failed",) * bool(last.failure), on=on),
        Check(What.LOG, missing=late or ("failed",) * (not sealed), on=on),
    )
