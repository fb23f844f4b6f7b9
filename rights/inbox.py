"""What of the client's rights waits for an answer of a body."""

from __future__ import annotations

from common.inbox import InboxKind, InboxRule, InboxTab, Urgency

RULES: tuple[InboxRule, ...] = (
    # As ``rights.access.corrections_answered_by``: to the body that recorded it; where it has
    # nobody left on the team, to the case manager.
    InboxRule(
        InboxKind.CORRECTION,
        InboxTab.CLIENTS,
        Urgency.LAW,
        "mine c JOIN rights_correction q ON q.case_id = c.case_id AND q.answered_at IS NULL"
        " AND c.is_open WHERE c.on_team AND q.to_body = %(body)s OR c.manages AND NOT EXISTS ("
        "SELECT FROM cases_teammembership m LEFT JOIN people_office o ON o.id = m.office_id"
        " WHERE m.case_id = q.case_id AND m.since <= %(now)s"
        " AND (m.until IS NULL OR m.until > %(now)s) AND (o.body = q.to_body OR EXISTS ("
        "SELECT FROM people_position s JOIN people_office h ON h.id = s.office_id"
        " WHERE s.user_id = m.user_id AND h.body = q.to_body AND s.since <= %(now)s"
        " AND (s.until IS NULL OR s.until > %(now)s))))",
        subject="q.id",
        case="q.case_id",
        party="'client'",
        since="q.asked_at",
        due="q.due_on",
    ),
)
