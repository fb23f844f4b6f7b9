"""What of the plan waits: own actions, answers to versions, endings and requests, papers."""

from __future__ import annotations

from common.inbox import InboxKind, InboxPlace, InboxRule, InboxTab, Urgency

_OPEN = "('planned', 'in_progress', 'waiting')"
_PROPOSED = "v.in_force_at IS NULL AND v.set_aside_at IS NULL AND v.replaced_at IS NULL"

RULES: tuple[InboxRule, ...] = (
    InboxRule(
        InboxKind.ACTION,
        InboxTab.ACTIONS,
        Urgency.OWN,
        "mine c JOIN plan_action a ON a.case_id = c.case_id AND c.is_open"
        f" AND a.state IN {_OPEN} AND a.due_on <= %(horizon)s"
        " JOIN me ON me.user_id = a.owner_id",
        subject="a.id",
        case="a.case_id",
        user="a.owner_id",
        party="CASE WHEN a.waiting_for = %(body)s THEN a.recorded_for ELSE '' END",
        since="a.recorded_at",
        due="a.due_on",
        row="a",
        document="a.document_id",
        facts="jsonb_build_object('text', a.text, 'revision', a.revision)",
    ),
    # Each party answers once; who of the body is free.
    InboxRule(
        InboxKind.PROPOSAL,
        InboxTab.ANSWER,
        Urgency.NEW,
        "mine c JOIN plan_planversion v ON v.case_id = c.case_id AND c.on_team AND c.is_open"
        f" AND {_PROPOSED} AND %(body)s = ANY(v.parties)"
        " WHERE NOT EXISTS (SELECT FROM plan_answer r"
        " WHERE r.version_id = v.id AND r.party = %(body)s)",
        subject="v.id",
        case="v.case_id",
        since="v.proposed_at",
        opens="'plan_follow_up'",
        facts="jsonb_build_object('number', v.number)",
    ),
    # A no stands until its party accepts, or the version is settled or overtaken: to whoever
    # proposed it, and to the case manager.
    InboxRule(
        InboxKind.DISAGREED,
        InboxTab.ANSWER,
        Urgency.NOW,
        "mine c JOIN plan_planversion v ON v.case_id = c.case_id AND c.on_team AND c.is_open"
        f" AND {_PROPOSED} JOIN plan_answer r ON r.version_id = v.id AND r.reply = 'disagrees'"
        " AND r.party <> %(body)s"
        " WHERE (c.manages OR v.proposed_by_id IN (SELECT user_id FROM me))"
        " AND NOT EXISTS (SELECT FROM plan_answer y WHERE y.version_id = v.id"
        " AND y.party = r.party AND y.reply = 'accepted')",
        subject="v.id",
        case="v.case_id",
        party="r.party",
        since="r.recorded_at",
        row="r",
        facts="jsonb_build_object('number', v.number, 'party', r.party)",
    ),
    InboxRule(
        InboxKind.ENDING,
        InboxTab.ANSWER,
        Urgency.NEW,
        "mine c JOIN plan_ending e ON e.case_id = c.case_id AND c.on_team AND c.is_open"
        " AND e.outcome = 'open' WHERE NOT EXISTS (SELECT FROM plan_endingview w"
        " WHERE w.ending_id = e.id AND w.party = %(body)s)",
        subject="e.id",
        case="e.case_id",
        party="e.recorded_for",
        since="e.recorded_at",
        row="e",
        facts="jsonb_build_object('party', e.recorded_for)",
    ),
    InboxRule(
        InboxKind.ENDING_OPPOSED,
        InboxTab.ANSWER,
        Urgency.NOW,
        "mine c JOIN plan_ending e ON e.case_id = c.case_id AND c.on_team AND c.is_open"
        " AND e.outcome = 'open' JOIN plan_endingview w ON w.ending_id = e.id"
        " AND NOT w.need_has_ended AND w.party <> %(body)s"
        " WHERE c.manages OR e.recorded_for = %(body)s",
        subject="e.id",
        case="e.case_id",
        party="w.party",
        since="w.recorded_at",
        row="w",
        facts="jsonb_build_object('party', w.party)",
    ),
    # To whoever answers for the case, and to the body whose step it is to do; while the step waits
    # as it did when the client asked (``caseplan.plan.models.MoreTime.waits``).
    InboxRule(
        InboxKind.MORE_TIME,
        InboxTab.CLIENTS,
        Urgency.NEW,
        "mine c JOIN plan_moretime r ON r.case_id = c.case_id AND c.on_team AND c.is_open"
        " AND r.state = 'open' JOIN plan_action a ON a.id = r.action_id AND a.due_on = r.due_on"
        f" AND a.owner_party = 'client' AND a.state IN {_OPEN}"
        " WHERE c.manages OR a.recorded_for = %(body)s",
        subject="r.id",
        case="r.case_id",
        party="'client'",
        since="r.recorded_at",
        due="r.due_on",
        row="r",
        facts="jsonb_build_object('text', a.text, 'on', r.asked_for)",
    ),
    # To each worker of the asked body on the team; whoever answers, it leaves for all.
    InboxRule(
        InboxKind.BODY_REQUEST,
        InboxTab.ANSWER,
        Urgency.NEW,
        "mine c JOIN plan_bodyrequest q ON q.case_id = c.case_id AND c.on_team AND c.is_open"
        " AND q.state = 'open' AND q.to_body = %(body)s",
        subject="q.id",
        case="q.case_id",
        party="q.recorded_for",
        since="q.recorded_at",
        due="q.answer_by",
        row="q",
        facts="jsonb_build_object('text', q.text, 'party', q.recorded_for)",
    ),
    InboxRule(
        InboxKind.GO_ON,
        InboxTab.ANSWER,
        Urgency.NEW,
        "mine c JOIN plan_accompaniedhandover h ON h.case_id = c.case_id AND h.state = 'open'"
        " AND h.recorded_by_id <> %(user)s JOIN me ON me.user_id = h.to_user_id",
        subject="h.id",
        case="h.case_id",
        user="h.to_user_id",
        party="h.recorded_for",
        since="h.recorded_at",
        due="h.answer_by",
        row="h",
        facts="jsonb_build_object('text', h.text)",
    ),
    # As ``caseplan.plan.access.papers_waiting_for``: no client is named.
    InboxRule(
        InboxKind.PLAN_PAPER,
        InboxTab.ANSWER,
        Urgency.NEW,
        "plan_signedpaper s JOIN plan_planversion v ON v.id = s.version_id"
        " AND v.in_force_at IS NULL AND v.set_aside_at IS NULL"
        " JOIN cases_case z ON z.id = v.case_id AND z.ended_at IS NULL"
        " JOIN people_user u ON u.id = s.written_by_id"
        " WHERE s.state = 'waiting' AND s.written_by_id <> %(user)s"
        " AND (s.written_in_id IN (SELECT office_id FROM led) OR s.written_for <> %(body)s"
        " AND EXISTS (SELECT FROM mine c WHERE c.case_id = v.case_id AND c.on_team AND c.is_open))",
        subject="s.id",
        since="s.written_at",
        facts="jsonb_build_object('text', concat_ws(' ', u.first_name, u.last_name),"
        " 'number', s.archive_number)",
    ),
    InboxRule(
        InboxKind.ASKED_OF_BODY,
        InboxTab.ANSWER,
        Urgency.CALM,
        "mine c JOIN plan_bodyrequest q ON q.case_id = c.case_id AND c.on_team AND c.is_open"
        " AND q.state = 'open' AND q.recorded_for = %(body)s",
        subject="q.id",
        case="q.case_id",
        party="q.to_body",
        since="q.recorded_at",
        due="q.answer_by",
        row="q",
        facts="jsonb_build_object('text', q.text)",
        place=InboxPlace.OTHERS,
    ),
    InboxRule(
        InboxKind.PLAN_SENT,
        InboxTab.ANSWER,
        Urgency.CALM,
        "mine c JOIN plan_planversion v ON v.case_id = c.case_id AND c.on_team AND c.is_open"
        f" AND {_PROPOSED} AND (c.manages OR v.proposed_by_id IN (SELECT user_id FROM me)),"
        " unnest(v.parties) AS asked(party)"
        " WHERE asked.party <> %(body)s AND NOT EXISTS (SELECT FROM plan_answer r"
        " WHERE r.version_id = v.id AND r.party = asked.party)",
        subject="v.id",
        case="v.case_id",
        party="asked.party",
        since="v.proposed_at",
        opens="'plan_follow_up'",
        facts="jsonb_build_object('number', v.number)",
        place=InboxPlace.OTHERS,
    ),
    InboxRule(
        InboxKind.ACTION_WAITS,
        InboxTab.ANSWER,
        Urgency.CALM,
        "mine c JOIN plan_action a ON a.case_id = c.case_id AND c.is_open AND a.state = 'waiting'"
        " AND a.waiting_for NOT IN ('', %(body)s) JOIN me ON me.user_id = a.owner_id",
        subject="a.id",
        case="a.case_id",
        user="a.owner_id",
        party="a.waiting_for",
        since="a.recorded_at",
        row="a",
        document="a.document_id",
        facts="jsonb_build_object('text', a.text)",
        place=InboxPlace.OTHERS,
    ),
)
