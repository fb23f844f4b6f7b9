"""How surely whoever is logged in has shown who they are, and since when.

It stands in allauth's own record of how and when somebody logged in, which belongs to one user: a
log-in that says its level (``record_level``) has that one, every other the level of its way.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from allauth.account.authentication import get_authentication_records
from allauth.account.internal.flows.login import record_authentication
from django.conf import settings
from django.http import HttpRequest

from common.levels import NEEDED, Act, LogInLevel
from common.validity import valid_at
from people.models import Position, User
from web.practice import is_practising, shown_at


def record_level(
    request: HttpRequest, *, level: LogInLevel, method: str, at: datetime, user: User | None = None
) -> None:
    """Write down that somebody has shown who they are: how surely, in which way, and when.

    ``at``: when they did, which may be before now: a provider says so (``auth_time``). ``user``:
    where the log-in is not complete yet; else who is logged in. Another user's record is none.
    """
    whose = user or request.user
    record_authentication(request, whose, method, level=level.value, at=at.timestamp())


def level_of(request: HttpRequest, user: User, now: datetime) -> LogInLevel:
    """The highest level this user has shown in this session, however long ago.

    Low where nothing is known: somebody is logged in, and that is all.
    """
    shown = [level for level, at in _shown(request, user) if at <= now]
    return max(shown, key=list(LogInLevel).index, default=LogInLevel.LOW)


def proven_acts(request: HttpRequest, user: User, now: datetime) -> frozenset[Act]:
    """The acts for which this user has shown surely and lately enough who they are."""
    shown = list(_shown(request, user))
    return frozenset(
        act
        for act, need in NEEDED.items()
        if any(level.reaches(need.level) and at > now - lasts(act) for level, at in shown)
    )


def lasts(act: Act) -> timedelta:
    """How long a log-in counts for an act: as the table says, or as long as a trial lets it."""
    minutes: int = settings.LEVELS_LAST_MINUTES
    return timedelta(minutes=minutes) if minutes else NEEDED[act].lasts


def _shown(request: HttpRequest, user: User) -> Iterator[tuple[LogInLevel, datetime]]:
    """Each way this user has logged in by, in this session: its level, and when."""
    if is_practising(request):
        # Nobody real is shown anything; what is asked for is a click (docs/adr/0036).
        yield LogInLevel.HIGH, datetime.fromtimestamp(shown_at(request), tz=UTC)
        return
    for record in get_authentication_records(request, user):
        said = record.get("level") or settings.LEVEL_OF_A_WAY.get(record.get("method"))
        if said:
            at = datetime.fromtimestamp(record.get("at", 0), tz=UTC)
            yield LogInLevel(said), at


def level_of_password() -> LogInLevel:
    """What a password alone shows in this installation."""
    return LogInLevel(settings.LEVEL_OF_A_WAY.get("password", LogInLevel.LOW.value))


def level_of_own(user: User, now: datetime) -> LogInLevel:
    """What a passkey or a code of one's own shows: as much as whoever let them in knew of them.

    Who works here was let in by name, by whoever answers for it; a client was seen by one worker.
    """
    works = Position.objects.filter(valid_at(now), user=user).exists()
    return LogInLevel.SUBSTANTIAL if works else LogInLevel.LOW
