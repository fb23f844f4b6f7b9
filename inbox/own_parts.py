"""What a client's first page is read from: one question a kind, asked together as one statement.

The gate is the client's own: they see everything about themselves, so every part begins at
``own``, the visible case if it is theirs (``consent.access.filter_by_grounds``). Put together from
the texts below, not by the ORM, which takes longer to write the statement than it takes to answer.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from functools import cache
from typing import Any, NamedTuple
from uuid import UUID

from django.db import connection

from caseplan.plan.selectors.duty import STANDING
from cases.models import Case
from cases.selectors import NEWS
from common.clock import day_of
from common.reminders import ReminderKind
from followup.models.reminder import Level
from followup.services.feedback import OPEN_FOR
from records.selectors import Reading

AT_MOST = 12
"""How many of a kind are read: what is left over stands on the page it leads to."""
_REMINDED = (
    ReminderKind.PLAN_DUE, ReminderKind.REVIEW_DUE, ReminderKind.CONSENT_ENDS,
    ReminderKind.WRITTEN_ENDS, ReminderKind.POINT_DUE,
)  # fmt: skip
"""What stands alone: the rest of what a client is reminded of is read from the facts."""


class OwnKind(StrEnum):
    """What concerns a client now; in words in ``inbox.own_words``."""

    VERSION = "version"
    ENDING = "ending"
    TASK = "task"
    OPTIONS = "options"
    MEETING = "meeting"
    POINT = "point"
    WRITTEN = "written"
    MESSAGE = "message"
    CONSENT = "consent"
    CHECK_IN = "check_in"
    FEEDBACK = "feedback"
    TOLD = "told"
    MEETING_AHEAD = "meeting_ahead"
    OTHERS = "others"
    TIME_ASKED = "time_asked"
    NEW_MANAGER = "new_manager"


class OwnRow(NamedTuple):
    """One thing as the statement gives it.

    ``text``: somebody's own words. ``first``, ``last``: the name of whoever asks or acts;
    ``party``: of which body. ``fact``: what the words of its kind still need.
    """

    kind: str
    subject_id: UUID
    text: str
    first: str
    last: str
    party: str
    due_on: Any
    at: datetime | None
    category: str
    recorded_for: str
    fact: str


@dataclass(frozen=True, slots=True)
class OwnPart:
    """One kind: the FROM and WHERE of a statement that begins at ``own``, and its columns.

    ``row``: the row of client information it is read from, for the log. ``order``: of the first
    ``AT_MOST`` of them. ``outlasts``: whether it concerns the client of a case that has ended.
    """

    kind: OwnKind
    rows: str
    subject: str
    text: str = "''"
    who: str = ""
    party: str = "''"
    due: str = "NULL"
    at: str = "NULL"
    row: str = ""
    fact: str = "''"
    order: str = ""
    outlasts: bool = False

    @property
    def sql(self) -> str:
        """The part as a statement of its own, in the columns of :class:`OwnRow`."""
        first, last = "''", "''"
        if self.who:
            first, last = f"{self.who}.first_name", f"{self.who}.last_name"
        category, body = (
            (f"{self.row}.category", f"{self.row}.recorded_for") if self.row else ("''", "''")
        )
        return (
            f"(SELECT '{self.kind.value}', {self.subject}, {self.text}::text, {first}::text,"
            f" {last}::text, {self.party}::text, {self.due}::date, {self.at}::timestamptz,"
            f" {category}::text, {body}::text, {self.fact}::text FROM {self.rows}"
            f" ORDER BY {self.order or self.subject} LIMIT {AT_MOST})"
        )


_OPEN = "a.state IN ('planned', 'in_progress', 'waiting')"
PARTS: tuple[OwnPart, ...] = (
    OwnPart(
        OwnKind.VERSION,
        "own o JOIN plan_planversion v ON v.case_id = o.id AND v.in_force_at IS NULL"
        " AND v.set_aside_at IS NULL AND 'client' = ANY(v.parties)"
        " JOIN people_user u ON u.id = v.proposed_by_id WHERE NOT EXISTS (SELECT"
        " FROM plan_answer r WHERE r.version_id = v.id AND r.party = 'client')",
        subject="v.id",
        who="u",
        at="v.proposed_at",
        fact="v.number",
    ),
    OwnPart(
        OwnKind.ENDING,
        "own o JOIN plan_ending e ON e.case_id = o.id AND e.outcome = 'open' WHERE NOT EXISTS"
        " (SELECT FROM plan_endingview w WHERE w.ending_id = e.id AND w.party = 'client')",
        subject="e.id",
        party="e.recorded_for",
        at="e.recorded_at",
        row="e",
        fact="e.exit",
    ),
    OwnPart(
        OwnKind.TASK,
        f"own o JOIN plan_action a ON a.case_id = o.id AND {_OPEN} AND a.owner_party = 'client'",
        subject="a.id",
        text="a.text",
        party="a.owner_party",
        due="a.due_on",
        row="a",
        fact=STANDING.format(case="o.id", document="a.document_id"),
        order="a.due_on, a.recorded_at, a.id",
    ),
    OwnPart(
        OwnKind.OTHERS,
        f"own o JOIN plan_action a ON a.case_id = o.id AND {_OPEN} AND a.owner_party <> 'client'"
        " JOIN people_user u ON u.id = a.owner_id",
        subject="a.id",
        text="a.text",
        who="u",
        party="a.owner_party",
        due="a.due_on",
        row="a",
        order="a.due_on, a.recorded_at, a.id",
    ),
    # As ``caseplan.plan.models.MoreTime.waits``.
    OwnPart(
        OwnKind.TIME_ASKED,
        f"own o JOIN plan_action a ON a.case_id = o.id AND {_OPEN} AND a.owner_party = 'client'"
        " JOIN plan_moretime r ON r.action_id = a.id AND r.state = 'open'"
        " AND r.due_on = a.due_on",
        subject="a.id",
        text="a.text",
        at="r.recorded_at",
        row="r",
        fact="r.asked_for",
        order="r.recorded_at, r.id",
    ),
    OwnPart(
        OwnKind.OPTIONS,
        "own o JOIN options_offer f ON f.case_id = o.id AND f.state = 'open'",
        subject="f.id",
        text="f.question",
        party="f.recorded_for",
        due="f.answer_by",
        at="f.recorded_at",
        row="f",
    ),
    OwnPart(
        OwnKind.MEETING,
        "own o JOIN meetings_meeting m ON m.case_id = o.id AND m.state = 'planned'"
        " AND m.starts_at >= %(now)s"
        " LEFT JOIN meetings_participant p ON p.meeting_id = m.id AND p.role = 'client'",
        subject="m.id",
        text="m.place",
        at="m.starts_at",
        row="m",
        fact="p.coming",
        order="m.starts_at, m.id",
    ),
    OwnPart(
        OwnKind.MESSAGE,
        "own o JOIN case_messages_thread t ON t.case_id = o.id AND t.waits_for = 'client'",
        subject="t.id",
        text="t.topic",
        at="t.newest_at",
        row="t",
        order="t.newest_at, t.id",
    ),
    OwnPart(
        OwnKind.CONSENT,
        "own o JOIN consent_consentrequest q ON q.case_id = o.id AND q.closed_at IS NULL",
        subject="q.id",
        party="q.receiver",
        at="q.asked_at",
    ),
    OwnPart(
        OwnKind.WRITTEN,
        "own o JOIN consent_consent k ON k.case_id = o.id JOIN consent_writtendown w"
        " ON w.consent_id = k.id AND w.state = 'waiting'"
        " JOIN people_user u ON u.id = k.recorded_by_id",
        subject="k.id",
        who="u",
        party="w.written_for",
        due="w.lapses_on",
        at="k.given_at",
    ),
    OwnPart(
        OwnKind.TOLD,
        "own o JOIN followup_reminder r ON r.case_id = o.id AND r.for_user_id = %(user)s"
        " AND r.level = %(level)s AND r.ended_on IS NULL AND r.kind = ANY(%(reminded)s)"
        " AND (r.snoozed_until IS NULL OR r.snoozed_until <= %(today)s)",
        subject="r.subject_id",
        due="r.due_on",
        fact="r.kind",
        order="r.due_on, r.id",
        outlasts=True,
    ),
    OwnPart(
        OwnKind.CHECK_IN,
        "own o JOIN followup_checkin c ON c.case_id = o.id",
        subject="c.id",
        at="c.recorded_at",
        row="c",
        fact="c.feeling",
        order="c.recorded_at DESC, c.id DESC",
    ),
    OwnPart(
        OwnKind.FEEDBACK,
        "own o JOIN followup_feedbackinvite i ON i.case_id = o.id AND i.offered_on > %(offered)s",
        subject="i.id",
        fact="i.milestone",
        outlasts=True,
    ),
    OwnPart(
        OwnKind.NEW_MANAGER,
        "own o JOIN cases_handover h ON h.case_id = o.id AND h.state = 'accepted'"
        " AND h.answered_at > %(lately)s JOIN people_user u ON u.id = h.receiver_id"
        " JOIN people_user g ON g.id = h.giver_id",
        subject="h.id",
        text="g.first_name || ' ' || g.last_name",
        who="u",
        at="h.answered_at",
        order="h.answered_at DESC, h.id DESC",
        outlasts=True,
    ),
)


def rows_of_own(reading: Reading, case: Case) -> list[OwnRow]:
    """All of it for the client of a visible case, in one question; of one that has ended, less."""
    values = {
        "case": case.pk,
        "person": reading.grounds.person_id,
        "user": reading.actor.user_id,
        "level": Level.OWN,
        "reminded": [kind.value for kind in _REMINDED],
        "now": reading.now,
        "today": day_of(reading.now),
        "lately": reading.now - NEWS,
        "offered": day_of(reading.now) - OPEN_FOR,
    }
    with connection.cursor() as cursor:
        cursor.execute(_statement(case.is_open), values)
        return [OwnRow._make(row) for row in cursor.fetchall()]


@cache
def _statement(is_open: bool) -> str:
    parts = " UNION ALL ".join(part.sql for part in PARTS if is_open or part.outlasts)
    own = "SELECT id FROM cases_case WHERE id = %(case)s AND person_id = %(person)s"
    return f"WITH own AS ({own}) {parts}"
