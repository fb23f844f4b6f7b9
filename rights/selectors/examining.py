"""What one account was shown, took out and did between two moments, person by person.

For the data-protection officer who looks into a suspected breach, with a reason that is kept. The
log is never a measure of anybody's work (docs/adr/0023): nothing here is asked about a worker
outside such an examination.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Q, QuerySet
from django.db.models.functions import Left

from audit.models import AuditKind, Purpose
from audit.selectors import AccountAccess, accesses_by
from audit.services import record_access
from audit.shown import ShownData, is_taken_out
from cases.models import Case
from common.actor import Actor
from common.clock import day_of
from common.dates import add_months
from consent.models import Category
from people.models import FormerCode, Person, Position, User
from rights.access import require_officer
from rights.models import Examination
from rights.wording import kinds_in_words
from statutes.reader import law_on

QUIET = timedelta(days=30)
"""After how long whoever was examined is told, where no record of a breach came of it."""
FOUND = 50
"""How many accounts a search gives at most."""


@dataclass(slots=True)
class PersonSeen:
    """One person in what an account did: how often shown, taken out, changed and searched for.

    ``times``: views of a page or file in which they stood, ``taken_out`` those that were files.
    ``person`` is None where their record has been erased since.
    """

    person_id: UUID | None
    case_id: UUID | None
    person: Person | None = None
    times: int = 0
    taken_out: int = 0
    changed: int = 0
    searched: int = 0
    first_at: datetime | None = None
    last_at: datetime | None = None
    kinds: set[str] = field(default_factory=set)

    @property
    def has_login(self) -> bool:
        return self.person is not None and self.person.user_id is not None

    @property
    def is_dead(self) -> bool:
        return self.person is not None and self.person.died_on is not None

    @property
    def is_protected(self) -> bool:
        return self.person is not None and self.person.non_disclosure

    @property
    def in_words(self) -> list[str]:
        """The kinds of information, in the order of the list of the Act."""
        return kinds_in_words(self.kinds)


@dataclass(frozen=True, slots=True)
class AccountUse:
    """What an examination found: the people by name, those erased since, and acts about nobody.

    ``kept_since``: the log no longer has anything older, where the period begins before it.
    """

    examination: Examination
    people: list[PersonSeen]
    erased: int
    others: int
    kept_since: datetime | None

    @property
    def taken_out(self) -> int:
        return sum(1 for seen in self.people if seen.taken_out)

    @property
    def protected(self) -> int:
        return sum(1 for seen in self.people if seen.is_protected)

    @property
    def dead(self) -> int:
        return sum(1 for seen in self.people if seen.is_dead)

    @property
    def with_login(self) -> int:
        return sum(1 for seen in self.people if seen.has_login)


def find_accounts(actor: Actor, words: str) -> list[User]:
    """Accounts of staff and outside parties by name or user name, for the officer; at most 50.

    Not those of clients: who is one is not told here.
    """
    require_officer(actor)
    wanted = Q()
    for word in words.split():
        wanted &= (
            Q(first_name__icontains=word)
            | Q(last_name__icontains=word)
            | Q(username__icontains=word)
        )
    if not words.strip():
        return []
    holds = Position.objects.values("user")
    return list(
        User.objects.filter(wanted, pk__in=holds).order_by("last_name", "first_name", "pk")[:FOUND]
    )


def list_examinations(actor: Actor) -> QuerySet[Examination]:
    """Every examination by any officer, the newest first: officers see what officers do.

    Not those of the actor's own account: another officer sees to them.
    """
    require_officer(actor)
    rows = Examination.objects.exclude(account_id=actor.writer_id)
    return rows.select_related("account", "made_by", "breach").order_by("-made_at", "-pk")


def examinations_of(actor: Actor, *, now: datetime) -> list[Examination]:
    """Who has examined the actor's own account, and why, the newest first.

    Told once it can hinder nothing: when the record of the breach is closed, or 30 days after an
    examination from which none was made.
    """
    days_ago = now - QUIET
    told = Q(breach__closed_at__isnull=False) | Q(breach__isnull=True, made_at__lte=days_ago)
    rows = Examination.objects.filter(told, account_id=actor.writer_id)
    return list(rows.select_related("made_by").order_by("-made_at", "-pk"))


def account_use(examination: Examination, *, now: datetime) -> AccountUse:
    """Everything the examined account was shown or did in the period. Not logged: see
    :func:`log_people_seen`, which whoever shows it calls with those that are shown.
    """
    accesses = list(
        accesses_by(examination.account_id, since=examination.since, until=examination.until)
    )
    person_of = _people_of_cases(accesses)
    searched = _people_searched(accesses)
    found: dict[UUID, PersonSeen] = {}
    nobody = 0
    for access in accesses:
        person_id = (
            access.person_id or person_of.get(access.case_id) or searched.get(access.searched)
        )
        key = person_id or access.case_id
        if key is None:
            nobody += 1
            continue
        _add(found.setdefault(key, PersonSeen(person_id, access.case_id)), access)
    people = Person.objects.in_bulk([seen.person_id for seen in found.values() if seen.person_id])
    for seen in found.values():
        seen.person = people.get(seen.person_id) if seen.person_id else None
    here = [seen for seen in found.values() if seen.person is not None]
    return AccountUse(
        examination,
        sorted(here, key=lambda seen: (seen.person.sort_key, str(seen.person_id))),  # type: ignore[union-attr]
        erased=len(found) - len(here),
        others=nobody,
        kept_since=_kept_since(examination, now),
    )


def log_people_seen(
    actor: Actor, seen: Iterable[PersonSeen], action: str, *, now: datetime
) -> None:
    """Log that an officer was shown these people's names: the examiner stands in the log too."""
    name = frozenset({Category.IDENTITY_CONTACT.value})
    record_access(
        actor=actor,
        action=action,
        purpose=Purpose.BREACH,
        shown=[
            ShownData(one.person_id, one.case_id, name) for one in seen if one.person_id is not None
        ],
        now=now,
    )


