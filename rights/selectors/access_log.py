"""Who has looked at a client's information, in plain words, and what was asked about it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext as _

from audit.models import AuditKind, AuditRow, Purpose
from audit.selectors import accesses_of_case
from cases.access import get_case
from common.actor import Actor
from common.bodies import Body
from common.clock import day_of
from consent.models import Category
from people.models import Office, Position, Role
from people.selectors import codes_of, names_of
from records.selectors import reading_of
from rights.models import Question
from statutes.reader import law_on


@dataclass(frozen=True, slots=True)
class AccessLogEntry:
    """Somebody else looking at the client's case, as the client reads it.

    Rows of the same person, minute and purpose are one look: one page can read in several
    steps. ``number`` names the first of them, to ask about.
    """

    number: int
    at: datetime
    who: str
    what: str
    purpose: str
    why: str
    question: Question | None

    @property
    def day(self) -> date:
        return day_of(self.at)


def list_access_log(actor: Actor, case_id: UUID, *, now: datetime) -> list[AccessLogEntry]:
    """Who has looked at the client's case, newest first, the client's own visits left out.

    Searches with their identity code are told too, whether or not they opened anything. The
    one who looked is named where the figures of the day say so; the office and the role always.
    Raises ``NotVisible``.
    """
    case = get_case(actor, case_id, now=now)
    rows = list(accesses_of_case(case.pk, excluding=actor, code_hashes=codes_of(case.person)))
    questions = {q.look: q for q in Question.objects.filter(case=case).order_by("asked_at")}
    reading_of(actor, now=now).log_and_hide_names(
        "access_log_opened", Purpose.OWN_DATA, [(case, [])], beside=(Category.CASE_HANDLING,)
    )
    return access_log_entries(rows, questions, now=now)


def access_log_entries(
    rows: Iterable[AuditRow], questions: dict[int, Question], *, now: datetime
) -> list[AccessLogEntry]:
    """Rows of one client's log, newest first, as looks in words."""
    together: dict[tuple[str, str, datetime], list[AuditRow]] = {}
    for row in rows:
        together.setdefault(_moment(row), []).append(row)
    return _entries(together, questions, now=now)


def entries_asked_about(numbers: Iterable[int], *, now: datetime) -> dict[int, AccessLogEntry]:
    """The looks with these numbers, of whichever cases.

    The same rows make it as on the client's page: those of one person, minute and purpose in
    the log of that case. A search with the identity code lies in no case and stands alone.
    """
    rows = {row.pk: row for row in AuditRow.objects.filter(pk__in=list(numbers))}
    near = Q(pk__in=rows)
    for row in rows.values():
        minute = _moment(row)[2]
        if row.case_id is not None:
            near |= Q(
                kind=AuditKind.ACCESS, case_id=row.case_id, actor=row.actor, purpose=row.purpose,
                at__gte=minute, at__lt=minute + timedelta(minutes=1),
            )  # fmt: skip
    together: dict[int, list[AuditRow]] = {number: [] for number in rows}
    for row in AuditRow.objects.filter(near).order_by("-at", "-pk"):
        for number, about in rows.items():
            same = row.case_id is not None and row.case_id == about.case_id
            if row.pk == number or (same and _moment(row) == _moment(about)):
                together[number].append(row)
    return dict(zip(together, _entries(together, {}, now=now), strict=True))


def _moment(row: AuditRow) -> tuple[str, str, datetime]:
    """What makes rows of one client's log one look: the same person, purpose and minute."""
    return row.actor, row.purpose, row.at.replace(second=0, microsecond=0)


def _entries(
    together: Mapping[Any, list[AuditRow]], questions: dict[int, Question], *, now: datetime
) -> list[AccessLogEntry]:
    everything = [row for same in together.values() for row in same]
    who = _who_looked(everything, named=bool(law_on(day_of(now)).figure("access_log_names").value))
    entries = []
    for same in together.values():
        first = min(same, key=lambda row: row.pk)
        asked = next((questions[row.pk] for row in same if row.pk in questions), None)
        entries.append(
            AccessLogEntry(
                number=first.pk,
                at=first.at,
                who=who[first.actor, first.actor_office_id],
                what=_what(same),
                purpose=str(Purpose(first.purpose).label) if first.purpose else "",
                why=_why(same),
                question=asked,
            )
        )
    return entries


def _what(same: list[AuditRow]) -> str:
    categories = {category for row in same for category in row.categories}
    known = [str(c.label).lower() for c in Category if c.value in categories]
    if known:
        return _("looked at: %(what)s") % {"what": ", ".join(known)}
    actions = {row.action for row in same}
    if "emergency_tried" in actions:
        return _("tried to open your case in an emergency")
    if "access_asked" in actions:
        return _("asked to see your case")
    return _("searched with your identity code")


def _why(same: list[AuditRow]) -> str:
    """The grounds, each once: "Act 381/2023 15 §", "your consent", "recorded by themselves"."""
    grounds = sorted({ground for row in same for ground in row.grounds.values()})
    words = {"consent": _("your consent"), "own": _("recorded by themselves")}
    return ", ".join(words.get(ground, ground) for ground in grounds)


def _who_looked(rows: list[AuditRow], *, named: bool) -> dict[tuple[str, UUID | None], str]:
    """For each actor and office: body, office, role and, where the law gives it, the name."""
    users = {UUID(row.actor[5:]) for row in rows if row.actor.startswith("user:")}
    names = names_of(users)
    offices = {
        office.pk: office.name
        for office in Office.objects.filter(
            pk__in={row.actor_office_id for row in rows if row.actor_office_id}
        )
    }
    titles: dict[UUID, str] = {}
    for position in Position.objects.filter(user__in=users).order_by("since"):
        titles[position.user_id] = position.title or str(Role(position.role).label)
    said: dict[tuple[str, UUID | None], str] = {}
    for row in rows:
        user_id = UUID(row.actor[5:]) if row.actor.startswith("user:") else None
        parts = [
            str(Body(row.actor_body).label) if row.actor_body else "",
            offices.get(row.actor_office_id, "") if row.actor_office_id else "",
            titles.get(user_id, "") if user_id else "",
            names.get(user_id, "") if user_id and named else "",
        ]
        if user_id is None:
            parts = [_("The system by itself")]
        said[row.actor, row.actor_office_id] = ", ".join(part for part in parts if part)
    return said
