"""Lists over many cases: a fixed number of questions to the database for any number of rows."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Case as Either
from django.db.models import F, Min, OuterRef, Q, Subquery, Value, When

from audit.models import Purpose
from caseplan.access import versions_visible_to, visible_to
from caseplan.models import Action, Answer, Goal, Measure, PlanVersion
from caseplan.selectors.clocks import PlanClock, clock_of, moved_days_of
from caseplan.selectors.logged import Reading, reading_of
from cases.access import visible_to as cases_visible_to
from cases.models import Case, TeamRole, TeamTerm
from common.actor import Actor
from common.crypto import search_hash
from common.identity_code import BadIdentityCode, parse
from common.names import sort_text
from common.terms import standing_at
from consent.access import ALWAYS, open_category, seen_through
from consent.models import Category, ClientInformation
from people.selectors import names_of

LEAST_TO_MISSPELL = 5
"""Shorter words are searched as they are: half the names are nearly the same as "Aho"."""
_LAST = "\U0010ffff"  # after every name, on every server


@dataclass(frozen=True, slots=True)
class CaseRow:
    """A case as it stands in a list; nothing in a column that is not open to the reader."""

    case: Case
    case_manager: str
    clock: PlanClock | None
    open_proposal: bool
    next_due: date | None


def cases_of(reading: Reading, *, words: str = "") -> list[UUID]:
    """The keys of the open cases this reader sees, by name; ``words`` are searched for among them.

    An identity code finds its person, digits a phone number; every other word must be part of
    the name or nearly a part of it (a letter wrong). Only what is open to the reader is searched
    or sorted by; the others come last. All of them, as one look gives a page and the count: show a
    page with :func:`list_cases`.
    """
    cases = cases_visible_to(reading.actor, now=reading.now).filter(ended_at__isnull=True)
    named = open_category(reading.grounds, Category.IDENTITY_CONTACT)
    if words.strip():
        cases = cases.filter(named)
        cases = cases.filter(_found_by(words.strip()))
    by_name: F | Either = F("person__sort_key")
    if named != ALWAYS:
        by_name = Either(When(named, then=by_name), default=Value(_LAST))
    return list(cases.order_by(by_name, "pk").values_list("pk", flat=True))


def _found_by(words: str) -> Q:
    try:
        return Q(person__identity_code_hash=search_hash(parse(words)))
    except BadIdentityCode:
        pass
    digits = re.sub(r"[\s()-]", "", words)
    if re.fullmatch(r"\+?\d{4,}", digits):
        # Written with spaces or without, with +358 or 0 before it: the end is the same.
        spaced = r"[\s()-]*".join(digits.removeprefix("+358").removeprefix("0"))
        return Q(person__phone__regex=rf"{spaced}$")
    found = Q()
    for word in words.split():
        key = sort_text(word)
        names = Q(person__sort_key__contains=key) if key else Q(pk__isnull=True)
        if len(key) >= LEAST_TO_MISSPELL:
            names |= Q(person__sort_key__trigram_word_similar=key)
        found &= names
    return found


def list_cases(reading: Reading, keys: Iterable[UUID], *, searched: bool) -> list[CaseRow]:
    """The rows of one page of :func:`cases_of`, with an access row for each person shown."""
    page = cases_by_keys(keys)
    ids = [case.pk for case in page]
    handling = reading.opens(Category.CASE_HANDLING, ids)
    plans = reading.opens(Category.PLAN_FOLLOW_UP, ids)
    terms = TeamTerm.objects.filter(
        standing_at(reading.now), case__in=handling, role=TeamRole.CASE_MANAGER
    ).values_list("case", "user")
    managers = {case_id: user_id for case_id, user_id in terms if user_id}
    # By their keys: joined, every user there is would be read to find these few.
    names = names_of(managers.values())
    versions = PlanVersion.objects.filter(
        Q(in_force_at__isnull=False, replaced_at__isnull=True)
        | Q(in_force_at__isnull=True, set_aside_at__isnull=True),
        case__in=plans,
    ).order_by("number")
    standing = list(versions)
    in_force = {v.case_id: v for v in standing if v.is_in_force}
    proposals = {v.case_id for v in standing if v.is_open_proposal}
    moved = moved_days_of([*plans, *(version.pk for version in in_force.values())])
    # The cases are visible ones: asking again which those are would cost more than the rest.
    open_actions = Action.objects.filter(case__in=ids, state__in=Action.OPEN_STATES)
    due = dict(
        seen_through(reading.grounds, open_actions)
        .values("case")
        .annotate(first=Min("due_on"))
        .values_list("case", "first")
    )
    reading.shows(
        "cases_searched" if searched else "cases_listed",
        Purpose.SEARCH if searched else Purpose.KEEP_CASE,
        [(case, []) for case in page],
        beside=(Category.IDENTITY_CONTACT, Category.CASE_HANDLING, Category.PLAN_FOLLOW_UP),
    )
    return [
        CaseRow(
            case=case,
            case_manager=names[managers[case.pk]] if case.pk in managers else "",
            clock=clock_of(
                case,
                version := in_force.get(case.pk),
                moved_days=moved.get(version.pk if version else case.pk, 0),
            )
            if case.pk in plans
            else None,
            open_proposal=case.pk in proposals,
            next_due=due.get(case.pk),
        )
        for case in page
    ]


def cases_by_keys(keys: Iterable[UUID]) -> list[Case]:
    """The cases of a page of :func:`cases_of`, in its order, with their persons."""
    page = list(keys)
    found = Case.objects.select_related("person").in_bulk(page)
    return [found[key] for key in page]


@dataclass(frozen=True, slots=True)
class PlanRow:
    """The living plan of one case, as far as the reader may see it."""

    case: Case
    goals: list[Goal]
    actions: list[Action]
    measures: list[Measure]
    version_in_force: int | None
    open_proposal: int | None


def list_plans(actor: Actor, cases: Iterable[Case], *, now: datetime) -> list[PlanRow]:
    """The plans of some visible cases; logged. A fixed number of queries for any number."""
    page = list(cases)
    reading = reading_of(actor, now=now)
    grounds = reading.grounds
    goals = visible_to(actor, Goal, now=now, grounds=grounds).filter(
        case__in=page, dropped_at__isnull=True
    )
    actions = visible_to(actor, Action, now=now, grounds=grounds).filter(case__in=page)
    measures = visible_to(actor, Measure, now=now, grounds=grounds).filter(case__in=page)
    versions = versions_visible_to(actor, now=now, grounds=grounds).filter(case__in=page)
    standing = list(versions.order_by("number"))
    in_force = {v.case_id: v.number for v in standing if v.is_in_force}
    proposed = {v.case_id: v.number for v in standing if v.is_open_proposal}
    found_goals = list(goals.order_by("recorded_at"))
    found_actions = list(actions.select_related("owner").order_by("due_on", "recorded_at"))
    found_measures = list(measures.order_by("starts_on", "recorded_at"))
    plans = [
        PlanRow(
            case=case,
            goals=[g for g in found_goals if g.case_id == case.pk],
            actions=[a for a in found_actions if a.case_id == case.pk],
            measures=[m for m in found_measures if m.case_id == case.pk],
            version_in_force=in_force.get(case.pk),
            open_proposal=proposed.get(case.pk),
        )
        for case in page
    ]
    reading.shows(
        "plans_listed",
        Purpose.KEEP_CASE,
        [(plan.case, [*plan.goals, *plan.actions, *plan.measures]) for plan in plans],
    )
    return plans


def actions_for_day(actor: Actor, *, until: date, now: datetime) -> list[Action]:
    """The worker's own open actions due by ``until`` (inclusive), soonest first; logged."""
    reading = reading_of(actor, now=now)
    actions = list(
        visible_to(actor, Action, now=now, grounds=reading.grounds)
        .filter(
            owner_id=actor.user_id,
            state__in=Action.OPEN_STATES,
            due_on__lte=until,
            case__ended_at__isnull=True,
        )
        .select_related("case", "case__person")
        .order_by("due_on", "recorded_at")
    )
    by_case: dict[UUID, tuple[Case, list[ClientInformation]]] = {}
    for action in actions:
        case, rows = by_case.setdefault(action.case_id, (action.case, []))
        action.case = case  # one object a case, so that a name taken away is away everywhere
        rows.append(action)
    reading.shows("day_opened", Purpose.FOLLOW_UP, by_case.values())
    return actions


