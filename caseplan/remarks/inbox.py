"""What the client said of the plan waits for an answer."""

from __future__ import annotations

from common.inbox import InboxKind, InboxRule, InboxTab, Urgency

RULES: tuple[InboxRule, ...] = (
    # To the team, whoever of it answers; what is said of a service, to the body that arranges it.
    InboxRule(
        InboxKind.REMARK,
        InboxTab.CLIENTS,
        Urgency.NEW,
        "mine c JOIN remarks_remark r ON r.case_id = c.case_id AND c.on_team AND c.is_open"
        " AND r.answered_at IS NULL LEFT JOIN plan_plannedservice s ON s.id = r.planned_service_id"
        " WHERE s.body IS NULL OR s.body = %(body)s",
        subject="r.id",
        case="r.case_id",
        party="'client'",
        since="r.recorded_at",
        row="r",
        facts="jsonb_build_object('text', r.text)",
    ),
)
