"""What of meetings waits, and what has changed of what a reader was told before."""

from __future__ import annotations

from cases.models import OF_A_VERSION, TOLD_TO_ONE, NewsKind
from common.inbox import InboxKind, InboxPlace, InboxRule, InboxTab, Urgency

_TABLES: dict[str, tuple[str, str, tuple[NewsKind, ...]]] = {
    # table: what the news says of it, by what it is shared, which news is about it
    "meetings_meeting": (
        "jsonb_build_object('at', x.starts_at, 'text', x.place, 'why', x.cancelled_because)",
        "id",
        (
            NewsKind.MEETING_MOVED,
            NewsKind.MEETING_ELSEWHERE,
            NewsKind.MEETING_CANCELLED,
            NewsKind.MEETING_ASKED,
            NewsKind.MEETING_JOINED,
            NewsKind.MEETING_ANSWERED,
            NewsKind.MEETING_DECLINED,
        ),
    ),
    "plan_action": (
        "jsonb_build_object('text', x.text, 'on', x.due_on, 'state', x.state)",
        "document_id",
        (
            NewsKind.TASK_CHANGED,
            NewsKind.TASK_CLOSED,
            NewsKind.TASK_REOPENED,
            NewsKind.MORE_TIME_GIVEN,
        ),
    ),
    "plan_plannedservice": (
        "jsonb_build_object('text', x.name, 'on', x.starts_on)",
        "id",
        (NewsKind.SERVICE_MOVED,),
    ),
    "plan_goal": (
        "jsonb_build_object('text', x.text)",
        "id",
        (NewsKind.GOAL_DROPPED, NewsKind.GOAL_TAKEN_UP),
    ),
    "plan_bodyrequest": (
        "jsonb_build_object('text', x.text, 'state', x.state, 'party', x.to_body, 'why', x.answer)",
        "id",
        (NewsKind.REQUEST_ANSWERED, NewsKind.REQUEST_WITHDRAWN),
    ),
    "plan_objection": (
        "jsonb_build_object('text', x.statement)",
        "id",
        (NewsKind.OBJECTED,),
    ),
    "options_offer": (
        "jsonb_build_object('text', x.question, 'state', x.state)",
        "id",
        (
            NewsKind.OPTIONS_OFFERED,
            NewsKind.OPTIONS_WITHDRAWN,
            NewsKind.OPTIONS_REPLIED,
            NewsKind.OPTIONS_ANSWERED,
        ),
    ),
    "plan_kelaconfirmation": (
        "jsonb_build_object('text', x.statement)",
        "id",
        (NewsKind.KELA_CONFIRMED,),
    ),
    "plan_moretime": ("jsonb_build_object('text', x.answer)", "id", (NewsKind.MORE_TIME_REFUSED,)),
    "remarks_remark": ("jsonb_build_object('text', x.answer)", "id", (NewsKind.REMARK_ANSWERED,)),
    "plan_ending": (
        "jsonb_build_object('state', x.outcome, 'party', coalesce((SELECT w.party"
        " FROM plan_endingview w WHERE w.ending_id = x.id AND NOT w.need_has_ended"
        " AND w.party <> 'client' LIMIT 1), x.recorded_for))",
        "id",
        (NewsKind.ENDING_AGREED, NewsKind.ENDING_CLOSED, NewsKind.ENDING_CORRECTED),
    ),
    "plan_accompaniedhandover": (
        "jsonb_build_object('state', x.state, 'text', x.answer)",
        "id",
        (NewsKind.CONTINUES, NewsKind.CONTINUES_ANSWERED, NewsKind.CONTINUES_WITHDRAWN),
    ),
}
# What a rule of its own reads from the facts.
_ASKED_ELSEWHERE = (NewsKind.MANAGER_CHANGED, NewsKind.CONTINUES_ASKED)
# Needs nothing of whoever reads it: told once, beside the list.
GOOD = (
    NewsKind.HANDOVER_ACCEPTED,
    NewsKind.PLAN_IN_FORCE,
    NewsKind.CONSENT_IN_EFFECT,
    NewsKind.CONTINUES,
    NewsKind.ENDING_AGREED,
    NewsKind.OUTCOME_TOLD,
)


