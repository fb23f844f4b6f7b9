"""What of options waits: an answer that took none, and what the client has not answered."""

from __future__ import annotations

from common.inbox import InboxKind, InboxPlace, InboxRule, InboxTab, Urgency

RULES: tuple[InboxRule, ...] = (
    # To the body that offered, until it replies or offers others.
    InboxRule(
        InboxKind.OPTIONS_TURNED_DOWN,
        InboxTab.CLIENTS,
        Urgency.NEW,
        "mine c JOIN options_offer o ON o.case_id = c.case_id AND c.on_team AND c.is_open"
        " AND o.state IN ('none', 'another') AND o.replied_at IS NULL"
        " AND o.recorded_for = %(body)s",
        subject="o.id",
        case="o.case_id",
        party="'client'",
        since="o.answered_at",
        row="o",
        facts="jsonb_build_object('text', o.question, 'state', o.state)",
    ),
    InboxRule(
        InboxKind.OPTIONS_SENT,
        InboxTab.ANSWER,
        Urgency.CALM,
        "mine c JOIN options_offer o ON o.case_id = c.case_id AND c.on_team AND c.is_open"
        " AND o.state = 'open' AND o.recorded_for = %(body)s",
        subject="o.id",
        case="o.case_id",
        party="'client'",
        since="o.recorded_at",
        due="o.answer_by",
        row="o",
        facts="jsonb_build_object('text', o.question)",
        place=InboxPlace.OTHERS,
    ),
)