def _add(seen: PersonSeen, access: AccountAccess) -> None:
    if access.searched is not None:
        seen.searched += 1
    elif access.kind == AuditKind.CHANGE:
        seen.changed += 1
    else:
        seen.times += 1
        seen.taken_out += is_taken_out(access.action)
    seen.case_id = seen.case_id or access.case_id
    seen.kinds |= access.categories
    seen.first_at = seen.first_at or access.at
    seen.last_at = access.at


def _people_of_cases(accesses: list[AccountAccess]) -> dict[UUID | None, UUID]:
    """Whose the cases are in which no person was named."""
    cases = {access.case_id for access in accesses if access.case_id and not access.person_id}
    return dict(Case.objects.filter(pk__in=cases).values_list("pk", "person_id"))


def _people_searched(accesses: list[AccountAccess]) -> dict[UUID | None, UUID]:
    """Whose the identity codes are that were searched with; nobody's are left out."""
    begins = {access.searched.hex: access.searched for access in accesses if access.searched}
    if not begins:
        return {}
    found: dict[UUID | None, UUID] = {}
    for codes, person in ((FormerCode.objects, "person_id"), (Person.objects, "pk")):
        rows = codes.annotate(begin=Left("identity_code_hash", 32)).filter(begin__in=begins)
        found |= {begins[begin]: pk for begin, pk in rows.values_list("begin", person)}
    return found


def _kept_since(examination: Examination, now: datetime) -> datetime | None:
    """Since when the log has anything, where the period begins before that."""
    years = int(law_on(day_of(now)).figure("access_log_years").value)
    since = add_months(day_of(now), -12 * years)
    begins = datetime(since.year, since.month, since.day, tzinfo=now.tzinfo)
    return begins if examination.since < begins else None