def _listed(kinds: tuple[NewsKind, ...]) -> str:
    return "(" + ", ".join(f"'{kind.value}'" for kind in kinds) + ")"


_ABOUT_THINGS = _listed(tuple(kind for _f, _d, kinds in _TABLES.values() for kind in kinds))
_THING = " UNION ALL ".join(
    [
        f"SELECT x.category, x.recorded_for, x.{document} AS id, {facts} AS said"
        f" FROM {table} x WHERE x.id = n.subject_id AND n.kind IN {_listed(kinds)}"
        for table, (facts, document, kinds) in _TABLES.items()
    ]
    + [
        "SELECT '', '', NULL::uuid, '{}'::jsonb"
        f" WHERE n.kind NOT IN {_ABOUT_THINGS} AND n.kind NOT IN {_listed(OF_A_VERSION)}"
        " AND n.kind <> 'outcome_told'",
        # As every version: to whom the plan is open.
        "SELECT 'plan_follow_up', '', n.subject_id, '{}'::jsonb"
        f" WHERE n.kind IN {_listed(OF_A_VERSION)}",
        # That it has ended is told in any case, and to what as far as the plan is open to them:
        # of the two rows the list keeps the one that tells more.
        "SELECT '', '', NULL::uuid, jsonb_build_object('began', k.opened_at) FROM cases_case k"
        " WHERE n.kind = 'outcome_told' AND k.id = n.case_id",
        "SELECT x.category, x.recorded_for, x.id, jsonb_build_object('began', k.opened_at,"
        " 'exit', x.exit) FROM plan_ending x JOIN cases_case k ON k.id = x.case_id"
        " WHERE n.kind = 'outcome_told' AND k.id = n.case_id AND x.outcome = 'agreed'",
    ]
)
# By what the gate judges to what a case ended; whoever is no longer in it is told of no name.
_CASE = (
    "CASE WHEN n.kind = 'outcome_told' AND thing.id IS NOT NULL THEN n.case_id ELSE c.case_id END"
)


# A body's no to an end: before whoever answers for the case, and the body that proposed it.
_REFUSED_END = (
    "n.kind = 'ending_closed' AND thing.said ->> 'state' = 'not_agreed'"
    " AND (c.manages OR thing.recorded_for = %(body)s)"
)


def _news(kind: InboxKind, which: str, place: InboxPlace) -> InboxRule:
    """What the reader, or whom they stand in for in that case, has not seen."""
    return InboxRule(
        kind,
        InboxTab.HAPPENED,
        Urgency.NEW,
        "me JOIN cases_news n ON n.for_user_id = me.user_id AND n.seen_at IS NULL"
        f" AND n.at <= %(now)s AND n.kind NOT IN {_listed(_ASKED_ELSEWHERE)} AND {which}"
        " LEFT JOIN mine c ON c.case_id = n.case_id"
        f" JOIN LATERAL ({_THING}) thing ON true"
        f" WHERE CASE WHEN n.kind IN {_listed(TOLD_TO_ONE)} THEN n.for_user_id = %(user)s"
        " ELSE c.case_id IS NOT NULL END",
        subject="n.id",
        case=_CASE,
        user="n.for_user_id",
        since="n.at",
        row="thing",
        facts="thing.said || jsonb_build_object('news', n.kind, 'about', n.subject_id,"
        " 'was', n.was, 'was_at', n.was_at, 'was_on', n.was_on)",
        place=place,
        at_once=_REFUSED_END,
    )


_MINE = (
    "mine c JOIN meetings_meeting m ON m.case_id = c.case_id AND c.on_team AND c.is_open"
    " AND m.state = 'planned' JOIN meetings_participant p ON p.meeting_id = m.id"
    " JOIN me ON me.user_id = p.user_id"
)