def proposals_waiting_for(actor: Actor, *, now: datetime) -> list[PlanVersion]:
    """Open proposals that the actor's party has not answered yet, oldest first; logged."""
    reading = reading_of(actor, now=now)
    answered = Answer.objects.filter(version=OuterRef("pk"), party=actor.party)
    versions: list[PlanVersion] = list(
        versions_visible_to(actor, now=now, grounds=reading.grounds)
        .filter(
            in_force_at__isnull=True,
            set_aside_at__isnull=True,
            parties__contains=[actor.party],
            case__ended_at__isnull=True,
        )
        .annotate(own_answer=Subquery(answered.values("reply")[:1]))
        .filter(own_answer__isnull=True)
        .select_related("case", "case__person")
        .order_by("proposed_at")
    )
    reading.shows(
        "day_opened",
        Purpose.FOLLOW_UP,
        [(version.case, []) for version in versions],
        beside=(Category.IDENTITY_CONTACT, Category.PLAN_FOLLOW_UP),
    )
    return versions


def own_case(actor: Actor, *, now: datetime) -> Case | None:
    """The client's open case, or their latest one; None when there is none."""
    return (
        cases_visible_to(actor, now=now)
        .order_by(F("ended_at").desc(nulls_first=True), "-opened_at")
        .first()
    )
