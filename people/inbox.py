"""What of the organisation waits for whoever leads an office."""

from __future__ import annotations

from common.inbox import InboxKind, InboxRule, InboxTab, Urgency

RULES: tuple[InboxRule, ...] = (
    InboxRule(
        InboxKind.ENTRY,
        InboxTab.ANSWER,
        Urgency.NEW,
        "people_entryrequest e WHERE e.state = 'waiting' AND e.user_id <> %(user)s"
        " AND EXISTS (SELECT FROM led WHERE"
        " EXISTS (SELECT FROM people_entryrequest_offices o"
        " WHERE o.entryrequest_id = e.id AND o.office_id = led.office_id)"
        " OR EXISTS (SELECT FROM people_position s WHERE s.user_id = e.user_id"
        " AND s.office_id = led.office_id AND s.since <= %(now)s"
        " AND (s.until IS NULL OR s.until > %(now)s)))",
        subject="e.id",
        since="e.asked_at",
    ),
)
