"""What of the client's decisions waits for somebody: a paper that a second person looks at."""

from __future__ import annotations

from common.inbox import InboxKind, InboxRule, InboxTab, Urgency

_WORDS = "regexp_split_to_array(btrim(lower(replace({}, ',', ' '))), '\\s+')"

RULES: tuple[InboxRule, ...] = (
    # As ``consent.access.papers_waiting_for``: somebody of another body on the team; or who leads
    # the writer's office, unless the writer leads it too, and then without the client's name.
    # Never whoever wrote it or witnessed it.
    InboxRule(
        InboxKind.CONSENT_PAPER,
        InboxTab.ANSWER,
        Urgency.NEW,
        "consent_writtendown w JOIN consent_consent k ON k.id = w.consent_id AND k.method = 'paper'"
        " JOIN cases_case z ON z.id = k.case_id AND z.ended_at IS NULL"
        " LEFT JOIN mine c ON c.case_id = k.case_id AND c.on_team AND w.written_for <> %(body)s"
        " JOIN people_user u ON u.id = k.recorded_by_id"
        " WHERE w.state = 'waiting' AND w.lapses_on >= %(today)s AND k.recorded_by_id <> %(user)s"
        " AND (c.case_id IS NOT NULL OR w.written_for = %(body)s"
        " AND w.written_in_id IN (SELECT office_id FROM led) AND NOT EXISTS (SELECT"
        " FROM people_position s WHERE s.user_id = k.recorded_by_id AND s.leads"
        " AND s.office_id = w.written_in_id AND (s.until IS NULL OR s.until > k.given_at)))"
        f" AND NOT {_WORDS.format('k.witness')} @> {_WORDS.format('%(name)s')}",
        subject="k.id",
        case="c.case_id",
        since="k.given_at",
        due="w.lapses_on",
        facts="jsonb_build_object('text', concat_ws(' ', u.first_name, u.last_name))",
    ),
)
