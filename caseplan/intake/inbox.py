"""What waits before a case: people who ask, referrals, questions of other offices about nobody."""

from __future__ import annotations

from common.inbox import InboxKind, InboxRule, InboxTab, Urgency

RULES: tuple[InboxRule, ...] = (
    # As ``caseplan.intake.access.requests_visible_to``: to whoever was named, who stands in for
    # them, and to whoever leads the office; nobody sees their own.
    InboxRule(
        InboxKind.OWN_REQUEST,
        InboxTab.CLIENTS,
        Urgency.NEW,
        "intake_ownrequest q JOIN people_person p ON p.id = q.person_id WHERE q.state = 'open'"
        " AND p.user_id IS DISTINCT FROM %(user)s AND p.id IS DISTINCT FROM %(own_person)s"
        " AND (q.handler_id = %(user)s AND q.office_id = %(office)s"
        " OR q.handler_id IN (SELECT user_id FROM me WHERE user_id <> %(user)s)"
        " AND q.office_id IN (SELECT o.id FROM people_office o"
        " WHERE o.body = %(body)s AND o.network_id = %(network)s)"
        " OR q.office_id IN (SELECT office_id FROM led))",
        subject="q.id",
        person="q.person_id",
        user="CASE WHEN q.handler_id IN (SELECT user_id FROM me) THEN q.handler_id END",
        party="'client'",
        since="q.asked_at",
        due="q.answer_by",
    ),
    InboxRule(
        InboxKind.REFERRAL,
        InboxTab.ANSWER,
        Urgency.NEW,
        "intake_assessmentreferral r WHERE r.to_office_id = %(office)s AND r.answer = ''"
        " AND r.gone_on > %(today)s",
        subject="r.id",
        person="r.person_id",
        since="r.sent_at",
    ),
    InboxRule(
        InboxKind.CONSULTATION,
        InboxTab.ANSWER,
        Urgency.NEW,
        "intake_consultation k JOIN people_office o ON o.id = k.from_office_id"
        " WHERE k.to_office_id = %(office)s AND k.answer = ''",
        subject="k.id",
        party="o.body",
        since="k.asked_at",
        due="k.answer_by",
        facts="jsonb_build_object('text', o.name)",
    ),
    InboxRule(
        InboxKind.CONSULTATION_ANSWERED,
        InboxTab.HAPPENED,
        Urgency.NEW,
        "me JOIN intake_consultation k ON k.asked_by_id = me.user_id AND k.answer <> ''"
        " AND k.seen_at IS NULL JOIN people_office o ON o.id = k.to_office_id"
        " JOIN people_office f ON f.id = k.from_office_id"
        " WHERE CASE WHEN me.user_id = %(user)s THEN f.id = %(office)s"
        " ELSE f.body = %(body)s AND f.network_id = %(network)s END",
        subject="k.id",
        user="k.asked_by_id",
        since="k.answered_at",
        facts="jsonb_build_object('text', o.name)",
    ),
)
