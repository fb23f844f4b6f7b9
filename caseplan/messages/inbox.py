"""What of the dialogue waits: for the team, for the client, and a colleague's note not yet read."""

from __future__ import annotations

from common.inbox import InboxKind, InboxPlace, InboxRule, InboxTab, Urgency

RULES: tuple[InboxRule, ...] = (
    # Whose turn it is stands with the thread: whoever of the team answers, it leaves for all.
    InboxRule(
        InboxKind.MESSAGE,
        InboxTab.CLIENTS,
        Urgency.NEW,
        "mine c JOIN case_messages_thread t ON t.case_id = c.case_id AND c.on_team AND c.is_open"
        " AND t.waits_for = 'team'",
        subject="t.id",
        case="t.case_id",
        party="'client'",
        since="t.newest_at",
        row="t",
        facts="jsonb_build_object('text', t.topic)",
    ),
    # A note is read by opening it. What was written before somebody came is no news to them.
    InboxRule(
        InboxKind.NOTE,
        InboxTab.HAPPENED,
        Urgency.NEW,
        "mine c JOIN case_messages_thread t ON t.case_id = c.case_id AND c.on_team AND c.is_open"
        " AND t.kind = 'note' AND t.newest_at > %(recently)s"
        " WHERE NOT EXISTS (SELECT FROM case_messages_readmark r"
        " WHERE r.thread_id = t.id AND r.user_id IN (SELECT user_id FROM me)"
        " AND r.read_at >= t.newest_at)"
        " AND EXISTS (SELECT FROM case_messages_message m WHERE m.thread_id = t.id"
        " AND m.recorded_at = t.newest_at AND m.recorded_by_id <> %(user)s)",
        subject="t.id",
        case="t.case_id",
        since="t.newest_at",
        row="t",
        facts="jsonb_build_object('text', t.topic)",
    ),
    InboxRule(
        InboxKind.ASKED_OF_CLIENT,
        InboxTab.ANSWER,
        Urgency.CALM,
        "mine c JOIN case_messages_thread t ON t.case_id = c.case_id AND c.on_team AND c.is_open"
        " AND t.waits_for = 'client'",
        subject="t.id",
        case="t.case_id",
        party="'client'",
        since="t.newest_at",
        row="t",
        facts="jsonb_build_object('text', t.topic)",
        place=InboxPlace.OTHERS,
    ),
)