RULES: tuple[InboxRule, ...] = (
    InboxRule(
        InboxKind.MEETING,
        InboxTab.ACTIONS,
        Urgency.CALM,
        f"{_MINE} WHERE m.starts_at >= %(midnight)s AND m.starts_at < %(week_ends)s",
        subject="m.id",
        case="m.case_id",
        user="p.user_id",
        since="m.starts_at",
        row="m",
        facts="jsonb_build_object('text', m.place, 'cannot', (SELECT jsonb_agg(DISTINCT q.body)"
        " FROM meetings_participant q WHERE q.meeting_id = m.id AND q.coming = 'cannot'"
        " AND q.body <> ''), 'client', (SELECT q.coming FROM meetings_participant q"
        " WHERE q.meeting_id = m.id AND q.role = 'client' LIMIT 1))",
        place=InboxPlace.MEETINGS,
    ),
    # Whoever called it comes; everybody else says whether they do.
    InboxRule(
        InboxKind.MEETING_ASKED,
        InboxTab.ANSWER,
        Urgency.NEW,
        f"{_MINE} AND p.coming = 'unknown' AND m.recorded_by_id <> p.user_id"
        " WHERE m.starts_at >= %(now)s",
        subject="m.id",
        case="m.case_id",
        user="p.user_id",
        party="m.recorded_for",
        since="m.recorded_at",
        row="m",
        facts="jsonb_build_object('at', m.starts_at, 'text', m.place)",
    ),
    # Whoever called it writes down what came of it; once they have left, the case manager.
    InboxRule(
        InboxKind.MEETING_UNRECORDED,
        InboxTab.ACTIONS,
        Urgency.OWN,
        "mine c JOIN meetings_meeting m ON m.case_id = c.case_id AND c.on_team AND c.is_open"
        " AND m.state = 'planned' AND m.starts_at < %(midnight)s LEFT JOIN me"
        " ON me.user_id = m.recorded_by_id WHERE me.user_id IS NOT NULL OR c.manages"
        " AND NOT EXISTS (SELECT FROM cases_teammembership t WHERE t.case_id = m.case_id"
        " AND t.user_id = m.recorded_by_id AND t.since <= %(now)s"
        " AND (t.until IS NULL OR t.until > %(now)s))",
        subject="m.id",
        case="m.case_id",
        user="me.user_id",
        since="m.starts_at",
        due="day_of(m.starts_at)",
        row="m",
        facts="jsonb_build_object('at', m.starts_at, 'text', m.place)",
    ),
    # To whoever called it and to the case manager, until one is booked or said to be unneeded.
    InboxRule(
        InboxKind.INTERPRETER,
        InboxTab.ACTIONS,
        Urgency.NEW,
        "mine c JOIN cases_case k ON k.id = c.case_id AND c.on_team AND c.is_open"
        " AND k.interpreter_language <> '' JOIN meetings_meeting m ON m.case_id = k.id"
        " AND m.state = 'planned' AND m.starts_at >= %(now)s AND m.interpreter = ''"
        " AND m.without_interpreter = '' AND day_of(m.starts_at) <= %(horizon)s"
        " WHERE c.manages OR m.recorded_by_id IN (SELECT user_id FROM me)",
        subject="m.id",
        case="m.case_id",
        since="m.recorded_at",
        due="day_of(m.starts_at)",
        opens="'case_handling'",
        facts="jsonb_build_object('at', m.starts_at, 'language', k.interpreter_language)",
    ),
    # To the case manager, from the wish until an interpreter is booked for a meeting after it; a
    # meeting ahead without one is told above.
    InboxRule(
        InboxKind.INTERPRETER_WISHED,
        InboxTab.ACTIONS,
        Urgency.NEW,
        "mine c JOIN cases_case k ON k.id = c.case_id AND c.manages AND c.is_open"
        " AND k.interpreter_language <> '' AND NOT EXISTS (SELECT FROM meetings_meeting m"
        " WHERE m.case_id = k.id AND m.state <> 'cancelled'"
        " AND (m.state = 'planned' AND m.starts_at >= %(now)s"
        " AND day_of(m.starts_at) <= %(horizon)s OR m.interpreter_language <> ''"
        " AND m.starts_at >= COALESCE(k.interpreter_said_at, k.opened_at)))",
        subject="k.id",
        case="k.id",
        party="'client'",
        since="COALESCE(k.interpreter_said_at, k.opened_at)",
        opens="'case_handling'",
        facts="jsonb_build_object('language', k.interpreter_language)",
    ),
    _news(InboxKind.NEWS, f"n.kind NOT IN {_listed(GOOD)}", InboxPlace.LIST),
    _news(InboxKind.GOOD_NEWS, f"n.kind IN {_listed(GOOD)}", InboxPlace.GOOD),
)
