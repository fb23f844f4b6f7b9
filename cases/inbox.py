"""What of a case itself waits: handovers, places on teams, access, changes in a client's life."""

from __future__ import annotations

from common.inbox import InboxKind, InboxPlace, InboxRule, InboxTab, Urgency

RULES: tuple[InboxRule, ...] = (
    # To whoever was asked, and who stands in for them: the case is then theirs who was asked. No
    # client is named.
    InboxRule(
        InboxKind.HANDOVER,
        InboxTab.ANSWER,
        Urgency.NEW,
        "cases_handover h JOIN cases_case k ON k.id = h.case_id AND k.ended_at IS NULL"
        " AND k.network_id = %(network)s JOIN people_user u ON u.id = h.giver_id"
        " JOIN me ON me.user_id = h.receiver_id WHERE h.state = 'open' AND h.giver_id <> %(user)s",
        subject="h.id",
        user="h.receiver_id",
        since="h.asked_at",
        facts="jsonb_build_object('text', concat_ws(' ', u.first_name, u.last_name))",
    ),
    # What came unasked because its case manager no longer works: told for 14 days.
    InboxRule(
        InboxKind.CASES_CAME,
        InboxTab.HAPPENED,
        Urgency.CALM,
        "(SELECT giver_id, count(*) AS n, max(answered_at) AS at FROM cases_handover"
        " WHERE receiver_id = %(user)s AND state = 'accepted' AND code = 'left'"
        " AND answered_at > %(now)s - interval '14 days' GROUP BY giver_id) h"
        " JOIN people_user u ON u.id = h.giver_id",
        subject="h.giver_id",
        since="h.at",
        facts="jsonb_build_object('n', h.n, 'text', concat_ws(' ', u.first_name, u.last_name))",
        place=InboxPlace.GOOD,
    ),
    # That there is such a case is its office's to know; what is in it is its person's.
    InboxRule(
        InboxKind.SEAT,
        InboxTab.ANSWER,
        Urgency.NEW,
        "cases_teammembership m JOIN cases_case k ON k.id = m.case_id AND k.ended_at IS NULL"
        " WHERE m.role = 'awaited' AND m.office_id = %(office)s AND m.since <= %(now)s"
        " AND (m.until IS NULL OR m.until > %(now)s)",
        subject="m.id",
        case="m.case_id",
        since="m.since",
    ),
    # By the identity code that was typed, now or once the client's: to the case manager.
    InboxRule(
        InboxKind.ACCESS_ASKED,
        InboxTab.ANSWER,
        Urgency.NEW,
        "mine c JOIN cases_case k ON k.id = c.case_id AND c.manages AND c.is_open"
        " JOIN LATERAL (SELECT p.identity_code_hash FROM people_person p WHERE p.id = k.person_id"
        " UNION SELECT f.identity_code_hash FROM people_formercode f"
        " WHERE f.person_id = k.person_id) code ON true"
        " JOIN cases_accessrequest r ON r.code_hash = code.identity_code_hash"
        " AND r.kind = 'ask' AND r.state = 'open'"
        " JOIN people_user u ON u.id = r.asked_by_id"
        " JOIN people_office o ON o.id = r.asked_office_id",
        subject="r.id",
        case="c.case_id",
        since="r.asked_at",
        facts="jsonb_build_object('text',"
        " concat_ws(', ', concat_ws(' ', u.first_name, u.last_name), o.name))",
    ),
    # For as many days as the figure says; whoever answers for the case reads why.
    InboxRule(
        InboxKind.EMERGENCY,
        InboxTab.HAPPENED,
        Urgency.NEW,
        "mine c JOIN cases_accessrequest r ON r.case_id = c.case_id AND c.manages AND c.is_open"
        " AND r.kind = 'emergency' AND r.asked_at >= %(emergencies)s"
        " JOIN people_user u ON u.id = r.asked_by_id"
        " JOIN people_office o ON o.id = r.asked_office_id",
        subject="r.id",
        case="c.case_id",
        since="r.asked_at",
        facts="jsonb_build_object('text',"
        " concat_ws(', ', concat_ws(' ', u.first_name, u.last_name), o.name),"
        " 'urgent', r.urgent, 'reason', r.reason)",
    ),
    InboxRule(
        InboxKind.COVER_CONFIRM,
        InboxTab.ANSWER,
        Urgency.NEW,
        "cases_cover v JOIN people_user u ON u.id = v.by_id"
        " WHERE EXISTS (SELECT FROM led) AND v.made_by_id = v.by_id AND v.made_by_id <> %(user)s"
        " AND v.network_id = %(network)s AND v.asked_until IS NOT NULL AND v.confirmed_at IS NULL"
        " AND v.reviewed_at IS NULL AND v.until > %(now)s",
        subject="v.id",
        since="v.since",
        facts="jsonb_build_object('text', concat_ws(' ', u.first_name, u.last_name))",
    ),
    # Of the leader's own office, until somebody stands in on all the days that are left.
    InboxRule(
        InboxKind.NOBODY_STANDS_IN,
        InboxTab.ANSWER,
        Urgency.OWN,
        "led JOIN people_position s ON s.office_id = led.office_id AND s.role = 'caseworker'"
        " AND s.since <= %(now)s AND (s.until IS NULL OR s.until > %(now)s)"
        " JOIN cases_absence a ON a.user_id = s.user_id AND a.network_id = %(network)s"
        " AND a.until > %(now)s JOIN people_user u ON u.id = a.user_id"
        " JOIN LATERAL (SELECT tstzmultirange(tstzrange(greatest(a.since, %(now)s), a.until))"
        " - coalesce((SELECT range_agg(tstzrange(v.since, v.until)) FROM cases_cover v"
        " WHERE v.user_id = a.user_id), '{}'::tstzmultirange) AS gap) g"
        " ON NOT isempty(g.gap) AND day_of(lower(g.gap)) <= %(horizon)s",
        subject="a.id",
        since="a.since",
        due="day_of(lower(g.gap))",
        facts="jsonb_build_object('text', concat_ws(' ', u.first_name, u.last_name),"
        " 'was_on', day_of(lower(g.gap)),"
        " 'on', day_of(upper(g.gap) - interval '1 microsecond'))",
    ),
    # What needs a second person, until somebody of the team has looked. Whether two records are one
    # person the officer judges (``cases.access.can_confirm_change``).
    InboxRule(
        InboxKind.LIFE_CONFIRM,
        InboxTab.ANSWER,
        Urgency.NEW,
        "mine c JOIN cases_case k ON k.id = c.case_id AND c.on_team"
        " JOIN people_lifeevent e ON e.person_id = k.person_id AND e.state = 'asked'"
        " AND e.kind <> 'joined' WHERE e.recorded_by_id IS DISTINCT FROM %(user)s",
        subject="e.id",
        case="c.case_id",
        since="e.recorded_at",
        facts="jsonb_build_object('kind', e.kind, 'state', e.state)",
    ),
    # What took effect or was taken back, until its reader has seen it or its days are over.
    InboxRule(
        InboxKind.LIFE_CHANGED,
        InboxTab.HAPPENED,
        Urgency.NEW,
        "mine c JOIN cases_case k ON k.id = c.case_id AND c.on_team"
        " JOIN people_lifeevent e ON e.person_id = k.person_id"
        " AND (e.state = 'done' AND e.done_at > %(lives)s"
        " AND e.done_by_id IS DISTINCT FROM %(user)s"
        " OR e.state IN ('undone', 'turned_down') AND e.closed_at > %(lives)s"
        " AND e.closed_by_id IS DISTINCT FROM %(user)s)"
        " WHERE NOT EXISTS (SELECT FROM people_lifeeventseen s"
        " WHERE s.event_id = e.id AND s.user_id = %(user)s)",
        subject="e.id",
        case="c.case_id",
        since="coalesce(e.closed_at, e.done_at)",
        facts="jsonb_build_object('kind', e.kind, 'state', e.state, 'on', e.\"on\")",
    ),
    InboxRule(
        InboxKind.PROTECTION,
        InboxTab.ANSWER,
        Urgency.NEW,
        "mine c JOIN cases_case k ON k.id = c.case_id AND c.on_team AND c.is_open"
        " JOIN people_protectionquestion q ON q.person_id = k.person_id AND q.answered_at IS NULL"
        " WHERE NOT EXISTS (SELECT FROM people_lifeevent e WHERE e.person_id = k.person_id"
        " AND e.kind = 'unprotected' AND e.state = 'asked')",
        subject="k.id",
        case="k.id",
        since="q.said_at",
    ),
    # They have moved, or their municipality has: handed on, or ended, by the team.
    InboxRule(
        InboxKind.MOVED_AWAY,
        InboxTab.ANSWER,
        Urgency.NEW,
        "mine c JOIN cases_case k ON k.id = c.case_id AND c.on_team AND c.is_open"
        " JOIN people_person p ON p.id = k.person_id"
        " WHERE p.municipality_code <> ALL(%(here)s)",
        subject="k.id",
        case="k.id",
    ),
)
