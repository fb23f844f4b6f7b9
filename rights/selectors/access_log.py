"""Who has looked at a client's information, in plain words, and what was asked about it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from audit.models import Purpose
from audit.selectors import accesses_of_case, minute_of
from audit.shown import Look
from cases.access import get_case
from common.actor import Actor
from common.bodies import Body
from common.clock import day_of
from consent.models import Category
from people.models import Office, Position, Role
from people.selectors import codes_of, names_of
from records.selectors import reading_of
from rights.models import Question
from rights.wording import kinds_in_words
from statutes.reader import law_on


@dataclass(frozen=True, slots=True)
class AccessLogEntry:
    """Somebody else looking at the client's case, as the client reads it.

    Looks of the same person, minute and purpose are told as one: a page can call for others.
    ``number`` names the first of them, to ask about.
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
    looks = accesses_of_case(case.pk, excluding=actor, code_hashes=codes_of(case.person))
    questions = {
        q.log_row: q for q in Question.objects.filter(case=case).order_by("asked_at", "pk")
    }
    reading_of(actor, now=now).log_and_hide_names(
        "access_log_opened", Purpose.OWN_DATA, [(case, [])], beside=(Category.CASE_HANDLING,)
    )
    return access_log_entries(looks, questions, now=now)


def access_log_entries(
    looks: Iterable[Look], questions: dict[int, Question], *, now: datetime
) -> list[AccessLogEntry]:
    """Looks at one client's information, newest first, in words."""
    together: dict[tuple[str, str, datetime], list[Look]] = {}
    for look in looks:
        together.setdefault(_moment(look), []).append(look)
    return _entries(together, questions, now=now)


def _moment(look: Look) -> tuple[str, str, datetime]:
    """What makes several looks at one client one: the same person, purpose and minute."""
    return look.actor, look.purpose, minute_of(look)


def _entries(
    together: Mapping[Any, list[Look]], questions: dict[int, Question], *, now: datetime
) -> list[AccessLogEntry]:
    everything = [look for same in together.values() for look in same]
    who = who_looked(everything, named=bool(law_on(day_of(now)).figure("access_log_names").value))
    entries = []
    for same in together.values():
        first = min(same, key=lambda look: look.number)
        asked = next((questions[look.number] for look in same if look.number in questions), None)
        entries.append(
            AccessLogEntry(
                number=first.number,
                at=first.at,
                who=who[first.actor, first.actor_office_id],
                what=what_was_done(same),
                purpose=str(Purpose(first.purpose).label) if first.purpose else "",
                why=why_shown(same),
                question=asked,
            )
        )
    return entries


def what_was_done(same: list[Look]) -> str:
    """What was looked at, or what else was done, as the client reads it."""
    categories = {category for look in same for category in look.categories}
    known = kinds_in_words(categories)
    if known:
        return _("looked at: %(what)s") % {"what": ", ".join(known)}
    actions = {look.action for look in same}
    if "emergency_tried" in actions:
        return _("tried to open your case in an emergency")
    if "access_asked" in actions:
        return _("asked to see your case")
    for action, words in _LOOKED_UP.items():
        if action in actions:
            return str(words)
    return _("searched with your identity code")


_LOOKED_UP = {
    "looked_up_own_client": gettext_lazy(
        "searched with your identity code to begin an assessment: you are their client"
    ),
    "looked_up_asked": gettext_lazy(
        "searched with your identity code to begin an assessment: you asked for help"
    ),
    "looked_up_told": gettext_lazy(
        "searched with your identity code to begin an assessment: they were told with your leave"
    ),
}


def why_shown(same: list[Look]) -> str:
    """The grounds, each once: "Act 381/2023 15 §", "your consent", "recorded by themselves"."""
    grounds = sorted({ground for look in same for ground in look.grounds.values()})
    words = {"consent": _("your consent"), "own": _("recorded by themselves")}
    return ", ".join(words.get(ground, ground) for ground in grounds)


def who_looked(looks: list[Look], *, named: bool) -> dict[tuple[str, UUID | None], str]:
    """For each actor and office: body, office, role and, where the law gives it, the name."""
    users = {UUID(look.actor[5:]) for look in looks if look.actor.startswith("user:")}
    names = names_of(users)
    offices = {
        office.pk: office.name
        for office in Office.objects.filter(
            pk__in={look.actor_office_id for look in looks if look.actor_office_id}
        )
    }
    titles: dict[UUID, str] = {}
    for position in Position.objects.filter(user__in=users).order_by("since", "pk"):
        titles[position.user_id] = position.title or str(Role(position.role).label)
    said: dict[tuple[str, UUID | None], str] = {}
    for look in looks:
        user_id = UUID(look.actor[5:]) if look.actor.startswith("user:") else None
        parts = [
            str(Body(look.actor_body).label) if look.actor_body else "",
            offices.get(look.actor_office_id, "") if look.actor_office_id else "",
            titles.get(user_id, "") if user_id else "",
            names.get(user_id, "") if user_id and named else "",
        ]
        if user_id is None:
            parts = [_("The system by itself")]
        said[look.actor, look.actor_office_id] = ", ".join(part for part in parts if part)
    return said
