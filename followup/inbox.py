"""What follow-up has for somebody: a client who asks for help, days of the law, and reminders."""

from __future__ import annotations

from common.inbox import InboxKind, InboxPlace, InboxRule, InboxTab, Urgency
from common.reminders import ReminderKind

CLOCKS = (ReminderKind.PLAN_DUE, ReminderKind.REVIEW_DUE)
# What a rule of its own reads from the facts: there before the night, and gone at once.
_READ_FROM_FACTS = (
    ReminderKind.ACTION_DUE,
    ReminderKind.ACTION_OVERDUE,
    ReminderKind.MESSAGE_WAITS,
    ReminderKind.REQUEST_WAITS,
    ReminderKind.MEETING_NEXT,
    ReminderKind.OWN_REQUEST_WAITS,
    ReminderKind.CONSULTATION_WAITS,
    ReminderKind.SEAT_WAITS,
    ReminderKind.CORRECTION_DUE,
    ReminderKind.QUESTION_DUE,
    ReminderKind.REVIEW_ASKED,
    ReminderKind.GO_ON_WAITS,
    ReminderKind.HELP_WANTED,
)
# About the case as a whole: whoever manages it now is who it is for, whoever it was raised for.
_OF_THE_MANAGER = (
    *CLOCKS,
    ReminderKind.WRITTEN_ENDS,
    ReminderKind.TRIGGER_COMING,
    ReminderKind.NO_CONTACT,
    ReminderKind.GOAL_STALLED,
    ReminderKind.LONG_SERVICE,
    ReminderKind.ALL_ON_CLIENT,
    ReminderKind.SAME_AGAIN,
    ReminderKind.CLIENT_UNTOLD,
)
# About consent and what the client is owed: known to whom they reach, whatever is open to them.
OF_NO_CATEGORY = (
    ReminderKind.CONSENT_ASKED,
    ReminderKind.CONSENT_ENDS,
    ReminderKind.CONSENT_WAITS,
    ReminderKind.WRITTEN_ENDS,
    ReminderKind.CLIENT_UNTOLD,
    ReminderKind.TRIGGER_COMING,
)


def _listed(kinds: tuple[ReminderKind, ...]) -> str:
    return "(" + ", ".join(f"'{kind.value}'" for kind in kinds) + ")"


def _standing(which: str) -> str:
    """The reminders that stand for the reader: by name, or because they manage the case."""
    mine = f"r.kind IN {_listed(_OF_THE_MANAGER)}"
    columns = (
        "r.id, r.case_id, r.kind, r.due_on, r.raised_on, r.for_user_id, r.subject_id,"
        " r.snoozed_until"
    )
    of_me = f"SELECT {columns} FROM me JOIN followup_reminder r ON r.for_user_id = me.user_id"
    return (
        f"({of_me} LEFT JOIN mine c ON c.case_id = r.case_id WHERE {which} AND NOT {mine}"
        " AND (c.case_id IS NOT NULL OR r.case_id IS NULL AND r.for_user_id = %(user)s)"
        f" UNION ALL (SELECT DISTINCT ON (r.case_id, r.kind, r.subject_id) {columns}"
        " FROM mine c JOIN followup_reminder r ON r.case_id = c.case_id AND c.manages AND c.is_open"
        " JOIN cases_case k ON k.id = c.case_id JOIN people_person p ON p.id = k.person_id"
        f" WHERE {mine} AND {which} AND r.for_user_id IS DISTINCT FROM p.user_id"
        " ORDER BY r.case_id, r.kind, r.subject_id, r.due_on)) r"
        " LEFT JOIN plan_goal g ON r.kind = 'goal_stalled' AND g.id = r.subject_id"
        " LEFT JOIN contacts_contactentry x ON r.kind = 'contact_next' AND x.id = r.subject_id,"
        " LATERAL (SELECT"
        " CASE WHEN g.id IS NOT NULL THEN g.category WHEN x.id IS NOT NULL THEN x.category"
        f" WHEN r.kind IN {_listed(OF_NO_CATEGORY)}"
        " OR r.case_id IS NULL THEN '' ELSE 'plan_follow_up' END AS category,"
        " coalesce(g.recorded_for, x.recorded_for, '') AS recorded_for, coalesce(g.id, x.id) AS id)"
        " thing"
    )


_OWN = f"r.level = 0 AND r.ended_on IS NULL AND r.kind NOT IN {_listed(_READ_FROM_FACTS)}"
_AWAKE = f"{_OWN} AND (r.snoozed_until IS NULL OR r.snoozed_until <= %(today)s)"
_SAID = (
    "jsonb_build_object('reminder', r.kind, 'about', r.subject_id, 'text', g.text,"
    " 'again', r.snoozed_until)"
)


