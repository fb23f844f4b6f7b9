"""What of the registers waits for a second person."""

from __future__ import annotations

from common.inbox import InboxKind, InboxRule, InboxTab, Urgency

RULES: tuple[InboxRule, ...] = (
    InboxRule(
        InboxKind.IMPORT,
        InboxTab.ANSWER,
        Urgency.NEW,
        "benefits_registerimport r WHERE EXISTS (SELECT FROM led) AND r.state = 'proposed'"
        " AND r.proposed_at IS NOT NULL AND r.network_id = %(network)s"
        " AND r.imported_by <> %(label)s",
        subject="r.id",
        since="r.proposed_at",
    ),
)