def _reminded(
    kind: InboxKind, tab: InboxTab, urgency: Urgency, which: str, place: InboxPlace
) -> InboxRule:
    return InboxRule(
        kind,
        tab,
        urgency,
        _standing(which),
        subject="r.id",
        case="r.case_id",
        since="r.raised_on",
        due="r.due_on",
        row="thing",
        facts=_SAID,
        place=place,
    )


RULES: tuple[InboxRule, ...] = (
    # What the client themselves said comes first of all, from the moment they say it.
    InboxRule(
        InboxKind.HELP_WANTED,
        InboxTab.CLIENTS,
        Urgency.NOW,
        "mine c JOIN followup_checkin i ON i.case_id = c.case_id AND c.manages AND c.is_open"
        " AND i.feeling IN ('stuck', 'help') AND i.handled_at IS NULL",
        subject="i.id",
        case="i.case_id",
        party="'client'",
        since="i.recorded_at",
        row="i",
        facts="jsonb_build_object('text', i.comment)",
    ),
    # After the end: to whoever was named to ask.
    InboxRule(
        InboxKind.CONTACT_WANTED,
        InboxTab.CLIENTS,
        Urgency.NOW,
        "mine c JOIN followup_followuppoint p ON p.case_id = c.case_id"
        " JOIN me ON me.user_id = p.asker_id JOIN followup_pointanswer a ON a.point_id = p.id"
        " AND a.wants_contact AND a.handled_at IS NULL",
        subject="a.id",
        case="c.case_id",
        user="p.asker_id",
        party="'client'",
        since="a.recorded_at",
        row="a",
        facts="jsonb_build_object('text', a.comment)",
    ),
    # In as many days as the network allows: the night's reminder knows how many.
    InboxRule(
        InboxKind.REVIEW_ASKED,
        InboxTab.CLIENTS,
        Urgency.NEW,
        "mine c JOIN plan_reviewrequest q ON q.case_id = c.case_id AND c.manages AND c.is_open"
        " AND q.state = 'open' LEFT JOIN LATERAL (SELECT max(r.due_on) AS due_on"
        " FROM followup_reminder r WHERE r.subject_id = q.id AND r.ended_on IS NULL"
        " AND r.kind = 'review_asked') r ON true",
        subject="q.id",
        case="q.case_id",
        party="'client'",
        since="q.recorded_at",
        due="r.due_on",
        row="q",
        facts="jsonb_build_object('text', q.reason)",
    ),
    _reminded(
        InboxKind.CLOCK,
        InboxTab.LAW,
        Urgency.LAW,
        f"{_AWAKE} AND r.kind IN {_listed(CLOCKS)} AND r.due_on <= %(horizon)s",
        InboxPlace.LIST,
    ),
    _reminded(
        InboxKind.REMINDER,
        InboxTab.ACTIONS,
        Urgency.CALM,
        f"{_AWAKE} AND r.kind NOT IN {_listed(CLOCKS)}",
        InboxPlace.LIST,
    ),
    _reminded(
        InboxKind.POSTPONED,
        InboxTab.ACTIONS,
        Urgency.CALM,
        f"{_OWN} AND r.snoozed_until > %(today)s",
        InboxPlace.POSTPONED,
    ),
    # For whoever leads an office: how much of whose work went up, and nothing of any client.
    InboxRule(
        InboxKind.REMINDERS_LATE,
        InboxTab.ANSWER,
        Urgency.OWN,
        "(SELECT about_id, count(*) AS n, min(due_on) AS due_on FROM followup_reminder"
        " WHERE for_user_id = %(user)s AND level = 1 AND ended_on IS NULL"
        " AND kind <> 'request_waits' GROUP BY about_id) r JOIN people_user u ON u.id = r.about_id",
        subject="r.about_id",
        due="r.due_on",
        facts="jsonb_build_object('n', r.n, 'text', concat_ws(' ', u.first_name, u.last_name))",
    ),
    InboxRule(
        InboxKind.REQUESTS_LATE,
        InboxTab.ANSWER,
        Urgency.OWN,
        "(SELECT m.user_id, count(DISTINCT q.id) AS n, min(q.answer_by) AS due_on"
        " FROM led JOIN people_position s ON s.office_id = led.office_id AND s.since <= %(now)s"
        " AND (s.until IS NULL OR s.until > %(now)s)"
        " JOIN cases_teammembership m ON m.user_id = s.user_id AND m.since <= %(now)s"
        " AND (m.until IS NULL OR m.until > %(now)s)"
        " JOIN plan_bodyrequest q ON q.case_id = m.case_id AND q.state = 'open'"
        " AND q.to_body = %(body)s AND q.answer_by < %(today)s GROUP BY m.user_id) r"
        " JOIN people_user u ON u.id = r.user_id",
        subject="r.user_id",
        due="r.due_on",
        facts="jsonb_build_object('n', r.n, 'text', concat_ws(' ', u.first_name, u.last_name))",
    ),
)
